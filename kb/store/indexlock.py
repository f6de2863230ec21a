"""Bringing git's index along: its lock taken so that we always know whether it is ours."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kb.store import gitindex
from kb.store.failpoints import hit
from kb.store.git import Git

PATIENCE = 0.3  # seconds that we wait for somebody else's lock
LONG = 300  # seconds after which nobody who holds a lock will lift it just now


def is_old(lock: os.stat_result) -> bool:
    """Tell whether a lock has been there for so long that waiting a moment is in vain."""
    return time.time() - lock.st_mtime > LONG


class IndexFile:
    """The index of one work tree.

    Its lock is a hard link to a file of ours, the next index: after a crash the same inode under
    both names proves that the lock is ours, and only then it is removed.
    """

    def __init__(self, git: Git, git_dir: Path) -> None:
        """Name the git folder of the work tree."""
        self._git = git
        self._file = git_dir / "index"
        self._lock = git_dir / "index.lock"
        self._next = git_dir / "kb" / "index-next"
        self._copy = git_dir / "kb" / "index-copy"
        self._waited: tuple[int, int] | None = None

    def read(self) -> bytes | None:
        """Return the bytes of the index, or None when there is none."""
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None

    def listed(self, data: bytes | None, path: str) -> list[gitindex.Listed]:
        """Return the entries of `path` in an index's bytes; git is asked when we can't read it."""
        if data is None:
            return []
        try:
            return gitindex.listed(data, path)
        except gitindex.UnknownFormat:
            out = self._git.must("ls-files", "-s", "-z", "--", path)
        found = []
        for line in out.split(b"\0")[:-1]:
            mode, identity, stage = line.partition(b"\t")[0].decode().split(" ")
            found.append(gitindex.Listed(0, 0, mode, identity, int(stage), False))
        return found

    def foreign_lock(self) -> os.stat_result | None:
        """Return the state of a lock that is not ours, or None."""
        try:
            found = os.stat(self._lock)
        except FileNotFoundError:
            return None
        return None if self._is_ours() else found

    def recover(self) -> None:
        """Remove a lock that we left behind (called under the store's lock)."""
        if not self._next.exists():
            return
        if self._is_ours():
            self._lock.unlink(missing_ok=True)
        self._next.unlink(missing_ok=True)
        self._copy.unlink(missing_ok=True)

    def _is_ours(self) -> bool:
        try:
            return os.path.samefile(self._next, self._lock)
        except FileNotFoundError:
            return False

    @contextmanager
    def _held(self) -> Iterator[bool]:
        """Hold the index's lock; the value is False when somebody else has it."""
        self.recover()
        self._next.parent.mkdir(exist_ok=True)
        rights = self._file.stat().st_mode & 0o777 if self._file.exists() else 0o644
        os.close(os.open(self._next, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights))
        until: float | None = None
        held = False
        try:
            while not held:
                try:
                    os.link(self._next, self._lock)
                    held = True
                except FileExistsError:
                    until = until or time.monotonic() + self._patience()
                    if time.monotonic() >= until:
                        break
                    time.sleep(0.01)
            if held:
                hit("index-locked")
            yield held
        finally:
            self.recover()

    def _patience(self) -> float:
        """Return for how many seconds somebody's lock is waited: for each lock only once."""
        lock = self.foreign_lock()
        if lock is None:
            return PATIENCE
        waited, self._waited = self._waited, (lock.st_ino, lock.st_mtime_ns)
        return 0 if self._waited == waited or is_old(lock) else PATIENCE

    def set(
        self, changes: Mapping[str, gitindex.Entry | None], expected: Mapping[str, set[str | None]]
    ) -> bool:
        """Set entries that still are as expected; False when the lock is somebody else's.

        An entry that is not one of the `expected` blobs was staged by a person meanwhile and
        stays as it is.
        """
        with self._held() as held:
            if not held:
                return False
            data = self.read()
            if data is None:
                return True
            fitting = {}
            for path, entry in changes.items():
                here = self.listed(data, path)
                if any(one.stage for one in here):
                    continue
                now = here[0].id if here and not here[0].marked else None
                if now in expected[path]:
                    fitting[path] = entry
            if fitting:
                self._write(data, fitting)
        return True

    def _write(self, data: bytes, changes: Mapping[str, gitindex.Entry | None]) -> None:
        try:
            new = gitindex.changed(data, changes)
        except gitindex.UnknownFormat:
            new = self._changed_by_git(data, changes)
        with open(self._next, "r+b") as file:
            file.write(new)
        hit("index-written")
        os.rename(self._lock, self._file)
        hit("index-renamed")

    def _changed_by_git(self, data: bytes, changes: Mapping[str, gitindex.Entry | None]) -> bytes:
        """Let git change a copy of the index, and return that."""
        self._copy.write_bytes(data)
        lines = []
        for path, entry in changes.items():
            mode, identity = (entry.mode, entry.id) if entry else ("0", "0" * 40)
            lines.append(f"{mode} {identity} 0\t{path}\0")
        self._git.must(
            *("update-index", "-z", "--index-info"),
            data=os.fsencode("".join(lines)),
            env={"GIT_INDEX_FILE": str(self._copy)},
        )
        return self._copy.read_bytes()
