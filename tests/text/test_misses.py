"""Near misses: each is found at its line with its mend, and nothing is found in good text."""

import random
import re

import pytest

from kb import starter
from kb.model.people import read_people
from kb.text import frontmatter, misslines
from kb.text.lines import Lines
from kb.text.misses import near_misses
from kb.text.names import Names
from kb.text.outline import parse

HANDLES = ("sato", "takahashi", "tanaka")
MEMBERS = ("takahashi", "sato", "mori", "ito", "nakamura", "emma")

GOOD = """# アクメ

## 2026-11-25 14:00 定例 ^m-4k7q2x

- 時間: 14:00–14:50
- 出席: @tanaka / @sato

### 事前仮説

- 利用率が戻る ^h-3f9a7c
  - 検証: 当日に尋ねる
  - 確信度: 70%
  - 判定: 支持 「そのとおり」

### アジェンダ

#### 進め方 ^a-2m8q41

- スタンス: 2回実施したい
- お客様: よい
  ・一つ目の理由
  ・二つ目の理由
- [ ] 送る @sato due:2026-11-28 ^t-8f3kq0

```
・決定: コードの中
-[ ] コードの中
```

<!-- ・決定: 隠した行 -->

### 社内メモ

・ここは自由に書く
"""


def found(text: str) -> list[tuple[int, str, str]]:
    document = parse(text.encode())
    index = next(i for i, c in enumerate(document.chunks) if c.kind == "meeting")
    misses = near_misses(document, index, HANDLES)
    return [(m.line, m.code, m.params.get("mend", "")) for m in misses]


def with_line(line: str, after: str = "- スタンス: 2回実施したい") -> tuple[str, int]:
    text = GOOD.replace(f"{after}\n", f"{after}\n{line}\n", 1)
    assert text != GOOD
    return text, 1 + GOOD[: GOOD.index(after)].count("\n") + 1


def test_good_text_has_no_near_misses():
    assert found(GOOD) == []


def test_the_starter_store_has_none():
    seen = 0
    for path, data in starter.files().items():
        if path.startswith("accounts/"):
            document = parse(data)
            handles = [*MEMBERS, *read_people(frontmatter.read(data))]
            for index, chunk in enumerate(document.chunks):
                if chunk.kind == "meeting":
                    seen += 1
                    assert near_misses(document, index, handles) == []
    assert seen == 51


@pytest.mark.parametrize(
    ("line", "code", "mend"),
    [
        ("・決定: 送る", "miss-bullet", "- 決定: 送る"),
        ("・送る", "miss-bullet", "- 送る"),
        ("　・送る", "miss-bullet", "- 送る"),
        ("•送る", "miss-bullet", "- 送る"),
        ("－ 決定: 送る", "miss-bullet", "- 決定: 送る"),
        ("　- 決定: 送る", "miss-indent", "  - 決定: 送る"),
        ("- [　] 送る", "miss-box", "- [ ] 送る"),
        ("- [] 送る", "miss-box", "- [ ] 送る"),
        ("- [ ]送る", "miss-box", "- [ ] 送る"),
        ("- [x]送る", "miss-box", "- [x] 送る"),
        ("-[ ] 送る", "miss-box", "- [ ] 送る"),
        ("-[x]送る", "miss-box", "- [x] 送る"),
        ("- ［ ］送る", "miss-box", "- [ ] 送る"),
        ("- ☐ 送る", "miss-box", "- [ ] 送る"),
        ("- ☑ 送る", "miss-box", "- [x] 送る"),
        ("-決定: 送る", "miss-space", "- 決定: 送る"),
        ("*お客様：よい", "miss-space", "- お客様：よい"),
        ("##2026-12-02 定例", "miss-hash", "## 2026-12-02 定例"),
        ("###決定事項", "miss-hash", "### 決定事項"),
        ("＃＃＃ 決定事項", "miss-hash", "### 決定事項"),
        ("　### 決定事項", "miss-hash", "### 決定事項"),
        ("- 決定 送る", "miss-label", "- 決定: 送る"),
        ("- 【決定】送る", "miss-label", "- 決定: 送る"),
        ("- 決定→送る", "miss-label", "- 決定: 送る"),
        ("- Decision - send it", "miss-label", "- Decision: send it"),
        ("- [ ] 送る @satou", "miss-handle", ""),
        ("- [ ] @yamada 送る", "miss-handle", ""),
        ("- [ ] 送る @sato due:2026-13-01", "miss-due", ""),
        ("- [ ] 送る @sato due:明日", "miss-due", ""),
        ("- [ ] 送る @sato 期日:12/3", "miss-due", ""),
        ("- [ ] 送る 📅 12/3", "miss-due", ""),
        ("- [ ] due:2026-12-01 送る", "miss-due-place", ""),
        ("- 決定: 送る ^d-12345", "miss-id", ""),
        ("- 決定: 送る ^d_9xw2me", "miss-id", ""),
        ("- 決定: 送る ^D-9XW2ME", "miss-id", ""),
        ("- 決定: 送る ^t-8f3kq0", "miss-id-twice", ""),
        ("- お客様: よい <!-- 社内では", "miss-comment-inline", ""),
        ("- [ ] 送る#社内 @sato", "miss-tag", ""),
        ("- [ ] 送る #社内。 @sato", "miss-tag", ""),
        ("- [ ] #社内 送る @sato", "miss-tag", ""),
        ("- [ ] 送る ＃社内", "miss-tag", ""),
        ("- 決定: 値引きしない(#internal)", "miss-tag", ""),
        ("- お客様: 高い#要望#社内用", "miss-tag", ""),
        ("##### 【決定事項】", "miss-section", "決定事項"),
        ("##### 1. 決定事項", "miss-section", "決定事項"),
        ("##### 決定事項（2件）", "miss-section", "決定事項"),
    ],
)
def test_a_near_miss_is_found_at_its_line_with_its_mend(line, code, mend):
    text, number = with_line(line)
    assert (number, code, mend) in found(text)


def test_a_tag_that_the_team_calls_internal_is_found_within_words_too():
    """A customer would see the line: only the names that everybody uses stay inside as they are."""
    text, number = with_line("- 決定: 値引きしない#内緒")
    document = parse(text.encode(), Names(tags={"internal": ["内緒"]}))
    misses = near_misses(document, 1, HANDLES)
    assert [(m.line, m.code, m.params["tag"]) for m in misses] == [(number, "miss-tag", "#内緒")]


@pytest.mark.parametrize(
    "line",
    [
        "- 決定権者は田中様",
        "- Customer wants a report",
        "- Decision makers were absent",
        "- [参考](https://example.com)",
        "- [資料] を見る",
        "-5度まで下がった",
        "- お客様: sato@example.com に送る",
        "- お客様: `<!--` と書いた",
        "- お客様: due diligence を待つ",
        "- お客様: 2^a-1 は式である",
        "- [ ] 送る @sato due:2026-12-01",
        "- [ ] 送る @sato #社内",
        "- [ ] 送る#社内 @sato #社内",
        "- 社内: 送る#社内",
        "- お客様: https://example.com/#internal を見た",
        "- お客様: `#社内` と書いた",
        "- お客様: A#1と#internationalを待つ",
        "■ 大事な段落",
        "#タグの行",
        "> ・引用",
        "- 決定: 送る \\^t-8f3kq0",
    ],
)
def test_what_was_meant_as_it_stands_is_left_alone(line):
    text, _ = with_line(line)
    assert found(text) == []


@pytest.mark.parametrize(
    ("line", "after", "code"),
    [
        ("<!-- 社内では", "- スタンス: 2回実施したい", "miss-comment"),
        ("~~~", "- スタンス: 2回実施したい", "miss-fence"),
        ("- 判定: 成立", "  - 確信度: 70%", "miss-verdict"),
        ("  - 確信度: 高い", "  - 検証: 当日に尋ねる", "miss-confidence"),
        ("- 時間: 午後から", "- 時間: 14:00–14:50", "miss-time"),
        ("- 出席: @yamada", "- 出席: @tanaka / @sato", "miss-handle"),
    ],
)
def test_what_hides_or_can_not_be_read_names_its_line(line, after, code):
    text, number = with_line(line, after)
    assert (number, code) in [(at, found_code) for at, found_code, _ in found(text)]


def test_a_box_under_an_unknown_heading_is_no_todo():
    text = GOOD.replace("### 社内メモ", "### 次にやること\n\n- [ ] 送る @sato\n\n### 社内メモ")
    assert [code for _, code, _ in found(text)] == ["miss-box-place"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("##2026-12-02 定例", "miss-hash"),
        ("＃＃ 2026-12-02 定例", "miss-hash"),
        ("## 2026-13-02 定例", "miss-date"),
        ("## 2026-11-31 定例", "miss-date"),
        ("## 11/25 定例", "miss-date"),
        ("## 11月25日 定例", "miss-date"),
        ("## 令和8年11月25日 定例", "miss-date"),
    ],
)
def test_a_meeting_that_is_hidden_by_its_heading_is_found_from_any_other(heading, code):
    text = GOOD.replace("## 2026-11-25", f"{heading}\n\n本文\n\n## 2026-11-25", 1)
    assert [(at, c) for at, c, _ in found(text)] == [(3, code)]


def test_front_matter_that_can_not_be_read_is_named():
    assert found("---\naccount: x\npeople: {a: [}\n---\n\n" + GOOD) == [(3, "miss-front", "")]
    assert found("---\naccount: x\n\n" + GOOD) == [(1, "miss-front-open", "")]
    assert found("---\n\n" + GOOD) == []
    assert found("---\naccount: x\n---\n\n" + GOOD) == []


def test_markdown_that_is_passed_over_hides_nothing(monkeypatch):
    chance = random.Random(8)
    signs = ["-", "* ", "+", "1. ", "# ", "    ", "  ", "\t", "[x]", "[ ]: ", "語", "a", "\u3000"]
    signs += ["\n", "\n", "\n\n", "\r", "\r\n", "\x0b", "\x0c", "|", "---", "=", "&lt;", "\\", "!["]
    rare = ["`", "```\n", "~~~", "<!--", "-->", "<b>", "> "]

    def seen(text):
        view = misslines.View(Lines(text.encode()))
        return view.plain, list(view.open_ends())

    read = 0
    for _ in range(1500):
        some = chance.choices([*signs, *(rare * chance.randrange(2))], k=chance.randrange(1, 25))
        text = "".join(some)
        quick = seen(text)
        read += misslines._MAY_HIDE.search(text) is None
        with monkeypatch.context() as patch:
            patch.setattr(misslines, "_MAY_HIDE", re.compile(""))
            assert quick == seen(text), text
    assert read > 300
