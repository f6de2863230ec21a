"""What goes to customers: every internal place holds a canary, and none comes out."""

import dataclasses
import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.people import read_people
from kb.model.reading import Reader
from kb.model.share import SafeMeeting, customer_view, safe_text
from kb.text import frontmatter
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import parse

MEMBERS = {"sato": "佐藤 恭平", "takahashi": "高橋 実紀"}

CANARIES = """---
account: CANARY-slug
name: アクメ株式会社
people:
  tanaka: {name: 田中様, role: CANARY-role, authority: decides}
---

# CANARY-title

CANARY-preamble

## 2026-11-25 14:00 四半期レビュー <!-- CANARY-heading --> ^m-canary

- 時間: 14:00–14:50
- 出席: @tanaka, 鈴木様(CANARY-bracket(CANARY-inner))(CANARY-second) ［CANARY-square］ / @sato @takahashi
  - CANARY-under-attendees
- 議事録: 2026-11-25 14:54

CANARY-paragraph

### 事前仮説

- CANARY-claim ^h-canary
  - 根拠: CANARY-why
  - 検証: CANARY-test
  - 効果: CANARY-impact
  - 確信度: 70%
  - 判定: 支持 「CANARY-verdict」
- [ ] CANARY-claim-todo @sato
- 決定: CANARY-claim-decision

### アジェンダ

#### CANARY-internal-topic #社内

- スタンス: CANARY-internal-stance
- お客様: CANARY-internal-said
- 決定: CANARY-internal-decision
- [ ] CANARY-internal-topic-todo @sato

#### 進め方 [[CANARY-link#^a-canary]] ^a-canary

- スタンス: 12月に<span title="CANARY-attribute">CANARY-element</span>2回実施したい <!-- CANARY-comment -->
  - CANARY-under-stance
  <!-- CANARY-comment-line -->
- お客様: [資料](https://example.com "CANARY-link-title")を見た [[CANARY-wikilink]] ![CANARY-alt](CANARY.png)
  - CANARY-under-said
- お客様: 社内資料は[ここ](../CANARY-path) ^q-canary #CANARY-tag
- 決定: 12/3に実施する [[p-CANARY|CANARY-shown]] ^d-canary
  > CANARY-quote
- お客様: CANARY-said-tagged #社内
- 決定: CANARY-decision-tagged #internal ^d-8f3kq0
- 社内: CANARY-internal-label
  - [ ] CANARY-below-internal @sato
- [ ] 招待状を送る @sato due:2026-11-28 ^t-canary
- [ ] CANARY-tagged @sato #社内
- [ ] CANARY-tagged-en @sato #internal
- お客様: CANARY-parent #社内
  - [ ] CANARY-below-tag @sato
  - 決定: CANARY-decision-below-tag
    - [ ] CANARY-deep-below-tag @sato
- 決定: CANARY-tag-after-a-word#社内
- お客様: CANARY-tag-after-a-stop。#社内
- 決定: CANARY-tag-in-brackets(#internal)
- [ ] CANARY-tag-at-a-todo#社内 @sato
- [ ] CANARY-tag-like @sato #社内用
- お客様: CANARY-tag-likewise #社内_営業

<details><summary>CANARY-summary</summary>

- 決定: CANARY-folded
- [ ] CANARY-folded-todo @sato

</details>

<div hidden>

- お客様: CANARY-hidden

</div>
- [ ] CANARY-no-owner
- CANARY-unlabelled

CANARY-loose

```
- お客様: CANARY-code
```

<!--
- お客様: CANARY-in-comment
-->

> - お客様: CANARY-in-quote

| スタンス | お客様 |
|---|---|
| CANARY-table | CANARY-table |

##### CANARY-unknown-below

- お客様: CANARY-in-unknown
- [ ] CANARY-todo-in-unknown @sato

### 決定事項

- 次回は12月に集まる

### TODO

- [ ] 設定一覧をいただく @tanaka due:2026-12-01
- CANARY-carried [[acme#^t-canary]]

### 気づき

- CANARY-insight #引き継ぎ
- [ ] CANARY-insight-todo @sato
- 決定: CANARY-insight-decision

### CANARY-unknown

- お客様: CANARY-unknown-said
- 決定: CANARY-unknown-decision
- [ ] CANARY-unknown-todo @sato

#### 決定事項

- CANARY-known-in-unknown

### 社内メモ

- 体感: lime CANARY-gut
- 決定: CANARY-memo-decision
- [ ] CANARY-memo-todo @sato

#### TODO

- [ ] CANARY-todo-in-memo @sato

#### アジェンダ

##### CANARY-topic-in-memo

- スタンス: CANARY-stance-in-memo
- お客様: CANARY-said-in-memo
"""


def view(text: str) -> SafeMeeting:
    data = text.encode()
    people = read_people(frontmatter.read(data))
    document = parse(data)
    reader = Reader(
        data, DEFAULT_NAMES, account="acme", path="x.md", members=MEMBERS, people=people
    )
    names = {**MEMBERS, **{key: person.name for key, person in people.items()}}
    return customer_view(reader.read(document.meetings[0]), names, account="アクメ株式会社")


def test_no_internal_text_ever_passes():
    said = json.dumps(dataclasses.asdict(view(CANARIES)), ensure_ascii=False)
    assert "CANARY" not in said
    assert "canary" not in said


def test_a_stance_that_is_tagged_internal_stays_inside():
    text = CANARIES.replace("2回実施したい <!--", "CANARY-stance #社内\n- スタンス: 公の考え <!--")
    said = json.dumps(dataclasses.asdict(view(text)), ensure_ascii=False)
    assert "CANARY" not in said


def test_what_the_customer_may_see_is_all_there():
    safe = view(CANARIES)
    assert (safe.account, safe.title) == ("アクメ株式会社", "四半期レビュー")
    assert (safe.date, safe.start, safe.end) == ("2026-11-25", "14:00", "14:50")
    assert safe.customer == ("田中様", "鈴木様")
    assert safe.ours == ("佐藤 恭平", "高橋 実紀")
    [topic] = safe.topics
    assert topic.title == "進め方"
    assert topic.stance == "12月に2回実施したい"
    assert topic.said == ("[資料](https://example.com)を見た", "社内資料はここ")
    assert topic.decisions == ("12/3に実施する",)
    assert [(t.text, t.owner, t.due, t.done) for t in topic.todos] == [
        ("招待状を送る", "佐藤 恭平", "2026-11-28", False)
    ]
    assert safe.decisions == ("次回は12月に集まる",)
    assert [(t.text, t.owner) for t in safe.todos] == [("設定一覧をいただく", "田中様")]


TYPED = [
    *(
        "#ｉｎｔｅｒｎａｌ",
        "＃ｉｎｔｅｒｎａｌ",
        "#ＩＮＴＥＲＮＡＬ",
        "#Internal",
        "#inter\u200bnal",
        "#\u200binternal",
    ),
    *(
        "#社\u200d内",
        "#\ufeff社内",
        "\u2060#社内",
        "＃社\u00ad内",
        "#社\ufe00内",
        "﹟社内",
        "#社外\u200b秘",
    ),
    *(
        "#internal-only",
        "#internal_営業",
        "#internal用",
        "#社内限り",
        "#ｉｎｔｅｒｎａｌ－ｏｎｌｙ",
    ),
]
"""The tag as people type and copy it."""


@pytest.mark.parametrize("tag", TYPED)
@pytest.mark.parametrize("form", ["内緒 {}", "内緒{} の話", "{} 内緒", "https://e.com と 内緒、{}"])
def test_a_tag_is_the_same_however_it_was_typed(tag, form):
    text = form.format(tag)
    assert safe_text(text) == ""
    lines = f"""## 2026-11-25 定例

### アジェンダ

#### 公の話題

- スタンス: {text}
- お客様: {text}
  - 決定: 内緒の下
- 決定: {text}
- [ ] {text} @sato
- [ ] 内緒 @sato {tag}

#### {text}

- お客様: 内緒の話題

### 決定事項

- {text}
"""
    said = json.dumps(dataclasses.asdict(view(lines)), ensure_ascii=False)
    assert "公の話題" in said
    assert "内緒" not in said
    title = f"## 2026-11-25 定例 {tag}\n\n### 決定事項\n\n- 内緒\n"
    assert "内緒" not in json.dumps(dataclasses.asdict(view(title)), ensure_ascii=False)


@pytest.mark.parametrize(
    "word", ["#international", "#internals", "#内製", "#社", "internal", "社内"]
)
def test_a_word_that_is_no_such_tag_hides_nothing(word):
    assert word in safe_text(f"公の {word} の話")


def test_a_topic_of_nothing_but_internal_lines_is_not_shown():
    safe = view("## 2026-11-25 定例\n\n### アジェンダ\n\n#### <!-- x -->\n\n- 社内: 内緒\n")
    assert safe.topics == ()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3 < 5 であり 5 > 3", "3 < 5 であり 5 > 3"),
        ("<b>強く</b>お願いしたい", "強くお願いしたい"),
        ("見て<details><summary>x</summary>内緒</details>ください", "見てください"),
        ("見て<div>内緒<div>内緒</div>内緒</div>ください", "見てください"),
        ("始め<script>alert(1)", "始め"),
        ("始め<!-- 終わらない", "始め"),
        ("[言葉][内緒の参照]です", "言葉です"),
        ("詳しくは <https://example.com> へ", "詳しくは <https://example.com> へ"),
        ("[開く](javascript:alert(1))", "開く"),
        ("一行目\n二行目 #社内", ""),
        ("言葉に続く印#社内 も印", ""),
        ("https://example.com/a#internal を見る", "https://example.com/a#internal を見る"),
        ("途中の ^t-8f3kq0 は消える", "途中の は消える"),
        ("利用率は50%", "利用率は50%"),
    ],
)
def test_a_text_keeps_its_words_and_loses_the_rest(typed, shown):
    assert safe_text(typed) == shown


@given(st.text(alphabet="<>!-/a b\"'[]()\n^t#社内|", max_size=40), st.text("xyz", min_size=1))
def test_a_comment_never_passes_whatever_stands_around_it(around, word):
    assert "KANARIA" not in safe_text(f"{around}<!-- KANARIA{word} -->")


def test_the_internal_texts_of_the_starter_store_stay_inside():
    from kb import starter

    expected = tomllib.loads((starter.home() / "tests/demo/expected.toml").read_text("utf-8"))
    everything = []
    for path, data in starter.files().items():
        if not path.startswith("accounts/"):
            continue
        people = read_people(frontmatter.read(data))
        reader = Reader(data, DEFAULT_NAMES, account="x", path=path, members=MEMBERS, people=people)
        for meeting in parse(data).meetings:
            safe = customer_view(reader.read(meeting), MEMBERS, account="x")
            everything.append(json.dumps(dataclasses.asdict(safe), ensure_ascii=False))
    assert len(everything) == expected["meetings"]
    whole = "\n".join(everything)
    assert [text for text in expected["internal_only"] if text in whole] == []
    assert "御社にお任せしたい" in whole
