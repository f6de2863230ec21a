"""What the documents say to the playbook: which hypotheses cite a page, where a quoted line is."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from kb.catalogue.lists import NOT_A_COPY


class Cited(NamedTuple):
    """A hypothesis that cites pages: where it stands, how it ended, in which kind of account.

    `refs` are the links of its 参照 / See; `verdict` is an English key or None.
    """

    id: str
    refs: tuple[str, ...]
    verdict: str | None
    account: str
    segment: str | None
    path: str
    line: int
    date: str
    meeting: str


class Placed(NamedTuple):
    """A line that has an id, written or derived, with the meeting and the account around it."""

    id: str
    given: bool
    kind: str
    account: str
    path: str
    date: str
    meeting: str
    csm: str | None


def cited(db: sqlite3.Connection, page: str | None = None) -> list[Cited]:
    """Return the hypotheses that cite `page` (None: any), the oldest first.

    A hypothesis whose line was copied counts once; archived accounts count too.
    """
    rows = db.execute(
        f"""
        SELECT i.id, i.link, i.verdict, m.account, a.segment, m.path, m.line + i.line, m.date, m.id
        FROM item i JOIN meeting m ON m.n = i.meeting LEFT JOIN account a ON a.path = m.path
        WHERE i.kind = 'hypothesis' AND i.link IS NOT NULL
            AND (:page IS NULL OR instr(i.link, ' ' || :page || ' ') > 0) AND {NOT_A_COPY}
        ORDER BY m.begins, m.account, m.path, m.line + i.line
        """,  # noqa: S608 (a constant)
        {"page": page},
    )
    return [Cited(id_, tuple(link.split()), *rest) for id_, link, *rest in rows]


def placed(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[Placed]]:
    """Return where the lines of these ids stand, those that are written before derived ones."""
    found: dict[str, list[Placed]] = {}
    for id_ in dict.fromkeys(ids):
        rows = db.execute(
            """
            SELECT :id, i.given, i.kind, m.account, m.path, m.date, m.id, a.csm, m.begins
            FROM item i JOIN meeting m ON m.n = i.meeting LEFT JOIN account a ON a.path = m.path
            WHERE i.id = :id AND i.kind <> 'tick'
            UNION ALL
            SELECT :id, m.given, 'meeting', m.account, m.path, m.date, m.id, a.csm, m.begins
            FROM meeting m LEFT JOIN account a ON a.path = m.path WHERE m.id = :id
            UNION ALL
            SELECT :id, 1, x.kind, m.account, m.path, m.date, m.id, a.csm, m.begins
            FROM also x JOIN meeting m ON m.n = x.meeting LEFT JOIN account a ON a.path = m.path
            WHERE x.id = :id
            ORDER BY 2 DESC, 9, 5
            """,
            {"id": id_},
        )
        found[id_] = [Placed(row[0], bool(row[1]), *row[2:8]) for row in rows]
    return found


def page_files(db: sqlite3.Connection) -> list[str]:
    """Return the paths of all pages of the playbook, in order."""
    return [path for (path,) in db.execute("SELECT path FROM page ORDER BY path")]


def account_files(db: sqlite3.Connection) -> list[tuple[str, str, str | None, str | None]]:
    """Return (account, path, CSM, segment) of every account's document, archived ones too."""
    rows = db.execute("SELECT account, path, csm, segment FROM account ORDER BY path")
    return [(account, path, csm, segment) for account, path, csm, segment in rows]
