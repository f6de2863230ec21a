"""One writer at a time: the lock of a store."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from kb.errors import Kept

PATIENCE = 10.0  # seconds
PAUSE, TURN_PAUSE = 0.0005, 0.003  # seconds between two attempts

_held = count(1)
_times = [0]
_mine = threading.local()


def times_held() -> int:
    """Return how often this process has let go of a store's lock: at another figure it wrote."""
    return _times[0]


def last_held() -> int:
    """Return which of those times was this thread's last one, 0 when it never did."""
    number: int = getattr(_mine, "number", 0)
    return number


def _try(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


class _Patience:
    """How long to wait: `seconds` during which nobody else got the lock either, six times at most.

    Among many who wait somebody is always the last; as long as others get on, so will they.
    """

    def __init__(self, descriptor: int, seconds: float) -> None:
        self.descriptor = descriptor
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        self.last = self.until + 5 * seconds
        self.taken = os.fstat(descriptor).st_mtime_ns

    def over(self) -> bool:
        """Tell whether to give up now."""
        now = time.monotonic()
        if now < self.until:
            return False
        taken = os.fstat(self.descriptor).st_mtime_ns
        if taken == self.taken or now >= self.last:
            return True
        self.taken, self.until = taken, now + self.seconds
        return False


def _take(descriptor: int, patience: _Patience, pause: float) -> bool:
    """Take a lock, asking again about every `pause` seconds; False when patience is over."""
    while not _try(descriptor):
        if patience.over():
            return False
        time.sleep(pause * (0.5 + time.monotonic_ns() % 1000 / 1000))
    return True


@contextmanager
def hold(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the store's lock; the system frees it when the process ends, however it ends.

    Who waits holds a second lock, the turn: so whoever has just saved can't be next again while
    somebody waits. Raises `Kept("busy")` after `patience` seconds in which nobody got the lock.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
    turn = os.open(file.with_name(f"{file.name}-turn"), flags, 0o666)
    try:
        descriptor = os.open(file, flags, 0o666)
        try:
            waits = _Patience(descriptor, patience)
            if not (_take(turn, waits, TURN_PAUSE) and _take(descriptor, waits, PAUSE)):
                raise Kept("busy", seconds=int(patience), kept=None)
            os.utime(file)
            os.close(turn)
            turn = -1
            try:
                yield
            finally:
                _times[0] = _mine.number = next(_held)
        finally:
            os.close(descriptor)
    finally:
        if turn >= 0:
            os.close(turn)
