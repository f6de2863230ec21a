"""Hypotheses that were judged, over all accounts: what a reviewer may compare a new one with."""

import sqlite3
from typing import NamedTuple

from kb.catalogue.lists import NOT_A_COPY


class Judged(NamedTuple):
    """A hypothesis with its verdict (an English key), where it stands, in which meeting."""

    id: str
    text: str
    verdict: str
    account: str
    date: str
    meeting: str
    path: str
    line: int


def judged(db: sqlite3.Connection, before: str, most: int) -> list[Judged]:
    """Return hypotheses with a verdict, of meetings that began before, the newest first.

    `before` is YYYY-MM-DDTHH:MM, `most` how many. One whose line was copied is one; archived
    accounts count too: what was learned there stays true.
    """
    rows = db.execute(
        f"""
        SELECT i.id, i.text, i.verdict, m.account, m.date, m.id, m.path, m.line + i.line
        FROM item i JOIN meeting m ON m.n = i.meeting
        WHERE i.kind = 'hypothesis' AND i.verdict IS NOT NULL AND m.counts = 1
            AND m.cancelled = 0 AND m.begins < ? AND {NOT_A_COPY}
        ORDER BY m.begins DESC, m.account, m.path, m.line + i.line LIMIT ?
        """,  # noqa: S608 (a constant)
        (before, most),
    )
    return [Judged._make(row) for row in rows]
