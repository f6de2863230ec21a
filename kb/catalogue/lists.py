"""Lists over all accounts, in plain SQL: no git, no document is opened, the order never varies."""

import json
import sqlite3
from collections.abc import Sequence
from sys import intern
from typing import NamedTuple


class Account(NamedTuple):
    """A customer in the list; `last` and `next` are days of meetings, `mrr` is in yen a month.

    `problem` is the line at which the front matter can't be read, None when it can.
    """

    account: str
    name: str
    csm: str | None
    unit: str | None
    segment: str | None
    stage: str | None
    mrr: int | None
    meetings: int
    last: str | None
    next: str | None
    open_todos: int
    path: str
    lang: str | None
    archived: bool
    problem: int | None


class Listed(NamedTuple):
    """A meeting in a list: enough for `kb.model.state`, and where it stands.

    `chunk` is its index among the chunks of the document of blob `blob`; `key` finds the whole
    meeting in the catalogue. `counts` is False for a dated heading that is no real meeting.
    """

    account: str
    path: str
    blob: str
    chunk: int
    line: int
    key: str
    id: str
    given: bool
    date: str
    start: str | None
    end: str | None
    title: str
    cancelled: bool
    minutes: str | None
    prepared: bool
    counts: bool
    begins: str
    ends: str


class TodoRow(NamedTuple):
    """A TODO in a list; `owners` are as written, `meeting` is its meeting's id."""

    id: str
    given: bool
    text: str
    owner: str | None
    owners: tuple[str, ...]
    due: str | None
    done: bool
    overdue: bool
    promise: bool
    account: str
    date: str
    path: str
    line: int
    internal: bool
    meeting: str
    begins: str


class Page(NamedTuple):
    """A page of the playbook: kind (principle, play, manual), title, path, and its `status:`."""

    kind: str
    title: str
    path: str
    status: str | None


MEETING = (
    "m.account, m.path, f.blob, m.ord, m.line, m.key, m.id, m.given, m.date, m.start, m.stop,"
    " m.title, m.cancelled, m.minutes, m.prepared, m.counts, m.begins, m.ends"
)
MEETINGS = f"SELECT {MEETING} FROM meeting m JOIN file f ON f.path = m.path"  # noqa: S608 (a constant)
UNWRITTEN = "(minutes IS NULL OR minutes = '')"
# The id of a line belongs to the oldest meeting that has it: later copies are the same thing.
# (SQLite keeps the order of a CROSS JOIN: nearly every id is there once, and that ends it.)
NOT_A_COPY = """(
    i.given = 0 OR NOT EXISTS (
        SELECT 1 FROM item o CROSS JOIN meeting e ON e.n = o.meeting
        WHERE o.id = i.id AND o.kind = i.kind AND o.given = 1 AND o.n <> i.n
        AND e.account = m.account
        AND (e.begins, e.path, e.line + o.line) < (m.begins, m.path, m.line + i.line)
    )
)"""

# A TODO is also done when a meeting that it was carried over to ticked it there.
DONE = """(i.done = 1 OR EXISTS (
    SELECT 1 FROM item c CROSS JOIN meeting k ON k.n = c.meeting
    WHERE c.id = i.id AND c.kind = 'tick' AND k.account = m.account
))"""


def accounts(
    db: sqlite3.Connection, now: str, *, archived: bool = False, paths: Sequence[str] | None = None
) -> list[Account]:
    """Return all accounts by name, or those of the documents `paths`; archived ones if asked for.

    `now` (YYYY-MM-DDTHH:MM) parts meetings that are over (`last`) from those going on or coming
    (`next`).
    """
    found = accounts_until(db, now, paths)
    return [one for one, _ in found if archived or not one.archived]


def accounts_until(
    db: sqlite3.Connection, now: str, paths: Sequence[str] | None = None
) -> list[tuple[Account, str | None]]:
    """Return the same, archived ones too, each with the moment from which on it is another."""
    rows = db.execute(
        f"""
        WITH
        held AS (
            SELECT path, count(*) AS meetings,
                max(CASE WHEN ends <= :now THEN date END) AS last,
                min(CASE WHEN ends > :now THEN date END) AS next,
                min(CASE WHEN ends > :now THEN ends END) AS until
            FROM meeting m WHERE counts = 1 AND cancelled = 0 {_within(paths, "m")} GROUP BY path
        ),
        todo AS (
            SELECT m.path AS path, count(*) AS open
            FROM item i JOIN meeting m ON m.n = i.meeting
            WHERE i.kind = 'todo' AND i.done = 0 AND NOT {DONE} AND {NOT_A_COPY}
            {_within(paths, "m")} GROUP BY m.path
        )
        SELECT a.account, a.name, a.csm, a.unit, a.segment, a.stage, a.mrr,
            coalesce(h.meetings, 0), h.last, h.next, coalesce(t.open, 0), a.path, a.lang,
            a.archived, a.problem, h.until
        FROM account a LEFT JOIN held h ON h.path = a.path LEFT JOIN todo t ON t.path = a.path
        WHERE 1 {_within(paths, "a")} ORDER BY a.account, a.path
        """,  # noqa: S608 (constants of this module)
        {"now": now, "paths": json.dumps(paths)},
    )
    return [(Account._make((*row[:13], bool(row[13]), row[14])), row[15]) for row in rows]


def _within(paths: Sequence[str] | None, table: str) -> str:
    """Return the condition that a row is of one of the `paths`, which are bound as JSON."""
    if paths is None:
        return ""
    return f"AND {table}.path IN (SELECT value FROM json_each(:paths))"  # noqa: S608 (a letter)


def meetings(
    db: sqlite3.Connection,
    account: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Listed]:
    """Return the meetings from day `since` to day `until` (both included), newest first.

    Without an account those of all that are not archived; dated headings that don't count are
    left out.
    """
    conditions = ["m.counts = 1", "a.archived = 0" if account is None else "m.account = :account"]
    if since is not None:
        conditions.append("m.begins >= :since")  # it starts with its date
    if until is not None:
        conditions.append("m.begins < :until || 'U'")
    rows = db.execute(
        f"{MEETINGS} JOIN account a ON a.path = m.path WHERE {' AND '.join(conditions)}"
        " ORDER BY m.begins DESC, m.account, m.path, m.line",
        {"account": account, "since": since, "until": until},
    )
    return [listed(row) for row in rows]


def coming(
    db: sqlite3.Connection, since: str, until: str, paths: Sequence[str] | None = None
) -> list[Listed]:
    """Return the meetings of days `since` to `until` (both included) without minutes, oldest first.

    Cancelled ones are left out, and those of archived accounts; with `paths` they are of these
    documents only.
    """
    rows = db.execute(
        f"""
        {MEETINGS} JOIN account a ON a.path = m.path
        WHERE m.begins >= :since AND m.begins < :until || 'U' AND {UNWRITTEN}
        AND m.counts = 1 AND m.cancelled = 0 AND a.archived = 0 {_within(paths, "m")}
        ORDER BY m.begins, m.account, m.path, m.line
        """,
        {"since": since, "until": until, "paths": json.dumps(paths)},
    )
    return [listed(row) for row in rows]


def unfinished(
    db: sqlite3.Connection,
    since: str,
    recent: str,
    until: str,
    paths: Sequence[str] | None = None,
) -> list[Listed]:
    """Return meetings of days `since` to `until` (both included) that want something, oldest first.

    They have a hypothesis that waits for its verdict, or no minutes: from day `recent` on any,
    before it those that were prepared here. Cancelled ones are left out, and those of archived
    accounts; with `paths` they are of these documents only.
    """
    rows = db.execute(
        f"""
        {MEETINGS} JOIN account a ON a.path = m.path
        WHERE m.n IN (
            SELECT n FROM meeting WHERE begins >= :recent AND {UNWRITTEN}
            UNION SELECT n FROM meeting
            WHERE {UNWRITTEN} AND given = 1 AND prepared = 1 AND begins >= :since
            UNION SELECT meeting FROM item INDEXED BY item_unjudged
            WHERE kind = 'hypothesis' AND verdict IS NULL
        )
        AND m.begins >= :since AND m.begins < :until || 'U'
        AND m.counts = 1 AND m.cancelled = 0 AND a.archived = 0
        {_within(paths, "m")}
        ORDER BY m.begins, m.account, m.path, m.line
        """,  # noqa: S608 (constants of this module)
        {"since": since, "recent": recent, "until": until, "paths": json.dumps(paths)},
    )
    return [listed(row) for row in rows]


def listed(row: tuple[object, ...]) -> Listed:
    """Return a row of `MEETINGS` as what it is."""
    return Listed._make(
        (
            *(*row[:7], bool(row[7]), *row[8:12], bool(row[12]), row[13]),
            *(bool(row[14]), bool(row[15]), *row[16:]),
        )
    )


def todos(
    db: sqlite3.Connection,
    today: str,
    *,
    owner: str | None = None,
    account: str | None = None,
    overdue: bool = False,
    every: bool = False,
    paths: Sequence[str] | None = None,
) -> list[TodoRow]:
    """Return open TODOs (with `every` done ones too) by due date, account and line.

    A TODO that was carried over is one; so is one whose line was copied with its id. Those
    without a due date come last. `overdue`: only open ones that were due before `today`; `paths`:
    only those of these documents.
    """
    conditions = ["i.kind = 'todo'", NOT_A_COPY]
    if not every or overdue:
        conditions.append(f"i.done = 0 AND NOT {DONE}")
    if overdue:
        conditions.append("i.due < :today")
    if account is None:
        conditions.append("a.archived = 0")
    else:
        conditions.append("m.account = :account")
    if owner is not None:
        conditions.append("instr(i.owners, ' ' || :owner || ' ') > 0")
    rows = db.execute(
        f"""
        SELECT i.id, i.given, i.text, i.owners, i.due, {DONE}, i.promise, m.account, m.date,
            m.path, m.line + i.line, i.internal, m.id, m.begins
        FROM item i JOIN meeting m ON m.n = i.meeting JOIN account a ON a.path = m.path
        WHERE {" AND ".join(conditions)} {_within(paths, "m")}
        ORDER BY i.due IS NULL, i.due, m.account, m.path, m.line + i.line
        """,  # noqa: S608 (constants of this module)
        {"today": today, "account": account, "owner": owner, "paths": json.dumps(paths)},
    )
    return [_todo(row, today) for row in rows]


def _todo(row: tuple[object, ...], today: str) -> TodoRow:
    id_, given, text, names, due, done, promise, *where, internal, meeting, begins = row
    account, date, path, line = where
    account, date, path, begins = (intern(str(one)) for one in (account, date, path, begins))
    owners = tuple(map(intern, str(names).split()))  # many rows are of one account and of one day
    return TodoRow._make(
        (
            *(id_, bool(given), text, owners[0] if owners else None, owners, due, bool(done)),
            bool(not done and due is not None and str(due) < today),
            *(bool(promise), account, date, path, line, bool(internal), meeting, begins),
        )
    )


def pages(db: sqlite3.Connection) -> dict[str, Page]:
    """Return the pages of the playbook by name; of two with one name the first by path."""
    rows = db.execute("SELECT page, kind, title, path, status FROM page ORDER BY path DESC")
    return {name: Page(*rest) for name, *rest in rows}
