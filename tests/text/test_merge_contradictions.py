"""Merging what contradicts: one place, two texts; one meeting made twice; one id, two lines."""

import re

import pytest

from kb.text.merge import Conflict, Merged, merge, merge_lines

BASE = """\
# アクメ

- 窓口: 田中様
- 契約は年払い

## 2026-11-25 定例 ^m-4k7q2x

### アジェンダ

#### 研修

- お客様: 元の声
- 決定: 保留

### TODO

- [ ] 招待状を送る @sato

### 社内メモ

- 一行目
- 二行目

段落のひとつめ。

## 2026-11-18 前回

- 話した
"""


def changed(*changes: tuple[str, str]) -> bytes:
    text = BASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


# One place, two texts

REPLACED = (
    ("- 決定: 保留\n", "- 決定: 5%で合意\n", "- 決定: 10%で合意\n"),
    ("- お客様: 元の声\n", "- お客様: 管理者は楽になった\n", "- お客様: 現場には重い\n"),
    ("- 一行目\n", "- うえのもの\n", "- したの違い\n"),
    ("- 契約は年払い\n", "- 毎月の請求です\n", "- 半期ごとに更新\n"),
    ("段落のひとつめ。\n", "まったく新しい話。\n", "ほかのこと!\n"),
    ("- [ ] 招待状を送る @sato\n", "- [ ] 資料 @sato\n", "- [ ] 電話する @sato\n"),
)


@pytest.mark.parametrize(("was", "theirs", "ours"), REPLACED)
def test_one_item_that_both_wrote_anew_is_a_conflict_of_that_line(was, theirs, ours):
    base = BASE.encode()
    merged = merge(base, changed((was, theirs)), changed((was, ours)))
    assert merged.data == changed((was, theirs))
    assert [(c.upstream, c.ours) for c in merged.conflicts] == [(theirs.encode(), ours.encode())]


def test_it_is_one_even_if_the_text_of_one_side_still_reads_alike():
    theirs = changed(("決定: 保留", "決定: 保留のまま"))
    merged = merge(BASE.encode(), theirs, changed(("決定: 保留", "決定: 10%で合意")))
    assert merged.data == theirs
    assert len(merged.conflicts) == 1


def test_lines_added_beside_a_line_that_both_wrote_anew_stay():
    theirs = changed(("- 決定: 保留\n", "- 決定: 5%で合意\n- 要望: 帳票\n"))
    ours = changed(("- 決定: 保留\n", "- お客様: もう一声\n- 決定: 10%で合意\n"))
    merged = merge(BASE.encode(), theirs, ours)
    text = merged.data.decode()
    assert "- 要望: 帳票\n" in text
    assert "- お客様: もう一声\n" in text
    assert re.findall("- 決定: (.*)", text) == ["5%で合意"]
    assert [c.ours.decode() for c in merged.conflicts] == ["- 決定: 10%で合意\n"]


def test_two_lines_that_both_wrote_anew_are_paired_in_their_order():
    theirs = changed(("一行目\n- 二行目", "うえ甲\n- うえ乙"))
    ours = changed(("一行目\n- 二行目", "した丙\n- した丁"))
    merged = merge(BASE.encode(), theirs, ours)
    assert merged.data == theirs
    assert [(c.upstream.decode(), c.ours.decode()) for c in merged.conflicts] == [
        ("- うえ甲\n", "- した丙\n"),
        ("- うえ乙\n", "- した丁\n"),
    ]


@pytest.mark.parametrize(("was", "one", "other"), REPLACED)
def test_one_that_only_one_side_wrote_anew_keeps_its_place(was, one, other):
    edited = changed((was, one))
    beside = changed(("- 話した\n", "- 話した\n- 続き\n"))
    both = edited.replace("- 話した\n".encode(), "- 話した\n- 続き\n".encode())
    assert merge(BASE.encode(), edited, beside) == Merged(both)
    assert merge(BASE.encode(), beside, edited) == Merged(both)


def test_a_tick_does_not_come_to_another_todo_in_its_place():
    ticked = changed(("- [ ] 招待状", "- [x] 招待状"))
    other = changed(("- [ ] 招待状を送る @sato", "- [ ] 電話 @mori"))
    text = merge(BASE.encode(), ticked, other).data.decode()
    assert "- [x] 招待状を送る @sato\n" in text
    assert "- [ ] 電話 @mori\n" in text


def test_a_line_deleted_by_one_and_edited_by_the_other_stays_and_contradicts_nothing():
    gone = changed(("- 二行目\n", ""))
    for words in ("二行目を直した", "別の話"):
        edited = changed(("二行目", words))
        for theirs, ours in ((gone, edited), (edited, gone)):
            assert merge(BASE.encode(), theirs, ours) == Merged(edited)


def test_plain_lines_deleted_by_one_and_edited_by_the_other_stay_too():
    base, gone, edited = b"a\nb\nc\n", b"a\nc\n", b"a\nB\nc\n"
    assert merge_lines(base, gone, edited) == Merged(edited)
    assert merge_lines(base, edited, gone) == Merged(edited)


# One meeting made twice

MEETING = """\
## 2026-12-02 {} 定例{}

### アジェンダ

#### 前回の件 [[gam#^a-000001]]

- お客様: {}

### TODO

- [ ]

"""


def prepared(start: str, name: str, said: str) -> bytes:
    meeting = MEETING.format(start, name, said)
    return changed(("## 2026-11-25", meeting + "## 2026-11-25"))


@pytest.mark.parametrize(
    ("upstream", "ours", "both"),
    [
        (" ^m-aaaaaa", " ^m-aaaaaa", " ^m-aaaaaa"),
        (" ^m-aaaaaa", " ^m-bbbbbb", " ^m-aaaaaa ^m-bbbbbb"),
        ("", "", ""),
    ],
)
def test_a_meeting_prepared_by_both_is_one_and_its_topics_are(upstream, ours, both):
    merged = merge(
        BASE.encode(), prepared("14:00", upstream, "彼の"), prepared("14:00", ours, "私の")
    )
    assert merged == Merged(prepared("14:00", both, "彼の\n- お客様: 私の"))


def test_meetings_of_one_day_with_other_times_or_without_one_are_two():
    for theirs, ours in (("14:00", "16:00"), ("", "")):
        merged = merge(
            BASE.encode(),
            prepared(theirs, " ^m-aaaaaa", "彼の"),
            prepared(ours, " ^m-bbbbbb", "私の"),
        )
        assert merged.conflicts == ()
        assert merged.data.count(b"## 2026-12-02") == 2
        assert merged.data.count(b"gam#^a-000001") == 2


def test_a_topic_carried_over_by_both_into_a_meeting_that_was_there_is_one():
    topic = "#### 前回の件 [[gam#^a-000001]]\n\n- お客様: {}\n\n### TODO"
    merged = merge(
        BASE.encode(),
        changed(("### TODO", topic.format("彼の"))),
        changed(("### TODO", topic.format("私の"))),
    )
    assert merged == Merged(changed(("### TODO", topic.format("彼の\n- お客様: 私の"))))


# The document's own head


def test_a_title_renamed_and_a_line_added_below_it_come_together():
    for words in ("アクメ株式会社", "BBB"):
        bare = "# アクメ\n\n## 2026-11-18 前回\n"
        theirs = bare.replace("アクメ", words)
        added = bare.replace("アクメ\n", "アクメ\n\n概要\n")
        both = theirs.replace(words, f"{words}\n\n概要")
        assert merge(bare.encode(), theirs.encode(), added.encode()) == Merged(both.encode())
        assert merge(bare.encode(), added.encode(), theirs.encode()) == Merged(both.encode())
        title = ("# アクメ\n", f"# {words}\n")
        renamed = changed(title)
        added = changed(("- 契約は年払い\n", "- 契約は年払い\n- 更新は三月\n"))
        both = changed(title, ("- 契約は年払い\n", "- 契約は年払い\n- 更新は三月\n"))
        assert merge(BASE.encode(), renamed, added) == Merged(both)
        assert merge(BASE.encode(), added, renamed) == Merged(both)


def test_an_account_added_by_both_has_one_title_and_the_meetings_of_both():
    text = "---\naccount: acme\nstage: {}\n---\n\n# {}\n\n## 2026-11-2{} 定例\n\n- {}\n"
    theirs = text.format("live", "アクメ", 0, "彼の").encode()
    ours = text.format("risk", "Acme Inc.", 1, "私の").encode()
    merged = merge(None, theirs, ours)
    assert merged.data.decode() == (
        "---\naccount: acme\nstage: live\n---\n\n# アクメ\n\n"
        "## 2026-11-21 定例\n\n- 私の\n\n## 2026-11-20 定例\n\n- 彼の\n"
    )
    assert [(c.upstream, c.ours.decode()) for c in merged.conflicts] == [
        (b"stage: live\n", "stage: risk\n"),
        ("# アクメ\n".encode(), "# Acme Inc.\n"),
    ]


# Line ends


def test_lines_written_meanwhile_follow_a_document_whose_line_ends_were_turned():
    added = changed(
        ("- 一行目\n", "- 一行目\n- 足した\n"),
        ("決定: 保留", "決定: 5%で合意"),
        ("- 窓口", "- 補足\n- 窓口"),
    )
    for old, new in ((b"\n", b"\r\n"), (b"\r\n", b"\n")):
        base, written, turned = (
            BASE.encode().replace(b"\n", old),
            added.replace(b"\n", old),
            BASE.encode().replace(b"\n", new),
        )
        wanted = Merged(added.replace(b"\n", new))
        assert merge(base, written, turned) == wanted
        assert merge(base, turned, written) == wanted


# One id, two lines


def test_a_heading_never_gets_the_ids_of_two_meetings():
    base = b"## 2026-11-25 weekly\n\n- a\n- b\n"
    theirs = base.replace(b"weekly", b"weekly call ^m-aaaaaa")
    ours = base.replace(b"weekly", b"weekly chat ^m-bbbbbb")
    merged = merge(base, theirs, ours)
    assert merged.data == theirs
    assert merged.conflicts == (
        Conflict(
            b"## 2026-11-25 weekly call ^m-aaaaaa\n", b"## 2026-11-25 weekly chat ^m-bbbbbb\n"
        ),
    )


def test_an_id_never_comes_to_stand_on_two_lines():
    base = b"## 2026-11-25 a\n\n- [ ] one thing ^t-aaaaaa\n- x\n\n## 2026-11-18 b\n\n- y\n"
    line = b"- [ ] one thing ^t-aaaaaa\n"
    moved = base.replace(line, b"") + line
    edited = base.replace(b"one thing", b"one other thing")
    for theirs, ours in ((moved, edited), (edited, moved)):
        merged = merge(base, theirs, ours)
        assert merged.data.count(b"^t-aaaaaa") == 1
        kept = merged.data + b"".join(c.ours for c in merged.conflicts)
        assert b"one other thing" in kept
