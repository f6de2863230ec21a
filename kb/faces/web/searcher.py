"""Searches are answered by a process beside the server: pages wait for no search, nor it for them.

What a search needs in memory (the packed index, the model that knows meanings) is there and not in
the server. The server keeps the lists up to the files; the other process reads what stands there.
"""

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from kb.faces.web.apart import LARGE, command

if TYPE_CHECKING:
    from kb.search.ports import Where
    from kb.wiring import Desk
    from kb.work.context import Context
    from kb.work.searching import Answer

THREADS = 2
"""Searches that are answered at once."""
PATIENCE, LOADING = 30, 1_800
"""Seconds for which an answer is waited for, and for one before which much has to be read.

That is the first that needs meanings, and any while the index is made.

Then the process is ended, and the server searches by itself.
"""
QUEUE, ROOM = 4, 2.0
"""Questions that wait at most, and the seconds for which another one waits to be among them.

When the process hangs, other pages still have threads to be made in.
"""
AGAIN = 30
"""Seconds after which another process is begun when one ended."""
_Asked = tuple[str, "Where", int, bool, bool]


class Searcher:
    """The process that searches the store at `root`; it begins with the first search."""

    def __init__(self, root: Path) -> None:
        """Begin nothing yet."""
        self._root = root
        self._lock = Lock()
        self._room = BoundedSemaphore(QUEUE)
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: dict[int, Future[Answer | None]] = {}
        self._count = 0
        self._not_before = 0.0

    def __call__(
        self,
        ctx: "Context",
        text: str,
        where: "Where",
        limit: int,
        *,
        meaning: bool,
        typing: bool,
    ) -> "Answer | None":
        """Return what `kb.work.searching.search` finds; None: search here.

        That is so when the process can't be begun or ended, or nothing is kept that it could read.
        """
        from kb.work import searching

        for _ in range(2):
            new = searching.waiting(ctx)  # the lists are those of the files now
            if ctx.catalogue.in_memory:
                return None
            patience = PATIENCE if new < LARGE else LOADING
            answer = self._answer((text, where, limit, meaning, typing), patience)
            if not ctx.catalogue.taken_away:
                return answer
            ctx.catalogue.rest()  # what it found may have been in the new file, which had little
        return None

    def load(self, ctx: "Context") -> bool:
        """Have what searches by meaning need loaded; False: the server has to do it."""
        from kb.search.ports import Where

        ctx.catalogue.rows(lambda _: None)
        asked = ("?", Where(), 1, True, True)
        return not ctx.catalogue.in_memory and self._answer(asked, LOADING) is not None

    def _answer(self, asked: _Asked, patience: float) -> "Answer | None":
        if not self._room.acquire(timeout=ROOM):
            return None
        try:
            sent = self._send(asked)
            if sent is None:
                return None
            process, waiting = sent
            try:
                return waiting.result(patience)
            except TimeoutError:
                process.kill()
                return None
        finally:
            self._room.release()

    def begin(self) -> None:
        """Begin the process, if it is not there: somebody is about to search."""
        with self._lock:
            _ = self._process or self._begin()

    def _send(
        self, asked: _Asked
    ) -> "tuple[subprocess.Popen[bytes], Future[Answer | None]] | None":
        with self._lock:
            process = self._process or self._begin()
            if process is None or process.stdin is None:
                return None
            self._count += 1
            waiting = self._waiting[self._count] = Future()
            try:
                pickle.dump((self._count, asked), process.stdin)
                process.stdin.flush()
            except (OSError, ValueError):  # it ended, or is being ended
                del self._waiting[self._count]
                return None
            return process, waiting

    def _begin(self) -> "subprocess.Popen[bytes] | None":
        if monotonic() < self._not_before:
            return None
        self._not_before = monotonic() + AGAIN
        try:
            self._process = subprocess.Popen(
                command("kb.faces.web.searcher", str(self._root)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        Thread(target=self._listen, args=(self._process,), daemon=True).start()
        return self._process

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        """Hand out the answers until the process ends; then nobody waits any longer.

        It also ends when it answers what can't be read: it runs the program as it is on disk by
        now, which may be a newer one.
        """
        with suppress(Exception), process:
            assert process.stdout is not None
            while True:
                number, answer = pickle.load(process.stdout)  # noqa: S301 (we began it)
                with self._lock:
                    waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting.set_result(answer)
        with self._lock:
            left = list(self._waiting.values())
            self._waiting.clear()
            self._process = None
        for waiting in left:
            waiting.set_result(None)

    def stop(self) -> None:
        """End the process, at once: what is half done is done again, by transactions."""
        with self._lock:
            process, self._not_before = self._process, float("inf")
        if process is not None:
            process.kill()


def main(root: str) -> None:
    """Answer what comes on the standard input until nobody is there to ask."""
    from kb.wiring import Desk

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the server
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints something
    desk, lock = Desk(root, follows=True), Lock()
    with ThreadPoolExecutor(THREADS) as pool:
        while True:
            try:
                number, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 (the server asks)
            except (EOFError, OSError):
                os._exit(0)  # what is half done is done again: rows are written in transactions
            pool.submit(_answer, desk, lock, answers, number, asked)


def _answer(desk: "Desk", lock: Lock, answers: IO[bytes], number: int, asked: _Asked) -> None:
    """Search, and write what was found; the server meets whatever went wrong when it searches."""
    answer: Any = None
    with suppress(Exception):
        answer = _found(desk, asked)
    with lock, suppress(OSError):
        pickle.dump((number, answer), answers)
        answers.flush()


def _found(desk: "Desk", asked: _Asked) -> "Answer":
    from kb.work import searching

    text, where, limit, meaning, typing = asked
    ctx = desk.open(None, lang="ja")
    try:
        return searching.search(ctx, text, where, limit=limit, meaning=meaning, typing=typing)
    finally:
        ctx.close()
