"""How alike notes are: their vectors without the mean, and the words that they share.

Insights of one team all sound alike; what they share is their mean. Taking it away leaves what
tells them apart. Few notes know their mean badly, so it is taken away in part. Two notes in
different languages are less alike than two in the same that say as much; they count more.
"""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.insight.threads import one_thread

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Encode = Callable[[Sequence[str]], Floats]

BLOCK = 1024
"""Rows of the matrix of similarities that are held at once."""
PRIOR = 4.0
"""So many notes at the origin are added when the mean is taken."""
SHARED = 256
"""Columns that the words are folded into; two words meet in one too seldom to matter."""
FIRST = 10
"""So many times as many rows are looked at by their vectors before their words count."""
MANY = 2_000
"""From so many rows on, few are looked at in full."""
COARSE = 128
"""Directions, those in which the rows differ most, by which the others are told."""
OUT = -9.0
"""The likeness of what is left out."""
GRAMS = 1024
"""Columns for runs of characters, where there is no encoder."""


def mean_of(vectors: Floats) -> Floats:
    """Return the mean of the rows, drawn towards the origin where they are few."""
    total = vectors.sum(axis=0, dtype=np.float64) / (len(vectors) + PRIOR)
    return np.asarray(total, dtype=np.float32)


def unit(vectors: Floats) -> Floats:
    """Return the rows at length one (nought stays nought)."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-6), dtype=np.float32)


def gram_vectors(texts: Sequence[str]) -> Floats:
    """Return a vector for each text from its runs of one to three characters: no encoder needed."""
    rows = np.zeros((len(texts), GRAMS), dtype=np.float32)
    for at, text in enumerate(texts):
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        hashed = codes.astype(np.uint64)
        for width in (1, 2, 3):
            if len(codes) < width:
                break
            if width > 1:
                hashed = hashed[:-1] * np.uint64(1_000_003) + codes[width - 1 :]
            places = (hashed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(54)
            rows[at] += np.bincount(places.astype(np.intp), minlength=GRAMS)
    return unit(np.sqrt(rows))


class Rarity:
    """How much a word says: the fewer notes hold it, the more (0 to 1)."""

    def __init__(self, notes: Sequence[Collection[str]]) -> None:
        """Count in how many notes each word stands."""
        self._held = Counter(word for words in notes for word in words)
        self._all = len(notes) + 1
        self._top = math.log(self._all / 0.5)

    def of(self, word: str) -> float:
        """Return the weight of a word; one that was never seen weighs most."""
        return math.log(self._all / (self._held[word] + 0.5)) / self._top if self._all > 1 else 1.0

    def overlap(self, one: Collection[str], other: Collection[str]) -> float:
        """Return the part of the words of two notes that both have, by weight (0 to 1)."""
        shared = sum(self.of(word) ** 2 for word in one if word in other)
        if not shared:
            return 0.0
        alone = [sum(self.of(word) ** 2 for word in words) for words in (one, other)]
        return shared / math.sqrt(alone[0] * alone[1])

    def columns(self, words: Collection[str]) -> Floats:
        """Return the words as a row of length one: products of rows are about the overlap."""
        row = np.zeros(SHARED, dtype=np.float32)
        for word in words:
            place = zlib.crc32(word.encode("utf-8", "replace"))
            row[place % SHARED] += self.of(word) * (1 if place & 0x10000 else -1)
        return unit(row)

    def rows(self, notes: Sequence[Collection[str]]) -> Floats:
        """Return the words of many notes, a row for each."""
        found = np.zeros((len(notes), SHARED), dtype=np.float32)
        for at, words in enumerate(notes):
            found[at] = self.columns(words)
        return found


class Row(NamedTuple):
    """One note: the vector of its sentence, that of its words, whether in Latin letters."""

    vector: Floats
    words: Floats
    latin: bool


class Space:
    """Rows of notes, vectors and words, with room for more.

    `abroad` is by how much a likeness across languages counts more, `shared` what the words
    weigh beside the vectors.
    """

    def __init__(
        self, vectors: Floats, words: Floats, latin: Sequence[bool], abroad: float, shared: float
    ) -> None:
        """Take rows of unit length; `latin` tells which are in Latin letters."""
        self._vectors = vectors
        self._words = words
        self._latin = np.array(latin, dtype=bool)
        self._size = len(vectors)
        self._coarse: tuple[Floats, Floats] | None = None
        self.abroad, self.shared = abroad, shared

    @property
    def vectors(self) -> Floats:
        """The rows of the sentences."""
        return self._vectors[: self._size]

    @property
    def words(self) -> Floats:
        """The rows of the words."""
        return self._words[: self._size]

    @property
    def latin(self) -> npt.NDArray[np.bool_]:
        """Which rows are in Latin letters."""
        return self._latin[: self._size]

    def add(self, vector: Floats, words: Floats, *, latin: bool) -> None:
        """Take in one row more; where there is no room, a quarter more is made."""
        if self._size == len(self._vectors):
            room = self._size // 4 + 64
            self._vectors = np.pad(self._vectors, ((0, room), (0, 0)))
            self._words = np.pad(self._words, ((0, room), (0, 0)))
            self._latin = np.pad(self._latin, (0, room))
        self._vectors[self._size] = vector
        self._words[self._size] = words
        self._latin[self._size] = latin
        if self._coarse is not None:
            directions, rows = self._coarse
            if self._size == len(rows):
                rows = np.pad(rows, ((0, len(self._vectors) - len(rows)), (0, 0)))
            rows[self._size] = vector @ directions
            self._coarse = directions, rows
        self._size += 1

    def _coarsely(self, vector: Floats) -> Floats:
        """Return about how alike one vector is to every row.

        A quarter of the numbers is read: what takes the time is to fetch them.
        """
        if self._coarse is None:
            with one_thread():
                _, found = np.linalg.eigh(self.vectors.T @ self.vectors)
                directions = np.ascontiguousarray(found[:, -COARSE:])
                self._coarse = directions, self.vectors @ directions
        directions, rows = self._coarse
        return np.asarray(np.einsum("ij,j->i", rows[: self._size], vector @ directions))

    def closest(
        self,
        note: Row,
        *,
        left_out: Indices,
        count: int,
        weights: tuple[float, float] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the `count` rows most like one note with their likeness, in no order.

        Rows that are `left_out` are none of them. `weights` stand for `abroad` and `shared`.
        """
        abroad, shared = weights or (self.abroad, self.shared)
        factors = np.where(self.latin != note.latin, np.float32(1 + abroad), np.float32(1))
        # `einsum` reads each row once; the threads of a product of matrices wait for each other.
        few = self._size < MANY
        scores: Floats = (
            np.einsum("ij,j->i", self.vectors, note.vector) if few else self._coarsely(note.vector)
        )
        scores *= factors
        scores[left_out] = OUT
        near = _largest(scores, count * FIRST)
        if not few:
            near = near[scores[near] > OUT / 2]
            scores[near] = np.einsum("ij,j->i", self.vectors[near], note.vector) * factors[near]
        sums = scores[near] + np.float32(shared) * (self.words[near] @ note.words)
        best = _largest(sums, count)
        return [
            (at, score)
            for at, score in zip(near[best].tolist(), sums[best].tolist(), strict=True)
            if score > OUT / 2
        ]

    def mean(self, note: Row, others: Sequence[int], weights: tuple[float, float]) -> float:
        """Return how much one note is like some rows on the average."""
        scores = self.vectors[others] @ note.vector
        scores = np.where(self.latin[others] != note.latin, scores * (1 + weights[0]), scores)
        return float(np.mean(scores + weights[1] * (self.words[others] @ note.words)))

    def between(self, one: int, others: Sequence[int]) -> Floats:
        """Return the likeness of a row with some others."""
        scores = self.vectors[others] @ self.vectors[one]
        scores = np.where(self.latin[others] != self.latin[one], scores * (1 + self.abroad), scores)
        return np.asarray(scores + self.shared * (self.words[others] @ self.words[one]), np.float32)

    def among(self, members: Sequence[int]) -> Floats:
        """Return the likeness of the members with each other."""
        vectors, words, latin = self.vectors[members], self.words[members], self.latin[members]
        scores = (vectors @ vectors.T) * self._factors(latin, latin)
        return np.asarray(scores + self.shared * (words @ words.T), dtype=np.float32)

    def sums(self) -> tuple[Floats, Callable[[Floats, Floats], float]]:
        """Return rows that may be added up, and the product that gives the likeness of sums.

        The likeness grows by the factor 1 + a where the languages differ. With a sign of plus or
        minus one for the language of each row, that factor is 1 + a/2 - a/2 * sign * sign.
        """
        width, half = self.vectors.shape[1], self.abroad / 2
        mixed = bool(self.latin.any() and not self.latin.all())
        parts = [self.vectors, self.words]
        scale = [np.full(width, 1 + half if mixed else 1), np.full(SHARED, self.shared)]
        if mixed:
            parts.append(self.vectors * np.where(self.latin, 1, -1).astype(np.float32)[:, None])
            scale.append(np.full(width, -half))
        factors = np.concatenate(scale).astype(np.float32)
        return np.concatenate(parts, axis=1), lambda one, other: float((one * factors) @ other)

    def nearest(self, groups: Indices, count: int) -> Iterator[tuple[Indices, Indices, Floats]]:
        """Yield (rows, their `count` nearest, likeness) for all rows, best first.

        Rows of the same group (an account) are no neighbours; where there are too few, a
        likeness of `OUT` fills up. Words in common across languages count as much as the vectors
        there: they are so few that it is not worth a second product.
        """
        size = self._size
        count = min(count, size)
        # By language, so that a block of foreign pairs is one rectangle.
        order = np.argsort(self.latin, kind="stable")
        cut = size - int(self.latin.sum())
        all_rows = np.concatenate(
            [self.vectors[order], self.words[order] * np.float32(math.sqrt(self.shared))], axis=1
        )
        houses = groups[order]
        for start in range(0, size, BLOCK):
            with one_thread():
                scores = all_rows[start : start + BLOCK] @ all_rows.T
            native = max(cut - start, 0)
            scores[:native, cut:] *= 1 + self.abroad
            scores[native:, :cut] *= 1 + self.abroad
            scores[houses[start : start + BLOCK, None] == houses] = OUT
            found = np.argpartition(scores, size - count, axis=1)[:, size - count :]
            values = np.round(np.take_along_axis(scores, found, axis=1), 5)
            found = order[found]
            best = np.lexsort((found, -values))
            yield (
                order[start : start + BLOCK],
                np.take_along_axis(found, best, axis=1),
                np.take_along_axis(values, best, axis=1),
            )

    def _factors(self, one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> Floats:
        return np.where(one[:, None] != other, np.float32(1 + self.abroad), np.float32(1))


def _largest(scores: Floats, count: int) -> Indices:
    """Return where the largest stand, in order of place."""
    if count >= len(scores):
        return np.arange(len(scores))
    return np.sort(np.argpartition(scores, len(scores) - count)[len(scores) - count :])
