"""The nine tricky documents, read as their README says is right."""

import pytest

from kb.text.names import DEFAULT_NAMES
from kb.text.outline import Document, parse
from kb.text.write import New, add


@pytest.fixture
def read(shared):
    def reader(name: str) -> Document:
        (path,) = (shared / "data/tricky").glob(f"{name}-*.md")
        return parse(path.read_bytes())

    return reader


def outline(document: Document) -> list[tuple[str, str]]:
    return [
        (section.kind, section.heading)
        for index in range(len(document.chunks))
        for section in document.section(index).walk()
        if section.kind != "preamble"
    ]


def items(document: Document, kind: str) -> list:
    return [
        item
        for m in document.meetings
        for s in m.sections(kind)
        for top in s.items
        for item in top.walk()
    ]


def test_1_ids_stand_at_the_right_end_only(read):
    document = read(1)
    assert document.meetings[0].ids == ("m-4k7q2x",)
    assert document.meetings[0].title == "定例"
    found = [(item.text, item.ids) for item in items(document, "hypotheses")]
    assert found == [
        ("**強い主張**", ("h-3f9a7c",)),
        ("主張 `^h-3f9a7d`", ()),
        ("主張", ("h-3f9a7e", "h-3f9a7f")),
        ("主張^h-3f9a7g", ()),
        ("主張", ("h-3f9a7h",)),
        ("主張 ^h-3f9ail", ()),
        ("first line ^h-3f9a7k\nsecond line", ()),
        ("first\nsecond", ("h-3f9a7m",)),
    ]


def test_2_the_first_label_of_a_line_wins(read):
    found = [(item.label, item.text) for item in items(read(2), "topic")]
    assert found == [
        ("stance", "全角"),
        ("customer", "「根拠: ない」と言われた"),
        ("decision", "太字"),
        ("decision", "太字2"),
        (None, "http://x: y"),
        (None, "10:30 に再開"),
        ("customer", "Acme: yes"),
        ("todo", "送る"),
        (None, "値引きの余地は10%まで"),
        ("decision", "入れ子"),
    ]


def test_3_the_first_dated_heading_fixes_the_level(read):
    document = read(3)
    assert [(m.date, m.title, m.counts) for m in document.meetings] == [
        ("2026-12-01", "までにやること", False),
        ("2026-11-25", "定例", True),
        ("2026-10-01", "定例", False),
    ]
    assert ("topic", "2026-12-03 研修の論点") in outline(document)
    assert ("other", "2026-12-03 研修の論点") in outline(document)
    assert [chunk.kind for chunk in document.chunks] == [
        "preamble",
        "meeting",
        "meeting",
        "other",
        "meeting",
    ]


def test_4_a_memo_inside_the_agenda_is_internal_and_an_unknown_section_too(read):
    document = read(4)
    assert outline(document)[1:] == [
        ("agenda", "アジェンダ"),
        ("topic", "値引き"),
        ("memo", "社内メモ"),
        ("other", "仮設"),
    ]
    assert [item.label for item in items(document, "topic")] == ["stance", "internal"]


def test_5_fields_that_slipped_out_stand_in_order_after_their_claim(read):
    found = [(item.label, item.text) for item in items(read(5), "hypotheses")]
    assert found == [
        (None, "主張1"),
        ("why", "a"),
        (None, "主張2"),
        ("why", "b"),
        (None, "主張10"),
        ("why", "c"),
        ("why", "d (sibling)"),
    ]


def test_6_full_width_marks_are_content_not_items(read):
    document = read(6)
    found = items(document, "decisions")
    assert [item.text for item in found] == [
        "親\n\u3000- 全角の子",
        "[\u3000] 全角の箱\n-[ ] 空白なし\n＃＃＃ TODO",
    ]
    assert all(item.box is None for item in found)


def test_7_an_unclosed_comment_hides_what_follows_and_nothing_is_lost(read):
    document = read(7)
    assert [m.date for m in document.meetings] == ["2026-11-25"]
    assert items(document, "decisions") == []
    assert b"2026-11-18" in document.data


def test_8_a_table_is_content(read):
    assert items(read(8), "topic") == []


def test_9_a_rule_below_a_line_ends_no_meeting(read):
    document = read(9)
    assert [chunk.kind for chunk in document.chunks] == ["meeting"]
    todos = items(document, "todos")
    assert [(item.box, item.ids, item.done_on) for item in todos] == [
        (False, (), None),
        (True, ("t-8f3kq1",), "2026-11-24"),
    ]


@pytest.mark.parametrize("name", range(1, 10))
def test_a_line_can_be_added_to_each_or_is_refused_and_all_else_stays(read, name):
    document = read(name)
    index = next(i for i, chunk in enumerate(document.chunks) if chunk.kind == "meeting")
    from kb.errors import KbError

    try:
        after = add(document, index, New("memo", "追記"), lang="ja", account="acme").document
    except KbError:
        assert name == 7  # the comment would swallow it
        return
    rows = after.data.splitlines()
    assert [row for row in rows if row in set(document.data.splitlines())][: len(rows)]
    kept = iter(rows)
    assert all(row in kept for row in document.data.splitlines())
    assert DEFAULT_NAMES is after.names


def test_every_heading_that_ends_a_meeting_is_read_with_all_below_it():
    data = (
        b"# A\n\n## 2026-11-25 a\n\n- a\n\n## Notes\n\n- b\n\n### Deeper\n\n- c\n\n"
        b"## TODO\n\n- [ ] d\n\n# Old\n\n## Year\n\n- e\n\n## 2026-11-18 b\n\n- f\n"
    )
    document = parse(data)
    found = [
        (chunk.kind, [item.text for item in document.section(index).all_items()])
        for index, chunk in enumerate(document.chunks)
    ]
    assert found == [
        ("preamble", []),
        ("meeting", ["a"]),
        ("other", ["b", "c"]),
        ("other", ["d"]),
        ("other", ["e"]),
        ("meeting", ["f"]),
    ]


def test_a_known_name_above_the_meetings_level_does_not_end_a_meeting() -> None:
    document = parse(b"## 2026-11-25 a\n\n# TODO\n\n- [ ] x\n\n# Notes\n\n## 2026-11-18 b\n")
    assert [chunk.kind for chunk in document.chunks] == ["meeting", "other", "meeting"]
    assert [item.text for item in document.section(0).all_items()] == ["x"]
