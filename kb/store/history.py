"""How a document came to be: its commits, and its text at a moment."""

import re
from datetime import datetime

from kb.store import stamps
from kb.store.ports import Revision
from kb.store.repo import Repository, opened
from kb.store.room import Room

FIELDS = "%H%x00%cI%x00%an%x00%ae%x00%s%x00%(trailers:only,unfold)%x00"
"""NUL ends each: nothing that a person types into a commit can hold one."""
COMMITTED = re.compile(rb"^committer .* (\d{1,15}) [+-]\d{4}$", re.MULTILINE)
STEPS = 500
"""How many commits are looked through for one that was the last before; it takes milliseconds."""


def revisions(room: Room, path: str | None, limit: int | None) -> list[Revision]:
    """Return the commits that changed `path`, newest first, through its renames.

    `path` None: all commits of the branch. `limit` counts commits.
    """
    tip = room.refs.tip().commit
    if tip is None:
        return []
    with opened(room) as repository:
        found = _log(repository, tip, path, limit)
        names = {path}
        while path is not None and found and (limit is None or len(found) < limit):
            path = _name_before(repository, found[-1])
            if path is None or path in names:
                break
            names.add(path)
            left = None if limit is None else limit - len(found)
            found += _log(repository, f"{found[-1].commit}^", path, left)
    return found


def _log(repository: Repository, tip: str, path: str | None, limit: int | None) -> list[Revision]:
    """Return the commits from `tip` on that changed `path` under this name."""
    args = ["log", f"--format={FIELDS}"]
    if limit is not None:
        args.append(f"--max-count={limit}")
    args += ["--end-of-options", tip, "--", *([path] if path else [])]
    text = repository.ask(*args).decode("utf-8", "replace")
    found = []
    for record in zip(*[iter(text.split("\0")[:-1])] * 6, strict=True):
        commit, at, name, email, subject, trailers = record
        pairs = (line.partition(":") for line in trailers.split("\n"))
        found.append(
            Revision(
                commit=commit.strip(),
                at=stamps.moment(at),
                name=name,
                email=email,
                subject=subject,
                trailers=tuple((key, value.strip()) for key, _, value in pairs if key),
                path=path or "",
            )
        )
    return found


def _name_before(repository: Repository, first: Revision) -> str | None:
    """Return the name that a file had before the commit in which its name first appears.

    kb's own renames are written in the commit; a person's are recognised by their text.
    """
    for key, value in first.trailers:
        old, _, new = value.partition(" -> ")
        if key == "Kb-Moved" and new == first.path:
            return old
    args = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-commit-id")
    out = repository.ask(*args, "--end-of-options", first.commit)
    fields = out.decode("utf-8", "surrogateescape").split("\0")
    pairs = zip(fields[1::3], fields[2::3], strict=False)
    return next((old for old, new in pairs if new == first.path), None)


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


def only_after(room: Room, head: str | None, commit: str | None, moment: datetime) -> bool:
    """Tell whether every commit of the branch from `commit` (not counted) to `head` came later.

    False when `commit` is not among the last `STEPS` of the branch.
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
        name = found.parents[0] if found.parents else None
    return False


def _committed(body: bytes) -> int:
    """Return when a commit was made, in seconds; 0 where it does not say so."""
    said = COMMITTED.search(body.partition(b"\n\n")[0])
    return int(said[1]) if said else 0
