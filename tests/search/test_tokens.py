"""How texts are cut into terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.stem import stem
from kb.search.tokens import extras, kana, normal, skeleton, stands, terms


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("解約", "解約"),
        ("管理者の交代", "管理 理者 者の の交 交代"),
        ("おすすめ", ""),
        ("おすすめの設定", "の設 設定"),
        ("社", "社"),
        ("ＣＳＶ", "csv"),
        ("ｷｯｸｵﾌ", "キッ ック クオ オフ"),
        ("サーバー", "サー ーバ"),
        ("サーバー室", "サー ーバ バ室"),
        ("SSO連携", "sso 連携"),
        ("2026年", "2026 年"),
        ("61%", "61"),
        ("E-4102", "e 4102"),
        ("佐々木様", "佐々 々木 木様"),
        ("渡邊・髙橋", "渡辺 高橋"),
        ("The customer’s renewals", "custom renew"),
        ("don't", "dont"),
        ("café", "cafe"),
        ("Привет мир", "привет мир"),
        ("한국어", "한국어"),
        ("", ""),
    ],
)
def test_terms(text, cut):
    assert " ".join(terms(text)) == cut


def test_extras():
    assert list(extras("打ち合わせの資料")) == ["打合", "料"]
    assert list(extras("取り組み")) == ["取組"]
    assert list(extras("申し込み書")) == ["申込", "込書", "書"]
    assert list(extras("おすすめ a1")) == []


def test_kana():
    assert list(kana("おすすめ設定")) == ["おす", "すす", "すめ"]


@pytest.mark.parametrize(
    ("word", "kanji"),
    [
        ("引き継ぎ", "引継"),
        ("打ち合わせ", "打合"),
        ("申し込み書", "申込書"),
        ("解約", None),
        ("早く", None),
        ("お客様", None),
        ("SSO連携", None),
    ],
)
def test_skeletons(word, kanji):
    assert skeleton(word) == kanji


@pytest.mark.parametrize(
    ("words", "common"),
    [
        ("renew renewal renewals renewed renewing", "renew"),
        ("company companies", "compani"),
        ("hopping hopped hop", "hop"),
        ("filing filed file", "file"),
        ("agreed agree", "agre"),
        ("relational relate", "relat"),
        ("adoption adopted adopting", "adopt"),
        ("sky", "sky"),
        ("technology technologies", "technolog"),
        ("is", "is"),
    ],
)
def test_stems(words, common):
    assert {stem(word) for word in words.split()} == {common}


def test_stems_are_those_of_sqlite(shared):
    import re
    import sqlite3

    text = (shared / "data/search/docs.jsonl").read_text("utf-8").lower()
    words = sorted(set(re.findall(r"[a-z]{2,}", text)))
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5 (t, tokenize = 'porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (f, instance)")
    db.executemany("INSERT INTO f (rowid, t) VALUES (?, ?)", enumerate(words))
    theirs = {n: term for term, n in db.execute("SELECT term, doc FROM v")}
    assert len(words) > 5_000
    assert [(w, stem(w), theirs[n]) for n, w in enumerate(words) if stem(w) != theirs[n]] == []


@given(st.text(max_size=300))
def test_cutting_never_fails_and_is_stable(text):
    for one in (*terms(text), *extras(text), *kana(text)):
        assert one
        assert not any(character.isspace() for character in one)
    assert list(terms(text)) == list(terms(normal(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Renewals were renewed; the companies' policies vary by city.",
        "サーバーの管理者が交代する 2026年 Q3のＫＰＩ renewing",
        "関係者 解約率 churn-rate 請求書を送る か",
        "classes class glass",
    ],
)
def test_a_term_stands_where_it_is_one_of_the_terms(text):
    every = (
        "renew compani polici citi サー 管理 交代 q3 kpi 解約 約率 churn class glass ass い vari"
    )
    compared = normal(text)
    for term in [*every.split(), *terms(text)]:
        assert stands(term, compared) == (term in set(terms(text))), term
