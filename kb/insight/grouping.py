"""Suggests groups: by rank and the collection's own scale, held to what people decided."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kb.insight.likeness import difference
from kb.insight.linkage import Linkage
from kb.insight.notes import Group
from kb.insight.settling import Settling
from kb.insight.space import Floats
from kb.insight.terms import shared_terms

if TYPE_CHECKING:
    from kb.insight.finder import Finder

NEAR = 12
"""So many neighbours of each note are looked at."""
CLOSEST = 3
"""The mean likeness to so many neighbours is the scale of a collection."""
STRONG = 0.82
"""Notes this alike on average, by their vectors alone, say nearly the same in the same words."""
ACCOUNTS, AUTHORS = 3, 2


def recurs(group: Group) -> bool:
    """Tell whether a group comes from enough accounts and authors to be suggested."""
    return group.accounts >= ACCOUNTS and group.authors >= AUTHORS


def threshold(scale: float, count: int) -> float:
    """Return how alike the notes of a group are on average, at least.

    It is measured by the collection's own scale, as one team's insights are all alike; and the
    more there are, the more are alike by accident.
    """
    more = max(math.log(max(count, 1) / 60), 0.0)
    return scale * min(0.7 + 0.078 * more**1.5, 1.2)


class Grouping:
    """One full pass over the notes of a finder."""

    def __init__(self, finder: "Finder") -> None:
        """Take the notes as they are now."""
        self._finder = finder
        self._space = finder.space

    def made(self) -> list[Group]:
        """Return all groups of two notes and more."""
        finder, at = self._finder, self._finder.at
        if not finder.notes:
            return []
        page_of = {
            at[one]: page
            for page, ids in sorted(finder.links.anchors.items(), reverse=True)
            for one in ids
            if one in at
        }
        seeds = [[at[one] for one in part if one in at] for part in finder.judged.parts()]
        # A principle of which one insight is left is still there for others to join.
        seeds += [[one] for one in page_of if not any(one in seed for seed in seeds)]
        apart = [(at[a], at[b]) for a, b in finder.judged.apart() if a in at and b in at]
        edges, least = self._edges()
        rows, product = self._space.sums()
        linked = Linkage(rows, finder.houses, product, least).run(edges, seeds, apart)
        by_people = {one for seed in seeds for one in seed}
        linked = self._settled(linked, edges, apart, frozenset(by_people), least)
        made = [self._group(one, page_of, by_people) for one in linked if len(one) > 1]
        made.sort(
            key=lambda one: (
                not one.anchor,
                one.strength != "strong",
                -one.accounts,
                -one.similarity,
                one.members,
            )
        )
        return made

    def _settled(
        self,
        groups: list[list[int]],
        edges: list[tuple[int, int, float]],
        apart: list[tuple[int, int]],
        fixed: frozenset[int],
        least: float,
    ) -> list[list[int]]:
        """Return the groups after single notes moved to where they fit best."""
        beside: dict[int, dict[int, float]] = {}
        for one, other, added in edges:
            beside.setdefault(one, {})[other] = added
            beside.setdefault(other, {})[one] = added
        barred: dict[int, frozenset[int]] = {}
        for one, other in apart:
            # Who is apart from one of a component is apart from all of it.
            for first, second in ((one, other), (other, one)):
                names = self._finder.judged.part(self._finder.notes[second].id)
                known = {self._finder.at[name] for name in names if name in self._finder.at}
                barred[first] = barred.get(first, frozenset()) | known
        return Settling(self._space, self._finder.houses, beside, least).run(groups, fixed, barred)

    def _edges(self) -> tuple[list[tuple[int, int, float]], float]:
        """Return the pairs that may begin a group with what is added to them; the threshold."""
        finder = self._finder
        pairs: dict[tuple[int, int], float] = {}
        closest: list[float] = []
        for start, found, scores in self._space.nearest(finder.houses, NEAR):
            for row, (near, values) in enumerate(
                zip(found.tolist(), scores.tolist(), strict=True), start
            ):
                known = [value for value in values[:CLOSEST] if value > -9]
                if known:
                    closest.append(math.fsum(known) / len(known))
                for other, value in zip(near, values, strict=True):
                    pairs[min(row, other), max(row, other)] = value
        least = threshold(math.fsum(closest) / max(len(closest), 1), len(finder.notes))
        may = least - 2 * finder.weights.side
        return [
            (one, other, finder.beside(finder.read(one), other))
            for (one, other), value in sorted(pairs.items())
            if value > may
        ], least

    def _group(self, members: list[int], page_of: dict[int, str], by_people: set[int]) -> Group:
        notes = [self._finder.notes[at] for at in members]
        rows = self._space.vectors[members]
        pages = sorted({page_of[at] for at in members if at in page_of})
        linked = [at for at in members if at in by_people]
        strong = (
            bool(pages)
            or len(linked) == len(members)
            or (_mean_pair(rows @ rows.T) >= STRONG and not self._contradicts(members))
        )
        return Group(
            tuple(sorted(note.id for note in notes)),
            "strong" if strong else "possible",
            len({note.account for note in notes}),
            len({note.author for note in notes}),
            shared_terms([note.text for note in notes], self._finder.rarity),
            self._finder.shown(_mean_pair(self._space.among(members))),
            pages[0] if pages else "",
        )

    def _contradicts(self, members: Sequence[int]) -> bool:
        finder = self._finder
        return any(
            difference(finder.read(one), finder.read(other), finder.rarity, finder.weights).clash
            for place, one in enumerate(members)
            for other in members[:place]
        )


def _mean_pair(scores: Floats) -> float:
    """Return the mean of a matrix beside its diagonal."""
    size = len(scores)
    return float((scores.sum() - np.trace(scores)) / (size * (size - 1)))
