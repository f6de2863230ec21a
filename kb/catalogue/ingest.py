"""Brings the rows of one file up to what was read of it, touching only meetings that changed."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

from kb.catalogue.codec import load
from kb.catalogue.documents import Fields, Parsed, restored
from kb.text.ids import KINDS
from kb.text.lines import readable

KIND_OF = {letter: kind for kind, letter in KINDS.items()}
_writing = RLock()
REMEMBERED = 3
"""How many readings are kept for each file and meeting there is."""


class Stamp(NamedTuple):
    """How a file was found in the work tree: what tells that it is unchanged."""

    size: int
    mtime_ns: int
    inode: int


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing, one writer at a time.

    Threads of one process wait for each other here: SQLite lets who waits look again only now and
    then, so that one who writes a lot would never let another in.
    """
    with _writing:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def remembered(db: sqlite3.Connection, blob: str, context: str) -> Parsed | None:
    """Return what was read of these bytes before, if all its meetings are still remembered."""
    row = db.execute(
        "SELECT body FROM parsed WHERE blob = ? AND context = ?", (blob, context)
    ).fetchone()
    if row is None:
        return None
    parsed = restored(load(row[0]))
    known = knower(db)
    return parsed if all(known(chunk.key) for _, chunk in parsed.meetings()) else None


def before(db: sqlite3.Connection, path: str) -> Parsed | None:
    """Return what was read of the file at `path` as it was at the last look."""
    row = db.execute(
        "SELECT p.body FROM file f JOIN parsed p ON p.blob = f.blob AND p.context = f.context"
        " WHERE f.path = ?",
        (path,),
    ).fetchone()
    return None if row is None else restored(load(row[0]))


def boundaries(
    db: sqlite3.Connection, blob: str, context: str
) -> tuple[int, tuple[tuple[str, int, int], ...]] | None:
    """Return the boundaries of a blob that was read with the vocabulary of `context`, or None."""
    row = db.execute(
        "SELECT body FROM parsed WHERE blob = ? AND context BETWEEN ? AND ?",
        (blob, f"{context}/", f"{context}0"),
    ).fetchone()
    if row is None:
        return None
    found = restored(load(row[0]))
    return found.level, tuple(chunk[:3] for chunk in found.chunks)


def knower(db: sqlite3.Connection) -> Callable[[str], bool]:
    """Return a function that tells whether a meeting of this key was read before."""

    def known(key: str) -> bool:
        found = db.execute("SELECT 1 FROM section WHERE key = ?", (key,)).fetchone()
        return found is not None

    return known


def remembered_body(db: sqlite3.Connection, key: str) -> bytes | None:
    """Return what was read of the meeting of this key, or None."""
    row = db.execute("SELECT body FROM section WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    assert isinstance(row[0], bytes)
    return row[0]


def body_of(db: sqlite3.Connection, key: str) -> bytes:
    """Return what was read of a meeting that is shown; not there means a damaged catalogue."""
    body = remembered_body(db, key)
    if body is None:
        raise sqlite3.DatabaseError("a meeting that was read is lost")
    return body


def put_file(
    db: sqlite3.Connection, path: str, blob: str, stamp: Stamp, looked_ns: int, context: str
) -> None:
    """Note how a file was found."""
    db.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)",
        (path, blob, *stamp, looked_ns, context),
    )


def put_parsed(db: sqlite3.Connection, path: str, blob: str, context: str, parsed: Parsed) -> None:
    """Make the rows of the document at `path` those of `parsed`, and remember the reading."""
    db.executemany("INSERT OR IGNORE INTO section (key, body) VALUES (?, ?)", parsed.bodies.items())
    db.execute(
        "INSERT OR REPLACE INTO parsed (blob, context, body) VALUES (?, ?, ?)",
        (blob, context, parsed.stored()),
    )
    put_document(db, path, parsed)


def put_document(db: sqlite3.Connection, path: str, parsed: Parsed) -> None:
    """Make the rows of the document at `path` those of `parsed`."""
    _put_account(db, path, parsed.fields)
    account = parsed.fields.account
    there: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    rows = db.execute("SELECT n, key, ord, line FROM meeting WHERE path = ?", (path,))
    for n, key, order, line in rows:
        there[key].append((n, order, line))
    moved: list[tuple[int, int, int, int]] = []
    new = []
    for order, chunk in parsed.meetings():
        if same := there.get(chunk.key):
            n, old_order, old_line = same.pop(0)
            if (old_order, old_line) != (order, chunk.line):
                moved.append((n, order - old_order, chunk.line - old_line, old_line))
        else:
            new.append((order, chunk.line, chunk.key))
    _delete_meetings(db, [n for rest in there.values() for n, _, _ in rest])
    _move(db, path, moved)
    for order, line, key in new:
        body = parsed.bodies.get(key) or body_of(db, key)
        _put_meeting(db, (path, account, key, order, line), load(body))


def _move(db: sqlite3.Connection, path: str, moved: list[tuple[int, int, int, int]]) -> None:
    """Move meetings: row, places further among the chunks, lines further down, line it was at."""
    if len({(places, lines) for _, places, lines, _ in moved}) == 1:
        _, places, lines, _ = moved[0]
        top = min(line for *_, line in moved)
        (below,) = db.execute(
            "SELECT count(*) FROM meeting WHERE path = ? AND line >= ?", (path, top)
        ).fetchone()
        if below == len(moved):  # most often: all that stands below the change
            db.execute(
                "UPDATE meeting SET ord = ord + ?, line = line + ? WHERE path = ? AND line >= ?",
                (places, lines, path, top),
            )
            return
    db.executemany(
        "UPDATE meeting SET ord = ord + ?, line = line + ? WHERE n = ?",
        ((places, lines, n) for n, places, lines, _ in moved),
    )


def remove_file(db: sqlite3.Connection, path: str) -> None:
    """Take out all rows of a file that is gone."""
    rows = db.execute("SELECT n FROM meeting WHERE path = ?", (path,)).fetchall()
    _delete_meetings(db, [n for (n,) in rows])
    for table in ("file", "account", "page"):
        db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608 (three constants)


def forget_oldest(db: sqlite3.Connection) -> None:
    """Drop the oldest readings that nothing shows any more, once there are many."""
    (files,) = db.execute("SELECT count(*) FROM file").fetchone()
    (meetings,) = db.execute("SELECT count(*) FROM meeting").fetchone()
    db.execute(
        "DELETE FROM parsed WHERE n < (SELECT n FROM parsed ORDER BY n DESC LIMIT 1 OFFSET ?)"
        " AND (blob, context) NOT IN (SELECT blob, context FROM file)",
        (REMEMBERED * files + 1000,),
    )
    db.execute(
        "DELETE FROM section WHERE n < (SELECT n FROM section ORDER BY n DESC LIMIT 1 OFFSET ?)"
        " AND key NOT IN (SELECT key FROM meeting)",
        (REMEMBERED * meetings + 10_000,),
    )


def _delete_meetings(db: sqlite3.Connection, numbers: list[int]) -> None:
    db.executemany("DELETE FROM item WHERE meeting = ?", ((n,) for n in numbers))
    db.executemany("DELETE FROM also WHERE meeting = ?", ((n,) for n in numbers))
    db.executemany("DELETE FROM meeting WHERE n = ?", ((n,) for n in numbers))


def _put_account(db: sqlite3.Connection, path: str, fields: Fields) -> None:
    values = tuple(readable(v) if isinstance(v, str) else v for v in fields)
    db.execute(
        "INSERT OR REPLACE INTO account (path, account, name, csm, unit, segment, stage, mrr,"
        " lang, archived, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (path, *values),
    )


def _put_meeting(
    db: sqlite3.Connection, place: tuple[str, str, str, int, int], body: list[Any]
) -> None:
    head, (counts, prepared, ends, also, *_) = body[:2]
    id_, given, _digest, date, start, end, title, cancelled, minutes = head
    path, account, key, order, line = place
    n = db.execute(
        "INSERT INTO meeting (path, account, key, ord, line, id, given, date, start, stop,"
        " begins, ends, title, cancelled, minutes, prepared, counts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(path, readable(account), key, order, line, id_, given, date, start, end),
            *(f"{date}T{start or '00:00'}", ends, readable(title), cancelled),
            *(None if minutes is None else readable(minutes), prepared, counts),
        ),
    ).lastrowid
    db.executemany(
        "INSERT INTO item (meeting, kind, id, given, line, text, owners, due, done, promise,"
        " internal, decided, link, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((n, *item) for item in (*_items(body), *_ticks(body, account))),
    )
    db.executemany(
        "INSERT INTO also (id, meeting, kind, line) VALUES (?, ?, ?, ?)",
        ((further, n, KIND_OF[further[0]], at) for further, at in also),
    )


class _Item(NamedTuple):
    kind: str
    id: str
    given: bool
    line: int
    text: str
    owners: str = ""
    due: str | None = None
    done: bool = False
    promise: bool = False
    internal: bool = False
    decided: bool = False
    link: str | None = None
    verdict: str | None = None


def _items(body: list[Any]) -> Iterator[_Item]:
    """Yield the rows of all items of a packed meeting, their lines counted from its heading."""
    _, _, _, hypotheses, topics, decisions, todos, insights, requests, *_ = body
    for id_, given, line, (text, *_), refs, (verdict, *_) in hypotheses:
        cited = f" {' '.join(map(readable, refs))} " if refs else None
        yield _Item("hypothesis", id_, given, line, readable(text), link=cited, verdict=verdict)
    for id_, given, line, title, link, _stance, _said, decided, *_ in topics:
        to = None if link is None else readable(link)
        yield _Item("topic", id_, given, line, readable(title), decided=bool(decided), link=to)
    for id_, given, line, text, internal in decisions:
        yield _Item("decision", id_, given, line, readable(text), internal=internal)
    for id_, given, line, text, owners, due, done, promise, internal in todos:
        names = f" {' '.join(map(readable, owners))} " if owners else ""
        yield _Item("todo", id_, given, line, readable(text), names, due, done, promise, internal)
    for id_, given, line, text, _tags in insights:
        yield _Item("insight", id_, given, line, readable(text))
    for id_, given, line, text in requests:
        yield _Item("request", id_, given, line, readable(text))


def _ticks(body: list[Any], account: str) -> Iterator[_Item]:
    """Yield a row for each TODO of this account that the meeting ticks where it was carried to."""
    *_, carried, _other, _passages = body
    for _text, link, line, done in carried:
        name, _, id_ = link.rpartition("#^")
        if done and name in ("", account):
            yield _Item("tick", readable(id_), False, line, "", done=True)
