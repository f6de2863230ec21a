"""Which document stood where: with what it began, and to where it was moved."""

import sqlite3
from itertools import groupby
from typing import NamedTuple


class Stood(NamedTuple):
    """Where a document was created, or moved to, and the blob of its text then."""

    path: str
    blob: str


def documents(db: sqlite3.Connection) -> dict[str, list[Stood]]:
    """Return where each account's document stood, oldest first, by the path at which it is now.

    A file that was removed, or moved elsewhere, takes its past with it: what is created later under
    its name is another document.
    """
    rows = db.execute(
        "SELECT n, path, blob, old FROM past_file"
        " WHERE path > 'accounts/' AND path < 'accounts0'"
        " AND (was = '' OR old IS NOT NULL OR blob IS NULL) ORDER BY n"
    )
    found: dict[str, list[Stood]] = {}
    for _, touched in groupby(rows, lambda row: int(row[0])):
        files = list(touched)
        moved = {
            path: found.pop(old) for _, path, _, old in files if old is not None and old in found
        }
        for _, path, blob, _ in files:
            if blob is None:
                found.pop(path, None)
        found |= moved
        for _, path, blob, _ in files:
            if blob is not None:
                found.setdefault(path, []).append(Stood(path, blob))
    return found
