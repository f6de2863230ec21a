"""The order of hits when meaning counts beside words.

The score of the words and the similarity are added. How much the words count depends on how many
of those that were asked for stand in the best of what they found: a question in another language
meets little of what is there, and what it meets by chance must not stand before what is meant.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kb.search.ports import Found
from kb.search.query import Query
from kb.search.rank import compared
from kb.search.tokens import stands

MEANING = 0.5
"""What a similarity of 1 counts beside the best of the words."""
LITTLE, MUCH = 0.3, 0.6
"""The share of the words asked for at which those that were found count least, and in full."""
FOREIGN = 0.1
"""What the words count at least."""
LEAST = 0.28
"""The similarity from which an entry is shown that has none of the words."""
OTHER = 0.6
"""How near the best of another language must be, beside the best of all, to get a place."""
PLACES = {False: 1, True: 3}
"""Places among the first five for other languages: one, or three when the words met little."""
HALF = 0.5
"""The share of the words below which they met little."""
FIRST, FIVE = 3, 5


class Near(NamedTuple):
    """An entry beside a question: how near it is (-1 to 1), and whether it speaks its language."""

    found: Found
    similarity: float
    same_language: bool


class Blended(NamedTuple):
    """An entry in the order of words and meaning; `words` is what its words count in the score."""

    found: Found
    score: float
    words: float
    similarity: float


def coverage(query: Query, texts: Sequence[str]) -> float:
    """Return how much of a query (0 to 1) stands in the text that has most of it.

    That is the share of its terms; of alternatives, those count that are met best. What has no
    terms (a single letter of hiragana) counts as met wherever anything was found.
    """
    groups = [ways for group in query.groups if (ways := [set(w.terms) for w in group if w.terms])]
    whole = sum(len(ways[0]) for ways in groups)
    if not whole:
        return 1.0 if texts else 0.0
    asked = {term for ways in groups for word in ways for term in word}
    met = 0.0
    for text in map(compared, texts):
        held = {term for term in asked if stands(term, text)}
        shares = (max(len(w & held) / len(w) for w in ways) * len(ways[0]) for ways in groups)
        met = max(met, sum(shares))
    return met / whole


def blend(
    words: Mapping[int, float],
    near: Sequence[Near],
    covered: float,
    weigh: Callable[[Found], float],
) -> list[Blended]:
    """Return entries by words and meaning, best first.

    `words` are scores by key, best first, and what they found is among `near`. `covered` is the
    `coverage`; `weigh` says how much an entry counts for what it is, 1 for most. What the words
    rank first is among the first three.
    """
    best = max(words.values(), default=0.0) or 1.0
    trust = min(1.0, max(FOREIGN, (covered - LITTLE) / (MUCH - LITTLE)))
    blended = []
    for found, similarity, _ in near:
        by_words = words.get(found.key)
        if by_words is None and similarity < LEAST:
            continue
        said = trust * by_words / best if by_words else 0.0
        meant = MEANING * similarity * weigh(found) if similarity > 0 else 0.0
        blended.append(Blended(found, said + meant, said, similarity))
    blended.sort(key=lambda one: (-one.score, one.found.key))
    first = next(iter(words), None)
    at = next((n for n, one in enumerate(blended) if one.found.key == first), 0)
    if at >= FIRST:
        blended.insert(FIRST - 1, blended.pop(at))
    foreign = {one.found.key for one in near if not one.same_language}
    return _with_foreign(blended, foreign, PLACES[covered < HALF], first)


def _with_foreign(
    blended: list[Blended], foreign: set[int], places: int, first: int | None
) -> list[Blended]:
    """Return the order with some of another language among the first five, where any is near.

    They take the places of the last of the five; never that of `first`.
    """
    enough = max(LEAST, OTHER * max((one.similarity for one in blended), default=0.0))
    ours = [one for one in blended if one.found.key in foreign and one.similarity >= enough]
    ours.sort(key=lambda one: (-one.similarity, one.found.key))
    head, rest = blended[:FIVE], blended[FIVE:]
    there = sum(one.found.key in foreign for one in head)
    coming = [one for one in ours if one not in head][: max(0, places - there)]
    for _ in range(len(head) + len(coming) - FIVE):
        staying = {*foreign, first}
        last = max(n for n, one in enumerate(head) if one.found.key not in staying)
        rest.insert(0, head.pop(last))
    return [*head, *coming, *(one for one in rest if one not in coming)]
