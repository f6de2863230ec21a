"""From changes to texts: hand edits taken in, then what the caller wants, merged if it is stale."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.errors import Kept, NotFound, WrongUse
from kb.store.kept import Parked
from kb.store.look import Spot
from kb.store.objects import blob_id, blob_of
from kb.store.outside import brought_back, much_is_gone, nearest
from kb.store.paths import safe_path
from kb.store.ports import Change, Delete, Edit, Move, Put
from kb.store.room import Room
from kb.store.worktree import has_markers


class Planned(NamedTuple):
    """Paths that were merged, texts to put aside, and codes of what a person should know."""

    merged: tuple[str, ...]
    aside: tuple[Parked, ...]
    warnings: tuple[str, ...] = ()


class Conflicted(Exception):
    """A caller's text and the store's changed in the same place; nothing was written."""

    def __init__(self, parked: Parked, theirs: bytes) -> None:
        """Hold both texts."""
        super().__init__(parked.path)
        self.parked = parked
        self.theirs = theirs


def paths_of(changes: Sequence[Change], own: frozenset[str] = frozenset()) -> list[str]:
    """Return all paths that changes name, checked (except `own`), each once."""
    found = []
    for change in changes:
        found.append(change.path)
        if isinstance(change, Move):
            found.append(change.to)
    for path in found:
        if path not in own:
            safe_path(path)
    if len({name.casefold() for name in found}) != len(set(found)):
        raise WrongUse("same-name", path=found[-1])
    return list(dict.fromkeys(found))


def adopt(room: Room, tip: str | None, spots: Mapping[str, Spot]) -> Planned:
    """Take hand edits in: set each spot's `now` to branch and work tree merged."""
    merged, aside, warnings = [], [], []
    for spot in spots.values():
        if not spot.edited or spot.worktree is None:
            continue
        if spot.head is None:
            spot.now = spot.worktree
        else:
            room.objects.write("blob", spot.worktree)  # a base for what is written on top of it
            base = nearest(room, tip, spot.path, spot.worktree, spot.head_id)
            both = room.merge_texts(spot.path, base, spot.head, spot.worktree)
            spot.now = both.data
            if both.conflicts:
                aside.append(Parked(spot.path, spot.worktree, blob_of(base)))
            elif base != spot.head and brought_back(spot.head, spot.worktree, both.data):
                warnings.append("old-buffer")
            if much_is_gone(spot.head, both.data):
                warnings.append("much-deleted")
        merged.append(spot.path)
    return Planned(tuple(merged), tuple(aside), tuple(dict.fromkeys(warnings)))


def decide(
    room: Room,
    tip: str | None,
    spots: Mapping[str, Spot],
    changes: Sequence[Change],
    *,
    background: bool,
) -> Planned:
    """Set each spot's `new` by the changes, in order.

    Raises what an `Edit` raises, `WrongUse("exists")`, `Kept("changed-meanwhile")`, and
    `Conflicted` where a person is to decide (`background` False).
    """
    merged: list[str] = []
    aside: list[Parked] = []
    for spot in spots.values():
        spot.new = spot.now
    for change in changes:
        spot = spots[change.path]
        if isinstance(change, Edit):
            spot.new = change.apply(spot.new)
        elif isinstance(change, Put):
            done = _put(room, tip, spot, change, background=background)
            merged += done.merged
            aside += done.aside
        elif isinstance(change, Delete):
            if spot.new is not None and blob_id(spot.new) != change.base:
                raise Kept("changed-meanwhile", path=spot.path, kept=None)
            spot.new = None
        else:
            _move(spot, spots[change.to], change)
    return Planned(tuple(dict.fromkeys(merged)), tuple(aside))


def _put(room: Room, tip: str | None, spot: Spot, change: Put, *, background: bool) -> Planned:
    """Set a spot's `new` to a whole text, merged with what stands there if its base is stale."""
    clean = Planned((), ())
    if change.base is None:
        if spot.new is None or spot.new == change.data:
            spot.new = change.data
            return clean
        if not change.wins:
            raise WrongUse("exists", path=spot.path)
        spot.new = room.merge_texts(spot.path, None, change.data, spot.new).data
        return Planned((spot.path,), ())
    if spot.new is None:
        if not change.wins:
            raise Conflicted(Parked(spot.path, change.data, change.base), b"")
        spot.new = change.data
        return clean
    if blob_id(spot.new) == change.base:
        spot.new = change.data
        return clean
    base = room.objects.find(change.base, "blob")
    if base is None:
        base = nearest(room, tip, spot.path, change.data, spot.head_id)
    if change.wins:
        spot.new = room.merge_texts(spot.path, base, change.data, spot.new).data
        return Planned((spot.path,), ())
    both = room.merge_texts(spot.path, base, spot.new, change.data)
    parked = Parked(spot.path, change.data, blob_of(base))
    if both.conflicts and not background:
        raise Conflicted(parked, spot.new)
    spot.new = both.data
    return Planned((spot.path,), (parked,) if both.conflicts else ())


def _move(spot: Spot, to: Spot, change: Move) -> None:
    if spot.new is None:
        raise NotFound("no-file", path=spot.path)
    if to.new is not None:
        raise WrongUse("exists", path=to.path)
    to.new = change.apply(spot.new) if change.apply else spot.new
    to.mode = spot.mode
    spot.new = None


def refuse_look_alikes(room: Room, tip: str | None, spots: Iterable[Spot]) -> None:
    """Refuse a new file whose name differs from a neighbour's in case or width only.

    Other systems would take both for one file: `WrongUse("same-name")`.
    """
    tree = room.commit_tree(tip)
    for spot in spots:
        if spot.head_id is not None or spot.worktree is not None or spot.new is None:
            continue
        folder, _, name = spot.path.rpartition("/")
        for other in room.objects.names(tree, folder):
            if other != name and _alike(other) == _alike(name):
                raise WrongUse("same-name", path=f"{folder}/{other}")


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def alone(room: Room, spot: Spot, change: Change) -> Parked | None:
    """Return the text to keep when nothing can be saved now, or None when there is none.

    An edit is made on the text in the work tree, or on the branch's if that is half merged.
    """
    if isinstance(change, Put):
        return Parked(change.path, change.data, change.base)
    if not isinstance(change, Edit):
        return None
    whole = spot.worktree is not None and not has_markers(spot.worktree)
    before = spot.worktree if whole else spot.head
    after = change.apply(before)
    if after is None or after == before:
        return None
    base = room.objects.write("blob", before) if before is not None else None
    return Parked(change.path, after, base)
