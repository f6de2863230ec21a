"""The work tree: files read without following links, and what is under way there."""

import os
import re
import time
from pathlib import Path
from typing import NamedTuple

from kb.errors import NotAllowed
from kb.store.paths import below

UNDER_WAY = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
)
STARTS = re.compile(rb"^<{7} ", re.MULTILINE)
ENDS = re.compile(rb"^>{7} ", re.MULTILINE)
QUIET = 0.05  # seconds after which a file counts as written to its end
SETTLING = 1.0  # seconds that we wait for that


class Found(NamedTuple):
    """A file of the work tree: its bytes and its state when they were read."""

    data: bytes
    stat: os.stat_result


def read(root: Path, path: str) -> Found | None:
    """Return the file at `path`, or None when there is none.

    `NotAllowed` for an unsafe name ("unsafe-path"), a link ("symlink"), or a thing that is no
    file ("no-file").
    """
    place = below(root, path)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(place, flags), "rb") as file:
            data = file.read()
            return Found(data, os.fstat(file.fileno()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        raise NotAllowed("no-file", path=path) from None


def read_settled(root: Path, path: str, usual: bytes | None) -> Found | None:
    """Read a file that may differ from `usual`, once nobody is in the middle of writing it.

    An editor empties a file before it fills it, or takes it away before it puts the new one
    there; what stands there in between is nobody's text.
    """
    until = time.monotonic() + SETTLING
    while True:
        found = read(root, path)
        if (found.data if found else None) == usual or time.monotonic() > until:
            return found
        if found and found.data and time.time() - found.stat.st_mtime > QUIET:
            return found
        if not found or not found.data:
            until = min(until, time.monotonic() + 4 * QUIET)
        time.sleep(QUIET / 2)


def under_way(git_dir: Path) -> str | None:
    """Return what a person has under way in this work tree (merge, rebase …), or None."""
    for name, what in UNDER_WAY:
        if os.path.exists(git_dir / name):
            return what
    return None


def has_markers(data: bytes) -> bool:
    """Tell whether a text holds the marks of an unfinished merge."""
    if b"<<<<<<< " not in data:  # most texts, and looking for lines takes milliseconds
        return False
    return bool(STARTS.search(data) and ENDS.search(data))
