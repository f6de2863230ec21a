"""Very many entries are packed: what is common is found as fast, and the same as before."""

import sqlite3
import threading

import pytest
from search_kit import Asking, entry

from kb.search import fts, packed, packing, summing
from kb.search.entries import shown
from kb.search.ports import EntryGone, IndexDamaged, Where
from kb.search.query import read

QUESTION = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omikron rare"
QUERIES = (
    "引き継ぎ",
    "打合せ",
    "更新 管理者",
    "更新 OR 契約",
    "契約 -更新",
    '"契約の更新"',
    '"更新の契約"',
    "社",
    "社内",
    "おすすめ",
    "おすすの",
    "か",
    "of",
    "e-4102",
    "renewals",
    "別の話 更新",
    "どこにもない",
    "なぜ契約の更新は管理者の引き継ぎで遅れるのですか",
    "kind:todo",
    "-更新",
)
WHERES = (
    Where(),
    Where(kinds=("todo",), accounts=("a1", "a2")),
    Where(owners=("Sato",), since="2026-03-05"),
    Where(tags=("価格",), until="2026-06-20"),
    Where(state="open"),
    Where(state="done", kinds=("todo",)),
    Where(state="overdue", today="2026-05-10"),
)


@pytest.fixture
def many(tmp_path, monkeypatch):
    """An engine that packs from fifty entries on, some at a time."""
    monkeypatch.setattr(fts, "MANY", 50)
    monkeypatch.setattr(packing, "LARGEST", 64)
    monkeypatch.setattr(packing, "FRESH", 16)
    monkeypatch.setattr(packing, "SMALL", 17)
    db = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
    yield Asking(fts.FtsEngine(db))
    db.close()


def some(first, last):
    said = (
        "契約の更新",
        "管理者の引き継ぎ",
        "社内で話す",
        "おすすめの設定",
        "別の話",
        "打ち合わせ",
    )
    for n in range(first, last):
        text = "、".join(said[k] for k in range(6) if n * (k + 3) % 5 < 2)
        more = ("Two renewals of it", "E-4102 のエラー", "すすの話おす", "か")[n % 4]
        yield entry(
            f"u{n}",
            f"{text} {more} {n}",
            title=f"題 {n % 3}",
            kind=("todo", "said", "principle")[n % 3],
            account=f"a{n % 5}",
            date=f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}" if n % 7 else None,
            owners=("sato",) if n % 2 else ("Sato", "mori"),
            tags=("価格",) if n % 4 == 0 else (),
            status=("open", "done")[n % 2] if n % 3 == 0 else None,
            due=f"2026-{n % 12 + 1:02}-01" if n % 6 == 0 else None,
        )


def found(engine, words, where, *, every=True):
    return {one.key: one for one in engine.find(read(words), where, 1000, every=every)}


def plainly(engine, monkeypatch):
    """Return the answers of the full text."""
    with monkeypatch.context() as patched:
        patched.setattr(fts.FtsEngine, "_held", lambda _: None)
        return answers(engine)


def answers(engine):
    def what(words, where):
        facts = {key: one[2:] for key, one in found(engine, words, where).items()}
        keys = [*facts, 0, 99_999]  # and some that there are not
        assert {key: one[2:] for key, one in engine.facts(keys).items()} == facts
        said = dict(zip(facts, engine.entries(list(facts)), strict=True))
        return facts, said, set(engine.fitting(read(words), where))

    return {
        (words, where): what(words, where)
        for words in QUERIES
        for where in WHERES
        if read(words).groups or where != Where()
    }


def test_packed_entries_are_found_as_the_full_text_finds_them(many, monkeypatch):
    many.take(*some(0, 200))
    many.engine.settle(much=True)
    assert len(list(packing.spans(many.engine.db))) == 3  # and eight entries that are not packed
    steps = [
        lambda: None,
        lambda: many._apply(list(some(205, 215)), [f"u{n}" for n in range(0, 60, 7)]),
        lambda: many._apply(list(some(40, 50)), [f"u{n}" for n in range(40, 50)]),
        lambda: many._apply(list(some(300, 330)), []),
        lambda: many._apply([], [f"u{n}" for n in range(64)]),
        lambda: many._apply(list(some(400, 440)), ["u300"]),
    ]
    for step in steps:
        step()
        wanted = plainly(many.engine, monkeypatch)
        assert answers(many.engine) == wanted
        many.engine.settle(much=False)
        assert answers(many.engine) == wanted
    assert many.engine.tags() == ["価格"]


def test_entries_that_were_read_are_those_of_now(many):
    many.take(*some(0, 200))
    many.engine.settle(much=True)
    key = next(iter(found(many.engine, "契約", Where())))
    (before,) = many.engine.entries([key])
    assert many.engine.entries([key]) == [before]
    moved = before._replace(unit="elsewhere", line=7)
    many._apply([moved], [before.unit])
    assert many.engine.entries([key]) == [moved]  # without anybody having searched since
    found(many.engine, "契約", Where())
    assert many.engine.entries([key]) == [moved]
    many._apply([], ["elsewhere"])
    with pytest.raises(EntryGone):
        many.engine.entries([key])


def test_scores_are_those_of_the_full_text(many, monkeypatch):
    many.take(*some(0, 200))
    question = "打ち合わせと社内の話"
    before = found(many.engine, question, Where(), every=False)
    many.engine.settle(much=True)
    after = found(many.engine, question, Where(), every=False)
    assert before.keys() == after.keys()
    for key, one in before.items():
        assert after[key].score == pytest.approx(one.score, rel=0.05, abs=0.01)


def test_of_equal_ones_the_newest_are_taken(many):
    many.take(*(entry(f"u{n}", "同じ言葉", date=f"2026-{n % 12 + 1:02}-01") for n in range(120)))
    many.engine.settle(much=True)
    best = many.engine.find(read("同じ言葉"), Where(), 20, every=True)
    assert [one.date for one in best] == ["2026-12-01"] * 10 + ["2026-11-01"] * 10
    dates = [one.date for one in many.engine.find(read(""), Where(kinds=("note",)), 5, every=True)]
    assert dates == ["2026-12-01"] * 5


def test_common_terms_of_a_question_are_left_out_and_rare_ones_decide(many, monkeypatch):
    texts = [QUESTION.removesuffix(" rare") if n % 2 else f"other {n}" for n in range(200)]
    many.put(**{f"u{n}": text for n, text in enumerate(texts)}, wanted="a rare thing")
    many.engine.settle(much=True)
    looked_up = []
    monkeypatch.setattr(summing, "FEWEST", 10)
    add = summing.Summing._add
    monkeypatch.setattr(
        summing.Summing, "_add", lambda self, t, *more: (looked_up.append(t), add(self, t, *more))
    )
    best = many.engine.find(read(QUESTION), Where(), 10, every=False)
    assert many.engine.entries([best[0].key])[0].unit == "wanted"
    assert len(looked_up) == summing.FEWEST
    assert "rare" in looked_up


def test_a_question_of_common_words_alone_finds_something(many):
    many.put(**{f"u{n}": QUESTION for n in range(100)})
    many.engine.settle(much=True)
    assert len(many.engine.find(read(QUESTION), Where(), 10, every=False)) == 10


@pytest.mark.parametrize("typed", ["user_id", "2*3*4", '"2*3*4"', "*.csv"])
def test_stars_and_underlines_are_found_among_packed_entries(many, typed):
    many.take(*some(0, 200), entry("right", shown("user_id を 2*3*4、a*.csv")))
    many.take(entry("wrong", shown("userid と 234 と acsv")))
    many.engine.settle(much=True)
    assert many(typed) == ["right"]


def test_few_entries_are_not_packed(many):
    many.take(*some(0, 49))
    many.engine.settle(much=True)
    assert not list(packing.spans(many.engine.db))


def test_clearing_forgets_what_was_packed(many):
    many.take(*some(0, 100))
    many.engine.settle(much=True)
    many.engine.clear()
    assert many("契約") == []
    many.put(a="契約")
    assert many("契約") == ["a"]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE search_posting SET numbers = x'0102'",
        "UPDATE search_posting SET pack = 77",
        "UPDATE search_posting SET numbers = zeroblob(3 * held) || numbers, held = 90000",
        "UPDATE search_pack SET keys = x'01'",
    ],
)
def test_damage_is_noticed(many, harm):
    many.take(*some(0, 100))
    many.engine.settle(much=True)
    many.engine.db.execute(harm)
    many.engine.db.execute("UPDATE search_version SET number = random(), log = random()")
    with pytest.raises(IndexDamaged):
        many("契約")


def test_a_row_that_lost_its_values_is_read_as_one_without_them(many):
    many.take(*some(0, 4))
    row = many.engine.db.execute(f"SELECT {fts.sql.COLUMNS} FROM search_entry").fetchone()
    read_again = fts.sql.as_entry((*row[:10], None, None, *row[12:]))
    assert read_again._replace(owners=(), tags=()) == fts.sql.as_entry(row)._replace(
        owners=(), tags=()
    )


def test_days_are_read_from_their_numbers_as_they_were():
    for day in ("2026-11-25", "0999-01-02", "9999-12-31"):
        assert packed._date(packing.day(day)) == day
    assert packed._date(packing.day("soon")) is None


def test_of_an_index_that_is_empty_by_now_there_are_no_facts(many):
    many.take(*some(0, 100))
    many.engine.settle(much=True)
    keys = [found.key for found in many.engine.find(read("契約"), Where(), 9, every=True)]
    assert len(many.engine.facts(keys)) == 9
    for table in ("search_entry", "search_pack", "search_posting", "search_fts"):
        many.engine.db.execute(f"DELETE FROM {table}")
    many.engine.db.execute("UPDATE search_version SET number = random(), log = random()")
    assert many.engine.facts(keys) == {}


def test_copies_in_memory_of_packed_entries_know_nothing_of_each_other(many):
    many.take(*some(0, 100))
    many.engine.settle(much=True)
    copies = []
    for text in ("甲乙", "丙丁"):
        copy = sqlite3.connect(":memory:", isolation_level=None)
        many.engine.db.backup(copy)
        copies.append(Asking(fts.FtsEngine(copy)))
        copies[-1].put(**{text: text})
    for _ in range(2):
        assert [one("甲乙") for one in copies] == [["甲乙"], []]
        assert [one("丙丁") for one in copies] == [[], ["丙丁"]]
    marks = {one.engine.told(None).mark for one in (many, *copies)}
    assert len({log for log, *_ in marks}) == 3
    assert len({fts.FtsEngine(one.engine.db).version for one in (copies[0], copies[0])}) == 1


def test_small_packs_become_one_and_what_is_half_empty_is_packed_anew(many):
    many.take(*some(0, 60))
    many.engine.settle(much=True)
    for first in range(100, 500, 16):
        many._apply(list(some(first, first + 16)), [])
        many.engine.settle(much=False)
    assert len(list(packing.spans(many.engine.db))) <= 12  # four hundred entries, came by sixteen
    for first in range(100, 500, 10):
        many._apply([], [f"u{n}" for n in range(first, first + 9)])
        many._apply(list(some(first + 600, first + 605)), [])
        many.engine.settle(much=False)
    sizes = [len(pack.keys) for _, pack in packing.spans(many.engine.db)]
    (whole,) = many.engine.db.execute("SELECT count(*) FROM search_entry").fetchone()
    assert whole <= sum(sizes) + packing.FRESH
    assert sum(sizes) <= whole * 2
    (kept,) = many.engine.db.execute("SELECT count(DISTINCT pack) FROM search_posting").fetchone()
    assert kept == len(sizes)


def test_an_entry_that_never_could_be_packed_is_no_hindrance(many):
    long = " ".join(f"語{n}" for n in range(30_000))
    many.take(
        *some(0, 60), entry("long", f"{long} {'甲乙 ' * 400}"), entry("x\x01", "\x02\x03甲乙")
    )
    many.engine.settle(much=True)
    assert set(many("甲乙")) == {"long", "x\x01"}


def test_who_searches_while_others_save_sees_one_state(many, tmp_path):
    """Each meeting is two entries that are always replaced together."""

    def pair(n, turn):
        return [entry(f"u{n}", f"合図 左 {turn}"), entry(f"u{n}", f"合図 右 {turn}")]

    many.take(*(one for n in range(60) for one in pair(n, 0)))
    many.engine.settle(much=True)
    odd, over = [], threading.Event()

    def look():
        db = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
        engine = fts.FtsEngine(db)
        try:
            while not over.is_set():
                count = len(engine.find(read("合図"), Where(), 1000, every=True))
                if count != 120:
                    odd.append(count)
        except Exception as error:  # noqa: BLE001 (a thread's error is no failure by itself)
            odd.append(error)
        db.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(1, 80):
        many._apply(pair(turn % 60, turn), [f"u{turn % 60}"])
        many.engine.settle(much=False)
    over.set()
    for thread in threads:
        thread.join()
    assert odd == []
