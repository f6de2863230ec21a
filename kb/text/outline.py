"""Headings to structure: one parse finds the chunks, each chunk is read when it is asked for.

A chunk starts at a top-level heading, where the Markdown parser holds no state; so a chunk parsed
by itself reads as it does inside the whole document. That makes an edit cheap: only the chunk it
touches is parsed again (`kb.text.edit`), and the boundaries of a blob can be remembered.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from kb.remembered import Remembered
from kb.text.dates import Dated, heading_date, times
from kb.text.document import Chunk, Item, Meeting, Section
from kb.text.frontmatter import front_span, text_start
from kb.text.items import ending_link, read_ids, read_items
from kb.text.lines import Lines, Span, line_count
from kb.text.names import DEFAULT_NAMES, Names

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CANCELLED = re.compile(
    r"^(?:~~|[\[【(（]\s*(?:cancell?ed|中止|キャンセル|延期)\s*[\]】)）])|~~\s*$", re.IGNORECASE
)


@lru_cache(maxsize=1)
def markdown() -> "MarkdownIt":
    """Return the one block parser: CommonMark with tables and HTML blocks, no inline pass."""
    from kb.text.blocks import block_parser

    return block_parser()


class Document:
    """A running document: its bytes, and what stands in them.

    `data` are the bytes, `chunks` the stretches that can be parsed by themselves, `level` the
    heading level of its meetings (2 when it has none yet). Meetings are read when asked for.
    """

    def __init__(self, data: bytes, names: Names, chunks: tuple[Chunk, ...], level: int) -> None:
        """Hold what `parse` found."""
        self.data = data
        self.names = names
        self.chunks = chunks
        self.level = level
        self._read: dict[int, Section] = {}

    @property
    def front(self) -> Span:
        """Return the span of the front matter with its fences; empty when there is none."""
        return front_span(self.data)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Return all dated sections in the order of the document."""
        return tuple(
            self.meeting(index)
            for index, chunk in enumerate(self.chunks)
            if chunk.kind == "meeting"
        )

    def meeting(self, index: int) -> Meeting:
        """Return the meeting of the chunk at `index`."""
        root = self.section(index)
        dated = heading_date(root.heading)
        assert dated is not None
        return _meeting(root, dated)

    def section(self, index: int) -> Section:
        """Return the chunk at `index` as one section; a preamble has no heading, level 0."""
        if index not in self._read:
            self._read[index] = _section(self.data, self.chunks[index], self.names)
        return self._read[index]

    def remember(self, index: int, section: Section, *, soon: bool = False) -> None:
        """Hold the section of the chunk at `index`, which was read together with others.

        `soon`: the same document is going to be read anew, and the chunk asked for.
        """
        self._read[index] = section
        chunk = self.chunks[index]
        if soon and chunk.kind == "meeting":
            _sections.put(_key(self.data, chunk, self.names), section)

    @property
    def boundaries(self) -> tuple[int, tuple[tuple[str, int, int], ...]]:
        """Return what `parse` may be given next time for the same bytes: plain data."""
        return self.level, tuple((c.kind, c.span.start, c.line) for c in self.chunks)


_sections: Remembered[Section] = Remembered(
    128 * 1024, lambda section: section.span.stop - section.span.start
)
"""The meetings that were read last (bytes): who wrote a line looks at it, and writes the next."""


def _section(data: bytes, chunk: Chunk, names: Names) -> Section:
    if chunk.kind != "meeting":  # few ask for others
        return read_chunk(data, chunk, names)
    known = _key(data, chunk, names)
    section = _sections.get(known)
    return section or _sections.put(known, read_chunk(data, chunk, names))


def _key(data: bytes, chunk: Chunk, names: Names) -> tuple[object, ...]:
    """Return what the section of a chunk follows from: its bytes, where it stands, the words."""
    part = blake2b(data[chunk.span.start : chunk.span.stop], digest_size=16).digest()
    return part, chunk, names.digest


def parse(
    data: bytes,
    names: Names = DEFAULT_NAMES,
    boundaries: tuple[int, Sequence[tuple[str, int, int]]] | None = None,
) -> Document:
    """Read a document. Never fails: what is not understood is content.

    `boundaries` (of an earlier `Document` of the very same bytes and names) spare the parse.
    """
    if boundaries is None:
        boundaries = find_boundaries(data, names)
    return _document(data, names, boundaries)


def parse_whole(data: bytes, names: Names = DEFAULT_NAMES) -> Document:
    """Read a document and all its meetings with one run of the Markdown parser.

    The same as `parse`, at half the price when every meeting is going to be asked for.
    """
    begin = text_start(data)
    lines = Lines(data[begin:], begin, 1 + line_count(data[:begin]))
    tokens = markdown().parse(lines.markdown())
    headings = _headings(tokens)
    document = _document(data, names, _boundaries(headings, lines, names, None))
    first = 0
    for index, chunk in enumerate(document.chunks):
        last = first
        while last < len(headings) and lines.starts[headings[last].top] < chunk.span.stop:
            last += 1
        stop = headings[last].token if last < len(headings) else len(tokens)
        part = _Part(lines, tokens, headings[first:last], stop, chunk.span.stop)
        document.remember(index, _Builder(part, names, chunk.kind).build())
        first = last
    return document


def _document(
    data: bytes, names: Names, boundaries: tuple[int, Sequence[tuple[str, int, int]]]
) -> Document:
    level, starts = boundaries
    stops = [start for _, start, _ in starts[1:]] + [len(data)]
    chunks = tuple(
        Chunk(kind, Span(start, stop), line)
        for (kind, start, line), stop in zip(starts, stops, strict=True)
    )
    return Document(data, names, chunks, level)


def find_boundaries(
    data: bytes, names: Names, level: int | None = None
) -> tuple[int, tuple[tuple[str, int, int], ...]]:
    """Return (meeting level, (kind, start, line) of each chunk) of `data`.

    `level` fixes the meeting level when `data` is only a part of a document, from a chunk on.
    """
    begin = text_start(data) if level is None else 0
    lines = Lines(data[begin:], begin, 1 + line_count(data[:begin]))
    return _boundaries(_headings(markdown().parse(lines.markdown())), lines, names, level)


def read_with_following(
    part: bytes, chunk: Chunk, names: Names, level: int
) -> tuple[tuple[tuple[str, int, int], ...], Callable[[], Section]]:
    """Read a chunk that is no preamble, and what follows it, with one run of the Markdown parser.

    `part` has the bytes of the document from the chunk on. Return the boundaries in it (whose
    starts are those of the document), and what makes the chunk's section once they are known to
    be right: what `find_boundaries` with this `level` and `read_chunk` find, at half the price.
    """
    lines = Lines(part, chunk.span.start, chunk.line)
    tokens = markdown().parse(lines.markdown())
    headings = _headings(tokens)
    _, found = _boundaries(headings, lines, names, level)
    if len(found) > 1 and found[1][1] == chunk.span.start:
        found = found[1:]  # nothing stands before the chunk

    def section() -> Section:
        last = 0
        while last < len(headings) and lines.starts[headings[last].top] < chunk.span.stop:
            last += 1
        stop = headings[last].token if last < len(headings) else len(tokens)
        own = _Part(lines, tokens, headings[:last], stop, chunk.span.stop)
        return _Builder(own, names, chunk.kind).build()

    return found, section


def _boundaries(
    headings: Sequence["_Heading"], lines: Lines, names: Names, level: int | None
) -> tuple[int, tuple[tuple[str, int, int], ...]]:
    dated = [heading_date(heading.text) for heading in headings]
    kind = "preamble" if level is None else "part"
    if level is None:
        level = next((h.level for h, date in zip(headings, dated, strict=True) if date), 2)
    chunks: list[tuple[str, int, int]] = [("preamble", 0, 1)]
    opened = 0  # level of the heading whose chunk is open
    for heading, date in zip(headings, dated, strict=True):
        if heading.level > level:
            continue
        inside = kind == "preamble" or (kind == "other" and heading.level > opened)
        if heading.level == level and date:
            kind = "meeting"
        elif inside or (kind == "meeting" and heading.names(names)):
            continue
        else:
            kind = "other"
        opened = heading.level
        chunks.append((kind, lines.starts[heading.top], lines.first + heading.top))
    if len(chunks) > 1 and chunks[1][1] == 0:
        del chunks[0]  # no preamble at all
    return level, tuple(chunks)


class _Heading(NamedTuple):
    """A top-level heading: its token's index, level, text, and its lines (indexes, half open)."""

    token: int
    level: int
    text: str
    top: int
    below: int

    def names(self, names: Names) -> str | None:
        """Return the key of the section that it names, or None."""
        return names.section(read_ids(self.text)[0])


def _headings(tokens: Sequence["Token"]) -> list[_Heading]:
    """Return the top-level headings; setext ones only when dated."""
    found = []
    for index, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or token.map is None:
            continue
        text = tokens[index + 1].content
        if token.markup.startswith("#") or heading_date(text):
            found.append(_Heading(index, int(token.tag[1]), text, *token.map))
    return found


def read_chunk(data: bytes, chunk: Chunk, names: Names) -> Section:
    """Parse one chunk into a section, with the document's offsets and line numbers."""
    start = chunk.span.start or text_start(data)
    part = data[start : chunk.span.stop]
    line = chunk.line + line_count(data[chunk.span.start : start])
    lines = Lines(part, start, line)
    tokens = markdown().parse(lines.markdown())
    whole = _Part(lines, tokens, _headings(tokens), len(tokens), lines.starts[-1])
    return _Builder(whole, names, chunk.kind).build()


class _Part(NamedTuple):
    """A chunk inside of what was parsed: its headings, and the token and byte where it stops."""

    lines: Lines
    tokens: Sequence["Token"]
    headings: Sequence["_Heading"]
    stop_token: int
    stop: int


class _Builder:
    """Turns the tokens of one chunk into a tree of sections."""

    def __init__(self, part: _Part, names: Names, kind: str) -> None:
        self.lines = part.lines
        self.tokens = part.tokens
        self.headings = part.headings
        self.stop_token = part.stop_token
        self.stop = part.stop
        self.names = names
        self.kind = kind

    def build(self) -> Section:
        if self.kind != "preamble":
            return self._section(0, len(self.headings), "")[0]
        children = []
        at = 0
        while at < len(self.headings):
            child, at = self._section(at, len(self.headings), "preamble")
            children.append(child)
        begin = self.lines.starts[0]
        return Section(
            kind="preamble",
            level=0,
            heading="",
            ids=(),
            link=None,
            span=Span(begin, self.stop),
            head=Span(begin, begin),
            body=Span(begin, self._start(0)),
            line=self.lines.first,
            items=self._items(0, 0),
            children=tuple(children),
        )

    def _start(self, at: int) -> int:
        """Return where heading number `at` starts; the end of the chunk when there is none."""
        if at < len(self.headings):
            return self.lines.starts[self.headings[at].top]
        return self.stop

    def _items(self, token: int, following: int) -> tuple[Item, ...]:
        """Return the items between a token and the heading number `following`."""
        last = self.headings[following].token if following < len(self.headings) else self.stop_token
        return tuple(read_items(self.tokens, self.lines, self.names, token, last))

    def _section(self, at: int, limit: int, parent: str) -> tuple[Section, int]:
        """Build the section of heading `at`; return it and the number of the one after it."""
        heading = self.headings[at]
        kind = self._kind(at, heading, parent)
        deeper = 0 if kind == "meeting" else heading.level  # known names of any level stay inside
        stop = at + 1
        while stop < limit and self.headings[stop].level > deeper:
            stop += 1
        children = []
        child = at + 1
        while child < stop:
            built, child = self._section(child, stop, kind)
            children.append(built)
        title, ids = read_ids(heading.text)
        starts = self.lines.starts
        section = Section(
            kind=kind,
            level=heading.level,
            heading=title,
            ids=ids,
            link=ending_link(title),
            span=Span(starts[heading.top], self._start(stop)),
            head=Span(starts[heading.top], starts[heading.below]),
            body=Span(starts[heading.below], self._start(at + 1)),
            line=self.lines.first + heading.top,
            items=self._items(heading.token + 3, at + 1),
            children=tuple(children),
        )
        return section, stop

    def _kind(self, at: int, heading: _Heading, parent: str) -> str:
        if self.kind != "preamble" and at == 0:
            return self.kind
        known = heading.names(self.names) if self.kind == "meeting" else None
        if known and known != parent:
            return known
        return "topic" if parent == "agenda" else "other"


def _meeting(root: Section, dated: Dated) -> Meeting:
    start, end = dated.start, dated.end
    known = False
    for item in root.items:
        if item.label == "time" and item.value:
            begins, ends = times(item.value)
            start, end = start or begins, end or ends
        known = known or item.label in ("time", "attendees")
    sections = any(section.kind not in ("meeting", "other", "topic") for section in root.walk())
    title = dated.title
    return Meeting(
        root=root,
        date=dated.date,
        start=start,
        end=end,
        title=_CANCELLED.sub("", title).strip(" ~"),
        cancelled=bool(_CANCELLED.search(title) or root.heading.startswith("~~")),
        counts=bool(root.ids) or sections or known,
    )
