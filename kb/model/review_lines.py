"""The lines of a meeting or a page that a reviewer may want to say otherwise, and saying them so.

A line is a claim, one of its fields, a stance, a topic's title, a decision …: what is suggested
names the line's words as they are, so that a suggestion for words that are gone is found out.
"""

import re
from collections.abc import Iterator, Sequence
from json import dumps
from typing import NamedTuple

from kb.errors import WrongUse
from kb.model.reading import claims
from kb.text import frontmatter
from kb.text.document import Item, Section
from kb.text.escape import escape, escape_title, one_line, plain
from kb.text.ids import normal
from kb.text.items import LINK, read_tail
from kb.text.lines import Span, decode, encode, newline_of
from kb.text.names import CLAIM_FIELDS, Names
from kb.text.outline import Document, parse
from kb.text.page import adopted_sections
from kb.text.splice import Entry, splice

_PREFIX = re.compile(rb"[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})(?:[ \t]+|(?=[\r\n]|$)))?")
_HEADING = re.compile(rb"[ \t]*#{1,6}(?:[ \t\r\n]|$)")
"""What begins with a hash otherwise is a line: `#引き継ぎ` is a tag."""


class Wording(NamedTuple):
    """One line: its words with the label, the bytes that hold them, and what it is.

    `label` is the label's key, None for a line without; `owned` says that it is a TODO;
    `heading` that it is a title. `at` holds the value alone, without label, ids and tags.
    """

    text: str
    at: Span
    label: str | None = None
    owned: bool = False
    heading: bool = False
    tags: tuple[str, ...] = ()


def same(one: str, other: str, names: Names) -> bool:
    """Tell whether two texts say the same line, whichever spelling of the label they use."""
    return _key(one, names) == _key(other, names)


def _key(text: str, names: Names) -> tuple[str | None, str]:
    key, value = label_of(text, names)
    return key, normal(value)


def label_of(text: str, names: Names) -> tuple[str | None, str]:
    """Return (label key, value) of a line's words; (None, all of it) without a label."""
    found = names.label_pattern.match(text)
    key = names.label(found["word"]) if found else None
    return (key, text[found.end() :].strip()) if found and key else (None, text)


# In a meeting


def below(document: Document, place: Item | Section) -> list[Wording]:
    """Return the lines of an item or a heading, itself first, in the order of the document.

    The fields of a claim belong to it where they stand beside it, too.
    """
    if isinstance(place, Section):
        return [found for section in place.walk() for found in _section(document, section)]
    found = list(place.walk())
    found += [field for field in _fields(document, place) or () if field not in found]
    return [line for item in found if (line := _item(item)) is not None]


def _section(document: Document, section: Section) -> Iterator[Wording]:
    title = plain(LINK.sub("", section.heading)).strip()
    head = document.data[section.head.start : section.head.stop]
    raw = encode(LINK.sub("", section.heading).strip())
    at = head.find(raw) if section.kind == "topic" and title else -1
    if at >= 0:
        start = section.head.start + at
        yield Wording(title, Span(start, start + len(raw)), heading=True)
    for item in section.items:
        yield from (line for one in item.walk() if (line := _item(one)) is not None)


def _item(item: Item) -> Wording | None:
    if not item.text or item.label in ("verdict", "minutes"):
        return None
    value = " ".join(plain(item.text).split())
    shown = f"{item.label_word}: {value}" if item.label else value
    at = Span(item.value_at, item.text_end)
    return Wording(shown, at, item.label, item.box is not None, tags=item.tags)


def reword(document: Document, line: Wording, new: str) -> Document:
    """Return the document with a line in other words; `WrongUse("text-unsafe")`.

    Its label, ids, tags, owner and date stay.
    """
    names = document.names
    if line.heading:
        return splice(document, line.at, encode(escape_title(new))).document
    key, value = label_of(new, names)
    value = value if key is not None and key == line.label else new
    tail = read_tail(value)
    if tail.tags and set(tail.tags) <= set(line.tags) and not (tail.owners or tail.due):
        value = tail.text
    said = escape(one_line(value), names, labelled=line.label is not None, owned=line.owned)
    return splice(document, line.at, encode(said)).document


def lacks(document: Document, place: Item | Section, label: str) -> bool:
    """Tell whether a place is a claim that says nothing under a label of claims yet."""
    found = _fields(document, place) if label in CLAIM_FIELDS else None
    return found is not None and not any(field.label == label and field.text for field in found)


def _fields(document: Document, place: Item | Section) -> tuple[Item, ...] | None:
    """Return the fields of a claim, nested or beside it; None for what is no claim."""
    for meeting in document.meetings:
        for section in meeting.sections("hypotheses"):
            for claim, fields in claims(section):
                if claim.span == place.span:
                    return fields
    return None


def add_field(document: Document, claim: Item, new: str) -> Document:
    """Return the document with a field (`検証: …`) that its claim lacks; a blank one is filled.

    Raises `WrongUse("text-unsafe")`.
    """
    label, value = label_of(new, document.names)
    fields = _fields(document, claim) or ()
    word = new[: len(new) - len(value)].strip().rstrip(":：").strip("*_ ")
    said = escape(one_line(value), document.names, labelled=True, owned=False)
    blank = next((field for field in fields if field.label == label and not field.text), None)
    if blank is not None:
        start = blank.span.start + blank.indent
        row = document.data[start : blank.span.stop].splitlines()[0]
        there = Span(start, start + len(row))
        return splice(document, there, encode(f"{blank.marker} {word}: {said}")).document
    nested = [field for field in fields if field.span.start < claim.span.stop]
    beside = fields[-1] if fields and not nested else None
    pattern = nested[-1] if nested else beside
    indent = pattern.indent if pattern else claim.content_indent
    marker = pattern.marker if pattern and pattern.marker in "-*+" else "-"
    newline = newline_of(document.data)
    at = beside.span.stop if beside else claim.span.stop
    line = encode(f"{' ' * indent}{marker} {word}: {said}") + newline
    if not document.data[:at].endswith((b"\n", b"\r")):
        line = newline + line

    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and found[0].label == label

    return splice(document, Span(at, at), line, accept).document


# On a page


def of_page(data: bytes) -> list[Wording]:
    """Return the title of a page and the lines of the parts that an adoption approves."""
    found: list[Wording] = []
    for section in adopted_sections(parse(data)):
        if section.level == 1:
            found += _rows(data, section.head, heading=True)
        else:
            found += _rows(data, Span(section.head.stop, section.span.stop), heading=False)
    return found


def _rows(data: bytes, span: Span, *, heading: bool) -> Iterator[Wording]:
    at = span.start
    for row in data[span.start : span.stop].splitlines(keepends=True):
        prefix = _PREFIX.match(row)
        start = at + (prefix.end() if prefix else 0)
        stop = at + len(row.rstrip())
        if start < stop and (heading or not _HEADING.match(row)):
            yield Wording(plain(decode(data[start:stop])), Span(start, stop), heading=heading)
        at += len(row)


def reword_page(data: bytes, line: Wording, new: str, names: Names) -> bytes:
    """Return a page with a line in other words, in its front matter too when it is the title.

    Raises `WrongUse("text-unsafe")` when that would make it another page than was meant.
    """
    said = escape_title(new) if line.heading else escape(one_line(new), names, keep=_ANY)
    changed = data[: line.at.start] + encode(said) + data[line.at.stop :]
    before, after = _shape(data), _shape(changed)
    if len(before) != len(after) or sum(a != b for a, b in zip(before, after, strict=True)) > (
        1 if line.heading else 0
    ):
        raise WrongUse("text-unsafe")
    if line.heading and frontmatter.scalar(data, "title") == line.text:
        changed = _retitled(changed, one_line(new))
    return changed


class _Every:
    """Holds every label: on a page none of them means anything."""

    def __contains__(self, _: object) -> bool:
        return True


_ANY = _Every()


def _shape(data: bytes) -> Sequence[tuple[int, str]]:
    document = parse(data)
    return [
        (section.level, section.heading)
        for index in range(len(document.chunks))
        for section in document.section(index).walk()
    ]


def _retitled(data: bytes, title: str) -> bytes:
    span = frontmatter.body_span(data)
    body = decode(data[span.start : span.stop])
    value = dumps(title, ensure_ascii=False)
    body = re.sub(r"(?m)^title:[^\r\n]*", lambda _: f"title: {value}", body, count=1)
    return data[: span.start] + encode(body) + data[span.stop :]
