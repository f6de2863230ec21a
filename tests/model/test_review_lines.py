"""Lines said otherwise: only the words change, whatever was typed, and nothing beside them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.errors import WrongUse
from kb.model.reading import claims
from kb.model.review_lines import add_field, below, lacks, of_page, reword, reword_page, same
from kb.text.escape import one_line, plain
from kb.text.find import by_id
from kb.text.ids import normal
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import parse
from kb.text.page import adopt_text

DOCUMENT = """---
account: acme
---

## 2026-11-25 14:00 定例 ^m-4k7q2x

### 事前仮説

- 利用が落ちている ^h-3f9a7c
  - 根拠: 61→48%
  - **検証**： 尋ねる
- 二つ目の仮説 #引き継ぎ ^h-aaaaaa
1. 番号の仮説 ^h-bbbbbb
2. 根拠: 横にある

### アジェンダ

#### 進め方 [[acme#^a-000000]] ^a-2m8q41

- スタンス: 二回行う
- お客様: はい
- [ ] 送る @sato due:2026-11-28 ^t-8f3kq0

### 気づき

- 学び ^i-7ke4n1
"""
PAGE = """---
title: 申し出る
status: candidate
---

# 申し出る

<!-- メモ -->

## 行動

その日に申し出る。
三者で行う。

## すること

- 一つ目
1. 二つ目

## 根拠

- 「言葉そのもの」
"""


def texts(document, id_):
    return [one.text for one in below(document, by_id(document, id_))]


def test_a_claim_has_its_fields_nested_or_beside_it():
    document = parse(DOCUMENT.encode())
    assert texts(document, "h-3f9a7c") == ["利用が落ちている", "根拠: 61→48%", "検証: 尋ねる"]
    assert texts(document, "h-bbbbbb") == ["番号の仮説", "根拠: 横にある"]
    assert texts(document, "a-2m8q41") == ["進め方", "スタンス: 二回行う", "お客様: はい", "送る"]
    assert texts(document, "i-7ke4n1") == ["学び"]
    assert len(texts(document, "m-4k7q2x")) == 11


def test_a_label_is_the_same_in_any_spelling():
    assert same("検証: 尋ねる", "**検証**：尋ねる", DEFAULT_NAMES)
    assert same("Test: ask  twice", "検証: ask twice", DEFAULT_NAMES)
    assert not same("検証: 尋ねる", "根拠: 尋ねる", DEFAULT_NAMES)
    assert not same("検証: 尋ねる", "尋ねる", DEFAULT_NAMES)


ANY = st.text(min_size=1, max_size=40) | st.sampled_from(
    [
        *("## 2026-11-26 x ^m-zzzzzz", "- [ ] x @sato ^t-zzzzzz", "<!-- x", "```", "検証: 数える"),
        *(
            "お客様: いいえ",
            "[[acme#^h-3f9a7c]]",
            "x ^h-3f9a7c",
            "| a | b |",
            "---",
            "\\",
            "`a` \\`",
        ),
        *("@sato", "due:2026-01-01", "#タグ", "x #引き継ぎ", "1. x", "> x", "x\n- y", "[x]: y"),
    ]
)


def shape(document):
    return [
        (s.kind, s.level, s.ids, [(i.label, i.box, i.ids, i.owners, i.due) for i in s.all_items()])
        for index in range(len(document.chunks))
        for s in document.section(index).walk()
    ]


@settings(max_examples=150)
@given(ANY, st.integers(0, 10))
def test_whatever_was_typed_only_the_words_of_that_line_change(new, which):
    document = parse(DOCUMENT.encode())
    lines = below(document, by_id(document, "m-4k7q2x"))
    line = lines[which]
    if not one_line(new):
        return
    try:
        after = reword(document, line, one_line(new))
    except WrongUse:
        return  # refused: nothing was changed
    data = document.data
    start, stop = line.at
    assert after.data.startswith(data[:start])
    assert after.data.endswith(data[stop:])
    assert shape(parse(after.data)) == shape(document)
    others = below(parse(after.data), by_id(after, "m-4k7q2x"))
    assert [o.text for n, o in enumerate(others) if n != which] == [
        o.text for n, o in enumerate(lines) if n != which
    ]


@pytest.mark.parametrize("id_", ["h-3f9a7c", "h-aaaaaa", "h-bbbbbb"])
@pytest.mark.parametrize("text", ["効果: 更新 +120万円", "Impact: more", "確信度: 70%"])
def test_a_field_that_is_lacking_is_added_to_its_claim_alone(id_, text):
    document = parse(DOCUMENT.encode())
    place = by_id(document, id_)
    label = "confidence" if "%" in text else "impact"
    assert lacks(document, place, label)
    after = parse(add_field(document, place, text).data)
    for section in after.meetings[0].sections("hypotheses"):
        for claim, fields in claims(section):
            found = [plain(f.value) for f in fields if f.label == label]
            assert found == ([text.partition(": ")[2]] if id_ in claim.ids else [])
    assert not lacks(after, by_id(after, id_), label)
    assert not lacks(document, by_id(document, "a-2m8q41"), label)
    assert not lacks(document, place, "stance")


def test_a_page_offers_its_title_and_what_is_adopted_but_no_quote():
    found = [one.text for one in of_page(PAGE.encode())]
    assert found == ["申し出る", "その日に申し出る。", "三者で行う。", "一つ目", "二つ目"]


def test_a_line_of_a_page_may_begin_with_a_tag_and_a_heading_is_none():
    typed = "#引き継ぎ の日に。\n####### 七つ\n### 見出し\n-\n#"
    found = of_page(PAGE.replace("三者で行う。", typed).encode())
    assert [one.text for one in found] == [
        *("申し出る", "その日に申し出る。", "#引き継ぎ の日に。", "####### 七つ"),
        *("一つ目", "二つ目"),
    ]


@given(ANY, st.integers(0, 4))
@example("#0", 1)
def test_whatever_was_typed_a_page_keeps_its_parts(new, which):
    data = PAGE.encode()
    line = of_page(data)[which]
    if not one_line(new):
        return
    try:
        after = reword_page(data, line, one_line(new), DEFAULT_NAMES)
    except WrongUse:
        return  # refused: nothing was changed
    assert "## 根拠\n\n- 「言葉そのもの」\n" in after.decode()
    assert [one.heading for one in of_page(after)] == [one.heading for one in of_page(data)]
    others = [one.text for n, one in enumerate(of_page(after)) if n != which]
    assert others == [one.text for n, one in enumerate(of_page(data)) if n != which]
    assert normal(of_page(after)[which].text) == normal(one_line(new))


def test_a_new_title_stands_in_the_front_matter_too():
    data = PAGE.encode()
    after = reword_page(data, of_page(data)[0], '「すぐ」: "今" # に', DEFAULT_NAMES).decode()
    assert 'title: "「すぐ」: \\"今\\" # に"\n' in after
    assert adopt_text(after.encode()).startswith('「すぐ」: "今" # に\n')
