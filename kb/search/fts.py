"""The default engine: SQLite's FTS5, in tables of the catalogue.

The full-text table holds terms as `kb.search.tokens` cuts them, not texts.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any

from kb.search.ports import Entry, Found, Where
from kb.search.query import Query, Word, loose
from kb.search.tokens import extras, normal, terms
from kb.search.weighing import WEIGHTS, weighed

TABLES = """
CREATE TABLE IF NOT EXISTS search_entry (
    n INTEGER PRIMARY KEY, unit TEXT NOT NULL, ord INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT,
    line INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, around TEXT NOT NULL,
    account TEXT, date TEXT, owners TEXT NOT NULL, tags TEXT NOT NULL, status TEXT, due TEXT
);
CREATE INDEX IF NOT EXISTS search_entry_unit ON search_entry (unit);
CREATE INDEX IF NOT EXISTS search_entry_id ON search_entry (id) WHERE id IS NOT NULL;
CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5 (
    text, title, around, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_extra USING fts5 (
    extra, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab (search_fts, row);
"""
COLUMNS = "unit, ord, kind, id, line, title, text, around, account, date, owners, tags, status, due"
SCORE = f"bm25(search_fts, {WEIGHTS.text}, {WEIGHTS.title}, {WEIGHTS.around})"


class FtsEngine:
    """Full text in an SQLite connection; the caller owns the connection and its transactions."""

    batch = 256
    mark = ""
    """The tables go with the rows that they were filled from."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Make the tables when they are not there yet."""
        self.db = db
        known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_vocabulary'")
        if known.fetchone() is None:
            self._make()

    def _make(self) -> None:
        for statement in TABLES.split(";"):
            self.db.execute(statement)

    def clear(self) -> None:
        """Take everything out."""
        for table in ("search_vocabulary", "search_fts", "search_extra", "search_entry"):
            self.db.execute(f"DROP TABLE IF EXISTS {table}")
        self._make()

    def units(self, start: str = "") -> set[str]:
        """Return the units that are indexed and begin with `start`."""
        rows = self.db.execute(
            "SELECT DISTINCT unit FROM search_entry WHERE unit >= ? AND unit < ?",
            (start, start + "\U0010ffff"),
        )
        return {unit for (unit,) in rows}

    def apply(self, added: Iterable[Entry], removed: Iterable[str]) -> None:
        """Take out the units in `removed`, then put in the entries in `added`."""
        for unit in removed:
            rows = self.db.execute("SELECT n FROM search_entry WHERE unit = ?", (unit,)).fetchall()
            for table in ("search_fts", "search_extra"):
                self.db.executemany(f"DELETE FROM {table} WHERE rowid = ?", rows)  # noqa: S608
            self.db.execute("DELETE FROM search_entry WHERE unit = ?", (unit,))
        for entry in added:
            number = self.db.execute(
                f"INSERT INTO search_entry ({COLUMNS}) VALUES (?{', ?' * 13})",  # noqa: S608
                _row(entry),
            ).lastrowid
            self.db.execute(
                "INSERT INTO search_fts (rowid, text, title, around) VALUES (?, ?, ?, ?)",
                (number, *(" ".join(terms(part)) for part in weighed(entry))),
            )
            extra = " ".join(extras(entry.text))
            if extra:
                self.db.execute(
                    "INSERT INTO search_extra (rowid, extra) VALUES (?, ?)", (number, extra)
                )

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""
        conditions, values = _conditions(where)
        filtered = bool(conditions)
        for word in query.without:
            conditions.append(f"e.n NOT IN ({_holding(word, values)})")
        groups = query.groups
        plain = not every or not any(word.other or loose(word) for g in groups for word in g)
        match = _match(groups, every=every and plain)
        if not groups and not filtered:
            return []
        score, sources, before = "-f.r", [], []
        if groups and not (match or every):
            return []
        if groups and plain:
            top = "" if conditions else f" ORDER BY r LIMIT {int(limit)}"
            sources = [_scored("f", "search_fts", SCORE, top), "JOIN search_entry e ON e.n = f.n"]
            before = [match]
        elif groups:
            sources, before = _sources(groups, match)
            score = "-coalesce(f.r, 0.0) - coalesce(x.r, 0.0)"
        else:
            score, sources = "0.0", ["search_entry e"]
        chosen = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = "1 DESC" if groups else "coalesce(e.date, '') DESC, e.n"
        rows = self.db.execute(
            f"SELECT {score}, {', '.join('e.' + c for c in COLUMNS.split(', '))}"  # noqa: S608
            f" FROM {' '.join(sources)}{chosen} ORDER BY {order} LIMIT ?",
            (*before, *values, limit),
        )
        return [Found(_entry(row[1:]), row[0]) for row in rows]

    def by_id(self, id_: str) -> list[Entry]:
        """Return the entries that have this id."""
        rows = self.db.execute(f"SELECT {COLUMNS} FROM search_entry WHERE id = ?", (id_,))  # noqa: S608
        return [_entry(row) for row in rows]

    def near(self, word: str, limit: int) -> list[str]:
        """Return indexed terms that begin like `word`, the most frequent first."""
        start = normal(word)[:2]
        if not start:
            return []
        rows = self.db.execute(
            "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ?"
            " ORDER BY doc DESC LIMIT ?",
            (start, start + "\U0010ffff", limit),
        )
        return [term for (term,) in rows]


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        *entry[:10],
        *(f" {' '.join(names).casefold()} " for names in (entry.owners, entry.tags)),
        *entry[12:],
    )


def _entry(row: tuple[object, ...]) -> Entry:
    values = list(row)
    for at in (10, 11):
        values[at] = tuple(str(values[at]).split())
    return Entry(*values)  # type: ignore[arg-type]


NOTHING = '"\N{REPLACEMENT CHARACTER}"'
"""An expression that nothing meets."""


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _match(groups: Iterable[Iterable[Word]], *, every: bool) -> str | None:
    """Return the FTS5 expression that all groups or any of the terms meet; None without terms."""
    if every:
        return " AND ".join(f"({' OR '.join(map(_word, group))})" for group in groups)
    found = dict.fromkeys(term for group in groups for word in group for term in word.terms)
    return " OR ".join(map(_quoted, found)) or None


def _word(word: Word) -> str:
    if word.phrase:
        return '"' + " ".join(term.replace('"', '""') for term in word.terms) + '"'
    return f"({' AND '.join(map(_quoted, word.terms))})"


def _sources(groups: Iterable[Iterable[Word]], match: str | None) -> tuple[list[str], list[Any]]:
    """Return FROM and its values when some words are found outside of the full text."""
    values: list[Any] = []
    wanted = " INTERSECT ".join(
        f"SELECT n FROM ({' UNION '.join(_holding(word, values) for word in group)})"  # noqa: S608
        for group in groups
    )
    extra = dict.fromkeys(term for group in groups for word in group for term in word.other)
    sources = [f"({wanted}) s JOIN search_entry e ON e.n = s.n"]
    for name, table, score, text in (
        ("f", "search_fts", SCORE, match),
        ("x", "search_extra", "bm25(search_extra)", " OR ".join(map(_quoted, extra))),
    ):
        sources.append(f"LEFT JOIN {_scored(name, table, score)} ON {name}.n = s.n")
        values.append(text or NOTHING)
    return sources, values


def _scored(name: str, table: str, score: str, top: str = "") -> str:
    return (
        f"(SELECT rowid AS n, {score} AS r FROM {table}"  # noqa: S608
        f" WHERE {table} MATCH ?{top}) {name}"
    )


def _holding(word: Word, values: list[Any]) -> str:
    """Return the SELECT of the entries in which a word stands, and add its values."""
    found = "SELECT rowid AS n FROM {} WHERE {} MATCH ?"
    if not word.terms:
        values += [_like(word.text)] * 2
        return (
            "SELECT n FROM search_entry WHERE text LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\'"
        )
    full = found.format("search_fts", "search_fts")
    further = found.format("search_extra", "search_extra")
    if loose(word):
        values += [f"{_quoted(word.text)} *", _quoted(word.text)]
        return f"{full} UNION {further}"
    values.append(_word(word))
    if not word.other:
        return full
    values.append(" AND ".join(map(_quoted, word.other)))
    return f"{full} UNION {further}"


def _conditions(where: Where) -> tuple[list[str], list[object]]:
    """Return SQL conditions on `search_entry e` and their values."""
    found: list[str] = []
    values: list[object] = []

    def add(condition: str, *given: object) -> None:
        found.append(condition)
        values.extend(given)

    for column, several in (("kind", where.kinds), ("account", where.accounts)):
        if several:
            add(f"e.{column} IN (?{', ?' * (len(several) - 1)})", *several)
    for column, several in (("owners", where.owners), ("tags", where.tags)):
        if several:
            ways = " OR ".join(f"instr(e.{column}, ?)" for _ in several)
            add(f"({ways})", *(f" {name.casefold()} " for name in several))
    if where.since:
        add("e.date >= ?", where.since)
    if where.until:
        add("e.date <= ?", where.until)
    if where.state == "overdue":
        add("e.status = 'open' AND e.due < ?", where.today)
    elif where.state:
        add("e.kind = 'todo' AND e.status = ?", where.state)
    return found, values


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
