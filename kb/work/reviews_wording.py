"""Suggesting other words for a line, and taking a suggestion: one step, one commit."""

from typing import TYPE_CHECKING, NamedTuple

from kb.errors import Kept, NotFound, WrongUse
from kb.model import review as model
from kb.model.review_lines import (
    Wording,
    add_field,
    below,
    label_of,
    lacks,
    of_page,
    reword,
    reword_page,
    same,
)
from kb.store.ports import Edit
from kb.text.escape import one_line
from kb.text.ids import normal
from kb.work.places import read_document, text_of
from kb.work.reviews_saying import ids_of, open_review, say, target, typed

if TYPE_CHECKING:
    from kb.catalogue.refs import Line
    from kb.text.document import Item, Section
    from kb.text.outline import Document
    from kb.work.context import Context
    from kb.work.reviews import Review


class _Place(NamedTuple):
    """Where a suggestion goes: a page (`line` None), or a line of a document."""

    path: str
    on: str
    line: "Line | None"


def suggest(
    ctx: "Context", word: str, on: str, text: str, *, old: str | None = None, why: str = ""
) -> "Review":
    """Suggest `text` for a line of what is reviewed, in place of its present words.

    `on` names a line by its id; a text that begins with a label (`検証: …`) is meant for that
    field of it, and adds it where it is lacking. `old` picks another line of a claim, topic,
    meeting or page by words that stand in it. Raises `WrongUse` ("text-empty",
    "suggest-elsewhere", "suggest-which", "suggest-same"), `NotFound` ("no-review", "no-id",
    "suggest-no-line"), `NotAllowed("review-closed")`.
    """
    new = one_line(typed(text))
    review = open_review(ctx, word)
    place = _place(ctx, review, on)
    data = text_of(ctx, place.path)
    if data is None:
        raise NotFound("no-file", path=place.path)
    present = "" if old is None and _adds(ctx, data, place, new) else None
    if present is None:
        present = _meant(ctx, data, place, new, old).text
    if same(present, new, ctx.names):
        raise WrongUse("suggest-same", text=present)
    body = f"- old: {present}\n- new: {new}"
    if why.strip():
        body += f"\n\n{why.strip()}"
    return say(ctx, review, "suggested", [f"on:{place.on}"], body, ids_of(ctx, place.line))


def accept(ctx: "Context", word: str, event_id: str) -> "Review":
    """Take a suggestion: the line gets its new words in the same commit.

    Raises `NotFound("no-suggestion")`, `WrongUse` ("suggestion-unnamed", "suggestion-taken"),
    `NotAllowed`, and
    `Kept("suggestion-stale")` when the line says something else by now.
    """
    review = open_review(ctx, word)
    wanted = event_id.strip().removeprefix("^")
    if not wanted:
        raise WrongUse("suggestion-unnamed", id=review.id)
    event = next((one for one in review.events if one.id == wanted), None)
    offered = model.suggestion(event) if event is not None else None
    if event is None or offered is None:
        raise NotFound("no-suggestion", event=event_id, id=review.id)
    if event.id in review.taken:
        raise WrongUse("suggestion-taken", event=event.id)
    place = _place(ctx, review, event.value("on") or "")

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=place.path)
        return _reworded(ctx, data, place, offered)

    apply(text_of(ctx, place.path))  # what is stale is said before anything is begun
    return say(ctx, review, "accepted", [f"on:{event.id}"], "", [Edit(place.path, apply)])


def _reworded(ctx: "Context", data: bytes, place: _Place, offered: model.Suggestion) -> bytes:
    if not offered.old:
        return _added(ctx, data, place, offered.new)
    found = [one for one in _lines(ctx, data, place) if same(one.text, offered.old, ctx.names)]
    if not found:
        raise Kept("suggestion-stale", kept=None, old=offered.old, new=offered.new)
    if place.line is None:
        return reword_page(data, found[0], offered.new, ctx.names)
    document = read_document(ctx, data, place.path)
    return reword(document, found[0], offered.new).data


def _adds(ctx: "Context", data: bytes, place: _Place, new: str) -> bool:
    """Tell whether a text is a field that a claim lacks."""
    label, _ = label_of(new, ctx.names)
    if place.line is None or label is None:
        return False
    document = read_document(ctx, data, place.path)
    found = _find(document, place.line)
    return found is not None and lacks(document, found, label)


def _added(ctx: "Context", data: bytes, place: _Place, new: str) -> bytes:
    from kb.text.document import Item

    document = read_document(ctx, data, place.path)
    found = _find(document, place.line) if place.line else None
    if not isinstance(found, Item) or not _adds(ctx, data, place, new):
        raise Kept("suggestion-not-lacking", kept=None, new=new)
    return add_field(document, found, new).data


def _place(ctx: "Context", review: "Review", on: str) -> _Place:
    """Return where a suggestion goes; it has to be in what is reviewed."""
    name, line = target(ctx, review, on)
    subject = review.subject
    if subject is not None and subject.row is None and name == subject.name:
        return _Place(subject.path, name, None)
    if subject is None or line is None or subject.row is None:
        raise WrongUse("suggest-elsewhere", on=name, of=review.of)
    if line.meeting.id != subject.row.id:
        raise WrongUse("suggest-elsewhere", on=name, of=review.of)
    return _Place(line.path, name, line)


def _lines(ctx: "Context", data: bytes, place: _Place) -> list[Wording]:
    """Return the lines that a suggestion may be for, the one that was named first."""
    if place.line is None:
        return of_page(data)
    document = read_document(ctx, data, place.path)
    found = _find(document, place.line)
    return below(document, found) if found is not None else []


def _find(document: "Document", line: "Line") -> "Item | Section | None":
    """Return the line's place in this state of the document: by its id, else where it stood."""
    from kb.text.find import by_id, item_at, section_at

    found = by_id(document, line.id)
    if found is not None or line.given:
        return found
    try:
        heading = line.kind in ("topic", "meeting")
        return section_at(document, line.line) if heading else item_at(document, line.line)
    except NotFound:
        return None


def _meant(ctx: "Context", data: bytes, place: _Place, new: str, old: str | None) -> Wording:
    """Return the line whose words are to be others."""
    lines = _lines(ctx, data, place)
    if old is not None:
        wanted = normal(old)
        exact = [one for one in lines if same(one.text, old, ctx.names)]
        found = exact or [one for one in lines if wanted and wanted in normal(one.text)]
    else:
        label, _ = label_of(new, ctx.names)
        whole = place.line is not None and place.line.kind == "meeting"
        found = [one for one in lines if label is not None and one.label == label]
        if label is None and not whole:
            found = lines[:1]
    if not found:
        raise NotFound("suggest-no-line", on=place.on, old=old or new)
    if len(found) > 1:
        raise WrongUse("suggest-which", on=place.on, count=len(found))
    return found[0]
