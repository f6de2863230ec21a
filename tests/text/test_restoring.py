"""A meeting or a section of an earlier text is put back; all else stays, or nothing is done."""

import pytest

from kb.errors import NotFound, WrongUse
from kb.text.names import DEFAULT_NAMES
from kb.text.restoring import differing, put_back

THEN = """# アクメ

## 2026-11-25 14:00 定例 ^m-4k7q2x

### アジェンダ

#### 引き継ぎ

- スタンス: 2回に分けたい

### 社内メモ

- 前のメモ

## 2026-10-28 前回 ^m-2k7q2x

### 決定事項

- 続ける
"""
NOW = THEN.replace("2回に分けたい", "3回に分けたい").replace("前のメモ", "今のメモ")


def put(key, then=THEN, now=NOW):
    return put_back(then.encode(), now.encode(), key, DEFAULT_NAMES)[1].decode()


def test_what_differs_is_named_with_its_parts():
    (piece,) = differing(THEN.encode(), NOW.encode(), DEFAULT_NAMES)
    assert (piece.key, piece.gone) == ("m-4k7q2x", False)
    assert [part.title for part in piece.parts] == ["アジェンダ", "社内メモ"]


def test_a_meeting_is_put_back_whole():
    assert put("m-4k7q2x") == THEN


def test_a_section_is_put_back_alone():
    assert put("m-4k7q2x.1") == NOW.replace("今のメモ", "前のメモ")


def test_a_meeting_that_is_gone_comes_where_its_day_belongs():
    gone = NOW[: NOW.index("## 2026-10-28")]
    made = put("m-2k7q2x", now=gone)
    assert made.startswith(gone)
    assert made.count("## 2026-10-28 前回 ^m-2k7q2x") == 1


def test_line_ends_of_the_present_text_stay():
    made = put_back(THEN.encode(), NOW.replace("\n", "\r\n").encode(), "m-4k7q2x", DEFAULT_NAMES)[1]
    assert made.decode() == THEN.replace("\n", "\r\n")


@pytest.mark.parametrize("key", ["", "m-000000", "m-4k7q2x.9", "m-4k7q2x.", "l-1", "m-4k7q2x.1.1"])
def test_what_is_not_there_is_not_put_back(key):
    with pytest.raises(NotFound, match="no-section"):
        put(key)


@pytest.mark.parametrize("key", ["m-2k7q2x", "m-2k7q2x.0"])
def test_a_text_that_would_hide_what_follows_is_refused(key):
    then = THEN.replace("- 続ける", "- 続ける\n\n<!-- ここから")
    now = NOW + "\n## 2026-09-01 はじめ ^m-3k7q2x\n\n### 決定事項\n\n- 始める\n"
    with pytest.raises(WrongUse, match="text-unsafe"):
        put(key, then, now)
