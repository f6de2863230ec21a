"""What to say when a save can't be made: the disk refuses, or something else is under way."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kb.errors import Fault, KbError, Kept
from kb.messages import say
from kb.store.ports import Change, Edit, Put
from kb.store.room import Room
from kb.store.worktree import read

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def said_plainly(room: Room, changes: Sequence[Change] = ()) -> Iterator[None]:
    """Turn a disk's refusal into what to say to a person; it carries the text of `changes`."""
    try:
        yield
    except OSError as error:
        raise _disk_error(room, error, changes) from error


def _disk_error(room: Room, error: OSError, changes: Sequence[Change]) -> Exception:
    """Return what to say when the disk refuses; it carries the text that was not saved."""
    lost = b"\n".join(_unsaved(room, change) for change in changes).decode("utf-8", "replace")
    path = changes[0].path if changes else ""
    if error.errno in FULL:
        return Kept("disk-full", path=path, kept=None, text_back=lost)
    if error.errno in CLOSED:
        return Kept("read-only", path=path, kept=None, text_back=lost)
    return Fault("file-fault", detail=error.strerror or str(error), text_back=lost)


def _unsaved(room: Room, change: Change) -> bytes:
    """Return a change's own text: all of a `Put`, the lines that an `Edit` would have added."""
    if isinstance(change, Put):
        return change.data
    if not isinstance(change, Edit):
        return b""
    try:
        found = read(room.root, change.path)
        before = found.data if found else b""
        after = change.apply(found.data if found else None) or b""
    except (KbError, OSError):
        return b""
    known = set(before.splitlines())
    return b"\n".join(line for line in after.splitlines() if line not in known)


def not_now(room: Room, reason: str, paths: Iterable[str] = ()) -> Kept:
    """Return what to say when something can't be done now and no text had to be kept."""
    path, branch = ", ".join(paths), room.branch or ""
    why = say(f"why-{reason}", room.lang, path=path, branch=branch)[0]
    return Kept("not-now", reason=reason, why=why, path=path, branch=branch, kept=None)
