"""Texts that could not be saved: kept in the repository until somebody decides.

Each is a reference under `refs/kb/kept/` to a tree with the text, what it was written on top of,
and where it belongs; cleaning the work tree or deleting `.kb/` and `.git/kb/` loses none.
"""

from datetime import datetime
from itertools import count
from typing import NamedTuple

from kb.errors import NotFound
from kb.store.objects import FILE, Entry, object_id, tree_entry
from kb.store.ports import Actor, KeptText
from kb.store.room import Room
from kb.store.stamps import person

PREFIX = "refs/kb/kept/"
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


class Parked(NamedTuple):
    """A text to keep: written on top of blob `base` of `path` (None: a new file)."""

    path: str
    text: bytes
    base: str | None


def keep(
    room: Room,
    parked: Parked,
    reason: str,
    actor: Actor,
    when: datetime,
    message: str,
    *,
    anew: bool = False,
) -> str:
    """Keep a text and return its id; the same text kept twice has one id, unless kept `anew`.

    Raises `Kept("history-busy")` and `NeedsRepair("git-failed")` when it can't be kept.
    """
    meta = "\n".join(
        [when.isoformat(), parked.path, reason, parked.base or "-", " ".join(message.split())]
    )
    entries = {
        "meta": Entry(FILE, room.objects.write("blob", meta.encode("utf-8", "replace"))),
        "text": Entry(FILE, room.objects.write("blob", parked.text)),
    }
    if parked.base:
        entries["base"] = Entry(FILE, parked.base)
    tree = room.objects.tree_with(None, entries)
    assert tree is not None
    room.files.on_their_way.wait()
    stamp = person(actor, when)
    for time in count():
        name = _name(parked, time)
        old = room.refs.get(PREFIX + name)
        if anew and old is not None:
            continue
        if room.refs.move(PREFIX + name, tree, old, "keep", stamp) or not anew:
            break
    return name


def _name(parked: Parked, time: int) -> str:
    """Return the id of a text, or of the same text kept for one more `time`."""
    mark = b"\0%d" % time if time else b""
    number = int(object_id("blob", parked.path.encode() + b"\0" + parked.text + mark), 16)
    return "k-" + "".join(LETTERS[number >> 5 * place & 31] for place in range(6))


def listed(room: Room) -> list[KeptText]:
    """Return all kept texts, oldest first."""
    found = [_read(room, name, tree) for name, tree in room.refs.under(PREFIX).items()]
    return sorted(found, key=lambda text: (text.at, text.id))


def get(room: Room, name: str) -> KeptText:
    """Return one kept text; `NotFound("no-kept")`."""
    tree = room.refs.under(PREFIX).get(PREFIX + name)
    if tree is None:
        raise NotFound("no-kept", id=name)
    return _read(room, PREFIX + name, tree)


def drop(room: Room, name: str) -> None:
    """Forget a kept text; `NotFound("no-kept")`."""
    tree = room.refs.under(PREFIX).get(PREFIX + name)
    if tree is None:
        raise NotFound("no-kept", id=name)
    room.refs.remove(PREFIX + name, tree)


def _read(room: Room, ref: str, tree: str) -> KeptText:
    data = room.objects.read(tree, "tree")
    parts = {}
    for name in (b"meta", b"text"):
        entry = tree_entry(data, name)
        parts[name] = room.objects.read(entry.id, "blob") if entry else b""
    at, path, reason, base, message = parts[b"meta"].decode("utf-8", "replace").split("\n")
    return KeptText(
        id=ref.removeprefix(PREFIX),
        at=datetime.fromisoformat(at),
        path=path,
        reason=reason,
        text=parts[b"text"],
        base=None if base == "-" else base,
        message=message,
    )
