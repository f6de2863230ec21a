"""What a review is about, cut into blocks that one can comment on and lines to say otherwise."""

from typing import TYPE_CHECKING, NamedTuple

from kb.model.review_lines import label_of, of_page
from kb.text.names import LABELS, written
from kb.text.outline import parse
from kb.text.page import adopted_sections
from kb.work import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.faces.web.ask import Ask
    from kb.model.meeting import Decision, Hypothesis, Insight, Meeting, Todo, Topic
    from kb.work.reviews import Review

CLAIM = ("why", "test", "impact", "confidence")
"""The fields of a hypothesis, in the order in which they are read."""


class Line(NamedTuple):
    """One line of a block.

    `part` says what it is; `on` names it for a suggestion ("" when it can't be said otherwise),
    `label` is the key of its label, `old` its words where only these tell it from others;
    `heading` stands above the first line under a heading of a page.
    """

    part: str
    text: str
    on: str = ""
    label: str = ""
    old: str = ""
    heading: str = ""


class Block(NamedTuple):
    """What comments are about: `on` names it, `head` is its first line, shown large."""

    kind: str
    on: str
    head: Line
    lines: tuple[Line, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()
    confidence: int | None = None
    verdict: str | None = None
    quote: str | None = None


def blocks(ask: "Ask", review: "Review") -> list[Block]:
    """Return the blocks of what is reviewed; none when it is gone."""
    subject = review.subject
    if subject is None:
        return []
    if subject.row is None:
        return _page(ask, subject.name, subject.path)
    meeting = ask.ctx.catalogue.whole(subject.row)
    titles = {name: page.title for name, page in ask.ctx.catalogue.pages().items()}
    if review.kind == "post":
        return list(_minutes(meeting, titles))
    claims = [_claim(one, titles) for one in meeting.hypotheses]
    topics = [_topic(one) for one in meeting.topics if one.title or one.stance]
    return [*claims, *topics]


def _claim(one: "Hypothesis", titles: dict[str, str]) -> Block:
    values = {"why": one.because, "test": one.test, "impact": one.impact}
    if one.confidence is not None:
        values["confidence"] = f"{one.confidence}%"
    lines = tuple(Line(key, values.get(key) or "", one.id, key) for key in CLAIM)
    refs = tuple((name, titles.get(name, name)) for name in one.refs)
    return Block("claim", one.id, Line("claim", one.text, one.id), lines, refs, one.confidence)


def _topic(one: "Topic") -> Block:
    head = Line("topic", one.title, one.id)
    return Block("topic", one.id, head, (Line("stance", one.stance or "", one.id, "stance"),))


def _minutes(meeting: "Meeting", titles: dict[str, str]) -> "Iterator[Block]":
    """Yield what a review after a meeting is about: what was said, decided, learned, judged."""
    under: set[int] = set()
    for topic in meeting.topics:
        said = [Line("customer", one.text) for one in topic.said]
        lines = (*said, *_decided(topic.decisions), *_to_do(topic.todos))
        under |= {one.line for one in topic.decisions} | {one.line for one in topic.todos}
        if lines:
            head = Line("topic", topic.title)
            yield Block("topic", topic.id, head, lines)
    for decision in meeting.decisions:
        if decision.line not in under:
            yield Block("decision", decision.id, _decided((decision,))[0])
    for todo in meeting.todos:
        if todo.line not in under:
            yield Block("todo", todo.id, _to_do((todo,))[0])
    for claim in meeting.hypotheses:
        judged = _claim(claim, titles)
        yield judged._replace(
            head=judged.head._replace(on=""), lines=(), verdict=claim.verdict, quote=claim.quote
        )
    for insight in meeting.insights:
        yield _insight(insight)


def _decided(found: "tuple[Decision, ...]") -> tuple[Line, ...]:
    return tuple(Line("decision", one.text, one.id, "decision") for one in found)


def _to_do(found: "tuple[Todo, ...]") -> tuple[Line, ...]:
    return tuple(Line("todo", one.text, one.id) for one in found)


def _insight(one: "Insight") -> Block:
    return Block("insight", one.id, Line("insight", one.text, one.id))


def _page(ask: "Ask", name: str, path: str) -> list[Block]:
    """Return a page of the playbook as one block: its title, and the lines under each heading."""
    found = ask.ctx.store.read(path)
    if found is None:
        return []
    heads = [(one.head.stop, one.heading) for one in adopted_sections(parse(found.data))]
    rows, last = [], 0
    for wording in of_page(found.data):
        place, heading = max((one for one in heads if one[0] <= wording.at.start), default=(0, ""))
        shown = heading if place != last else ""
        rows.append(Line("text", wording.text, name, old=wording.text, heading=shown))
        last = place
    if not rows:
        return []
    return [Block("page", name, rows[0]._replace(part="page"), tuple(rows[1:]))]


def suggested(ask: "Ask", review: "Review", label: str, text: str) -> str:
    """Return what is suggested for a line: its new words, after its label where it has one."""
    if label not in LABELS or label_of(text, ask.ctx.names)[0] == label:
        return text
    account = review.subject.account if review.subject else None
    own = accounts.one(ask.ctx, account).lang if account else None
    lang = own if own in ("ja", "en") else ask.ctx.settings.lang
    return f"{written(LABELS, label, lang)}: {text}"
