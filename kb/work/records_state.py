"""How far a document's history was read, and what was seen in it: goes on with each new commit."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue.codec import dump, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.work.past import ClaimThen, MeetingThen, Version


class Mark(NamedTuple):
    """Something first stood in a commit: when, by whose clock ("clock", "imported").

    `by` are members' keys or addresses, author first. `after`: it can't have been before that,
    whatever the commit says of itself. `received`: when a team's server had it, if one did.
    """

    at: datetime
    source: str
    by: tuple[str, ...]
    after: datetime
    received: datetime | None = None


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


class Meeting(NamedTuple):
    """A meeting of today's document, and the moment up to which a claim was made before it."""

    id: str
    date: str
    begins: datetime


class History:
    """What the first `seen` versions of a document said; `last` is the commit of the last one."""

    def __init__(self) -> None:
        """Start before the first version."""
        self.seen = 0
        self.last = ""
        self._begins: dict[str, str] = {}
        self._names: set[str] = set()
        self._traces: dict[tuple[str, str], _Trace] = {}
        self._insights: dict[tuple[str, str], Mark] = {}

    def fits(self, commits: "list[str]", meetings: "Iterable[Meeting]") -> bool:
        """Tell whether reading can go on from here for `meetings`, instead of from the beginning.

        Not when the history became another, a meeting was moved, or one came back.
        """
        if self.seen > len(commits) or (self.seen and commits[self.seen - 1] != self.last):
            return False
        for one in meetings:
            known = self._begins.get(one.id)
            if known is None and self._names & {one.id, one.date}:
                return False
            if known is not None and known != one.begins.isoformat():
                return False
        return True

    def see(
        self, version: "Version", mark: Mark, there: "tuple[MeetingThen, ...]",
        meetings: "Iterable[Meeting]",
    ) -> None:  # fmt: skip
        """Take in the next version: `there` is what it said of its meetings."""
        self.seen += 1
        self.last = version.commit
        days = Counter(one.date for one in there)
        found = {one.date: one for one in there if days[one.date] == 1}
        found |= {one.id: one for one in there}
        self._names |= found.keys() | days.keys()
        for row in meetings:
            meeting = found.get(row.id) or found.get(row.date)
            if meeting is not None:
                self._saw(row, meeting, version, mark)

    def _saw(self, row: Meeting, meeting: "MeetingThen", version: "Version", mark: Mark) -> None:
        early = version.after <= row.begins
        for insight in meeting.insights:
            self._insights.setdefault((row.id, insight.id), mark)
        for claim in meeting.claims:
            trace = self._traces.setdefault((row.id, claim.id), _Trace(mark))
            trace.saw(claim, version.commit, mark, early=early)

    def keep(self, meetings: "Iterable[Meeting]") -> None:
        """Forget what is about other meetings than these."""
        self._begins = {one.id: one.begins.isoformat() for one in meetings}
        self._traces = {key: one for key, one in self._traces.items() if key[0] in self._begins}
        self._insights = {key: at for key, at in self._insights.items() if key[0] in self._begins}

    def record(self) -> Record:
        """Return what was seen."""
        insights: dict[str, Mark] = {}
        for (_, id_), mark in self._insights.items():
            insights.setdefault(id_, mark)
        return Record({key: one.claim() for key, one in self._traces.items()}, insights)

    def stored(self) -> bytes:
        """Return the record on one line, and on the next what it takes to go on."""
        found = self.record()
        answer = (
            [(*key, *_of_claim(claim)) for key, claim in found.claims.items()],
            [(id_, *_of_mark(mark)) for id_, mark in found.insights.items()],
        )
        rest = (
            *(self.seen, self.last, self._begins, sorted(self._names)),
            [
                [*key, [(d, *_of_mark(m)) for d, m in one.marks.items()]]
                for key, one in self._traces.items()
            ],
            [(*key, *_of_mark(mark)) for key, mark in self._insights.items()],
        )
        return dump(answer) + b"\n" + dump(rest)

    @classmethod
    def restored(cls, body: bytes) -> "History":
        """Return what `stored` gave."""
        found = cls()
        found.seen, found.last, found._begins, names, marks, insights = load(_parts(body)[1])
        found._names = set(names)
        claims = record_of(body).claims
        for meeting, id_, told in marks:
            trace = _Trace(claims[meeting, id_].now)
            _, trace.stood, trace.asked, verdicts = claims[meeting, id_]
            trace.verdicts = list(verdicts)
            trace.marks = {digest: _mark(*mark) for digest, *mark in told}
            found._traces[meeting, id_] = trace
        found._insights = {(meeting, id_): _mark(*mark) for meeting, id_, *mark in insights}
        return found


def record_of(body: bytes) -> Record:
    """Return the record in what `History.stored` gave."""
    claims, insights = load(_parts(body)[0])
    return Record(
        {(meeting, id_): _claim(*claim) for meeting, id_, *claim in claims},
        {id_: _mark(*mark) for id_, *mark in insights},
    )


def _parts(body: bytes) -> tuple[bytes, bytes]:
    record, _, rest = body.partition(b"\n")  # JSON has no line ends of its own
    return record, rest


def _of_mark(mark: Mark) -> tuple[object, ...]:
    told = (mark.at.isoformat(), mark.source, mark.by, mark.after.isoformat())
    return (*told, mark.received.isoformat()) if mark.received else told


def _mark(at: str, source: str, by: list[str], after: str, received: str | None = None) -> Mark:
    return Mark(
        *(datetime.fromisoformat(at), source, tuple(by), datetime.fromisoformat(after)),
        datetime.fromisoformat(received) if received else None,
    )


def _of_claim(claim: Claim) -> tuple[object, ...]:
    stood = claim.stood
    return (
        _of_mark(claim.now),
        stood and (None if stood.mark == claim.now else _of_mark(stood.mark), stood.confidence),
        claim.asked and (claim.asked.commit, claim.asked.at.isoformat()),
        [(at.isoformat(), verdict) for at, verdict in claim.verdicts],
    )


def _claim(now: Any, stood: Any, asked: Any, verdicts: Any) -> Claim:  # noqa: ANN401 (JSON)
    mark = _mark(*now)
    return Claim(
        mark,
        Stood(_mark(*stood[0]) if stood[0] else mark, stood[1]) if stood else None,
        Asked(asked[0], datetime.fromisoformat(asked[1])) if asked else None,
        tuple((datetime.fromisoformat(at), verdict) for at, verdict in verdicts),
    )


class _Trace:
    """Follows one claim through the versions, oldest first."""

    def __init__(self, first: Mark) -> None:
        self.marks: dict[str, Mark] = {}
        self.now = first
        self.stood: Stood | None = None
        self.asked: Asked | None = None
        self.verdicts: list[tuple[datetime, str | None]] = []

    def saw(self, claim: "ClaimThen", commit: str, mark: Mark, *, early: bool) -> None:
        self.now = self.marks.setdefault(claim.digest, mark)
        last = self.verdicts[-1][1] if self.verdicts else None
        if claim.verdict != last:
            self.verdicts.append((mark.at, claim.verdict))
        if early:
            self.stood = Stood(self.now, claim.confidence)
            if claim.verdict is None:
                self.asked = Asked(commit, mark.at)

    def claim(self) -> Claim:
        return Claim(self.now, self.stood, self.asked, tuple(self.verdicts))
