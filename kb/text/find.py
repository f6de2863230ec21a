"""Find a place in a document again by its line."""

from kb.errors import NotFound
from kb.text.document import Item, Section
from kb.text.outline import Document


def meeting_index(document: Document, line: int) -> int:
    """Return the index of the chunk that holds the line (from 1)."""
    found = 0
    for index, chunk in enumerate(document.chunks):
        if chunk.line <= line:
            found = index
    return found


def item_at(document: Document, line: int) -> Item:
    """Return the item that begins at the line; `NotFound("no-item")` when there is none."""
    section = document.section(meeting_index(document, line))
    for item in section.all_items():
        if item.line == line:
            return item
    raise NotFound("no-item", item=line)


def section_at(document: Document, line: int) -> Section:
    """Return the section whose heading is at the line; `NotFound("no-item")` otherwise."""
    for section in document.section(meeting_index(document, line)).walk():
        if section.line == line and section.kind != "preamble":
            return section
    raise NotFound("no-item", item=line)


def by_id(document: Document, id_: str) -> Item | Section | None:
    """Return the item or heading that has an id written, the oldest meeting's if it was copied."""
    found: Item | Section | None = None
    oldest = ""
    for index, chunk in enumerate(document.chunks):
        if id_.encode() not in document.data[chunk.span.start : chunk.span.stop]:
            continue
        root = document.section(index)
        date = document.meeting(index).date if chunk.kind == "meeting" else "9999"
        places = [s for s in root.walk() if id_ in s.ids]
        items = [i for i in root.all_items() if id_ in i.ids]
        both: list[Item | Section] = [*places, *items]
        for place in both:
            if found is None or date < oldest:
                found, oldest = place, date
    return found
