"""The server's own small database: who may come in, what was given out, what was received when.

It is not part of the store and can't be derived from it, so it is to be backed up with care: it
holds digests of passwords and of secrets, never the secrets.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from kb.errors import NeedsRepair
from kb.server.folder import private

NAME = "state.sqlite"
SCHEMA = 1
"""The version of the tables; a later one has to carry the rows of this one over."""

# Times are seconds since 1970; `digest` is what is kept of a secret.
TABLES = """
CREATE TABLE person(key TEXT PRIMARY KEY, name TEXT NOT NULL, password TEXT, role TEXT,
  made REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE session(digest BLOB PRIMARY KEY, person TEXT NOT NULL, made REAL NOT NULL,
  seen REAL NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX session_person ON session(person);
CREATE TABLE invitation(digest BLOB PRIMARY KEY, person TEXT NOT NULL, made REAL NOT NULL,
  until REAL NOT NULL, by_whom TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE failure(what TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX failure_what ON failure(what, at);
CREATE TABLE token(id TEXT PRIMARY KEY, digest BLOB UNIQUE NOT NULL, name TEXT NOT NULL,
  member TEXT NOT NULL, scope TEXT NOT NULL, made REAL NOT NULL, used REAL, until REAL NOT NULL)
  WITHOUT ROWID;
CREATE TABLE guest(id TEXT PRIMARY KEY, digest BLOB UNIQUE NOT NULL, account TEXT NOT NULL,
  meeting TEXT NOT NULL, made REAL NOT NULL, by_whom TEXT NOT NULL, until REAL NOT NULL,
  withdrawn REAL, opened REAL) WITHOUT ROWID;
CREATE TABLE reply(key BLOB PRIMARY KEY, at REAL NOT NULL, asked BLOB NOT NULL,
  status INTEGER NOT NULL, tag TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX reply_at ON reply(at);
CREATE TABLE receipt(commit_id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
"""


class State:
    """The open database of one server; may be asked from several threads."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Open it in `folder`, made if it was not there; `clock` tells seconds since 1970.

        Raises `NeedsRepair("state-broken")` where it can't be read or is of a later kb.
        """
        self.folder = folder
        self.now = clock
        self._lock = RLock()
        path = folder / NAME
        os.close(private(path))  # SQLite gives its other files the mode of this one
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL"):
                self._db.execute(f"PRAGMA {pragma}")
            self._prepare()
        except sqlite3.DatabaseError:
            raise NeedsRepair("state-broken", folder=folder) from None

    def _prepare(self) -> None:
        with self.write() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA:
                raise NeedsRepair("state-broken", folder=self.folder)
            if version == 0:
                for statement in TABLES.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version={SCHEMA}")

    def read(self, question: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows that answer a question in SQL."""
        with self._lock:
            return self._db.execute(question, values).fetchall()

    def one(self, question: str, *values: object) -> sqlite3.Row | None:
        """Return the first row that answers a question, or None."""
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(question, values).fetchone()
            return found

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Change rows, all of what is inside or nothing; no other thread comes in between."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()
