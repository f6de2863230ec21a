"""How a document came to be: its commits, and its text at a moment."""

from datetime import datetime

from kb.store.ports import Revision
from kb.store.repo import opened
from kb.store.room import Room

FIELDS = "%x1e%H%x1f%cI%x1f%an%x1f%ae%x1f%s%x1f%(trailers:only,unfold)%x1f"


def revisions(room: Room, path: str | None, limit: int | None) -> list[Revision]:
    """Return the commits that changed `path`, newest first, through its renames.

    `path` None: all commits of the branch. `limit` counts commits.
    """
    tip = room.refs.tip().commit
    if tip is None:
        return []
    args = ["log", "-z", f"--format={FIELDS}"]
    if limit is not None:
        args.append(f"--max-count={limit}")
    if path is not None:
        args += ["--follow", "--name-only"]
    args += ["--end-of-options", tip, "--", *([path] if path else [])]
    with opened(room) as repository:
        text = repository.ask(*args).decode("utf-8", "replace")
    found = []
    for record in text.split("\x1e")[1:]:
        commit, at, name, email, subject, trailers, rest = record.split("\x1f", 6)
        names = [part.strip("\n") for part in rest.split("\0")]
        names = [part for part in names if part]
        pairs = (line.partition(":") for line in trailers.splitlines())
        found.append(
            Revision(
                commit=commit,
                at=datetime.fromisoformat(at),
                name=name,
                email=email,
                subject=subject,
                trailers=tuple((key, value.strip()) for key, _, value in pairs if key),
                path=names[0] if names else path or "",
            )
        )
    return found


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
