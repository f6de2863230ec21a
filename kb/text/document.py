"""What a document is made of, once it was read: chunks, meetings, sections and items.

All spans are byte ranges of the document, all lines count from 1. Nothing here changes a
document; `kb.text.edit` does.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kb.text.lines import Span


class Item(NamedTuple):
    """A list item with only lists above it.

    `span` is the whole item with what is nested in it, `para` its first paragraph after marker
    and box. `value` is that paragraph after the label, `text` the value without what was read
    from its right end (`ids`, `owners`, `due`, `done_on`, `tags`, from left to right); the text
    ends at byte `text_end`. `box` is True (ticked), False (open) or None (no box); the character
    inside the box is at byte `box_at`. Inner line breaks of texts are LF. `hollow`
    says that it has no value, and no quote, code, table or comment instead of one.
    """

    span: Span
    para: Span
    line: int
    indent: int
    content_indent: int
    marker: str
    box: bool | None
    box_at: int | None
    label: str | None
    label_word: str
    value: str
    value_at: int
    text: str
    text_end: int
    ids: tuple[str, ...]
    owners: tuple[str, ...]
    due: str | None
    done_on: str | None
    tags: tuple[str, ...]
    link: str | None
    children: tuple["Item", ...]
    hollow: bool

    @property
    def blank(self) -> bool:
        """Tell whether the item is an empty line of a template: nothing but labels and marks.

        A blank item may be replaced, so a quote or an owner in it is enough to make it none.
        """
        return self.hollow and all(child.blank for child in self.children)

    def walk(self) -> Iterator["Item"]:
        """Yield the item and every item nested in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def field(self, label: str) -> "Item | None":
        """Return the last nested item with this label that has a value (a later one wins)."""
        found = [child for child in self.children if child.label == label and child.value]
        return found[-1] if found else None


class Section(NamedTuple):
    """A heading and all that belongs to it, inside a meeting.

    `kind` is a section key of `kb.text.names`, "topic" (a heading directly under the agenda),
    "meeting" (the meeting itself) or "other" (unknown: internal content, kept and shown to
    members). `span` reaches to the end of the deepest child, `body` from below the heading to
    the first child. `heading` is the title without ids, dates stay; `items` are the body's own.
    """

    kind: str
    level: int
    heading: str
    ids: tuple[str, ...]
    link: str | None
    span: Span
    head: Span
    body: Span
    line: int
    items: tuple[Item, ...]
    children: tuple["Section", ...]

    def walk(self) -> Iterator["Section"]:
        """Yield the section and all sections below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_items(self) -> Iterator[Item]:
        """Yield every item of this section and those below it, nested ones too."""
        for section in self.walk():
            for item in section.items:
                yield from item.walk()

    @property
    def blank(self) -> bool:
        """Tell whether this is an empty heading of a template with nothing written below it."""
        return (
            not self.heading
            and not self.ids
            and all(item.blank for item in self.items)
            and all(child.blank for child in self.children)
        )


class Meeting(NamedTuple):
    """One dated section of a document: `root` is its section, `date` YYYY-MM-DD.

    `start` and `end` ("HH:MM" or None) come from the heading, else from the time label. `title`
    is the heading after date and time. `counts` is False for a dated heading that has neither an
    id nor a known section nor the time or attendees: structure, but no meeting to ask about.
    """

    root: Section
    date: str
    start: str | None
    end: str | None
    title: str
    cancelled: bool
    counts: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the heading."""
        return self.root.ids

    def sections(self, kind: str) -> Iterator[Section]:
        """Yield the sections of one kind, wherever they stand in the meeting."""
        return (section for section in self.root.walk() if section.kind == kind)


class Chunk(NamedTuple):
    """A stretch of the document that can be parsed by itself.

    `kind` is "preamble" (front matter and what stands before the first meeting), "meeting" or
    "other" (a heading that ends a meeting and is none itself).
    """

    kind: str
    span: Span
    line: int
