"""What the team asks of itself: how strict a rule is, and whether minutes were done in time."""

from datetime import datetime, timedelta
from typing import Literal

Level = Literal["off", "remind", "require"]
Severity = Literal["error", "warning"]

REQUIRED_TO_CLOSE = frozenset(
    {"no-hypothesis", "no-test", "no-confidence", "no-impact", "no-stance", "no-review"}
)
"""Checks which, when the team requires them, hold a meeting open until they are mended."""


def severity(level: Level) -> Severity | None:
    """Return how a finding of this level counts: an error, a warning, or (off) not at all."""
    if level == "off":
        return None
    return "error" if level == "require" else "warning"


def minutes_after(end: datetime, closed: datetime) -> float:
    """Return the minutes from the meeting's end to `closed`; 0 when it was closed before."""
    return max(0.0, round((closed - end).total_seconds() / 60, 2))


def within_target(end: datetime, closed: datetime, minutes: int) -> bool:
    """Tell whether minutes complete at `closed` were done in time, to the second."""
    return closed - end <= timedelta(minutes=minutes)
