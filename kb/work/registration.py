"""When a claim was registered, by whose clock, and what it said when its meeting began.

A claim is registered when its text, fields and confidence first stand in a commit; changing one
of them is a new registration. A commit's time is somebody's own clock and proves nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.model.state import ends, starts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.catalogue.lists import Listed
    from kb.model.meeting import Hypothesis, Meeting
    from kb.model.state import Held
    from kb.work.context import Context
    from kb.work.past import ClaimThen, MeetingThen, Past, Version

SOURCES = {"server": "server", "clock": "own clock", "imported": "imported"}
"""How answers name where a time comes from; only the first is proof."""


class Mark(NamedTuple):
    """Something first stood in a commit: when, by whose clock (a key of `SOURCES`), whose it was.

    `by` are members' keys or addresses, author first.
    """

    at: datetime
    source: str
    by: tuple[str, ...]


class Stood(NamedTuple):
    """What a claim said when its meeting began, and since when it had said so."""

    mark: Mark
    confidence: int | None


class Asked(NamedTuple):
    """The last version before the meeting in which the claim stood without a verdict."""

    commit: str
    at: datetime


class Claim(NamedTuple):
    """A claim's past: `now` is the registration of its last committed text, `stood` at the start.

    `verdicts` are its changes of verdict, oldest first; None where one was taken back.
    """

    now: Mark | None
    stood: Stood | None
    asked: Asked | None
    verdicts: tuple[tuple[datetime, str | None], ...]


class Record(NamedTuple):
    """An account's past: claims by (meeting, id), and when each insight was written, by id."""

    claims: dict[tuple[str, str], Claim]
    insights: dict[str, Mark]


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


def record(ctx: "Context", path: str, meetings: "Iterable[Listed]") -> Record:
    """Read the past of an account's document once, for all its `meetings` of today."""
    past = ctx.past
    rows = [(row, begins(ctx, row)) for row in meetings]
    traces: dict[tuple[str, str], _Trace] = {}
    insights: dict[str, Mark] = {}
    before: dict[str, MeetingThen] = {}
    for version in past.versions(path):
        mark = Mark(version.at, version.source, version.by)
        there = _by_name(past, version)
        for row, begin in rows:
            meeting = there.get(row.id) or there.get(row.date)
            if meeting is None:
                continue
            for insight in () if meeting is before.get(row.id) else meeting.insights:
                insights.setdefault(insight.id, mark)
            early = version.at <= begin
            if meeting is before.get(row.id) and not early:
                continue
            before[row.id] = meeting
            for claim in meeting.claims:
                trace = traces.setdefault((row.id, claim.id), _Trace())
                trace.saw(claim, version, mark, early=early)
    return Record({key: trace.claim() for key, trace in traces.items()}, insights)


def _by_name(past: "Past", version: "Version") -> "dict[str, MeetingThen]":
    """Return a version's meetings by id, and by day where there is only one."""
    there = past.meetings(version)
    days = [one.date for one in there]
    found = {one.date: one for one in there if days.count(one.date) == 1}
    return {**found, **{one.id: one for one in there}}


class _Trace:
    """Follows one claim through the versions, oldest first."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}
        self.now: Mark | None = None
        self.stood: Stood | None = None
        self.asked: Asked | None = None
        self.verdicts: list[tuple[datetime, str | None]] = []

    def saw(self, claim: "ClaimThen", version: "Version", mark: Mark, *, early: bool) -> None:
        self.now = self.marks.setdefault(claim.digest, mark)
        last = self.verdicts[-1][1] if self.verdicts else None
        if claim.verdict != last:
            self.verdicts.append((version.at, claim.verdict))
        if early:
            self.stood = Stood(self.now, claim.confidence)
            if claim.verdict is None:
                self.asked = Asked(version.commit, version.at)

    def claim(self) -> Claim:
        return Claim(self.now, self.stood, self.asked, tuple(self.verdicts))
