"""A question answered by words and by meaning together."""

import sqlite3
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from kb.catalogue.vectors import Encodes, Progress, Vectors
from kb.remembered import Remembered
from kb.search.blend import Blended, blend, coverage
from kb.search.meaning import Meanings, speaks_japanese
from kb.search.ports import Found, SearchEngine, Where
from kb.search.query import Query
from kb.search.rank import Ranked, score, weight
from kb.text.ids import PATTERN

MOST = 60
"""Entries that are taken for what they mean, of each language."""
SEEN = 3
"""The best entries by their words that are looked at for how many of them they have."""
MILD = 0.25
"""The power of what an entry counts for what it is: similarities differ less than scores do."""

_asked: Remembered[Vectors] = Remembered(256)


class Understands(Encodes, Protocol):
    """What makes vectors of entries and of questions."""

    def question(self, text: str) -> Vectors:
        """Return the row of a question; its last bits may be others than `encode` has."""


class Asked(NamedTuple):
    """A question: as it was typed, with other names of its words, what a hit must be besides.

    `patience` is how long (seconds) it may be until what was saved is found by what it means.
    """

    typed: Query
    query: Query
    where: Where
    today: date
    limit: int
    patience: float = 0.0


def meant(typed: Query) -> str:
    """Return the words without filters and what must not be; nothing when an id was typed."""
    if PATTERN.fullmatch(typed.text.strip().lstrip("^").rpartition("#^")[2].lower()):
        return ""
    if not typed.filters and not typed.without:
        return typed.text
    return " ".join(word.text for group in typed.groups for word in group)


@lru_cache(maxsize=4)
def held(root: Path, name: str) -> Meanings:
    """Return what this process holds of the store at `root`, as its engine `name` has it."""
    del root, name  # they only tell one from another
    return Meanings()


def ranked_by_both(
    db: sqlite3.Connection,
    engine: SearchEngine,
    encoder: Understands,
    meanings: Meanings,
    asked: Asked,
    found: list[Found],
    ranked: list[Ranked],
    progress: Progress | None = None,
) -> tuple[list[Ranked], int]:
    """Return the best hits, and how many there are to choose from.

    `found` is all that the words found and `ranked` the best of it. `progress` tells how far it is
    with entries that were never encoded.
    """
    question = meant(asked.typed)
    if not question.strip():
        return ranked, len(found)
    day = asked.today.isoformat()
    words = {one.found.key: one.score for one in ranked}
    for one in found:
        words.setdefault(one.key, score(one, day))
    seen = [f"{e.title}\n{e.text}\n{e.around}" for e in (one.entry for one in ranked[:SEEN])]
    allowed, barred = _fitting(engine, asked)
    near = meanings.now(db, engine, encoder, progress, patience=asked.patience).near(
        engine,
        vector(encoder, question),
        japanese=speaks_japanese(question),
        known={one.key: one for one in found},
        allowed=allowed,
        barred=barred,
        most=max(MOST, asked.limit),
    )
    # Other names of words stand beside a question as a whole, and so say nothing of its share.
    covered = coverage(asked.typed if asked.query.question else asked.query, seen)
    blended = blend(words, near, covered, lambda one: _mild(one.kind, one.status, one.date, day))
    return _entries(engine, blended[: asked.limit], found, ranked), len(blended)


@lru_cache(maxsize=8192)
def _mild(kind: str, status: str | None, date: str | None, today: str) -> float:
    return float(weight(Found(0, 0.0, kind, status, date), today) ** MILD)


def vector(encoder: Understands, question: str) -> Vectors:
    """Return what a question means: it is asked again when something is chosen beside it."""
    known = _asked.get((encoder.name, question))
    if known is not None:
        return known
    return _asked.put((encoder.name, question), encoder.question(question))


def _fitting(engine: SearchEngine, asked: Asked) -> tuple[Collection[int] | None, Collection[int]]:
    """Return which entries may be hits (None: all), and which may not."""
    query, where = asked.query, asked.where
    if where._replace(today="") != Where():
        return engine.fitting(query._replace(groups=()), where), ()
    if query.without:
        ways = query._replace(groups=(query.without,), without=())
        return None, engine.fitting(ways, Where())
    return None, ()


def _entries(
    engine: SearchEngine, blended: list[Blended], found: list[Found], ranked: list[Ranked]
) -> list[Ranked]:
    by_words = {one.key: one for one in found}
    read = {one.found.key: one for one in ranked}
    others = [one.found.key for one in blended if one.found.key not in read]
    entries = dict(zip(others, engine.entries(others), strict=True))
    hits = []
    for one in blended:
        known = read.get(one.found.key)
        why = (("counted", round(one.words, 3)), ("meaning", round(one.similarity, 3)))
        hits.append(
            Ranked(
                known.entry if known else entries[one.found.key],
                one.score,
                by_words.get(one.found.key, one.found),
                (*(known.literal if known else ()), *why),
            )
        )
    return hits
