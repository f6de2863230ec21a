"""What to say when a save can't be made: the disk refuses, or something else is under way."""

import errno
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kb.errors import Fault, KbError, Kept, NeedsRepair
from kb.messages import say
from kb.store.ports import Change, Edit, Put
from kb.store.room import Room
from kb.store.worktree import read

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def said_plainly(room: Room, changes: Sequence[Change] = ()) -> Iterator[None]:
    """Turn a disk's refusal into what to say to a person.

    Whatever kept the text of `changes` from being saved or put aside carries it: `text_back`.
    """
    try:
        yield
    except OSError as error:
        raise _with_text(room, _disk_error(error, changes), changes) from error
    except (Kept, NeedsRepair) as error:
        raise _with_text(room, error, changes) from None


def _with_text(room: Room, error: KbError, changes: Sequence[Change]) -> KbError:
    if not error.params.get("kept") and "text_back" not in error.params:
        texts = [text for change in changes if (text := _unsaved(room, change))]
        if texts:
            error.params["text_back"] = b"\n".join(texts).decode("utf-8", "replace")
    return error


def _disk_error(error: OSError, changes: Sequence[Change]) -> KbError:
    """Return what to say when the disk refuses."""
    path = changes[0].path if changes else ""
    if error.errno in FULL:
        return Kept("disk-full", path=path, kept=None)
    if error.errno in CLOSED:
        return Kept("read-only", path=path, kept=None)
    return Fault("file-fault", detail=error.strerror or str(error))


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
    known = Counter(before.splitlines())
    added = []
    for line in after.splitlines():
        known[line] -= 1
        if known[line] < 0:
            added.append(line)
    return b"\n".join(added)


def not_now(room: Room, reason: str, paths: Iterable[str] = ()) -> Kept:
    """Return what to say when something can't be done now and no text had to be kept."""
    path, branch = ", ".join(paths), room.branch or ""
    why = say(f"why-{reason}", room.lang, path=path, branch=branch)[0]
    return Kept("not-now", reason=reason, why=why, path=path, branch=branch, kept=None)
