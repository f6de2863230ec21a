"""What time it is: the wall clock, or `KB_NOW` for tests and demos."""

import os
from datetime import datetime, timedelta

from kb.errors import WrongUse

_ahead: list[timedelta] = []
"""How far this process is from the wall clock; empty where it goes by it."""


def begin_at(moment: datetime) -> None:
    """Let the clock of this process show `moment` now and go on from there: a demo's own day."""
    _ahead[:] = [moment - datetime.now().astimezone()]


def now() -> datetime:
    """Return the present moment, always with an offset.

    `KB_NOW` (RFC 3339 with offset) sets it; a value that can't be read is `WrongUse("bad-now")`.
    """
    fixed = os.environ.get("KB_NOW")
    if not fixed:
        return sum(_ahead, timedelta()) + datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError:
        raise WrongUse("bad-now", value=fixed) from None
    if moment.tzinfo is None:
        raise WrongUse("bad-now", value=fixed)
    return moment
