"""With very many entries the common words of a question are left out; rare ones still decide."""

import sqlite3

import pytest

from kb.search import fts
from kb.search.ports import Entry, Where
from kb.search.query import read

QUESTION = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omikron rare"


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(fts, "MANY", 100)
    db = sqlite3.connect(":memory:", isolation_level=None)
    made = fts.FtsEngine(db)
    common = QUESTION.removesuffix(" rare")
    texts = [common if n % 2 else f"other {n}" for n in range(200)]
    made.apply(
        [Entry(f"p{n}", 0, "note", f"n{n}", 0, "", text) for n, text in enumerate(texts)], ()
    )
    made.apply([Entry("p999", 0, "note", "wanted", 0, "", "a rare thing")], ())
    yield made
    db.close()


def asked(engine, words):
    rows = []
    engine.db.set_trace_callback(rows.append)
    found = engine.find(read(words), Where(), 10, every=False)
    engine.db.set_trace_callback(None)
    match = next(row for row in rows if "MATCH" in row)
    return [entry.id for entry in engine.entries([one.key for one in found])], match


def test_common_terms_are_left_out_once_they_were_counted(engine):
    _, before = asked(engine, QUESTION)
    assert before.count('"') // 2 == 13
    engine.settle()
    ids, match = asked(engine, QUESTION)
    assert ids[0] == "wanted"
    assert match.count('"') // 2 == fts.FEWEST
    assert '"rare"' in match


def test_a_short_question_keeps_all_its_terms(engine):
    engine.settle()
    ids, _ = asked(engine, "alpha beta")
    assert len(ids) == 10


def test_few_entries_are_not_counted(engine, monkeypatch):
    monkeypatch.setattr(fts, "MANY", 1000)
    engine.settle()
    assert asked(engine, QUESTION)[1].count('"') // 2 == 13


def test_clearing_forgets_what_was_common(engine):
    engine.settle()
    engine.clear()
    assert engine.db.execute("SELECT count(*) FROM search_common").fetchone() == (0,)
