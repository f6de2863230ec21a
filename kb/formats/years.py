"""Which year a date without one belongs to: from the file itself, never from today.

Consecutive meetings are as near to each other as the calendar allows, so December beside January
turns the year. One known year (written at a meeting, in a heading above, in the file's name, or
given by the user) then fixes all the others.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kb.formats.dates_loose import Found, valid


class Undecided(NamedTuple):
    """A meeting's date as found, with the year that a heading above it names (or None)."""

    found: Found
    heading_year: int | None = None

    @property
    def known(self) -> int | None:
        """Return the year that the file states for this meeting, or None."""
        return self.found.year if self.found.year is not None else self.heading_year


def years(
    entries: Sequence[Undecided], given: int | None = None, of_file: int | None = None
) -> list[int | None]:
    """Return the year of each entry, in order; None where nothing tells it.

    A year that is written wins. Then, for a file without any, `given` (the user's) is the year
    of its first meeting, and `of_file` (from its name or title) the year of most of them.
    """
    known = [entry.known for entry in entries]
    if not any(year is None for year in known):
        return known
    if not any(known):
        base = given if given is not None else of_file
        if base is None:
            return known
        steps = _relative(entries)
        if given is None:
            counts = {step: steps.count(step) for step in steps}
            most = max(counts, key=lambda step: (counts[step], -steps.index(step)))
            base -= most
        return [
            _exists(entry.found, base + step) for entry, step in zip(entries, steps, strict=True)
        ]
    result = list(known)
    for indexes in (range(1, len(entries)), range(len(entries) - 2, -1, -1)):
        step = 1 if indexes.step > 0 else -1
        for index in indexes:
            before = result[index - step]
            if result[index] is None and before is not None:
                result[index] = _nearest(entries[index - step].found, before, entries[index].found)
    return [
        year if year is None else _exists(entry.found, year)
        for entry, year in zip(entries, result, strict=True)
    ]


def _relative(entries: Sequence[Undecided]) -> list[int]:
    """Return the years relative to the first entry's, walking down the file."""
    base = 2000  # any leap year will do: only differences leave this function
    current = base
    steps = [0]
    for before, entry in pairwise(entries):
        current = _nearest(before.found, current, entry.found)
        steps.append(current - base)
    return steps


def _nearest(anchor: Found, year: int, other: Found) -> int:
    """Return the year that brings `other` nearest to `anchor` of `year`."""
    here = _ordinal(anchor, year)
    return min(
        (year, year - 1, year + 1), key=lambda candidate: abs(_ordinal(other, candidate) - here)
    )


def _ordinal(found: Found, year: int) -> int:
    last = found.day if valid(year, found.month, found.day) else 28
    return date(year, found.month, last).toordinal()


def _exists(found: Found, year: int) -> int | None:
    return year if valid(year, found.month, found.day) else None
