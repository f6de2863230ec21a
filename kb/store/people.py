"""A person's own `git commit`, seen while it waits for its message."""

import os
from contextlib import suppress
from pathlib import Path

from kb.store.room import Room

PROCESSES = Path("/proc")


def commit_is_written(room: Room) -> bool:
    """Tell whether somebody's `git commit -a` waits for its message: moving the branch fails it.

    Git holds the index's lock then, and has begun the message's file after it.
    """
    lock = room.index.foreign_lock()
    if lock is None:
        return False
    message = _message(room)
    return message is not None and message >= lock.st_mtime_ns


def commit_runs(room: Room) -> bool:
    """Tell whether somebody's plain `git commit` waits for its message; it holds no lock.

    It began the message's file after the branch last moved; so did one that was given up, and so
    the running processes are looked through, where the system shows them.
    """
    message = _message(room)
    branch = room.refs.tip().branch
    if message is None or branch is None or message < room.refs.moved_at(branch):
        return False
    try:
        names = [name for name in os.listdir(PROCESSES) if name.isdecimal()]
    except OSError:
        return False
    return any(_commits(PROCESSES / name, room.root) for name in names)


def _message(room: Room) -> int | None:
    try:
        return (room.git_dir / "COMMIT_EDITMSG").stat().st_mtime_ns
    except OSError:
        return None


def _commits(process: Path, root: Path) -> bool:
    """Tell whether a process is a `git commit` in the work tree at `root`."""
    with suppress(OSError):
        words = (process / "cmdline").read_bytes().split(b"\0")
        if os.path.basename(words[0]) == b"git" and b"commit" in words[1:]:
            return os.path.realpath(process / "cwd") == os.path.realpath(root)
    return False
