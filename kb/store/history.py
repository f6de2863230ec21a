"""How a document came to be: its commits, and its text at a moment."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from kb.store import stamps
from kb.store.ports import Revision
from kb.store.repo import Repository, opened
from kb.store.room import Room

FIELDS = "%H%x00%cI%x00%an%x00%ae%x00%s%x00%(trailers:only,unfold)%x00"
"""NUL ends each: nothing that a person types into a commit can hold one."""
RAW = re.compile(r"^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])", re.MULTILINE)
"""What a commit did to the one file that was asked for, with the blobs before and after."""
COMMITTED = re.compile(rb"^committer .* (\d{1,15}) [+-]\d{4}$", re.MULTILINE)
STEPS = 500
"""How many commits are looked through for one that was the last before; it takes milliseconds."""


class _Step(NamedTuple):
    """A commit that changed a file: `what` it did (A, M, D; "" in a merge), with the blobs."""

    revision: Revision
    what: str
    was: str
    now: str


def revisions(room: Room, path: str | None, limit: int | None) -> list[Revision]:
    """Return the commits that changed `path`, newest first, through its renames.

    What stood there before it was created, and was removed or moved elsewhere, is another file.
    `path` None: all commits of the branch. `limit` counts commits.
    """
    tip = room.refs.tip().commit
    if tip is None:
        return []
    with opened(room) as repository:
        if path is None:
            return [step.revision for step in _log(repository, tip, None, limit)]
        found = _own(repository, _log(repository, tip, path, limit))
        more = found
        while more and (limit is None or len(found) < limit):
            former = _name_before(repository, found[-1])
            if former is None:
                break
            left = None if limit is None else limit - len(found)
            more = _own(repository, _log(repository, f"{found[-1].commit}^", former, left))
            found += more
    return found


def _log(repository: Repository, tip: str, path: str | None, limit: int | None) -> list[_Step]:
    """Return the commits from `tip` on that changed `path` under this name."""
    args = ["log", f"--format={FIELDS}"]
    if limit is not None:
        args.append(f"--max-count={limit}")
    if path:
        args += ["--raw", "--no-abbrev", "--no-renames"]
    args += ["--end-of-options", tip, "--", *([path] if path else [])]
    parts = repository.ask(*args).decode("utf-8", "replace").split("\0")
    found = []
    for at in range(0, len(parts) - 6, 6):
        commit, when, name, email, subject, trailers, rest = parts[at : at + 7]
        pairs = (line.partition(":") for line in trailers.split("\n"))
        revision = Revision(
            commit=commit.rpartition("\n")[2],
            at=stamps.moment(when),
            name=name,
            email=email,
            subject=subject,
            trailers=tuple((key, value.strip()) for key, _, value in pairs if key),
            path=path or "",
        )
        did = RAW.search(rest)
        found.append(_Step(revision, *((did[3], did[1], did[2]) if did else ("", "", ""))))
    return found


def _own(repository: Repository, steps: list[_Step]) -> list[Revision]:
    """Leave out what stood at a path and made room for what was created there later.

    A file that was removed and brought back as it was is the same.
    """
    born: _Step | None = None
    for at, step in enumerate(steps):
        if born is not None and step.what == "D":
            moves = _moves(repository, step.revision)
            if born.now != step.was or any(old == step.revision.path for old, _ in moves):
                return [one.revision for one in steps[:at]]
        born = step if step.what == "A" else None if step.what == "D" else born
    return [one.revision for one in steps]


def _name_before(repository: Repository, first: Revision) -> str | None:
    """Return the name that a file had before the commit in which its name first appears."""
    return next((old for old, new in _moves(repository, first) if new == first.path), None)


def _moves(repository: Repository, revision: Revision) -> Iterator[tuple[str, str]]:
    """Yield the names that files had before a commit, and those that it gave them.

    kb's own renames are written in the commit; a person's are recognised by their text.
    """
    for key, value in revision.trailers:
        old, _, new = value.partition(" -> ")
        if key == "Kb-Moved":
            yield old, new
    args = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-commit-id")
    out = repository.ask(*args, "--end-of-options", revision.commit)
    fields = out.decode("utf-8", "surrogateescape").split("\0")
    yield from zip(fields[1::3], fields[2::3], strict=False)


def as_of(room: Room, moment: datetime, path: str) -> tuple[str, bytes] | None:
    """Return (commit, text) of `path` as the team's branch had it at `moment`, or None.

    A file that has another name today is found under the one that it had then.
    """
    tip = room.refs.tip().commit
    if tip is None:
        return None
    before = f"--before={moment.isoformat()}"
    with opened(room) as repository:
        out = repository.ask("rev-list", "-1", "--first-parent", before, "--end-of-options", tip)
    commit = out.decode("ascii").strip()
    if not commit:
        return None
    tree = room.commit_tree(commit)
    entry = room.objects.entry(tree, path)
    if entry is None:
        for revision in revisions(room, path, None):
            if revision.at <= moment and revision.path != path:
                entry = room.objects.entry(tree, revision.path)
                break
    return (commit, room.objects.read(entry.id, "blob")) if entry else None


def only_after(
    room: Room, head: str | None, commit: str | None, moment: datetime, path: str
) -> bool:
    """Tell whether every commit of the branch from `commit` (not counted) to `head` came later.

    False when `commit` is not among the last `STEPS` of the branch, and when `path` may be another
    file since: nothing stood there for a while, or something was merged.
    """
    name = head
    for _ in range(STEPS):
        if name is None or commit is None:
            return False
        if name == commit:
            return True
        found = room.commit(name)
        if _committed(found.body) <= moment.timestamp():
            return False
        if len(found.parents) > 1 or room.objects.entry(found.tree, path) is None:
            return False
        name = found.parents[0] if found.parents else None
    return False


def _committed(body: bytes) -> int:
    """Return when a commit was made, in seconds; 0 where it does not say so."""
    said = COMMITTED.search(body.partition(b"\n\n")[0])
    return int(said[1]) if said else 0
