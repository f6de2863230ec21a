"""What a new meeting has to take up: topics that were left undecided, and the last decisions.

Open TODOs are in `lists.todos`. All of it is a view of the old lines, nothing is copied.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue.lists import NOT_A_COPY

if TYPE_CHECKING:
    from kb.model.meeting import Meeting


class UndecidedTopic(NamedTuple):
    """A topic without a decision, in it or in what continued it; `date` and `line` are its own.

    `last` is the day of the meeting that took it up last.
    """

    id: str
    given: bool
    title: str
    account: str
    date: str
    path: str
    line: int
    last: str


class DecisionRow(NamedTuple):
    """A decision in a list; `meeting` is its meeting's id."""

    id: str
    given: bool
    text: str
    account: str
    date: str
    path: str
    line: int
    internal: bool
    meeting: str


def undecided(
    db: sqlite3.Connection, account: str, before: str | None = None
) -> list[UndecidedTopic]:
    """Return the account's undecided topics, the one taken up last first.

    `before` (YYYY-MM-DDTHH:MM) leaves out meetings that begin at that moment or later.
    """
    rows = db.execute(
        f"""
        SELECT i.id, i.given, i.text, m.account, m.date, m.path, m.line + i.line, i.decided, i.link
        FROM item i JOIN meeting m ON m.n = i.meeting
        WHERE m.account = :account AND i.kind = 'topic' AND m.cancelled = 0
            AND (:before IS NULL OR m.begins < :before) AND {NOT_A_COPY}
        ORDER BY m.begins, m.path, m.line + i.line
        """,  # noqa: S608 (a constant of this package)
        {"account": account, "before": before},
    ).fetchall()
    first_id = dict(
        db.execute(
            "SELECT x.id, i.id FROM also x JOIN item i ON i.meeting = x.meeting AND i.line = x.line"
            " AND i.kind = x.kind JOIN meeting m ON m.n = x.meeting"
            " WHERE m.account = ? AND x.kind = 'topic'",
            (account,),
        ).fetchall()
    )
    root_of: dict[str, str] = {}
    open_topics: dict[str, UndecidedTopic] = {}
    decided: set[str] = set()
    for id_, given, title, slug, date, path, line, has_decision, link in rows:
        target = link.rpartition("#^")[2] if link else ""
        root = root_of.get(first_id.get(target, target), id_)
        root_of[id_] = root
        if has_decision:
            decided.add(root)
        if root in open_topics:
            open_topics[root] = open_topics[root]._replace(last=date)
        elif title:
            row = UndecidedTopic(id_, bool(given), title, slug, date, path, line, date)
            open_topics[root] = row
    left = [topic for root, topic in open_topics.items() if root not in decided]
    return sorted(left, key=lambda topic: topic.last, reverse=True)


def with_ticks(db: sqlite3.Connection, meeting: "Meeting") -> "Meeting":
    """Return the meeting with those TODOs done that a later one ticked where it shows them."""
    from kb.model import reading

    waiting = [todo.id for todo in meeting.todos if not todo.done]
    if not waiting:
        return meeting
    rows = db.execute(
        "SELECT DISTINCT i.id FROM item i CROSS JOIN meeting m ON m.n = i.meeting"
        " WHERE i.id IN (SELECT value FROM json_each(?)) AND i.kind = 'tick' AND m.account = ?",
        (json.dumps(waiting), meeting.account),
    )
    return reading.with_ticks(meeting, {id_ for (id_,) in rows})


def ticked(db: sqlite3.Connection, account: str, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return which open TODOs `with_ticks` takes for done, by the meetings' keys.

    Meetings without such TODOs are left out.
    """
    rows = db.execute(
        "SELECT m.key, t.id FROM meeting m JOIN item t ON t.meeting = m.n"
        " WHERE m.account = :account AND m.key IN (SELECT value FROM json_each(:keys))"
        " AND t.kind = 'todo' AND t.done = 0 AND EXISTS ("
        " SELECT 1 FROM item i CROSS JOIN meeting x ON x.n = i.meeting"
        " WHERE i.id = t.id AND i.kind = 'tick' AND x.account = m.account)",
        {"account": account, "keys": json.dumps(list(keys))},
    )
    found: dict[str, set[str]] = {}
    for key, id_ in rows:
        found.setdefault(key, set()).add(id_)
    return {key: frozenset(ids) for key, ids in found.items()}


def last_decisions(
    db: sqlite3.Connection, account: str, before: str | None = None
) -> list[DecisionRow]:
    """Return what was decided in the account's latest meeting that decided anything.

    `before` (YYYY-MM-DDTHH:MM) leaves out meetings that begin at that moment or later.
    """
    rows = db.execute(
        """
        SELECT i.id, i.given, i.text, m.account, m.date, m.path, m.line + i.line, i.internal, m.id
        FROM item i JOIN meeting m ON m.n = i.meeting
        WHERE i.kind = 'decision' AND m.n = (
            SELECT m.n FROM meeting m JOIN item i ON i.meeting = m.n
            WHERE m.account = :account AND i.kind = 'decision' AND m.cancelled = 0
                AND (:before IS NULL OR m.begins < :before)
            ORDER BY m.begins DESC, m.path, m.line LIMIT 1
        )
        ORDER BY i.line
        """,
        {"account": account, "before": before},
    )
    found = map(DecisionRow._make, rows)
    return [one._replace(given=bool(one.given), internal=bool(one.internal)) for one in found]
