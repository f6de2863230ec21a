"""A meeting that changed: what says the same stays in the index and is only moved."""

import random
import sqlite3
from itertools import count

import pytest

from kb.search.fts import FtsEngine
from kb.search.ports import ALL, Entry, Where
from kb.search.query import read


@pytest.fixture
def engine():
    return FtsEngine(sqlite3.connect(":memory:", isolation_level=None))


def entry(unit, order, text, kind="said"):
    return Entry(unit, order, kind, None, order + 3, "更新の相談", text, "ミナソコ醸造", "minasoko")


def everything(engine, word):
    found = engine.find(read(word), Where(), ALL, every=True)
    return sorted(engine.entries([one.key for one in found]))


def test_only_what_is_new_is_told(engine):
    texts = ["価格の話は次回にする", "窓口は田中さんになる", "検索が遅い"]
    engine.apply([entry("m1", n, text) for n, text in enumerate(texts)], [])
    before = engine.told(None)
    texts.insert(1, "予算は四月に決まる")
    engine.apply([entry("m2", n, text) for n, text in enumerate(texts)], ["m1"])
    after = engine.told(before.mark)
    assert [text for _, _, text in after.added] == ["予算は四月に決まる"]
    assert after.gone == []
    assert not after.whole
    (moved,) = everything(engine, "窓口")
    assert (moved.unit, moved.order, moved.line) == ("m2", 2, 5)
    assert engine.units() == {"m2"}


def test_what_differs_in_anything_else_is_another(engine):
    engine.apply([entry("m1", 0, "検索が遅い")], [])
    engine.apply([entry("m2", 0, "検索が遅い", kind="memo")], ["m1"])
    assert [one.kind for one in everything(engine, "検索")] == ["memo"]


def test_it_finds_what_an_index_made_anew_finds(engine):
    chance = random.Random(4)
    words = ["検索", "窓口", "価格", "打ち合わせ", "サーバー"]
    numbers = count(1)
    meetings = {}

    def unit(texts):
        name = f"m{next(numbers)}"
        meetings[name] = texts
        return [entry(name, n, text) for n, text in enumerate(texts)]

    for _ in range(8):
        engine.apply(unit([chance.choice(words) for _ in range(6)]), [])
    for _ in range(60):
        old = chance.choice(list(meetings))
        texts = meetings.pop(old)
        for _ in range(chance.randrange(3)):
            texts.insert(chance.randrange(len(texts) + 1), chance.choice(words) * 2)
        if chance.random() < 0.5:
            del texts[chance.randrange(len(texts)) :]
        engine.apply(unit(texts or ["価格"]), [old])
    fresh = FtsEngine(sqlite3.connect(":memory:", isolation_level=None))
    for name, texts in meetings.items():
        fresh.apply([entry(name, n, text) for n, text in enumerate(texts)], [])
    for word in [*words, "打合せ", "索"]:
        assert everything(engine, word) == everything(fresh, word)
        assert everything(engine, word) or word == "索"
    assert engine.units() == fresh.units()
