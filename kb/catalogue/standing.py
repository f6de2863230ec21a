"""Lists over all accounts that stand ready: only what changed since the last time is asked again.

Over thousands of documents a list takes a tenth of a second, and a server is asked for it many
times between two changes. What stands here is always what `kb.catalogue.lists` would say.
"""

import sqlite3
from collections.abc import Iterable

from kb.catalogue import lists
from kb.catalogue.lists import Account, TodoRow

MANY = 200
"""Documents from which on everything is asked anew: that is as fast."""


class Standing:
    """The accounts and the open TODOs of one store; its owner keeps threads apart."""

    def __init__(self) -> None:
        """Begin with nothing; the first answer asks for all."""
        self._mark: object = None
        self._files: dict[str, tuple[str, str]] = {}
        self._accounts: dict[str, Account] = {}
        self._until: dict[str, str] = {}
        self._todos: dict[str, list[TodoRow]] = {}
        self._now = self._today = ""
        self._stale_accounts: set[str] | None = None
        self._stale_todos: set[str] | None = None
        self._by_name: list[Account] = []
        self._by_due: list[TodoRow] = []

    def accounts(self, db: sqlite3.Connection, now: str) -> list[Account]:
        """Return what `lists.accounts` says, archived ones too; not to be changed."""
        self._follow(db)
        if now < self._now:  # the clock was set back: what was over may not be
            self._stale_accounts = None
        elif now > self._now and self._stale_accounts is not None:
            self._stale_accounts |= {path for path, at in self._until.items() if at <= now}
        self._now = now
        stale = self._few(self._stale_accounts)
        if stale is None or stale:
            found = lists.accounts_until(db, now, stale)
            for path in self._accounts.copy() if stale is None else stale:
                self._accounts.pop(path, None)
                self._until.pop(path, None)
            for one, until in found:
                self._accounts[one.path] = one
                if until is not None:
                    self._until[one.path] = until
            self._by_name = sorted(self._accounts.values(), key=lambda a: (a.account, a.path))
        self._stale_accounts = set()
        return self._by_name

    def todos(self, db: sqlite3.Connection, today: str) -> list[TodoRow]:
        """Return what `lists.todos` says of all accounts; not to be changed."""
        self._follow(db)
        if today != self._today:
            self._stale_todos = None
        self._today = today
        stale = self._few(self._stale_todos)
        if stale is None or stale:
            found = lists.todos(db, today, paths=stale)
            for path in self._todos.copy() if stale is None else stale:
                self._todos.pop(path, None)
            for row in found:
                self._todos.setdefault(row.path, []).append(row)
            every = (row for rows in self._todos.values() for row in rows)
            self._by_due = sorted(every, key=_by_due)
        self._stale_todos = set()
        return self._by_due

    def _few(self, stale: set[str] | None) -> list[str] | None:
        """Return the documents to ask for, None where that is all of them."""
        return None if stale is None or len(stale) > MANY else sorted(stale)

    def _follow(self, db: sqlite3.Connection) -> None:
        """Note which documents have other rows than at the last time."""
        (version,) = db.execute("PRAGMA data_version").fetchone()
        mark = (db, version, db.total_changes)
        if mark == self._mark:
            return
        files = {path: (blob, how) for path, blob, how in db.execute(
            "SELECT path, blob, context FROM file WHERE path < 'b'"
        )}  # fmt: skip
        changed = {path for path, seen in files.items() if self._files.get(path) != seen}
        changed |= self._files.keys() - files.keys()
        if len(changed) <= MANY:
            changed |= self._of_the_same(db, changed)
        for stale in (self._stale_accounts, self._stale_todos):
            if stale is not None:
                stale.update(changed)
        self._files = files
        self._mark = mark

    def _of_the_same(self, db: sqlite3.Connection, changed: Iterable[str]) -> set[str]:
        """Return the other documents of the same accounts: what is done there counts here, too."""
        found: set[str] = set()
        for path in changed:
            names = {self._accounts[path].account} if path in self._accounts else set()
            row = db.execute("SELECT account FROM account WHERE path = ?", (path,)).fetchone()
            for name in names | ({row[0]} if row else set()):
                rows = db.execute("SELECT path FROM account WHERE account = ?", (name,))
                found |= {other for (other,) in rows}
        return found


def _by_due(row: TodoRow) -> tuple[bool, str, str, str, int]:
    return row.due is None, row.due or "", row.account, row.path, row.line
