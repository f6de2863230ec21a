"""Training: what would you have said? Past hypotheses as they stood before their meeting.

A question shows the claim as the last commit before the meeting's start has it, and nothing that
was written later: no verdict, no words of the customer's, no name of theirs.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue import claims
from kb.errors import NotFound, WrongUse
from kb.model.calibration import LEAST, MOST, OUTCOMES, baseline
from kb.work import training_results as results
from kb.work.records import records
from kb.work.training_names import Hider, hide_all

if TYPE_CHECKING:
    from kb.catalogue.claims import ClaimRow
    from kb.catalogue.lists import Listed
    from kb.model.principle import Page
    from kb.work.context import Context
    from kb.work.past import ClaimThen, Version
    from kb.work.records import Claim, Progress

COUNT = 10
"""Questions of one sitting."""


class Question(NamedTuple):
    """A claim as it stood before its meeting; `as_of` is the commit, `at` its moment.

    `segment` and `stage` are what the account's document said then.
    """

    id: str
    account: str
    as_of: str
    at: datetime
    text: str
    because: str | None
    test: str | None
    segment: str | None
    stage: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the question as the contract of the command line has it."""
        return {
            "id": self.id,
            "account": self.account,
            "as_of": self.as_of,
            "as_of_at": self.at.isoformat(),
            "text": self.text,
            "because": self.because,
            "test": self.test,
            "segment": self.segment,
            "stage": self.stage,
        }


class Answered(NamedTuple):
    """What happened: the verdict and the customer's words, and what to read when one was wrong.

    `stated` is the confidence of whoever wrote the claim, at the meeting's start; `counted` is
    False for a question that one had answered before. `refs` are the pages that the claim cites.
    """

    id: str
    probability: int
    held: bool
    verdict: str
    quote: str | None
    account: str
    name: str
    meeting: "Listed"
    stated: int | None
    counted: bool
    refs: "tuple[Reading, ...]"
    reading: "tuple[Reading, ...]"

    @property
    def missed(self) -> bool:
        """Tell whether one leaned to the other side."""
        return self.probability != 50 and (self.probability > 50) != self.held


class Reading(NamedTuple):
    """Something to read: a page of the playbook (by its name) or the meeting itself."""

    kind: str
    ref: str
    title: str
    path: str


class _Known(NamedTuple):
    """A claim that may be asked, with its past."""

    row: "ClaimRow"
    past: "Claim"


def questions(ctx: "Context", count: int = COUNT) -> list[Question]:
    """Return the member's next questions; those answered before come again after all others.

    The order is the member's own and always the same. Raises `WrongUse("train-no-member")`.
    """
    member = results.member(ctx)
    done = {one.id for one in results.answers(ctx, member)}
    rows = sorted(_judged(ctx, member), key=lambda row: (row.id in done, _lot(member, row)))
    found: list[Question] = []
    for known in _askable(ctx, member, rows):
        if len(found) == count:
            break
        found.append(_question(ctx, known))
    return found


def shown(ctx: "Context", found: "Iterable[Question]") -> list[Question]:
    """Return questions as a page shows them: with the name of no customer, by whoever it is.

    The words are a colleague's, and may tell of another account than the one that is asked about.
    """
    accounts = [(one.account, one.name) for one in ctx.catalogue.accounts(ctx.now, archived=True)]
    hidden = []
    for one in found:
        words = (one.text, one.because, one.test)
        text, because, test = hide_all(words, one.account, accounts, ctx.lang)
        hidden.append(one._replace(text=text or "", because=because, test=test))
    return hidden


def answer(
    ctx: "Context", id_: str, probability: str, progress: "Progress | None" = None
) -> Answered:
    """Note what the member thought likely, in percent, and return what happened.

    `progress` is told (documents read, documents to read) while the baseline is worked out.
    Raises `WrongUse` ("train-probability", "train-no-member") and `NotFound("train-no-question")`
    for an id that is no question of theirs. Nothing of it is committed.
    """
    stated = _percent(probability)
    member = results.member(ctx)
    wanted = id_.strip().rpartition("^")[2]
    rows = [row for row in _judged(ctx, member) if row.id == wanted]
    known = next(_askable(ctx, member, rows), None)
    if known is None:
        raise NotFound("train-no-question", id=id_)
    row, asked = known.row, known.past.asked
    assert asked is not None
    assert row.verdict is not None
    held = OUTCOMES[row.verdict]
    before = {one.id for one in results.answers(ctx, member)}
    said = results.Answer(
        at=ctx.now,
        id=row.id,
        account=row.account,
        as_of=asked.commit,
        probability=stated,
        held=held,
        baseline=round(baseline(_ended(ctx, asked.at, progress)), 1),
    )
    results.append(ctx, member, said)
    return _answered(ctx, known, stated, counted=row.id not in before)


def _percent(word: str) -> int:
    found = re.fullmatch(r"(\d{1,3})[%％]?", word.strip())
    if found is None or not LEAST <= int(found[1]) <= MOST:
        raise WrongUse("train-probability", value=word, least=LEAST, most=MOST)
    return int(found[1])


# Which claims are asked


def _judged(ctx: "Context", member: str) -> "list[ClaimRow]":
    """Return the claims that ended one way or the other, in accounts that are not the member's."""
    own = {one.account for one in ctx.catalogue.accounts(ctx.now) if one.csm == member}
    rows = ctx.catalogue.rows(claims.claims)
    return [row for row in rows if row.verdict in OUTCOMES and row.account not in own]


def _lot(member: str, row: "ClaimRow") -> str:
    return sha256(f"{member}\n{row.account}\n{row.id}".encode()).hexdigest()


def _askable(ctx: "Context", member: str, rows: "Iterable[ClaimRow]") -> Iterator[_Known]:
    """Yield the claims that stood without a verdict before the start, and were another's."""
    for row in rows:
        here = ctx.catalogue.meetings(row.account)
        found = records(ctx, (one for one in here if one.path == row.path))[row.path]
        past = found.claims.get((row.meeting, row.id))
        if past is not None and past.asked is not None and member not in past.now.by:
            yield _Known(row, past)


def _question(ctx: "Context", known: _Known) -> Question:
    """Return the claim as it stood, without the customer's name."""
    from kb.text import frontmatter

    row, asked = known.row, known.past.asked
    assert asked is not None
    version, claim = _then(ctx, row, asked.commit)
    front = frontmatter.read(ctx.past.text(version))
    now = ctx.catalogue.account(row.account)
    name = next(one.name for one in ctx.catalogue.accounts(ctx.now) if one.path == now.path)
    hidden = Hider([str(front.get("name") or ""), name, row.account], _lang(ctx, front))
    return Question(
        id=row.id,
        account=row.account,
        as_of=asked.commit,
        at=asked.at,
        text=hidden(claim.text) or "",
        because=hidden(claim.because),
        test=hidden(claim.test),
        segment=_text(front.get("segment")),
        stage=_text(front.get("stage")),
    )


def _then(ctx: "Context", row: "ClaimRow", commit: str) -> "tuple[Version, ClaimThen]":
    """Return the version of that commit and the claim as it has it."""
    version = next(one for one in ctx.past.versions(row.path) if one.commit == commit)
    meeting = ctx.past.meeting(version, row.meeting, row.date)
    assert meeting is not None
    return version, next(claim for claim in meeting.claims if claim.id == row.id)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _lang(ctx: "Context", front: dict[str, Any]) -> str:
    return str(front.get("lang") or ctx.settings.lang)


# What happened


def _ended(ctx: "Context", moment: datetime, progress: "Progress | None" = None) -> list[bool]:
    """Return how the team's claims had ended by a moment, as far as their verdicts were written."""
    found = []
    for record in records(ctx, ctx.catalogue.meetings(), progress).values():
        for claim in record.claims.values():
            verdict = next((v for at, v in reversed(claim.verdicts) if at < moment), None)
            if verdict in OUTCOMES:
                found.append(OUTCOMES[verdict])
    return found


def _answered(ctx: "Context", known: _Known, stated: int, *, counted: bool) -> Answered:
    row, past = known.row, known.past
    listed = next(
        one
        for one in ctx.catalogue.meetings(row.account)
        if one.path == row.path and one.id == row.meeting
    )
    claim = next(one for one in ctx.catalogue.whole(listed).hypotheses if one.id == row.id)
    assert row.verdict is not None
    pages = ctx.catalogue.pages()
    refs = tuple(
        Reading(pages[ref].kind, ref, pages[ref].title, pages[ref].path)
        for ref in row.refs
        if ref in pages
    )
    found = Answered(
        id=row.id,
        probability=stated,
        held=OUTCOMES[row.verdict],
        verdict=row.verdict,
        quote=claim.quote,
        account=row.account,
        name=next(one.name for one in ctx.catalogue.accounts(ctx.now) if one.path == row.path),
        meeting=listed,
        stated=past.stood.confidence if past.stood else None,
        counted=counted,
        refs=refs,
        reading=(),
    )
    if not found.missed:
        return found
    return found._replace(reading=tuple(_reading(ctx, row, claim.text, listed)))


def _reading(ctx: "Context", row: "ClaimRow", text: str, listed: "Listed") -> Iterator[Reading]:
    """Yield what to read after a miss: pages near the claim, then the meeting itself."""
    from kb.work.playbook import Shelf

    shelf = Shelf(ctx)
    cited = [ref for ref in row.refs if ref in shelf.pages]
    whole = ctx.catalogue.whole(listed)
    ids = [one.id for one in whole.hypotheses] + [one.id for one in whole.insights]
    here = {(row.account, id_) for id_ in ids}
    resting = [one.page.id for one in shelf.pages.values() if here & _sources(one.page)]
    near = cited or resting or _like(ctx, text)
    served = [
        one.page.id for one in shelf.of_kind("play") if one.page.principle in {*cited, *resting}
    ]
    for name in dict.fromkeys((*cited, *resting, *near, *served)):
        if name in shelf.pages:
            page, path = shelf.pages[name]
            yield Reading(page.kind, name, page.title, path)
    yield Reading("meeting", f"{row.account}/{row.date}", listed.title, row.path)


def _sources(page: "Page") -> set[tuple[str, str]]:
    """Return (account, id) of the lines that a page rests on or that speak against it."""
    quoted = ((one.account, one.ref) for one in (*page.evidence, *page.counter))
    return {*quoted, *page.insights}


def _like(ctx: "Context", text: str) -> list[str]:
    """Return the principles whose "use when" speaks of what the claim speaks of."""
    from kb.work.suggesting import suggest

    return [one.id for one in suggest(ctx, [text])][:2]


def answered_json(found: Answered) -> dict[str, Any]:
    """Return what happened as the contract of the command line has it."""
    return {
        "id": found.id,
        "probability": found.probability,
        "held": found.held,
        "verdict": found.verdict,
        "quote": found.quote,
        "account": found.account,
        "name": found.name,
        "meeting": found.meeting.id,
        "date": found.meeting.date,
        "title": found.meeting.title,
        "confidence": found.stated,
        "counted": found.counted,
        "refs": [page._asdict() for page in found.refs],
        "reading": [page._asdict() for page in found.reading],
    }
