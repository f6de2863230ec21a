"""One writer at a time: the lock of a store."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import Kept

PATIENCE = 10.0  # seconds
PAUSE, TURN_PAUSE = 0.0005, 0.003  # seconds between two attempts


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


def _take(descriptor: int, until: float, pause: float) -> bool:
    """Take a lock, asking again about every `pause` seconds; False when `until` has come."""
    while not _try(descriptor):
        if time.monotonic() >= until:
            return False
        time.sleep(pause * (0.5 + time.monotonic_ns() % 1000 / 1000))
    return True


@contextmanager
def hold(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the store's lock; the system frees it when the process ends, however it ends.

    Who waits holds a second lock, the turn: so whoever has just saved can't be next again while
    somebody waits. Waits `patience` seconds, then raises `Kept("busy")`.
    """
    until = time.monotonic() + patience
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
    turn = os.open(file.with_name(f"{file.name}-turn"), flags, 0o666)
    try:
        descriptor = os.open(file, flags, 0o666)
        try:
            if not (_take(turn, until, TURN_PAUSE) and _take(descriptor, until, PAUSE)):
                raise Kept("busy", seconds=int(patience), kept=None)
            os.close(turn)
            turn = -1
            yield
        finally:
            os.close(descriptor)
    finally:
        if turn >= 0:
            os.close(turn)
