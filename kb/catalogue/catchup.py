"""Brings the catalogue up to the work tree: stat of every file, bytes only of those that changed.

Nothing is asked of git: a hand edit, a pull and a checkout are all files that differ.
"""

import gc
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import ingest
from kb.catalogue.documents import Parsed, Understanding, blob_id
from kb.catalogue.ingest import Stamp
from kb.catalogue.schema import KINDS
from kb.text.lines import readable

if TYPE_CHECKING:
    from kb.text.outline import Document

RACY_NS = 2_000_000_000
"""A file that was younger than this when it was looked at may have changed since, unseen."""
BATCH = 64
"""Files in one transaction: others wait for no more, and a kill loses no more."""
LARGEST = 20 * 1024 * 1024
"""Of a larger document (bytes) only the front matter is read."""

PAGE = "page"
"""What stands for the circumstances of a page: its row depends on its bytes alone."""

# What is there of a row that can be relied on: its circumstances are those of now, and its file
# was old enough when it was looked at.
_KNOWN = """
SELECT path, iif(substr(context, 1, length(?1)) = ?1 OR context = ?2, size, -1),
    iif(mtime_ns + ?3 <= looked_ns, mtime_ns, -1), inode
FROM file
"""

_INODES = 0x7FFF_FFFF_FFFF_FFFF
"""A file system may count inodes beyond what an SQLite integer holds."""

Progress = Callable[[int, int], None]


class Seen(NamedTuple):
    """A file in the work tree, as it was found just now."""

    path: str
    stamp: Stamp


class Known:
    """What the rows say of the files; it is read again only when rows were written."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._db: sqlite3.Connection | None = None
        self._state: tuple[object, ...] = ()
        self._stamps: dict[str, tuple[int, int, int]] = {}

    def stamps(self, db: sqlite3.Connection, how: Understanding) -> dict[str, tuple[int, int, int]]:
        """Return the stamps of the files whose rows are theirs; -1 where they can't be relied on.

        What they hold is not to be changed.
        """
        by_others = db.execute("PRAGMA data_version").fetchone()
        state = (by_others, db.total_changes, how.context)
        if db is not self._db or state != self._state:
            rows = db.execute(_KNOWN, (f"{how.context}/", PAGE, RACY_NS))
            self._stamps = {row[0]: row[1:] for row in rows}
            self._db, self._state = db, state
        return self._stamps


def catch_up(
    db: sqlite3.Connection,
    root: Path,
    how: Understanding,
    known: Known,
    progress: Progress | None = None,
) -> int:
    """Make all rows those of the work tree; return how many documents had to be parsed.

    `progress` is told (files done, files to do) now and then.
    """
    looked_ns = time.time_ns()
    changed, gone = differing(db, root, how, known)
    if not changed and not gone:
        return 0
    parsed = 0
    with _no_collector(len(changed)):
        for first in range(0, max(len(changed), 1), BATCH):
            part = changed[first : first + BATCH]
            parsed += _bring(db, root, how, part, gone if first == 0 else [], looked_ns)
            if progress is not None:
                progress(min(first + BATCH, len(changed)), len(changed))
    if parsed:
        with ingest.transaction(db):
            ingest.forget_oldest(db)
    return parsed


def differing(
    db: sqlite3.Connection, root: Path, how: Understanding, known: Known
) -> tuple[list[Seen], list[str]]:
    """Return the files whose rows may not be theirs, and the paths of rows without a file."""
    stamps, here = known.stamps(db, how), look(root)
    if stamps == here:
        return [], []
    changed = [
        Seen(path, Stamp(*stamp)) for path, stamp in here.items() if stamps.get(path) != stamp
    ]
    return changed, [path for path in stamps if path not in here]


def freshen(db: sqlite3.Connection, root: Path, how: Understanding, path: str) -> int:
    """Make the rows of one file those of the work tree; return how many documents were parsed."""
    looked_ns = time.time_ns()
    try:
        stamp = _stamp(os.lstat(root / path))
    except OSError:
        stamp = None
    row = db.execute(
        "SELECT size, mtime_ns, inode, looked_ns, context FROM file WHERE path = ?", (path,)
    ).fetchone()
    if stamp is None:
        return _bring(db, root, how, [], [path], looked_ns) if row else 0
    if (
        row is not None
        and Stamp(*row[:3]) == stamp
        and row[1] + RACY_NS <= row[3]
        and row[4] == context_of(how, path)
    ):
        return 0
    return _bring(db, root, how, [Seen(path, stamp)], [], looked_ns)


def again(db: sqlite3.Connection, root: Path, how: Understanding, path: str) -> int:
    """Read a file again of which something was lost; return how many documents were parsed."""
    with ingest.transaction(db):
        db.execute("DELETE FROM file WHERE path = ?", (path,))
    return freshen(db, root, how, path)


def saved(
    db: sqlite3.Connection,
    root: Path,
    how: Understanding,
    path: str,
    blob: str,
    document: "Document | None",
) -> None:
    """Make the rows of a file those of the text that was saved just now."""
    looked_ns = time.time_ns()
    stamp = _stamp(os.lstat(root / path))
    context = context_of(how, path)
    if document is None or context == PAGE:
        freshen(db, root, how, path)
        return
    data = document.data
    if stamp is None or stamp.size != len(data) or blob_id(data) != blob:
        freshen(db, root, how, path)
        return
    before = ingest.before(db, path)
    parsed = how.read(data, path, ingest.knower(db), before=before, document=document)
    with ingest.transaction(db):
        ingest.put_parsed(db, path, blob, context, parsed)
        ingest.put_file(db, path, blob, stamp, looked_ns, context)


def context_of(how: Understanding, path: str) -> str:
    """Return what the rows of the file at `path` depend on besides its bytes."""
    return how.context_at(path) if path.startswith("accounts/") else PAGE


def is_ours(path: str) -> bool:
    """Tell whether `look` would find a file at this path."""
    parts = path.split("/")
    inside = parts[0] == "accounts" or (parts[0] == "playbooks" and parts[1] in KINDS)
    return inside and path.endswith(".md") and not any(part[:1] in ("", ".") for part in parts)


def look(root: Path) -> dict[str, tuple[int, int, int]]:
    """Return the documents and pages of the work tree with their stamps.

    Links and hidden folders are passed over. It is done several times a second while a server is
    asked, so nothing is made here that is thrown away.
    """
    stamps = {}
    folders = ["accounts", *(f"playbooks/{kind}" for kind in KINDS)]
    top = os.fspath(root)
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(f"{top}/{folder}")
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or not (name.isascii() or readable(name) == name):
                    continue
                if name.endswith(".md"):
                    try:
                        found = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue  # gone between listing and looking
                    if S_ISREG(found.st_mode):
                        number = found.st_ino & _INODES
                        stamps[f"{folder}/{name}"] = (found.st_size, found.st_mtime_ns, number)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}/{name}")
    return stamps


def _stamp(found: os.stat_result) -> Stamp | None:
    if not S_ISREG(found.st_mode):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino & _INODES)


class _Read(NamedTuple):
    """A file whose bytes were looked at, and what is to be noted of it."""

    seen: Seen
    blob: str
    context: str
    data: bytes
    parsed: Parsed | None
    anew: bool


def _bring(
    db: sqlite3.Connection,
    root: Path,
    how: Understanding,
    changed: list[Seen],
    gone: list[str],
    looked_ns: int,
) -> int:
    """Read what changed, outside of any lock; then write the rows in one transaction."""
    reads = []
    for seen in changed:
        data = _bytes(root / seen.path)
        if data is None:
            continue  # unreadable or gone: the next look finds out
        reads.append(_read(db, how, seen, data))
    with ingest.transaction(db):
        for path in gone:
            ingest.remove_file(db, path)
        for read in reads:
            _write(db, how, read, looked_ns)
    return sum(read.anew for read in reads)


def _read(db: sqlite3.Connection, how: Understanding, seen: Seen, data: bytes) -> _Read:
    blob = blob_id(data)
    context = context_of(how, seen.path)
    row = db.execute("SELECT blob, context FROM file WHERE path = ?", (seen.path,)).fetchone()
    if row == (blob, context) or context == PAGE:
        return _Read(seen, blob, context, data, None, anew=False)
    parsed = ingest.remembered(db, blob, context)
    anew = parsed is None
    if parsed is None:
        before = ingest.before(db, seen.path)
        parsed = how.read(data, seen.path, ingest.knower(db), before=before)
    return _Read(seen, blob, context, data, parsed, anew)


def _write(db: sqlite3.Connection, how: Understanding, read: _Read, looked_ns: int) -> None:
    path = read.seen.path
    row = db.execute("SELECT blob, context FROM file WHERE path = ?", (path,)).fetchone()
    if row != (read.blob, read.context):
        if read.context == PAGE:
            from kb.catalogue import pages

            pages.put_page(db, path, read.data)
        else:
            parsed = read.parsed
            if parsed is None:  # another process moved the rows on while we read
                parsed = how.read(read.data, path, ingest.knower(db))
            if read.anew or read.parsed is None:
                ingest.put_parsed(db, path, read.blob, read.context, parsed)
            else:
                ingest.put_document(db, path, parsed)
    ingest.put_file(db, path, read.blob, read.seen.stamp, looked_ns, read.context)


def _bytes(file: Path) -> bytes | None:
    try:
        with open(file, "rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError:
        return None
    if len(data) > LARGEST:
        from kb.text.frontmatter import front_span

        return data[: front_span(data).stop]
    return data


class _no_collector:  # noqa: N801 (used like a function)
    """Hold Python's cycle collector while many documents are read: a fifth of the time."""

    def __init__(self, files: int) -> None:
        self._hold = files > 1 and gc.isenabled()

    def __enter__(self) -> None:
        if self._hold:
            gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._hold:
            gc.enable()
