"""Splices: replace any one part of any document; all else stays, or the change is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.text.again import Before, boundaries_again
from kb.text.lines import Span
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import Document, find_boundaries, parse, read_chunk
from kb.text.splice import entries, splice


def spans(document: Document) -> list[Span]:
    """Return all that could be replaced: sections, bodies, items, paragraphs, and places."""
    found = []
    for index in range(len(document.chunks)):
        for section in document.section(index).walk():
            found += [section.span, section.body, section.head]
            for top in section.items:
                for item in top.walk():
                    found += [item.span, item.para, Span(item.span.stop, item.span.stop)]
    return found


def outside(document: Document, at: Span, shift: int = 0) -> list[tuple]:
    """Return what headings and items outside a span read as, read from the whole document."""
    found = []
    for index in range(len(document.chunks)):
        for entry in entries(document.data, document.section(index)):
            if entry.stop <= at.start:
                found.append(entry)
            elif entry.start >= at.stop:
                found.append(entry._replace(start=entry.start - shift, stop=entry.stop - shift))
    return found


def check(document: Document, at: Span, new: bytes) -> bool:
    """Replace, and compare with a reading of the whole from nothing; tell whether it was done."""
    data = document.data
    try:
        done = splice(document, at, new)
    except KbError:
        return False
    assert done.document.data == data[: at.start] + new + data[at.stop :]
    fresh = parse(done.document.data)
    assert done.document.chunks == fresh.chunks
    assert done.document.level == fresh.level
    shift = len(new) - (at.stop - at.start)
    inserted = Span(at.start, at.start + len(new))
    assert outside(fresh, inserted, shift) == outside(document, at)
    for index in range(len(fresh.chunks)):
        anew = read_chunk(fresh.data, fresh.chunks[index], fresh.names)
        assert done.document.section(index) == anew
    return True


@given(st.data())
@settings(max_examples=400)
def test_any_part_of_any_document_by_any_text(any_document, data):
    document = parse(data.draw(any_document))
    places = spans(document)
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    new = data.draw(
        st.one_of(
            any_document,
            st.sampled_from([b"", b"- new\n", b"```\n", b"<!--\n", b"## 2026-01-01 x\n", b"text"]),
        )
    )
    check(document, at, new)


@pytest.mark.slow
def test_any_section_of_the_sample_documents(shared):
    """Most texts fit; what would hide or make a meeting is refused."""
    fits = (b"\n", b"\n- new\n\n", b"\ntext\n\n- a\n  - b\n\n")
    hostile = (b"```\n", b"<!-- open\n\n", b"## 2026-01-01 x\n\n")
    for path in sorted((shared / "sample-store/accounts").glob("*.md"))[:4]:
        document = parse(path.read_bytes())
        for index in range(1, len(document.chunks)):
            for section in document.section(index).walk():
                if not section.children:
                    assert all(check(document, section.body, new) for new in fits)
                last = index == len(document.chunks) - 1 and section.span.stop == len(document.data)
                refused = [not check(document, section.body, new) for new in hostile]
                if not last and not section.children:
                    assert refused == [True, True, True]


@given(st.data())
@settings(max_examples=300)
def test_reading_again_after_a_change_finds_what_reading_anew_finds(any_document, data):
    old = data.draw(any_document)
    lines = old.splitlines(keepends=True)
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(lines))] * 2)))
    new = b"".join(lines[:a]) + data.draw(any_document) + b"".join(lines[b:])
    document = parse(old)
    level, chunks = document.boundaries

    def same(index: int, part: bytes) -> bool:
        chunk = document.chunks[index]
        return old[chunk.span.start : chunk.span.stop] == part

    again = boundaries_again(new, DEFAULT_NAMES, Before(level, chunks, len(old)), same)
    assert again == find_boundaries(new, DEFAULT_NAMES)


OPEN = b"---\n\n## 2026-11-25 a\n\ntext\n\n## 2026-11-18 b\n\ntext\n"


def test_a_rule_that_would_close_front_matter_left_open_is_refused():
    document = parse(OPEN)
    assert [chunk.kind for chunk in document.chunks] == ["preamble", "meeting", "meeting"]
    at = Span(len(OPEN), len(OPEN))
    assert not check(document, at, b"---\n")
    assert check(document, at, b"more\n")


@pytest.mark.parametrize("old", [OPEN, OPEN.replace(b"---", b"***", 1) + b"---\n"])
def test_front_matter_that_a_rule_far_below_closes_is_read_again(old):
    document = parse(old)
    level, chunks = document.boundaries
    parts = [old[c.span.start : c.span.stop] for c in document.chunks]
    new = OPEN + b"---\n"
    again = boundaries_again(
        new,
        DEFAULT_NAMES,
        Before(level, chunks, len(old)),
        lambda index, part: parts[index] == part,
    )
    assert again == find_boundaries(new, DEFAULT_NAMES) == (2, (("preamble", 0, 1),))
