"""Working days and times of day of the sample team, the same in every replay."""

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 21)
"""The day on which the sample team's records end."""

_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2025-10-13", "2025-11-03", "2025-11-24", "2026-01-01", "2026-01-12", "2026-02-11"),
        *("2026-02-23", "2026-03-20", "2026-04-29", "2026-05-04", "2026-05-05", "2026-05-06"),
        *("2026-07-20", "2026-08-11", "2026-09-21", "2026-09-22", "2026-09-23", "2026-10-12"),
        *("2026-11-03", "2026-11-23"),
    )
)


def works(day: date) -> bool:
    """Tell whether the team works on a day: no weekend, no public holiday in Japan."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def working_day(day: date) -> date:
    """Return `day`, or the next working day after it."""
    while not works(day):
        day += timedelta(days=1)
    return day


def day_before(day: date) -> date:
    """Return the last working day before `day`."""
    day -= timedelta(days=1)
    while not works(day):
        day -= timedelta(days=1)
    return day


def day_after(day: date) -> date:
    """Return the next working day after `day`."""
    return working_day(day + timedelta(days=1))


def at(day: date, clock: str, key: str = "", spread: int = 0) -> datetime:
    """Return `clock` (HH:MM) of a day, up to `spread` minutes later as `key` decides."""
    moment = datetime.combine(day, time.fromisoformat(clock), ZONE)
    if not spread:
        return moment
    draw = int.from_bytes(sha256(key.encode()).digest()[:4])
    return moment + timedelta(seconds=draw % (spread * 60))
