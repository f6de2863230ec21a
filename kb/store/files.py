"""The file port: every write to the work tree and to kb's own folder goes through here."""

import contextlib
import os
import sys
from pathlib import Path

from kb.store.failpoints import hit

EXCHANGE = 2  # RENAME_EXCHANGE of renameat2
HERE = -100  # AT_FDCWD


class Files:
    """Whole files, written so that a reader sees the old one or the new one."""

    def stage(self, place: Path, data: bytes, mode: int = 0o644) -> None:
        """Write a new file and bring it to the disk (fsync); it must not be there yet."""
        hit("stage")
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
                os.fchmod(file.fileno(), mode)
                file.flush()
                os.fsync(file.fileno())
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

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    if call(HERE, one, HERE, other, EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(number, os.strerror(number), os.fsdecode(other))
