"""One look at the files for everybody in a process: who asks soon after another need not look.

A server answers many at once, and a look at thousands of files costs each of them milliseconds.
What was saved by this process is always seen, because its saves are counted; what an editor or
another program wrote is seen within a second.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from kb.catalogue.catalogue import Catalogue
from kb.catalogue.standing import Standing
from kb.text.names import Names

Row = TypeVar("Row")
PATIENCE = 0.25
"""Seconds for which a look at the files is good, unless this process saved meanwhile."""
MEMORY = 3
"""How much of the file (MB) each catalogue of a server holds at most: there are several."""
SHARE, LONGEST = 5, 0.8
"""Where a look takes long it is good for so many times as long, at most for so many seconds."""


class Keeper:
    """Keeps the rows of one store up for all catalogues of a process; safe among threads."""

    def __init__(
        self,
        root: Path,
        names: Names,
        members: Iterable[str],
        saves: tuple[Callable[[], int], Callable[[], int]],
    ) -> None:
        """Look at the store at `root`.

        `saves` counts what this process did to any store: all of it, and up to what was done last
        in the thread that asks.
        """
        self._own = Catalogue(root, names, members, memory=MEMORY)
        self._saves, self._mine = saves
        self._standing = Standing()
        self._lock = Lock()
        self._until = 0.0
        self._saved = -1
        self._noted: set[int] = set()

    def noted(self) -> None:
        """Hear that the rows are those of what this thread saved last: nobody has to look for it.

        What was saved between is looked for; who notes nothing leaves a gap in the count.
        """
        self._noted.add(self._mine())

    def look(self) -> bool:
        """Bring the rows up to the files unless they are; False: everybody has to look themselves.

        That is so where the catalogue can't be written, and each has its own in memory.
        """
        with self._lock:
            return self._look()

    def _look(self) -> bool:
        saved, now = self._saves(), time.monotonic()
        # A file that was taken away is made anew by whoever is lent it next: it has no rows yet.
        if now >= self._until or self._own.taken_away or not self._all_noted(saved):
            self._own.rest()
            self._own.catch_up()
            took = time.monotonic() - now
            self._until = now + max(PATIENCE, min(SHARE * took, LONGEST))
        self._saved = saved
        self._noted = {one for one in self._noted.copy() if one > saved}
        return not self._own.in_memory

    def _all_noted(self, saved: int) -> bool:
        """Tell whether the rows know of all that was saved since the last time, up to `saved`."""
        return 0 <= self._saved <= saved and all(
            number in self._noted for number in range(self._saved + 1, saved + 1)
        )

    def listed(self, job: Callable[[Standing, sqlite3.Connection], Row]) -> Row | None:
        """Return what `job` takes of the lists that stand ready, on rows that are up to date.

        What it returns is everybody's and not to be changed. None: everybody has to ask themselves.
        """
        with self._lock:
            if not self._look():
                return None
            return self._own.rows(lambda db: job(self._standing, db))

    def close(self) -> None:
        """Close the file; the next look opens it again."""
        with self._lock:
            self._own.close()
            self._until, self._saved = 0.0, -1
