"""Canonical text: what an approval, a quote or a derived id rests on, and what leaves it alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.canonical import (
    canonical,
    item_digest,
    normalised,
    post_digest,
    post_text,
    pre_digest,
    pre_text,
    take_apart,
    text_digest,
    without_ids,
)
from kb.text.outline import parse

MEETING = """\
## 2026-11-25 14:00 定例 ^m-4k7q2x

### 事前仮説

- 利用が落ちている。 ^h-3f9a7c
  - 根拠: 61→48%
  - 確信度: 70%
  - 判定:

### アジェンダ

#### 再オンボーディング ^a-2m8q41

- スタンス: 12月に2回
- お客様: 初回は管理者だけ
- 決定: 12/3に実施 ^d-9xw2me
- [ ] 招待状を送る @sato due:2026-11-28 ^t-8f3kq0

### 気づき

- 早く申し出る #引き継ぎ

### 社内メモ

- スタンス: 値引きは10%まで
- 決定: 内部
"""


def digests(text: str) -> tuple[str, str]:
    meeting = parse(text.encode()).meetings[0]
    return pre_digest(meeting), post_digest(meeting)


def test_what_a_pre_review_and_a_post_review_approve():
    meeting = parse(MEETING.encode()).meetings[0]
    assert pre_text(meeting).split("\n") == [
        "claim 利用が落ちている。",
        "why 61→48%",
        "confidence 70%",
        "topic 再オンボーディング",
        "stance 12月に2回",
    ]
    assert post_text(meeting).split("\n") == [
        "customer 初回は管理者だけ",
        "decision 12/3に実施",
        "todo 招待状を送る",
        "insight 早く申し出る",
    ]


@pytest.mark.parametrize(
    ("old", "new", "voided"),
    [
        ("落ちている。 ^h-3f9a7c", "落ちている。", ""),
        ("61→48%", "61→48% ^h-aaaaaa  ", ""),
        ("判定:", "判定: 支持 「本当です」", "post"),
        ("判定:", "判定予定: 2026-12-21", ""),
        ("落ちている。", "下がっている。", "pre"),
        ("70%", "60%", "pre"),
        ("再オンボーディング ^", "研修 ^", "pre"),
        ("12月に2回", "12月に3回", "pre"),
        ("初回は", "次回は", "post"),
        ("- [ ] 招待状を送る @sato due:2026-11-28", "- [x] 招待状を送る @mori", ""),
        ("招待状を送る", "招待状を書く", "post"),
        ("早く申し出る", "遅く申し出る", "post"),
        ("値引きは10%まで", "値引きは5%まで", ""),
        ("  - 確信度", "- 確信度", ""),
        ("## 2026-11-25 14:00", "## 2026-11-26 15:00", ""),
    ],
)
def test_which_change_voids_which_approval(old, new, voided):
    assert MEETING.count(old) == 1
    before, after = digests(MEETING), digests(MEETING.replace(old, new))
    changed = [name for name, a, b in zip(("pre", "post"), before, after, strict=True) if a != b]
    assert "".join(changed) == voided
    assert before[0].startswith("pre1:")
    assert len(before[1]) == len("post1:") + 64


def test_line_ends_and_trailing_space_change_no_digest():
    crlf = MEETING.replace("\n", "  \r\n")
    assert digests(crlf) == digests(MEETING)


def test_an_item_keeps_its_digest_when_it_moves_deeper_and_gets_an_id():
    flat = parse("- a\n  - 判定: 支持 「b」\n".encode())
    deep = parse("- x\n  - a ^h-3f9a7c\n    - 判定: 支持 「b」  \n".encode())
    shallow = flat.section(0).items[0]
    moved = deep.section(0).items[0].children[0]
    assert item_digest(flat.data, shallow) == item_digest(deep.data, moved)
    assert item_digest(flat.data, shallow) != item_digest(deep.data, deep.section(0).items[0])
    assert text_digest("a ^i-aaaaaa") == text_digest(" a")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("- a ^t-8f3kq0", "- a"),
        ("- a ^t-8f3kq0 @sato  ", "- a @sato"),
        ("## 定例 ^m-4k7q2x ##", "## 定例 ##"),
        ("- `^t-8f3kq0`", "- `^t-8f3kq0`"),
        ("- a ^t-8f3kq0 b", "- a ^t-8f3kq0 b"),
        ("- a^t-8f3kq0", "- a^t-8f3kq0"),
        ("- a ^t-8f3kq0 ^t-8f3kq1", "- a"),
    ],
)
def test_ids_come_off_the_right_end_only(line, wanted):
    assert without_ids(line) == wanted


def test_a_line_is_taken_apart():
    parts = take_apart("  - [x] TODO: 送る @sato due: 2026-11-28 #社内 ^t-8f3kq0 ^t-8f3kq1")
    assert parts.prefix == "  - "
    assert parts.box == "x"
    assert parts.text == "TODO: 送る"
    assert parts.tail == ("@sato", "due: 2026-11-28", "#社内")
    assert parts.ids == ("t-8f3kq0", "t-8f3kq1")


def test_what_two_people_typed_alike_is_normalised_alike():
    assert normalised("か\u3099くしん\u3000する  @sato ^t-8f3kq0") == "がくしん する"
    assert normalised("①") != normalised("1")


@given(st.binary(max_size=80))
def test_canonical_text_is_its_own_canonical_text(data):
    text = canonical(data)
    assert canonical(text.encode("utf-8", "surrogateescape")) == text
