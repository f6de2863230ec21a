"""Entries by what they mean: their vectors, held in memory between searches.

An entry's vector says two things at once, what its first sentence means and what all of it does
with its title: the first is often the point, the second tells apart what is only short.
"""

import re
import sqlite3
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kb.catalogue.vectors import Encodes, Progress, Vectors, key, vectors
from kb.insight.threads import one_thread
from kb.search.blend import Near
from kb.search.nearness import Rows, nothing
from kb.search.ports import Found, SearchEngine, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST = re.compile(r"(.+?)(?:[。！？!?\n]|\.(?=\s)|\Z)", re.DOTALL)
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")
_LETTER = re.compile(r"\w")

SLACK = 10_000
"""Vectors of texts that are gone, and may be more than half of all, before they are let go."""

FRESH = 2_000
"""Entries that came since all were sorted by their rows, before they are sorted again."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The first `count` entries by the rows that they have; `starts` says where each begins."""

    count: int
    order: "NDArray[np.int64]"
    starts: "NDArray[np.int64]"

    def having(self, row: int) -> "NDArray[np.int64]":
        """Return the places of the entries that have a row, growing."""
        if row + 1 >= len(self.starts):
            return self.order[:0]
        return self.order[self.starts[row] : self.starts[row + 1]]


@dataclass(frozen=True, slots=True)
class Held:
    """The vectors of all entries of an index as it was at one `version`.

    `keys` are the entries, growing, and `row` where each has its vector: entries that say the same
    share one. `alive` are those that are still there, `used` the rows that they have.
    """

    version: object
    mark: object
    keys: "NDArray[np.int64]"
    row: "NDArray[np.int32]"
    alive: "NDArray[np.bool_]"
    used: "NDArray[np.bool_]"
    rows: Rows
    japanese: "NDArray[np.bool_]"
    sorted: Sorted

    def near(
        self,
        engine: SearchEngine,
        question: Vectors,
        *,
        japanese: bool,
        known: Mapping[int, Found],
        allowed: Collection[int] | None,
        barred: Collection[int],
        most: int,
    ) -> list[Near]:
        """Return what is near a question: `most` entries in its language and as many in others.

        `question` is its vector. Entries that are `known` are among them wherever they stand, and
        as far from it as can be while they are not held; with
        `allowed` there are no others than these, and there are none of `barred`. `engine` tells
        what they are.
        """
        if not self.rows.count:
            return [Near(one, 0.0, True) for one in known.values()]
        fits, used = self.alive, self.used
        if allowed is not None or barred:
            fits = np.full(len(self.keys), allowed is None)
            fits[self._places(allowed or ())] = True
            fits[self._places(barred)] = False
            fits &= self.alive
            used = np.zeros(self.rows.count, np.bool_)
            used[self.row[fits]] = True
        same = self.japanese == japanese
        with one_thread():
            groups = self.rows.nearest(question, (used & same, used & ~same), most)
            places = np.union1d(self._places(known), self._entries(groups, fits, most))
            similar = self.rows.similar(question, self.row[places].astype(np.int64))
        keys = self.keys[places].tolist()
        facts = engine.facts([n for n in keys if n not in known])
        same = same[self.row[places]]
        told = zip(keys, similar.astype(np.float64).round(4).tolist(), same.tolist(), strict=True)
        near = [
            Near(found, how, ours)
            for n, how, ours in told
            if (found := known.get(n) or facts.get(n)) is not None
        ]
        new = known.keys() - set(keys)
        return near + [Near(known[n], 0.0, True) for n in sorted(new)] if new else near

    def _entries(
        self, groups: "list[NDArray[np.int64]]", fits: "NDArray[np.bool_]", most: int
    ) -> "NDArray[np.int64]":
        """Return the places of the first entries that have the rows of each group, best first.

        Of those that say the same, the last.
        """
        fresh = self.row[self.sorted.count :]
        chosen = []
        for rows in groups:
            left = most
            for row in rows.tolist():
                places = self.sorted.having(row)
                if len(fresh):
                    later = np.flatnonzero(fresh == row) + self.sorted.count
                    places = np.concatenate([places, later])
                places = places[fits[places]][-left:]
                chosen.append(places)
                left -= len(places)
                if not left:
                    break
        return np.concatenate(chosen) if chosen else np.zeros(0, np.int64)

    def _places(self, keys: Collection[int]) -> "NDArray[np.int64]":
        wanted = np.fromiter(keys, np.int64, len(keys))
        if not len(self.keys):
            return wanted[:0]
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found: NDArray[np.int64] = at[self.keys[at] == wanted]
        return found


class Meanings:
    """What a process holds of one index; several threads may ask."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._name = ""
        self._until = 0.0
        self._row_of: dict[int, int] = {}

    def now(
        self,
        db: sqlite3.Connection,
        engine: SearchEngine,
        encoder: Encodes,
        progress: Progress | None = None,
        *,
        patience: float = 0.0,
    ) -> Held:
        """Return the vectors of all entries as they are indexed now.

        `db` keeps them; what it does not know is encoded, with `progress`. With `patience`, what
        came within so many seconds is encoded together: until then its words find it.
        """
        with self._lock:
            if self._name != encoder.name:
                self._held, self._name = None, encoder.name
                self._row_of = {}
            held, version = self._held, engine.version
            if held is not None and held.version == version:
                return held
            soon = patience > 0 and time.monotonic() < self._until
            if held is not None and held.version is not None and soon:
                return held
            held = self._read(db, engine, encoder, version, progress)
            self._until = time.monotonic() + patience
            return held

    def _read(
        self,
        db: sqlite3.Connection,
        engine: SearchEngine,
        encoder: Encodes,
        version: object,
        progress: Progress | None,
    ) -> Held:
        held = self._held or _nothing()
        if held.rows.count > SLACK + 2 * np.count_nonzero(held.used):
            held, self._row_of = _nothing(), {}
        items, far = Items(encoder), _Far(progress)
        while True:
            told = engine.told(held.mark)
            held = self._with(held, told, None if told.left else version, (db, items, far))
            self._held = held  # what was read so far is not read again when the rest goes wrong
            if not told.left:
                return held

    def _with(
        self,
        before: Held,
        told: Told,
        version: object,
        by: tuple[sqlite3.Connection, "Items", "_Far"],
    ) -> Held:
        """Return what is held with what is told; vectors that are new are made."""
        db, items, far = by
        texts = [f"{title}\0{text}" for _, title, text in told.added]
        digests = [key(items.name, text) for text in texts]
        rows, japanese = before.rows, before.japanese
        fresh = {d: t for d, t in zip(digests, texts, strict=True) if d not in self._row_of}
        if fresh:
            some = list(fresh.values())
            rows = rows.more(vectors(db, items, some, far.of(len(some), told.left)))
            speak = [speaks_japanese(text.partition("\0")[2] or text) for text in some]
            japanese = np.concatenate([japanese, np.array(speak, np.bool_)])
            self._row_of |= {digest: n for n, digest in enumerate(fresh, before.rows.count)}
        keys = np.array([n for n, _, _ in told.added], np.int64)
        row = np.array([self._row_of[digest] for digest in digests], np.int32)
        alive = np.ones(len(keys), np.bool_)
        if not told.whole:
            keys, row = np.concatenate([before.keys, keys]), np.concatenate([before.row, row])
            alive = np.concatenate([before.alive, alive])
        gone = np.searchsorted(keys, np.array(told.gone, np.int64))
        gone = gone[gone < len(keys)]
        alive[gone[np.isin(keys[gone], told.gone)]] = False
        used = np.zeros(rows.count, np.bool_)
        used[row[alive]] = True
        by_row = before.sorted
        if told.whole or len(keys) - by_row.count > FRESH:
            by_row = _sorted(row, rows.count)
        return Held(version, told.mark, keys, row, alive, used, rows, japanese, by_row)


def _sorted(row: "NDArray[np.int32]", count: int) -> Sorted:
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))])
    return Sorted(len(row), np.argsort(row, kind="stable"), starts)


def _nothing() -> Held:
    none = np.zeros(0, np.bool_)
    row = np.zeros(0, np.int32)
    by_row = _sorted(row, 0)
    return Held(None, None, np.zeros(0, np.int64), row, none, none, nothing(), none, by_row)


class _Far:
    """Tells how far the encoding is while the texts come some at a time."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0

    def of(self, some: int, left: int) -> Progress | None:
        """Return whom to tell of the next `some` texts; at most as many as are `left` follow."""
        told, before = self._progress, self._done
        self._done += some
        if told is None:
            return None
        return lambda done, whole: told(before + done, before + whole + left)


class Items:
    """Encodes entries: their title and their text, with a NUL between them."""

    def __init__(self, encoder: Encodes) -> None:
        """Take what encodes sentences."""
        self._encoder = encoder
        self.name = f"{encoder.name}-item1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each entry."""
        both = [text.partition("\0") for text in texts]
        first = [first_sentence(text or title) for title, _, text in both]
        whole = [f"{title} {text}".strip() for title, _, text in both]
        rows = self._encoder.encode([*first, *whole])
        rows = rows[: len(texts)] + rows[len(texts) :]
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows.astype(np.float16).astype(np.float32)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or its first line if that ends earlier."""
    found = _FIRST.match(text.strip())
    return found[1] if found else ""


def speaks_japanese(text: str) -> bool:
    """Tell whether a text is Japanese: at least a quarter of the letters it begins with are."""
    beginning = text[:300]
    if beginning.isascii():
        return False
    ours = len(_JAPANESE.findall(beginning))
    return ours > 0 and ours * 4 >= len(_LETTER.findall(beginning))
