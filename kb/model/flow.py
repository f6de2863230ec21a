"""How knowledge flows: from notes to insights, candidates, principles, and into use.

Each step is counted over what could have taken it, with the days that it took and the ages of
what has not taken it yet. Days only: what happened on one day took none.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from kb.model.calibration import Share

STEPS = ("note_to_insight", "insight_to_proposed", "proposed_to_adopted", "adopted_to_used")
"""The steps in their order; also the names of their lead times."""
GIVEN_UP = frozenset({"superseded", "retired"})
"""What a page's `status:` is that waits for nothing any more."""


class Note(NamedTuple):
    """A meeting that was held: its day, and the ids of the insights that stand in it."""

    day: date
    insights: tuple[str, ...]


class Principle(NamedTuple):
    """A candidate or principle; `used` are the days of meetings whose hypotheses cite it.

    `proposed` and `adopted` are None where nobody wrote them down.
    """

    id: str
    status: str
    proposed: date | None
    adopted: date | None
    insights: frozenset[str]
    used: tuple[date, ...]


class Step(NamedTuple):
    """One step of the flow: who took it, how many days it took, how long the others wait.

    `days` holds one number for each that took it and whose days are known, `waiting` the ages of
    those that did not, both in ascending order.
    """

    name: str
    taken: Share
    days: tuple[int, ...]
    waiting: tuple[int, ...]

    def lead_json(self) -> dict[str, Any]:
        """Return the median of the days that the step took, and of how many."""
        return {"median": median(self.days) if self.days else None, "n": len(self.days)}

    def as_json(self) -> dict[str, Any]:
        """Return all of the step; ages in days."""
        return {
            "step": self.name,
            **self.taken.as_json(),
            "lead_time_days": self.lead_json(),
            "waiting": {
                "n": len(self.waiting),
                "median_age_days": median(self.waiting) if self.waiting else None,
                "oldest_days": self.waiting[-1] if self.waiting else None,
            },
        }


class _Case(NamedTuple):
    """Something that could take a step: since when, whether it did, and on which day."""

    since: date | None
    taken: bool
    on: date | None


def flow(
    notes: Iterable[Note],
    insights: Mapping[str, date],
    principles: Sequence[Principle],
    today: date,
) -> tuple[Step, ...]:
    """Return the four steps; `insights` says on which day each was written, by id.

    An insight that was written after the page that rests on it was proposed came to that page as
    evidence: it took the step, and no days are counted for it.
    """
    pages: dict[str, list[date]] = {}
    for page in principles:
        for id_ in page.insights:
            pages.setdefault(id_, []).extend([page.proposed] if page.proposed else [])
    cases = (
        [_note(note, insights) for note in notes],
        [
            _Case(day, id_ in pages, min(pages.get(id_, ()), default=None))
            for id_, day in insights.items()
        ],
        [_adoption(page) for page in principles],
        [_use(page) for page in principles if page.status == "adopted"],
    )
    return tuple(_step(name, some, today) for name, some in zip(STEPS, cases, strict=True))


def _note(note: Note, insights: Mapping[str, date]) -> _Case:
    days = [insights[id_] for id_ in note.insights if id_ in insights]
    return _Case(note.day, bool(days), min(days, default=None))


def _adoption(page: Principle) -> _Case:
    """Tell whether a page was adopted; one that was given up before neither was nor waits."""
    taken = page.adopted is not None or page.status == "adopted"
    gone = not taken and page.status in GIVEN_UP
    return _Case(None if gone else page.proposed, taken, page.adopted)


def _use(page: Principle) -> _Case:
    since = [day for day in page.used if page.adopted is None or day >= page.adopted]
    return _Case(page.adopted, bool(since), min(since, default=None))


def _step(name: str, cases: Sequence[_Case], today: date) -> Step:
    days = [(one.on - one.since).days for one in cases if one.taken and one.on and one.since]
    waiting = [(today - one.since).days for one in cases if not one.taken and one.since]
    return Step(
        name,
        Share(sum(one.taken for one in cases), len(cases)),
        tuple(sorted(day for day in days if day >= 0)),
        tuple(sorted(max(0, age) for age in waiting)),
    )
