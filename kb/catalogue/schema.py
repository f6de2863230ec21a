"""The catalogue's file: its tables, how it is opened, and what becomes of one that is no good."""

import contextlib
import os
import sqlite3
from pathlib import Path

SCHEMA = 3
"""Version of the tables; a newer one is another file, so nothing is ever migrated."""
APPLICATION = 0x6B624341  # "kbCA": a foreign SQLite file under our name is told by its absence
MEMORY = 64
"""How much of the file (MB) is held at most, if nothing else is said."""
FOLDER = ".kb"
KINDS = {"principles": "principle", "plays": "play", "manuals": "manual"}
"""Folders of the playbook, and what a page in each is."""

NOT_WRITABLE = (
    *("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM"),
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_AUTH", "SQLITE_NOLFS", "SQLITE_NOMEM"),
    "SQLITE_PROTOCOL",
)
"""Beginnings of the names of errors that say nothing about the content of the file."""

# file, account, page, meeting, item, also (further ids of lines) mirror the work tree. parsed and
# section remember what was read of any bytes, so that a checkout there and back reads nothing.
TABLES = """
CREATE TABLE file (
    path TEXT PRIMARY KEY, blob TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL, looked_ns INTEGER NOT NULL, context TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE account (
    path TEXT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL, csm TEXT, unit TEXT,
    segment TEXT, stage TEXT, mrr INTEGER, lang TEXT, archived INTEGER NOT NULL, problem INTEGER
) WITHOUT ROWID;
CREATE INDEX account_name ON account (account);
CREATE TABLE page (
    path TEXT PRIMARY KEY, page TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    status TEXT, front BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_name ON page (page);
CREATE TABLE meeting (
    n INTEGER PRIMARY KEY, path TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL,
    ord INTEGER NOT NULL, line INTEGER NOT NULL, id TEXT NOT NULL, given INTEGER NOT NULL,
    date TEXT NOT NULL, start TEXT, stop TEXT, begins TEXT NOT NULL, ends TEXT NOT NULL,
    title TEXT NOT NULL, cancelled INTEGER NOT NULL, minutes TEXT, prepared INTEGER NOT NULL,
    counts INTEGER NOT NULL
);
CREATE INDEX meeting_path ON meeting (path, counts, cancelled, ends, date);
CREATE INDEX meeting_account ON meeting (account, begins);
CREATE INDEX meeting_begins ON meeting (begins);
CREATE INDEX meeting_id ON meeting (id);
CREATE INDEX meeting_unwritten ON meeting (begins)
    WHERE (minutes IS NULL OR minutes = '') AND given = 1 AND prepared = 1;
CREATE TABLE item (
    n INTEGER PRIMARY KEY, meeting INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    given INTEGER NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL, owners TEXT NOT NULL,
    due TEXT, done INTEGER NOT NULL, promise INTEGER NOT NULL, internal INTEGER NOT NULL,
    decided INTEGER NOT NULL, link TEXT, verdict TEXT
);
CREATE INDEX item_meeting ON item (meeting);
CREATE INDEX item_id ON item (id, kind, given, meeting);
CREATE INDEX item_open ON item (due) WHERE kind = 'todo' AND done = 0;
CREATE INDEX item_unjudged ON item (meeting) WHERE kind = 'hypothesis' AND verdict IS NULL;
CREATE INDEX item_citing ON item (link, verdict) WHERE kind = 'hypothesis' AND link IS NOT NULL;
CREATE TABLE also (
    id TEXT NOT NULL, meeting INTEGER NOT NULL, kind TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX also_id ON also (id);
CREATE INDEX also_meeting ON also (meeting);
CREATE TABLE parsed (
    n INTEGER PRIMARY KEY, blob TEXT NOT NULL, context TEXT NOT NULL, body BLOB NOT NULL,
    UNIQUE (blob, context)
);
CREATE TABLE section (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
"""


def file_of(root: Path) -> Path:
    """Return where the catalogue of the store at `root` is."""
    return root / FOLDER / f"catalogue-{SCHEMA}.sqlite"


def writable_problem(error: sqlite3.Error) -> bool:
    """Tell whether the error is about writing (read-only, full, busy), not about the content."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(NOT_WRITABLE) and not name.startswith("SQLITE_IOERR_SHORT_READ")


def open_file(file: Path, memory: int = MEMORY) -> sqlite3.Connection:
    """Open the catalogue, made anew when there is none; raises `sqlite3.Error` or `OSError`.

    At most `memory` MB of it are held, when so much is read or written.
    """
    with contextlib.suppress(FileExistsError):
        file.parent.mkdir()
        (file.parent / ".gitignore").write_bytes(b"*\n")
    db = _connect(str(file))
    try:
        db.execute(f"PRAGMA cache_size = {-1024 * memory}")
        if not _ours(db):
            _create(db)
    except BaseException:
        db.close()
        raise
    return db


def open_memory(file: Path) -> sqlite3.Connection:
    """Open a catalogue in memory that starts from what the file holds, if it can be read."""
    memory = _connect(":memory:")
    if file.is_file():
        with contextlib.suppress(sqlite3.Error):
            disk = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            with contextlib.closing(disk):
                if _ours(disk):
                    disk.backup(memory)
                    memory.execute("SELECT count(*) FROM file").fetchone()
                    return memory
        memory.close()
        memory = _connect(":memory:")
    _create(memory)
    return memory


def set_aside(file: Path) -> None:
    """Move a catalogue that is no good out of the way; the last such one is kept to look at."""
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{suffix}")
    with contextlib.suppress(FileNotFoundError):
        os.replace(file, f"{file}.damaged")


def remove(file: Path) -> None:
    """Delete the catalogue; it is built again when something is asked."""
    for suffix in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{suffix}")


def _connect(name: str) -> sqlite3.Connection:
    # A server hands a connection from one thread to the next, never to two at a time.
    db = sqlite3.connect(name, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA busy_timeout = 5000")
        if name != ":memory:":
            db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(f"PRAGMA cache_size = {-1024 * MEMORY}")
    except BaseException:
        db.close()
        raise
    return db


def _ours(db: sqlite3.Connection) -> bool:
    """Tell whether the tables are there; a foreign file is `sqlite3.DatabaseError`."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if (application, version) == (APPLICATION, SCHEMA):
        return True
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application or version or tables:
        raise sqlite3.DatabaseError("not a catalogue of this version")
    return False


def _create(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if not _ours(db):  # somebody else may have been faster
            for statement in TABLES.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
