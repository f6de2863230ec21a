"""All insights of all meetings as rows, the oldest meeting first."""

import sqlite3
from typing import NamedTuple

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
