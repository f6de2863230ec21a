"""Many dated commits at once, for stores whose history is made and not lived."""

from collections.abc import Iterable

from kb import clock
from kb.errors import Kept
from kb.store import lock, place, refused, save
from kb.store.look import Spot, look, repository_block
from kb.store.objects import FILE, Entry, commit_body
from kb.store.paths import safe_path
from kb.store.ports import Replayed
from kb.store.room import Room
from kb.store.stamps import message, person


def replay(room: Room, commits: Iterable[Replayed], names: list[str]) -> None:
    """Write `commits` on top of the branch, their ids into `names`; files are written once, last.

    `commits` may be made while they are asked for, and then look at the `names` so far. The ids
    follow from the branch and the commits alone. Raises `Kept("not-now")` when a file was
    edited meanwhile, and what forbids any save.
    """
    with lock.hold(room.lock_file):
        save.settle(room, clock.now())
        tip = room.refs.tip()
        block = repository_block(room, tip)
        if block is not None:
            raise refused.not_now(room, block)
        spots: dict[str, Spot] = {}
        tree, parent = room.commit_tree(tip.commit), tip.commit
        last: Replayed | None = None
        for one in commits:
            fresh = look(room, tip, [safe_path(path) for path in one.changes if path not in spots])
            for spot in fresh.values():
                if spot.edited:
                    raise refused.not_now(room, "changed-meanwhile", [spot.path])
            spots |= fresh
            last = one
            entries = {
                path: Entry(FILE, room.objects.write("blob", data)) if data is not None else None
                for path, data in one.changes.items()
            }
            tree = room.objects.tree_with(tree, entries)
            tree = tree or room.objects.write("tree", b"")
            for path, data in one.changes.items():
                spots[path].new = data
            stamp = person(one.actor, one.when)
            words = message(one.message, one.trailers)
            body = commit_body(tree, [parent] if parent else [], stamp, stamp, words)
            parent = room.objects.write("commit", body)
            names.append(parent)
        if parent is None or last is None:
            return
        stamp = person(last.actor, last.when)
        landing = place.Landing(tip, parent, stamp, last.message, tuple(spots.values()))
        try:
            place.land(room, landing, {})
        except place.Lost:
            raise Kept("busy", seconds=int(lock.PATIENCE), kept=None) from None
