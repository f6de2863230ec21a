"""When a meeting is, and how far it has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kb.model.meeting import Meeting

NO_END = timedelta(minutes=60)
"""How long a meeting lasts that has a start and no end."""
RECENT = timedelta(hours=12)
"""How long after its end a meeting is still the one that an account's name means."""


def starts(meeting: Meeting) -> datetime:
    """Return the start in the team's own time (naive); midnight when no time is written."""
    return datetime.fromisoformat(f"{meeting.date}T{meeting.start or '00:00'}")


def ends(meeting: Meeting) -> datetime:
    """Return the end in the team's own time (naive): 60 minutes after a start without an end,
    the end of the day without a start; an end before the start is on the next day.
    """
    begin = starts(meeting)
    if meeting.start is None:
        return begin + timedelta(days=1)
    if meeting.end is None:
        return begin + NO_END
    end = datetime.fromisoformat(f"{meeting.date}T{meeting.end}")
    return end if end >= begin else end + timedelta(days=1)


def state(meeting: Meeting, now: datetime) -> str:
    """Return planned, prepared, held, closed or cancelled at `now` (naive, the team's time)."""
    if meeting.cancelled:
        return "cancelled"
    if meeting.minutes:
        return "closed"
    if ends(meeting) <= now:
        return "held"
    return "prepared" if meeting.prepared else "planned"


def meant(meetings: Sequence[Meeting], now: datetime) -> Meeting | None:
    """Return the meeting that an account's name means: the one going on or ended within twelve
    hours, else the next, else the latest; cancelled ones only when there is no other.
    """
    candidates = [m for m in meetings if not m.cancelled] or list(meetings)
    current = [m for m in candidates if starts(m) <= now < ends(m) + RECENT]
    if current:
        going = [m for m in current if now < ends(m)]
        return max(going or current, key=starts)
    coming = [m for m in candidates if starts(m) > now]
    if coming:
        return min(coming, key=starts)
    return max(candidates, key=starts, default=None)
