"""The flow of knowledge over a made-up half year: counts and days are those counted by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kb.model.flow import Note, Principle, flow

TODAY = date(2026, 11, 21)


def day(text):
    return date.fromisoformat(f"2026-{text}")


NOTES = [
    Note(day("04-01"), ("i-1", "i-2")),
    Note(day("05-01"), ("i-3",)),
    Note(day("06-01"), ()),
    Note(day("07-01"), ("i-gone",)),
]
INSIGHTS = {"i-1": day("04-01"), "i-2": day("04-03"), "i-3": day("05-11")}
PAGES = [
    Principle(
        "p-a",
        "adopted",
        day("04-21"),
        day("06-01"),
        frozenset({"i-1", "i-3"}),
        (day("05-20"), day("06-11"), day("07-01")),
    ),
    Principle("p-b", "candidate", day("11-01"), None, frozenset({"i-1"}), ()),
    Principle("p-c", "superseded", day("02-01"), day("02-10"), frozenset(), ()),
    Principle("p-d", "adopted", None, None, frozenset(), ()),
]


def test_counts_and_days_by_hand():
    note, insight, candidate, use = flow(NOTES, INSIGHTS, PAGES, TODAY)
    assert (note.taken.n, note.taken.of, note.days) == (2, 4, (0, 10))
    assert note.waiting == (143, 173)
    # i-1 was there twenty days before; i-3 came to a page that was there; i-2 waits
    assert (insight.taken.n, insight.taken.of, insight.days) == (2, 3, (20,))
    assert insight.waiting == ((TODAY - day("04-03")).days,)
    assert (candidate.taken.n, candidate.taken.of, candidate.days) == (3, 4, (9, 41))
    assert candidate.lead_json() == {"median": 25, "n": 2}
    assert candidate.waiting == (20,)
    assert (use.taken.n, use.taken.of, use.days) == (1, 2, (10,))


def test_a_candidate_that_was_given_up_was_not_adopted_and_does_not_wait():
    pages = [
        Principle(f"p-{status}", status, day("02-01"), adopted, frozenset(), ())
        for status in ("retired", "superseded")
        for adopted in (None, day("02-10"))
    ]
    step = flow([], {}, pages, TODAY)[2]
    assert (step.taken.n, step.taken.of, step.days, step.waiting) == (2, 4, (9, 9), ())


def test_nothing_flows_in_an_empty_store():
    for step in flow([], {}, [], TODAY):
        assert step.as_json() == {
            "step": step.name,
            "n": 0,
            "of": 0,
            "rate": None,
            "lead_time_days": {"median": None, "n": 0},
            "waiting": {"n": 0, "median_age_days": None, "oldest_days": None},
        }


@given(st.lists(st.integers(0, 400), max_size=40), st.lists(st.booleans(), max_size=40))
def test_whoever_could_take_a_step_is_counted_once(ages, named):
    insights = {f"i-{n}": TODAY - timedelta(days=age) for n, age in enumerate(ages)}
    chosen = {id_ for id_, name in zip(insights, named, strict=False) if name}
    page = Principle("p", "candidate", TODAY, None, frozenset(chosen), ())
    step = flow([], insights, [page], TODAY)[1]
    assert step.taken.n + len(step.waiting) == step.taken.of == len(insights)
    assert len(step.days) == step.taken.n == len(chosen)
