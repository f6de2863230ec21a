"""The default engine: SQLite's FTS5, in tables of the catalogue.

The full-text table holds terms as `kb.search.tokens` cuts them, not texts.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from heapq import nlargest
from threading import Lock
from typing import TYPE_CHECKING, Any

from kb.search import fts_sql as sql
from kb.search.ports import ALL, Entry, EntryGone, Found, IndexDamaged, Told, Where
from kb.search.query import Query, Word, loose
from kb.search.tokens import extras, normal, terms
from kb.search.weighing import WEIGHTS, by_synonyms, weighed

if TYPE_CHECKING:
    from kb.search.packed import Packed
    from kb.search.summing import Summing

MANY = 20_000
"""Entries from which on they are packed: SQLite would score what is common row by row."""
LOGGED = 20_000
"""Removed entries that are remembered at least, for who holds all entries in memory."""
TOLD = 16_384
"""Entries that are told at once."""
FEW = 5_000
"""Entries that are looked for by their keys; with more it is quicker to pass over the others."""
PAGES = 500
"""Pages of the index that are joined in one step."""
FACTS = "e.kind, e.status, e.date"
NOTHING = Query("", (), (), {}, question=False)
_packing = Lock()
SCORE = f"bm25(search_fts, {WEIGHTS.text}, {WEIGHTS.title}, {WEIGHTS.around})"


class FtsEngine:
    """Full text in an SQLite connection; the caller owns the connection and its transactions."""

    batch = 64
    mark = ""
    """The tables go with the rows that they were filled from."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Make the tables when they are not there yet."""
        self.db = db
        known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_vocabulary'")
        if known.fetchone() is None:
            self._make()
        elif not self._file:
            db.execute(sql.APART)

    def _make(self) -> None:
        for statement in sql.TABLES.split(";"):
            self.db.execute(statement)
        self.db.execute("INSERT INTO search_version VALUES (random(), random(), 0)")

    @property
    def version(self) -> Hashable:
        """Return what is another one whenever something else is indexed."""
        return int(self.db.execute("SELECT number FROM search_version").fetchone()[0])

    def clear(self) -> None:
        """Take everything out."""
        for table in sql.NAMES:
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
        """Take out the units in `removed`, then put in the entries in `added`.

        Of a meeting that changed most entries say what they said: they stay and are only moved,
        so that nothing which is made of their words has to be made again.
        """
        before = self._said(removed)
        for entry in added:
            row = sql.as_row(entry)
            same = before.get(sql.what_it_says(row))
            if same:
                self.db.execute(
                    "UPDATE search_entry SET unit = ?, ord = ?, line = ? WHERE n = ?",
                    (entry.unit, entry.order, entry.line, same.pop(0)),
                )
                continue
            number = self.db.execute(
                f"INSERT INTO search_entry ({sql.COLUMNS}) VALUES (?{', ?' * 13})",  # noqa: S608
                row,
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
        gone = [(n,) for numbers in before.values() for n in numbers]
        for table, key in (
            ("search_fts", "rowid"),
            ("search_extra", "rowid"),
            ("search_entry", "n"),
        ):
            self.db.executemany(f"DELETE FROM {table} WHERE {key} = ?", gone)  # noqa: S608
        self.db.executemany("INSERT INTO search_gone (n) VALUES (?)", gone)
        self.db.execute("UPDATE search_version SET number = random()")

    def _said(self, units: Iterable[str]) -> dict[tuple[object, ...], list[int]]:
        """Return the entries of some units by what they say."""
        found: dict[tuple[object, ...], list[int]] = {}
        for unit in units:
            for n, *row in self.db.execute(
                f"SELECT n, {sql.COLUMNS} FROM search_entry WHERE unit = ? ORDER BY n",  # noqa: S608
                (unit,),
            ):
                found.setdefault(sql.what_it_says(tuple(row)), []).append(n)
        return found

    def settle(self, *, much: bool) -> None:
        """Pack entries when there are many; after `much` was taken in, join the pieces first.

        A little at a time, so that nobody waits; whoever is writing meanwhile goes first.
        """
        with suppress(sqlite3.OperationalError):
            if much:
                self._join()
            if not _packing.acquire(blocking=False):
                return
            try:
                self._pack()
            finally:
                _packing.release()

    def _join(self) -> None:
        """Join the pieces that a build left: each would be looked into for every term."""
        for table in ("search_fts", "search_extra"):
            pages, before = -PAGES, -2
            while self.db.total_changes - before >= 2:  # less: there was nothing to join
                before = self.db.total_changes
                self.db.execute(
                    f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)",  # noqa: S608
                    (pages,),
                )
                pages = PAGES

    def _pack(self) -> None:
        if not self._file:
            return
        if self._held() is None:
            ((newest,),) = self.db.execute("SELECT coalesce(max(n), 0) FROM search_entry")
            if newest < MANY or self._count() < MANY:
                self._forget()
                return
        from kb.search import packing

        while packing.pack_up(self.db):
            pass

    def _count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM search_entry").fetchone()[0])

    def _forget(self) -> None:
        """Forget entries that went long ago."""
        old = "SELECT max(at) - ? FROM search_gone"
        if (self.db.execute("SELECT max(at) - min(at) FROM search_gone").fetchone()[0] or 0) > (
            LOGGED * 2
        ):
            self.db.execute(f"DELETE FROM search_gone WHERE at < ({old})", (LOGGED,))  # noqa: S608

    @property
    def _file(self) -> str:
        return str(self.db.execute("PRAGMA database_list").fetchone()[2])

    def _held(self) -> "Packed | None":
        """Return what this process holds of the entries if they are packed."""
        (packed,) = self.db.execute("SELECT packed FROM search_version").fetchone()
        if packed < 1:
            return None
        from kb.search.packed import held

        return held(self._file)

    @contextmanager
    def _asked(self, query: Query, where: Where) -> "Iterator[Summing | None]":
        """Have the packed entries ready to be asked; None when they are not packed."""
        packed = self._held()
        if packed is None:
            with sql.one_look(self.db):
                yield None
            return
        from kb.search.summing import Summing

        try:
            with packed.lock, sql.one_look(self.db):
                packed.refresh(self.db)
                yield Summing(self.db, packed, query, where)
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise IndexDamaged from error

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""
        with self._asked(query, where) as asked:
            if asked is None:
                return self._found(query, where, limit, every=every)
            return asked.best(limit, every=every)

    def _found(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Let SQLite find and score."""
        conditions, values = sql.conditions(where)
        groups = query.groups
        if not groups and not conditions:
            return []
        for word in query.without:
            conditions.append(f"e.n NOT IN ({sql.holding(word, values)})")
        if every and any(word.other or loose(word) for group in groups for word in group):
            return self._apart(query, (conditions, values), limit)
        chosen = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if not groups:
            rows = self.db.execute(
                f"SELECT e.n, 0.0, {FACTS} FROM search_entry e{chosen}"  # noqa: S608
                " ORDER BY coalesce(e.date, '') DESC, e.n LIMIT ?",
                (*values, limit),
            )
            return [Found(*row) for row in rows]
        match = sql.all_of(groups) if every else self._any_of(groups)
        if match is None:
            return []
        named = query.named if every else []
        scored = sql.scored(SCORE, len(named), len(groups))
        top = "" if conditions else f" ORDER BY r LIMIT {int(limit)}"
        rows = self.db.execute(
            f"SELECT e.n, -f.r, {FACTS}, f.c FROM ({scored}{top}) f"  # noqa: S608
            f" JOIN search_entry e ON e.n = f.n{chosen} ORDER BY f.r LIMIT ?",
            (*(sql.all_of([own]) for own in named), match, *values, limit),
        )
        return list(map(Found._make, rows))

    def _any_of(self, groups: Iterable[Iterable[Word]]) -> str | None:
        """Return the FTS5 expression that any of the terms meets; None without terms."""
        found = dict.fromkeys(term for group in groups for word in group for term in word.terms)
        return " OR ".join(map(sql.quoted, found)) or None

    def _apart(
        self, query: Query, where: tuple[list[str], list[object]], limit: int
    ) -> list[Found]:
        """Find what meets all groups when some words are not in the full text as they stand."""
        values: list[object] = []
        wanted = " INTERSECT ".join(
            f"SELECT n FROM ({' UNION '.join(sql.holding(word, values) for word in group)})"  # noqa: S608
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
                        *(" OR ".join(map(sql.quoted, terms_)),),
                        *((json.dumps(list(scores)),) if few else ()),
                    ),
                ):
                    if n in scores:
                        scores[n] -= value
        counts = self._counts(query, scores.keys())
        for n, count in counts.items():
            scores[n] *= count
        best = nlargest(limit, scores.items(), key=lambda item: (item[1], -item[0]))
        facts = self._rows(f"e.n, {FACTS}", [n for n, _ in best])
        return [
            Found(n, score, *facts[n][1:])._replace(synonym=counts.get(n, 1.0)) for n, score in best
        ]

    def _counts(self, query: Query, found: Collection[int]) -> dict[int, float]:
        """Return what those count that were found by other names of what was typed."""
        lacking = Counter[int]()
        for own in query.named:
            values: list[object] = [json.dumps(list(found))]
            wanted = " UNION ".join(sql.holding(word, values) for word in own)
            named = f"SELECT value FROM json_each(?) EXCEPT SELECT n FROM ({wanted})"  # noqa: S608
            lacking.update(n for (n,) in self.db.execute(named, values))
        return {n: by_synonyms(met, len(query.groups)) for n, met in lacking.items()}

    def _rows(self, columns: str, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        holes = ", ".join("?" * len(keys))
        rows = self.db.execute(
            f"SELECT {columns} FROM search_entry e WHERE e.n IN ({holes})",  # noqa: S608
            tuple(keys),
        )
        return {row[0]: row for row in rows}

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries that were found under these keys, in that order; or `EntryGone`."""
        packed = self._held()
        kept = packed.entries(self.db) if packed else None
        known = {key: entry for key in keys if (entry := kept.get(key))} if kept is not None else {}
        missing = [key for key in keys if key not in known]
        for key, *row in self._rows(f"n, {sql.COLUMNS}", missing).values() if missing else ():
            known[key] = sql.as_entry(row)
            if kept is not None:
                kept.put(key, known[key])
        if len(known) < len(set(keys)):
            raise EntryGone
        return [known[key] for key in keys]

    def fitting(self, query: Query, where: Where) -> Sequence[int]:
        """Return the keys of all entries that meet all groups and filters, in any order."""
        with self._asked(query, where) as asked:
            if asked is not None:
                keys: list[int] = asked.packed.keys[asked.fitting()].tolist()
                return keys
        return [one.key for one in self.find(query, where, ALL, every=True)]

    def facts(self, keys: Sequence[int]) -> dict[int, Found]:
        """Return what the rank of entries depends on, by key; those that went have none."""
        with self._asked(NOTHING, Where()) as asked:
            if asked is not None:
                packed = asked.packed
                places = packed.places_of(keys)
                places = places[packed.alive[places]]
                return {one.key: one for one in packed.found(places, [0.0] * len(places))}
        return {n: Found(n, 0.0, *more) for n, *more in self._rows(f"e.n, {FACTS}", keys).values()}

    def told(self, mark: object) -> Told:
        """Return which entries came and went since what was told under `mark`."""
        with sql.one_look(self.db):
            (log,) = self.db.execute("SELECT log FROM search_version").fetchone()
            gone_at, oldest = self.db.execute(
                "SELECT coalesce(max(at), 0), coalesce(min(at), 0) FROM search_gone"
            ).fetchone()
            after, since = 0, gone_at
            whole = not (isinstance(mark, tuple) and mark[0] == log and mark[2] >= oldest - 1)
            if isinstance(mark, tuple) and not whole:
                _, after, since = mark
            added = self.db.execute(
                "SELECT n, title, text FROM search_entry WHERE n > ? ORDER BY n LIMIT ?",
                (after, TOLD),
            ).fetchall()
            gone = self.db.execute("SELECT n FROM search_gone WHERE at > ?", (since,)).fetchall()
            newest = added[-1][0] if added else after
            (left,) = self.db.execute(
                "SELECT count(*) FROM search_entry WHERE n > ?", (newest,)
            ).fetchone()
        return Told((log, newest, gone_at), whole, added, [n for (n,) in gone], left)

    def tags(self) -> list[str]:
        """Return the tags that entries have, in their compared form."""
        with self._asked(NOTHING, Where()) as asked:
            if asked is not None:
                return asked.tags()
        rows = self.db.execute("SELECT DISTINCT tags FROM search_entry WHERE tags <> '  '")
        return list(dict.fromkeys(tag for (tags,) in rows for tag in tags.split()))

    def by_id(self, id_: str) -> list[Entry]:
        """Return the entries that have this id."""
        rows = self.db.execute(f"SELECT {sql.COLUMNS} FROM search_entry WHERE id = ?", (id_,))  # noqa: S608
        return [sql.as_entry(row) for row in rows]

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
