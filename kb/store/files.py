"""The file port: every write to the work tree and to kb's own folder goes through here."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kb.store.failpoints import hit

if TYPE_CHECKING:
    import ctypes

EXCHANGE = 2  # RENAME_EXCHANGE of renameat2
HERE = -100  # AT_FDCWD
START, START_AND_WAIT = 2, 7  # of sync_file_range
MANY = 50  # files that are on their way at once


_libc: "ctypes.CDLL | None" = None


def _system() -> "ctypes.CDLL":
    """Return the C library, for the two calls that Python does not have."""
    global _libc  # noqa: PLW0603 - loading it again costs time
    if _libc is None:
        import ctypes

        _libc = ctypes.CDLL(None, use_errno=True)
    return _libc


class OnTheirWay:
    """Written files on their way to the disk, all at once instead of one after the other.

    Their bytes are sent off as each is written and waited for together; names and sizes last
    from the next fsync on, which is the one of our journal or of git's reference.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._open: list[int] = []

    def send(self, descriptor: int) -> None:
        """Send a file's bytes off."""
        if len(self._open) >= MANY:
            self.wait()
        self._open.append(os.dup(descriptor))
        _range(descriptor, START)

    def wait(self) -> None:
        """Wait until the bytes of all files that were sent off are on the disk."""
        while self._open:
            descriptor = self._open.pop()
            try:
                if not _range(descriptor, START_AND_WAIT):
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _range(descriptor: int, how: int) -> bool:
    """Write a file's bytes to the disk by `sync_file_range`; False where there is no such call."""
    call = getattr(_system(), "sync_file_range", None) if sys.platform == "linux" else None
    if call is None:
        return False
    import ctypes

    nothing = ctypes.c_int64(0)
    return bool(call(descriptor, nothing, nothing, how) == 0)


class Files:
    """Whole files, written so that a reader sees the old one or the new one."""

    def __init__(self) -> None:
        """Start with nothing on its way to the disk."""
        self.on_their_way = OnTheirWay()

    def stage(self, place: Path, data: bytes, mode: int = 0o644, *, durable: bool = True) -> None:
        """Write a new file, which must not be there yet.

        It is on the disk (fsync) when this returns if `durable`, else on its way.
        """
        hit("stage")
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
                if hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), mode)
                file.flush()
                if durable:
                    os.fsync(file.fileno())
                else:
                    self.on_their_way.send(file.fileno())
        except BaseException:
            self.remove(place)
            raise

    def replace(self, place: Path, data: bytes) -> None:
        """Write a file of our own in place of an older one."""
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        self.remove(beside)
        self.stage(beside, data)
        os.replace(beside, place)

    def remove(self, place: Path) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(place)

    def exchange(self, ours: Path, place: Path) -> None:
        """Put the file `ours` at `place` and what was there at `ours`, in one step.

        Where the system can't, `place` is linked aside first and then replaced: a writer that
        renames a file to `place` between the two would lose; one that writes into it doesn't.
        Raises FileNotFoundError when there is nothing at `place`.
        """
        if _exchange(os.fsencode(ours), os.fsencode(place)):
            return
        aside = ours.with_name(ours.name + ".was")
        self.remove(aside)
        os.link(place, aside)
        os.rename(ours, place)
        os.rename(aside, ours)

    def add(self, ours: Path, place: Path) -> None:
        """Put the file `ours` at `place`, where nothing may be: else FileExistsError."""
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(ours, place)
        except FileExistsError:
            raise
        except OSError:
            with open(place, "xb") as file:
                file.write(ours.read_bytes())
        self.remove(ours)

    def take(self, place: Path, aside: Path) -> None:
        """Move what is at `place` aside, in one step."""
        os.rename(place, aside)


def _exchange(one: bytes, other: bytes) -> bool:
    """Exchange two files by `renameat2`; False where there is no such call."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes
    import errno

    call = getattr(_system(), "renameat2", None)
    if call is None:
        return False
    if call(HERE, one, HERE, other, EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(number, os.strerror(number), os.fsdecode(other))
