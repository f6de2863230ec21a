"""What a new meeting has to take up: topics that were left undecided, and the last decisions.

Open TODOs are in `lists.todos`. All of it is a view of the old lines, nothing is copied.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue.lists import DONE, NOT_A_COPY

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
    """Return the meeting with those TODOs done that a later one ticked where it shows them.

    So are the lines that were carried over, when their TODO is done wherever it was ticked.
    """
    from kb.model import ticks

    waiting = [todo.id for todo in meeting.todos if not todo.done]
    links = open_links(meeting)
    if not waiting and not links:
        return meeting
    rows = db.execute(
        f"""
        SELECT '', i.id FROM item i CROSS JOIN meeting m ON m.n = i.meeting
        WHERE i.id IN (SELECT value FROM json_each(:waiting)) AND i.kind = 'tick'
            AND m.account = :account
        UNION ALL {_FINISHED}
        """,  # noqa: S608 (a constant of this module)
        {"waiting": json.dumps(waiting), "account": meeting.account, "links": _ids(links)},
    ).fetchall()
    finished = {f"{account}#^{id_}" for account, id_ in rows if account}
    return ticks.with_ticks(meeting, {id_ for account, id_ in rows if not account}, finished)


def open_links(meeting: "Meeting") -> tuple[str, ...]:
    """Return the TODOs (`account#^id`) that a meeting carries over without a tick of its own."""
    from kb.model.ticks import target

    return tuple(
        target(one.link, meeting.account)
        for one in meeting.carried
        if not one.done and "#^t-" in one.link
    )


_FINISHED = f"""
    SELECT m.account, i.id FROM item i CROSS JOIN meeting m ON m.n = i.meeting
    WHERE i.id IN (SELECT value FROM json_each(:links)) AND i.kind = 'todo'
        AND {DONE} AND {NOT_A_COPY}
"""  # noqa: S608 (constants of this package)


def _ids(links: Collection[str]) -> str:
    return json.dumps([link.rpartition("#^")[2] for link in links])


def ticked(
    db: sqlite3.Connection, account: str, links: Mapping[str, Collection[str]]
) -> dict[str, frozenset[str]]:
    """Return what `with_ticks` takes for done, by the meetings' keys: open TODOs, and links.

    `links` has the `open_links` of each meeting by its key. Meetings without any are left out.
    """
    every = {link for of_one in links.values() for link in of_one}
    rows = db.execute(
        f"""
        SELECT '', m.key, t.id FROM meeting m JOIN item t ON t.meeting = m.n
        WHERE m.account = :account AND m.key IN (SELECT value FROM json_each(:keys))
            AND t.kind = 'todo' AND t.done = 0 AND EXISTS (
                SELECT 1 FROM item i CROSS JOIN meeting x ON x.n = i.meeting
                WHERE i.id = t.id AND i.kind = 'tick' AND x.account = m.account
            )
        UNION ALL SELECT 'done', * FROM ({_FINISHED})
        """,  # noqa: S608 (a constant of this module)
        {"account": account, "keys": json.dumps(list(links)), "links": _ids(every)},
    )
    found: dict[str, set[str]] = {}
    finished: set[str] = set()
    for done, key, id_ in rows:
        if done:
            finished.add(f"{key}#^{id_}")
        else:
            found.setdefault(key, set()).add(id_)
    for key, of_one in links.items():
        if shown := finished.intersection(of_one):
            found.setdefault(key, set()).update(shown)
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
