"""The default engine: SQLite's FTS5, in tables of the catalogue.

The full-text table holds terms as `kb.search.tokens` cuts them, not texts.
"""

import sqlite3
from collections.abc import Iterable

from kb.search.ports import Entry, Found, Where
from kb.search.query import Query, Word
from kb.search.tokens import extras, normal, terms

TABLES = """
CREATE TABLE IF NOT EXISTS search_entry (
    n INTEGER PRIMARY KEY, unit TEXT NOT NULL, ord INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT,
    line INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, around TEXT NOT NULL,
    account TEXT, date TEXT, owners TEXT NOT NULL, tags TEXT NOT NULL, status TEXT, due TEXT
);
CREATE INDEX IF NOT EXISTS search_entry_unit ON search_entry (unit);
CREATE INDEX IF NOT EXISTS search_entry_id ON search_entry (id) WHERE id IS NOT NULL;
CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5 (
    text, title, around, extra, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab (search_fts, row);
"""
COLUMNS = "unit, ord, kind, id, line, title, text, around, account, date, owners, tags, status, due"
WEIGHTS = "1.0, 1.0, 0.3, 0.3"
"""Of the text, the title, what stands around, and other ways to write the text's words."""


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
        for table in ("search_vocabulary", "search_fts", "search_entry"):
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
            self.db.executemany("DELETE FROM search_fts WHERE rowid = ?", rows)
            self.db.execute("DELETE FROM search_entry WHERE unit = ?", (unit,))
        for entry in added:
            number = self.db.execute(
                f"INSERT INTO search_entry ({COLUMNS}) VALUES (?{', ?' * 13})",  # noqa: S608
                _row(entry),
            ).lastrowid
            self.db.execute(
                "INSERT INTO search_fts (rowid, text, title, around, extra) VALUES (?, ?, ?, ?, ?)",
                (
                    number,
                    *(" ".join(terms(part)) for part in (entry.text, entry.title, entry.around)),
                    " ".join(extras(entry.text)),
                ),
            )

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""
        match = _match(query, every=every)
        loose = [g for g in query.groups if every and not any(w.terms for w in g)]
        conditions, values = _conditions(where)
        for group in loose:  # nothing of it is indexed (all hiragana, or a single character)
            ways = " OR ".join(
                "e.text LIKE ? ESCAPE '\\' OR e.title LIKE ? ESCAPE '\\'" for _ in group
            )
            conditions.append(f"({ways})")
            values += [like for word in group for like in [_like(word.text)] * 2]
        if match is None and not conditions:
            return []
        if match is None:
            order = "coalesce(e.date, '') DESC, e.n"
            source, rank = "search_entry e", "0.0"
        elif not conditions:
            source = (
                f"(SELECT rowid, bm25(search_fts, {WEIGHTS}) AS r FROM search_fts"  # noqa: S608
                f" WHERE search_fts MATCH ? ORDER BY r LIMIT {int(limit)}) f"
                " JOIN search_entry e ON e.n = f.rowid"
            )
            order, rank = "f.r", "f.r"
            values.insert(0, match)
        else:
            source = "search_fts f JOIN search_entry e ON e.n = f.rowid"
            rank = f"bm25(search_fts, {WEIGHTS})"
            order = rank
            conditions.insert(0, "search_fts MATCH ?")
            values.insert(0, match)
        chosen = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self.db.execute(
            f"SELECT {rank}, {', '.join('e.' + c for c in COLUMNS.split(', '))}"  # noqa: S608
            f" FROM {source}{chosen} ORDER BY {order} LIMIT ?",
            (*values, limit),
        )
        return [Found(_entry(row[1:]), -row[0]) for row in rows]

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


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _match(query: Query, *, every: bool) -> str | None:
    """Return the FTS5 expression of a query; None when nothing of it is indexed."""
    if every:
        groups = [text for group in query.groups if (text := _group(group))]
        wanted = " AND ".join(groups)
    else:
        found = dict.fromkeys(t for g in query.groups for w in g for t in (*w.terms, *w.other))
        wanted = " OR ".join(map(_quoted, found))
    if not wanted:
        return None
    without = [text for word in query.without if (text := _word(word))]
    return f"({wanted}) NOT ({' OR '.join(without)})" if without else wanted


def _group(group: Iterable[Word]) -> str:
    ways = [text for word in group if (text := _word(word))]
    return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)


def _word(word: Word) -> str:
    if word.phrase and word.terms:
        return '"' + " ".join(term.replace('"', '""') for term in word.terms) + '"'
    if len(word.text) == 1 and word.terms:
        return f"{_quoted(word.text)} *"
    ways = [f"({' AND '.join(map(_quoted, part))})" for part in (word.terms, word.other) if part]
    return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)


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
