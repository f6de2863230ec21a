"""Links with which a guest sees one meeting: who made them, until when they open, when they did.

The secret of a link is told once, to who made it, and kept as its digest only.
"""

import secrets
from sqlite3 import Row
from typing import NamedTuple

from kb.errors import NotFound, WrongUse
from kb.server import secret
from kb.server.state import State

DAYS = (1, 7, 14, 30, 90)
"""For how many days a link can be made."""
USUAL_DAYS = 14
DAY_SECONDS = 24 * 3600
OPENED_SECONDS = 60
"""How exactly it is noted when a link was last opened: not each look has to be written."""
PER_MEETING = 50
"""How many open links a meeting may have."""


class Link(NamedTuple):
    """One link to one meeting; moments are seconds since 1970, None where it was never.

    `meeting` is the id of the meeting in the document of `account`; `by_whom` is a member's key.
    """

    id: str
    account: str
    meeting: str
    made: float
    by_whom: str
    until: float
    withdrawn: float | None
    opened: float | None


class Made(NamedTuple):
    """A new link, and its secret, which nobody can tell again."""

    link: Link
    secret: str


class Guests:
    """The links of one server."""

    def __init__(self, state: State) -> None:
        """Keep them in `state`."""
        self._state = state

    def make(self, account: str, meeting: str, by_whom: str, days: int = USUAL_DAYS) -> Made:
        """Return a new link that opens for `days`.

        Raises `WrongUse`: "guest-days" for another time than those of `DAYS`, "guest-many".
        """
        if days not in DAYS:
            raise WrongUse("guest-days", days=days)
        if sum(self.opens(link) for link in self.of(account, meeting)) >= PER_MEETING:
            raise WrongUse("guest-many", most=PER_MEETING)
        made, now = secret.new(), self._state.now()
        link = Link(
            *(secrets.token_hex(8), account, meeting, now, by_whom, now + days * DAY_SECONDS),
            *(None, None),
        )
        with self._state.write() as db:
            db.execute(
                "INSERT INTO guest(id, digest, account, meeting, made, by_whom, until)"
                " VALUES(?, ?, ?, ?, ?, ?, ?)",
                (link.id, secret.digest(made), *link[1:6]),
            )
        return Made(link, made)

    def find(self, typed: str) -> Link | None:
        """Return the link of a secret while it opens, else None."""
        row = self._state.one(f"{_ASKED} WHERE digest = ?", secret.digest(typed))
        link = _link(row) if row else None
        return link if link is not None and self.opens(link) else None

    def get(self, id_: str) -> Link | None:
        """Return a link by its id, whether it still opens or not."""
        row = self._state.one(f"{_ASKED} WHERE id = ?", id_)
        return _link(row) if row else None

    def opens(self, link: Link) -> bool:
        """Tell whether a link opens: it was not withdrawn and is not too old."""
        return link.withdrawn is None and self._state.now() < link.until

    def of(self, account: str, meeting: str) -> list[Link]:
        """Return all links of a meeting, the newest first."""
        question = f"{_ASKED} WHERE account = ? AND meeting = ? ORDER BY made DESC, id"
        return [_link(row) for row in self._state.read(question, account, meeting)]

    def elsewhere(self, account: str, meeting: str) -> list[Link]:
        """Return the links of a meeting that were made in the document of another account."""
        question = f"{_ASKED} WHERE meeting = ? AND account <> ?"
        return [_link(row) for row in self._state.read(question, meeting, account)]

    def move(self, id_: str, account: str) -> None:
        """Let a link follow its meeting to the name that its account has now."""
        with self._state.write() as db:
            db.execute("UPDATE guest SET account = ? WHERE id = ?", (account, id_))

    def saw(self, link: Link) -> None:
        """Note that a guest opened a link just now."""
        now = self._state.now()
        if link.opened is None or now - link.opened >= OPENED_SECONDS:
            with self._state.write() as db:
                db.execute("UPDATE guest SET opened = ? WHERE id = ?", (now, link.id))

    def withdraw(self, id_: str, account: str, meeting: str) -> Link:
        """Let a link of this meeting open no more, at once; the first time is what is kept.

        Raises `NotFound("guest-none")` for one that the meeting does not have.
        """
        with self._state.write() as db:
            db.execute(
                "UPDATE guest SET withdrawn = ? WHERE id = ? AND account = ? AND meeting = ?"
                " AND withdrawn IS NULL",
                (self._state.now(), id_, account, meeting),
            )
        link = self.get(id_)
        if link is None or (link.account, link.meeting) != (account, meeting):
            raise NotFound("guest-none")
        return link


_ASKED = "SELECT id, account, meeting, made, by_whom, until, withdrawn, opened FROM guest"


def _link(row: Row) -> Link:
    return Link(*row)
