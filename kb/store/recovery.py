"""After a crash: what an ended process left behind is completed, or taken away."""

from kb.store.journal import Record
from kb.store.look import Spot
from kb.store.objects import blob_id
from kb.store.paths import below
from kb.store.place import finish, keep_foreign, stage, unstage
from kb.store.room import Room


def pending(room: Room) -> dict[str, set[str | None]]:
    """Return what git's index may still say about paths of journals that wait for its lock."""
    waiting: dict[str, set[str | None]] = {}
    for record in room.journal.read() if room.journal.any() else []:
        for step in record.steps:
            waiting.setdefault(step.path, set()).update({step.before, step.worktree, step.after})
    return waiting


def recover(room: Room) -> list[str]:
    """Complete or discard what an ended process left behind; return paths to be taken in.

    A journal whose commit is in the branch is completed towards the branch's present text; one
    whose commit is not was never acknowledged, and leaves nothing.
    """
    room.index.recover()
    if not room.journal.any():
        _sweep(room)
        return []
    left: list[str] = []
    waiting = pending(room)
    for record in room.journal.read():
        for step in record.steps:
            if step.staged:
                keep_foreign(room, step, room.staging() / step.staged)
        tip = room.refs.get(f"refs/heads/{record.branch}")
        checked_out = room.refs.tip().branch == record.branch
        if tip is None or not checked_out or not _reached(room, tip, record.new):
            room.journal.close(record)
            continue
        left += _complete(room, tip, record, waiting)
    _sweep(room)
    return left


def _complete(
    room: Room, tip: str, record: Record, waiting: dict[str, set[str | None]]
) -> list[str]:
    """Bring the paths of one journal to the branch's present text; return those edited since."""
    tree = room.commit_tree(tip)
    spots = []
    left = []
    for step in record.steps:
        entry = room.objects.entry(tree, step.path)
        here = below(room.root, step.path)
        data = here.read_bytes() if here.is_file() else None
        blob = blob_id(data) if data is not None else None
        head = entry.id if entry else None
        if blob not in {step.worktree, head}:
            left.append(step.path)
            room.saw(step.path, step.worktree)
        text = room.objects.read(head, "blob") if head else None
        mode = here.stat().st_mode & 0o777 if data is not None else 0o644
        spots.append(Spot(step.path, data, blob, head, entry.mode if entry else step.mode, mode))
        spots[-1].new = text
    steps = stage(room, spots)
    _, foreign = finish(room, record._replace(steps=steps), waiting, left)
    unstage(room, steps)
    return foreign


def _reached(room: Room, tip: str, commit: str) -> bool:
    """Tell whether `commit` is `tip` or one of its ancestors."""
    if tip == commit:
        return True
    if room.objects.find(commit, "commit") is None:
        return False
    return room.git.run("merge-base", "--is-ancestor", commit, tip).code == 0


def _sweep(room: Room) -> None:
    """Remove staged files of saves that ended before they began."""
    folder = room.git_dir / "kb" / "new"
    if folder.is_dir():
        for file in folder.iterdir():
            room.files.remove(file)
