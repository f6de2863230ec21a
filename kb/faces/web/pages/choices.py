"""What a line is completed with while it is written: days until which something can be due."""

import calendar
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from kb.faces.web.ask import Ask


class Day(NamedTuple):
    """A day that is offered: as it is written (YYYY-MM-DD), and what it is."""

    value: str
    label: str


def days_of(ask: "Ask", account: str) -> list[Day]:
    """Return the days that are offered for something due, the nearest first, none twice."""
    today = ask.ctx.today
    last = calendar.monthrange(today.year, today.month)[1]
    offered = [
        ("due-tomorrow", today + timedelta(days=1)),
        ("due-in-a-week", today + timedelta(days=7)),
        ("due-end-of-month", today.replace(day=last)),
    ]
    shown = [_day(ask, code, day) for code, day in offered if day > today]
    coming = ask.ctx.catalogue.meetings(account, since=(today + timedelta(days=1)).isoformat())
    if coming:
        shown.append(_labelled(ask, "due-next-meeting", min(one.date for one in coming)))
    first: dict[str, Day] = {}
    for one in shown:
        first.setdefault(one.value, one)
    return sorted(first.values())


def _day(ask: "Ask", code: str, day: "date") -> Day:
    return _labelled(ask, code, day.isoformat())


def _labelled(ask: "Ask", code: str, day: str) -> Day:
    words = ask.words
    return Day(day, words(code, day=words.short(day), weekday=words.weekday(day)))
