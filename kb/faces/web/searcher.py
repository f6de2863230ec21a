"""Searches are answered by a process beside the server: pages wait for no search, nor it for them.

What a search needs in memory (the packed index, the model that knows meanings) is there and not in
the server. The server keeps the lists up to the files; the other process reads what stands there.
"""

import pickle
import subprocess
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.faces.web.apart import LARGE, command

if TYPE_CHECKING:
    from kb.search.ports import Where
    from kb.work.context import Context
    from kb.work.searching import Answer

PATIENCE, LOADING = 30, 1_800
"""Seconds for which an answer is waited for, and for one before which much has to be read.

That is the first that needs meanings, and any while the index is made.

Then the process is ended, and the server searches by itself.
"""
QUEUE, ROOM = 4, 2.0
"""Questions that the process has at most, and the seconds for which a further one waits."""
QUIET, FEW, LOOK = 4.0, 2, 0.5
"""Seconds without any answer after which only a few wait; how many; how often that is looked at.

The server answers the others: when the process hangs, pages still have threads to be made in. One
that is only slow answers something now and then; one that has much to read first is waited for.
"""
AGAIN = 30
"""Seconds after which another process is begun when one ended."""


class Question(NamedTuple):
    """What is searched, as `kb.work.searching.search` is asked it."""

    text: str
    where: "Where"
    limit: int
    meaning: bool
    typing: bool


_Page = tuple[object, ...]
"""A `kb.faces.web.pages.results.Page`, which is only handed on here."""
_Asked = tuple[Question | None, _Page | None]
"""A question, and the page that is made of its answer; without a question that of how to ask."""


class _Waiting(NamedTuple):
    """A question that was sent: its answer, and whether much has to be read before it."""

    answer: "Future[Any]"
    reads: bool


class Searcher:
    """The process that searches the store at `root`; it begins with the first search."""

    def __init__(self, root: Path) -> None:
        """Begin nothing yet."""
        self._root = root
        self._lock = Lock()
        self._room = BoundedSemaphore(QUEUE)
        self._process: subprocess.Popen[bytes] | None = None
        self._taught: subprocess.Popen[bytes] | None = None
        self._waiting: dict[int, _Waiting] = {}
        self._count = 0
        self._heard = 0.0
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

        That is so when the process can't be begun, ended or hangs, or nothing is kept that it could
        read.
        """
        question = Question(text, where, limit, meaning, typing)
        answer: Answer | None = self._asked(ctx, (question, None))
        return answer

    def page(self, ctx: "Context", question: Question, page: _Page) -> bytes | None:
        """Return the page of what a question finds; None: search and make it here."""
        made: bytes | None = self._asked(ctx, (question, page))
        return made

    def _asked(self, ctx: "Context", asked: _Asked) -> Any:  # noqa: ANN401 (an answer or a page)
        from kb.work import searching

        for _ in range(2):
            new = searching.waiting(ctx)  # the lists are those of the files now
            if ctx.catalogue.in_memory:
                return None
            patience = PATIENCE if new < LARGE else LOADING
            answer = self._answer(asked, patience)
            if not ctx.catalogue.taken_away:
                return answer
            ctx.catalogue.rest()  # what it found may have been in the new file, which had little
        return None

    def load(self, ctx: "Context") -> bool:
        """Have what searches by meaning need loaded; False: the server has to do it."""
        from kb.search.ports import Where

        ctx.catalogue.rows(lambda _: None)
        asked = (Question("?", Where(), 1, meaning=True, typing=True), None)
        return not ctx.catalogue.in_memory and self._answer(asked, LOADING) is not None

    def hangs(self) -> bool:
        """Tell whether nothing was answered for a while though a few wait: nobody else should."""
        with self._lock:
            return len(self._waiting) >= FEW and self._quiet()

    def _quiet(self) -> bool:
        reads = any(one.reads for one in self._waiting.values())
        return not reads and monotonic() >= self._heard + QUIET

    def _answer(self, asked: _Asked, patience: float) -> Any:  # noqa: ANN401
        if self.hangs() or not self._room.acquire(timeout=ROOM):
            return None
        sent = self._send(asked, reads=patience >= LOADING)
        if sent is None:
            self._room.release()
            return None
        process, number, answer = sent
        answer.add_done_callback(lambda _: self._room.release())
        try:
            return self._wait(number, answer, patience)
        except TimeoutError:
            process.kill()
            return None

    def _wait(self, number: int, answer: "Future[Any]", patience: float) -> Any:  # noqa: ANN401
        """Return the answer; None once the process is quiet, and a few others wait already."""
        until = monotonic() + patience
        while (left := until - monotonic()) > LOOK:
            with suppress(TimeoutError):
                return answer.result(LOOK)
            with self._lock:
                if self._quiet() and number not in list(self._waiting)[:FEW]:
                    return None
        return answer.result(max(left, 0))

    @property
    def makes_pages(self) -> bool:
        """Whether the process has made a page, or is about to: the first takes it half a second."""
        return self._taught is not None and self._taught is self._process

    def begin(self, page: _Page) -> None:
        """Begin the process, if it is not there: somebody is about to search.

        It makes the `page` that tells how to ask, which nobody waits for: then it knows how.
        """
        with self._lock:
            process = self._process or self._begin()
            if process is not None and process is not self._taught:
                self._taught = process
                _tell(process, 0, (None, page))

    def _send(
        self, asked: _Asked, *, reads: bool = False
    ) -> "tuple[subprocess.Popen[bytes], int, Future[Any]] | None":
        with self._lock:
            process = self._process or self._begin()
            if process is None:
                return None
            if not self._waiting:
                self._heard = monotonic()
            self._count += 1
            answer: Future[Any] = Future()
            if not _tell(process, self._count, asked):
                return None
            self._waiting[self._count] = _Waiting(answer, reads)
            return process, self._count, answer

    def _begin(self) -> "subprocess.Popen[bytes] | None":
        if monotonic() < self._not_before:
            return None
        self._not_before = monotonic() + AGAIN
        try:
            self._process = subprocess.Popen(
                command("kb.faces.web.finder", str(self._root)),
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
                    self._heard = monotonic()
                    waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting.answer.set_result(answer)
        with self._lock:
            left = list(self._waiting.values())
            self._waiting.clear()
            self._process = None
        for waiting in left:
            waiting.answer.set_result(None)

    def stop(self) -> None:
        """End the process, at once: what is half done is done again, by transactions."""
        with self._lock:
            process, self._not_before = self._process, float("inf")
        if process is not None:
            process.kill()


def _tell(process: "subprocess.Popen[bytes]", number: int, asked: _Asked) -> bool:
    """Ask the process; False when it ended, or is being ended. Nobody hears the answer 0."""
    assert process.stdin is not None
    try:
        pickle.dump((number, asked), process.stdin)
        process.stdin.flush()
    except (OSError, ValueError):
        return False
    return True
