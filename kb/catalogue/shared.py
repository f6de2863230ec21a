"""What all catalogues of a process share: one look at the files, and lists that stand ready."""

import sqlite3
from collections.abc import Callable
from typing import Protocol, TypeVar

from kb.catalogue.standing import Standing

Answer = TypeVar("Answer")


class Shared(Protocol):
    """What a process keeps of a store; None and False: each has to see to it alone."""

    def look(self) -> bool:
        """Bring the rows up to the files unless they are."""
        ...

    def noted(self) -> None:
        """Hear that the rows are those of all that this thread saved last."""
        ...

    def listed(self, job: Callable[[Standing, sqlite3.Connection], Answer]) -> Answer | None:
        """Return what `job` takes of the lists that stand ready; not to be changed."""
        ...


class Following:
    """What is shared where another process keeps the rows up: nobody looks at the files."""

    def look(self) -> bool:
        """Trust in the rows."""
        return True

    def noted(self) -> None:
        """Nothing is saved here."""

    def listed(self, job: Callable[[Standing, sqlite3.Connection], Answer]) -> Answer | None:
        """No list stands ready."""
        del job
        return None

    def close(self) -> None:
        """Nothing is open."""
