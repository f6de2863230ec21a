"""What each browser saved last: said in the bar of every page, with the way to take it back."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import NamedTuple

KEPT = 400
"""How many browsers' last changes are remembered, the newest."""


class Save(NamedTuple):
    """A change: the commit that made it, what it did, and when; `back` if it took one back."""

    change: str
    message: str
    at: datetime
    back: bool = False


class Saves:
    """The last change of each session, in memory; safe to ask from several threads."""

    def __init__(self) -> None:
        """Begin with nothing saved."""
        self._lock = Lock()
        self._last: OrderedDict[str, Save] = OrderedDict()

    def note(self, session: str, save: Save) -> None:
        """Remember the last change of a session, which is told by its form token."""
        with self._lock:
            self._last[session] = save
            self._last.move_to_end(session)
            while len(self._last) > KEPT:
                self._last.popitem(last=False)

    def of(self, session: str) -> Save | None:
        """Return the last change of a session, None when it made none."""
        with self._lock:
            return self._last.get(session)
