"""A person's own `git commit`, seen while it waits for its message."""

import os
from contextlib import suppress
from pathlib import Path

from kb.store.indexlock import is_old
from kb.store.room import Room

PROCESSES = Path("/proc")


def commit_is_written(room: Room) -> bool:
    """Tell whether somebody's `git commit -a` waits for its message: moving the branch fails it.

    Git holds the index's lock then, and has begun the message's file after it.
    """
    lock = room.index.foreign_lock()
    if lock is None or lock_is_left(room):
        return False
    message = _message(room)
    return message is not None and message >= lock.st_mtime_ns


def lock_is_left(room: Room) -> bool:
    """Tell whether a git command ended without lifting its lock on the index.

    The lock is old, and no git runs in the work tree; a system that does not show what runs is
    not believed to run nothing.
    """
    lock = room.index.foreign_lock()
    running = _running() if lock is not None and is_old(lock) else None
    return running is not None and not any(_is_git(one, room.root) for one in running)


def commit_runs(room: Room) -> bool:
    """Tell whether somebody's plain `git commit` waits for its message; it holds no lock.

    It began the message's file after the branch last moved; so did one that was given up, and so
    the running processes are looked through, where the system shows them.
    """
    message = _message(room)
    branch = room.refs.tip().branch
    if message is None or branch is None or message < room.refs.moved_at(branch):
        return False
    return any(_is_git(one, room.root, b"commit") for one in _running() or ())


def _running() -> list[Path] | None:
    """Return the folders of the running processes; None where the system does not show them."""
    try:
        return [PROCESSES / name for name in os.listdir(PROCESSES) if name.isdecimal()] or None
    except OSError:
        return None


def _message(room: Room) -> int | None:
    try:
        return (room.git_dir / "COMMIT_EDITMSG").stat().st_mtime_ns
    except OSError:
        return None


def _is_git(process: Path, root: Path, command: bytes = b"") -> bool:
    """Tell whether a process is a git (of that command) in the work tree at `root`.

    Those with which kb itself reads objects don't count: they take no lock. Where another
    person's stands is not shown; unless a command is named, it may be here.
    """
    with suppress(OSError):
        words = (process / "cmdline").read_bytes().split(b"\0")
        meant = command in words[1:] if command else b"cat-file" not in words[1:]
        if os.path.basename(words[0]) != b"git" or not meant:
            return False
        try:
            return os.readlink(process / "cwd") == os.path.realpath(root)
        except PermissionError:
            return not command
    return False
