"""Replace one span of a document, and refuse to when anything beside it would read differently.

Only the chunk that is touched is parsed again, together with the heading line after it (an open
fence or comment would swallow that heading). Everything outside the span must come out as it
was: the same headings, the same items at the same depth.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kb.errors import WrongUse
from kb.text.document import Chunk, Item, Section
from kb.text.frontmatter import front_span
from kb.text.lines import Lines, Span, line_count
from kb.text.outline import (
    Document,
    find_boundaries,
    parse,
    read_chunk,
    read_with_following,
)


class Entry(NamedTuple):
    """A heading or an item as the guard sees it: its own line or lines, and what they read as.

    `start` and `stop` are where its own text stands (nested items are entries of their own).
    """

    start: int
    stop: int
    depth: int
    kind: str
    label: str | None
    box: bool | None
    text: str
    ids: tuple[str, ...]
    body: bytes


class Spliced(NamedTuple):
    """The new document, the entries that begin inside the new text, and the text's span."""

    document: Document
    entries: tuple[Entry, ...]
    span: Span


def entries(data: bytes, section: Section, depth: int = 0) -> Iterator[Entry]:
    """Yield the headings and items of a section in the order of the document."""
    if section.kind != "preamble":
        yield Entry(
            *section.head,
            depth,
            section.kind,
            None,
            None,
            section.heading,
            section.ids,
            data[section.head.start : section.head.stop].rstrip(b"\r\n"),
        )
    for item in section.items:
        yield from _item_entries(data, item, section.kind, depth + 1)
    for child in section.children:
        yield from entries(data, child, depth + 1)


def _item_entries(data: bytes, item: Item, kind: str, depth: int) -> Iterator[Entry]:
    start = item.span.start + item.indent
    body = data[start : item.para.stop]
    yield Entry(
        start, item.para.stop, depth, kind, item.label, item.box, item.value, item.ids, body
    )
    for child in item.children:
        yield from _item_entries(data, child, kind, depth + 1)


def splice(
    document: Document,
    at: Span,
    new: bytes,
    accept: Callable[[tuple[Entry, ...]], bool] | None = None,
) -> Spliced:
    """Return the document with the bytes `at` replaced by `new`.

    `at` lies inside one chunk (its end may be the chunk's end). `accept` sees the entries that
    begin inside the new text and says whether they are what was meant. Anything else than the
    intended change raises `WrongUse("text-unsafe")`, and nothing was changed.
    """
    index = _chunk_at(document, at)
    chunk = document.chunks[index]
    data = document.data
    changed = data[chunk.span.start : at.start] + new + data[at.stop : chunk.span.stop]
    following = _next_heading(document, index)
    whole = data[: chunk.span.start] + changed + data[chunk.span.stop :]
    grown = len(new) - (at.stop - at.start)
    after = Chunk(chunk.kind, Span(chunk.span.start, chunk.span.stop + grown), chunk.line)
    level, found, section_of = _read_again(document, index, after, whole, changed + following)
    _same_boundaries(document, index, after, (level, found), following=bool(following))
    if front_span(whole) != front_span(changed if index == 0 else data):
        raise WrongUse("text-unsafe")  # a rule far below would close front matter left open
    section = section_of()
    inserted = Span(at.start, at.start + len(new))
    inside = _outside_unchanged(document, index, at, whole, section, inserted)
    if accept is not None and not accept(inside):
        raise WrongUse("text-unsafe")
    result = parse(whole, document.names, _moved(document, index, changed, grown))
    if result.chunks[index] == after:
        result.remember(index, section, soon=True)
    return Spliced(result, inside, inserted)


def _chunk_at(document: Document, at: Span) -> int:
    for index, chunk in enumerate(document.chunks):
        if chunk.span.start <= at.start and at.stop <= chunk.span.stop:
            return index  # at the end of a chunk an insertion is still this one's
    raise WrongUse("text-unsafe")


def _next_heading(document: Document, index: int) -> bytes:
    """Return the first two lines of the chunk after `index` (a setext heading has two)."""
    if index + 1 >= len(document.chunks):
        return b""
    span = document.chunks[index + 1].span
    lines = Lines(document.data[span.start : min(span.stop, span.start + 4096)])
    return lines.data[: lines.starts[min(2, len(lines))]]


def _read_again(
    document: Document, index: int, after: Chunk, whole: bytes, part: bytes
) -> tuple[int, Sequence[tuple[str, int, int]], Callable[[], Section]]:
    """Return level and boundaries of the changed chunk with what follows, and what reads it."""
    if index:
        return document.level, *read_with_following(part, after, document.names, document.level)
    fixed = None if after.kind == "preamble" else document.level
    level, found = find_boundaries(part, document.names, fixed)
    return level, found, lambda: read_chunk(whole, after, document.names)


def _same_boundaries(
    document: Document,
    index: int,
    after: Chunk,
    found: tuple[int, Sequence[tuple[str, int, int]]],
    *,
    following: bool,
) -> None:
    """Refuse when the changed chunk would split, vanish, or swallow the heading after it.

    `found` are level and boundaries of the changed chunk and of the heading `following` it.
    """
    level, starts = found
    kinds = [(kind, start) for kind, start, _ in starts]
    expected = [(after.kind, after.span.start)]
    if following:
        expected.append((document.chunks[index + 1].kind, after.span.stop))
        if after.kind == "preamble" and after.span.start == after.span.stop:
            expected.pop(0)
        if level != document.level:
            raise WrongUse("text-unsafe")
    if kinds != expected:
        raise WrongUse("text-unsafe")


def _outside_unchanged(
    document: Document, index: int, at: Span, whole: bytes, section: Section, inserted: Span
) -> tuple[Entry, ...]:
    """Return the entries that begin inside `inserted`; refuse when one outside has changed.

    An entry that reaches into the span belongs to the change, one that only encloses it by
    nesting does not: its own lines lie before.
    """
    shift = inserted.stop - at.stop
    old = list(entries(document.data, document.section(index)))
    new = list(entries(whole, section))
    before = [entry for entry in old if entry.stop <= at.start]
    after = [entry for entry in old if entry.start >= at.stop]
    new_before = [entry for entry in new if entry.stop <= inserted.start]
    new_after = [entry for entry in new if entry.start >= inserted.stop]
    moved = [e._replace(start=e.start + shift, stop=e.stop + shift) for e in after]
    if before != new_before or moved != new_after:
        raise WrongUse("text-unsafe")
    return tuple(new[len(new_before) : len(new) - len(new_after)])


def _moved(
    document: Document, index: int, changed: bytes, grown: int
) -> tuple[int, list[tuple[str, int, int]]]:
    """Return the boundaries after the change: chunks behind it move by bytes and lines."""
    chunk = document.chunks[index]
    old = document.data[chunk.span.start : chunk.span.stop]
    lines = line_count(changed) - line_count(old)
    moved = [
        (c.kind, c.span.start + grown, c.line + lines)
        if number > index
        else (c.kind, c.span.start, c.line)
        for number, c in enumerate(document.chunks)
    ]
    if chunk.kind == "preamble" and not changed and len(moved) > 1:
        del moved[0]  # an emptied preamble is none
    return document.level, moved
