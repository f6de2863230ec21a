"""Meeting the others: fetch, merge (theirs first, ours second), push; never replay."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from kb.errors import Kept, NotFound
from kb.messages import say
from kb.store import kept, lock, place, recovery, refused, save
from kb.store.diff import Change, changes_between
from kb.store.look import look, path_block, repository_block
from kb.store.objects import Entry, blob_id, commit_body
from kb.store.paths import AT_TOP, FOLDERS
from kb.store.ports import Actor, Conflict, Delete, SyncConflict, Synced
from kb.store.refs import Tip
from kb.store.repo import GitFailed, Repository, opened
from kb.store.room import Room
from kb.store.stamps import message, person
from kb.store.walk import moves
from kb.store.worktree import read

TRIES = 5


class _Outcome(NamedTuple):
    merged: tuple[str, ...] = ()
    conflicts: tuple[SyncConflict, ...] = ()
    kept: tuple[str, ...] = ()

    def plus(self, more: "_Outcome") -> "_Outcome":
        return _Outcome(
            tuple(dict.fromkeys(self.merged + more.merged)),
            self.conflicts + more.conflicts,
            self.kept + more.kept,
        )


def sync(room: Room, actor: Actor, when: datetime) -> Synced:
    """Take in what the others saved and give them ours.

    Hand edits are taken in first. Where both changed the same place theirs stands and our text
    is kept; nothing else waits for that. Raises `NotFound("no-remote")`, `Kept("not-reached")`
    when the other side does not answer, and what forbids a save.
    """
    with opened(room) as repository:
        names = repository.remotes()
        if not names:
            raise NotFound("no-remote")
        remote = "origin" if "origin" in names else names[0]
        adopt_all(room, actor, when)
        pulled, done = 0, _Outcome()
        for _ in range(TRIES):
            _reach(
                repository,
                "fetch",
                "--no-tags",
                "-q",
                "--end-of-options",
                remote,
                f"+refs/heads/*:refs/remotes/{remote}/*",
            )
            with save.held(room) as block:
                if block is not None:
                    raise refused.not_now(room, block)
                save.settle(room, when)
                tip, upstream, count, more = _meet(room, remote, actor, when)
            pulled += count
            done = done.plus(more)
            pushed = _count(room, upstream, tip)
            if pushed == 0 or _push(repository, remote, room, tip):
                return Synced(pulled, pushed, *done)
        raise Kept("not-reached", detail="busy", kept=None)


def _reach(repository: Repository, *args: str) -> None:
    try:
        repository.ask(*args)
    except GitFailed as failed:
        lines = [line for line in failed.said.splitlines() if line.strip()]
        raise Kept("not-reached", detail=lines[-1] if lines else "", kept=None) from None


def _push(repository: Repository, remote: str, room: Room, commit: str) -> bool:
    """Give our commits to the others; False when somebody else was faster."""
    branch = room.refs.tip().branch
    args = ("push", "-q", "--end-of-options", remote, f"{commit}:refs/heads/{branch}")
    try:
        repository.ask(*args)
    except GitFailed as failed:
        if "rejected" in failed.said or "cannot lock ref" in failed.said:
            return False
        lines = [line for line in failed.said.splitlines() if line.strip()]
        raise Kept("not-reached", detail=lines[-1] if lines else "", kept=None) from None
    room.git.run("update-ref", "--end-of-options", f"refs/remotes/{remote}/{branch}", commit)
    return True


def dirty(room: Room) -> list[str]:
    """Return the files of the store that were edited outside kb, new ones included, links not."""
    out = room.git.must("status", "--porcelain", "-z", "--no-renames", "-uall")
    paths = [os.fsdecode(line[3:]) for line in out.split(b"\0") if line]
    ours = [path for path in paths if path.split("/")[0] in FOLDERS | AT_TOP]
    return [path for path in ours if not os.path.islink(room.root / path)]


def adopt_all(room: Room, actor: Actor, when: datetime) -> None:
    """Take in what was edited, made or removed outside kb, in all files of the store."""
    paths = dirty(room)
    if not paths:
        return
    tree = room.commit_tree(room.refs.tip().commit)
    there = [path for path in paths if read(room.root, path) is not None]
    entries = {path: room.objects.entry(tree, path) for path in paths if path not in there}
    gone = tuple(Delete(path, entry.id) for path, entry in entries.items() if entry)
    sentence = say("outside-edit", room.lang, paths=", ".join(entries))[0]
    author = room.outsider(actor)
    save.run(room, save.Order(gone, author, sentence, (), when, "outside", adopt=tuple(there)))


def _count(room: Room, without: str | None, tip: str) -> int:
    hidden = [f"^{without}"] if without else []
    return int(room.git.must("rev-list", "--count", "--end-of-options", tip, *hidden))


def _meet(
    room: Room, remote: str, actor: Actor, when: datetime
) -> tuple[str, str | None, int, _Outcome]:
    """Merge under the lock; return (our new tip, theirs, how many of theirs were new, outcome)."""
    tip = room.refs.tip()
    block = repository_block(room, tip)
    if block is not None or tip.commit is None:
        raise refused.not_now(room, block or "detached")
    upstream = room.refs.get(f"refs/remotes/{remote}/{tip.branch}")
    if upstream is None:
        return tip.commit, None, 0, _Outcome()
    pulled = _count(room, tip.commit, upstream)
    if pulled == 0:
        return tip.commit, upstream, 0, _Outcome()
    bases = room.git.run("merge-base", tip.commit, upstream).out.decode().split()
    if not bases:
        raise Kept("unrelated", kept=None)
    theirs = changes_between(room, bases[0], upstream)
    if bases[0] == tip.commit:
        plan = _Merge(room, bases[0], {}, theirs, (upstream, tip.commit))
        commit = upstream
    else:
        ours = changes_between(room, bases[0], tip.commit)
        plan = _Merge(room, bases[0], ours, theirs, (upstream, tip.commit))
        plan.run()
        tree = room.objects.tree_with(room.commit_tree(upstream), plan.entries)
        stamp = person(actor, when)
        words = message(say("sync-message", room.lang)[0], [("Kb-Source", "sync")])
        body = commit_body(tree or "", [upstream, tip.commit], stamp, stamp, words)
        commit = room.objects.write("commit", body)
    names = tuple(
        kept.keep(room, parked, "conflict", actor, when, say("sync-message", room.lang)[0])
        for parked in plan.aside
    )
    _land(room, tip, commit, actor, when)
    return commit, upstream, pulled, _Outcome(tuple(plan.merged), tuple(plan.conflicts), names)


def _land(room: Room, tip: Tip, commit: str, actor: Actor, when: datetime) -> None:
    """Bring a merged commit into the branch and the work tree."""
    assert tip.commit is not None
    changed = changes_between(room, tip.commit, commit)
    spots = look(room, tip, changed)
    waiting = recovery.pending(room)
    block = path_block(room, tip, spots.values(), waiting)
    if block is None and any(spot.edited for spot in spots.values()):
        block = "changed-meanwhile"
    if block is not None:
        raise refused.not_now(room, block, spots)
    for path, change in changed.items():
        spots[path].new = room.objects.read(change.after.id, "blob") if change.after else None
        if change.after:
            spots[path].mode = change.after.mode
    words = say("sync-message", room.lang)[0]
    landing = place.Landing(tip, commit, person(actor, when), words, tuple(spots.values()))
    try:
        place.land(room, landing, waiting)
    except place.Lost:
        raise Kept("busy", seconds=int(lock.PATIENCE), kept=None) from None


class _Merge:
    """The merge of two lines of commits, path by path, on top of theirs."""

    def __init__(
        self,
        room: Room,
        base: str,
        ours: Mapping[str, Change],
        theirs: Mapping[str, Change],
        tips: tuple[str, str],
    ) -> None:
        """Start from what both sides changed since `base`; `tips` are theirs and ours."""
        self.room = room
        self.ours, self.theirs = ours, theirs
        self.entries: dict[str, Entry | None] = {}
        self.merged: list[str] = []
        self.conflicts: list[SyncConflict] = []
        self.aside: list[kept.Parked] = []
        self._renamed: set[str] = set()
        self._moved_there = _same_text(theirs) | moves(room, tips[0], base) if ours else {}
        self._moved_here = _same_text(ours) | moves(room, tips[1], base) if ours else {}

    def run(self) -> None:
        """Decide every path that we changed."""
        for old, new in self._moved_here.items():
            self._two_names(old, new, self._moved_there.get(old))
        for path, change in self.ours.items():
            if path in self._renamed:
                continue
            other = self.theirs.get(path)
            if other is None:
                self.entries.setdefault(path, change.after)
            elif other.after != change.after:
                self._both(path, change, other)

    def _two_names(self, old: str, mine: str, yours: str | None) -> None:
        """Bring a file that both renamed together under their name, and say so."""
        base, here = self.ours.get(old), self.ours.get(mine)
        there = self.theirs.get(yours) if yours and yours != mine else None
        taken = self.theirs.get(mine)
        if not (yours and base and base.before and here and here.after and there and there.after):
            return
        self._renamed.add(mine)
        self.entries[mine] = taken.after if taken else None
        self._texts(yours, base.before, there.after, here.after, instead=mine)
        self.conflicts.insert(0, SyncConflict(yours, mine, yours))

    def _both(self, path: str, change: Change, other: Change) -> None:
        mine, yours = change.after, other.after
        if mine is None:
            new = self._moved_here.get(path)
            ours = self.ours.get(new) if new else None
            if new and yours and ours and ours.after:
                self.entries[path] = None
                self._texts(new, change.before, yours, ours.after)
            return
        if yours is None:
            new = self._moved_there.get(path)
            theirs = self.theirs.get(new) if new else None
            if new and theirs and theirs.after:
                self._texts(new, change.before, theirs.after, mine)
            else:
                self.entries[path] = mine
            return
        self._texts(path, change.before, yours, mine)

    def _texts(
        self, path: str, base: Entry | None, yours: Entry, mine: Entry, instead: str = ""
    ) -> None:
        """Merge two texts into `path`; ours names itself by `instead` as yet, if that is given."""
        read = self.room.objects.read
        old = read(base.id, "blob") if base else None
        upstream, ours = read(yours.id, "blob"), read(mine.id, "blob")
        both = self.room.merge_texts(path, old, upstream, ours)
        if instead:
            ours, conflicts = _under_one_name(ours, both.conflicts, instead, path)
            both = both._replace(conflicts=conflicts)
        self.entries[path] = Entry(yours.mode, self.room.objects.write("blob", both.data))
        self.merged.append(path)
        if both.conflicts:
            self.aside.append(kept.Parked(path, ours, blob_id(old) if old is not None else None))
            self.conflicts += [_shown(path, one) for one in both.conflicts]


def _under_one_name(
    text: bytes, conflicts: tuple[Conflict, ...], mine: str, yours: str
) -> tuple[bytes, tuple[Conflict, ...]]:
    """Return our text under their name, and the conflicts that are about more than the name."""
    old, new = (PurePosixPath(path).stem.encode() for path in (mine, yours))
    real = []
    for one in conflicts:
        if one.ours.replace(old, new) == one.upstream:
            text = text.replace(one.ours, one.upstream, 1)
        else:
            real.append(one)
    return text, tuple(real)


def _shown(path: str, conflict: Conflict) -> SyncConflict:
    ours = conflict.ours.decode("utf-8", "replace")
    return SyncConflict(path, ours, conflict.upstream.decode("utf-8", "replace"))


def _same_text(changes: Mapping[str, Change]) -> dict[str, str]:
    """Return the renames that people made outside kb without changing the text: old → new."""
    gone = {one.before.id: path for path, one in changes.items() if one.before and not one.after}
    came = {path: one.after.id for path, one in changes.items() if one.after and not one.before}
    return {gone[blob]: path for path, blob in came.items() if blob in gone}
