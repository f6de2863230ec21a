"""The process that searches: it answers what the server asks, and makes the pages of it."""

import os
import pickle
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import BoundedSemaphore, Lock
from time import sleep
from typing import IO, TYPE_CHECKING, Any

from kb.wiring import Desk
from kb.work import searching

if TYPE_CHECKING:
    from kb.faces.web.pages.results import Page
    from kb.faces.web.searcher import Question
    from kb.work.searching import Answer

    _Asked = tuple[Question | None, Page | None]

THREADS = 2
"""Searches that are answered at once."""
SOON, AHEAD = 0.03, 3
"""Seconds until what somebody types is understood: by then its answer is on its way; and how many
such questions wait at most.
"""


def main(root: str) -> None:
    """Answer what comes on the standard input until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the server
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints something
    finder = Finder(root, answers)
    with ThreadPoolExecutor(THREADS) as pool:
        while True:
            try:
                number, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 (the server asks)
            except (EOFError, OSError):
                os._exit(0)  # what is half done is done again: rows are written in transactions
            pool.submit(finder.answer, number, asked)


class Finder:
    """Answers questions about one store; safe among threads."""

    def __init__(self, root: str, answers: IO[bytes]) -> None:
        """Write what is found in the store at `root` into `answers`."""
        self._desk = Desk(root, follows=True)
        self._answers = answers
        self._lock = Lock()
        self._ahead = ThreadPoolExecutor(1)
        self._room = BoundedSemaphore(AHEAD)

    def answer(self, number: int, asked: "_Asked") -> None:
        """Search, and write what was found; the server meets whatever went wrong when it does."""
        answer: Any = None
        with suppress(Exception):
            answer = self._found(*asked)
        with self._lock, suppress(OSError):
            pickle.dump((number, answer), self._answers)
            self._answers.flush()
        question = asked[0]
        if question is not None and question.typing and self._room.acquire(blocking=False):
            self._ahead.submit(self._foresee, question.text)

    def _found(self, question: "Question | None", page: "Page | None") -> "Answer | bytes | None":
        ctx = self._desk.open(None, lang="ja")
        try:
            answer = None
            if question is not None:
                answer = searching.search(
                    *(ctx, question.text, question.where),
                    limit=question.limit,
                    meaning=question.meaning,
                    typing=question.typing,
                )
            if page is None:
                return answer
            from kb.faces.web.pages import results

            return results.made(ctx, page, answer)
        finally:
            ctx.close()

    def _foresee(self, text: str) -> None:
        """Find out what somebody means who is typing: it is asked for in a moment."""
        try:
            sleep(SOON)
            with suppress(Exception):
                searching.foresee(text)
        finally:
            self._room.release()
