"""What a process holds of packed entries: where each stands, what it weighs, what came since.

A place is a number from 0 on: first the entries of the packs in their order, then those that came
since. What went keeps its place until the packs are read anew.
"""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from kb.remembered import Remembered
from kb.search.packing import KEY, SAID, Said, numbers_of, said, spans
from kb.search.ports import Entry, Found
from kb.search.scoring import K1, B

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]

ROOM = 8_192
"""Places that are made ready at once for entries to come."""
READ, EACH = 8_000_000, 500
"""What the entries that were read last may hold in memory, and what one holds besides its text."""


class Packed:
    """The entries of one index; to be used under its `lock`, after `refresh`."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.lock = RLock()
        self._known: tuple[int, int] | None = None
        self._entries: Remembered[Entry] = Remembered(READ, _size)
        self._forget()

    def _forget(self) -> None:
        self.count = 0
        """How many places there are."""
        self._bases: dict[int, int] = {}
        self._newest = self._last_gone = 0
        self._average = 1.0
        self._keys = np.zeros(0, np.int64)
        self._damping = np.zeros(0, np.float32)
        self._dates = np.zeros(0, np.int32)
        self._dues = np.zeros(0, np.int32)
        self._alive = np.zeros(0, np.bool_)
        self._kinds = Names("k", 0)
        self._statuses = Names("s", 0)
        self._fresh: dict[str, tuple[array[int], array[int]]] = {}

    @property
    def keys(self) -> "Places":
        """The keys of all entries, growing."""
        return self._keys[: self.count]

    @property
    def damping(self) -> "NDArray[np.float32]":
        """What the length of each entry takes from the weight of a word."""
        return self._damping[: self.count]

    @property
    def dates(self) -> "NDArray[np.int32]":
        """The day of each entry as a number, 0 without one."""
        return self._dates[: self.count]

    @property
    def dues(self) -> "NDArray[np.int32]":
        """The day on which each entry is due as a number, 0 without one."""
        return self._dues[: self.count]

    @property
    def alive(self) -> "Mask":
        """Whether each entry is still there."""
        return self._alive[: self.count]

    def refresh(self, db: sqlite3.Connection) -> None:
        """Take in what came and went since the last time; all within one reading of `db`."""
        known = db.execute("SELECT log, number FROM search_version").fetchone()
        if known == self._known:
            return
        self._entries = Remembered(READ, _size)
        if self._known is None or known[0] != self._known[0]:
            self._forget()
            self._read(db)
        try:
            for row in db.execute(f"{SAID} WHERE e.n > ? ORDER BY e.n", (self._newest,)):
                self._add(said(row))
            for at, n in db.execute(
                "SELECT at, n FROM search_gone WHERE at > ? ORDER BY at", (self._last_gone,)
            ):
                self._last_gone = at
                place = int(np.searchsorted(self.keys, n))
                if place < self.count and self._keys[place] == n:
                    self._alive[place] = False
        except BaseException:
            self._known = None
            raise
        self._known = known

    def _read(self, db: sqlite3.Connection) -> None:
        packs = list(spans(db))
        for number, pack in packs:
            self._bases[number] = self.count
            self.count += len(pack.keys)
        if not packs:
            return
        room = np.zeros(ROOM, np.int64)
        sizes = np.concatenate([pack.sizes for _, pack in packs])
        self._average = float(sizes.mean()) or 1.0
        self._keys = np.concatenate([*(pack.keys for _, pack in packs), room])
        self._dates = np.concatenate([*(pack.dates for _, pack in packs), room.astype(np.int32)])
        self._dues = np.concatenate([*(pack.dues for _, pack in packs), room.astype(np.int32)])
        self._damping = np.concatenate([self._damped(sizes), room.astype(np.float32)])
        self._alive = np.concatenate([np.ones(self.count, np.bool_), room.astype(np.bool_)])
        self._kinds, self._statuses = (Names(letter, len(self._keys)) for letter in "ks")
        for names in (self._kinds, self._statuses):
            names.read(db, self._bases)
        self._newest = int(self.keys[-1])

    def _damped(self, sizes: "NDArray[np.uint16]") -> "NDArray[np.float32]":
        return (K1 * (1 - B + B * sizes / self._average)).astype(np.float32)

    def _add(self, one: Said) -> None:
        place = self.count
        if place == len(self._keys):
            room = (0, ROOM)
            self._keys, self._dates = np.pad(self._keys, room), np.pad(self._dates, room)
            self._dues, self._damping = np.pad(self._dues, room), np.pad(self._damping, room)
            self._alive = np.pad(self._alive, room)
            self._kinds.grow(ROOM)
            self._statuses.grow(ROOM)
        self._keys[place], self._dates[place], self._dues[place] = one.key, one.date, one.due
        self._damping[place] = K1 * (1 - B + B * min(one.size, 65_535) / self._average)
        self._alive[place] = True
        held: dict[str, int] = {}
        for weight, words in one.words:
            for word in words:
                held[word] = held.get(word, 0) + weight
        for word, weight in held.items():
            places, weights = self._fresh.setdefault(word, (array("q"), array("B")))
            places.append(place)
            weights.append(min(weight, 255))
        self._kinds.put(place, one.kind)
        self._statuses.put(place, one.status)
        self._newest = one.key
        self.count += 1

    def frequency(self, db: sqlite3.Connection, term: str) -> int:
        """Return how many entries have a term; those that went are counted, too."""
        (held,) = db.execute(
            "SELECT coalesce(sum(held), 0) FROM search_posting WHERE term = ?", (term,)
        ).fetchone()
        fresh = self._fresh.get(term)
        return int(held) + (len(fresh[0]) if fresh else 0)

    def postings(
        self, db: sqlite3.Connection, term: str
    ) -> Iterator[tuple["Places", "NDArray[np.uint8]"]]:
        """Yield the places of the entries that have a term, and what it weighs there in tenths."""
        rows = db.execute("SELECT pack, held, numbers FROM search_posting WHERE term = ?", (term,))
        for pack, held, numbers in rows:
            which, weights = numbers_of(held, numbers)
            yield which.astype(np.int64) + self._bases[pack], weights
        fresh = self._fresh.get(term)
        if fresh:
            yield np.array(fresh[0], np.int64), np.array(fresh[1], np.uint8)

    def starting(self, db: sqlite3.Connection, start: str) -> list[str]:
        """Return the terms that begin so."""
        rows = db.execute(
            "SELECT DISTINCT term FROM search_posting WHERE term >= ? AND term < ?",
            (start, f"{start}\U0010ffff"),
        )
        found = dict.fromkeys(term for (term,) in rows)
        return [*found, *(t for t in self._fresh if t.startswith(start) and t not in found)]

    def entries(self, db: sqlite3.Connection) -> Remembered[Entry] | None:
        """Return the entries that were read last by their keys; None when they may be others now.

        Who types a word asks for much the same ones with each letter.
        """
        known = db.execute("SELECT log, number FROM search_version").fetchone()
        return self._entries if known == self._known else None

    def found(
        self, places: "Places", scores: Sequence[float], synonyms: Sequence[float] = ()
    ) -> list[Found]:
        """Return entries by their places with what their rank depends on."""
        return [
            Found(key, score, kind or "", status, _date(date), synonym)
            for key, score, kind, status, date, synonym in zip(
                *(self._keys[places].tolist(), scores),
                *(self._kinds.at(places), self._statuses.at(places)),
                *(self._dates[places].tolist(), synonyms or [1.0] * len(places)),
                strict=True,
            )
        ]

    def places_of(self, keys: Sequence[int]) -> "Places":
        """Return the places of those of the keys that there are."""
        wanted = np.array(keys, np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), max(self.count - 1, 0))
        return at[self.keys[at] == wanted] if self.count else at[:0]


class Names:
    """What each entry is, of a few names: as a number each."""

    def __init__(self, letter: str, room: int) -> None:
        """Hold nothing of as many entries as there is `room` for; `letter` begins their terms."""
        self._start = f"{KEY}{letter}:"
        self._which = np.zeros(room, np.uint16)
        self._names: dict[str | None, int] = {None: 0}

    def read(self, db: sqlite3.Connection, bases: dict[int, int]) -> None:
        """Read what the packed entries are; `bases` says where each pack begins."""
        rows = db.execute(
            "SELECT term, pack, held, numbers FROM search_posting WHERE term >= ? AND term < ?",
            (self._start, f"{self._start}\U0010ffff"),
        )
        for term, pack, held, numbers in rows:
            places = numbers_of(held, numbers)[0].astype(np.int64) + bases[pack]
            self._which[places] = self._number(term.removeprefix(self._start))

    def grow(self, room: int) -> None:
        """Have room for so many more."""
        self._which = np.pad(self._which, (0, room))

    def put(self, place: int, name: str | None) -> None:
        """Note what an entry is."""
        self._which[place] = self._number(name)

    def at(self, places: "Places") -> list[str | None]:
        """Return what some entries are."""
        names = list(self._names)
        return [names[n] for n in self._which[places].tolist()]

    def _number(self, name: str | None) -> int:
        if len(self._names) > np.iinfo(np.uint16).max:  # which nobody does on purpose
            return self._names.get(name, 0)
        return self._names.setdefault(name, len(self._names))


def _size(entry: Entry) -> int:
    return EACH + len(entry.title) + len(entry.text) + len(entry.around)


@lru_cache(maxsize=4096)
def _date(number: int) -> str | None:
    digits = f"{number:08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if number else None


@lru_cache(maxsize=4)
def held(file: str) -> Packed:
    """Return what this process holds of the index in a file."""
    del file  # it only tells one from another
    return Packed()
