"""Whose turn a review is: nobody is asked twice before the others, and never an author."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple


class Load(NamedTuple):
    """How much a member has to review now, and when they were asked last (None: never)."""

    open: int = 0
    asked: datetime | None = None


def in_turn(candidates: Iterable[str], loads: Mapping[str, Load]) -> list[str]:
    """Return the candidates in their turn.

    Fewest open reviews first, then who was asked longest ago, then by key.
    """

    def place(member: str) -> tuple[int, bool, float, str]:
        load = loads.get(member, Load())
        at = load.asked.timestamp() if load.asked else 0.0
        return load.open, load.asked is not None, at, member

    return sorted(dict.fromkeys(candidates), key=place)


def is_away(away: Iterable[tuple[date, date]], day: date) -> bool:
    """Tell whether a day is in one of the spans, both ends included."""
    return any(first <= day <= last for first, last in away)
