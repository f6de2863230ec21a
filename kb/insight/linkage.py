"""Average linkage over a sparse graph of neighbours, held to what people decided.

The two groups whose notes are most alike on average are joined first, as long as they are more
alike than the threshold. The average is over *all* their pairs: likeness is a product of rows, so
the sums of rows give it at once; what is added to single pairs is kept beside. Ties go by index,
so the outcome depends on the items and their order alone, and the caller orders them. Two seeds
are never joined, and neither are two groups that hold a pair that somebody called different.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kb.insight.space import Floats, Indices

HOUSE = 0.4
"""What each pair of notes of the same account takes from the sum: one account does not recur."""

Product = Callable[[Floats, Floats], float]


@dataclass(slots=True)
class _Part:
    """A group as it stands."""

    members: list[int]
    total: Floats
    houses: Counter[int]
    beside: dict[int, float]
    """What is added to the sum with each group that is a neighbour."""
    barred: set[int] = field(default_factory=set)


class Linkage:
    """Joins items to groups; `product` gives the summed likeness of two sums of rows."""

    def __init__(self, rows: Floats, houses: Indices, product: Product, threshold: float) -> None:
        """Begin with every item alone; `houses` are their accounts."""
        self._product = product
        self._threshold = threshold
        self._parts = {
            at: _Part([at], row, Counter([int(house)]), {})
            for at, (row, house) in enumerate(zip(rows, houses, strict=True))
        }
        self._heap: list[tuple[float, int, int, int, int]] = []

    def run(
        self,
        pairs: Iterable[tuple[int, int, float]],
        seeds: Sequence[Sequence[int]] = (),
        apart: Iterable[tuple[int, int]] = (),
    ) -> list[list[int]]:
        """Return the groups, single items too, each in order of index.

        `pairs` are the neighbours with what is added to their likeness. `seeds` are joined before
        all else and stay apart from each other; `apart` are the pairs that may never be in one
        group, except where a seed holds both.
        """
        for one, other, added in pairs:
            self._parts[one].beside[other] = self._parts[other].beside[one] = added
        for one, other in apart:
            self._parts[one].barred.add(other)
            self._parts[other].barred.add(one)
        rooted = {self._plant(seed) for seed in seeds if seed}
        for one in rooted:
            self._parts[one].barred |= rooted - {one}
        for one, part in self._parts.items():
            for other in part.beside:
                if one < other:
                    self._offer(one, other)
        while self._heap:
            _, one, other, size, more = heapq.heappop(self._heap)
            if self._stands(one, size) and self._stands(other, more):
                self._join(one, other)
                for third in sorted(self._parts[one].beside):
                    self._offer(min(one, third), max(one, third))
        return sorted(sorted(part.members) for part in self._parts.values())

    def _stands(self, one: int, size: int) -> bool:
        return one in self._parts and len(self._parts[one].members) == size

    def _plant(self, seed: Sequence[int]) -> int:
        first = min(seed)
        for other in sorted(set(seed) - {first}):
            self._join(first, other)
        return first

    def _join(self, one: int, other: int) -> None:
        """Take the group `other` into `one`; whoever was barred from either is from both."""
        stays, goes = self._parts[one], self._parts.pop(other)
        stays.members += goes.members
        stays.total = stays.total + goes.total
        stays.houses += goes.houses
        for third, added in goes.beside.items():
            if third != one:
                near = self._parts[third].beside
                near.pop(other)
                near[one] = stays.beside[third] = stays.beside.get(third, 0.0) + added
        stays.beside.pop(other, None)
        for third in goes.barred - {one}:
            self._parts[third].barred.discard(other)
            self._parts[third].barred.add(one)
        stays.barred = (stays.barred | goes.barred) - {one, other}

    def _offer(self, one: int, other: int) -> None:
        """Put a pair of groups on the heap, if it may be joined and is alike enough."""
        first, second = self._parts[one], self._parts[other]
        if other in first.barred:
            return
        size, more = len(first.members), len(second.members)
        total = self._product(first.total, second.total) + first.beside[other]
        total -= HOUSE * sum(
            number * second.houses[house] for house, number in first.houses.items()
        )
        mean = round(total / (size * more), 5)
        if mean > self._threshold:
            heapq.heappush(self._heap, (-mean, one, other, size, more))
