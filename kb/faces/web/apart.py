"""A large store is read in a process of its own, which takes neither time nor memory from pages.

What it reads it puts into the catalogue's file, where the server finds it. When it can't be begun,
or ends early, the server reads what is left.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kb.work.context import Context

LARGE = 200
"""Documents or meetings that are new to the lists or the search: fewer are not worth it."""
LINES = 10
"""Lines of a document whose meanings take as long to read as it does."""
LISTS = "lists"
"""What is said when the lists are up to the files; the search comes after them."""
NICE = 5
"""How much the pages go before it."""
TURN = Lock()
"""Held by whoever has the words read: two would read the same."""
What = Literal["words", "meanings"]
# Not by -m: that would look for the program in the working directory first, which may be anything.
_RUN = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from importlib import import_module; import_module(sys.argv[2]).main(*sys.argv[3:])"
)


def command(module: str, *words: str) -> list[str]:
    """Return the command of a process that runs `main` of one of our modules."""
    return [sys.executable, "-P", "-c", _RUN, json.dumps(sys.path), module, *words]


class Reading:
    """A process that reads a store: what of it changed, and with `meanings` what it means."""

    def __init__(self, root: Path, what: What) -> None:
        """Begin to read the store at `root`; it ends with the server, whatever ends that."""
        try:
            self._process: subprocess.Popen[str] | None = subprocess.Popen(
                command("kb.faces.web.apart", str(root), what),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        except OSError:
            self._process = None

    def said(self) -> Iterator[str]:
        """Yield each line that it says, until it ends."""
        if self._process is None:
            return
        with self._process as process:
            assert process.stdout is not None
            for line in process.stdout:
                yield line.strip()


def behind(ctx: "Context", *, meanings: bool = False) -> bool:
    """Tell whether so much was not read yet that it had better be read apart.

    That is so of the lists and the search, or of the `meanings`. Where the catalogue can't be
    written, another process could not hand on what it reads.
    """
    from kb.catalogue import vectors
    from kb.work import searching

    if not meanings and ctx.catalogue.waiting() >= LARGE:
        return not ctx.catalogue.in_memory
    if meanings:
        much = ctx.catalogue.rows(lambda db: vectors.few(db, LARGE * LINES))
    else:
        much = searching.waiting(ctx) >= LARGE
    return much and not ctx.catalogue.in_memory


def main(root: str, what: str) -> None:
    """Read the store at `root`, and say how far it is."""
    from kb.wiring import open_context
    from kb.work import searching

    Thread(target=_end_with_the_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    ctx = open_context(root, None, lang="ja")
    try:
        ctx.catalogue.catch_up()
        _say(LISTS)
        ctx.catalogue.rows(lambda db: searching.with_engine(ctx, db, lambda _: None))
        if what == "meanings":
            searching.search(ctx, "?", limit=1, meaning=True, reading=_say_how_far)
    finally:
        ctx.close()


def _say_how_far(done: int, of: int) -> None:
    _say(f"{done} {of}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _end_with_the_server() -> None:
    while os.read(0, 4096):  # nobody writes there: it ends when the server does
        pass
    os._exit(0)  # what is half done is done again: rows are written in transactions
