"""Answers that are remembered by all they rest on: nothing has to be taken back, only forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The answers that were asked for last, at most `most`; safe among threads."""

    def __init__(self, most: int, size: Callable[[T], int] = lambda _: 1) -> None:
        """Begin with none; `size` says how much each counts, one if nothing is said."""
        self._most = most
        self._size = size
        self._held = 0
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """Return the answer of this key, or None."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: T) -> T:
        """Remember an answer under a key that says all it rests on, and return it."""
        with self._lock:
            before = self._answers.pop(key, None)
            if before is not None:
                self._held -= self._size(before)
            self._answers[key] = answer
            self._held += self._size(answer)
            while self._held > self._most:
                self._held -= self._size(self._answers.popitem(last=False)[1])
        return answer
