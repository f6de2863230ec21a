"""Vectors of texts, kept beside the rows: what was encoded once is not encoded again."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.catalogue import ingest

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

HARDLY = 4
"""Lines for one vector from which on hardly anything is known: some say the same."""
TABLE = """
CREATE TABLE IF NOT EXISTS vector (
    key INTEGER PRIMARY KEY, used INTEGER NOT NULL, numbers BLOB NOT NULL
)
"""
BATCH = 256
"""Texts that are encoded before they are written: a quarter of a second's work."""
TOUCHED = 7
"""Days after which a vector that is used is noted as used again."""
UNUSED = 90
"""Days after which a vector that nobody used goes."""


class Encodes(Protocol):
    """What makes vectors: rows of numbers that 16 bits hold; `name` tells them from another's."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text."""


def vectors(
    db: sqlite3.Connection,
    encoder: Encodes,
    texts: Sequence[str],
    progress: Progress | None = None,
) -> Vectors:
    """Return one row for each text, in their order; what is not known yet is encoded and kept.

    To be run as a job on the catalogue's rows (`Catalogue.rows`), outside of a transaction.
    `progress` is told (texts encoded, texts to encode), if there are any.
    """
    if not texts:
        return encoder.encode(texts)
    keys = [key(encoder.name, text) for text in texts]
    found = dict(_kept(db, keys))
    missing = {k: text for k, text in zip(keys, texts, strict=True) if k not in found}
    for first in range(0, len(missing), BATCH):
        if progress is not None:
            progress(first, len(missing))
        some = list(missing)[first : first + BATCH]
        rows = encoder.encode([missing[k] for k in some]).astype(np.float16)
        found |= dict(zip(some, map(bytes, rows), strict=True))
        _keep(db, {k: found[k] for k in some})
    if missing:
        _prune(db)
        if progress is not None:
            progress(len(missing), len(missing))
    whole = np.frombuffer(b"".join(found[k] for k in keys), np.float16)
    return whole.reshape(len(keys), -1).astype(np.float32)


def few(db: sqlite3.Connection, least: int) -> bool:
    """Tell whether of all that was read, at least so much, hardly anything has its vector."""
    (items,) = db.execute("SELECT count(*) FROM item").fetchone()
    if items < least:
        return False
    known = db.execute("SELECT count(*) FROM vector").fetchone()[0] if _there(db) else 0
    return bool(known * HARDLY < items)


def key(name: str, text: str) -> int:
    """Return under which number the vector of a text by the encoder of that name is kept."""
    said = f"{name}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), signed=True)


def _kept(db: sqlite3.Connection, keys: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the vectors that are known; those of which that was long not noted are noted."""
    if not _there(db):
        return
    today = _today()
    stale: list[int] = []
    wanted = sorted(set(keys))
    for first in range(0, len(wanted), 1000):
        some = json.dumps(wanted[first : first + 1000])
        rows = db.execute(
            "SELECT v.key, v.numbers, v.used FROM json_each(?) j CROSS JOIN vector v"
            " ON v.key = j.value",
            (some,),
        )
        for k, numbers, used in rows:
            if used < today - TOUCHED:
                stale.append(k)
            yield k, numbers
    if stale:
        with suppress(sqlite3.OperationalError), ingest.transaction(db):  # another day, then
            db.executemany("UPDATE vector SET used = ? WHERE key = ?", ((today, k) for k in stale))


def _keep(db: sqlite3.Connection, rows: dict[int, bytes]) -> None:
    today = _today()
    with ingest.transaction(db):
        db.execute(TABLE)
        db.execute("CREATE INDEX IF NOT EXISTS vector_used ON vector (used)")
        db.executemany(
            "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)",
            ((k, today, numbers) for k, numbers in rows.items()),
        )


def _prune(db: sqlite3.Connection) -> None:
    with ingest.transaction(db):
        db.execute("DELETE FROM vector WHERE used < ?", (_today() - UNUSED,))


def _there(db: sqlite3.Connection) -> bool:
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vector'").fetchone()
    return known is not None


def _today() -> int:
    """Return the day as a number; the machine's, whatever day the team is shown."""
    return int(time.time() // 86400)
