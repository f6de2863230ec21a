"""Full dates at the start of a heading, times, and due dates.

Only complete dates with a four-digit year start a meeting; every other form is the importer's
work. A number that merely looks like a date is none.
"""

import re
from typing import NamedTuple

DATE = (
    r"(?<![\d.])(\d{4})"
    r"(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})日)(?!\d)"
)
_WEEKDAY = (
    r"(?:\s*[(（](?:[月火水木金土日](?:曜日?)?(?:[・,]?祝)?|[A-Za-z]{2,9}\.?)[)）]"
    r"|\s*[月火水木金土日]曜日?"
    r"|,?\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?(?![A-Za-z]))?"
)
_CLOCK = r"([01]?\d|2[0-3])[:：]([0-5]\d)"
_TIMES = rf"(?:[\sT　,]*{_CLOCK}(?:\s*[-–—~〜～]\s*{_CLOCK})?(?![\d:]))?"
_HEADING = re.compile(rf"{DATE}{_WEEKDAY}{_TIMES}")
_DAY = re.compile(DATE)
_RANGE = re.compile(rf"{_CLOCK}(?:\s*(?:[-–—~〜～]|から|to)\s*{_CLOCK})?")
_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Dated(NamedTuple):
    """The date part of a heading: `start`, `end` are "HH:MM" or None; `title` is what follows."""

    date: str
    start: str | None
    end: str | None
    title: str


def heading_date(text: str) -> Dated | None:
    """Read a meeting's heading ("2026-11-25 14:00 定例"); None when no full date opens it."""
    found = _HEADING.match(text)
    if not found:
        return None
    date = _valid(found.groups()[:9])
    if date is None:
        return None
    hour, minute, hour2, minute2 = found.groups()[9:13]
    start = f"{int(hour):02}:{minute}" if hour else None
    end = f"{int(hour2):02}:{minute2}" if hour2 else None
    return Dated(date, start, end, text[found.end() :].strip(" \t\u3000:：,、-–—"))


def day(text: str) -> str | None:
    """Return a full date that is the whole of `text`, as YYYY-MM-DD, or None."""
    found = _DAY.fullmatch(text.strip())
    return _valid(found.groups()) if found else None


def times(text: str) -> tuple[str | None, str | None]:
    """Return (start, end) of "14:00–14:50" as "HH:MM"; None where there is none."""
    found = _RANGE.search(text)
    if not found:
        return None, None
    hour, minute, hour2, minute2 = found.groups()
    end = f"{int(hour2):02}:{minute2}" if hour2 else None
    return f"{int(hour):02}:{minute}", end


def _valid(groups: tuple[str | None, ...]) -> str | None:
    year, *rest = (int(group) for group in groups if group is not None)
    month, day_ = rest
    if not (1 <= month <= 12 and 1 <= day_ <= _MONTH[month - 1]) or year < 1:
        return None
    if month == 2 and day_ == 29 and (year % 4 or (year % 100 == 0 and year % 400)):
        return None
    return f"{year:04}-{month:02}-{day_:02}"
