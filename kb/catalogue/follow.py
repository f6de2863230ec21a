"""Which meetings and pages changed since somebody who follows them last looked.

Kept by triggers beside the rows themselves, so that a follower (the search index) never compares
everything, and a crash between rows and index is caught up at the next look.
"""

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import ingest

if TYPE_CHECKING:
    from kb.model.meeting import Meeting

TABLES = (
    "CREATE TABLE IF NOT EXISTS followed (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS changed (unit TEXT PRIMARY KEY) WITHOUT ROWID",
    (
        "CREATE TRIGGER IF NOT EXISTS meeting_came AFTER INSERT ON meeting"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('m' || new.n); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS meeting_went AFTER DELETE ON meeting"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('m' || old.n); END"
    ),
    (  # a customer's name stands around all that was said there
        "CREATE TRIGGER IF NOT EXISTS account_named BEFORE INSERT ON account WHEN NOT EXISTS"
        " (SELECT 1 FROM account WHERE path = new.path AND account = new.account"
        " AND name = new.name)"
        " BEGIN INSERT OR IGNORE INTO changed SELECT 'm' || n FROM meeting"
        " WHERE path = new.path; END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS account_came AFTER INSERT ON account"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('d' || new.path); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS account_went AFTER DELETE ON account"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('d' || old.path); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS page_came AFTER INSERT ON page"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('p' || new.path); END"
    ),
    (  # a play is worth what its principle is
        "CREATE TRIGGER IF NOT EXISTS principle_came AFTER INSERT ON page"
        " WHEN new.kind = 'principle'"
        " BEGIN INSERT OR IGNORE INTO changed SELECT 'p' || path FROM page"
        " WHERE kind = 'play'; END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS page_went AFTER DELETE ON page"
        " BEGIN INSERT OR IGNORE INTO changed VALUES ('p' || old.path); END"
    ),
)


class Page(NamedTuple):
    """A page of the playbook: where it is, its name, kind, and front matter."""

    path: str
    name: str
    kind: str
    front: dict[str, object]


class Beginning(NamedTuple):
    """What stands before the first meeting: its `lines`, all when there is no meeting."""

    path: str
    account: str
    name: str
    lines: int | None


def follows(db: sqlite3.Connection, name: str) -> bool:
    """Tell whether somebody follows under `name`."""
    asked = "SELECT 1 FROM followed WHERE name = ?"
    return _known(db) and db.execute(asked, (name,)).fetchone() is not None


def follow(db: sqlite3.Connection, name: str) -> None:
    """Begin to follow under `name`, instead of whoever did: everything is new to it.

    Inside the caller's transaction.
    """
    for statement in TABLES:
        db.execute(statement)
    db.execute("DELETE FROM followed")
    db.execute("INSERT INTO followed VALUES (?)", (name,))
    db.execute("INSERT OR IGNORE INTO changed SELECT 'm' || n FROM meeting")
    db.execute("INSERT OR IGNORE INTO changed SELECT 'd' || path FROM account")
    db.execute("INSERT OR IGNORE INTO changed SELECT 'p' || path FROM page")


def _known(db: sqlite3.Connection) -> bool:
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'followed'").fetchone()
    return found is not None


def changed(db: sqlite3.Connection, limit: int) -> list[str]:
    """Return up to `limit` units that changed.

    "m" and a meeting's row, "p" and a page's path, "d" and the path of a document, for what stands
    before its first meeting.
    """
    rows = db.execute("SELECT unit FROM changed LIMIT ?", (limit,))
    return [unit for (unit,) in rows]


def seen(db: sqlite3.Connection, units: list[str]) -> None:
    """Note that the follower has taken these units in (inside its own transaction)."""
    db.executemany("DELETE FROM changed WHERE unit = ?", ((unit,) for unit in units))


def count(db: sqlite3.Connection) -> int:
    """Return how many units wait."""
    (waiting,) = db.execute("SELECT count(*) FROM changed").fetchone()
    return int(waiting)


def every(db: sqlite3.Connection) -> int:
    """Return how many units there are."""
    tables = ("meeting", "account", "page")
    counts = (db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables)  # noqa: S608
    return sum(count for (count,) in counts)


def meeting(db: sqlite3.Connection, unit: str) -> "tuple[Meeting, str] | None":
    """Return the meeting of a unit and its customer's name; None when it is gone or no meeting."""
    from kb.catalogue.codec import unpack

    row = db.execute(
        "SELECT m.key, m.account, m.path, m.line, a.name FROM meeting m"
        " LEFT JOIN account a ON a.path = m.path WHERE m.n = ?",
        (int(unit[1:]),),
    ).fetchone()
    if row is None:
        return None
    key, account, path, line, name = row
    return unpack(ingest.body_of(db, key), account, path, line), name or account


def lines(db: sqlite3.Connection, unit: str) -> tuple[int, int | None]:
    """Return the lines of a meeting: the first (from 0), and the first of the next meeting."""
    (path, line) = place(db, unit) or ("", 1)
    (after,) = db.execute(
        "SELECT min(line) FROM meeting WHERE path = ? AND line > ?", (path, line)
    ).fetchone()
    return line - 1, None if after is None else after - 1


def document(db: sqlite3.Connection, unit: str) -> Beginning | None:
    """Return the beginning of a document; None when it is gone."""
    row = db.execute(
        "SELECT path, account, name, (SELECT min(line) - 1 FROM meeting m WHERE m.path = a.path)"
        " FROM account a WHERE path = ?",
        (unit[1:],),
    ).fetchone()
    return None if row is None else Beginning(row[0], row[1], row[2] or row[1], row[3])


def page(db: sqlite3.Connection, unit: str) -> Page | None:
    """Return the page of a unit; None when it is gone."""
    from kb.catalogue.codec import load

    row = db.execute(
        "SELECT path, page, kind, front FROM page WHERE path = ?", (unit[1:],)
    ).fetchone()
    return None if row is None else Page(row[0], row[1], row[2], load(row[3]))


def principle_path(db: sqlite3.Connection, name: str) -> str | None:
    """Return the path of the principle of that name, or None."""
    row = db.execute(
        "SELECT path FROM page WHERE page = ? AND kind = 'principle' ORDER BY path", (name,)
    ).fetchone()
    return None if row is None else str(row[0])


def place(db: sqlite3.Connection, unit: str) -> tuple[str, int] | None:
    """Return the path and the first line (from 1) of a unit."""
    if unit.startswith(("p", "d")):
        return unit[1:], 1
    row = db.execute("SELECT path, line FROM meeting WHERE n = ?", (int(unit[1:]),)).fetchone()
    return None if row is None else (row[0], row[1])
