"""A year that is not written comes from the file: names, order, the user; never from today."""

from kb.formats.dates_loose import first_date
from kb.formats.years import Undecided, years


def _of(*texts: str) -> list[Undecided]:
    found = [first_date(text) for text in texts]
    return [Undecided(date) for date in found if date is not None]


def test_no_year_anywhere_stays_unknown() -> None:
    assert years(_of("Dec 20", "Jan 10")) == [None, None]


def test_the_users_year_is_that_of_the_first_meeting_and_december_turns_it() -> None:
    assert years(_of("Dec 20", "Jan 10", "Jan 24"), given=2025) == [2025, 2026, 2026]
    assert years(_of("Jan 10", "Dec 20"), given=2026) == [2026, 2025]


def test_the_files_year_is_that_of_most_meetings() -> None:
    assert years(_of("Jan 2", "Dec 18", "Dec 4", "Nov 27"), of_file=2018) == [
        2019,
        2018,
        2018,
        2018,
    ]


def test_a_written_year_wins_over_all() -> None:
    assert years(_of("Jan 10", "Dec 20, 2021", "Dec 6"), given=2026) == [2022, 2021, 2021]


def test_a_small_disorder_does_not_turn_the_year() -> None:
    assert years(_of("Mar 12", "Mar 19", "Mar 5"), given=2026) == [2026, 2026, 2026]


def test_a_day_that_the_year_does_not_have_stays_unknown() -> None:
    assert years(_of("Feb 29"), given=2026) == [None]
    assert years(_of("Feb 29"), given=2028) == [2028]
