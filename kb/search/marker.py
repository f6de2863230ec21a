"""A file that says what every file of an index was when we wrote it.

An index that unpickles what it reads may hold anything; one that somebody else wrote, changed,
copied or cut short differs in size, time or inode, and is never opened.
"""

import json
import os
import shutil
from collections.abc import Hashable
from pathlib import Path
from typing import NamedTuple

NAME = "kb.json"

Files = dict[str, list[int]]


class Signed(NamedTuple):
    """An index's mark, and its files: size, time and inode by name."""

    mark: str
    files: Files

    @property
    def key(self) -> Hashable:
        """Return what is the same as long as all is the same, to remember things by."""
        return self.mark, *((name, *stamp) for name, stamp in sorted(self.files.items()))


def sign(folder: Path, version: int, mark: str, endings: tuple[str, ...]) -> None:
    """Note what every file with one of these endings is by now, under the index's `mark`."""
    marker = {"version": version, "mark": mark, "files": files(folder, endings)}
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(marker), encoding="ascii")
    fresh.replace(folder / NAME)


def empty(folder: Path, kept: str) -> None:
    """Take away all that is in the folder but the file that is `kept`."""
    for file in list(folder.iterdir()):
        if file.name != kept:
            if file.is_dir() and not file.is_symlink():
                shutil.rmtree(file)
            else:
                file.unlink()


def signed(folder: Path, version: int, endings: tuple[str, ...]) -> Signed | None:
    """Return what was signed if all of it is still as it was."""
    try:
        marker = json.loads((folder / NAME).read_bytes())
        mark = marker["mark"]
        found = files(folder, endings)
        ours = marker["version"] == version and marker["files"] == found
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Signed(mark, found) if ours and isinstance(mark, str) else None


def files(folder: Path, endings: tuple[str, ...]) -> Files:
    """Return what every file with one of these endings is: size, time and inode."""
    found = {}
    with os.scandir(folder) as there:
        for file in there:
            if file.name.endswith(endings):
                stat = file.stat(follow_symlinks=False)
                found[file.name] = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
    return found


def still(folder: Path, endings: tuple[str, ...], known: Signed) -> bool:
    """Tell whether the files are still these: to read one that was cut short would kill us."""
    try:
        return files(folder, endings) == known.files
    except OSError:
        return False
