"""Entries by what they mean: a vector for each, held in memory between searches.

An entry's vector says two things at once, what its first sentence means and what all of it does
with its title: the first is often the point, the second tells apart what is only short.
"""

import re
import sqlite3
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kb.catalogue.vectors import Encodes, Progress, Vectors, vectors
from kb.insight.threads import one_thread
from kb.search.blend import Near
from kb.search.ports import Changes, Found, SearchEngine

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST = re.compile(r"(.+?)(?:[。！？!?\n]|\.(?=\s)|\Z)", re.DOTALL)
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")
_LETTER = re.compile(r"\w")


FEW = 2_000
"""Changed entries that are brought along one by one; with more of them all are read again."""
SPARE = 8
"""A store of vectors that is full grows by one part in so many."""
GONE = 4
"""Where one entry in so many is gone all are read again, to be rid of those."""


@dataclass(frozen=True, slots=True)
class Held:
    """The vectors of all entries of an index as it was at one `version`, a row for each.

    `items` are the entries as they were encoded, `place` their rows by key; later versions add to
    these and to `found`, and the rows that were here then are those that count. Entries that are
    not `there` are gone.
    """

    version: object
    items: list[str]
    found: list[Found]
    rows: Vectors
    japanese: "NDArray[np.bool_]"
    there: "NDArray[np.bool_]"
    place: dict[int, int]

    def near(
        self,
        question: Vectors,
        *,
        japanese: bool,
        keys: Collection[int],
        allowed: Collection[int] | None,
        barred: Collection[int],
        most: int,
    ) -> list[Near]:
        """Return what is near a question: `most` entries in its language and as many in others.

        `question` is its vector. Entries in `keys` are among them wherever they stand; with
        `allowed` there are no others than these, and there are none of `barred`.
        """
        if not len(self.rows):
            return []
        with one_thread():
            similar = self.rows @ question
        fits = self.there.copy() if allowed is None else np.zeros(len(self.rows), bool)
        fits[self._places(allowed or ())] = True
        fits[self._places(barred)] = False
        same = self.japanese == japanese
        chosen = set(self._places(keys))
        for group in (fits & same, fits & ~same):
            (there,) = np.nonzero(group)
            if len(there) > most:
                there = there[np.argpartition(-similar[there], most)[:most]]
            chosen.update(there.tolist())
        return [
            Near(self.found[n], round(float(similar[n]), 4), bool(same[n])) for n in sorted(chosen)
        ]

    def _places(self, keys: Collection[int]) -> list[int]:
        places = map(self.place.get, keys)
        return [at for at in places if at is not None and at < len(self.rows)]


class Meanings:
    """What a process holds of one index; several threads may ask."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._name = ""
        self._room: Vectors = np.zeros((0, 0), np.float32)

    def now(
        self,
        db: sqlite3.Connection,
        engine: SearchEngine,
        encoder: Encodes,
        progress: Progress | None = None,
    ) -> Held:
        """Return the vectors of all entries as they are indexed now.

        `db` keeps them; what it does not know is encoded, with `progress`.
        """
        with self._lock:
            version = engine.version
            held = self._held if self._name == encoder.name else None
            if held is None or held.version != version:
                known = held and engine.changes(held.version, version, FEW)
                if held and known and held.there.sum() * GONE > len(held.there) * (GONE - 1):
                    held = self._follow(held, known, version, (db, encoder))
                else:
                    held = self._read(db, engine, encoder, held, progress)
                self._held, self._name = held, encoder.name
            return held

    def _follow(
        self,
        before: Held,
        changes: Changes,
        version: object,
        by: tuple[sqlite3.Connection, Encodes],
    ) -> Held:
        """Return what is held with the changes up to a version: a save changes a few entries."""
        items = [_item(title, text) for _, title, text in changes.added]
        count = len(before.rows)
        there = np.concatenate([before.there, np.ones(len(items), bool)])
        for key in changes.gone & before.place.keys():
            there[before.place.pop(key)] = False
        rows, japanese = before.rows, before.japanese
        if items:
            db, encoder = by
            made = vectors(db, Items(encoder), items)
            if not self._holds(rows) or count + len(items) > len(self._room):
                size = (count + len(items)) * (SPARE + 1) // SPARE
                self._room = np.zeros((size, made.shape[1]), np.float32)
                self._room[:count] = rows
            self._room[count : count + len(items)] = made
            rows = self._room[: count + len(items)]
            japanese = np.concatenate([japanese, _japanese(items)])
        before.items.extend(items)
        before.found.extend(found for found, _, _ in changes.added)
        for at, (found, _, _) in enumerate(changes.added, count):
            before.place[found.key] = at
        return Held(version, before.items, before.found, rows, japanese, there, before.place)

    def _holds(self, rows: Vectors) -> bool:
        return rows.base is self._room

    def _read(
        self,
        db: sqlite3.Connection,
        engine: SearchEngine,
        encoder: Encodes,
        before: Held | None,
        progress: Progress | None,
    ) -> Held:
        version = engine.version
        told = engine.texts()
        items = [_item(title, text) for _, title, text in told]
        row_of = {item: n for n, item in enumerate(before.items)} if before else {}
        rows = before.rows if before else np.zeros((0, 0), np.float32)
        japanese = before.japanese if before else np.zeros(0, bool)
        fresh = [item for item in dict.fromkeys(items) if item not in row_of]
        if fresh:
            row_of |= {item: len(rows) + n for n, item in enumerate(fresh)}
            made = vectors(db, Items(encoder), fresh, progress)
            rows = np.concatenate([rows, made]) if len(rows) else made
            japanese = np.concatenate([japanese, _japanese(fresh)])
        chosen = [row_of[item] for item in items]
        return Held(
            version=version,
            items=items,
            found=[found for found, _, _ in told],
            rows=rows[chosen],
            japanese=japanese[chosen],
            there=np.ones(len(chosen), bool),
            place={found.key: n for n, (found, _, _) in enumerate(told)},
        )


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


def _item(title: str, text: str) -> str:
    return f"{title}\0{text}"


def _japanese(items: Sequence[str]) -> "NDArray[np.bool_]":
    return np.array([speaks_japanese(one.partition("\0")[2] or one) for one in items], bool)


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
