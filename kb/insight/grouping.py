"""Suggests groups: by rank and the collection's own scale, held to what people decided."""

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from kb.insight.judged import Judged
from kb.insight.likeness import Weights, difference
from kb.insight.linkage import Linkage
from kb.insight.notes import Group, Links, Note
from kb.insight.settling import Settling
from kb.insight.space import OUT, Floats, Indices, Rarity, Space
from kb.insight.terms import shared_terms
from kb.insight.wording import Reading

NEAR = 12
"""So many neighbours of each note are looked at."""
CLOSEST = 3
"""The mean likeness to so many neighbours is the scale of a collection."""
STRONG = 0.82
"""Notes this alike on average, by their vectors alone, say nearly the same in the same words."""
ACCOUNTS, AUTHORS = 3, 2
NEW = 0.05
"""This part of the notes may be new before all groups are made anew."""


def threshold(scale: float, count: int) -> float:
    """Return how alike the notes of a group are on average, at least.

    It is measured by the collection's own scale, as one team's insights are all alike; and the
    more there are, the more are alike by accident.
    """
    more = max(math.log(max(count, 1) / 60), 0.0)
    return scale * min(0.7 + 0.078 * more * math.sqrt(more), 1.2)


class Source(Protocol):
    """The notes that groups are made of, as a finder knows them."""

    notes: list[Note]
    at: dict[str, int]
    space: Space
    rarity: Rarity
    judged: Judged
    links: Links
    weights: Weights

    @property
    def houses(self) -> Indices:
        """The number of the account of each note."""

    def near(self, at: int, count: int) -> list[tuple[int, float]]:
        """Return (place, likeness) of the nearest notes of other accounts."""

    def read(self, at: int) -> Reading:
        """Return what a note says."""

    def beside(self, reading: Reading, other: int) -> float:
        """Return what the wording adds to the likeness of a sentence and a note."""

    def shown(self, score: float) -> float:
        """Return a likeness as a number from 0 to 1."""


class Grouping:
    """The groups of a finder's notes: one full pass, and what joined since."""

    def __init__(self, finder: Source) -> None:
        """Make all groups of the notes as they are now."""
        self._finder = finder
        self._space = finder.space
        self._full = self._count = len(finder.notes)
        at = finder.at
        self._page_of = {
            at[one]: page
            for page, ids in sorted(finder.links.anchors.items(), reverse=True)
            for one in ids
            if one in at
        }
        seeds = [[at[one] for one in part if one in at] for part in finder.judged.parts()]
        # A principle of which one insight is left is still there for others to join.
        seeds += [[one] for one in self._page_of if not any(one in seed for seed in seeds)]
        self._by_people = frozenset(one for seed in seeds for one in seed)
        self._least = 0.0
        self._parts: list[list[int]] = []
        if finder.notes:
            self._pass(seeds)

    def outgrown(self) -> bool:
        """Tell whether so many notes are new that all groups should be made anew."""
        return len(self._finder.notes) > self._full * (1 + NEW)

    def made(self, *, every: bool) -> list[Group]:
        """Return the groups of principles and those that recur, new notes among them.

        With `every`, all of two notes and more.
        """
        for at in range(self._count, len(self._finder.notes)):
            self._join(at)
        self._count = len(self._finder.notes)
        made = [
            self._group(part)
            for part in self._parts
            if len(part) > 1 and (every or self._recurs(part))
        ]
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

    def _recurs(self, part: Sequence[int]) -> bool:
        """Tell whether a group is of a principle or of enough accounts and authors."""
        notes = [self._finder.notes[at] for at in part]
        return not self._page_of.keys().isdisjoint(part) or (
            len({note.account for note in notes}) >= ACCOUNTS
            and len({note.author for note in notes}) >= AUTHORS
        )

    def _pass(self, seeds: list[list[int]]) -> None:
        finder, at = self._finder, self._finder.at
        apart = [(at[a], at[b]) for a, b in finder.judged.apart() if a in at and b in at]
        edges, self._least = self._edges()
        rows, product = self._space.sums()
        linkage = Linkage(rows, finder.houses, product, self._least)
        linked = linkage.run(edges, seeds, apart)
        self._parts = self._settled(linked, edges, apart)

    def _join(self, at: int) -> None:
        """Take a new note into the group that it fits best, if it fits one."""
        near = {other for other, _ in self._finder.near(at, NEAR)}
        barred = {self._finder.at.get(name) for name in self._barred(at)}
        best, fit = -1, self._least
        for number, part in enumerate(self._parts):
            if not near.isdisjoint(part) and barred.isdisjoint(part):
                scores = self._space.between(at, part)
                reading = self._finder.read(at)
                added = sum(self._finder.beside(reading, other) for other in part)
                mean = round((float(scores.sum()) + added) / len(part), 5)
                if mean > fit:
                    best, fit = number, mean
        if best < 0:
            self._parts.append([at])
        else:
            self._parts[best].append(at)

    def _barred(self, at: int) -> set[str]:
        """Return the notes that were judged different from one, over others too."""
        name = self._finder.notes[at].id
        return self._finder.judged.done(name) - self._finder.judged.part(name)

    def _settled(
        self,
        groups: list[list[int]],
        edges: list[tuple[int, int, float]],
        apart: list[tuple[int, int]],
    ) -> list[list[int]]:
        """Return the groups after single notes moved to where they fit best."""
        beside: dict[int, dict[int, float]] = {}
        for one, other, added in edges:
            beside.setdefault(one, {})[other] = added
            beside.setdefault(other, {})[one] = added
        known = self._finder.at
        barred = {
            one: frozenset(known[name] for name in self._barred(one) if name in known)
            for pair in apart
            for one in pair
        }
        settling = Settling(self._space, self._finder.houses, beside, self._least)
        return settling.run(groups, self._by_people, barred)

    def _edges(self) -> tuple[list[tuple[int, int, float]], float]:
        """Return the pairs that may begin a group with what is added to them; the threshold."""
        finder = self._finder
        pairs: dict[tuple[int, int], float] = {}
        closest: list[float] = []
        for rows, found, scores in self._space.nearest(finder.houses, NEAR):
            for row, near, values in zip(
                rows.tolist(), found.tolist(), scores.tolist(), strict=True
            ):
                known = [value for value in values[:CLOSEST] if value > OUT]
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

    def _group(self, members: list[int]) -> Group:
        notes = [self._finder.notes[at] for at in members]
        rows = self._space.vectors[members]
        pages = sorted({self._page_of[at] for at in members if at in self._page_of})
        linked = [at for at in members if at in self._by_people]
        # Whom the machine let join a principle, nobody has linked with it yet.
        strong = len(linked) == len(members) or (
            _mean_pair(rows @ rows.T) >= STRONG and not self._contradicts(members)
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
