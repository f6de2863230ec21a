"""The past of every claim and insight, worked out of each account's history once and remembered.

What is remembered is taken again only when a commit changed the document, a meeting was moved, or
somebody's address became a member's.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue import claims
from kb.catalogue.codec import dump, load
from kb.work.registration import begins

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.work.context import Context
    from kb.work.past import ClaimThen, MeetingThen, Past, Version

VERSION = 1
"""Version of what is remembered; anything older is worked out again."""
FEW = 20
"""Documents that are asked about one by one."""


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

    now: Mark
    stood: Stood | None
    asked: Asked | None
    verdicts: tuple[tuple[datetime, str | None], ...]


class Record(NamedTuple):
    """An account's past: claims by (meeting, id), and when each insight was written, by id."""

    claims: dict[tuple[str, str], Claim]
    insights: dict[str, Mark]


def record(ctx: "Context", path: str, meetings: "Iterable[Listed]") -> Record:
    """Read the past of an account's document once, for all its `meetings` of today."""
    past = ctx.past
    rows = [(row, begins(ctx, row)) for row in meetings]
    traces: dict[tuple[str, str], _Trace] = {}
    insights: dict[str, Mark] = {}
    before: dict[str, MeetingThen] = {}
    for version in past.versions(path):
        mark = Mark(version.at.astimezone(ctx.settings.tz), version.source, version.by)
        there = _by_name(past, version)
        for row, begin in rows:
            meeting = there.get(row.id) or there.get(row.date)
            early = version.at <= begin
            if meeting is None or (meeting == before.get(row.id) and not early):
                continue
            before[row.id] = meeting
            for insight in meeting.insights:
                insights.setdefault(insight.id, mark)
            for claim in meeting.claims:
                trace = traces.setdefault((row.id, claim.id), _Trace(mark))
                trace.saw(claim, version, mark, early=early)
    return Record({key: trace.claim() for key, trace in traces.items()}, insights)


def records(ctx: "Context", meetings: "Iterable[Listed]") -> dict[str, Record]:
    """Return the past of the documents in which these meetings stand, by path."""
    of: dict[str, list[Listed]] = {}
    for row in meetings:
        of.setdefault(row.path, []).append(row)
    last = _last_commits(ctx, of)
    known = ctx.catalogue.rows(lambda db: claims.remembered(db, of))
    found: dict[str, Record] = {}
    new: list[tuple[str, str, bytes]] = []
    for path, rows in of.items():
        mark = _mark(ctx, last.get(path, ""), rows)
        if path in known and known[path][0] == mark:
            found[path] = _restored(known[path][1])
        else:
            found[path] = record(ctx, path, rows)
            new.append((path, mark, _stored(found[path])))
            ctx.past.forget()
    if new:
        ctx.catalogue.rows(lambda db: claims.remember(db, new))
    return found


def _last_commits(ctx: "Context", paths: Collection[str]) -> dict[str, str]:
    """Return the last commit of each document; of a few documents the rest is not looked at."""
    if len(paths) > FEW:
        return ctx.past.last_commits()
    versions = ((path, ctx.past.versions(path)) for path in paths)
    return {path: found[-1].commit for path, found in versions if found}


def _mark(ctx: "Context", commit: str, rows: "Collection[Listed]") -> str:
    """Return what a record rests on, as one digest."""
    members = [(one.key, one.email) for one in ctx.settings.members.values()]
    when = [(row.id, row.date, row.begins, row.ends) for row in rows]
    rests_on = dump([VERSION, commit, ctx.settings.timezone, members, when])
    return sha256(rests_on).hexdigest()[:32]


def _stored(record: Record) -> bytes:
    """Return a record as JSON."""
    return dump(
        (
            [
                (
                    *(meeting, id_),
                    _packed(claim.now),
                    claim.stood and (_packed(claim.stood.mark), claim.stood.confidence),
                    claim.asked and (claim.asked.commit, claim.asked.at.isoformat()),
                    [(at.isoformat(), verdict) for at, verdict in claim.verdicts],
                )
                for (meeting, id_), claim in record.claims.items()
            ],
            [(id_, _packed(mark)) for id_, mark in record.insights.items()],
        )
    )


def _packed(mark: Mark) -> tuple[str, str, tuple[str, ...]]:
    return mark.at.isoformat(), mark.source, mark.by


def _restored(body: bytes) -> Record:
    told, insights = load(body)
    return Record(
        {
            (meeting, id_): Claim(
                _mark_of(now),
                Stood(_mark_of(stood[0]), stood[1]) if stood else None,
                Asked(asked[0], datetime.fromisoformat(asked[1])) if asked else None,
                tuple((datetime.fromisoformat(at), verdict) for at, verdict in verdicts),
            )
            for meeting, id_, now, stood, asked, verdicts in told
        },
        {id_: _mark_of(mark) for id_, mark in insights},
    )


def _mark_of(value: list[Any]) -> Mark:
    at, source, by = value
    return Mark(datetime.fromisoformat(at), source, tuple(by))


def _by_name(past: "Past", version: "Version") -> "dict[str, MeetingThen]":
    """Return a version's meetings by id, and by day where there is only one."""
    there = past.meetings(version)
    days = [one.date for one in there]
    found = {one.date: one for one in there if days.count(one.date) == 1}
    return {**found, **{one.id: one for one in there}}


class _Trace:
    """Follows one claim through the versions, oldest first."""

    def __init__(self, first: Mark) -> None:
        self.marks: dict[str, Mark] = {}
        self.now = first
        self.stood: Stood | None = None
        self.asked: Asked | None = None
        self.verdicts: list[tuple[datetime, str | None]] = []

    def saw(self, claim: "ClaimThen", version: "Version", mark: Mark, *, early: bool) -> None:
        self.now = self.marks.setdefault(claim.digest, mark)
        last = self.verdicts[-1][1] if self.verdicts else None
        if claim.verdict != last:
            self.verdicts.append((mark.at, claim.verdict))
        if early:
            self.stood = Stood(self.now, claim.confidence)
            if claim.verdict is None:
                self.asked = Asked(version.commit, mark.at)

    def claim(self) -> Claim:
        return Claim(self.now, self.stood, self.asked, tuple(self.verdicts))
