"""Commits of the branch, newest first, read in this process."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.store.objects import Commit
from kb.store.room import Room

FAR = 2000  # commits looked through for renames


class Seen(NamedTuple):
    """A commit as a walk meets it."""

    id: str
    commit: Commit
    email: str
    subject: str
    trailers: tuple[tuple[str, str], ...]


def walk(room: Room, tip: str | None, limit: int) -> Iterator[Seen]:
    """Yield at most `limit` commits from `tip` on, one's own side of a sync's merge included.

    A merge made by a sync has the others' line first and ours second; both are followed, in the
    order in which they are met.
    """
    waiting = [tip] if tip else []
    met = set(waiting)
    while waiting and limit > 0:
        limit -= 1
        waiting.sort(key=lambda name: _time(room, name))
        name = waiting.pop()
        seen = _read(room, name)
        for parent in seen.commit.parents:
            if parent not in met:
                met.add(parent)
                waiting.append(parent)
        yield seen


def moves(room: Room, tip: str | None, base: str | None = None) -> dict[str, str]:
    """Return the renames that kb made since `base` (None: lately): old name → present one."""
    found: dict[str, str] = {}
    steps: Iterable[tuple[str, str]] = ()
    for seen in walk(room, tip, FAR):
        if seen.id == base:
            break
        moved = [value.partition(" -> ") for key, value in seen.trailers if key == "Kb-Moved"]
        steps = [*steps, *((old, new) for old, _, new in moved)]
    for old, new in steps:
        found[old] = found.get(new, new)
    return found


def _head(room: Room, name: str) -> list[str]:
    body = room.commit(name).body
    return body.partition(b"\n\n")[0].decode("utf-8", "replace").split("\n")


def _time(room: Room, name: str) -> int:
    for line in _head(room, name):
        if line.startswith("committer "):
            return int(line.rsplit(" ", 2)[1])
    return 0


def _read(room: Room, name: str) -> Seen:
    commit = room.commit(name)
    email = ""
    for line in _head(room, name):
        if line.startswith("author "):
            email = line.partition(" <")[2].partition(">")[0]
    text = commit.body.partition(b"\n\n")[2].decode("utf-8", "replace").strip("\n")
    last = text.split("\n\n")[-1].split("\n")
    pairs = [line.partition(": ") for line in last]
    ours = [(key, value) for key, _, value in pairs if key.startswith("Kb-")]
    return Seen(name, commit, email, text.split("\n", 1)[0], tuple(ours))
