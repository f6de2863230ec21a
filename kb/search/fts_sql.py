"""The tables of the default engine, and its questions as SQL."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kb.search.ports import Entry, Where
from kb.search.query import Word, loose
from kb.search.weighing import by_synonyms

TABLES = """
CREATE TABLE IF NOT EXISTS search_entry (
    n INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, status TEXT, date TEXT, due TEXT,
    account TEXT, id TEXT, unit TEXT NOT NULL, ord INTEGER NOT NULL, line INTEGER NOT NULL,
    owners TEXT NOT NULL, tags TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    around TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_entry_unit ON search_entry (unit);
CREATE INDEX IF NOT EXISTS search_entry_id ON search_entry (id) WHERE id IS NOT NULL;
CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5 (
    text, title, around, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_extra USING fts5 (
    extra, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TABLE IF NOT EXISTS search_version (
    number INTEGER NOT NULL, log INTEGER NOT NULL, packed INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS search_gone (at INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS search_pack (
    pack INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER NOT NULL, last INTEGER NOT NULL,
    held INTEGER NOT NULL, keys BLOB NOT NULL, sizes BLOB NOT NULL, dates BLOB NOT NULL,
    dues BLOB NOT NULL, first_row INTEGER NOT NULL, last_row INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS search_posting (
    row INTEGER PRIMARY KEY, term TEXT NOT NULL, pack INTEGER NOT NULL, held INTEGER NOT NULL,
    numbers BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS search_posting_term ON search_posting (term, pack, held);
CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab (search_fts, row);
"""
COLUMNS = "unit, ord, kind, id, line, title, text, around, account, date, owners, tags, status, due"
NAMES = (
    *("search_vocabulary", "search_fts", "search_extra", "search_entry", "search_version"),
    *("search_gone", "search_pack", "search_posting", "search_common", "search_counted"),
)
"""The tables, to be dropped in this order, with two of an earlier version."""
APART = "UPDATE search_version SET log = random(), number = random(), packed = -1 WHERE packed >= 0"
"""Makes a copy in memory another index than its file, of which this process may hold much."""


@contextmanager
def one_look(db: sqlite3.Connection) -> Iterator[None]:
    """Read everything as it is now, whatever others write meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def as_row(entry: Entry) -> tuple[object, ...]:
    """Return an entry as the row of `COLUMNS` that it is."""
    return (
        *entry[:10],
        *(f" {' '.join(names).casefold()} " for names in (entry.owners, entry.tags)),
        *entry[12:],
    )


def what_it_says(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return such a row without where it stands: in which unit, as which of it, on which line."""
    return (*row[2:4], *row[5:])


def as_entry(row: Sequence[Any]) -> Entry:
    """Return the entry of such a row."""
    names = (tuple(str(row[10]).split()), tuple(str(row[11]).split()))
    return Entry._make((*row[:10], *names, *row[12:]))


def quoted(term: str) -> str:
    """Return a term as FTS5 wants it."""
    return '"' + term.replace('"', '""') + '"'


def all_of(groups: Iterable[Iterable[Word]]) -> str:
    """Return the FTS5 expression that all groups meet."""
    return " AND ".join(f"({' OR '.join(map(word_of, group))})" for group in groups)


def word_of(word: Word) -> str:
    """Return the FTS5 expression of a word that has terms."""
    if word.phrase:
        return '"' + " ".join(term.replace('"', '""') for term in word.terms) + '"'
    return f"({' AND '.join(map(quoted, word.terms))})"


def scored(score: str, named: int, groups: int) -> str:
    """Return the SELECT of what matches: n, the score r (the best is least), the factor c in it.

    The factor is that of words which are met by other names only. Values are what matches each of
    the words that were typed and have other names, `named` of `groups`; then what is to match.
    """
    match = "FROM search_fts WHERE search_fts MATCH ?"
    plain = f"SELECT rowid AS n, {score} AS r {match}"
    if not named:
        return f"SELECT n, r, 1.0 AS c FROM ({plain})"  # noqa: S608
    factor = f"CASE WHEN n IN (SELECT rowid {match}) THEN 1.0 ELSE {by_synonyms(1, groups)} END"
    counted = " * ".join([factor] * named)
    # LIMIT keeps the factor from being worked out twice.
    return f"SELECT n, r * c AS r, c FROM (SELECT n, r, {counted} AS c FROM ({plain}) LIMIT -1)"  # noqa: S608


def holding(word: Word, values: list[object]) -> str:
    """Return the SELECT of the entries in which a word stands, and add its values."""
    found = "SELECT rowid AS n FROM {} WHERE {} MATCH ?"
    if not word.terms:
        values += [like(word.text)] * 2
        return (
            "SELECT n FROM search_entry WHERE text LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\'"
        )
    full = found.format("search_fts", "search_fts")
    further = found.format("search_extra", "search_extra")
    if loose(word):
        values += [f"{quoted(word.text)} *", quoted(word.text)]
        return f"{full} UNION {further}"
    values.append(word_of(word))
    if not word.other:
        return full
    values += [term for other in map(quoted, word.other) for term in (other, other)]
    one = f"SELECT n FROM ({full} UNION {further})"  # noqa: S608
    spelled = " INTERSECT ".join([one] * len(word.other))
    return f"{full} UNION SELECT n FROM ({spelled})"  # noqa: S608


def conditions(where: Where) -> tuple[list[str], list[object]]:
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


def like(text: str) -> str:
    r"""Return what LIKE takes for texts that hold `text`, with ESCAPE '\\'."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
