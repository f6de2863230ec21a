"""What two sentences say to each other beyond their vectors: the learned part of the ranking.

Where the words are nearly the same and the sign, the side or the number is not, two sentences are
no lesson that recurs but its opposite or another one. Where both take the same side, they are a
little more alike. The weights are in units of the cosine of centred vectors and were fitted on
pairs (`python -m bench._fit_insights` names the data): the guards are as fitted, `side` half
of it, `abroad` a fifth, as nearly every lesson of that data is told in two languages, and
`shared` is above it, as those lessons avoid each other's words.
"""

from typing import NamedTuple

from kb.insight.space import Rarity
from kb.insight.wording import Reading

ALIKE = 1.15
"""Two numbers of a kind within this ratio are the same (four weeks and a month)."""


class Weights(NamedTuple):
    """How much each sign counts; nought switches a guard off."""

    abroad: float = 0.3
    """By how much a likeness across languages counts more."""
    shared: float = 0.2
    """Words in common, all of them."""
    side: float = 0.05
    """Each pair of opposites on which both take the same side, two at most."""
    negation: float = 2.8
    """One denies what the other says, in nearly the same words."""
    opposite: float = 1.7
    """They take opposite sides, in nearly the same words."""
    number: float = 1.6
    """They name other numbers of the same kind, in much the same words."""


LEARNED = Weights()
"""What groups are made by."""
ASKING = LEARNED._replace(abroad=0.2, shared=0.05, side=0.0)
"""What neighbours are ranked by: a lesson in quite other words shares none of them.

Over six orders of three sets, true answers to three questions a note bring together 7.3 of 8, 13.7
of 15 and 10.7 of 30 groups with these, 6.7, 13.0 and 9.7 with those of the groups.
"""
NEARLY = 0.7
"""From this overlap of words on, negations and opposites count, and more the more there is."""
MUCH = 0.2
"""The same for numbers."""


class Difference(NamedTuple):
    """What is to be added to a likeness, and whether the two contradict each other."""

    bonus: float
    clash: bool


def difference(one: Reading, other: Reading, rarity: Rarity, weights: Weights) -> Difference:
    """Return what the wording of two sentences says about their likeness."""
    sides = [one.sides[name] * other.sides[name] for name in one.sides if name in other.sides]
    bonus = weights.side * min(sum(side > 0 for side in sides), 2)
    against = min(sum(side < 0 for side in sides), 2)
    denied = one.denies != other.denies
    numbers = _other_numbers(one, other)
    if not (against or denied or numbers):
        return Difference(bonus, clash=False)
    overlap = rarity.overlap(one.subject, other.subject)
    nearly, much = max(overlap - NEARLY, 0.0), max(overlap - MUCH, 0.0)
    penalty = nearly * (weights.opposite * against + weights.negation * denied)
    penalty += much * weights.number * numbers
    return Difference(bonus - penalty, clash=penalty > 0)


def _other_numbers(one: Reading, other: Reading) -> int:
    """Return for how many kinds (days, per cent …) both name numbers, but other ones.

    Where both name as many, each must have its like; else it is enough that one has.
    """
    found = 0
    for kind in {kind for kind, _ in one.numbers} & {kind for kind, _ in other.numbers}:
        mine = sorted(amount for named, amount in one.numbers if named == kind)
        yours = sorted(amount for named, amount in other.numbers if named == kind)
        if len(mine) == len(yours):
            found += not all(map(_alike, mine, yours))
        else:
            found += not any(_alike(first, second) for first in mine for second in yours)
    return found


def _alike(one: float, other: float) -> bool:
    return max(one, other) <= ALIKE * min(one, other)
