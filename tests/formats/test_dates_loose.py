"""Every form of date that people write in notes, and numbers that are none."""

import pytest

from kb.formats.dates_loose import dates, first_date, order_of, year_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026/11/21", "2026-11-21"),
        ("2026/1/5", "2026-01-05"),
        ("2019.10.17", "2019-10-17"),
        ("2025年2月25日(火)", "2025-02-25"),
        ("2025 年 2 月 25 日", "2025-02-25"),
        ("令和8年11月21日", "2026-11-21"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成30年4月1日", "2018-04-01"),
        ("R8.11.21", "2026-11-21"),
        ("R8/11/21", "2026-11-21"),
        ("2026年11月21日", "2026-11-21"),
        ("２０２６／１１／２１", "2026-11-21"),
        ("２０２６年１１月２１日（土）", "2026-11-21"),
        ("March 4, 2019", "2019-03-04"),
        ("Mar. 4th 2019", "2019-03-04"),
        ("December,14 2022", "2022-12-14"),
        ("4 March 2019", "2019-03-04"),
        ("13 Dec, 2022", "2022-12-13"),
        ("Thursday, Apr 30, 2020 (9:00-10:00am PT)", "2020-04-30"),
        ("December 24 & 31, 2019", "2019-12-24"),
        ("9/28/2020", "2020-09-28"),
        ("28/9/2020", "2020-09-28"),
        ("9/24/19", "2019-09-24"),
        ("5-29-19", "2019-05-29"),
        ("2024-06-19T14:00:00Z", "2024-06-19"),
        ("20250527-jupytergis-sync", "2025-05-27"),
        ("2019-12-9", "2019-12-09"),
        ("December 25, 11a", "12-25"),
        ("Jan12", "01-12"),
        ("Dec. 9", "12-09"),
        ("August 27th", "08-27"),
        ("11月21日", "11-21"),
        ("11/9 Slack Standup", "11-09"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    found = first_date(text)
    assert found is not None
    assert (found.iso or found.month_day) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-13-45",
        "2026-02-30",
        "v1.2.3",
        "10.0.0 retro",
        "Maybe 3 of us",
        "Decision 12",
        "Mar 10:30",
        "12/34",
        "issue #2026",
        "2026/11-21",
        "127.0.0.1",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert list(dates(text)) == []


def test_two_readings_are_told() -> None:
    found = first_date("3/4/2020")
    assert found is not None
    assert found.iso == "2020-03-04"
    assert found.swapped == (4, 3)


def test_the_file_tells_the_order_of_day_and_month() -> None:
    assert order_of(["3/4/2020", "28/9/2020"])
    assert not order_of(["3/4/2020", "9/28/2020"])
    assert not order_of(["3/4/2020"])
    found = first_date("3/4/2020", day_first=True)
    assert found is not None
    assert found.iso == "2020-04-03"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("meeting-notes-2018", 2018),
        ("Notes (2019)", 2019),
        ("201911-202010", None),
        ("v2", None),
        ("令和8年度", 2026),
        ("2018 and 2019", None),
    ],
)
def test_the_year_that_a_name_tells(text: str, year: int | None) -> None:
    assert year_in(text) == year
