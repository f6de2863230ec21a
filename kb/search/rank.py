"""The order of hits: how well the words fit, then what kind of thing it is and how fresh.

Factors are mild, so that a much better fit always wins; each can be printed (`--explain`).
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kb.search.ports import Found
from kb.search.query import Query
from kb.search.tokens import normal

KIND = {
    "principle": 1.5,
    "play": 1.3,
    "manual": 1.25,
    "insight": 1.2,
    "decision": 1.15,
    "request": 1.1,
    "said": 1.1,
    "hypothesis": 1.1,
    "topic": 1.05,
    "meeting": 1.0,
    "todo": 1.0,
    "review": 0.9,
    "memo": 0.85,
    "note": 0.85,
}
STATUS = {"adopted": 1.15, "candidate": 0.95, "superseded": 0.5, "retired": 0.5, "done": 0.9}
HALF_LIFE = 365.0
"""Days after which the bonus of a fresh item is half."""
FRESH = 0.15
TITLE = 1.25
WORDS = 1.2


class Ranked(NamedTuple):
    """A hit with its score and the factors it is made of, in the order they were applied."""

    found: Found
    score: float
    why: tuple[tuple[str, float], ...]


def rank(found: list[Found], query: Query, today: date, first: int = 200) -> list[Ranked]:
    """Return hits best first; equal ones newest first, then as they stand in their document.

    Only the `first` are sure to be in their order: whether the words stand there literally, which
    takes longest, is not asked of those that it could not bring among them.
    """
    ranked = [_rank(one, today) for one in found]
    if query.groups and not query.question:
        scores = sorted((one.score for one in ranked), reverse=True)
        least = scores[min(first, len(scores)) - 1] / (TITLE * WORDS) if scores else 0.0
        words = [[word.text for word in group] for group in query.groups]
        ranked = [_literally(one, words) if one.score >= least else one for one in ranked]
    ranked.sort(key=lambda r: (r.found.entry.unit, r.found.entry.order))
    ranked.sort(key=lambda r: r.found.entry.date or "", reverse=True)
    ranked.sort(key=lambda r: r.score, reverse=True)
    return ranked


def _rank(found: Found, today: date) -> Ranked:
    entry = found.entry
    factors = [("kind", KIND.get(entry.kind, 1.0))]
    if entry.status in STATUS:
        factors.append((entry.status, STATUS[entry.status]))
    if entry.date:
        factors.append(("fresh", 1 + FRESH * 0.5 ** (_age(entry.date, today) / HALF_LIFE)))
    score = max(found.score, 0.001)
    return _times(Ranked(found, score, (("words", round(found.score, 3)),)), factors)


def _literally(one: Ranked, words: list[list[str]]) -> Ranked:
    entry = one.found.entry
    title, text = normal(entry.title), normal(entry.text)
    factors = []
    if entry.kind != "meeting" and all(any(w in title for w in ways) for ways in words):
        factors.append(("title", TITLE))
    if all(any(w in text for w in ways) for ways in words):
        factors.append(("verbatim", WORDS))
    return _times(one, factors) if factors else one


def _times(one: Ranked, factors: list[tuple[str, float]]) -> Ranked:
    score = one.score
    for _, factor in factors:
        score *= factor
    return Ranked(one.found, score, (*one.why, *((n, round(f, 3)) for n, f in factors)))


@lru_cache(maxsize=4096)
def _age(day: str, today: date) -> float:
    try:
        return max(0.0, (today - date.fromisoformat(day)).days)
    except ValueError:
        return HALF_LIFE * 4
