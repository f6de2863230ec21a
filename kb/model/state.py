"""When a meeting is, and how far it has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

NO_END = timedelta(minutes=60)
"""How long a meeting lasts that has a start and no end."""
RECENT = timedelta(hours=12)
"""How long after its end a meeting is still the one that an account's name means."""


class Held(Protocol):
    """What has to be known of a meeting to tell when it is; a `Meeting` is one, a row may be."""

    @property
    def date(self) -> str:
        """Return the day, YYYY-MM-DD."""
        ...

    @property
    def start(self) -> str | None:
        """Return when it starts, HH:MM, or None for the whole day."""
        ...

    @property
    def end(self) -> str | None:
        """Return when it ends, HH:MM, if that is written."""
        ...

    @property
    def cancelled(self) -> bool:
        """Tell whether it was called off."""
        ...

    @property
    def minutes(self) -> str | None:
        """Return when the minutes were complete, or None."""
        ...

    @property
    def prepared(self) -> bool:
        """Tell whether there is a hypothesis or a stance."""
        ...


AnyMeeting = TypeVar("AnyMeeting", bound=Held)


def starts(meeting: Held) -> datetime:
    """Return the start in the team's own time (naive); midnight when no time is written."""
    return datetime.fromisoformat(f"{meeting.date}T{meeting.start or '00:00'}")


def ends(meeting: Held) -> datetime:
    """Return the end in the team's own time (naive).

    60 minutes after a start without an end, the end of the day without a start; an end before
    the start is on the next day.
    """
    begin = starts(meeting)
    if meeting.date == "9999-12-31":
        return begin  # no day comes after it
    if meeting.start is None:
        return begin + timedelta(days=1)
    if meeting.end is None:
        return begin + NO_END
    end = datetime.fromisoformat(f"{meeting.date}T{meeting.end}")
    return end if end >= begin else end + timedelta(days=1)


def state(meeting: Held, now: datetime) -> str:
    """Return planned, prepared, held, closed or cancelled at `now` (naive, the team's time)."""
    if meeting.cancelled:
        return "cancelled"
    if meeting.minutes:
        return "closed"
    if ends(meeting) <= now:
        return "held"
    return "prepared" if meeting.prepared else "planned"


def meant(meetings: Sequence[AnyMeeting], now: datetime) -> AnyMeeting | None:
    """Return the meeting that an account's name means.

    The one going on or ended within twelve hours, else the next, else the latest; cancelled ones
    only when there is no other.
    """
    candidates = [m for m in meetings if not m.cancelled] or list(meetings)
    current = [m for m in candidates if starts(m) <= now and now - RECENT < ends(m)]
    if current:
        going = [m for m in current if now < ends(m)]
        return max(going or current, key=starts)
    coming = [m for m in candidates if starts(m) > now]
    if coming:
        return min(coming, key=starts)
    return max(candidates, key=starts, default=None)
