"""What the store takes and gives: changes, answers, and the merge that it is handed."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Actor(NamedTuple):
    """Who makes a change: the member's key (None for an unknown address), name and address."""

    key: str | None
    name: str
    email: str


class Snapshot(NamedTuple):
    """The bytes of a file as read, and their blob id, which names them as a base later."""

    data: bytes
    blob: str


class Put(NamedTuple):
    """Make the whole text of `path` be `data`, written by somebody who had read blob `base`.

    `base` None means that the file must be new. A stale base is merged; where both changed the
    same place a person decides, unless this text `wins`.
    """

    path: str
    data: bytes
    base: str | None
    wins: bool = False


class Edit(NamedTuple):
    """Change `path` by a function of its current text (None: no such file), run under the lock.

    The function may raise a `KbError`: then nothing is changed. It may be run again.
    """

    path: str
    apply: Callable[[bytes | None], bytes | None]


class Delete(NamedTuple):
    """Remove `path`, which the caller had read as blob `base`; refused if it changed since."""

    path: str
    base: str


class Move(NamedTuple):
    """Rename `path` to `to`, which must be free; `apply` may rewrite the text on the way."""

    path: str
    to: str
    apply: Callable[[bytes], bytes] | None = None


Change = Put | Edit | Delete | Move


class Saved(NamedTuple):
    """What a save did.

    `commit` is None when nothing changed; `merged` are paths whose base was stale or that had
    been edited outside; `kept` are ids of texts put aside; `warnings` are codes.
    """

    commit: str | None
    blobs: dict[str, str]
    merged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Last(NamedTuple):
    """A change that was saved: the commit that made it, its sentence; `back` took one back."""

    commit: str
    message: str
    back: bool = False


class Conflict(NamedTuple):
    """One place where both sides changed the same thing: what stands, and what was put aside."""

    upstream: bytes
    ours: bytes


class Merged(NamedTuple):
    """A merged text; where both sides met, `data` has upstream's side."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()


Merger = Callable[[bytes | None, bytes, bytes], Merged]


class KeptText(NamedTuple):
    """A text that could not be saved: `text` was written on top of blob `base` of `path`."""

    id: str
    at: datetime
    path: str
    reason: str
    text: bytes
    base: str | None
    message: str


class Revision(NamedTuple):
    """One commit in the history of a path; `path` is the name it had then."""

    commit: str
    at: datetime
    name: str
    email: str
    subject: str
    trailers: tuple[tuple[str, str], ...]
    path: str


class Touched(NamedTuple):
    """A file that a commit changed.

    `blob` is None when it was removed; `was` are the blobs it had in the commit's parents (more
    than one in a merge), `old` its former name when it was renamed.
    """

    path: str
    blob: str | None
    was: tuple[str, ...]
    old: str | None


class Logged(NamedTuple):
    """A commit: when, by whose addresses (author first, then co-authors), from where, and what."""

    commit: str
    at: datetime
    emails: tuple[str, ...]
    source: str
    touched: tuple[Touched, ...]


class Log(NamedTuple):
    """Commits after the one that was asked about; `whole`: that one is no part of the history."""

    tip: str | None
    whole: bool
    commits: tuple[Logged, ...]


class Undone(NamedTuple):
    """What an undo took back, and the commit that did it.

    `paths` are the files that it changed, `meeting` the id of the meeting that it was about.
    """

    message: str
    undone: str
    commit: str
    paths: tuple[str, ...] = ()
    meeting: str | None = None


class SyncConflict(NamedTuple):
    """A place that both clones changed: our text, which was kept, and theirs, which stands."""

    path: str
    ours: str
    theirs: str


class Synced(NamedTuple):
    """What a sync moved: numbers of commits, paths merged, places kept aside."""

    pulled: int
    pushed: int
    merged: tuple[str, ...]
    conflicts: tuple[SyncConflict, ...]
    kept: tuple[str, ...]


class Problem(NamedTuple):
    """One finding of the doctor: a code with parameters, and whether it was mended."""

    code: str
    params: dict[str, object]
    repaired: bool


class Replayed(NamedTuple):
    """One commit to replay: texts by path (None removes), who, when, and why."""

    changes: dict[str, bytes | None]
    actor: Actor
    when: datetime
    message: str
    trailers: tuple[tuple[str, str], ...] = ()


def overwrite(base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
    """Merge whole texts: the side that changed wins; if both did, upstream stands.

    The merge of a store that was given none; real ones know lines or sections.
    """
    if ours in (base, upstream):
        return Merged(upstream)
    if upstream == base:
        return Merged(ours)
    return Merged(upstream, (Conflict(upstream, ours),))
