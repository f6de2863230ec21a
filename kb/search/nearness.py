"""Many vectors: the nearest of them to another one, without going through all their numbers.

Up to some thousands all are compared. With more, the signs of the numbers come first, 64 bytes for
each vector: those that share most signs are compared exactly. Their numbers are then kept in 16
bits. Measured with 6,000 texts, the best ten were always among the 800 that share most signs, and
99 of 100 of the best sixty.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kb.catalogue.vectors import Vectors

EXACT = 4_096
"""Vectors that are all compared: with more it would take longer than half a millisecond."""
SCALE = np.float32(32_000)
"""What a number of 1 is in 16 bits: none of a vector of length 1 is larger.

A step is as small as those of a float of 16 bits at .04, which most numbers are about; but it takes
a fourth of the time to bring it into 32 bits.
"""
PART = 128
"""Vectors that are brought into 32 bits at once: what a processor keeps at hand."""
CLOSE = 1_000
"""Vectors that are compared exactly of those that share most signs."""
HALF, WIDE = 4, 8_000
"""Lines of signs that are compared of all vectors when there are very many, and how many of those
are compared in all signs then. Measured with 347,000 texts, it changed none of the best sixty.
"""
BLOCK = 8_192
"""Vectors whose signs are compared at once: what a processor keeps at hand."""
SOME, ENOUGH = 16, 16
"""Each which vector is looked at to see how near the closest are about, and how many more besides.

With twice as many as are wanted it is next to never too few, and then all are looked at.
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors, one below the other; from some on scaled, with their signs (`codes`, by 64 bits)."""

    count: int
    numbers: "NDArray[np.float32] | NDArray[np.int16]"
    codes: "NDArray[np.uint64]"

    def similar(self, question: "Vectors", rows: "NDArray[np.int64]") -> "NDArray[np.float32]":
        """Return how near some of the vectors are to a question's (-1 to 1)."""
        if not self.codes.size:
            return np.asarray(self.numbers[rows] @ question, np.float32)
        near = np.empty(len(rows), np.float32)
        scaled = question / SCALE
        for first in range(0, len(rows), PART):
            part = self.numbers[rows[first : first + PART]]
            near[first : first + PART] = part.astype(np.float32) @ scaled
        return near

    def nearest(
        self, question: "Vectors", groups: "Sequence[NDArray[np.bool_]]", most: int
    ) -> "list[NDArray[np.int64]]":
        """Return of each group of vectors the `most` nearest, best first."""
        if not self.codes.size:
            every = self.numbers[: self.count] @ question
            held = [np.flatnonzero(group) for group in groups]
            return [_best(rows, every[rows], most) for rows in held]
        wanted = signs(question[np.newaxis])[:, 0]
        some = HALF if self.count > 2 * WIDE else len(self.codes)
        apart = self._apart(wanted[:some])
        nearest = []
        for group in groups:
            rows = _close(apart, group, max(CLOSE, most) if some == len(self.codes) else WIDE)
            if some < len(self.codes):
                both = apart[rows]
                for codes, code in zip(self.codes[some:], wanted[some:], strict=True):
                    both += np.bitwise_count(codes[rows] ^ code)
                rows = rows[_least(both, max(CLOSE, most))]
            nearest.append(_best(rows, self.similar(question, rows), most))
        return nearest

    def _apart(self, wanted: "NDArray[np.uint64]") -> "NDArray[np.int16]":
        """Return in how many of the first signs each vector differs from those `wanted`."""
        apart = np.zeros(self.count, np.int16)
        for first in range(0, self.count, BLOCK):
            part = apart[first : min(first + BLOCK, self.count)]
            for codes, code in zip(self.codes[: len(wanted)], wanted, strict=True):
                part += np.bitwise_count(codes[first : first + len(part)] ^ code)
        return apart

    def more(self, made: "Vectors") -> "Rows":
        """Return these vectors and others after them; those that are held stay as they are."""
        count = self.count + len(made)
        numbers, codes = self.numbers, self.codes
        exact, known = count <= EXACT, bool(codes.size)
        if not self.count or exact == known or count > len(numbers):
            room = count + max(1_024, count // 8)
            kept = self.numbers[: self.count]
            shape = (room, made.shape[1])
            numbers = np.empty(shape, np.float32) if exact else np.empty(shape, np.int16)
            codes = np.empty((made.shape[1] // 64, 0 if exact else room), np.uint64)
            if self.count:
                numbers[: self.count] = kept if exact or known else _scaled(kept)
                if not exact:
                    codes[:, : self.count] = self.codes[:, : self.count] if known else signs(kept)
        numbers[self.count : count] = made if exact else _scaled(made)
        if not exact:
            codes[:, self.count : count] = signs(made)
        return Rows(count, numbers, codes)


def _close(
    apart: "NDArray[np.int16]", group: "NDArray[np.bool_]", most: int
) -> "NDArray[np.int64]":
    """Return the rows of a group that are least apart: `most` of them, and those as near."""
    whole = int(np.count_nonzero(group))
    if whole <= most:
        return np.flatnonzero(group)
    some = np.sort(apart[::SOME][group[::SOME]])  # to pass over most of the others
    at = most * len(some) * 2 // whole + ENOUGH
    near = np.flatnonzero((apart <= some[at]) & group if at < len(some) else group)
    if len(near) < most:
        near = np.flatnonzero(group)
    return near[_least(apart[near], most)]


def _least(apart: "NDArray[np.int16]", most: int) -> "NDArray[np.bool_]":
    """Return which are least apart: `most` of them, and those as near."""
    near: NDArray[np.bool_] = apart <= np.searchsorted(np.cumsum(np.bincount(apart)), most)
    return near


def _best(
    rows: "NDArray[np.int64]", similar: "NDArray[np.float32]", most: int
) -> "NDArray[np.int64]":
    """Return the `most` of the rows that are most similar, best first."""
    some = _first(np.arange(len(rows)), -similar, most)
    return rows[some[np.argsort(-similar[some], kind="stable")]]


def _first(
    rows: "NDArray[np.int64]", by: "NDArray[np.int16] | NDArray[np.float32]", most: int
) -> "NDArray[np.int64]":
    """Return the `most` of the rows that have least, in any order."""
    return rows if len(rows) <= most else rows[np.argpartition(by, most)[:most]]


def nothing() -> Rows:
    """Return no vectors."""
    return Rows(0, np.zeros((0, 0), np.float32), np.zeros((0, 0), np.uint64))


def _scaled(rows: "NDArray[np.float32] | NDArray[np.int16]") -> "NDArray[np.int16]":
    scaled: NDArray[np.int16] = np.rint(rows * SCALE).astype(np.int16)
    return scaled


def signs(rows: "NDArray[np.float32] | NDArray[np.int16]") -> "NDArray[np.uint64]":
    """Return which numbers of each vector are above zero, 64 to a line."""
    found: NDArray[np.uint64] = np.packbits(rows > 0, axis=1).view(np.uint64).T
    return np.ascontiguousarray(found)
