"""The journal: what a save is about to do, on disk before it does it."""

import os
import time
from pathlib import Path
from typing import NamedTuple

from kb.store.files import Files

FIRST_LINE = "kb-journal 1"


class Step(NamedTuple):
    """One path of a save: blobs in the work tree and the branch before, the new one, its file.

    None stands for "no such file"; `staged` names the file with the new text in kb's folder.
    """

    path: str
    worktree: str | None
    before: str | None
    after: str | None
    mode: str
    staged: str


class Record(NamedTuple):
    """One save: its file, branch, the branch's old and new commit, and the paths."""

    file: Path
    branch: str
    old: str | None
    new: str
    steps: tuple[Step, ...]


class Journal:
    """The open journals of one work tree, oldest first."""

    def __init__(self, folder: Path, files: Files) -> None:
        """Keep journals in `folder`, written through `files`."""
        self._folder = folder
        self._files = files

    def any(self) -> bool:
        """Tell whether a journal is open."""
        try:
            with os.scandir(self._folder) as found:
                return any(True for _ in found)
        except FileNotFoundError:
            return False

    def open(self, branch: str, old: str | None, new: str, steps: tuple[Step, ...]) -> Record:
        """Write a journal and bring it to the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lines = [FIRST_LINE, branch, old or "-", new]
        for step in steps:
            named = step._replace(path=step.path.encode("unicode_escape").decode("ascii"))
            lines.append("\t".join(value or "-" for value in named))
        text = "\n".join([*lines, "end", ""])
        file = self._folder / f"{time.time_ns():020d}-{new[:12]}"
        self._files.stage(file, text.encode())
        return Record(file, branch, old, new, steps)

    def close(self, record: Record) -> None:
        """Remove a journal: the save is complete."""
        self._files.remove(record.file)

    def read(self) -> list[Record]:
        """Return the open journals; the remains of one that was never finished are removed."""
        if not self._folder.is_dir():
            return []
        found = []
        for file in sorted(self._folder.iterdir()):
            lines = file.read_text("utf-8", "replace").split("\n")
            if lines[0] != FIRST_LINE or lines[-2:] != ["end", ""]:
                self._files.remove(file)
                continue
            branch, old, new = lines[1:4]
            rows = [[None if v == "-" else v for v in line.split("\t")] for line in lines[4:-2]]
            steps = tuple(
                Step(_unescaped(path), w, h, after, mode or "", staged or "")
                for path, w, h, after, mode, staged in rows
            )
            found.append(Record(file, branch, None if old == "-" else old, new, steps))
        return found


def _unescaped(path: str | None) -> str:
    return (path or "").encode("ascii").decode("unicode_escape")
