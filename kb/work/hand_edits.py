"""Taking in what was edited outside kb, once nobody has touched it for a while."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store.ports import Saved
    from kb.work.context import Context

QUIET = 30.0
"""Seconds without a change after which a file is taken in: an editor may still be writing it."""

_Look = tuple[int, int] | None


class HandEdits:
    """How the files that were edited outside looked, and since when; asked now and then."""

    def __init__(self) -> None:
        """Begin without having looked."""
        self._since: dict[str, tuple[_Look, float]] = {}

    def quiet(self, context: "Context", seconds: float) -> list[str]:
        """Return the edited files that have looked the same for `QUIET` seconds.

        `seconds` is the time by a clock that never goes back. A file that was taken in, or is as
        it was, is forgotten.
        """
        edited = context.store.edited_outside()
        self._since = {path: known for path, known in self._since.items() if path in edited}
        for path in edited:
            look = _look(os.path.join(context.root, path))  # noqa: PTH118 (a path of git's own)
            known = self._since.get(path)
            if known is None or known[0] != look:
                self._since[path] = (look, seconds)
        return [path for path, (_, since) in self._since.items() if seconds - since >= QUIET]

    def take_in(self, context: "Context", seconds: float) -> "Saved | None":
        """Take in what is quiet, as a save of its own; None when there is nothing.

        Raises what forbids a save, and `WrongUse("no-author")` where nobody is known.
        """
        paths = self.quiet(context, seconds)
        if not paths:
            return None
        return context.store.adopt(paths, actor=context.actor, when=context.now)


def _look(path: str) -> _Look:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
