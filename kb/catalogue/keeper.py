"""One look at the files for everybody in a process: who asks soon after another need not look.

A server answers many at once, and a look at thousands of files costs each of them milliseconds.
What was saved by this process is always seen, because its saves are counted; what an editor or
another program wrote is seen within a second.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

from kb.catalogue.catalogue import Catalogue
from kb.catalogue.lists import Account, TodoRow
from kb.catalogue.standing import Standing
from kb.text.names import Names

PATIENCE = 0.25
"""Seconds for which a look at the files is good, unless this process saved meanwhile."""
MEMORY = 8
"""How much of the file (MB) each catalogue of a server holds at most: there are several."""
SHARE, LONGEST = 5, 0.8
"""Where a look takes long it is good for so many times as long, at most for so many seconds."""


class Keeper:
    """Keeps the rows of one store up for all catalogues of a process; safe among threads."""

    def __init__(
        self, root: Path, names: Names, members: Iterable[str], saves: Callable[[], int]
    ) -> None:
        """Look at the store at `root`; `saves` counts what this process did to any store."""
        self._own = Catalogue(root, names, members, memory=MEMORY)
        self._saves = saves
        self._standing = Standing()
        self._lock = Lock()
        self._until = 0.0
        self._saved = -1

    def look(self) -> bool:
        """Bring the rows up to the files unless they are; False: everybody has to look themselves.

        That is so where the catalogue can't be written, and each has its own in memory.
        """
        with self._lock:
            return self._look()

    def _look(self) -> bool:
        saved, now = self._saves(), time.monotonic()
        if saved != self._saved or now >= self._until:
            self._own.rest()
            self._own.catch_up()
            took = time.monotonic() - now
            self._saved = saved
            self._until = now + max(PATIENCE, min(SHARE * took, LONGEST))
        return not self._own.in_memory

    def accounts(self, now: str) -> list[Account] | None:
        """Return all accounts by name, archived ones too; None: everybody has to ask themselves.

        The list is everybody's and not to be changed. See `kb.catalogue.lists.accounts`.
        """
        with self._lock:
            if not self._look():
                return None
            return self._own.rows(lambda db: self._standing.accounts(db, now))

    def todos(self, today: str) -> list[TodoRow] | None:
        """Return all open TODOs in the same way; see `kb.catalogue.lists.todos`."""
        with self._lock:
            if not self._look():
                return None
            return self._own.rows(lambda db: self._standing.todos(db, today))

    def close(self) -> None:
        """Close the file; the next look opens it again."""
        with self._lock:
            self._own.close()
            self._until, self._saved = 0.0, -1
