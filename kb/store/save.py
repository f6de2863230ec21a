"""How a save runs: lock, recover, look, adopt, merge, journal, commit, exchange, index."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from kb.errors import Kept
from kb.messages import say
from kb.store import kept, lock, place, plan, recovery, refused
from kb.store.failpoints import hit
from kb.store.look import Spot, look, path_block, repository_block
from kb.store.objects import Entry, commit_body
from kb.store.people import commit_is_written, commit_runs
from kb.store.ports import Actor, Change, Move, Saved
from kb.store.refs import Tip
from kb.store.room import Room
from kb.store.stamps import message, person

TRIES = 5
PILE = 26  # objects in one folder; git's own limit is 6,700 in all


@dataclass(frozen=True, slots=True)
class Order:
    """A save as asked for.

    `adopt` are paths whose hand edits are taken in besides; `own` are files that only kb names.

    In the `background` a conflict keeps our side of the one place apart and saves the rest;
    otherwise a person is asked and nothing is saved.
    """

    changes: tuple[Change, ...]
    actor: Actor
    message: str
    trailers: tuple[tuple[str, str], ...]
    when: datetime
    source: str = "clock"
    background: bool = False
    adopt: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()


def run(room: Room, order: Order) -> Saved:
    """Save; it returns only when the commit is in the branch.

    Raises `Kept` when nothing was saved (parameter `kept`: ids of the texts put aside; `text_back`:
    the text itself where not even that could be done), `NeedsRepair` with `text_back` when the
    repository can't be read or written, and whatever the changes raise.
    """
    plan.paths_of(order.changes, order.own)
    with refused.said_plainly(room, order.changes):
        with held(room) as block:
            saved = run_locked(room, order, block)
        if saved.commit is not None and saved.commit.startswith("17"):
            _tidy(room)
        return saved


@contextmanager
def held(room: Room) -> Iterator[str | None]:
    """Hold the store's lock, once no person's commit waits for its message any more.

    The value is "commit-under-way" when one still does after `lock.PATIENCE`: then the branch must
    stay where it is.
    """
    until = time.monotonic() + lock.PATIENCE
    while True:
        with lock.hold(room.lock_file):
            hit("locked")
            waiting = commit_is_written(room) or commit_runs(room)
            if not waiting or time.monotonic() > until:
                yield "commit-under-way" if waiting else None
                return
        time.sleep(0.05)


def _tidy(room: Room) -> None:
    """Let git pack what has piled up, now and then.

    Every 256th commit looks into one of the 256 folders of objects, as git itself does.
    """
    if len(os.listdir(room.common_dir / "objects" / "17")) > PILE:
        room.git.run("maintenance", "run", "--auto", "--quiet")


def run_locked(room: Room, order: Order, block: str | None = None) -> Saved:
    """Save while the lock is held already; `block` is a reason that forbids it."""
    if block is None:
        settle(room, order.when)
    hit("recovered")
    saved, foreign = _attempts(room, order, block)
    if foreign:
        _take_in(room, order, foreign)
    return saved


def settle(room: Room, when: datetime) -> None:
    """Complete what ended processes left behind, and what was written by hand on top of that."""
    left = recovery.recover(room)
    if left:
        actor = room.outsider(Actor(None, "kb", "kb@localhost"))
        _take_in(room, Order((), actor, "", (), when), left)


def _take_in(room: Room, order: Order, paths: Sequence[str]) -> None:
    """Take hand edits in that came in between, as long as somebody goes on writing.

    What can't be taken in now stands in the work tree and is taken in at the next save.
    """
    for _ in range(TRIES):
        if not paths:
            return
        try:
            _, paths = _attempts(room, replace(order, changes=(), adopt=tuple(paths)), None)
        except Kept:
            return


def _attempts(room: Room, order: Order, block: str | None) -> tuple[Saved, Sequence[str]]:
    for _ in range(TRIES):
        try:
            return _attempt(room, order, block)
        except place.Lost:
            continue
    raise Kept("busy", seconds=int(lock.PATIENCE), kept=None)


def _attempt(room: Room, order: Order, block: str | None) -> tuple[Saved, Sequence[str]]:
    tip = room.refs.tip()
    spots = look(room, tip, dict.fromkeys([*plan.paths_of(order.changes, order.own), *order.adopt]))
    waiting = recovery.pending(room)
    block = block or repository_block(room, tip) or path_block(room, tip, spots.values(), waiting)
    if block is not None:
        raise _parked(room, order, spots, block)
    hit("checked")
    adopted = plan.adopt(room, tip.commit, spots)
    hit("adopted")
    try:
        decided = plan.decide(room, tip.commit, spots, order.changes, background=order.background)
    except plan.Conflicted as found:
        name = _keep(room, order, found.parked, "conflict")
        ours, theirs = found.parked.text, found.theirs
        path = found.parked.path
        raise Kept("conflict", path=path, kept=name, ours=ours, theirs=theirs) from None
    plan.refuse_look_alikes(room, tip.commit, spots.values())
    hit("merged")
    blobs = {path: spot.new_id for path, spot in spots.items() if spot.new_id is not None}
    mine = [spot for spot in spots.values() if spot.new != spot.now]
    # What was asked for can stand in the branch while a file lacks it, written from an old buffer.
    lacking = any(spot.edited and spot.worktree != spot.now for spot in spots.values())
    edited = any(spot.edited for spot in spots.values())
    if not (mine or lacking) and (order.changes or not edited):
        return Saved(None, blobs), ()
    aside = [_keep(room, order, parked, "conflict") for parked in adopted.aside + decided.aside]
    commit = write_commits(room, tip, spots, order)
    stamp = person(order.actor, order.when)
    landing = place.Landing(tip, commit or "", stamp, order.message, tuple(spots.values()))
    try:
        foreign, warnings = place.land(room, landing, waiting)
    except Kept as held:  # another program holds the branch
        raise _parked(room, order, spots, "history-held") from held
    for spot in spots.values():
        if spot.edited and spot.worktree is not None:
            room.took(spot.path, spot.worktree)
    merged = tuple(dict.fromkeys(adopted.merged + decided.merged))
    told = warnings + adopted.warnings
    return Saved(commit if mine else None, blobs, merged, tuple(aside), told), foreign


def write_commits(room: Room, tip: Tip, spots: Mapping[str, Spot], order: Order) -> str | None:
    """Write hand edits as a commit of their own, then ours; return the last one."""
    commit = tip.commit
    tree = room.commit_tree(commit)
    outside = {spot.path: (spot, spot.now) for spot in spots.values() if spot.now != spot.head}
    ours = {spot.path: (spot, spot.new) for spot in spots.values() if spot.new != spot.now}
    author = room.outsider(order.actor)
    sentence = say("outside-edit", room.lang, paths=", ".join(outside))[0]
    moved = [
        ("Kb-Moved", f"{change.path} -> {change.to}")
        for change in order.changes
        if isinstance(change, Move)
    ]
    for texts, who, words, trailers in (
        (outside, author, sentence, [("Kb-Source", "outside")]),
        (ours, order.actor, order.message, [*order.trailers, *moved, ("Kb-Source", order.source)]),
    ):
        if not texts:
            continue
        entries = {
            path: Entry(spot.mode, _write(room, spot, text)) if text is not None else None
            for path, (spot, text) in texts.items()
        }
        tree = room.objects.tree_with(tree, entries) or room.objects.write("tree", b"")
        stamp = person(who, order.when)
        committer = person(order.actor, order.when)
        parents = [commit] if commit else []
        body = commit_body(tree, parents, stamp, committer, message(words, trailers))
        commit = room.objects.write("commit", body)
    hit("objects")
    return commit


def _write(room: Room, spot: Spot, text: bytes) -> str:
    return room.objects.write("blob", text, spot.new_id if text is spot.new else None)


def _keep(room: Room, order: Order, parked: kept.Parked, reason: str) -> str:
    return kept.keep(room, parked, reason, *_said(order))


def _said(order: Order) -> tuple[Actor, datetime, str]:
    return order.actor, order.when, order.message


def _parked(room: Room, order: Order, spots: Mapping[str, Spot], reason: str) -> Kept:
    """Put the texts of all changes aside and return what to say."""
    names = []
    for change in order.changes:
        parked = plan.alone(room, spots[change.path], change)
        if parked is not None:
            names.append(kept.keep(room, parked, reason, *_said(order), anew=True))
    if not names:
        return refused.not_now(room, reason, spots)
    return Kept(reason, kept=" ".join(names), path=", ".join(spots), branch=room.branch)
