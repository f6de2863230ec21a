"""Entries in one line each, and questions with their answers' names."""

from datetime import date

from kb.search.ports import Entry, Where
from kb.search.query import read
from kb.search.rank import rank
from kb.search.words import STARTER, expand, word_list
from kb.work.searching import find

TODAY = date(2026, 11, 25)


def entry(unit, text, **more):
    return Entry(
        **{
            "unit": unit,
            "order": 0,
            "kind": "note",
            "id": None,
            "line": 0,
            "title": "",
            "text": text,
        }
        | more
    )


class Asking:
    """An engine that is filled from texts and answers with the names of their units."""

    def __init__(self, engine):
        self.engine = engine

    def put(self, **texts):
        return self._apply([entry(unit, text) for unit, text in texts.items()], list(texts))

    def take(self, *entries):
        return self._apply(entries, [])

    def _apply(self, added, removed):
        db = getattr(self.engine, "db", None)
        if db is not None:
            db.execute("BEGIN")
        self.engine.apply(added, removed)
        if db is not None:
            db.execute("COMMIT")
        return self

    def __call__(self, text, where=None, limit=10):
        """Return the units that are shown for a query, best first, as `kb search` does it."""
        query = expand(read(text), word_list(STARTER))
        found = find(self.engine, query, where or Where(today=TODAY.isoformat()))
        return [one.entry.unit for one in rank(found, query, TODAY, limit, self.engine.entries)]
