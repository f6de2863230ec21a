"""What somebody typed is always understood somehow, and quickly."""

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_kit import entry

from kb.search.query import LONGEST, MOST_LOOSE, MOST_TERMS, loose, read
from kb.search.words import STARTER, expand, word_list

HOSTILE = [
    "", " ", '"', '""', '"""', "-", "--", "- -", "OR", "OR OR", "a OR", "OR a", "NOT", "AND", "NEAR(a b)", "a NEAR b",
    "*", "a*", "^a", "(", ")", "((", "a)", "{a}", "a:b", "text:a", "{text title}: a", "+a", "a + b", "'", "';", "\\",
    "'; DROP TABLE search_entry; --", "1' OR '1'='1", "%", "_", "%%%", "[a-z]", "a\x00b", "\x00", "\ufeff", "\u202e",
    "kind:", "kind:nothing", "-kind:said", "since:", "since:2026-13-45", "since:いつか", "until:9999", "is:", "is:うそ",
    "account:", 'account:"', "tag:#", "owner:@", "「", "」", "「」", "「「", "」「", "。", "！？", "〜", "ー", "ーー", "々", "ﾞ", "っ",
    "\u0301", "\u200d", "👩‍👩‍👧", "🇯🇵", "؀", "ด้้้้้้", "ＯＲ", "ａ　ＯＲ　ｂ", "−a", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_are_answered(asking, text):
    asking.put(a="管理者の交代 a b OR NOT", b="別の話")
    assert isinstance(asking(text), list)


def ask_all(asking, queries):
    """Ask them all; return the CPU seconds of the slowest."""
    asking.put(
        **{
            f"u{n}": text
            for n, text in enumerate(
                ("管理者の交代で利用が落ちた", "Two renewals OR none", "a b c")
            )
        }
    )
    slowest = 0.0
    for query in queries:
        began = time.process_time()
        asking(query)
        slowest = max(slowest, time.process_time() - began)
    return slowest


def test_naughty_strings(asking, shared):
    strings = json.loads((shared / "data/attacks/blns/blns.json").read_text("utf-8"))
    assert len(strings) > 400
    assert ask_all(asking, strings) < 1


@pytest.mark.slow
def test_ten_thousand_random_queries(asking, engine_name):
    chance = random.Random(20261125)
    pieces = [
        *HOSTILE, "管理者", "交代", "おすすめ", "renewal", "the", "of", '"the', "kind:said", "kind:todo", "is:open", "since:2026",
        "account:acme", "-tag:価格", "ｷｯｸｵﾌ", "ＣＳＶ", "打ち合わせ", "61%", "E-4102", "どうすればよいですか", "\n", "\t", "\u3000",
    ]  # fmt: skip
    queries = []
    for _ in range(10_000 if engine_name == "embedded" else 3_000):
        parts = [
            chance.choice(pieces) if chance.random() < 0.7 else chr(chance.randrange(0x20, 0x3200))
            for _ in range(chance.randrange(1, 9))
        ]
        queries.append(chance.choice(["", " "]).join(parts))
    assert ask_all(asking, queries) < 1


@pytest.mark.parametrize(
    "piece", ["あ", "漢字", "a ", '"', "a OR ", "-a ", "kind:said ", "打ち合わせ ", "\u0301", "「"]
)
def test_a_query_of_a_megabyte(asking, piece):
    assert ask_all(asking, [piece * (1_000_000 // len(piece.encode()))]) < 1


@pytest.mark.parametrize(
    "text",
    [
        "おすすめ " * 300,
        "の " * 300,
        "管理者の交代" * 300,
        "-の " * 300,
        "漢字 " * 300,
        "の OR " * 300,
    ],
)
def test_a_query_asks_for_no_more_than_can_be_looked_up(text):
    query = read(text)
    words = [*query.without, *(word for group in query.groups for word in group)]
    assert words
    assert sum(loose(word) for word in words) <= MOST_LOOSE
    assert sum(len(word.terms) for word in words) <= MOST_TERMS


@pytest.mark.slow
def test_the_worst_queries_on_many_entries(asking):
    chance = random.Random(3)
    words = "管理者の 交代で 利用が 落ちた のは おすすめの 設定を 見直す a b renewal 契約 更新 から です".split()
    asking.take(*(entry(f"u{n}", "".join(chance.choices(words, k=12))) for n in range(4_000)))
    for text in (
        "おすすめ " * 300,
        "の " * 300,
        "管理者の交代で利用が落ちた" * 300,
        "a b c d e " * 100,
    ):
        began = time.process_time()
        asking(text)
        assert time.process_time() - began < 1


@given(st.text(max_size=200))
def test_reading_never_fails(text):
    query = expand(read(text), word_list(STARTER))
    assert len(query.text) <= LONGEST * 18  # some characters become eighteen
    for group in query.groups:
        assert group
        for word in group:
            assert word.text


def test_what_is_understood():
    query = read(
        '"renewal talk" 解約 OR 退会 -請求 kind:said since:2026-04 account:"みなそこ" is:open tag:#価格'
    )
    assert [[w.text for w in group] for group in query.groups] == [
        ["renewal talk"],
        ["解約", "退会"],
    ]
    assert query.groups[0][0].phrase
    assert [w.text for w in query.without] == ["請求"]
    assert query.filters == {
        "kind": ("said",), "since": ("2026-04-01",), "account": ("みなそこ",), "is": ("open",), "tag": ("価格",)
    }  # fmt: skip
    assert not query.question


def test_japanese_names_of_filters():
    assert read("顧客:acme 担当:佐藤 から:2026/4/1 まで:2026 タグ:価格 種類:said").filters == {
        "account": ("acme",), "owner": ("佐藤",), "since": ("2026-04-01",), "until": ("2026-12-31",), "tag": ("価格",), "kind": ("said",)
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["kind:nothing", "since:soon", "is:maybe", "http://example.com", "10:30"]
)
def test_filters_that_nobody_knows_are_words(text):
    query = read(text)
    assert query.filters == {}
    assert query.groups


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("解約", False), ("管理者 交代", False), ("renewal", False), ("引き継ぎ 管理者 資料", False), ('"管理者の交代"', False),
        ("管理者が交代したときに何をすべきですか", True), ("When should we show the numbers before a renewal?", True),
        ("更新の前に数字を見せるのはいつがよいか", True),
    ],
)  # fmt: skip
def test_questions_are_told_from_keywords(text, question):
    assert read(text).question is question


def test_words_mean_each_other(asking):
    query = expand(read("チャーン"), word_list(STARTER))
    assert {"解約", "退会", "churn"} <= {word.text for word in query.groups[0]}
    own = word_list(("ツドイ = tsudoi", "poor line", " = ", "a = "))
    assert {w.text for w in expand(read("TSUDOI"), own).groups[0]} == {"tsudoi", "ツドイ"}
    assert list(own.others) == ["ツドイ", "tsudoi"]


def test_a_phrase_is_taken_literally():
    assert len(expand(read('"解約"'), word_list(STARTER)).groups[0]) == 1


def test_the_word_list_helps_a_question(asking):
    asking.take(entry("a", "離脱を防ぐには早く会う"), entry("b", "請求書の話"))
    assert asking("churnを防ぐにはどうすればよいですか")[0] == "a"


def test_a_kind_is_taken_by_its_japanese_name_and_a_day_must_be_one():
    assert read("退会 kind:決定").filters == {"kind": ("decision",)}
    assert read("since:2026-13-45").filters == {}
