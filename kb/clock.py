"""What time it is: the wall clock, or `KB_NOW` for tests and demos."""

import os
from datetime import datetime

from kb.errors import WrongUse


def now() -> datetime:
    """Return the present moment, always with an offset.

    `KB_NOW` (RFC 3339 with offset) sets it; a value that can't be read is `WrongUse("bad-now")`.
    """
    fixed = os.environ.get("KB_NOW")
    if not fixed:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError:
        raise WrongUse("bad-now", value=fixed) from None
    if moment.tzinfo is None:
        raise WrongUse("bad-now", value=fixed)
    return moment
