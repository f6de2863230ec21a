"""Among very many notes only a few are looked at in full; who is nearest stays the same."""

import numpy as np
import pytest

from kb.insight import space
from kb.insight.space import Row, Space, unit

NONE = np.array([], dtype=np.intp)


@pytest.fixture
def vectors():
    """Three hundred bunches of ten rows each, a few directions more important than the rest."""
    chance = np.random.default_rng(7)
    scale = np.linspace(2.0, 0.2, 256)
    bunches = chance.normal(size=(300, 256)) * scale
    rows = np.repeat(bunches, 10, axis=0) + chance.normal(size=(3000, 256)) * scale * 0.7
    return unit(rows.astype(np.float32))


def made(vectors):
    words = np.zeros((len(vectors), 8), dtype=np.float32)
    return Space(vectors.copy(), words, [True] * len(vectors), 0.2, 0.1)


def nearest(made, row, left_out=NONE):
    found = made.closest(row, left_out=left_out, count=9)
    return [at for at, _ in sorted(found, key=lambda one: -one[1])]


def row_of(vector):
    return Row(vector, np.zeros(8, dtype=np.float32), latin=True)


def test_the_nearest_are_those_of_a_full_look(vectors, monkeypatch):
    quick = made(vectors)
    answers = [nearest(quick, row_of(vectors[at])) for at in range(0, 3000, 60)]
    assert quick._coarse is not None
    monkeypatch.setattr(space, "MANY", 10**9)
    full = made(vectors)
    wanted = [nearest(full, row_of(vectors[at])) for at in range(0, 3000, 60)]
    assert full._coarse is None
    assert [one[0] for one in answers] == [one[0] for one in wanted]
    same = sum(one == other for one, other in zip(answers, wanted, strict=True))
    assert same >= 0.9 * len(wanted)


def test_likeness_is_that_of_the_whole_vectors(vectors):
    found = dict(made(vectors).closest(row_of(vectors[5]), left_out=NONE, count=9))
    assert found[5] == pytest.approx(1.0, abs=1e-5)
    for at, score in found.items():
        assert score == pytest.approx(float(vectors[at] @ vectors[5]), abs=1e-5)


def test_rows_that_came_later_are_found_and_left_out(vectors):
    quick = made(vectors[:2500])
    assert nearest(quick, row_of(vectors[0]))[0] == 0
    for vector in vectors[2500:]:
        quick.add(vector, np.zeros(8, dtype=np.float32), latin=True)
    assert nearest(quick, row_of(vectors[2987]))[0] == 2987
    out = np.array([2987], dtype=np.intp)
    assert 2987 not in nearest(quick, row_of(vectors[2987]), out)
