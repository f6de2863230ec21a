"""Which document stood where: every text that a document ever was, through all its moves."""

import sqlite3
from itertools import groupby
from typing import NamedTuple


class Stood(NamedTuple):
    """One text of a document: the number of its commit (later ones have higher), path and blob."""

    n: int
    path: str
    blob: str


def documents(db: sqlite3.Connection) -> dict[str, list[Stood]]:
    """Return what each account's document was, oldest first, by the path at which it is now.

    A file that was removed, or moved elsewhere, takes its past with it: what is created later under
    its name is another document.
    """
    rows = db.execute(
        "SELECT n, path, blob, old FROM past_file"
        " WHERE path > 'accounts/' AND path < 'accounts0' ORDER BY n"
    )
    found: dict[str, list[Stood]] = {}
    for n, touched in groupby(rows, lambda row: int(row[0])):
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
                found.setdefault(path, []).append(Stood(n, path, blob))
    return found
