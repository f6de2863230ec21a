"""Hypotheses over all accounts as rows, and what was once worked out of an account's history."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from kb.catalogue import ingest
from kb.catalogue.lists import NOT_A_COPY

RECORDS = """
CREATE TABLE IF NOT EXISTS record (path TEXT PRIMARY KEY, mark TEXT NOT NULL, body BLOB NOT NULL)
WITHOUT ROWID
"""


class ClaimRow(NamedTuple):
    """A hypothesis as its meeting has it today; `refs` are the pages that it cites."""

    id: str
    verdict: str | None
    refs: tuple[str, ...]
    account: str
    path: str
    meeting: str
    date: str
    begins: str


def claims(db: sqlite3.Connection) -> list[ClaimRow]:
    """Return the hypotheses of meetings that count and were not cancelled, the oldest first.

    One whose line was copied is one; archived accounts are left out.
    """
    rows = db.execute(
        f"""
        SELECT i.id, i.verdict, coalesce(i.link, ''), m.account, m.path, m.id, m.date, m.begins
        FROM item i JOIN meeting m ON m.n = i.meeting JOIN account a ON a.path = m.path
        WHERE i.kind = 'hypothesis' AND m.counts = 1 AND m.cancelled = 0 AND a.archived = 0
            AND {NOT_A_COPY}
        ORDER BY m.begins, m.account, m.path, m.line + i.line
        """,  # noqa: S608 (a constant)
    )
    return [
        ClaimRow(id_, verdict, tuple(link.split()), *rest) for id_, verdict, link, *rest in rows
    ]


def remembered(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """Return (mark, body) of what was worked out of files' history, by its name.

    The name is the path; with `#` and a word behind it where several things are worked out of a
    file.
    """
    db.execute(RECORDS)
    found = {}
    for name in names:
        row = db.execute("SELECT mark, body FROM record WHERE path = ?", (name,)).fetchone()
        if row is not None:
            found[name] = (row[0], row[1])
    return found


def remember(db: sqlite3.Connection, found: Iterable[tuple[str, str, bytes]]) -> None:
    """Remember (name, mark, body) in the place of what was known by these names."""
    with ingest.transaction(db):
        db.execute(RECORDS)
        db.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", found)
