"""When a claim was registered, by whose clock, and what it said when its meeting began.

A claim is registered when its text, fields and confidence first stand in a commit; changing one
of them is a new registration. A commit's time is somebody's own clock and proves nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.model.state import ends, starts

if TYPE_CHECKING:

    from kb.catalogue.lists import Listed
    from kb.model.meeting import Hypothesis, Meeting
    from kb.model.state import Held
    from kb.work.context import Context
    from kb.work.past import ClaimThen

SOURCES = {"server": "server", "clock": "own clock", "imported": "imported"}
"""How answers name where a time comes from; only the first is proof."""


class Registered(NamedTuple):
    """What is known of a claim as it stands: None and "" as long as it is in no commit.

    `before` tells whether it was there when the meeting began; None where nobody can know: it
    came with notes from before kb.
    """

    at: datetime | None
    source: str
    before: bool | None

    def as_json(self) -> dict[str, Any]:
        """Return the keys that a hypothesis has besides its own."""
        return {
            "registered_at": self.at.isoformat() if self.at else None,
            "registered_source": SOURCES.get(self.source),
            "before_meeting": self.before,
        }


NOT_YET = Registered(None, "", None)


def begins(ctx: "Context", meeting: "Held") -> datetime:
    """Return the moment up to which a claim counts as made before: the start, or the whole day."""
    moment = starts(meeting) if meeting.start else ends(meeting)
    return moment.replace(tzinfo=ctx.settings.tz)


def of_meeting(ctx: "Context", row: "Listed", meeting: "Meeting") -> dict[str, Registered]:
    """Return the registration of each hypothesis of a meeting, by its id.

    One that was changed by hand since the last commit is not registered yet as it stands.
    """
    past = ctx.past
    versions = past.versions(row.path) if meeting.hypotheses else ()
    last = past.meeting(versions[-1], row.id, row.date) if versions else None
    claims = {claim.id: claim for claim in last.claims} if last else {}
    begin = begins(ctx, row)
    found = {}
    for shown in meeting.hypotheses:
        claim = claims.get(shown.id)
        first = None
        if claim is not None and _same(claim, shown):
            first = past.registered(row.path, row.id, claim.digest)
        if first is None:
            found[shown.id] = NOT_YET
            continue
        before = None if first.source == "imported" else first.at <= begin
        at = first.at.astimezone(ctx.settings.tz)
        found[shown.id] = Registered(at, first.source, before)
    return found


def _same(claim: "ClaimThen", shown: "Hypothesis") -> bool:
    """Tell whether a committed claim is the one that stands in the file."""
    then = (claim.text, claim.because, claim.test, claim.confidence, claim.refs)
    return then == (shown.text, shown.because, shown.test, shown.confidence, shown.refs)
