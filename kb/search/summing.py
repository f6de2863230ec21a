"""Finds and scores among packed entries: what `kb.search.scoring` does, all of them at once."""

import json
import sqlite3
from collections.abc import Iterable
from math import log
from typing import TYPE_CHECKING

import numpy as np

from kb.search.packed import Packed
from kb.search.packing import EXTRA, KANA, KEY, day
from kb.search.ports import Found, Where
from kb.search.query import Query, Word, loose
from kb.search.scoring import K1
from kb.search.tokens import kana
from kb.search.weighing import by_synonyms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kb.search.packed import Mask, Places

COMMON, FEWEST = 0.05, 20
"""Of a question, terms that more than this share of the entries have are left out; some stay."""
READ = 5_000
"""Entries whose texts are read for a word of hiragana; of more, having all its pairs will do."""
LOOKED = 20_000
"""Entries, the newest, whose texts are read for what has no terms and no kana ("of")."""


class Summing:
    """One question to packed entries that were refreshed; `db` as it was then, under the lock."""

    def __init__(self, db: sqlite3.Connection, packed: Packed, query: Query, where: Where) -> None:
        """Ask `query` of the entries that pass the filters `where`."""
        self.db, self.packed, self.query = db, packed, query
        self._met: dict[Word, Mask] = {}
        self._read: dict[str, list[tuple[Places, NDArray[np.uint8]]]] = {}
        self.whole = int(np.count_nonzero(packed.alive))
        self.allowed = self._allowed(where)

    def fitting(self) -> "Mask":
        """Return which entries meet all groups and filters."""
        met = packed_mask(self.packed) if self.allowed is None else self.packed.alive & self.allowed
        for group in self.query.groups:
            if not met.any():
                break
            ways = [self._meeting(word) for word in group]
            met &= ways[0] if len(ways) == 1 else np.logical_or.reduce(ways)
        for word in self.query.without:
            met &= ~self._meeting(word)
        return met

    def best(self, limit: int, *, every: bool) -> list[Found]:
        """Return the best: of equal ones the newest, then the first ones.

        Without words they are all equal.
        """
        groups = self.query.groups
        if not groups and self.allowed is None:
            return []
        met = self.fitting() if every or not groups else None
        scores = np.zeros(self.packed.count, np.float32)
        words = [word for group in groups for word in group]
        if every:
            terms = dict.fromkeys(t for w in words for t in (*w.terms, *w.other))
            further = dict.fromkeys(f"{EXTRA}{t}" for w in words for t in w.other)
            often = {t: self.packed.frequency(self.db, t) for t in (*terms, *further)}
        else:
            often = self._telling(t for w in words for t in w.terms)
        few = self.packed.count if met is None else int(np.count_nonzero(met))
        if few:
            for term, held in often.items():
                self._add(term, held, scores, met if few * 4 < held else None)
        if met is None:  # any term will do
            met = self._others(self._having(*often))
        places = np.flatnonzero(met)
        counts = self._counts(places) if every and self.query.named else None
        if counts is not None:
            scores[places] *= counts
        best = self._first(places, scores, limit)
        lowered = () if counts is None else counts[np.searchsorted(places, best)].tolist()
        return self.packed.found(best, scores[best].tolist(), lowered)

    def _counts(self, places: "Places") -> "NDArray[np.float64]":
        """Return what entries count that meet words only by other names of them."""
        lacking = np.zeros(len(places), np.intp)
        for own in self.query.named:
            lacking += ~np.logical_or.reduce([self._meeting(word)[places] for word in own])
        groups = len(self.query.groups)
        return np.array([by_synonyms(n, groups) for n in range(groups + 1)])[lacking]

    def _others(self, met: "Mask") -> "Mask":
        met &= self.packed.alive
        if self.allowed is not None:
            met &= self.allowed
        for word in self.query.without:
            met &= ~self._meeting(word)
        return met

    def _telling(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the terms that there are with their frequencies, without the most common ones."""
        often = {term: self.packed.frequency(self.db, term) for term in dict.fromkeys(terms)}
        rarest = sorted((term for term, held in often.items() if held), key=often.__getitem__)
        return {
            term: often[term]
            for n, term in enumerate(rarest)
            if n < FEWEST or often[term] <= self.whole * COMMON
        }

    def _add(self, term: str, held: int, scores: "np.ndarray", met: "Mask | None") -> None:
        """Add what a term counts where it stands: the bm25 of SQLite; of all, or of those `met`."""
        idf = log((self.whole - held + 0.5) / (held + 0.5)) if 0 < held < self.whole else 0.0
        if idf <= 0:  # half of the entries have it: next to nothing
            return
        factor = np.float32(idf * (K1 + 1))
        for places, tenths in self._postings(term):
            if met is not None:
                some = met[places]
                places, tenths = places[some], tenths[some]  # noqa: PLW2901 (fewer of the same)
            weights = tenths * np.float32(0.1)
            scores[places] += factor * weights / (weights + self.packed.damping[places])

    def _first(self, found: "Places", scores: "np.ndarray", limit: int) -> "Places":
        packed = self.packed
        if len(found) > limit:
            how = scores[found]
            least = np.partition(how, len(found) - limit)[len(found) - limit]
            better, equal = found[how > least], found[how == least]
            newest = equal - (packed.dates[equal].astype(np.int64) << 32)
            few = limit - len(better)
            if few < len(equal):
                equal = equal[np.argpartition(newest, few)[:few]]
            found = np.concatenate([better, equal])
        return found[np.lexsort((found, -packed.dates[found], -scores[found]))]

    def tags(self) -> list[str]:
        """Return the tags that entries have."""
        start = f"{KEY}t:"
        return [term.removeprefix(start) for term in self.packed.starting(self.db, start)]

    def _postings(self, term: str) -> "list[tuple[Places, NDArray[np.uint8]]]":
        """Return where a term stands; it is read once."""
        if term not in self._read:
            self._read[term] = list(self.packed.postings(self.db, term))
        return self._read[term]

    def _having(self, *terms: str) -> "Mask":
        """Return which entries have one of these terms."""
        found = np.zeros(self.packed.count, np.bool_)
        for term in terms:
            for places, _ in self._postings(term):
                found[places] = True
        return found

    # What an entry must be

    def _meeting(self, word: Word) -> "Mask":
        """Return in which entries a word stands; it is found out once."""
        if word not in self._met:
            self._met[word] = self._standing(word)
        return self._met[word]

    def _standing(self, word: Word) -> "Mask":
        packed, db = self.packed, self.db
        if not word.terms:
            return self._literally(word.text)
        if loose(word):
            starting = packed.starting(db, word.text)
            return self._having(*starting, f"{EXTRA}{word.text}")
        found = self._all((term,) for term in word.terms)
        if word.phrase and len(word.terms) > 1:
            return found & self._side_by_side(word.terms) if found.any() else found
        if word.other:
            found |= self._all((term, f"{EXTRA}{term}") for term in word.other)
        return found

    def _all(self, wanted: Iterable[tuple[str, ...]]) -> "Mask":
        """Return which entries have one of each."""
        found: Mask | None = None
        for ways in dict.fromkeys(wanted):
            having = self._having(*ways)
            found = having if found is None else found & having
            if not found.any():
                break
        return found if found is not None else np.zeros(self.packed.count, np.bool_)

    def _side_by_side(self, terms: tuple[str, ...]) -> "Mask":
        phrase = " ".join(term.replace('"', '""') for term in terms)
        return self._keyed(
            "SELECT group_concat(rowid) FROM search_fts WHERE search_fts MATCH ?", f'"{phrase}"'
        )

    def _keyed(self, sql: str, *values: object) -> "Mask":
        """Return which entries a query for keys, joined by commas, tells."""
        (keys,) = self.db.execute(sql, values).fetchone()
        found = np.zeros(self.packed.count, np.bool_)
        found[self.packed.places_of([int(key) for key in keys.split(",")] if keys else [])] = True
        return found

    def _literally(self, text: str) -> "Mask":
        """Return which entries hold a text of which nothing is a term."""
        packed, db = self.packed, self.db
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        holds = r"(text LIKE ? ESCAPE '\' OR title LIKE ? ESCAPE '\')"
        pairs = dict.fromkeys(f"{KANA}{pair}" for pair in kana(text))
        if not pairs:
            starting = packed.starting(db, f"{KANA}{text}")
            if starting:
                return self._having(*starting)
            since = int(packed.keys[-LOOKED:][0]) if packed.count else 0
            sql = f"SELECT group_concat(n) FROM search_entry WHERE n >= ? AND {holds}"  # noqa: S608
            return self._keyed(sql, since, like, like)
        found = self._all((pair,) for pair in pairs) & packed.alive
        if len(text) == len("か" * 2) or np.count_nonzero(found) > READ:
            return found
        keys = json.dumps(packed.keys[found].tolist())
        sql = (
            "SELECT group_concat(n) FROM search_entry WHERE n IN (SELECT value FROM json_each(?))"  # noqa: S608
            f" AND {holds}"
        )
        return self._keyed(sql, keys, like, like)

    def _allowed(self, where: Where) -> "Mask | None":
        """Return which entries the filters let pass; None when there are none."""
        packed = self.packed
        masks = [
            self._having(*(f"{KEY}{letter}:{name}" for name in names))
            for letter, names in (
                ("k", where.kinds),
                ("a", where.accounts),
                ("o", [name.casefold() for name in where.owners]),
                ("t", [name.casefold() for name in where.tags]),
            )
            if names
        ]
        if where.since:
            masks.append(packed.dates >= day(where.since))
        if where.until:
            masks.append((packed.dates <= day(where.until)) & (packed.dates > 0))
        if where.state == "overdue":
            late = (packed.dues > 0) & (packed.dues < day(where.today))
            masks.append(self._having(f"{KEY}s:open") & late)
        elif where.state:
            todo = self._having(f"{KEY}k:todo")
            masks.append(todo & self._having(f"{KEY}s:{where.state}"))
        return np.logical_and.reduce(masks) if masks else None


def packed_mask(packed: Packed) -> "Mask":
    """Return which entries there are, to be narrowed down."""
    return packed.alive.copy()
