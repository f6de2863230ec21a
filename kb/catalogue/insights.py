"""All insights of all meetings as rows, the oldest meeting first."""

import sqlite3
from typing import NamedTuple

from kb.catalogue import ingest
from kb.catalogue.lists import NOT_A_COPY


class InsightRow(NamedTuple):
    """An insight as its meeting has it; `csm` and `lang` are what its account says.

    `given` tells whether the id is written; `meeting` is its meeting's id.
    """

    id: str
    given: bool
    text: str
    account: str
    date: str
    path: str
    line: int
    meeting: str
    csm: str | None
    lang: str | None


def insights(db: sqlite3.Connection) -> list[InsightRow]:
    """Return the insights of all accounts, those put away included: what was learned stays."""
    rows = db.execute(
        f"""
        SELECT i.id, i.given, i.text, m.account, m.date, m.path, m.line + i.line, m.id, a.csm,
            a.lang
        FROM item i JOIN meeting m ON m.n = i.meeting JOIN account a ON a.path = m.path
        WHERE i.kind = 'insight' AND {NOT_A_COPY}
        ORDER BY m.begins, m.account, m.path, m.line + i.line
        """,  # noqa: S608 (a constant of the catalogue)
    )
    return [InsightRow(id_, bool(given), *rest) for id_, given, *rest in rows]


def further_ids(db: sqlite3.Connection) -> dict[str, str]:
    """Return for every further id of an insight's line the one by which it is listed."""
    rows = db.execute(
        """
        SELECT x.id, i.id FROM also x JOIN item i
            ON i.meeting = x.meeting AND i.line = x.line AND i.kind = x.kind
        WHERE x.kind = 'insight' ORDER BY x.id, i.id
        """
    )
    return dict(rows.fetchall())


def keep_look(db: sqlite3.Connection, body: str) -> None:
    """Keep what the last look at all insights found, instead of the one before."""
    with ingest.transaction(db):
        db.execute(
            "CREATE TABLE IF NOT EXISTS insight_look (n INTEGER PRIMARY KEY, body TEXT NOT NULL)"
        )
        db.execute("INSERT OR REPLACE INTO insight_look VALUES (1, ?)", (body,))


def last_look(db: sqlite3.Connection) -> str | None:
    """Return what the last look found, or None before the first."""
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'insight_look'").fetchone()
    row = db.execute("SELECT body FROM insight_look").fetchone() if known else None
    return None if row is None else str(row[0])
