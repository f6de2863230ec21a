"""Long work that no page waits for: done in a thread beside the pages, in turn."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

KEPT = 8
"""How many pieces of work are remembered, the newest."""

T = TypeVar("T")
Told = Callable[[int, int], None]
"""Is told how much is done, and of how much."""
_turn = Lock()


class Job(Generic[T]):
    """One piece of work: how far it is, and what came of it."""

    def __init__(self, make: Callable[[Told], T], turn: Lock) -> None:
        """Begin as soon as it is its `turn`; `make` is given what to tell its progress to."""
        self.done = 0
        self.of = 0
        self._make = make
        self._turn = turn
        self._over = Event()
        self._result: T | None = None
        self._error: BaseException | None = None
        Thread(target=self._run, daemon=True, name="kb-behind").start()

    def _run(self) -> None:
        try:
            with self._turn:
                self._result = self._make(self._tell)
        except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
            self._error = error
        finally:
            self._over.set()

    def _tell(self, done: int, of: int) -> None:
        self.done, self.of = done, of

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; tell whether it is."""
        return self._over.wait(seconds)

    def result(self) -> T:
        """Return what came of it, or raise what went wrong; only when it is over."""
        assert self._over.is_set()
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result


class Behind(Generic[T]):
    """The work of one kind of page, each piece known by a key that says all it rests on."""

    def __init__(self, turn: Lock = _turn) -> None:
        """Begin with nothing to do; work that may take minutes has a `turn` of its own."""
        self._turn = turn
        self._lock = Lock()
        self._jobs: OrderedDict[Hashable, Job[T]] = OrderedDict()

    def begin(self, key: Hashable, make: Callable[[Told], T]) -> Job[T]:
        """Return the work of this key, begun now unless it is under way or done."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job(make, self._turn)
                while len(self._jobs) > KEPT:
                    self._jobs.popitem(last=False)
            return job

    def forget(self, key: Hashable) -> None:
        """Drop what came of the work of this key: who asks again wants it anew."""
        with self._lock:
            self._jobs.pop(key, None)
