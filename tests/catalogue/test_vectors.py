"""Vectors that were made once: kept, found again, given up when nobody uses them."""

import sqlite3

import numpy as np
import pytest

from kb.catalogue import vectors as kept
from kb.insight.encoder import load

TEXTS = ["引き継ぎの場を持つ", "Show the value in numbers", "引き継ぎの場を持つ", "", "\ud800"]


class Counting:
    """The real encoder, which counts what it is asked for."""

    def __init__(self, name=None):
        self.real = load()
        self.name = name or self.real.name
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return self.real.encode(texts)


@pytest.fixture
def encoder():
    return Counting()


def ask(catalogue, encoder, texts=TEXTS, progress=None):
    return catalogue.rows(lambda db: kept.vectors(db, encoder, texts, progress))


def test_a_text_is_encoded_once_and_comes_back_bit_by_bit(store, encoder):
    catalogue = store.catalogue()
    first = ask(catalogue, encoder)
    assert sorted(encoder.asked) == sorted(set(TEXTS))
    catalogue.close()
    again = ask(store.catalogue(), encoder)
    assert len(encoder.asked) == len(set(TEXTS))
    assert np.array_equal(first, again)
    assert np.array_equal(first, encoder.real.encode(TEXTS))


def test_only_what_is_new_is_encoded(store, encoder):
    catalogue = store.catalogue()
    ask(catalogue, encoder)
    encoder.asked.clear()
    rows = ask(catalogue, encoder, ["new", *TEXTS])
    assert encoder.asked == ["new"]
    assert np.array_equal(rows[1:], ask(catalogue, encoder))


def test_vectors_of_another_encoder_are_others(store, encoder):
    catalogue = store.catalogue()
    ask(catalogue, encoder)
    other = Counting("another")
    ask(catalogue, other)
    assert sorted(other.asked) == sorted(set(TEXTS))


def test_no_texts_no_rows(store, encoder):
    assert len(ask(store.catalogue(), encoder, [])) == 0


def test_many_are_encoded_by_and_by_and_it_is_said_how_far(store, encoder, monkeypatch):
    monkeypatch.setattr(kept, "BATCH", 3)
    said = []
    texts = [f"要望{n}" for n in range(7)]
    ask(store.catalogue(), encoder, texts, lambda done, whole: said.append((done, whole)))
    assert said == [(0, 7), (3, 7), (6, 7), (7, 7)]
    ask(store.catalogue(), encoder, texts, lambda done, whole: said.append((done, whole)))
    assert len(said) == 4


def test_what_nobody_used_for_long_goes_and_what_is_used_stays(store, encoder):
    catalogue = store.catalogue()
    ask(catalogue, encoder, ["used", "unused"])
    with sqlite3.connect(store.file) as db:
        db.execute("UPDATE vector SET used = used - ?", (kept.UNUSED + 1,))
    ask(catalogue, encoder, ["used"])
    encoder.asked.clear()
    ask(catalogue, encoder, ["new"])
    ask(catalogue, encoder, ["used", "unused"])
    assert encoder.asked == ["new", "unused"]


def test_a_file_that_cannot_be_written_gives_the_same_vectors(store, encoder, monkeypatch):
    def refused(db, rows):
        if db.execute("PRAGMA database_list").fetchone()[2]:
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorname = "SQLITE_READONLY"
            raise error
        return real(db, rows)

    real = kept._keep
    monkeypatch.setattr(kept, "_keep", refused)
    catalogue = store.catalogue()
    assert np.array_equal(ask(catalogue, encoder), encoder.real.encode(TEXTS))
    assert catalogue.todos("2026-11-25")


def test_a_damaged_file_is_made_anew(store, encoder):
    catalogue = store.catalogue()
    first = ask(catalogue, encoder, [f"{n}件目の要望" for n in range(60)])
    catalogue.close()
    size = store.file.stat().st_size
    with open(store.file, "r+b") as opened:
        for at in range(4096, size, 4096):
            opened.seek(at)
            opened.write(bytes(4096))
    again = ask(store.catalogue(), encoder, [f"{n}件目の要望" for n in range(60)])
    assert np.array_equal(first, again)
