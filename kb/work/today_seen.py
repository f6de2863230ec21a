"""What today asks of the texts of meetings, remembered as long as they say the same."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound
from kb.remembered import Remembered

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting
    from kb.work.context import Context


class Seen(NamedTuple):
    """Who of us attends a meeting, what its preparation lacks, by code, and how often.

    `waits` tells whether a hypothesis has no verdict.
    """

    ours: frozenset[str]
    lacks: dict[str, int]
    waits: bool


_seen: Remembered[Seen] = Remembered(2_000)


def whole(ctx: "Context", row: "Listed") -> "Meeting | None":
    """Return the meeting of a row; None if it was changed since it was listed: it is left out."""
    try:
        return ctx.catalogue.whole(row, ticked=False)
    except NotFound:
        return None


def seen(ctx: "Context", row: "Listed") -> Seen | None:
    """Return what today asks of the meeting of a row; None as `whole` does."""
    found = _seen.get(row.key)
    if found is None:
        from kb.model.checking import preparation

        meeting = whole(ctx, row)
        if meeting is None:
            return None
        lacks = Counter(finding.code for finding in preparation(meeting))
        waits = any(claim.verdict is None for claim in meeting.hypotheses)
        found = _seen.put(row.key, Seen(frozenset(meeting.attendees.ours), dict(lacks), waits))
    return found
