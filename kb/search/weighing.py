"""What of an entry counts how much when it is looked for; the same for every engine."""

from typing import NamedTuple

from kb.search.ports import Entry

TITLED = frozenset("meeting principle play manual note".split())
"""Kinds whose title is their own; an item's is that of the whole meeting, and stands around it."""


class Weights(NamedTuple):
    """How much a word counts in the text, in the title, and in what stands around."""

    text: float
    title: float
    around: float


WEIGHTS = Weights(1.0, 2.0, 0.3)
SYNONYM = 0.3
"""What an entry counts that has only other names of all that was typed."""


def by_synonyms(met: int, groups: int) -> float:
    """Return what an entry counts that meets so many of the groups only by other names."""
    return float(SYNONYM ** (met / groups))


def weighed(entry: Entry) -> tuple[str, str, str]:
    """Return the words of an entry as text, title, and what stands around."""
    if entry.kind in TITLED:
        return entry.text, entry.title, entry.around
    return entry.text, "", f"{entry.title}\n{entry.around}"
