"""The order of hits: how well the words fit, then what kind of thing it is and how fresh.

Factors are mild, so that a much better fit always wins; each can be printed (`--explain`).
"""

from datetime import date
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


def rank(found: list[Found], query: Query, today: date) -> list[Ranked]:
    """Return hits best first; equal ones newest first, then as they stand in their document."""
    ranked = [_rank(one, query, today) for one in found]
    return sorted(
        ranked,
        key=lambda r: (
            -r.score,
            _newest(r.found.entry.date),
            r.found.entry.unit,
            r.found.entry.order,
        ),
    )


def _rank(found: Found, query: Query, today: date) -> Ranked:
    entry = found.entry
    why = [("words", round(found.score, 3))]
    score = max(found.score, 0.001)
    title, text = normal(entry.title), normal(entry.text)
    words = [[word.text for word in group] for group in query.groups]
    factors = [("kind", KIND.get(entry.kind, 1.0))]
    if entry.status in STATUS:
        factors.append((entry.status, STATUS[entry.status]))
    if words and entry.kind != "meeting" and all(any(w in title for w in ws) for ws in words):
        factors.append(("title", TITLE))
    if words and all(any(w in text for w in ws) for ws in words):
        factors.append(("verbatim", WORDS))
    if entry.date:
        factors.append(("fresh", 1 + FRESH * 0.5 ** (_age(entry.date, today) / HALF_LIFE)))
    for name, factor in factors:
        score *= factor
        why.append((name, round(factor, 3)))
    return Ranked(found, score, tuple(why))


def _age(day: str, today: date) -> float:
    try:
        return max(0.0, (today - date.fromisoformat(day)).days)
    except ValueError:
        return HALF_LIFE * 4


def _newest(day: str | None) -> tuple[int, ...]:
    return tuple(-int(part) for part in (day or "0-0-0").split("-"))
