"""What differs between two commits."""

import os
from typing import NamedTuple

from kb.store.objects import Entry
from kb.store.room import Room


class Change(NamedTuple):
    """One path that differs: its entry on both sides (None: not there)."""

    before: Entry | None
    after: Entry | None


def changes_between(room: Room, old: str, new: str) -> dict[str, Change]:
    """Return the paths that differ between two commits."""
    args = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--end-of-options")
    fields = room.git.must(*args, old, new).split(b"\0")
    found = {}
    for info, path in zip(fields[::2], fields[1::2], strict=False):
        mode_before, mode_after, before, after, _ = info.decode("ascii").lstrip(":").split(" ")
        found[os.fsdecode(path)] = Change(_entry(mode_before, before), _entry(mode_after, after))
    return found


def _entry(mode: str, blob: str) -> Entry | None:
    return Entry(mode, blob) if blob.strip("0") else None
