"""Very many entries, packed: for each term the entries that have it, as numbers side by side.

SQLite's full text scores a row at a time; a word that stands in every second meeting has a hundred
thousand of them. Packed, numbers are read by the block and summed at once. Entries are packed some
thousands at a time; what came since then is read from the tables (`kb.search.packed`).
"""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.catalogue import ingest
from kb.search.tokens import kana
from kb.search.weighing import WEIGHTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 32_768
"""Entries of a pack at most: 16 bits tell them apart."""
FRESH = 4_096
"""Entries that are not packed yet, at most: each process holds what is said of them in memory."""
SMALL, MANY = 8_192, 4
"""Entries of a pack that is small, and how many such beside each other become one."""
KANA, EXTRA, KEY = "\x01", "\x02", "\x03"
"""What begins terms that are no words: pairs of hiragana, other spellings, what filters ask for."""
TENTHS = tuple(round(weight * 10) for weight in WEIGHTS)
"""What a word counts where it stands, in tenths: a byte holds it."""
SAID = (
    "SELECT e.n, e.kind, e.account, e.status, e.date, e.due, e.owners, e.tags, e.title, e.text,"
    " f.text, f.title, f.around, coalesce(x.extra, '') FROM search_entry e"
    " CROSS JOIN search_fts f ON f.rowid = e.n LEFT JOIN search_extra x ON x.rowid = e.n"
)
"""What is read of entries; crossed, so that the entries come first and the rest by their keys."""


class Said(NamedTuple):
    """What the index says of an entry: days as numbers (0: none), its words by their weight."""

    key: int
    kind: str
    status: str | None
    size: int
    date: int
    due: int
    words: tuple[tuple[int, list[str]], ...]


def said(row: tuple[object, ...]) -> Said:
    """Return what stands in a row of `SAID`."""
    kind, account, status, date, due, owners, tags, title, text = row[1:10]
    cut = [str(words).split() for words in row[10:14]]
    keys = [f"{KEY}k:{kind}", *(f"{KEY}o:{name}" for name in str(owners).split())]
    keys += [f"{KEY}t:{name}" for name in str(tags).split()]
    keys += [f"{KEY}a:{account}"] if account else []
    keys += [f"{KEY}s:{status}"] if status else []
    loose = [f"{KANA}{pair}" for part in (text, title) for pair in kana(str(part))]
    further = [f"{EXTRA}{term}" for term in cut[3]]
    return Said(
        *(int(str(row[0])), str(kind), str(status) if status else None),
        sum(map(len, cut[:3])),
        day(date),
        day(due),
        (*zip(TENTHS, cut[:3], strict=True), (10, further), (1, [*keys, *dict.fromkeys(loose)])),
    )


def day(date: object) -> int:
    """Return a date (YYYY-MM-DD) as a number that grows with time; 0 where there is none."""
    digits = str(date or "").replace("-", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 8 else 0


class Pack(NamedTuple):
    """Entries packed: their keys, sizes and days, and for each term which and how much."""

    keys: "NDArray[np.int64]"
    sizes: "NDArray[np.uint16]"
    dates: "NDArray[np.int32]"
    dues: "NDArray[np.int32]"
    terms: dict[str, tuple[int, bytes]]


def packed(entries: Iterable[Said]) -> Pack:
    """Pack entries, `LARGEST` of them at most, in the order of their keys."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    ids, counts, tenths = array("i"), array("i"), array("B")
    keys, sizes, dates, dues, held = array("q"), array("H"), array("i"), array("i"), array("i")
    for one in entries:
        keys.append(one.key)
        sizes.append(min(one.size, 65_535))
        dates.append(one.date)
        dues.append(one.due)
        before = len(ids)
        for weight, words in one.words:
            ids.extend([numbers[word] for word in words])
            counts.append(len(words))
            tenths.append(weight)
        held.append(len(ids) - before)
    said_by = np.repeat(np.arange(len(keys)), np.array(held, np.int64))
    weights = np.repeat(np.array(tenths, np.int32), np.array(counts, np.int64))
    return Pack(
        np.array(keys, np.int64),
        np.array(sizes, np.uint16),
        np.array(dates, np.int32),
        np.array(dues, np.int32),
        _by_term(list(numbers), np.array(ids, np.int64), said_by, weights),
    )


def _by_term(
    names: list[str],
    ids: "NDArray[np.int64]",
    said_by: "NDArray[np.int64]",
    weight: "NDArray[np.int32]",
) -> dict[str, tuple[int, bytes]]:
    """Return for each term how many entries have it, then their numbers and its weights."""
    if not len(ids):
        return {}
    both = ids * LARGEST + said_by
    order = np.argsort(both, kind="stable")
    both, weight = both[order], weight[order]
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
    whole = np.minimum(np.add.reduceat(weight, starts), 255).astype(np.uint8)
    which = (both[starts] % LARGEST).astype(np.uint16)
    term = both[starts] // LARGEST
    edges = [*np.flatnonzero(np.concatenate([[True], term[1:] != term[:-1]])).tolist(), len(term)]
    return {
        names[int(term[a])]: (b - a, which[a:b].tobytes() + whole[a:b].tobytes())
        for a, b in pairwise(edges)
    }


def numbers_of(held: int, numbers: bytes) -> tuple["NDArray[np.uint16]", "NDArray[np.uint8]"]:
    """Return the numbers of entries that have a term, and its weights in tenths."""
    return np.frombuffer(numbers, np.uint16, held), np.frombuffer(numbers, np.uint8, held, held * 2)


def pack_up(db: sqlite3.Connection) -> bool:
    """Pack the next entries that are to be packed; False when there are none.

    They are read outside of a transaction, and written only if nobody packed meanwhile.
    """
    known = log(db)
    (at,) = db.execute("SELECT coalesce(max(at), 0) FROM search_gone").fetchone()
    packs = db.execute("SELECT first, last, held FROM search_pack ORDER BY first").fetchall()
    after, last = _due(db, packs)
    if after is None:
        return False
    rows = db.execute(
        f"{SAID} WHERE e.n > ? AND e.n <= ? ORDER BY e.n LIMIT ?", (after, last, LARGEST)
    )
    made = packed(map(said, rows))
    if len(made.keys) == LARGEST:
        last = int(made.keys[-1])
    with ingest.transaction(db):
        if log(db) == known:
            _write(db, made, (after + 1, last), at)
    return True


def _due(db: sqlite3.Connection, packs: list[tuple[int, int, int]]) -> tuple[int | None, int]:
    """Return after which entry and up to which one is to be packed; None when nothing is."""
    end = packs[-1][1] if packs else 0
    (newest,) = db.execute("SELECT coalesce(max(n), 0) FROM search_entry").fetchone()
    if packs and newest - end < FRESH:
        return None, 0
    gone = np.array([n for (n,) in db.execute("SELECT n FROM search_gone ORDER BY n")], np.int64)
    for first, last, held in packs:
        if (np.searchsorted(gone, last + 1) - np.searchsorted(gone, first)) * 2 > held:
            return first - 1, last
    for at in range(len(packs) - MANY + 1):
        some = packs[at : at + MANY]
        if all(held < SMALL for _, _, held in some):
            return some[0][0] - 1, some[-1][1]
    (fresh,) = db.execute("SELECT count(*) FROM search_entry WHERE n > ?", (end,)).fetchone()
    return (None, 0) if fresh < (FRESH if packs else 1) else (end, newest)


def _write(db: sqlite3.Connection, made: Pack, span: tuple[int, int], at: int) -> None:
    """Write a pack in place of those that it covers; what went before `at` is in it no more."""
    old = db.execute(
        "SELECT pack, first_row, last_row FROM search_pack WHERE first >= ? AND last <= ?", span
    ).fetchall()
    for pack, first, last in old:
        db.execute("DELETE FROM search_posting WHERE row BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM search_pack WHERE pack = ?", (pack,))
    db.execute("DELETE FROM search_gone WHERE n BETWEEN ? AND ? AND at <= ?", (*span, at))
    db.execute("UPDATE search_version SET number = random(), log = random(), packed = 1")
    if not len(made.keys):
        return
    (row,) = db.execute("SELECT coalesce(max(row), 0) + 1 FROM search_posting").fetchone()
    pack = db.execute(
        "INSERT INTO search_pack (first, last, held, keys, sizes, dates, dues, first_row, last_row)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *span,
            len(made.keys),
            *(one.tobytes() for one in made[:4]),
            *(row, row + len(made.terms) - 1),
        ),
    ).lastrowid
    db.executemany(
        "INSERT INTO search_posting VALUES (?, ?, ?, ?, ?)",
        ((row + n, term, pack, *made.terms[term]) for n, term in enumerate(sorted(made.terms))),
    )


def log(db: sqlite3.Connection) -> int:
    """Return what is another number when what is known of added and removed entries is void."""
    (number,) = db.execute("SELECT log FROM search_version").fetchone()
    return int(number)


def spans(db: sqlite3.Connection) -> Iterator[tuple[int, Pack]]:
    """Yield the packs without their terms, in the order of their entries."""
    rows = db.execute("SELECT pack, keys, sizes, dates, dues FROM search_pack ORDER BY first")
    for pack, keys, sizes, dates, dues in rows:
        yield (
            pack,
            Pack(
                np.frombuffer(keys, np.int64),
                np.frombuffer(sizes, np.uint16),
                np.frombuffer(dates, np.int32),
                np.frombuffer(dues, np.int32),
                {},
            ),
        )
