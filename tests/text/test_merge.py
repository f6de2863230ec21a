"""Merging documents: what two people did apart is together afterwards, and nothing is lost."""

import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.text.merge import Conflict, Merged, merge, merge_for
from kb.text.merge_check import ids_hold, is_whole
from kb.text.names import DEFAULT_NAMES

SAMPLES = (
    "1-two-new-sections",
    "2-same-heading-twice",
    "3-new-section-and-edit-just-below",
    "4-same-line-frontmatter",
    "5-repeated-heading-Notes",
    "6-crlf-clone",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_six_sample_merges_come_out_as_wanted(shared, name):
    folder = shared / "data" / "merges" / name
    base, ann, bob, wanted = (
        (folder / f"{side}.md").read_bytes() for side in ("base", "ann", "bob", "result-kb")
    )
    merged = merge(base, ann, bob)
    assert merged.data == wanted
    aside = [(c.upstream, c.ours) for c in merged.conflicts]
    expected = [(b"stage: live\n", b"stage: at-risk\n")] if name.startswith("4") else []
    assert aside == expected


BASE = """\
---
account: acme
stage: adoption
people:
  tanaka: {name: 田中様}
---

# アクメ

## 2026-11-25 定例 ^m-4k7q2x

### 事前仮説

- 管理者の交代で利用が落ちている
  - 検証: 当日尋ねる
  - 確信度: 70%

### アジェンダ

#### 研修

- スタンス: 12月に2回
- お客様:

### TODO

- [ ] 招待状を送る @sato due:2026-11-28
- [ ] 一覧をもらう @tanaka

### 社内メモ

最初の段落。

## 2026-11-18 前回

- 話した
"""


def changed(*changes: tuple[str, str]) -> bytes:
    text = BASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def merged_text(ours: bytes, theirs: bytes) -> str:
    merged = merge(BASE.encode(), theirs, ours)
    assert merged.conflicts == ()
    return merged.data.decode()


def test_a_box_ticked_and_its_text_edited_come_together():
    text = merged_text(
        changed(("- [ ] 招待状を送る", "- [x] 招待状を送る")),
        changed(("招待状を送る @sato", "招待状と資料を送る @sato")),
    )
    assert "- [x] 招待状と資料を送る @sato due:2026-11-28\n" in text


def test_owner_and_due_date_of_one_line_merge_apart():
    text = merged_text(
        changed(("送る @sato due", "送る @mori due")),
        changed(("due:2026-11-28", "due:2026-12-01 ^t-8f3kq0")),
    )
    assert "- [ ] 招待状を送る @mori due:2026-12-01 ^t-8f3kq0\n" in text


def test_ids_that_both_gave_stay_both_and_the_line_stays_one():
    text = merged_text(
        changed(("一覧をもらう @tanaka", "一覧をもらう @tanaka ^t-aaaaaa")),
        changed(("一覧をもらう @tanaka", "一覧をもらう @tanaka ^t-bbbbbb")),
    )
    assert text.count("一覧をもらう") == 1
    assert "- [ ] 一覧をもらう @tanaka ^t-bbbbbb ^t-aaaaaa\n" in text


def test_an_id_comes_to_the_edited_line():
    text = merged_text(
        changed(("一覧をもらう", "設定の一覧をもらう")),
        changed(("一覧をもらう @tanaka", "一覧をもらう @tanaka ^t-bbbbbb")),
    )
    assert "- [ ] 設定の一覧をもらう @tanaka ^t-bbbbbb\n" in text


def test_an_id_stands_before_closing_hashes():
    base = b"## 2026-11-25 a ##\n\n- x\n\n## 2026-11-18 b\n"
    ours = base.replace(b"2026-11-25 a ##", b"2026-11-25 a ^m-aaaaaa ##")
    theirs = base.replace(b"2026-11-25 a ##", b"2026-11-25 a ^m-bbbbbb ##")
    assert b"## 2026-11-25 a ^m-bbbbbb ^m-aaaaaa ##\n" in merge(base, theirs, ours).data


def test_lines_added_at_one_place_are_both_there_upstream_first():
    text = merged_text(
        changed(("- [ ] 一覧をもらう @tanaka\n", "- [ ] 一覧をもらう @tanaka\n- [ ] ours\n")),
        changed(("- [ ] 一覧をもらう @tanaka\n", "- [ ] 一覧をもらう @tanaka\n- [ ] theirs\n")),
    )
    assert "- [ ] 一覧をもらう @tanaka\n- [ ] theirs\n- [ ] ours\n\n### 社内メモ" in text


def test_the_same_line_added_twice_stands_once():
    both = changed(("- [ ] 一覧をもらう @tanaka\n", "- [ ] 一覧をもらう @tanaka\n- [ ] 同じ\n"))
    other = both.replace("- 話した".encode(), "- 話した\n- 続き".encode())
    text = merged_text(both, other)
    assert text.count("同じ") == 1
    assert "- 続き" in text


def test_two_words_of_the_customer_fill_one_blank_of_the_template():
    text = merged_text(
        changed(("- お客様:\n", "- お客様: 現場は2回目から\n")),
        changed(("- お客様:\n", "- お客様: 初回は管理者だけ\n")),
    )
    assert "- スタンス: 12月に2回\n- お客様: 初回は管理者だけ\n- お客様: 現場は2回目から\n" in text
    assert "- お客様:\n" not in text


def test_a_filled_blank_replaces_the_blank_that_the_other_side_still_has():
    text = merged_text(
        changed(("- お客様:\n", "- お客様: 初回は管理者だけ\n")),
        changed(("12月に2回", "12月に3回")),
    )
    assert "- スタンス: 12月に3回\n- お客様: 初回は管理者だけ\n\n### TODO" in text


def test_nested_fields_merge_each_by_its_label():
    text = merged_text(
        changed(("  - 確信度: 70%", "  - 確信度: 60%")),
        changed(("  - 検証: 当日尋ねる", "  - 検証: 当日尋ねる\n  - 判定: 支持")),
    )
    assert "  - 検証: 当日尋ねる\n  - 判定: 支持\n  - 確信度: 60%\n" in text


def test_two_confidences_are_a_conflict_of_that_line_only():
    ours = changed(("確信度: 70%", "確信度: 60%"), ("- 話した", "- 話した\n- ours"))
    theirs = changed(("確信度: 70%", "確信度: 80%"))
    merged = merge(BASE.encode(), theirs, ours)
    assert merged.conflicts == (
        Conflict("  - 確信度: 80%\n".encode(), "  - 確信度: 60%\n".encode(), "事前仮説"),
    )
    assert "確信度: 80%".encode() in merged.data
    assert "確信度: 60%".encode() not in merged.data
    assert b"- ours\n" in merged.data


def test_deleted_here_and_edited_there_keeps_the_edit():
    gone = changed(("- [ ] 招待状を送る @sato due:2026-11-28\n", ""))
    edited = changed(("招待状を送る", "招待状を書いて送る"))
    for theirs, ours in ((gone, edited), (edited, gone)):
        merged = merge(BASE.encode(), theirs, ours)
        assert "- [ ] 招待状を書いて送る @sato due:2026-11-28\n".encode() in merged.data
        assert merged.conflicts == ()


def test_deleted_here_and_untouched_there_is_deleted_even_if_it_got_an_id():
    gone = changed(("- [ ] 招待状を送る @sato due:2026-11-28\n", ""))
    named = changed(("due:2026-11-28", "due:2026-11-28 ^t-aaaaaa"))
    assert "招待状" not in merged_text(gone, named)


def test_front_matter_merges_by_keys_nested_ones_too():
    text = merged_text(
        changed(
            ("stage: adoption", "stage: live"), ("{name: 田中様}", "{name: 田中様}\n  sato: {}")
        ),
        changed(
            ("people:\n", "mrr: 100\npeople:\n"), ("{name: 田中様}", "{name: 田中様}\n  ito: {}")
        ),
    )
    assert text.startswith(
        "---\naccount: acme\nstage: live\nmrr: 100\npeople:\n"
        "  tanaka: {name: 田中様}\n  ito: {}\n  sato: {}\n---\n"
    )


def test_meetings_of_an_oldest_first_document_stay_oldest_first():
    base = b"# A\n\n## 2026-11-01 a\n\n- a\n\n## 2026-11-08 b\n\n- b\n"
    theirs = base + b"\n## 2026-11-22 d\n\n- d\n"
    ours = base + b"\n## 2026-11-15 c\n\n- c\n"
    merged = merge(base, theirs, ours)
    assert re.findall(rb"^## \S+ (\w)", merged.data, re.MULTILINE) == [b"a", b"b", b"c", b"d"]
    assert merged.conflicts == ()


def test_the_same_new_meeting_stands_once_and_one_with_the_same_id_is_merged():
    new = "## 2026-12-02 定例 ^m-000000\n\n### TODO\n\n- [ ] {}\n\n## 2026-11-25"
    theirs = changed(("## 2026-11-25", new.format("theirs")))
    ours = changed(("## 2026-11-25", new.format("ours")))
    text = merged_text(ours, theirs)
    assert "### TODO\n\n- [ ] theirs\n- [ ] ours\n\n## 2026-11-25" in text
    assert text.count("2026-12-02") == 1


def test_a_topic_named_here_and_words_written_below_its_blank_there_are_one_topic():
    blank = "## 2026-12-02 次\n\n### アジェンダ\n\n#### \n\n- スタンス: \n- お客様: \n- 決定: \n"
    theirs = blank.replace("#### ", "#### 研修").replace("スタンス: ", "スタンス: 2回")
    ours = blank.replace("お客様: ", "お客様: よい")
    merged = merge(blank.encode(), theirs.encode(), ours.encode())
    wanted = "#### 研修\n\n- スタンス: 2回\n- お客様: よい\n- 決定: \n"
    assert merged == Merged(blank.replace(blank[blank.index("####") :], wanted).encode())


def test_two_topics_written_into_one_blank_are_two():
    blank = "## 2026-12-02 次\n\n### アジェンダ\n\n#### \n\n- スタンス: \n\n### TODO\n"
    theirs = blank.replace("#### ", "#### 研修")
    ours = blank.replace("#### ", "#### 契約")
    text = merge(blank.encode(), theirs.encode(), ours.encode()).data.decode()
    assert re.findall(r"^#### (.*)$", text, re.MULTILINE) == ["研修", "契約"]


def test_paragraphs_added_at_one_place_do_not_melt():
    text = merged_text(
        changed(("最初の段落。\n", "最初の段落。\n\n私の段落。\n")),
        changed(("最初の段落。\n", "最初の段落。\n\n彼の段落。\n")),
    )
    assert "最初の段落。\n\n彼の段落。\n\n私の段落。\n\n## 2026-11-18" in text


def test_a_byte_order_mark_and_a_missing_last_line_end_are_merged_too():
    base = b"# A\n\n- a\n- b\n"
    assert merge(base, b"\xef\xbb\xbf" + base, base[:-1] + b"c").data == (
        b"\xef\xbb\xbf# A\n\n- a\n- bc"
    )


def test_a_new_last_line_does_not_melt_with_one_that_has_no_end():
    base = b"- a"
    assert merge(base, b"- a\n- b", b"- a\n- c").data == b"- a\n- b\n- c"


def test_both_made_the_document():
    theirs = b"---\naccount: acme\n---\n\n# Acme\n\n## 2026-11-20 a\n\n- a\n"
    ours = b"---\naccount: acme\n---\n\n# Acme\n\n## 2026-11-21 b\n\n- b\n"
    merged = merge(None, theirs, ours)
    assert merged.conflicts == ()
    assert merged.data == (
        b"---\naccount: acme\n---\n\n# Acme\n\n## 2026-11-21 b\n\n- b\n\n## 2026-11-20 a\n\n- a\n"
    )


def test_a_moved_item_that_the_other_side_ticked_is_moved_and_ticked():
    base = b"## 2026-11-25 a\n\n### TODO\n\n- [ ] one thing\n- [ ] two things\n- [ ] three words\n"
    theirs = base.replace(b"[ ] two", b"[x] two")
    ours = base.replace(b"- [ ] two things\n", b"").replace(
        b"- [ ] one", b"- [ ] two things\n- [ ] one"
    )
    merged = merge(base, theirs, ours)
    assert merged.conflicts == ()
    assert b"### TODO\n\n- [x] two things\n- [ ] one thing\n- [ ] three words\n" in merged.data


# Threads of events

ASKED = b"## 2026-11-19T09:20:14+09:00 requested @sato to:@mori ^e-zqywx3\n\nPlease.\n\n"
FIRST = b"## 2026-11-19T11:02:40+09:00 commented @mori type:evidence ^e-80n1tv\n\nWhy?\n\n"
SECOND = b"## 2026-11-19T13:41:03+09:00 approved @ito digest:pre1:00 ^e-hf7wr1\n"
HEAD = b"---\nreview: r-8w139p\n---\n\n# Review\n\n"


def test_a_thread_is_the_union_of_its_events_by_time():
    base = HEAD + ASKED
    for theirs, ours in ((FIRST, SECOND), (SECOND, FIRST)):
        merged = merge_for("reviews/a.md")(base, base + theirs, base + ours)
        assert merged == Merged(base + FIRST + SECOND)
        assert merge(base, base + theirs, base + ours) == merged


def test_an_event_is_there_once_and_never_dropped():
    base = HEAD + ASKED + FIRST
    merged = merge_for("insights/2026-11.md")(base, base + SECOND, HEAD + ASKED + SECOND)
    assert merged == Merged(base + SECOND)


def test_rows_of_a_table_merge_by_lines():
    base = b"date,indicator,value\n2026-11-01,wau,5\n"
    merged = merge_for("signals/a.csv")(base, base + b"2026-11-08,wau,6\n", base + b"x,y,1\n")
    assert merged == Merged(base + b"2026-11-08,wau,6\nx,y,1\n")


# Properties

LINES = """\
## 2026-11-25 a
## 2026-11-18 b ^m-000001
### TODO
### アジェンダ
#### x
####
- a
- [ ] b
- [x] c
  - 根拠: d
- お客様:
- お客様: e
1. f
text

\t
```
<!--
-->
---
stage: live
> q
| a | b |
- a ^t-000001
- a @sato due:2026-11-28
\u3000
# A
- - n
    code
[a]: b""".split("\n")
LINE = st.one_of(st.sampled_from(LINES), st.text(alphabet="ab-#* ^@\x0c\u2028\x00", max_size=8))
END = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
TEXT = st.builds(
    lambda rows, last, mark: (mark + "".join(a + b for a, b in rows) + last).encode(),
    st.lists(st.tuples(LINE, END), max_size=12),
    st.sampled_from(["", "", "- z"]),
    st.sampled_from(["", "", "", "\ufeff"]),
)


def said(data: bytes) -> Counter[str]:
    """Count words, so that a line put together from two sides is found again."""
    text = re.sub(r"\^[mhadtiqr]-[0-9a-hjkmnp-tv-z]{6}", " ", data.decode("utf-8", "replace"))
    return Counter(word for word in re.findall(r"[\w.:@]+", text) if word != "お客様:")


def assert_nothing_lost(base: bytes, theirs: bytes, ours: bytes, merged: Merged) -> None:
    aside = said(b"\n".join(text for c in merged.conflicts for text in (c.upstream, c.ours)))
    was, left, right, now = map(said, (base, theirs, ours, merged.data))
    for word in left | right:
        if not was[word]:
            assert now[word] + aside[word] >= max(left[word], right[word]), word


@given(base=TEXT, theirs=TEXT, ours=TEXT)
@settings(max_examples=400)
def test_whatever_three_texts_are_nothing_is_lost(base, theirs, ours):
    merged = merge(base, theirs, ours)
    assert is_whole(base, theirs, ours, merged, DEFAULT_NAMES)
    assert ids_hold(base, theirs, ours, merged.data)
    assert_nothing_lost(base, theirs, ours, merged)
    for marker in (b"<<<<<<<", b">>>>>>>"):
        assert marker not in merged.data


@given(base=TEXT, other=TEXT)
@settings(max_examples=100)
def test_one_side_alone_decides(base, other):
    assert merge(base, base, other) == Merged(other)
    assert merge(base, other, base) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(base=st.binary(max_size=60), theirs=st.binary(max_size=60), ours=st.binary(max_size=60))
@settings(max_examples=150)
def test_any_bytes_merge(base, theirs, ours):
    for path in ("accounts/a.md", "reviews/a.md", "kb.toml"):
        merged = merge_for(path)(base, theirs, ours)
        assert isinstance(merged.data, bytes)


# Documents as people have them

ITEMS = ("- お客様: {}", "- 決定: {}", "- [ ] {} @sato due:2026-12-01", "- {}", "  - 根拠: {}")


def edited(data: bytes, by: random.Random, tag: str) -> bytes:
    """Return a document after one to three of the edits that people and kb make."""
    for number in range(by.randint(1, 3)):
        lines = data.decode().split("\n")
        words = f"{tag}{number}の追記{by.randrange(10**6)}"
        rows = [i for i, line in enumerate(lines) if line.lstrip().startswith("- ")]
        heads = [i for i, line in enumerate(lines) if line.startswith("## ")]
        at = by.choice(rows)
        match by.randrange(7):
            case 0 | 1:
                lines.insert(at + 1, by.choice(ITEMS).format(words))
            case 2:
                lines[at] = re.sub(r"( [@^#]|$)", rf" {words}\1", lines[at], count=1)
            case 3:
                lines[at] = lines[at].replace("[ ]", "[x]") + f" ^t-{by.randrange(10**6):06}"
            case 4:
                day = f"2026-12-{by.randint(1, 28):02}"
                lines[heads[0] : heads[0]] = [f"## {day} {words}", "", f"- {words}内", ""]
            case 5:
                del lines[at]
            case 6:
                lines.insert(by.choice(heads) + 1, f"\n{words}という段落")
        data = "\n".join(lines).encode()
    return data


def own_words(data: bytes, tag: str) -> set[str]:
    return set(re.findall(rf"{tag}\d+の追記\d+", data.decode()))


def documents(shared: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((shared / "sample-store/accounts").glob("*.md"))]


@pytest.mark.slow
def test_random_edits_of_two_people_come_together(shared):
    by = random.Random(20261121)
    aside = 0
    for trial in range(150):
        base = by.choice(documents(shared))
        theirs, ours = edited(base, by, "彼"), edited(base, by, "私")
        merged = merge(base, theirs, ours)
        assert is_whole(base, theirs, ours, merged, DEFAULT_NAMES), trial
        parts = b"".join(text for c in merged.conflicts for text in c[:2])
        wanted = own_words(theirs, "彼") | own_words(ours, "私")
        found = own_words(merged.data + parts, "[彼私]")
        assert wanted <= found, trial
        aside += bool(merged.conflicts)
    assert aside <= 15


@pytest.mark.slow
def test_a_stale_editor_loses_nothing(shared):
    """An editor writes an old buffer with its own lines over newer text, 150 times."""
    by = random.Random(150)
    aside = 0
    for trial in range(150):
        versions = [by.choice(documents(shared))]
        for step in range(by.randint(1, 6)):
            versions.append(edited(versions[-1], by, f"保存{step}号"))
        buffer = by.choice(versions[:-1])
        written = edited(buffer, by, "手")
        merged = merge(buffer, versions[-1], written)
        parts = b"".join(text for c in merged.conflicts for text in c[:2])
        wanted = own_words(written, "手") | own_words(versions[-1], r"保存\d号")
        found = own_words(merged.data + parts, r"(?:手|保存\d号)")
        removed = own_words(buffer, r"保存\d号") - own_words(written, r"保存\d号")
        assert wanted - removed <= found, trial
        assert is_whole(buffer, versions[-1], written, merged, DEFAULT_NAMES), trial
        aside += bool(merged.conflicts)
    assert aside <= 15


def test_a_long_document_merges_in_the_time_of_its_changes(shared):
    parts = [b"\n## " + p for d in documents(shared) for p in d.split(b"\n## ")[1:]]
    base = (b"# A\n" + b"".join(p.rstrip() + b"\n" for p in parts * 4))[:350_000].rstrip() + b"\n"
    rows = base.splitlines(keepends=True)
    items = [i for i, row in enumerate(rows) if row.startswith(b"- ")]

    def with_line(at: int, text: bytes) -> bytes:
        return b"".join([*rows[: at + 1], text, *rows[at + 1 :]])

    theirs, ours = with_line(items[3], b"- theirs\n"), with_line(items[-3], b"- ours\n")
    merge(base, theirs, ours)
    took = []
    for _ in range(3):
        began = time.process_time()
        merged = merge(base, theirs, ours)
        took.append(time.process_time() - began)
    assert merged.conflicts == ()
    assert merged.data == with_line(items[-3], b"- ours\n").replace(
        b"".join(rows[: items[3] + 1]), b"".join(rows[: items[3] + 1]) + b"- theirs\n", 1
    )
    assert min(took) < 0.15
