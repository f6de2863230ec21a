"""The sections of a playbook page, found by their headings, and how one of them is rewritten.

A page is free Markdown: what stands under another heading is kept and shown, never read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kb.text.document import Item, Section
from kb.text.lines import Span, decode, encode, newline_of
from kb.text.names import written
from kb.text.outline import Document, parse
from kb.text.page import ADOPTED_PARTS, folded
from kb.text.pagecomments import without_comments

PARTS: dict[str, tuple[str, ...]] = {
    **ADOPTED_PARTS,
    "aim": ("ねらい", "Aim"),
    "steps": ("進め方", "Steps"),
    "measure": ("測り方", "Measure"),
    "evidence": ("根拠", "Evidence"),
    "counter": ("反証", "Counter-evidence", "Counterevidence", "Counter evidence"),
    "insights": ("もとになった気づき", "Insights behind it", "Insights"),
    "story": ("経緯", "History"),
}
"""The sections that are known: Japanese, English, other spellings."""


class Part(NamedTuple):
    """A known section: its key, the section as it stands, and its own text."""

    key: str
    section: Section
    text: str

    def items(self) -> Iterator[Item]:
        """Yield its items, those under headings below it too; what is nested stays nested."""
        for section in self.section.walk():
            yield from section.items


_KEYS = {folded(name): key for key, names in PARTS.items() for name in names}


def read_parts(data: bytes) -> tuple[Document, tuple[Part, ...]]:
    """Return the page's structure, and its known sections in their order."""
    document = parse(data)
    found = []
    for index in range(len(document.chunks)):
        for section in document.section(index).walk():
            key = _KEYS.get(folded(section.heading)) if section.level > 1 else None
            if key is not None:
                found.append(Part(key, section, _own_text(data, section)))
    return document, tuple(found)


def _own_text(data: bytes, section: Section) -> str:
    text = decode(data[section.head.stop : section.span.stop])
    return without_comments(text).strip()


def in_japanese(parts: Iterable[Part], otherwise: str) -> bool:
    """Tell whether the page's headings are Japanese; `otherwise` ("ja", "en") if it has none."""
    for part in parts:
        if part.section.heading:
            return any(ord(letter) > 0x3000 for letter in part.section.heading)
    return otherwise == "ja"


def put_part(data: bytes, key: str, lines: Sequence[str], lang: str) -> bytes:
    """Return the page with a section's text made `lines`; a page without it gets one at its end.

    All other bytes stay.
    """
    newline = newline_of(data)
    body = newline.join(encode(line) for line in lines)
    place = _place(data, key)
    if place is None:
        heading = encode(f"## {written(PARTS, key, lang)}")
        gap = newline * (2 - min(2, _breaks_at_end(data, newline)))
        return data + gap + heading + newline + (newline + body + newline if body else b"")
    rest = data[place.stop :]
    text = newline + body + newline if body else b""
    return data[: place.start] + text + (newline + rest if rest else b"")


def add_to_part(data: bytes, key: str, lines: Sequence[str], lang: str) -> bytes:
    """Return the page with `lines` below what the section holds; an empty bullet makes room."""
    place = _place(data, key)
    if place is None:
        return put_part(data, key, lines, lang)
    kept = [
        line for line in decode(data[place.start : place.stop]).strip("\r\n").splitlines() if line
    ]
    blank = all(not line.strip(" \t-*+") for line in kept)
    before = [] if blank else decode(data[place.start : place.stop]).strip("\r\n").splitlines()
    return put_part(data, key, [*before, *lines], lang)


def _place(data: bytes, key: str) -> Span | None:
    """Return where the text of the first section of that key stands, below its heading."""
    _, parts = read_parts(data)
    found = next((part.section for part in parts if part.key == key), None)
    return None if found is None else Span(found.head.stop, found.span.stop)


def _breaks_at_end(data: bytes, newline: bytes) -> int:
    count = 0
    while data.endswith(newline):
        data = data[: -len(newline)]
        count += 1
    return count
