"""Due dates inside a line: before a day (期限 12/1, by December 1) or after it (12/1まで)."""

import re
from typing import NamedTuple

from kb.formats.dates_loose import Found, dates

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_BEFORE = re.compile(
    r"(?:\bdue(?: date| by| on)?\s*[:：]?|\bby|\buntil|\bbefore|\bdeadline\s*[:：]?"
    r"|期限\s*[:：]?|締め?切り?\s*[:：]?|〆切?\s*[:：]?|納期\s*[:：]?|📅|[(（\[、,\s][~〜～])"
    rf"\s*(?:{_WEEKDAY},?\s*)?$",
    re.IGNORECASE,
)
_DAY_OF_WEEK = r"\s*[(（][月火水木金土日][)）]"
_AFTER = re.compile(rf"^(?:{_DAY_OF_WEEK})?\s*(?:まで(?:に)?|迄|〆|締め?切り?|期限|中に)")
_AFTER_DAY = re.compile(_DAY_OF_WEEK)
_EMPTY = re.compile(r"[(（\[]\s*[、,;]?\s*[)）\]]")
_GAPS = " ,、\u3000"


class Day(NamedTuple):
    """The day of a meeting, which lends its year to due dates; `day_first` is the file's order."""

    year: int | None
    month: int
    day: int
    day_first: bool = False


class Dated(NamedTuple):
    """A text without its due date, and that date as YYYY-MM-DD (or None)."""

    text: str
    due: str | None


def take_due(text: str, meeting: Day | None) -> Dated:
    """Take a due date out of a text.

    A due date without a year is the next such day from the meeting on; without the meeting's
    year it stays in the text.
    """
    for found in dates(text, day_first=meeting is not None and meeting.day_first):
        before = _BEFORE.search(text[: found.start])
        after = _AFTER.match(text[found.stop :])
        if not before and not after:
            continue
        due = _due(found, meeting)
        if due is None:
            break
        start = before.start() if before else found.start
        start += before is not None and text[start] in "(（["
        stop = found.stop + (after.end() if after else 0)
        weekday = _AFTER_DAY.match(text[stop:])
        left = _without(text, start, stop + (weekday.end() if weekday else 0))
        return Dated(left or text, due)
    return Dated(text, None)


def _without(text: str, start: int, stop: int) -> str:
    left, right = text[:start].rstrip(_GAPS), text[stop:].lstrip(_GAPS)
    close = not right or left.endswith(("(", "（", "[")) or right[0] in ")）].。"
    return _EMPTY.sub("", left + ("" if close else " ") + right).strip(" \u3000")


def _due(found: Found, meeting: Day | None) -> str | None:
    if found.year is not None:
        return found.iso
    if meeting is None or meeting.year is None:
        return None
    later = (found.month, found.day) < (meeting.month, meeting.day)
    return found._replace(year=meeting.year + later).iso
