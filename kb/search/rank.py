"""The order of hits: how well the words fit, then what kind of thing it is and how fresh.

Factors are mild, so that a much better fit always wins; each can be printed (`--explain`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from math import prod
from typing import NamedTuple

from kb.search.ports import Entry, Found
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
STATUS = {
    "adopted": 1.15,
    "candidate": 0.95,
    "unproven": 0.6,
    "superseded": 0.5,
    "retired": 0.5,
    "done": 0.9,
}
LEAST = 0.001
"""What words that score nothing count."""
HALF_LIFE = 365.0
"""Days after which the bonus of a fresh item is half."""
FRESH = 0.15
TITLE = 1.25
WORDS = 1.2


class Ranked(NamedTuple):
    """A hit with its score, what the engine said of it, and where its words stand literally."""

    entry: Entry
    score: float
    found: Found
    literal: tuple[tuple[str, float], ...] = ()


def rank(
    found: list[Found],
    query: Query,
    today: date,
    first: int,
    load: Callable[[Sequence[int]], list[Entry]],
) -> list[Ranked]:
    """Return the `first` hits, best first; equal ones newest first, then as they were indexed.

    Whether the words stand somewhere literally, which takes longest, is not asked of those that
    it could not bring among the first. `load` returns the entries of keys.
    """
    day = today.isoformat()
    by_words = bool(query.groups)  # without words the newest come first
    order = []
    for one in found:
        value = max(one.score, LEAST) * _weight(one.kind, one.status, one.date, day)
        order.append((value if by_words else 0.0, one.date or "", -one.key, value, one))
    order.sort(reverse=True)
    scored = [(value, one) for *_, value, one in order]
    if query.groups and not query.question and scored:
        words = [[word.text for word in group] for group in query.groups]
        ranked = _read(scored[:first], words, load)
        # Of the others only those that could still be among the first are read.
        least = min(one.score for one in ranked) / (TITLE * WORDS)
        ranked += _read([pair for pair in scored[first:] if pair[0] >= least], words, load)
        ranked.sort(key=lambda one: one.score, reverse=True)
        return ranked[:first]
    entries = load([one.key for _, one in scored[:first]])
    return [
        Ranked(entry, value, one)
        for entry, (value, one) in zip(entries, scored[:first], strict=True)
    ]


def score(found: Found, today: str) -> float:
    """Return how well the words fit, with what an entry is and how fresh; not where they stand."""
    return max(found.score, LEAST) * weight(found, today)


def weight(found: Found, today: str) -> float:
    """Return what an entry counts for what it is, its status and how fresh it is; 1 for most."""
    return _weight(found.kind, found.status, found.date, today)


@lru_cache(maxsize=8192)
def _weight(kind: str, status: str | None, date: str | None, today: str) -> float:
    weight = KIND.get(kind, 1.0)
    if status is not None:
        weight *= STATUS.get(status, 1.0)
    return weight * _fresh(date, today) if date else weight


def reasons(one: Ranked, today: date) -> tuple[tuple[str, float], ...]:
    """Return the factors of a score, in the order they were applied."""
    found = one.found
    why = [("words", found.score / found.synonym)]
    if found.synonym < 1:
        why.append(("synonym", found.synonym))
    why.append(("kind", KIND.get(found.kind, 1.0)))
    if found.status in STATUS:
        why.append((found.status, STATUS[found.status]))
    if found.date:
        why.append(("fresh", _fresh(found.date, today.isoformat())))
    return tuple((name, round(factor, 3)) for name, factor in (*why, *one.literal))


def _read(
    scored: Sequence[tuple[float, Found]],
    words: list[list[str]],
    load: Callable[[Sequence[int]], list[Entry]],
) -> list[Ranked]:
    """Return entries with their scores once their words are compared literally."""
    entries = load([one.key for _, one in scored]) if scored else []
    return [
        _literally(Ranked(entry, value, one), words)
        for entry, (value, one) in zip(entries, scored, strict=True)
    ]


def _literally(one: Ranked, words: list[list[str]]) -> Ranked:
    entry = one.entry
    title, text = compared(entry.title), compared(entry.text)
    literal = []
    if entry.kind != "meeting" and _holds(title, words):
        literal.append(("title", TITLE))
    if _holds(text, words):
        literal.append(("verbatim", WORDS))
    if not literal:
        return one
    return one._replace(score=one.score * prod(f for _, f in literal), literal=tuple(literal))


def _holds(text: str, words: list[list[str]]) -> bool:
    """Tell whether one of each group of words stands in a text; asked of all that may be first."""
    for ways in words:
        for word in ways:
            if word in text:
                break
        else:
            return False
    return True


compared = lru_cache(maxsize=4096)(normal)
"""Return a text as it is compared: the same are among the candidates of many questions."""


@lru_cache(maxsize=8192)
def _fresh(day: str, today: str) -> float:
    try:
        age = max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days)
    except ValueError:
        return 1.0
    return float(1 + FRESH * 0.5 ** (age / HALF_LIFE))
