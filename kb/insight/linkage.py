"""Average linkage over a sparse graph of neighbours, held to what people decided.

The two groups with the best mean score are joined first, as long as it is above nought; a pair
that is nobody's neighbour counts as `MISSING`. Ties go by index, so the outcome depends on the
scores and the order of the items alone. Two seeds are never joined, and neither is a pair that
somebody called different.
"""

import heapq
from collections.abc import Iterable, Sequence

MISSING = -1.0
"""The score of a pair that has none, because neither is among the other's neighbours."""


def link(
    count: int,
    pairs: Iterable[tuple[int, int, float]],
    *,
    seeds: Sequence[Sequence[int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    missing: float = MISSING,
) -> list[list[int]]:
    """Return the groups of `count` items, single ones too, each in order of index.

    `seeds` are joined before all else and stay apart from each other; `apart` are the pairs that
    may never be in one group, except where a seed holds both.
    """
    return _Linkage(count, missing).run(pairs, seeds, apart)


class _Linkage:
    """The groups as they stand: members, sums of scores to other groups, what is forbidden."""

    def __init__(self, count: int, missing: float) -> None:
        self.missing = missing
        self.members: dict[int, list[int]] = {one: [one] for one in range(count)}
        self.home = list(range(count))
        self.sums: dict[int, dict[int, tuple[float, int]]] = {one: {} for one in range(count)}
        self.barred: dict[int, set[int]] = {one: set() for one in range(count)}
        self.heap: list[tuple[float, int, int, int, int]] = []

    def run(
        self,
        pairs: Iterable[tuple[int, int, float]],
        seeds: Sequence[Sequence[int]],
        apart: Iterable[tuple[int, int]],
    ) -> list[list[int]]:
        for one, other, score in pairs:
            self.sums[one][other] = self.sums[other][one] = (score, 1)
        for one, other in apart:
            self.barred[one].add(other)
            self.barred[other].add(one)
        rooted = [self._plant(seed) for seed in seeds if seed]
        for one in rooted:
            self.barred[one].update(set(rooted) - {one})
        for one, others in self.sums.items():
            for other in others:
                if one < other:
                    self._offer(one, other)
        while self.heap:
            _, one, other, size, more = heapq.heappop(self.heap)
            if (one, other) == (self.home[one], self.home[other]) and (size, more) == (
                len(self.members[one]),
                len(self.members[other]),
            ):
                self._join(one, other)
                for third in sorted(self.sums[one]):
                    self._offer(*sorted((one, third)))
        return sorted(sorted(group) for group in self.members.values())

    def _plant(self, seed: Sequence[int]) -> int:
        first = min(seed)
        for other in sorted(set(seed) - {first}):
            self._join(first, other)
        return first

    def _join(self, one: int, other: int) -> None:
        """Take the group `other` into `one`; whoever was barred from either is from both."""
        moved = self.members.pop(other)
        for item in moved:
            self.home[item] = one
        self.members[one] += moved
        for third, (total, number) in self.sums.pop(other).items():
            del self.sums[third][other]
            if third != one:
                so_far, known = self.sums[one].get(third, (0.0, 0))
                self.sums[one][third] = self.sums[third][one] = (so_far + total, known + number)
        for third in self.barred.pop(other):
            self.barred[third].discard(other)
            if third != one:
                self.barred[one].add(third)
                self.barred[third].add(one)

    def _offer(self, one: int, other: int) -> None:
        """Put a pair of groups on the heap, if it may be joined and its mean is above nought."""
        if other in self.barred[one]:
            return
        total, number = self.sums[one][other]
        size, more = len(self.members[one]), len(self.members[other])
        mean = round((total + (size * more - number) * self.missing) / (size * more), 6)
        if mean > 0:
            heapq.heappush(self.heap, (-mean, one, other, size, more))
