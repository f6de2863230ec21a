"""Changing lines: only the line that was meant changes, in every line-end style."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.errors import WrongUse
from kb.model.reading import claims, read_verdict
from kb.text import arrange, change, find, frontmatter
from kb.text.lines import decode
from kb.text.outline import Document, parse, read_chunk

if TYPE_CHECKING:
    from kb.text.document import Item, Section

STARTER = Path(__file__).parents[2] / "accounts"
DOCUMENTS = sorted(STARTER.glob("*.md"))
STYLES = {
    "lf": lambda data: data,
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "cr": lambda data: data.replace(b"\n", b"\r"),
    "bom": lambda data: b"\xef\xbb\xbf" + data.rstrip(),
}


def agreed(document: Document) -> Document:
    """Return the document after making sure that a parse of its bytes says the same."""
    again = parse(document.data)
    assert again.boundaries == document.boundaries
    anew = [read_chunk(again.data, chunk, again.names) for chunk in again.chunks]
    assert anew == [document.section(index) for index in range(len(again.chunks))]
    return document


def changed_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    gone = [line for line in old if line not in new]
    come = [line for line in new if line not in old]
    return gone, come


def some_meetings(document: Document) -> list[int]:
    """Return the chunk indexes of the first, a middle and the last meeting."""
    found = [index for index, chunk in enumerate(document.chunks) if chunk.kind == "meeting"]
    return sorted({found[0], found[len(found) // 2], found[-1]})


@pytest.fixture(params=[(p.stem, s) for p in DOCUMENTS for s in STYLES], ids="-".join)
def document(request: pytest.FixtureRequest) -> Document:
    """Give each document of the starter store in each line-end style."""
    name, style = request.param
    return parse(STYLES[style]((STARTER / f"{name}.md").read_bytes()))


def test_a_tick_changes_one_character(document: Document) -> None:
    for index in some_meetings(document):
        for item in document.section(index).all_items():
            if item.box is False:
                after = agreed(change.tick(document, item))
                differ = [
                    i
                    for i, (a, b) in enumerate(zip(document.data, after.data, strict=True))
                    if a != b
                ]
                assert differ == [item.box_at]
                back = find.item_at(after, item.line)
                assert change.tick(after, back, done=False).data == document.data


def test_a_verdict_is_one_line_more(document: Document) -> None:
    for index in some_meetings(document):
        for section in document.meeting(index).sections("hypotheses"):
            for claim, fields in claims(section):
                after = agreed(
                    change.verdict(
                        document,
                        claim,
                        fields,
                        "refuted",
                        quote="「だめ」\n- 決定: x",
                        on="2026-12-25",
                        lang="ja",
                    )
                )
                gone, come = changed_lines(document.data, after.data)
                assert gone == []
                assert len(come) == 1
                read = read_verdict(decode(come[0]).split(": ", 1)[1])
                assert read == ("refuted", "「だめ」 - 決定: x", "2026-12-25")


def test_heading_changes_touch_the_heading_alone(document: Document) -> None:
    index = next(i for i, c in enumerate(document.chunks) if c.kind == "meeting")
    title = document.meeting(index).title
    ids = document.meeting(index).ids
    after = agreed(change.mark_cancelled(document, index, "ja"))
    assert after.meeting(index).cancelled
    assert change.mark_cancelled(after, index, "ja") is after
    after = agreed(change.redate(after, index, "2026-12-24", "09:00"))
    meeting = after.meeting(index)
    assert (meeting.date, meeting.start, meeting.title, meeting.ids) == (
        *("2026-12-24", "09:00", title),
        ids,
    )
    gone, come = changed_lines(document.data, after.data)
    assert (len(gone), len(come)) == (1, 1)


def test_a_head_field_is_written_once(document: Document) -> None:
    for index in some_meetings(document):
        first = agreed(change.set_head_field(document, index, "minutes", "2026-10-14 17:04", "ja"))
        second = agreed(change.set_head_field(first, index, "minutes", "2026-10-14 17:05", "ja"))
        assert first.data != second.data
        labels = [item.label for item in second.section(index).items]
        assert labels.count("minutes") == 1


def test_an_id_stands_at_the_right_end() -> None:
    text = "## 2026-11-25 a ##\n\n### TODO\n\n- [ ] x\n  y @sato\n- z\n\n2026-11-18 b\n---\n"
    document = parse(text.encode())
    places: list[tuple[Item | Section, str]] = [
        (find.section_at(document, 1), "m-aaaaaa"),
        (find.section_at(document, 9), "m-bbbbbb"),
        (find.item_at(document, 5), "t-cccccc"),
    ]
    for place, id_ in places:
        after = agreed(change.give_id(document, place, id_))
        assert find.by_id(after, id_) is not None
    assert (
        b"## 2026-11-25 a ^m-aaaaaa ##\n" in change.give_id(document, places[0][0], "m-aaaaaa").data
    )
    assert b"y @sato ^t-cccccc\n" in change.give_id(document, places[2][0], "t-cccccc").data


def test_a_todo_without_a_box_gets_one() -> None:
    document = parse(b"## 2026-11-25 a\n\n### TODO\n\n- plain @sato\n1. TODO: numbered\n")
    for line, shown in ((5, b"- [x] plain @sato ^t-aaaaaa\n"), (6, b"1. [x] numbered ^t-aaaaaa\n")):
        after = agreed(change.tick(document, find.item_at(document, line), "t-aaaaaa"))
        assert shown in after.data


MEETING = "## 2026-11-20 新しい\n\n### アジェンダ\n\n### TODO\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 0),
        ("# x\n", 1),
        ("---\na: b\n---\n", 1),
        ("# x\n\n## 2026-11-25 b\n\n## 2026-11-18 a\n", 2),
        ("# x\n\n## 2026-11-18 a\n\n## 2026-11-25 b\n", 2),
        ("# x\n\n## 2026-11-18 a\n\n## 2026-11-19 b", 3),
        ("# x\n\n## 2026-11-10 a\n", 1),
        ("# x\r\n\r\n## 2026-11-10 a\r\n", 1),
        ("# x\n\n# 2026-11-10 a\n\n## TODO\n", 1),
        ("## 2026-11-10 a\n", 0),
        ("## 2026-11-25 b\n\n## 2026-11-10 a\n", 1),
    ],
)
def test_a_new_meeting_follows_the_document_s_order(text: str, place: int) -> None:
    document = parse(text.encode())
    after = agreed(arrange.insert_meeting(document, MEETING).document)
    assert after.meeting(place).date == "2026-11-20"
    rest = [line for line in after.data.splitlines() if line.strip()]
    assert all(line in rest for line in text.encode().splitlines() if line.strip())
    assert ("\r\n" in text) == (b"\r\n" in after.data)


@pytest.mark.parametrize("text", ["## 2026-11-18 a\n\n```\nopen\n", "# x\n\n<!-- open\n"])
def test_a_meeting_is_never_put_where_it_would_be_swallowed(text: str) -> None:
    document = parse(text.encode())
    older = MEETING.replace("2026-11-20", "2026-11-01")
    with pytest.raises(WrongUse, match="text-unsafe"):
        arrange.insert_meeting(document, older)


def test_front_matter_keys_are_set_alone() -> None:
    data = b"---\na: b\npeople:\n  x: {name: y}\nz: 1\n---\n\ntext\n"
    after = arrange.set_front(data, "people", 'odd: "x" #y')
    assert frontmatter.read(after) == {"a": "b", "people": 'odd: "x" #y', "z": "1"}
    assert arrange.set_front(b"# x\n", "archived", "2026-11-21").startswith(
        b"---\narchived: 2026-11-21\n---\n\n# x"
    )
    for value in (
        "no",
        "- x",
        "a: b",
        "",
        "'",
        "@x",
        "1",
        "100%",
        "ア: イ",
        "x" + os.linesep + "y",
    ):
        again = frontmatter.read(arrange.set_front(data, "a", value))
        assert again["a"] == " ".join(value.split())
