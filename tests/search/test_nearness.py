"""Many vectors: the nearest are found by their signs, as if all had been compared."""

import numpy as np
import pytest

from kb.search import nearness
from kb.search.nearness import nothing


def made(count, seed=0):
    """Vectors of length one around forty subjects, as sentences are."""
    chance = np.random.default_rng(seed)
    subjects = np.random.default_rng(99).normal(size=(40, 512))
    rows = subjects[chance.integers(0, 40, count)] + chance.normal(size=(count, 512))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


@pytest.fixture
def rows(monkeypatch):
    """Four thousand vectors that came in parts, the first of them when they were few."""
    monkeypatch.setattr(nearness, "EXACT", 1_000)
    monkeypatch.setattr(nearness, "CLOSE", 500)
    held = nothing()
    whole = made(4_000)
    for first, last in ((0, 600), (600, 900), (900, 1_500), (1_500, 2_500), (2_500, 4_000)):
        held = held.more(whole[first:last])
    return held, whole


def test_the_nearest_are_those_of_an_exact_comparison(rows):
    held, whole = rows
    assert held.numbers.dtype == np.int16
    compared(held, whole)


def compared(held, whole):
    """See that the nearest found are the nearest there are, but for very few."""
    odd = np.arange(len(whole)) % 2 == 1
    missed = 0
    for question in made(20, seed=5):
        exact = whole @ question
        for group, found in zip((odd, ~odd), held.nearest(question, (odd, ~odd), 30), strict=True):
            best = np.flatnonzero(group)[np.argsort(-exact[group], kind="stable")][:30]
            missed += len(set(best.tolist()) - set(found.tolist()))
            near = held.similar(question, found)
            assert near == pytest.approx(exact[found], abs=1e-4)
            assert (np.diff(near) <= 0).all()
    assert missed <= 12  # of 1,200


def test_of_very_many_half_of_the_signs_come_first(rows, monkeypatch):
    held, whole = rows
    all_signs = held.nearest(whole[3], (np.ones(4_000, bool),), 30)[0]
    monkeypatch.setattr(nearness, "WIDE", 1_200)
    compared(held, whole)
    asked = []
    real = nearness.Rows._apart
    monkeypatch.setattr(
        nearness.Rows, "_apart", lambda self, signs: asked.append(len(signs)) or real(self, signs)
    )
    half = held.nearest(whole[3], (np.ones(4_000, bool),), 30)[0]
    assert asked == [nearness.HALF]
    assert half[0] == all_signs[0] == 3
    assert len(set(half.tolist()) & set(all_signs.tolist())) >= 28


@pytest.mark.parametrize("seed", range(4))
def test_the_closest_are_all_that_are_as_near_as_the_last_of_them(seed):
    chance = np.random.default_rng(seed)
    spread = (3, 40, 400, 2)[seed]
    apart = chance.integers(0, spread, 5_000).astype(np.int16)
    group = chance.random(5_000) < (0.9, 0.5, 0.02, 0.3)[seed]
    for most in (1, 10, 99, 1_000, 4_900):
        rows = nearness._close(apart, group, most)
        wanted = np.flatnonzero(group)
        if len(wanted) > most:
            last = np.sort(apart[wanted])[most - 1]
            wanted = wanted[apart[wanted] <= last]
        assert rows.tolist() == wanted.tolist()


def test_few_are_compared_exactly_and_stay_as_they_were(rows):
    whole = rows[1]
    few = nothing().more(whole[:500])
    before = few.numbers[:500].copy()
    more = few.more(whole[500:800])
    more.more(whole[800:3_000])
    assert (few.numbers[:500] == before).all()
    assert few.count == 500
    everything = np.ones(500, bool)
    question = whole[77]
    assert few.nearest(question, (everything,), 10)[0][0] == 77
    best = np.argsort(-(whole[:500] @ question), kind="stable")[:10]
    assert few.nearest(question, (everything,), 10)[0].tolist() == best.tolist()


def test_fewer_than_asked_for(rows):
    held = rows[0]
    three = np.zeros(4_000, bool)
    three[[5, 70, 3_999]] = True
    none = np.zeros(4_000, bool)
    found = held.nearest(rows[1][70], (three, none), 30)
    assert sorted(found[0].tolist()) == [5, 70, 3_999]
    assert found[0][0] == 70
    assert found[1].tolist() == []
