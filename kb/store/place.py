"""Bringing a commit into the branch, to the work tree and to git's index."""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kb import clock
from kb.errors import KbError
from kb.store import kept
from kb.store.failpoints import hit
from kb.store.gitindex import Entry
from kb.store.journal import Record, Step
from kb.store.look import Spot
from kb.store.objects import blob_id
from kb.store.paths import below
from kb.store.people import lock_is_left
from kb.store.ports import Actor
from kb.store.refs import Tip
from kb.store.room import Room
from kb.store.worktree import read


class Lost(Exception):
    """Somebody else moved the branch before our commit was in it."""


class Landing(NamedTuple):
    """A commit on its way into the branch: where that was, who moves it and why, its paths."""

    tip: Tip
    commit: str
    stamp: str
    why: str
    spots: tuple[Spot, ...]


def land(
    room: Room, landing: Landing, waiting: dict[str, set[str | None]]
) -> tuple[list[str], tuple[str, ...]]:
    """Journal, move the branch (compare and swap), then bring work tree and index along.

    Returns the paths at which somebody wrote in between, and warnings. Raises `Lost` when the
    branch moved; nothing is changed then.
    """
    tip, commit, stamp, why, spots = landing
    assert tip.branch is not None
    steps = stage(room, (s for s in spots if s.new_id != s.head_id or s.new_id != s.worktree_id))
    try:
        room.files.on_their_way.wait()
        record = room.journal.open(tip.branch, tip.commit, commit, steps)
        hit("journalled")
        ref = f"refs/heads/{tip.branch}"
        try:
            moved = commit == tip.commit or room.refs.move(ref, commit, tip.commit, why, stamp)
        except KbError:  # the branch stands where it stood
            room.journal.close(record)
            raise
    except BaseException:
        unstage(room, steps)
        raise
    if not moved:
        unstage(room, steps)
        room.journal.close(record)
        raise Lost
    hit("committed")
    try:
        before = {s.worktree_id: s.worktree for s in spots if s.worktree is not None}
        done, foreign = finish(room, record, waiting, before=before)
    except (OSError, KbError):
        return [], ("files-pending",)
    if done:
        return foreign, ()
    return foreign, ("index-left",) if lock_is_left(room) else ("index-pending",)


def stage(room: Room, spots: Iterable[Spot]) -> tuple[Step, ...]:
    """Write the new texts beside their places (fsync), before anything is decided."""
    steps = []
    folder = room.staging()
    for number, spot in enumerate(spots):
        name = ""
        after = spot.new_id
        if spot.new is not None and after != spot.worktree_id:
            name = f"{os.getpid()}-{number}-{after}"
            room.files.remove(folder / name)
            room.files.stage(folder / name, spot.new, spot.permissions, durable=False)
        steps.append(Step(spot.path, spot.worktree_id, spot.head_id, after, spot.mode, name))
    hit("staged")
    return tuple(steps)


def unstage(room: Room, steps: Iterable[Step]) -> None:
    """Remove files that were staged and will not be used."""
    for step in steps:
        if step.staged:
            room.files.remove(room.staging() / step.staged)


def put(
    room: Room, step: Step, before: Mapping[str | None, bytes]
) -> tuple[bool, os.stat_result | None]:
    """Put one staged file in its place: (whether nobody wrote in between, its state there).

    What somebody wrote in between is put back, so that it is taken in as a hand edit.
    """
    target = below(room.root, step.path)
    if step.after == step.worktree:
        found = read(room.root, step.path)
        same = found is not None and blob_id(found.data) == step.after
        return True, found.stat if found and same else None
    staged = room.staging() / (step.staged or f"{os.getpid()}-gone")
    if step.after is None:
        with suppress(FileNotFoundError):
            room.files.take(target, staged)
            if not _is(staged, step.worktree, before):
                os.rename(staged, target)
                return False, None
            room.files.remove(staged)
            with suppress(OSError):
                target.parent.rmdir()
        return True, None
    ours = os.stat(staged)
    if step.worktree is None:
        try:
            room.files.add(staged, target)
        except FileExistsError:
            return False, None
        return True, _still(target, ours)
    try:
        room.files.exchange(staged, target)
    except FileNotFoundError:
        room.files.add(staged, target)
        return True, _still(target, ours)
    if _is(staged, step.worktree, before):
        room.files.remove(staged)
        return True, _still(target, ours)
    room.files.exchange(staged, target)
    keep_foreign(room, step, staged)
    return False, None


def keep_foreign(room: Room, step: Step, staged: Path) -> None:
    """Remove a staged file; a text in it that is not ours is put aside first.

    That takes two writers in the instant of an exchange, or one and a crash.
    """
    try:
        data = staged.read_bytes()
    except FileNotFoundError:
        return
    if blob_id(data) not in {step.after, step.worktree}:
        actor = room.outsider(Actor(None, "kb", "kb@localhost"))
        parked = kept.Parked(step.path, data, step.worktree)
        kept.keep(room, parked, "written-between", actor, clock.now(), "")
    room.files.remove(staged)


def _is(file: Path, blob: str | None, known: Mapping[str | None, bytes]) -> bool:
    data = file.read_bytes()
    return data == known[blob] if blob in known else blob_id(data) == blob


def _still(place: Path, ours: os.stat_result) -> os.stat_result | None:
    """Return the state of our file at its place, or None when it is no longer as we wrote it."""
    try:
        now = os.lstat(place)
    except FileNotFoundError:
        return None
    same = (now.st_ino, now.st_size, now.st_mtime_ns) == (
        ours.st_ino,
        ours.st_size,
        ours.st_mtime_ns,
    )
    return now if same else None


def finish(
    room: Room,
    record: Record,
    pending: dict[str, set[str | None]],
    left: Collection[str] = (),
    before: Mapping[str | None, bytes] = MappingProxyType({}),
) -> tuple[bool, list[str]]:
    """Bring a committed save to the work tree and the index, then close its journal.

    Files that are `left` to be taken in stay as they are; `before` are texts of the work tree by
    blob, which spares working ids out. Returns whether all is done (False:
    git's index is somebody else's just now, so the journal stays open), and the paths at which
    somebody wrote in between.
    """
    foreign = list(left)
    entries: dict[str, Entry | None] = {}
    expected: dict[str, set[str | None]] = {}
    for step in record.steps:
        fine, stat = (True, None) if step.path in left else put(room, step, before)
        hit("exchanged")
        if not fine:
            foreign.append(step.path)
        entries[step.path] = Entry(step.mode, step.after, stat) if step.after else None
        expected[step.path] = {step.before, step.worktree} | pending.get(step.path, set())
    done = room.index.set(entries, expected)
    hit("indexed")
    for step in record.steps:
        if step.path not in left:  # what was written in between was written on the text before
            room.saw(step.path, step.worktree if step.path in foreign else step.after)
    if done:
        room.journal.close(record)
    hit("closed")
    return done, foreign
