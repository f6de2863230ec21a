"""Moves single notes between groups as long as that makes the whole fit better.

Joining the most alike first is greedy: a note that was taken by its nearest neighbour may belong
with three others that found each other later. A note moves to where the sum of its likeness above
the threshold is greatest, or stands alone where it fits nowhere.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from kb.insight.linkage import HOUSE
from kb.insight.space import Indices, Space

ROUNDS = 5


class Settling:
    """Groups as they stand, and what a note adds to each."""

    def __init__(
        self,
        space: Space,
        houses: Indices,
        beside: Mapping[int, Mapping[int, float]],
        threshold: float,
    ) -> None:
        """Take the notes; `beside` is what is added to the likeness of neighbours."""
        self._space = space
        self._houses = houses
        self._beside = beside
        self._threshold = threshold
        self._home: dict[int, int] = {}
        self._parts: dict[int, list[int]] = {}

    def run(
        self,
        groups: Sequence[Sequence[int]],
        fixed: frozenset[int],
        apart: Mapping[int, frozenset[int]],
    ) -> list[list[int]]:
        """Return the groups after the moves.

        `fixed` notes stay where they are; a note never moves to one that it is `apart` from.
        """
        self._parts = {number: list(group) for number, group in enumerate(groups)}
        self._home = {one: number for number, group in self._parts.items() for one in group}
        waiting = sorted(self._beside.keys() - fixed)
        for _ in range(ROUNDS):
            moved = [one for one in waiting if self._move(one, apart)]
            # Only who is beside a note that moved may want to move now.
            waiting = sorted({near for one in moved for near in self._beside[one]} - fixed)
        return sorted(sorted(part) for part in self._parts.values() if part)

    def _move(self, one: int, apart: Mapping[int, frozenset[int]]) -> bool:
        """Move a note to where it adds most; tell whether it moved."""
        here = self._home[one]
        near = sorted({self._home[other] for other in self._beside[one]} | {here})
        worth = {
            number: self._worth(one, self._parts[number])
            for number in near
            if number == here or not apart.get(one, frozenset()) & set(self._parts[number])
        }
        best = max(worth, key=lambda number: (worth[number], number == here, -number))
        if best == here and worth[here] >= 0:
            return False
        if worth[best] <= 0:
            best = max(self._parts) + 1
            self._parts[best] = []
        elif worth[best] <= worth[here]:
            return False
        self._parts[here].remove(one)
        self._parts[best].append(one)
        self._home[one] = best
        return True

    def _worth(self, one: int, part: Sequence[int]) -> float:
        """Return the summed likeness of a note to the others of a group, above the threshold."""
        others = [other for other in part if other != one]
        if not others:
            return 0.0
        scores = self._space.between(one, others)
        total = float(scores.sum()) - self._threshold * len(others)
        total -= HOUSE * int(np.count_nonzero(self._houses[others] == self._houses[one]))
        total += sum(self._beside[one].get(other, 0.0) for other in others)
        return round(total, 5)
