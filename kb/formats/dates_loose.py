"""Dates as people write them in notes, Japanese and English, with or without a year.

Nothing here knows today: a date without a year stays without one (`kb.formats.years` finds it
from the file itself).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february", "febuary"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
_NARROW = str.maketrans(
    "０１２３４５６７８９／．－：，（）＃＠ＲＨＳ\u3000\u2010\u2011\u2212",
    "0123456789/.-:,()#@RHS ---",
)

_MON = r"(?P<{0}>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")(?![A-Za-z])\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:\s?(?:st|nd|rd|th)\b)?(?!\d)(?!:\d)"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_WEEK = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s+)?"
_PATTERN = re.compile(
    "|".join(
        (
            # 2026-11-21  2026/11/21  2026.11.21  2026年11月21日
            (
                r"(?<![\d.])(?P<y1>(?:19|20)\d\d)\s?(?P<s1>[-/._年])\s?(?P<m1>[01]?\d)\s?"
                r"(?P<t1>[-/._月])\s?(?P<d1>[0-3]?\d)(?!\d)日?"
            ),
            # 令和8年11月21日  R8.11.21
            (
                r"(?:(?P<e2>令和|平成|昭和)\s?|(?<![A-Za-z0-9])(?P<f2>[RHS])\s?)(?P<y2>\d{1,2}|元)"
                r"\s?[-/.年]\s?(?P<m2>[01]?\d)\s?[-/.月]\s?(?P<d2>[0-3]?\d)(?!\d)日?"
            ),
            # 20261121
            r"(?<![\dA-Za-z])(?P<y3>20[0-4]\d)(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?![\dA-Za-z])",
            # Saturday, November 21st, 2026
            _WEEK
            + r"\b"
            + _MON.format("n4")
            + r",?\s*"
            + _DAY.format("d4")
            + r"(?:(?:\s?(?:&|and|[-–/,])\s?[0-3]?\d(?:st|nd|rd|th)?(?!\d))?\s*[,.]?\s*"
            + _YEAR.format("y4")
            + r")?",
            # 21 November 2026
            r"(?<![\d.:/-])"
            + _DAY.format("d5")
            + r"(?:\s+of)?\s+"
            + _MON.format("n5")
            + r"(?:\s*,?\s*"
            + _YEAR.format("y5")
            + r")?",
            # 9/28/2020  28.9.2020  9-28-20
            (
                r"(?<![\d./-])(?P<a6>[0-3]?\d)(?P<s6>[-/.])(?P<b6>[0-3]?\d)(?P=s6)"
                r"(?P<y6>(?:19|20)\d\d|\d\d)(?![\d/-])"
            ),
            # 11月21日
            r"(?<!\d)(?P<m7>[01]?\d)月\s?/?(?P<d7>[0-3]?\d)日?(?!\d)",
            # 11/21
            r"(?<![\d./-])(?P<a8>[01]?\d)/(?P<b8>[0-3]?\d)(?![\d/.%-])",
        )
    ),
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A date in a text: where it stands (characters, half open) and what it says.

    `year` is None when none is written. `swapped` holds (month, day) read the other way round
    when both readings are possible (`3/4/2020`), else None.
    """

    start: int
    stop: int
    year: int | None
    month: int
    day: int
    swapped: tuple[int, int] | None = None

    @property
    def iso(self) -> str | None:
        """Return YYYY-MM-DD, or None without a year."""
        return None if self.year is None else f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def month_day(self) -> str:
        """Return MM-DD."""
        return f"{self.month:02}-{self.day:02}"


def narrow(text: str) -> str:
    """Return `text` with full-width digits and date punctuation as ASCII, same length."""
    return text.translate(_NARROW)


def valid(year: int | None, month: int, day: int) -> bool:
    """Tell whether the day exists (without a year: in a leap year)."""
    if not (1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]):
        return False
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return leap or (month, day) != (2, 29)


def dates(text: str, *, day_first: bool = False) -> Iterator[Found]:
    """Yield the dates of `text` from left to right.

    Numbers alone are read in US order (month/day/year) unless that is impossible, or unless
    `day_first` says that the file writes the day first.
    """
    text = narrow(text)
    at = 0
    while match := _PATTERN.search(text, at):
        found = _read(match, day_first=day_first)
        if found is not None:
            yield found
            at = match.end()
        else:
            at = match.start() + 1


def _read(match: "re.Match[str]", *, day_first: bool) -> Found | None:
    part = match.groupdict()
    year: int | None = None
    swapped = None
    if part["y1"]:
        if (part["s1"] == "年") != (part["t1"] == "月") or (
            part["s1"] != "年" and part["s1"] != part["t1"]
        ):
            return None
        year, month, day = int(part["y1"]), int(part["m1"]), int(part["d1"])
    elif part["y2"]:
        era = _ERAS[part["e2"] or part["f2"].lower()]
        year = era + (1 if part["y2"] == "元" else int(part["y2"]))
        month, day = int(part["m2"]), int(part["d2"])
    elif part["y3"]:
        year, month, day = int(part["y3"]), int(part["m3"]), int(part["d3"])
    elif part["n4"]:
        year = int(part["y4"]) if part["y4"] else None
        month, day = _NAMES[part["n4"].lower()], int(part["d4"])
    elif part["n5"]:
        year = int(part["y5"]) if part["y5"] else None
        month, day = _NAMES[part["n5"].lower()], int(part["d5"])
    elif part["y6"]:
        year = int(part["y6"]) + (2000 if len(part["y6"]) == 2 else 0)
        first, second = int(part["a6"]), int(part["b6"])
        month, day = (second, first) if day_first or first > 12 else (first, second)
        if first <= 12 and second <= 12 and first != second:
            swapped = (day, month)
    elif part["m7"]:
        month, day = int(part["m7"]), int(part["d7"])
    else:
        month, day = int(part["a8"]), int(part["b8"])
    if not valid(year, month, day):
        return None
    return Found(match.start(), match.end(), year, month, day, swapped)


def first_date(text: str, *, day_first: bool = False) -> Found | None:
    """Return the first date of `text` that has a year, else the first one, else None."""
    found = list(dates(text, day_first=day_first))
    return next((date for date in found if date.year is not None), found[0] if found else None)


_YEAR_ALONE = re.compile(r"(?<!\d)(?<!\d[-/.])((?:19|20)\d\d)(?!\d|[-/.]\d)")
_ERA_ALONE = re.compile(r"(令和|平成)\s?(\d{1,2}|元)年")


def year_in(text: str) -> int | None:
    """Return the only year that `text` names, or None."""
    text = narrow(text)
    years = {int(year) for year in _YEAR_ALONE.findall(text)}
    years |= {_ERAS[era] + (1 if n == "元" else int(n)) for era, n in _ERA_ALONE.findall(text)}
    years |= {date.year for date in dates(text) if date.year is not None}
    return years.pop() if len(years) == 1 else None


def order_of(texts: list[str]) -> bool:
    """Tell whether these texts write the day before the month (`28/9/2020`).

    Decided by dates that can be read in one way only; US order when there are none or they
    disagree.
    """
    day_first = month_first = 0
    for text in texts:
        for match in _PATTERN.finditer(narrow(text)):
            if match["y6"]:
                first, second = int(match["a6"]), int(match["b6"])
                day_first += first > 12 >= second
                month_first += second > 12 >= first
    return day_first > 0 and month_first == 0
