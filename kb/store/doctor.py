"""What is wrong with a store's repository, and what can be mended without a person."""

import time
from contextlib import suppress
from pathlib import Path

from kb import clock
from kb.errors import KbError, NeedsRepair
from kb.messages import say
from kb.store import kept, lock, save
from kb.store.look import repository_block
from kb.store.paths import OWN
from kb.store.ports import Actor, Edit, Problem
from kb.store.repo import GitFailed, opened
from kb.store.room import Room
from kb.store.sync import adopt_all, dirty
from kb.store.worktree import read, under_way

IGNORED = b".kb/"
STALE = 5  # seconds after which a lock is no longer a moment's


def examine(room: Room, *, repair: bool, actor: Actor | None) -> list[Problem]:
    """Return what was found; with `repair` the mendable is mended (by `actor` where it commits).

    Finds damaged objects, saves that were interrupted, a foreign lock on git's index, a merge or
    another branch that forbids saving, texts that were put aside, hand edits not taken in, and a
    missing ignore rule.
    """
    try:
        tip = room.refs.tip()
    except NeedsRepair as error:
        return [Problem(error.code, error.params, False)]
    found = _unfinished(room, repair=repair)
    found += _damage(room)
    if room.index.foreign_lock() is not None:
        found.append(Problem("index-locked", {"path": str(room.git_dir / "index.lock")}, False))
    found += [Problem("history-locked", {"path": str(held)}, False) for held in _stale(room)]
    for text in kept.listed(room):
        found.append(Problem("text-kept", {"id": text.id, "path": text.path}, False))
    block = repository_block(room, tip)
    if block is not None:
        found.append(Problem(f"why-{block}", {"path": "", "branch": room.branch or ""}, False))
    if under_way(room.git_dir) is not None:  # the files are half merged, and a person's just now
        return found
    mend = actor if repair and block is None else None
    found += _not_ignored(room, mend)
    outside = dirty(room)
    if mend is not None and outside:
        with suppress(KbError):
            adopt_all(room, mend, clock.now())
    left = set(dirty(room)) if mend is not None and outside else set(outside)
    found += [Problem("edited-outside", {"path": path}, path not in left) for path in outside]
    if repair:
        room.git.run("maintenance", "run", "--auto", "--quiet")
    return found


def _unfinished(room: Room, *, repair: bool) -> list[Problem]:
    if not room.journal.any():
        return []
    if repair:
        with lock.hold(room.lock_file):
            save.settle(room, clock.now())
    return [Problem("unfinished-save", {}, not room.journal.any())]


def _stale(room: Room) -> list[Path]:
    """Return locks on references that have been there for so long that nobody will lift them."""
    old = []
    for place in room.refs.locks():
        with suppress(FileNotFoundError):
            if time.time() - place.stat().st_mtime > STALE:
                old.append(place)
    return old


def _damage(room: Room) -> list[Problem]:
    """Let git check every object that history can reach."""
    try:
        with opened(room) as repository:
            repository.ask("fsck", "--no-dangling", "--no-progress")
    except GitFailed as failed:
        detail = " ".join(failed.said.split())
        return [Problem("history-damaged", {"detail": detail}, False)]
    return []


def _not_ignored(room: Room, actor: Actor | None) -> list[Problem]:
    found = read(room.root, ".gitignore")
    if found and IGNORED in found.data.split():
        return []
    done = False
    if actor is not None:
        sentence = say("mend-message", room.lang)[0]
        change = Edit(".gitignore", _with_rule)
        order = save.Order((change,), actor, sentence, (), clock.now(), own=OWN)
        done = _mended(room, order)
    return [Problem("not-ignored", {}, done)]


def _with_rule(text: bytes | None) -> bytes:
    before = text or b""
    return before + (b"" if before.endswith(b"\n") or not before else b"\n") + IGNORED + b"\n"


def _mended(room: Room, order: save.Order) -> bool:
    try:
        save.run(room, order)
    except KbError:
        return False
    return True
