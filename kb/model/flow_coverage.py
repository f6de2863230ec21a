"""How far the team's habits reach: of the meetings held, how many had what, by unit and week."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from kb.model.calibration import Share

HABITS = ("with_hypothesis", "preregistered", "pre_reviewed", "closed", "minutes_within_5")
"""What is counted of every meeting that was held, in the order in which it is done."""


class Held(NamedTuple):
    """A meeting that was held: its day, the account's unit ("" for none), and what it had.

    `habits` are those of `HABITS` that it had.
    """

    day: date
    unit: str
    habits: frozenset[str]

    @property
    def week(self) -> str:
        """Return the ISO week of its day: 2026-W47."""
        year, week, _ = self.day.isocalendar()
        return f"{year}-W{week:02}"


class Reach(NamedTuple):
    """How far the habits reach in some meetings: `name` is a unit or a week."""

    name: str
    meetings: int
    shares: dict[str, Share]

    def as_json(self, key: str) -> dict[str, Any]:
        """Return it with its name under `key`."""
        shares = {habit: share.as_json() for habit, share in self.shares.items()}
        return {key: self.name, "meetings": self.meetings, **shares}


def reach(name: str, held: Iterable[Held]) -> Reach:
    """Return how far the habits reach in these meetings."""
    known = tuple(held)
    shares = {
        habit: Share(sum(habit in one.habits for one in known), len(known)) for habit in HABITS
    }
    return Reach(name, len(known), shares)


def by(key: Callable[[Held], str], held: Iterable[Held]) -> tuple[Reach, ...]:
    """Return the reach in each group of meetings, in the order of the groups' names."""
    groups: dict[str, list[Held]] = {}
    for one in held:
        groups.setdefault(key(one), []).append(one)
    return tuple(reach(name, groups[name]) for name in sorted(groups))
