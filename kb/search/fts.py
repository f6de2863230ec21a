"""The default engine: SQLite's FTS5, in tables of the catalogue.

The full-text table holds terms as `kb.search.tokens` cuts them, not texts.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from heapq import nlargest
from typing import Any, cast

from kb.search.ports import Changes, Entry, EntryGone, Found, Text, Where
from kb.search.query import Query, Word, loose
from kb.search.tokens import extras, normal, terms
from kb.search.weighing import WEIGHTS, weighed

TABLES = """
CREATE TABLE IF NOT EXISTS search_entry (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, status TEXT, date TEXT, due TEXT, account TEXT,
    id TEXT, unit TEXT NOT NULL, ord INTEGER NOT NULL, line INTEGER NOT NULL, owners TEXT NOT NULL,
    tags TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, around TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_entry_unit ON search_entry (unit);
CREATE INDEX IF NOT EXISTS search_entry_id ON search_entry (id) WHERE id IS NOT NULL;
CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5 (
    text, title, around, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_extra USING fts5 (
    extra, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TABLE IF NOT EXISTS search_version (number INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab (search_fts, row);
CREATE TABLE IF NOT EXISTS search_common (term TEXT PRIMARY KEY, doc INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_counted (entries INTEGER);
CREATE TABLE IF NOT EXISTS search_change (
    step INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL, gone INTEGER NOT NULL
);
"""
COLUMNS = "unit, ord, kind, id, line, title, text, around, account, date, owners, tags, status, due"
MANY = 20_000
"""Entries from which on common words of a question are left out: they say little, cost most."""
COMMON = 0.05
"""The share of the entries that hold a common term."""
FEWEST = 10
"""Terms of a question that are looked up, common or not.

With these figures 90,000 texts answer questions as well as with all terms, in two thirds of the
time (MRR@10 .424 and .423, .205 and .212, .633 and .633 on the three sets of `bench.search`).
"""
FEW = 5_000
"""Entries that are looked for by their keys; with more it is quicker to pass over the others."""
CHANGES = 20_000
"""Changes that are remembered, for who holds something of all entries."""
PAGES = 500
"""Pages of the index that are joined in one step."""
FACTS = "e.kind, e.status, e.date"
TEXTS = f"SELECT e.n, 0.0, {FACTS}, e.title, e.text FROM search_entry e"  # noqa: S608 (constants)
_Version = tuple[int, int]
SCORE = f"bm25(search_fts, {WEIGHTS.text}, {WEIGHTS.title}, {WEIGHTS.around})"


class FtsEngine:
    """Full text in an SQLite connection; the caller owns the connection and its transactions."""

    batch = 64
    mark = ""
    """The tables go with the rows that they were filled from."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Make the tables when they are not there yet."""
        self.db = db
        known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_change'")
        if known.fetchone() is None:
            self._make()

    def _make(self) -> None:
        for statement in TABLES.split(";"):
            self.db.execute(statement)
        self.db.execute("DELETE FROM search_version")
        self.db.execute("INSERT INTO search_version VALUES (random())")

    @property
    def version(self) -> object:
        """Return what is another one whenever something else is indexed."""
        return self.db.execute(
            "SELECT number, (SELECT coalesce(max(step), 0) FROM search_change) FROM search_version"
        ).fetchone()

    def clear(self) -> None:
        """Take everything out."""
        for table in (
            *("search_vocabulary", "search_fts", "search_extra", "search_entry"),
            *("search_common", "search_counted", "search_change", "search_version"),
        ):
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
            self.db.executemany("INSERT INTO search_change (entry, gone) VALUES (?, 1)", rows)
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
            self.db.execute("INSERT INTO search_change (entry, gone) VALUES (?, 0)", (number,))
        self.db.execute(
            "DELETE FROM search_change WHERE step <= (SELECT max(step) FROM search_change) - ?",
            (CHANGES,),
        )

    def settle(self) -> None:
        """Join the pieces that a build left: each would be looked into for every term.

        A little at a time, so that nobody waits; whoever is writing meanwhile goes first.
        """
        with suppress(sqlite3.OperationalError):
            for table in ("search_fts", "search_extra"):
                pages, before = -PAGES, -2
                while self.db.total_changes - before >= 2:  # less: there was nothing to join
                    before = self.db.total_changes
                    self.db.execute(
                        f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)",  # noqa: S608
                        (pages,),
                    )
                    pages = PAGES
            self._count()

    def _count(self) -> None:
        """Note which terms are common, when there are many entries, a quarter of them new."""
        (entries,) = self.db.execute("SELECT count(*) FROM search_entry").fetchone()
        (counted,) = self.db.execute(
            "SELECT coalesce(max(entries), 0) FROM search_counted"
        ).fetchone()
        if entries < MANY or entries < counted * 1.25:
            return
        self.db.execute("DELETE FROM search_common")
        self.db.execute(
            "INSERT INTO search_common SELECT term, doc FROM search_vocabulary WHERE doc > ?",
            (int(entries * COMMON),),
        )
        self.db.execute("DELETE FROM search_counted")
        self.db.execute("INSERT INTO search_counted VALUES (?)", (entries,))

    def _telling(self, terms_: Sequence[str]) -> Sequence[str]:
        """Return the terms of a question without its most common ones, at least `FEWEST`."""
        if len(terms_) <= FEWEST:
            return terms_
        holes = ", ".join("?" * len(terms_))
        rows = self.db.execute(
            f"SELECT term FROM search_common WHERE term IN ({holes}) ORDER BY doc DESC",  # noqa: S608
            tuple(terms_),
        )
        common = {term for (term,) in rows.fetchmany(len(terms_) - FEWEST)}
        return [term for term in terms_ if term not in common]

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""
        conditions, values = _conditions(where)
        groups = query.groups
        if not groups and not conditions:
            return []
        for word in query.without:
            conditions.append(f"e.n NOT IN ({_holding(word, values)})")
        if every and any(word.other or loose(word) for group in groups for word in group):
            return self._apart(query, (conditions, values), limit)
        chosen = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if not groups:
            rows = self.db.execute(
                f"SELECT e.n, 0.0, {FACTS} FROM search_entry e{chosen}"  # noqa: S608
                " ORDER BY coalesce(e.date, '') DESC, e.n LIMIT ?",
                (*values, limit),
            )
            return list(map(Found._make, rows))
        match = _all_of(groups) if every else self._any_of(groups)
        if match is None:
            return []
        top = "" if conditions else f" ORDER BY r LIMIT {int(limit)}"
        rows = self.db.execute(
            f"SELECT e.n, -f.r, {FACTS} FROM (SELECT rowid AS n, {SCORE} AS r"  # noqa: S608
            f" FROM search_fts WHERE search_fts MATCH ?{top}) f"
            f" JOIN search_entry e ON e.n = f.n{chosen} ORDER BY f.r LIMIT ?",
            (match, *values, limit),
        )
        return list(map(Found._make, rows))

    def _any_of(self, groups: Iterable[Iterable[Word]]) -> str | None:
        """Return the FTS5 expression that any of the terms meets; None without terms."""
        found = dict.fromkeys(term for group in groups for word in group for term in word.terms)
        return " OR ".join(map(_quoted, self._telling(list(found)))) or None

    def _apart(
        self, query: Query, where: tuple[list[str], list[object]], limit: int
    ) -> list[Found]:
        """Find what meets all groups when some words are not in the full text as they stand."""
        values: list[object] = []
        wanted = " INTERSECT ".join(
            f"SELECT n FROM ({' UNION '.join(_holding(word, values) for word in group)})"  # noqa: S608
            for group in query.groups
        )
        if where[0]:
            conditions = " AND ".join(where[0])
            wanted += f" INTERSECT SELECT e.n FROM search_entry e WHERE {conditions}"  # noqa: S608
            values += where[1]
        scores = {n: 0.0 for (n,) in self.db.execute(wanted, values)}
        words = [word for group in query.groups for word in group]
        for table, score, terms_ in (
            (
                *("search_fts", SCORE),
                dict.fromkeys(t for w in words for t in (*w.terms, *w.other)),
            ),
            (
                "search_extra",
                "bm25(search_extra)",
                dict.fromkeys(t for w in words for t in w.other),
            ),
        ):
            if scores and terms_:
                # Not by key (hence the plus): the words would be looked up anew for each.
                among = " AND +rowid IN (SELECT value FROM json_each(?))"
                few = len(scores) <= FEW
                for n, value in self.db.execute(
                    f"SELECT rowid, {score} FROM {table} WHERE {table} MATCH ?"  # noqa: S608
                    f"{among if few else ''}",
                    (
                        *(" OR ".join(map(_quoted, terms_)),),
                        *((json.dumps(list(scores)),) if few else ()),
                    ),
                ):
                    if n in scores:
                        scores[n] -= value
        best = nlargest(limit, scores.items(), key=lambda item: (item[1], -item[0]))
        facts = self._rows(f"e.n, {FACTS}", [n for n, _ in best])
        return [Found(n, score, *facts[n][1:]) for n, score in best if n in facts]

    def _rows(self, columns: str, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        holes = ", ".join("?" * len(keys))
        rows = self.db.execute(
            f"SELECT {columns} FROM search_entry e WHERE e.n IN ({holes})",  # noqa: S608
            tuple(keys),
        )
        return {row[0]: row for row in rows}

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries that were found under these keys, in that order; or `EntryGone`."""
        rows = self._rows(f"n, {COLUMNS}", keys)
        if not rows.keys() >= set(keys):
            raise EntryGone
        return [_entry(rows[key][1:]) for key in keys]

    def texts(self) -> list[Text]:
        """Return every entry with its title and its text."""
        return [_text(row) for row in self.db.execute(TEXTS)]

    def changes(self, since: object, until: object, most: int) -> Changes | None:
        """Return what changed from one version to another; None: it is not known, or is more."""
        (number, first), (other, last) = cast("tuple[_Version, _Version]", (since, until))
        (oldest,) = self.db.execute("SELECT min(step) FROM search_change").fetchone()
        if number != other or last - first > most or oldest is None or oldest > first + 1:
            return None
        steps = self.db.execute(
            "SELECT entry, gone FROM search_change WHERE step > ? AND step <= ? ORDER BY step",
            (first, last),
        ).fetchall()
        there = {entry: not gone for entry, gone in steps}
        keys = json.dumps([entry for entry, is_ in there.items() if is_])
        rows = self.db.execute(f"{TEXTS} WHERE e.n IN (SELECT value FROM json_each(?))", (keys,))  # noqa: S608
        return Changes({entry for entry, gone in steps if gone}, [_text(row) for row in rows])

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


def _text(row: tuple[Any, ...]) -> Text:
    return Found(*row[:5]), row[5], row[6]


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


def _all_of(groups: Iterable[Iterable[Word]]) -> str:
    """Return the FTS5 expression that all groups meet."""
    return " AND ".join(f"({' OR '.join(map(_word, group))})" for group in groups)


def _word(word: Word) -> str:
    if word.phrase:
        return '"' + " ".join(term.replace('"', '""') for term in word.terms) + '"'
    return f"({' AND '.join(map(_quoted, word.terms))})"


def _holding(word: Word, values: list[object]) -> str:
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
    values += [term for other in map(_quoted, word.other) for term in (other, other)]
    one = f"SELECT n FROM ({full} UNION {further})"  # noqa: S608
    spelled = " INTERSECT ".join([one] * len(word.other))
    return f"{full} UNION SELECT n FROM ({spelled})"  # noqa: S608


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
