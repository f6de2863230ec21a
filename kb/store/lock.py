"""One writer at a time: the lock of a store."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import Kept

PATIENCE = 10.0  # seconds


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


@contextmanager
def hold(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the store's lock; the system frees it when the process ends, however it ends.

    Waits `patience` seconds, then raises `Kept("busy")`.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        until = time.monotonic() + patience
        pause = 0.001
        while not _try(descriptor):
            if time.monotonic() >= until:
                raise Kept("busy", seconds=int(patience), kept=None)
            time.sleep(pause * (0.5 + time.monotonic_ns() % 1000 / 2000))
            pause = min(pause * 1.5, 0.02)
        yield
    finally:
        os.close(descriptor)
