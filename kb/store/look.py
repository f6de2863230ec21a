"""Looking before a save: what stands where, and what forbids saving right now."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store.objects import FILE, blob_id, blob_of
from kb.store.outside import versions
from kb.store.refs import Tip
from kb.store.room import Room
from kb.store.worktree import has_markers, read, read_settled, under_way


@dataclass(slots=True)
class Spot:
    """One path of a save: the work tree (W), the branch (H), and what is to stand there.

    `now` is the text after hand edits were taken in, `new` the one to be written; None stands for
    "no such file".
    """

    path: str
    worktree: bytes | None
    worktree_id: str | None
    head_id: str | None
    mode: str
    permissions: int
    head: bytes | None = None
    now: bytes | None = None
    new: bytes | None = None
    _named: tuple[bytes | None, str | None] = (None, None)

    @property
    def edited(self) -> bool:
        """Tell whether somebody changed the file outside kb.

        A file that was emptied or taken away holds nothing to take in: the branch's text stands.
        """
        if self.worktree is None or self.worktree_id == self.head_id:
            return False
        return bool(self.worktree) or not self.head

    @property
    def new_id(self) -> str | None:
        """The blob id of the text to be written (None: no file), worked out once."""
        if self._named[0] is not self.new:
            self._named = (self.new, blob_of(self.new))
        return self._named[1]


def repository_block(room: Room, tip: Tip) -> str | None:
    """Return the code of what forbids saving in the whole repository, or None."""
    what = under_way(room.git_dir)
    if what is not None:
        return f"{what}-under-way"
    if tip.branch is None:
        return "detached"
    if room.branch is not None and tip.branch != room.branch:
        return "other-branch"
    return None


def look(room: Room, tip: Tip, paths: Iterable[str]) -> dict[str, Spot]:
    """Read what stands at `paths`; links and unsafe names are refused (`NotAllowed`)."""
    tree = room.commit_tree(tip.commit)
    spots = {}
    for path in paths:
        entry = room.objects.entry(tree, path)
        head_id = entry.id if entry else None
        head = None
        found = read(room.root, path)
        found_id = blob_id(found.data) if found else None
        if found_id != head_id:
            head = room.objects.read(head_id, "blob") if head_id else None
            found = read_settled(room.root, path, head)
            found_id = blob_id(found.data) if found else None
        data = found.data if found else None
        if head_id is not None and head_id == found_id:
            head = data
        spots[path] = Spot(
            path=path,
            worktree=data,
            worktree_id=found_id,
            head_id=head_id,
            mode=entry.mode if entry else FILE,
            permissions=found.stat.st_mode & 0o777 if found else 0o644,
            head=head,
            now=head,
        )
    return spots


def path_block(
    room: Room, tip: Tip, spots: Iterable[Spot], pending: dict[str, set[str | None]]
) -> str | None:
    """Return the code of what forbids saving one of these paths, or None.

    `pending` are entries that kb itself still has to bring along in git's index; one that a
    process left at an earlier version of the file as it ended is added to them.
    """
    data = room.index.read()
    for spot in spots:
        marked = spot.edited and has_markers(spot.worktree or b"")
        if marked and not has_markers(spot.head or b""):
            return "conflict-markers"
        if data is None:
            continue
        here = room.index.listed(data, spot.path)
        if any(one.stage for one in here):
            return "merge-under-way"
        staged = here[0].id if here and not here[0].marked else None
        if staged in {spot.head_id, spot.worktree_id} | pending.get(spot.path, set()):
            continue
        if staged is not None and staged not in versions(room, tip.commit, spot.path):
            return "index-differs"
        pending.setdefault(spot.path, set()).add(staged)
    return None
