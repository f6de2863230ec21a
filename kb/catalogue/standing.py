"""Lists over all accounts that stand ready: only what changed since the last time is asked again.

Over thousands of documents a list takes a tenth of a second, and a server is asked for it many
times between two changes. What stands here is always what `kb.catalogue.lists` would say.
"""

import sqlite3
from bisect import insort
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from kb.catalogue import lists
from kb.catalogue.lists import Account, Listed, TodoRow

MANY = 200
"""Documents from which on everything is asked anew: that is as fast."""
WINDOWS = 4
"""How many stretches of days have their meetings ready: there is a day, and a week."""


class _Placed(Protocol):
    @property
    def path(self) -> str: ...


Row = TypeVar("Row", bound=_Placed)


class _Kept(Generic[Row]):
    """One list in its order; `stale` are the documents whose rows may be others, None: all."""

    def __init__(self, order: Callable[[Row], "tuple[object, ...]"]) -> None:
        self.stale: set[str] | None = None
        self._order = order
        self._rows: list[Row] = []

    def note(self, changed: Iterable[str]) -> None:
        """Note that the rows of these documents may be others."""
        if self.stale is not None:
            self.stale.update(changed)

    def rows(self, ask: Callable[[Sequence[str] | None], Iterable[Row]]) -> list[Row]:
        """Return the rows, after asking for those of stale documents (None: of all)."""
        stale = self.stale
        if stale is None or len(stale) > MANY:
            self._rows = sorted(ask(None), key=self._order)
        elif stale:
            rows = [row for row in self._rows if row.path not in stale]
            for row in ask(sorted(stale)):
                insort(rows, row, key=self._order)
            self._rows = rows
        self.stale = set()
        return self._rows


class Standing:
    """Lists of one store; its owner keeps threads apart, and nobody changes what is returned."""

    def __init__(self) -> None:
        """Begin with nothing; the first answer asks for all."""
        self._mark: object = None
        self._files: dict[str, tuple[str, str]] = {}
        self._accounts = _Kept[Account](lambda a: (a.account, a.path))
        self._until: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._todos = _Kept[TodoRow](_by_due)
        self._meetings: dict[Hashable, _Kept[Listed]] = {}
        self._now = self._today = ""

    def accounts(self, db: sqlite3.Connection, now: str) -> list[Account]:
        """Return what `lists.accounts` says, archived ones too."""
        self._follow(db)
        kept = self._accounts
        if now < self._now:  # the clock was set back: what was over may not be
            kept.stale = None
        elif now > self._now and kept.stale is not None:
            kept.stale |= {path for path, at in self._until.items() if at <= now}
        self._now = now

        def ask(paths: Sequence[str] | None) -> list[Account]:
            for path in self._until.copy() if paths is None else paths:
                self._until.pop(path, None)
            found = lists.accounts_until(db, now, paths)
            self._until |= {one.path: until for one, until in found if until is not None}
            return [one for one, _ in found]

        return kept.rows(ask)

    def todos(self, db: sqlite3.Connection, today: str) -> list[TodoRow]:
        """Return what `lists.todos` says of all accounts."""
        self._follow(db)
        if today != self._today:
            self._todos.stale = None
        self._today = today
        return self._todos.rows(lambda paths: lists.todos(db, today, paths=paths))

    def coming(self, db: sqlite3.Connection, since: str, until: str) -> list[Listed]:
        """Return what `lists.coming` says."""
        return self._of_days(
            (since, until), db, lambda paths: lists.coming(db, since, until, paths)
        )

    def unfinished(
        self, db: sqlite3.Connection, since: str, recent: str, until: str
    ) -> list[Listed]:
        """Return what `lists.unfinished` says."""
        return self._of_days(
            (since, recent, until),
            db,
            lambda paths: lists.unfinished(db, since, recent, until, paths),
        )

    def _of_days(
        self,
        days: Hashable,
        db: sqlite3.Connection,
        ask: Callable[[Sequence[str] | None], list[Listed]],
    ) -> list[Listed]:
        self._follow(db)
        kept = self._meetings.pop(days, None) or _Kept[Listed](_by_begin)
        self._meetings[days] = kept
        while len(self._meetings) > WINDOWS:  # the day that was asked for longest ago
            del self._meetings[next(iter(self._meetings))]
        return kept.rows(ask)

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
        else:
            self._names = dict(db.execute("SELECT path, account FROM account"))
        self._accounts.note(changed)
        self._todos.note(changed)
        for kept in self._meetings.values():
            kept.note(changed)
        self._files = files
        self._mark = mark

    def _of_the_same(self, db: sqlite3.Connection, changed: Iterable[str]) -> set[str]:
        """Return the other documents of the same accounts: what is done there counts here, too.

        That is so of the accounts that they were of, and of those that they are of now.
        """
        found: set[str] = set()
        for path in changed:
            before = self._names.pop(path, None)
            row = db.execute("SELECT account FROM account WHERE path = ?", (path,)).fetchone()
            if row:
                self._names[path] = row[0]
            for name in {before, self._names.get(path)}:
                rows = db.execute("SELECT path FROM account WHERE account = ?", (name,))
                found |= {other for (other,) in rows}
        return found


def _by_due(row: TodoRow) -> tuple[object, ...]:
    return row.due is None, row.due or "", row.account, row.path, row.line


def _by_begin(row: Listed) -> tuple[object, ...]:
    return row.begins, row.account, row.path, row.line
