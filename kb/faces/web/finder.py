"""The process that searches: it answers what the server asks, and makes the pages of it."""

import os
import pickle
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
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
SOON = 0.03
"""Seconds until what somebody types is understood: by then its answer is on its way."""


def main(root: str) -> None:
    """Answer what comes on the standard input until nobody is there to ask."""
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


def _answer(desk: Desk, lock: Lock, answers: IO[bytes], number: int, asked: "_Asked") -> None:
    """Search, and write what was found; the server meets whatever went wrong when it searches."""
    answer: Any = None
    with suppress(Exception):
        answer = _found(desk, asked)
    with lock, suppress(OSError):
        pickle.dump((number, answer), answers)
        answers.flush()
    question = asked[0]
    if question is not None and question.typing:  # what it means is asked for in a moment
        sleep(SOON)
        with suppress(Exception):
            searching.foresee(question.text)


def _found(desk: Desk, asked: "_Asked") -> "Answer | bytes | None":
    question, page = asked
    ctx = desk.open(None, lang="ja")
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
