"""A file that says what every file of an index was when we wrote it.

An index that unpickles what it reads may hold anything; one that somebody else wrote, changed,
copied or cut short differs in size, time or inode, and is never opened.
"""

import json
import os
from pathlib import Path

NAME = "kb.json"

Stamp = tuple[int, int, int]


def sign(folder: Path, version: int, mark: str, endings: tuple[str, ...]) -> None:
    """Note what every file with one of these endings is by now, under the index's `mark`."""
    marker = {"version": version, "mark": mark, "files": _files(folder, endings)}
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(marker), encoding="ascii")
    fresh.replace(folder / NAME)


def signed(folder: Path, version: int, endings: tuple[str, ...]) -> tuple[Stamp, str] | None:
    """Return the marker's stamp and the index's mark if all of it is as it was signed."""
    seen = stamp(folder)
    try:
        marker = json.loads((folder / NAME).read_bytes())
        mark = marker["mark"]
        ours = marker["version"] == version and marker["files"] == _files(folder, endings)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return (seen, mark) if seen is not None and ours and isinstance(mark, str) else None


def stamp(folder: Path) -> Stamp | None:
    """Return what tells this marker from a later one; None when there is none."""
    try:
        found = (folder / NAME).lstat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _files(folder: Path, endings: tuple[str, ...]) -> dict[str, list[int]]:
    found = {}
    with os.scandir(folder) as files:
        for file in files:
            if file.name.endswith(endings):
                stat = file.stat(follow_symlinks=False)
                found[file.name] = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
    return found
