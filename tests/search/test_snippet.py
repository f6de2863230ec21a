"""Pieces of text that are shown: no character is cut, no highlight is outside."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.query import read
from kb.search.snippet import WIDTH, _shown, snippet


def marked(text, query):
    piece = snippet(text, read(query))
    return [piece.text[start:stop] for start, stop in piece.marks]


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        ("管理者の交代で利用が落ちた", "交代", ["交代"]),
        ("ｷｯｸｵﾌの日程", "キックオフ", ["ｷｯｸｵﾌ"]),
        ("ｶﾞｲﾄﾞの更新", "ガイド", ["ｶﾞｲﾄﾞ"]),
        ("ＣＳＶと csv", "csv", ["ＣＳＶ", "csv"]),
        ("サーバーを増やす", "サーバー", ["サーバ"]),
        ("か\u3099いと", "がい", ["か\u3099い"]),
        ("Renewals and renewed deals", "renewal", ["Renewal"]),
        ("Two companies left", "company", ["companies"]),
        ("prerenewal", "renewal", []),
        ("㍻に決まった", "平成", ["㍻"]),
        ("打ち合わせと打合せ", "打合せ", ["打合せ"]),
        ("何もない", "違う話", []),
    ],
)
def test_marks(text, query, marks):
    assert marked(text, query) == marks


def test_a_long_text_is_shown_where_the_words_stand():
    text = "前置き。" * 100 + "管理者の交代で利用が落ちた。" + "後書き。" * 100
    piece = snippet(text, read("管理者 交代"))
    assert piece.text.startswith("…")
    assert piece.text.endswith("…")
    assert len(piece.text) <= WIDTH + 2
    assert [piece.text[a:b] for a, b in piece.marks] == ["管理者", "交代"]


def test_a_long_text_is_not_kept_once_for_each_question():
    for number in range(40):
        assert snippet(f"{number}{'前置き。' * 5_000}交代", read("交代")).text.endswith("交代")
    assert sum(len(text) for text, *_ in _shown._answers) <= 400_000
    before = snippet("管理者の交代", read("交代"))
    assert snippet("管理者の交代", read("交代")) is before


TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "管理者の交代がか\u3099ｶﾞｷｯ 　\n👩\u200d👧\ufe0f🏽<b>&amp;aé\u0301ＡＢİß㍻ﬁ"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=300,
)


@given(TEXTS, st.one_of(TEXTS, st.sampled_from(["交代", "が", "ガ", "a", "fi", "平成", "i", "ss"])))
def test_nothing_is_cut(text, query):
    piece = snippet(text, read(query), width=20)
    line = " ".join(text.split())
    body = piece.text
    if body.startswith("…") and not line.startswith("…"):
        body = body[1:]
    if body.endswith("…") and not line.endswith("…"):
        body = body[:-1]
    assert body in line
    at = line.index(body) if body else 0
    for edge in (at, at + len(body)):
        if 0 < edge < len(line) and line.count(body) == 1:
            assert not unicodedata.combining(line[edge]), "a mark is cut from its character"
            assert line[edge] not in "\u200d\ufe0f🏽"
    last = 0
    for start, stop in piece.marks:
        assert last <= start < stop <= len(piece.text)
        last = stop
    assert len(piece.text) < 20 + 2 + 40 or unicodedata.combining(piece.text[-2])
