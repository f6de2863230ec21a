"""Every version that a file ever had, as rows: who wrote it, when, and what the file said then.

Derived from the history like all else here; new commits are added, and a history that was
rewritten is read again from nothing.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from kb.catalogue import ingest, then
from kb.catalogue.codec import dump, load
from kb.catalogue.documents import Parsed, Understanding, restored

TABLES = """
CREATE TABLE IF NOT EXISTS past_head (tip TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS past_commit (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, emails TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS past_file (
    n INTEGER NOT NULL, path TEXT NOT NULL, blob TEXT, was TEXT NOT NULL, old TEXT,
    PRIMARY KEY (path, n)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS past_blob (
    blob TEXT NOT NULL, context TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (blob, context)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS past_meeting (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID
"""
NAMES = ("past_head", "past_commit", "past_file", "past_blob", "past_meeting")
FAR = 50
"""Renames of one file that are followed."""


class Row(NamedTuple):
    """A version of a file: the commit, its moment, addresses, source, and the blobs before it."""

    commit: str
    at: datetime
    emails: tuple[str, ...]
    source: str
    path: str
    blob: str
    was: tuple[str, ...]
    after: datetime
    """It can't be from before this: the youngest moment among it and the texts it rests on."""


class TouchedFile(Protocol):
    """What a commit did to a file; see `kb.store.log.Touched`."""

    @property
    def path(self) -> str:
        """Where the file is, `/` between folders."""

    @property
    def blob(self) -> str | None:
        """Its text after the commit; None when it was removed."""

    @property
    def was(self) -> tuple[str, ...]:
        """Its texts in the commit's parents."""

    @property
    def old(self) -> str | None:
        """Its former name when it was renamed."""


class LoggedCommit(Protocol):
    """A commit as the store tells it; see `kb.store.log.Logged`."""

    @property
    def commit(self) -> str:
        """The commit's id."""

    @property
    def at(self) -> datetime:
        """When it was made."""

    @property
    def emails(self) -> tuple[str, ...]:
        """Whose it is: the author first, then co-authors."""

    @property
    def source(self) -> str:
        """Where it comes from; "" when it does not say."""

    @property
    def touched(self) -> Sequence[TouchedFile]:
        """The files that it changed."""


def tip(db: sqlite3.Connection) -> str | None:
    """Return the commit up to which the history is known; None when nothing is."""
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'past_head'").fetchone()
    if known is None:
        return None
    row = db.execute("SELECT tip FROM past_head WHERE version = ?", (then.THEN,)).fetchone()
    return None if row is None else str(row[0])


def add(
    db: sqlite3.Connection,
    since: str | None,
    head: str | None,
    commits: Iterable[LoggedCommit],
    *,
    whole: bool,
) -> bool:
    """Add commits, oldest first, that lead from `since` to `head`; tell whether they were added.

    They are not when the history is known up to another commit by now. `whole`: they take the
    place of all that was known.
    """
    with ingest.transaction(db):
        for statement in TABLES.split(";"):
            db.execute(statement)
        if not whole and tip(db) != since:
            return False
        version = db.execute("SELECT version FROM past_head").fetchone()
        if whole or version is None or version[0] != then.THEN:
            old = version is not None and version[0] != then.THEN
            for name in NAMES if old else NAMES[:3]:
                db.execute(f"DELETE FROM {name}")  # noqa: S608
        (n,) = db.execute("SELECT coalesce(max(n), 0) FROM past_commit").fetchone()
        for number, one in enumerate(commits, n + 1):
            db.execute(
                "INSERT INTO past_commit VALUES (?, ?, ?, ?, ?)",
                (number, one.commit, one.at.isoformat(), "\n".join(one.emails), one.source),
            )
            db.executemany(
                "INSERT OR REPLACE INTO past_file VALUES (?, ?, ?, ?, ?)",
                ((number, t.path, t.blob, " ".join(t.was), t.old) for t in one.touched),
            )
        db.execute("DELETE FROM past_head")
        if head is not None:
            db.execute("INSERT INTO past_head VALUES (?, ?)", (head, then.THEN))
    return True


def of(db: sqlite3.Connection, path: str) -> list[Row]:
    """Return the versions of the file at `path`, oldest first, through its renames.

    What stood there before it was created, and was removed or moved elsewhere, is another file.
    """
    found: list[Row] = []
    last = 2**62
    for _ in range(FAR):
        rows = db.execute(
            "SELECT f.n, c.id, c.at, c.emails, c.source, f.path, f.blob, f.was, f.old"
            " FROM past_file f JOIN past_commit c ON c.n = f.n"
            " WHERE f.path = ? AND f.n < ? ORDER BY f.n DESC",
            (path, last),
        ).fetchall()
        old = None
        born: tuple[int, str] | None = None
        for n, commit, at, emails, source, name, blob, was, former in rows:
            if born is not None and _given_up(db, path, n, blob, was, born):
                break
            born = None if blob is None else (n, blob) if not was else born
            if blob is not None:
                moment = datetime.fromisoformat(at)
                found.append(
                    Row(commit, moment, tuple(emails.split("\n")), source, name, blob,
                        tuple(was.split()), moment)
                )  # fmt: skip
            if former is not None and former != path:
                old, last = former, n
                break
        if old is None:
            break
        path = old
    return list(_after(found[::-1]))


def place(db: sqlite3.Connection, commit: str) -> int:
    """Return how many commits of the history come before one and with it; 0 for none of it."""
    row = db.execute("SELECT n FROM past_commit WHERE id = ?", (commit,)).fetchone()
    return 0 if row is None else int(row[0])


def stood(db: sqlite3.Connection, path: str, blob: str) -> bool:
    """Tell whether the history knows of this text at `path`, whatever file it was."""
    asked = "SELECT 1 FROM past_file WHERE path = ? AND blob = ?"
    return db.execute(asked, (path, blob)).fetchone() is not None


def _given_up(
    db: sqlite3.Connection, path: str, n: int, blob: str | None, was: str, born: tuple[int, str]
) -> bool:
    """Tell whether what was at `path` in commit `n` made room for what is `born` there later.

    Made on two lines of work it is one file all the same, and so is one that was removed and
    brought back as it was.
    """
    later, text = born
    asked = "SELECT 1 FROM past_file WHERE old = ? AND path <> old AND n BETWEEN ? AND ?"
    moved = db.execute(asked, (path, n, later)).fetchone() is not None
    return moved or (blob is None and text not in was.split())


def _after(rows: Iterable[Row]) -> Iterator[Row]:
    """Tell of each version, parents first, from when it can be: a clock can be set back.

    What it rests on is the texts that the commit changed, so another line of work beside it, which
    only comes earlier in the list, says nothing of it.
    """
    reached: dict[str, datetime] = {}
    for row in rows:
        after = max([row.at, *(reached[blob] for blob in row.was if blob in reached)])
        reached[row.blob] = after
        yield row._replace(after=after)


def paths(db: sqlite3.Connection) -> list[str]:
    """Return all files that the history knows."""
    return [path for (path,) in db.execute("SELECT DISTINCT path FROM past_file ORDER BY path")]


def last_commits(db: sqlite3.Connection) -> dict[str, str]:
    """Return the last commit that changed each file of the history, by the file's path."""
    rows = db.execute(
        """
        SELECT f.path, c.id FROM (SELECT path, max(n) AS n FROM past_file GROUP BY path) f
        JOIN past_commit c ON c.n = f.n
        """
    )
    return dict(rows.fetchall())


def meetings(
    db: sqlite3.Connection,
    how: Understanding,
    row: Row,
    text: Callable[[str], bytes],
) -> tuple[then.MeetingThen, ...]:
    """Return what a version of a document said of its meetings; `text` gives a blob's bytes."""
    context = how.context_at(row.path)
    parsed = _remembered(db, row.blob, context)
    if parsed is None:
        before = next(
            (one for blob in row.was if (one := _remembered(db, blob, context)) is not None), None
        )
        parsed, bodies = then.read(how, text(row.blob), row.path, _knower(db), before)
        with ingest.transaction(db):
            db.executemany("INSERT OR IGNORE INTO past_meeting VALUES (?, ?)", bodies.items())
            db.execute(
                "INSERT OR REPLACE INTO past_blob VALUES (?, ?, ?)",
                (row.blob, context, dump((then.THEN, _json_of(parsed)))),
            )
    return tuple(then.restore(load(_body(db, chunk.key))) for _, chunk in parsed.meetings())


def _json_of(parsed: Parsed) -> object:
    """Return a reading without the meetings in it, as `restored` takes it."""
    return load(parsed.stored())


def _remembered(db: sqlite3.Connection, blob: str, context: str) -> Parsed | None:
    row = db.execute(
        "SELECT body FROM past_blob WHERE blob = ? AND context = ?", (blob, context)
    ).fetchone()
    if row is None:
        return None
    version, value = load(row[0])
    return restored(value) if version == then.THEN else None


def _knower(db: sqlite3.Connection) -> Callable[[str], bool]:
    def known(key: str) -> bool:
        asked = "SELECT 1 FROM past_meeting WHERE key = ?"
        return db.execute(asked, (key,)).fetchone() is not None

    return known


def _body(db: sqlite3.Connection, key: str) -> bytes:
    row = db.execute("SELECT body FROM past_meeting WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise sqlite3.DatabaseError("a meeting of the past is lost")
    assert isinstance(row[0], bytes)
    return row[0]
