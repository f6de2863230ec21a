"""Habits of meetings by unit and week, and what the next step of adoption lacks."""

from datetime import date

import pytest

from kb.model.calibration import Share
from kb.model.flow_adoption import steps
from kb.model.flow_coverage import HABITS, Held, by, reach

LEVELS = {"minutes": "require", "hypothesis": "remind", "pre_review": "remind"}


def held(day, unit, *habits):
    return Held(date.fromisoformat(day), unit, frozenset(habits))


MEETINGS = [
    held("2026-11-20", "east", "with_hypothesis", "closed"),
    held("2026-11-16", "west", "closed"),
    held("2027-01-01", "east", "with_hypothesis", "pre_reviewed"),
]


def test_meetings_are_counted_by_unit_and_iso_week():
    assert reach("", MEETINGS).shares == {
        "with_hypothesis": Share(2, 3),
        "preregistered": Share(0, 3),
        "pre_reviewed": Share(1, 3),
        "closed": Share(2, 3),
        "minutes_within_5": Share(0, 3),
    }
    units = by(lambda one: one.unit, MEETINGS)
    assert [(u.name, u.meetings, u.shares["closed"].n) for u in units] == [
        ("east", 2, 1),
        ("west", 1, 1),
    ]
    weeks = by(lambda one: one.week, MEETINGS)
    assert [(w.name, w.meetings) for w in weeks] == [("2026-W47", 2), ("2026-W53", 1)]
    assert weeks[0].as_json("week")["closed"] == {"n": 2, "of": 2, "rate": None}


def habits(**given):
    return {habit: given.get(habit, Share(49, 49)) for habit in HABITS}


def lacks(number, **given):
    levels = LEVELS | given.pop("levels", {})
    adopted = given.pop("adopted", 3)
    found = steps(levels, habits(**given), adopted, Share(adopted, adopted))[number - 1]
    return [(lack.code, lack.what) for lack in found.missing]


def test_everything_is_open_to_a_team_that_does_it():
    assert [lacks(number) for number in (1, 2, 3, 4)] == [[], [], [], []]


@pytest.mark.parametrize(("n", "codes"), [(39, [("coverage", "pre_reviewed")]), (40, [])])
def test_step_three_needs_the_reach_of_step_two(n, codes):
    assert lacks(3, pre_reviewed=Share(n, 50)) == codes


def test_too_few_meetings_say_nothing():
    assert lacks(2, closed=Share(19, 19)) == [("few", "closed")]
    assert lacks(3, closed=Share(19, 19)) == [("earlier", "hypotheses")]


def test_a_switch_that_is_off_is_named():
    assert lacks(3, levels={"pre_review": "off"}) == [("off", "pre_review")]


def test_a_playbook_needs_a_principle():
    assert lacks(4, adopted=0) == [("principles", "principles")]
