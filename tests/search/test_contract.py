"""What every engine does alike."""

import pytest
from search_kit import entry

from kb.search.entries import shown
from kb.search.fts import FtsEngine
from kb.search.ports import EntryGone, Where
from kb.search.query import read
from kb.search.snippet import snippet


def test_an_empty_index_finds_nothing(asking):
    assert asking("解約") == []
    assert asking.engine.units() == set()
    assert asking.engine.by_id("h-3f9a7c") == []
    assert asking.engine.near("解約", 5) == []


def test_all_words_must_be_there(asking):
    asking.put(a="管理者の交代で利用が落ちた", b="管理者を増やした", c="利用が落ちた")
    assert asking("管理者 利用") == ["a"]
    assert set(asking("管理者")) == {"a", "b"}
    assert asking("管理者 -交代") == ["b"]


def test_when_not_all_are_there_any_will_do(asking):
    asking.put(a="請求書の再発行", b="別の話")
    assert asking("請求書 宇宙船") == ["a"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ＣＳＶの取り込み", "csv"),
        ("CSVの取り込み", "ＣＳＶ"),
        ("ｷｯｸｵﾌの日程", "キックオフ"),
        ("キックオフの日程", "ｷｯｸｵﾌ"),
        ("サーバを増やす", "サーバー"),
        ("サーバーを増やす", "サーバ"),
        ("打ち合わせの前に", "打合せ"),
        ("打合せの前に", "打ち合わせ"),
        ("打合わせの前に", "打ち合わせ"),
        ("引き継ぎが終わらない", "引継ぎ"),
        ("引継ぎが終わらない", "引き継ぎ"),
        ("引継が終わらない", "引き継ぎ"),
        ("取り組みを続ける", "取組み"),
        ("申込書を送る", "申し込み書"),
        ("社内で話す", "社"),
        ("本社。", "社"),
        ("おすすめの設定", "おすすめ"),
        ("SSO連携の設定", "SSO連携"),
        ("SSO 連携の設定", "sso 連携"),
        ("目標は48%、61%から", "61%"),
        ("E-4102 のエラー", "e-4102"),
        ("髙橋様と話した", "高橋"),
        ("Two renewals were signed", "renewal"),
        ("The café opened", "cafe"),
        ("It’s the customer’s choice", "customer"),
        ("解約のおそれ", "churn"),
        ("They may churn", "チャーン"),
        ("稟議を通す", "社内決裁"),
        ("kick-offの準備", "キックオフ"),
    ],
)
def test_variants_find_each_other(asking, written, typed):
    asking.put(right=written, wrong="別の話をした。Another matter.")
    assert asking(typed) == ["right"]


@pytest.mark.parametrize(
    "typed", ["user_id", "report_2026_11.xlsx", "2*3*4", "3 * 4 * 5", '"2*3*4"', "単価*数量*月数"]
)
def test_stars_and_underlines_within_words_are_found_and_shown_as_typed(asking, typed):
    text = "user_id と report_2026_11.xlsx を 2*3*4、3 * 4 * 5、単価*数量*月数で出した"
    asking.put(right=shown(text), wrong=shown("userid と 別の id を 234 で出した"))
    assert asking(typed) == ["right"]
    (found,) = asking.engine.find(read(typed), Where(), 10, every=True)
    (entry_,) = asking.engine.entries([found.key])
    assert entry_.text == text
    piece = snippet(entry_.text, read(typed))
    marked = [piece.text[a:b] for a, b in piece.marks]
    assert typed.strip('"') in marked or set(typed.split()) - {"*"} == set(marked)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("当社が先に**案**を *早く* _出したい_", "当社が先に案を 早く 出したい"),
        ("**決定:** 2**3**4 と `a_b`", "決定: 2**3**4 と a_b"),
        ("(単価+税)*数量*(1-割引)", "(単価+税)*数量*(1-割引)"),
        ("*.csv と report_*.csv", "*.csv と report_*.csv"),
        ("***大事***な * 印", "大事な * 印"),
        ("This is *important*.", "This is important."),
    ],
)
def test_signs_of_emphasis_go_and_others_stay(written, words):
    assert shown(written) == words


def test_a_phrase_stands_side_by_side(asking):
    asking.put(
        a="管理者の交代", b="交代した管理者の話", c="the health score of it", d="score of health"
    )
    assert asking('"管理者の交代"') == ["a"]
    assert asking("「管理者の交代」") == ["a"]
    assert asking('"health score"') == ["c"]


def test_either_of_two(asking):
    asking.put(a="赤い箱", b="青い箱", c="白い箱")
    assert set(asking("赤い OR 青い")) == {"a", "b"}
    assert set(asking("箱 -赤い -青い")) == {"c"}


def test_a_question_needs_not_all_words(asking):
    asking.put(
        a="管理者の交代が決まった時点で引き継ぎ会を申し出る",
        b="請求書は月末に送る",
    )
    assert asking("管理者が交代するときは何を申し出るとよいですか")[0] == "a"
    assert asking("When should we offer a handover to the new administrator?")[0] == "a"


def test_filters(asking):
    asking.take(
        entry(
            "a",
            "見積もりを送る",
            kind="todo",
            status="open",
            due="2026-11-20",
            owners=("sato",),
            account="acme",
            date="2026-11-01",
        ),
        entry(
            "b",
            "見積もりを直す",
            kind="todo",
            status="done",
            due="2026-12-20",
            owners=("Mori",),
            account="beta",
            date="2026-10-01",
        ),
        entry(
            "c", "見積もりが早い", kind="said", tags=("価格",), account="acme", date="2026-09-01"
        ),
    )
    for where, units in (
        (Where(kinds=("todo",)), {"a", "b"}),
        (Where(accounts=("acme",)), {"a", "c"}),
        (Where(owners=("mori",)), {"b"}),
        (Where(tags=("価格",)), {"c"}),
        (Where(since="2026-10-01"), {"a", "b"}),
        (Where(until="2026-10-01"), {"b", "c"}),
        (Where(state="open"), {"a"}),
        (Where(state="done"), {"b"}),
        (Where(state="overdue", today="2026-11-21"), {"a"}),
        (Where(state="overdue", today="2026-11-20"), set()),
        (Where(kinds=("todo",), accounts=("acme", "beta"), since="2026-10-15"), {"a"}),
        (Where(kinds=("memo",)), set()),
    ):
        assert set(asking("見積もり", where)) == units, where
        assert set(asking("", where)) == units, where
    assert asking("", Where(kinds=("todo", "said"))) == ["a", "b", "c"]  # newest first


def test_without_and_filters_alone(asking):
    asking.take(entry("a", "赤", kind="said"), entry("b", "青", kind="said"))
    assert asking("-赤", Where(kinds=("said",))) == ["b"]
    assert asking("-赤") == []


def test_ids(asking):
    asking.take(entry("a", "一つ", id="h-3f9a7c"), entry("b", "二つ"))
    assert [e.unit for e in asking.engine.by_id("h-3f9a7c")] == ["a"]


def test_entries_come_back_as_they_were(asking):
    whole = entry(
        "a", "本文\n二行目 ^x", title="題", around="アクメ acme", kind="todo", id="t-000001", line=7,
        account="acme", date="2026-11-01", owners=("sato", "mori"), tags=("価格",), status="open", due="2026-12-01", order=3,
    )  # fmt: skip
    asking.take(whole)
    (found,) = asking.engine.find(read("二行目"), Where(), 10, every=True)
    assert (found.kind, found.status, found.date) == ("todo", "open", "2026-11-01")
    assert asking.engine.entries([found.key]) == [whole]
    assert asking.engine.facts([found.key]) == {found.key: found._replace(score=0.0)}


def test_a_unit_is_replaced_and_removed(asking):
    asking.put(a="古い言葉", b="そのまま")
    asking.put(a="新しい表現")
    assert asking("古い言葉 そのまま") == ["b"]
    assert asking("新しい表現") == ["a"]
    asking.engine.apply([], ["a", "never there"])
    assert asking("新しい表現") == []
    assert asking.engine.units() == {"b"}
    assert asking.engine.units("b") == {"b"}
    assert asking.engine.units("x") == set()


def test_clearing(asking):
    asking.put(a="赤い箱")
    asking.engine.clear()
    assert asking("赤い箱") == []
    asking.put(b="赤い箱")
    assert asking("赤い箱") == ["b"]


def test_all_or_nothing(asking, engine_name):
    asking.put(a="赤い箱")

    def broken():
        yield entry("b", "青い箱")
        raise OSError("full")

    db = getattr(asking.engine, "db", None)
    if db is not None:
        db.execute("BEGIN")
    with pytest.raises(OSError, match="full"):
        asking.engine.apply(broken(), ["a"])
    if db is not None:
        db.execute("ROLLBACK")
    assert asking("箱") == ["a"]


def test_many_small_changes(asking):
    for n in range(40):
        asking.put(**{f"u{n % 13}": f"変更の{n}回目、合図はx{n}x"})
    assert asking.engine.units() == {f"u{n}" for n in range(13)}
    assert asking('"x39x"') == ["u0"]
    assert asking('"x5x"') == []
    assert len(asking("変更", limit=50)) == 13


def test_settling_changes_nothing(asking):
    for n in range(30):
        asking.put(**{f"u{n}": f"変更の{n}回目、合図はx{n}x。打ち合わせの後"})
    before = asking("変更", limit=50)
    asking.engine.settle(much=True)
    assert asking("変更", limit=50) == before
    assert asking('"x7x"') == ["u7"]
    asking.put(u7="別の話")
    assert asking('"x7x"') == []
    assert len(asking("打合せ", limit=50)) == 29


def test_near_terms(asking):
    asking.put(a="renewal renewals contract", b="renewal")
    assert asking.engine.near("renewla", 3) == ["renew"]


def test_both_engines_score_alike(tmp_path):
    import sqlite3

    from kb.search.fts import FtsEngine
    from kb.search.whoosh_engine import WhooshEngine

    texts = [
        entry(f"u{n}", " ".join(words), title=f"題 {n % 3}", kind="principle")
        for n, words in enumerate(
            [["契約", "更新の話"] * (n % 4 + 1) + ["別の話"] * (n % 7) for n in range(60)]
        )
    ]
    engines = [FtsEngine(sqlite3.connect(":memory:")), WhooshEngine(tmp_path / "w")]
    found = []
    for engine in engines:
        engine.apply(texts[:30], [])
        engine.apply(texts[30:], [])
        hits = engine.find(read("契約更新の話をしたのは題いくつ"), Where(), 60, every=False)
        units = [e.unit for e in engine.entries([h.key for h in hits])]
        found.append(sorted(zip((round(h.score, 3) for h in hits), units, strict=True)))
    assert found[0] == found[1]
    assert len(found[0]) == 60


def test_all_entries_are_told_with_title_and_text(asking):
    asking.take(
        entry("a", "一行", kind="todo", status="open", date="2026-11-25", title="定例"),
        entry("b", "two\nlines"),
    )
    told = asking.engine.told(None)
    assert told.whole
    added = sorted(told.added, key=lambda one: one[2])
    assert [(title, text) for _, title, text in added] == [("", "two\nlines"), ("定例", "一行")]
    keys = [key for key, _, _ in added]
    assert asking.engine.facts(keys)[keys[1]][2:5] == ("todo", "open", "2026-11-25")
    assert [one.unit for one in asking.engine.entries(keys)] == ["b", "a"]


def test_what_came_and_went_is_told(asking):
    mark, held = None, {}
    for step in (
        lambda: asking.put(a="一行", b="残る一行", c="三つ目"),
        lambda: asking.put(a="他の一行"),
        lambda: asking._apply([], ["c"]),
        lambda: asking.put(d="最後に来て", e="すぐに"),
        lambda: asking._apply([entry("f", "入れ替わる")], ["e"]),
        lambda: None,
        asking.engine.clear,
        lambda: asking.put(a="もう一度"),
    ):
        step()
        told = asking.engine.told(mark)
        mark = told.mark
        kept = {} if told.whole else {n: text for n, text in held.items() if n not in told.gone}
        held = kept | {n: text for n, _, text in told.added}
        now = asking.engine.told(None)
        assert sorted(held.items()) == sorted((n, text) for n, _, text in now.added)


def test_tags(asking):
    asking.take(entry("a", "一", tags=("価格", "Churn")), entry("b", "二", tags=("価格",)))
    assert sorted(asking.engine.tags()) == ["churn", "価格"]


def test_the_version_is_another_one_whenever_something_else_is_indexed(asking):
    seen = [asking.engine.version]
    for step in (
        lambda: asking.put(a="一行", b="残る一行"),
        lambda: asking.put(a="他の一行"),
        lambda: asking._apply([], ["a"]),
        asking.engine.clear,
    ):
        assert asking.engine.version == seen[-1]
        step()
        assert asking.engine.version not in seen
        seen.append(asking.engine.version)
    assert asking.engine.told(None).added == []


def test_an_entry_that_was_taken_out_since_is_gone(asking):
    asking.put(a="引き継ぎの場を持つ", b="請求書を送る")
    keys = [key for key, _, _ in asking.engine.told(None).added]
    asking._apply([], ["a"])
    if isinstance(asking.engine, FtsEngine):
        with pytest.raises(EntryGone):
            asking.engine.entries(keys)
