"""What changed between two texts is told line by line, under its headings, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.rewriting import Line, bare, places

DOC = """---
account: acme
mrr: 450000
---

# アクメ

## 2026-11-25 14:00 定例 ^m-4k7q2x

### アジェンダ

#### 引き継ぎ

- スタンス: 2回に分けたい
- [ ] 案を送る @sato due:2026-12-01 ^t-8f3kq0

## 2026-10-28 前回

- 決定: 続ける
"""


def told(before, after):
    """The lines that changed, with the headings that they stand below."""
    return [(one.meeting, one.section, line) for one in places(before, after) for line in one.lines]


def test_nothing_changed_is_nothing_told():
    assert places(DOC, DOC) == ()
    assert places(DOC, DOC.replace(" ^t-8f3kq0", "").replace("\n\n", "\n\n\n")) == ()


def test_a_reworded_line_stands_below_its_headings():
    changed = DOC.replace("2回に分けたい", "3回に分けたい")
    assert told(DOC, changed) == [
        (
            "2026-11-25 14:00 定例",
            "引き継ぎ",
            Line("スタンス: 2回に分けたい", "スタンス: 3回に分けたい"),
        )
    ]


def test_a_tick_is_a_sign_and_no_bracket():
    (line,) = (line for *_, line in told(DOC, DOC.replace("- [ ]", "- [x]")))
    assert line.was.startswith("□ 案を送る")
    assert line.now.startswith("✓ 案を送る")


def test_the_facts_on_top_are_told_as_such():
    (place,) = places(DOC, DOC.replace("450000", "460000"))
    assert place.front
    assert place.lines == (Line("mrr: 450000", "mrr: 460000"),)


def test_a_meeting_that_was_taken_out_is_told_by_its_lines():
    gone = DOC[: DOC.index("## 2026-10-28")]
    assert told(DOC, gone) == [
        ("2026-10-28 前回", "", Line("2026-10-28 前回", None)),
        ("2026-10-28 前回", "", Line("決定: 続ける", None)),
    ]


def test_lines_that_are_not_alike_did_not_become_one_another():
    lines = [line for *_, line in told(DOC, DOC.replace("決定: 続ける", "xyz"))]
    assert lines == [Line("決定: 続ける", None), Line(None, "xyz")]


def test_a_text_that_is_another_altogether_is_told_in_no_time():
    before = "\n".join(f"- 行{n} " + "あ" * 50 for n in range(3000))
    after = "\n".join(f"- 別{n} " + "い" * 50 for n in range(3000))
    assert sum(len(one.lines) for one in places(before, after)) == 6000


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [x] 済んだ ^t-8f3kq0", "✓ 済んだ"),
        ("### 事前仮説", "事前仮説"),
        ("  * 根拠:  二つ", "根拠: 二つ"),
        ("^ は残る ^x", "^ は残る ^x"),
        ("-", "-"),
    ],
)
def test_a_line_is_shown_by_its_words(line, words):
    assert bare(line) == words


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_line_of_the_later_text_was_there_or_is_told(before, after):
    new = [line.now for one in places(before, after) for line in one.lines if line.now]
    old = {bare(line) for line in before.splitlines()} | {
        line.strip() for line in before.splitlines()
    }
    for line in after.removeprefix("\ufeff").splitlines():
        if bare(line) and line.strip() != "---":
            assert bare(line) in {*new, *old} or line.strip() in {*new, *old}
