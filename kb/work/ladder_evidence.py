"""Evidence is made, not typed: quotes taken out of the documents, with their place and commit."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.model.principle import Evidence, unmarked
from kb.text import change
from kb.text.canonical import item_digest, text_digest
from kb.text.document import Item, Section
from kb.text.ids import PATTERN, normal
from kb.work.places import read_document
from kb.work.tracing import first_with

if TYPE_CHECKING:
    from kb.catalogue.refs import Line
    from kb.model.meeting import Hypothesis, Meeting
    from kb.text.outline import Document
    from kb.work.context import Context

COMMIT = 12
"""Digits of a commit's id that a page shows."""


class Source(NamedTuple):
    """A line to quote: its kind, place, its meeting's day, and the words that are quoted."""

    kind: str
    id: str
    given: bool
    account: str
    path: str
    date: str
    quote: str
    against: bool = False


class Gathered(NamedTuple):
    """What a principle is proposed from: lines to quote, and the insights as (line, text)."""

    sources: tuple[Source, ...]
    insights: "tuple[tuple[Line, str], ...]"


def gather(ctx: "Context", words: Iterable[str], page: str, *, against: bool = False) -> Gathered:
    """Return what the lines named by `words` bring as evidence of `page`, or `against` it.

    An insight brings itself and the customer's words in its meeting that share most with it; a
    hypothesis the customer's words in its verdict; they speak against the page when it cited it
    and was refuted (a refuted guess may well be what taught the lesson).
    Raises `WrongUse` ("bad-id", "ambiguous-id", "not-evidence", "no-words"), `NotFound("no-id")`.
    """
    sources: dict[tuple[str, str, str], Source] = {}
    insights: dict[tuple[str, str], tuple[Line, str]] = {}
    for line in _lines(ctx, words):
        meeting = ctx.catalogue.whole(line.meeting)
        if line.kind == "insight":
            text = next(one.text for one in meeting.insights if one.id == line.id)
            insights.setdefault((line.account, line.id), (line, text))
            found = [_source(line, normal(text))]
            found += _customers_words(meeting, line, text)
        elif line.kind == "hypothesis":
            found = [_judged(meeting, line, page)]
        else:
            raise WrongUse("not-evidence", id=line.id, text=line.text)
        for source in found:
            side = source._replace(against=against or source.against)
            sources.setdefault((source.account, source.id, source.quote), side)
    return Gathered(tuple(sources.values()), tuple(insights.values()))


def _lines(ctx: "Context", words: Iterable[str]) -> "list[Line]":
    """Return the lines that are named, each once; a group's id stands for its members."""
    found: dict[tuple[str, str], Line] = {}
    for word in " ".join(words).replace(",", " ").split():
        bare = word.removeprefix("[[").removesuffix("]]").rpartition("#")[2].removeprefix("^")
        members = [word] if PATTERN.fullmatch(bare.lower()) else group_members(ctx, word)
        for member in members:
            line = ctx.catalogue.line(member)
            found.setdefault((line.account, line.id), line)
    return list(found.values())


def group_members(ctx: "Context", word: str) -> list[str]:
    """Return the insights of a recurring group as `account#^id`.

    Raises `WrongUse("bad-id")` for what names none, `NotFound("no-group")` for one that is gone.
    """
    if not word.startswith("g-"):
        raise WrongUse("bad-id", id=word)
    from kb.work.insights_finding import resolve_group

    return [f"{one.account}#^{one.id.rpartition('#^')[2]}" for one in resolve_group(ctx, word)]


def _judged(meeting: "Meeting", line: "Line", page: str) -> Source:
    claim = next(one for one in meeting.hypotheses if one.id == line.id)
    if not claim.quote or claim.verdict is None:
        raise WrongUse("no-words", id=line.id, text=line.text)
    quote = normal(claim.quote)
    source = _source(line, quote)
    return source._replace(against=claim.verdict == "refuted" and page in claim.refs)


def _customers_words(meeting: "Meeting", line: "Line", text: str) -> list[Source]:
    """Return the customer's words in the meeting that share most with an insight, at most one."""
    from kb.search.tokens import terms

    wanted = set(terms(text))
    found: list[tuple[int, int, Source]] = []

    def offer(kind: str, id_: str, words: str, around: str, *, given: bool) -> None:
        quote = unmarked(words)
        if quote:
            shared = len(wanted & set(terms(f"{words} {around}")))
            source = Source(kind, id_, given, line.account, line.path, line.meeting.date, quote)
            found.append((-shared, len(found), source))

    for claim in meeting.hypotheses:
        if claim.quote and claim.verdict:
            offer("hypothesis", claim.id, claim.quote, _around(claim), given=claim.given)
    for topic in meeting.topics:
        if topic.link is None:
            for said in topic.said:
                offer("topic", topic.id, said.text, topic.title, given=topic.given)
    return [min(found)[2]] if found else []


def _around(claim: "Hypothesis") -> str:
    return " ".join(part for part in (claim.text, claim.because) if part)


def _source(line: "Line", quote: str) -> Source:
    return Source(
        *(line.kind, line.id, line.given, line.account, line.path, line.meeting.date, quote)
    )


def evidence_of(ctx: "Context", sources: Iterable[Source]) -> list[tuple[Evidence, bool]]:
    """Return each source as evidence with its digest and commit, and whether it speaks against.

    What was written by hand and not yet taken in has no commit; it is taken in first.
    """
    them = list(sources)
    paths = sorted({source.path for source in them})
    if paths:
        ctx.store.adopt(paths, actor=ctx.actor, when=ctx.now)
        ctx.__dict__.pop("past", None)  # it ends before this commit
    found = []
    for source in them:
        snapshot = ctx.store.read(source.path)
        if snapshot is None:
            raise NotFound("no-file", path=source.path)
        document = read_document(ctx, snapshot.data, source.path)
        place = place_of(ctx, document, source)
        if isinstance(place, Item):
            digest = item_digest(snapshot.data, place)
        else:
            digest = text_digest(source.quote)
        version = first_with(ctx, source.path, source.quote, None)
        commit = version.commit[:COMMIT] if version else None
        evidence = Evidence(
            *(source.quote, source.account, source.id, source.date, digest, commit, None, 0)
        )
        found.append((evidence, source.against))
    return found


def id_givers(
    ctx: "Context", sources: Iterable[Source], lines: "Iterable[Line]"
) -> Mapping[str, Callable[[bytes], bytes]]:
    """Return by path what writes the ids of lines that have none yet into a document's text."""
    wanted: dict[str, dict[tuple[str, str], Source]] = {}
    told = [*sources, *(_source(line, "") for line in lines)]
    for source in told:
        if not source.given:
            wanted.setdefault(source.path, {})[source.kind, source.id] = source

    def giver(path: str) -> Callable[[bytes], bytes]:
        def give(data: bytes) -> bytes:
            for source in wanted[path].values():
                document = read_document(ctx, data, path)
                place = place_of(ctx, document, source)
                if source.id not in place.ids:
                    data = change.give_id(document, place, source.id).data
            return data

        return give

    return {path: giver(path) for path in wanted}


def place_of(ctx: "Context", document: "Document", source: Source) -> Item | Section:
    """Return the source's line in this state of its document; `NotFound("no-id")`."""
    from kb.model.reading import Reader
    from kb.text.find import by_id, item_at, section_at

    found = by_id(document, source.id)
    if found is not None:
        return found
    reader = Reader(
        document.data,
        document.names,
        account=source.account,
        path=source.path,
        members=ctx.settings.members,
        people={},
    )
    for meeting in document.meetings:
        if meeting.date == source.date:
            read = reader.read(meeting)
            items = {one.id: one.line for one in read.hypotheses}
            items |= {one.id: one.line for one in read.insights}
            topics = {one.id: one.line for one in read.topics}
            if source.id in items:
                return item_at(document, items[source.id])
            if source.id in topics:
                return section_at(document, topics[source.id])
    raise NotFound("no-id", id=source.id)
