"""Finds and scores entries from postings that Python reads: the bm25 of SQLite, for other engines.

A part is one piece of an index; entries go by their numbers in it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kb.search.ports import Entry, Where
from kb.search.query import Query, Word, loose
from kb.search.tokens import kana, normal, terms
from kb.search.weighing import by_synonyms

K1, B = 1.2, 0.75

Docs = dict[int, float]
Block = tuple[Iterable[int], Iterable[float]]


class Part(Protocol):
    """What is read of an index.

    `count` is how many entries it holds with those that are `gone`; `damping` has for each what
    its length takes from a word's weight. Fields are "words", "extra", "kana" and "keys".
    """

    count: int
    gone: frozenset[int]
    damping: Sequence[float]

    def blocks(self, field: str, term: str) -> Iterator[Block]:
        """Yield the entries that have a term, those that are gone too, and its weights."""

    def frequency_of(self, field: str, term: str) -> int:
        """Return how many entries have a term, those that are gone too."""

    def docs(self, field: str, term: str) -> set[int]:
        """Return the entries that have a term."""

    def starting(self, field: str, start: str) -> list[str]:
        """Return the terms of a field that begin so."""

    def keyed(self, *keys: str) -> set[int]:
        """Return the entries that have one of these keys."""

    def between(self, start: str, low: str | None, high: str | None) -> set[int]:
        """Return the entries that have a key that begins with `start` and lies in between."""

    def day(self, number: int) -> int:
        """Return the date of an entry as a number that grows with time, 0 without one."""

    def entry(self, number: int) -> Entry:
        """Return an entry."""


def damping(size: int, average: float) -> float:
    """Return what a length (in terms) takes from the weight of a word."""
    return K1 * (1 - B + B * size / (average or 1))


class Asked:
    """A query on the opened parts."""

    def __init__(self, parts: tuple[Part, ...], query: Query, where: Where, *, every: bool) -> None:
        """Look up how rare each term is."""
        self.parts, self.query, self.where, self.every = parts, query, where, every
        self.whole = sum(part.count for part in parts)  # as frequencies count those that are gone
        words = [word for group in query.groups for word in group]
        spelled = [(*w.terms, *w.other) if every else w.terms for w in words]
        self.wanted = {t: self._idf("words", t) for terms_ in spelled for t in terms_}
        self.further = {t: self._idf("extra", t) for w in words for t in w.other} if every else {}
        self._lowered: dict[tuple[int, int], float] = {}

    def _idf(self, field: str, term: str) -> float:
        having = sum(part.frequency_of(field, term) for part in self.parts)
        idf = math.log((self.whole - having + 0.5) / (having + 0.5)) if having else 0.0
        return max(idf, 1e-6)

    def scored(self) -> Iterator[tuple[float, int, int]]:
        """Yield (score, part, entry) of all that fit; without words the day for the score."""
        for at, part in enumerate(self.parts):
            allowed = _allowed(part, self.where)
            if not self.query.groups:
                scores = {number: float(part.day(number)) for number in allowed or ()}
            else:
                scores = self._every(at, part) if self.every else self._any(part)
            for word in self.query.without:
                for number in self._meeting(part, word):
                    scores.pop(number, None)
            for number, score in scores.items():
                if number not in part.gone and (allowed is None or number in allowed):
                    yield score, at, number

    def _any(self, part: Part) -> Docs:
        scores: Docs = {}
        known = scores.get
        damping = part.damping
        for term, idf in self.wanted.items():
            factor = idf * (K1 + 1)
            for numbers, weights in part.blocks("words", term):
                for number, weight in zip(numbers, weights):  # noqa: B905 (the inner loop)
                    scores[number] = known(number, 0.0) + factor * weight / (
                        weight + damping[number]
                    )
        return scores

    def synonym(self, at: int, number: int) -> float:
        """Return the factor in the score of an entry that was found by other names, else 1."""
        return self._lowered.get((at, number), 1.0)

    def _every(self, at: int, part: Part) -> Docs:
        found: set[int] | None = None
        lacking = Counter[int]()
        for group in self.query.groups:
            own: set[int] = set()
            named: set[int] = set()
            for word in group:
                meeting = named if word.synonym else own
                meeting |= self._meeting(part, word, among=found)
            lacking.update(named - own)
            met = own | named
            found = met if found is None else found & met
            if not found:
                return {}
        scores = dict.fromkeys(found or (), 0.0)
        for field, wanted in (("words", self.wanted), ("extra", self.further)):
            for term, idf in wanted.items():
                factor = idf * (K1 + 1)
                for numbers, weights in part.blocks(field, term):
                    for number, weight in zip(numbers, weights):  # noqa: B905 (the inner loop)
                        if number in scores:
                            scores[number] += factor * weight / (weight + part.damping[number])
        for number in lacking.keys() & scores.keys():
            factor = by_synonyms(lacking[number], len(self.query.groups))
            self._lowered[at, number] = factor
            scores[number] *= factor
        return scores

    def _meeting(self, part: Part, word: Word, among: set[int] | None = None) -> set[int]:
        """Return the entries in which a word stands, of those in `among`."""
        if not word.terms:
            return _literally(part, word.text, among)
        if loose(word):
            pairs = part.starting("words", word.text)
            return set().union(
                part.docs("extra", word.text), *(part.docs("words", pair) for pair in pairs)
            )
        found = _all(part, word.terms)
        if word.phrase and len(word.terms) > 1:
            near = found if among is None else found & among
            return {number for number in near if _side_by_side(part.entry(number), word.terms)}
        return found | _all(part, word.other, extra=True) if word.other else found


def _all(part: Part, wanted: Iterable[str], *, extra: bool = False) -> set[int]:
    found: set[int] | None = None
    for term in dict.fromkeys(wanted):
        having = part.docs("words", term)
        if extra:
            having |= part.docs("extra", term)
        found = having if found is None else found & having
        if not found:
            break
    return found or set()


def _literally(part: Part, text: str, among: set[int] | None) -> set[int]:
    """Return the entries that hold a text of which nothing is a term."""
    found = among
    for pair in kana(text):
        having = part.docs("kana", pair)
        found = having if found is None else found & having
    if found is None:
        found = set().union(*(part.docs("kana", pair) for pair in part.starting("kana", text)))
    held = {number: part.entry(number) for number in found}
    return {n for n, entry in held.items() if text in normal(f"{entry.title}\n{entry.text}")}


def _side_by_side(entry: Entry, wanted: tuple[str, ...]) -> bool:
    phrase = "\0".join(["", *wanted, ""])
    return any(
        phrase in "\0".join(["", *terms(text), ""])
        for text in (entry.text, entry.title, entry.around)
    )


def _allowed(part: Part, where: Where) -> set[int] | None:
    """Return the entries that the filters let pass; None when there are none."""
    sets = [
        part.keyed(*(f"{letter}:{name}" for name in names))
        for letter, names in (
            ("k", where.kinds),
            ("a", where.accounts),
            ("o", [name.casefold() for name in where.owners]),
            ("t", [name.casefold() for name in where.tags]),
        )
        if names
    ]
    if where.since or where.until:
        sets.append(part.between("d:", where.since, where.until))
    if where.state == "overdue":
        due = part.between("u:", None, where.today) - part.keyed(f"u:{where.today}")
        sets.append(part.keyed("s:open") & due)
    elif where.state:
        sets.append(part.keyed("k:todo") & part.keyed(f"s:{where.state}"))
    return set.intersection(*sets) if sets else None
