"""Adding lines: each lands in its place, stays one item, and leaves all other bytes alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import KbError, NotFound, WrongUse
from kb.model.meeting import Meeting
from kb.model.reading import Reader
from kb.text.escape import lines_of, plain
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import Document, parse
from kb.text.write import HOME, New, add

TEMPLATE = """\
---
account: acme
name: アクメ
---

# アクメ

## 2026-11-25 14:00 定例 ^m-4k7q2x

- 時間: 14:00–15:00
- 出席: @tanaka / @sato

### 事前仮説

-{s}
  - 根拠:{s}
  - 検証:{s}
  - 効果:{s}
  - 確信度:{s}

### アジェンダ

####{s}

- スタンス:{s}
- お客様:{s}
- 決定:{s}

### 決定事項

### TODO

### 気づき

### 社内メモ

## 2026-11-18 前回

### TODO

- [ ] 前の宿題 @sato ^t-8f3kq0
""".format(s=" ")

FILLED = """\
### 事前仮説

- 利用が落ちている ^h-1w4646
  - 根拠: 61→48%
  - 検証: 尋ねる
  - 効果:{s}
  - 確信度: 70%

### アジェンダ

#### 再オンボーディング ^a-zg9jpn

- スタンス: 12月に2回
- お客様: 初回は管理者だけ
- お客様: 「一覧が欲しい」 #要望 ^q-3rep8n
- 決定: 12/3に実施 ^d-70k4j6

### 決定事項

- やる ^d-94zwg1

### TODO

- [ ] 招待状を送る @sato due:2026-11-28 ^t-skb5r6

### 気づき

- 効く #引き継ぎ ^i-wxjtw0

### 社内メモ

- 価格は言わない

## 2026-11-18 前回
""".format(s=" ")

EACH = [
    New("hypothesis", "利用が落ちている", confidence=70, because="61→48%", test="尋ねる"),
    New("topic", "再オンボーディング", stance="12月に2回"),
    New("said", "初回は管理者だけ"),
    New("decision", "12/3に実施", under="1"),
    New("request", "一覧が欲しい", under="再オン"),
    New("decision", "やる"),
    New("todo", "招待状を送る", owners=("sato",), due="2026-11-28"),
    New("insight", "効く #引き継ぎ"),
    New("memo", "価格は言わない"),
]


def meeting(document: Document, index: int = 1) -> Meeting:
    """Return a meeting of the document as the team speaks of it."""
    reader = Reader(
        document.data, DEFAULT_NAMES, account="acme", path="acme.md", members={"sato"}, people={}
    )
    return reader.read(document.meeting(index))


def written(text: str, new: New, lang: str = "ja") -> Document:
    """Add one line to the first meeting and make sure that the whole parse agrees."""
    document = parse(text.encode())
    result = add(document, 1, new, lang=lang, account="acme").document
    again = parse(result.data)
    assert again.boundaries == result.boundaries
    return again


def test_the_file_reads_as_a_person_would_have_written_it() -> None:
    text = TEMPLATE
    for new in EACH:
        text = written(text, new).data.decode()
    start = text.index("### 事前仮説")
    assert text[start : start + len(FILLED)] == FILLED


def test_every_kind_comes_back_as_data() -> None:
    text = TEMPLATE
    for new in EACH:
        text = written(text, new).data.decode()
    found = meeting(parse(text.encode()))
    assert [(h.text, h.because, h.confidence) for h in found.hypotheses] == [
        ("利用が落ちている", "61→48%", 70)
    ]
    assert [(t.title, t.stance, len(t.said)) for t in found.topics] == [
        ("再オンボーディング", "12月に2回", 2)
    ]
    assert [d.text for d in found.decisions] == ["12/3に実施", "やる"]
    assert [(t.text, t.owner, t.due, t.promise) for t in found.todos] == [
        ("招待状を送る", "sato", "2026-11-28", True)
    ]
    assert [i.tags for i in found.insights] == [("引き継ぎ",)]
    assert [r.text for r in found.requests] == ["「一覧が欲しい」"]
    assert found.memo == "- 価格は言わない"


def test_a_document_by_hand_gets_the_sections_it_lacks_in_their_order() -> None:
    text = "# x\n\n## 2026-11-25 a\n\nfree words\n\n### TODO\n\n* [ ] y\n"
    for new in (New("memo", "m"), New("hypothesis", "h"), New("todo", "t"), New("said", "s")):
        text = written(text, new, "en").data.decode()
    heads = [line for line in text.splitlines() if line.startswith("###")]
    assert heads == ["### Hypotheses", "### Agenda", "### TODO", "### Internal memo"]
    assert "* [ ] y\n* [ ] t ^t-" in text
    assert [s.text for t in meeting(parse(text.encode())).topics for s in t.said] == ["s"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_are_the_document_s_own(newline: str, bom: str) -> None:
    text = bom + TEMPLATE.rstrip().replace("\n", newline)
    for kind in HOME:
        document = parse(text.encode())
        text = add(document, 1, New(kind, "a\nb"), lang="ja", account="acme").document.data.decode()
    bare = text.replace("\r\n", "\n") if newline == "\r\n" else text.replace("\r", "\n")
    assert bare.count("\n") == text.count(newline)
    assert "\r" not in bare


def test_what_is_typed_stays_one_item() -> None:
    document = written(TEMPLATE, New("said", "x\n- 決定: y"))
    found = meeting(document)
    assert [s.text for t in found.topics for s in t.said] == ["x\n- 決定: y"]
    assert found.decisions == ()


HOSTILE = [
    "<!-- hidden",
    "```",
    "~~~~\ncode",
    "- [ ] box",
    "[ ] box",
    "# heading",
    "##",
    "> quote",
    "1. one",
    "2) two",
    "a\n===",
    "a\n---",
    "a\n\n\n## 2026-12-01 fake",
    "| a |\n|---|",
    "[x]: http://a",
    "決定: y",
    "**決定**: y",
    "スタンス：y",
    "Customer: y",
    "text ^t-8f3kq0",
    "`code` and \\` and `",
    "back\\slash \\- \\\\",
    "a\\",
    "<div>\n\n</div>",
    "***",
    "---",
    "+",
    "x\u2028- [ ] y",
    "x\u0085y",
    "nul\0byte",
    "due:2026-12-01",
    "@sato",
    "#tag",
    "![](x)",
    "[[acme#^t-8f3kq0]]",
    "\\",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("kind", [k for k in HOME if k != "topic"])
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_change_nothing_beside_them(kind: str, value: str) -> None:
    before = meeting(parse(TEMPLATE.encode()))
    document = parse(TEMPLATE.encode())
    result = add(document, 1, New(kind, value), lang="ja", account="acme")
    after = meeting(parse(result.document.data))
    counts = {
        "hypothesis": len(after.hypotheses) - len(before.hypotheses),
        "said": sum(len(t.said) for t in after.topics) - sum(len(t.said) for t in before.topics),
        "decision": len(after.decisions) - len(before.decisions),
        "todo": len(after.todos) - len(before.todos),
        "insight": len(after.insights) - len(before.insights),
        "request": len(after.requests) - len(before.requests),
    }
    if kind == "request":
        assert counts.pop("said") == 1
    expected = {name: int(name == kind) for name in counts}
    assert counts == expected
    assert result.document.data.count(b"^t-8f3kq0") >= 1
    assert meeting(parse(result.document.data), 2).todos[0].id == "t-8f3kq0"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([k for k in HOME if k != "topic"]), st.text(min_size=1, max_size=60))
def test_any_text_comes_back_or_is_refused(kind: str, value: str) -> None:
    document = parse(TEMPLATE.encode())
    try:
        result = add(document, 1, New(kind, value), lang="ja", account="acme")
    except KbError:
        return
    lines = result.document.data.splitlines()
    before = TEMPLATE.encode().splitlines()
    kept = [line for line in before if line in lines]
    assert len(kept) >= len(before) - 5  # the template's one filled hypothesis at most
    assert parse(result.document.data).boundaries == result.document.boundaries


@given(st.text(max_size=80))
def test_escapes_are_undone(value: str) -> None:
    from kb.text.escape import escape

    lines = lines_of(value)
    assert plain(escape(value, DEFAULT_NAMES, labelled=True)) == "\n".join(lines)


def test_topics_are_named_by_number_id_or_start() -> None:
    text = TEMPLATE
    for title in ("研修の日程", "研修の費用"):
        text = written(text, New("topic", title)).data.decode()
    assert "- 決定: b ^" in written(text, New("decision", "b", under="2")).data.decode()
    with pytest.raises(WrongUse, match="topic-ambiguous"):
        written(text, New("said", "x", under="研修"))
    with pytest.raises(NotFound, match="no-topic"):
        written(text, New("said", "x", under="3"))
    topic = meeting(parse(text.encode())).topics[1]
    later = meeting(written(text, New("said", "x", under=topic.id)))
    assert [len(t.said) for t in later.topics] == [0, 1]


def test_the_same_text_twice_gets_two_ids() -> None:
    document = parse(TEMPLATE.encode())
    first = add(document, 1, New("todo", "同じ"), lang="ja", account="acme")
    second = add(
        first.document, 1, New("todo", "同じ"), lang="ja", account="acme", taken={first.id or ""}
    )
    assert first.id != second.id


@pytest.mark.parametrize(("value", "code"), [("", "text-empty"), (" \n\t", "text-empty")])
def test_empty_text_is_refused(value: str, code: str) -> None:
    with pytest.raises(WrongUse, match=code):
        written(TEMPLATE, New("memo", value))


def test_a_line_of_fifty_megabytes_is_refused() -> None:
    with pytest.raises(WrongUse, match="text-too-long"):
        written(TEMPLATE, New("said", "x" * 50_000_000))


@pytest.mark.parametrize(
    "held",
    [
        "- > 引用\n",
        "- ```\n  code\n  ```\n",
        "-\n  <!-- 覚え -->\n",
        "- | a | b |\n  |---|---|\n  | 1 | 2 |\n",
        "- # 見出し\n",
        "- [ref]: /url\n",
        "-\n  - 根拠:\n\n    段落\n",
        "- [ ] @sato due:2026-12-01\n",
        "- お客様: @sato\n",
        "- お客様:\n\n  段落\n",
    ],
)
@pytest.mark.parametrize("kind", ["hypothesis", "said", "decision", "todo", "insight", "memo"])
def test_a_line_that_holds_anything_is_no_blank_to_be_filled(kind: str, held: str) -> None:
    names = ("事前仮説", "アジェンダ", "決定事項", "TODO", "気づき", "社内メモ")
    body = "".join(f"### {name}\n\n{held}\n" for name in names)
    topic = body.replace("### アジェンダ\n", "### アジェンダ\n\n#### 論点\n")
    document = parse(f"## 2026-11-25 a\n\n{topic}".encode())
    after = add(document, 0, New(kind, "新しい"), lang="ja", account="acme").document
    rows = iter(after.data.splitlines())
    assert all(row in rows for row in document.data.splitlines())
    assert "新しい".encode() in after.data


@pytest.mark.parametrize("kind", ["said", "decision", "insight", "hypothesis", "memo", "request"])
@pytest.mark.parametrize(
    "value",
    [
        "x @sato",
        "x due:2026-12-01",
        "x 📅 2026-12-01",
        "@sato",
        "📅 2026-12-01",
        "気づき",
        "TODO",
        "社内メモ",
    ],
)
def test_the_end_of_a_text_stays_text(kind: str, value: str) -> None:
    found = meeting(written(TEMPLATE, New(kind, value)))
    texts = {
        "said": [s.text for t in found.topics for s in t.said],
        "decision": [d.text for d in found.decisions],
        "insight": [i.text for i in found.insights],
        "hypothesis": [h.text for h in found.hypotheses],
        "memo": [(found.memo or "").removeprefix("- ")],
        "request": [r.text.strip("「」") for r in found.requests],
    }
    assert texts[kind] == [value]


def test_a_todo_s_end_is_its_owner_and_day() -> None:
    (todo,) = meeting(written(TEMPLATE, New("todo", "送る @sato due:2026-12-01"))).todos
    assert (todo.text, todo.owner, todo.due) == ("送る", "sato", "2026-12-01")


@pytest.mark.parametrize("text", ["@", "@s", "- @s"])
def test_a_note_below_may_begin_with_the_same_words(text: str) -> None:
    got = meeting(written(TEMPLATE, New("insight", text, notes=("@sato さんの言葉",))))
    assert [one.text for one in got.insights] == [text]


def test_the_gut_colour_may_be_typed_as_a_memo() -> None:
    assert meeting(written(TEMPLATE, New("memo", "体感: lime 声が明るい"))).gut == "lime 声が明るい"


def test_a_stance_of_several_lines_is_indented() -> None:
    document = written(TEMPLATE, New("topic", "論点", stance="x\n## y"))
    assert "- スタンス: x\n  \\## y\n" in document.data.decode()
    again = written(document.data.decode(), New("topic", "二つ目", stance="p\nq"))
    assert "- スタンス: p\n  q\n" in again.data.decode()


def test_a_topic_can_t_bear_a_section_s_name() -> None:
    with pytest.raises(WrongUse, match="title-is-section"):
        written(TEMPLATE, New("topic", "TODO"))


def test_a_stance_fills_the_blank_one_of_its_topic_and_stands_first():
    text = "## 2026-11-25 定例\n\n### アジェンダ\n\n#### 一つ目\n\n- お客様: はい\n\n#### 二つ目\n\n- スタンス:\n- 決定:\n"
    first = add(
        parse(text.encode()), 0, New("stance", "先に出したい", under="1"), lang="ja", account="acme"
    )
    assert (
        "#### 一つ目\n\n- スタンス: 先に出したい\n- お客様: はい\n" in first.document.data.decode()
    )
    second = add(
        parse(text.encode()), 0, New("stance", "後でよい", under="2"), lang="ja", account="acme"
    )
    assert "- スタンス: 後でよい\n- 決定:\n" in second.document.data.decode()
    assert second.id is None
