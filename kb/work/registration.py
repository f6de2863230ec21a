"""When a claim was registered, by whose clock, and what it said when its meeting began.

A claim is registered when its text, fields and confidence first stand in a commit; changing one
of them is a new registration. A commit's time is somebody's own clock and proves nothing; that a
team's server had it before the meeting began is proof.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.work.records import begins, records

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Hypothesis, Meeting
    from kb.work.context import Context
    from kb.work.past import ClaimThen
    from kb.work.records import Mark

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


def of_meeting(ctx: "Context", row: "Listed", meeting: "Meeting") -> dict[str, Registered]:
    """Return the registration of each hypothesis of a meeting, by its id.

    One that was changed by hand since the last commit is not registered yet as it stands.
    """
    found = dict.fromkeys((claim.id for claim in meeting.hypotheses), NOT_YET)
    versions = ctx.past.versions(row.path) if found else ()
    last = ctx.past.meeting(versions[-1], row.id, row.date) if versions else None
    if last is None:
        return found
    here = (one for one in ctx.catalogue.meetings(row.account) if one.path == row.path)
    record = records(ctx, here).get(row.path)
    past = record.claims if record else {}
    committed = {claim.id: claim for claim in last.claims}
    begin = begins(ctx, row)
    for shown in meeting.hypotheses:
        claim = committed.get(shown.id)
        known = past.get((row.id, shown.id))
        if claim is not None and known is not None and _same(claim, shown):
            found[shown.id] = registered(known.now, begin)
    return found


def registered(mark: "Mark", begin: datetime) -> Registered:
    """Return what a mark says of a claim whose meeting begins at `begin`.

    A claim that came to the server late may have been written in time without a network: then
    its author's clock says so, and that is no proof.
    """
    if mark.source == "imported":
        return Registered(mark.at, mark.source, None)
    before = mark.after <= begin
    if mark.received is not None and before == (mark.received <= begin):
        return Registered(mark.received, "server", before)
    return Registered(mark.at, "clock", before)


def _same(claim: "ClaimThen", shown: "Hypothesis") -> bool:
    """Tell whether a committed claim is the one that stands in the file."""
    then = (claim.text, claim.because, claim.test, claim.confidence, claim.refs)
    return then == (shown.text, shown.because, shown.test, shown.confidence, shown.refs)
