"""Who may come in: invitations that open once, passwords, and how often one may try.

Members are those of `kb.toml`; here they have a password, and perhaps the role "admin". Viewers
are known here alone. A key that is no member's and no viewer's lets nobody in.
"""

from collections.abc import Collection, Mapping
from sqlite3 import Connection, Row
from typing import Literal, NamedTuple, cast

from kb.errors import NotAllowed, NotFound, WrongUse
from kb.server import passwords, secret
from kb.server.state import State

INVITED_SECONDS = 7 * 24 * 3600
"""How long an invitation can be opened."""
FIRST_SECONDS = 24 * 3600
"""How long the invitation of the first administrator can be opened."""
TRIES = 8
"""How often one may be wrong with a name within `TRIES_SECONDS`."""
TRIES_FROM = 40
"""How often one may be wrong from one address."""
TRIES_SECONDS = 15 * 60

Given = Literal["admin", "viewer"]
"""The roles that are given here; all others are those of `kb.toml`."""


class Person(NamedTuple):
    """Somebody who may come in, or was invited to; `role` is None where `kb.toml` says it."""

    key: str
    name: str
    role: Given | None
    has_password: bool
    made: float


class People:
    """The accounts of a server."""

    def __init__(self, state: State) -> None:
        """Keep them in `state`."""
        self._state = state

    def all(self) -> list[Person]:
        """Return everybody who was ever invited, by key."""
        return [_person(row) for row in self._state.read(f"{_ASKED} ORDER BY key")]

    def get(self, key: str) -> Person | None:
        """Return one of them."""
        row = self._state.one(f"{_ASKED} WHERE key = ?", key)
        return _person(row) if row else None

    def invite(self, key: str, name: str, role: Given | None, by_whom: str) -> str:
        """Return the secret of an invitation; earlier ones of the same person open nothing more.

        An invitation is also how a forgotten password is replaced; the old one holds until then.
        `role` becomes theirs at once, except that an administrator stays one.
        """
        made, now = secret.new(), self._state.now()
        seconds = INVITED_SECONDS if by_whom else FIRST_SECONDS
        with self._state.write() as db:
            db.execute(
                "INSERT INTO person(key, name, role, made) VALUES(?, ?, ?, ?) ON CONFLICT(key)"
                " DO UPDATE SET name = excluded.name, role = coalesce(excluded.role, role)",
                (key, name, role, now),
            )
            db.execute("DELETE FROM invitation WHERE person = ? OR until <= ?", (key, now))
            db.execute(
                "INSERT INTO invitation VALUES(?, ?, ?, ?, ?)",
                (secret.digest(made), key, now, now + seconds, by_whom),
            )
        return made

    def know(self, key: str, name: str) -> Person:
        """Return somebody whom another server lets in; noted if they never came before."""
        with self._state.write() as db:
            db.execute(
                "INSERT INTO person(key, name, made) VALUES(?, ?, ?)"
                " ON CONFLICT(key) DO UPDATE SET name = excluded.name",
                (key, name, self._state.now()),
            )
        person = self.get(key)
        assert person is not None
        return person

    def invited(self, typed: str) -> Person | None:
        """Return whom an invitation is for, None when it was used, is old, or is none."""
        row = self._state.one(
            "SELECT person FROM invitation WHERE digest = ? AND until > ?",
            secret.digest(typed),
            self._state.now(),
        )
        return self.get(row["person"]) if row else None

    def pending(self) -> dict[str, float]:
        """Return until when each invitation that was not opened can be, by person."""
        rows = self._state.read(
            "SELECT person, until FROM invitation WHERE until > ?", self._state.now()
        )
        return {row["person"]: row["until"] for row in rows}

    def accept(self, invitation: str, password: str, *about: str) -> Person:
        """Set the password of who was invited, and end all their sessions; return who it is.

        Raises `NotFound("invitation-used")`, and what `passwords.fit` raises.
        """
        person = self.invited(invitation)
        if person is None:
            raise NotFound("invitation-used")
        kept = passwords.hashed(passwords.fit(password, person.key, person.name, *about))
        with self._state.write() as db:
            used = db.execute(
                "DELETE FROM invitation WHERE digest = ? AND until > ?",
                (secret.digest(invitation), self._state.now()),
            )
            if used.rowcount != 1:  # somebody else was quicker
                raise NotFound("invitation-used")
            _set(db, person.key, kept)
        return person._replace(has_password=True)

    def change(self, key: str, old: str, new: str, *about: str) -> None:
        """Replace a password by one who knows it; all sessions of theirs end.

        Raises `WrongUse("password-wrong")`, `NotAllowed("login-too-often")`, and what
        `passwords.fit` raises.
        """
        self._try({f"person:{key}": TRIES})
        row = self._state.one(f"{_ASKED} WHERE key = ?", key)
        if row is None or not passwords.agrees(row["password"], old):
            raise WrongUse("password-wrong")
        kept = passwords.hashed(passwords.fit(new, key, row["name"], *about))
        with self._state.write() as db:
            _set(db, key, kept)

    def login(self, key: str, password: str, address: str) -> Person:
        """Return who says the right password from a network `address`.

        Whether the name or the password is wrong is not told, by words or by time. Raises
        `NotAllowed("login-too-often")` and `WrongUse("login-wrong")`.
        """
        place = f"from:{address}"
        self._try({f"person:{key}": TRIES, place: TRIES_FROM})
        row = self._state.one(f"{_ASKED} WHERE key = ?", key)
        if not passwords.agrees(row["password"] if row else None, password) or row is None:
            raise WrongUse("login-wrong")
        with self._state.write() as db:
            db.execute("DELETE FROM failure WHERE what = ?", (f"person:{key}",))
            db.execute(
                "DELETE FROM failure WHERE rowid = (SELECT max(rowid) FROM failure WHERE what = ?)",
                (place,),
            )
        return _person(row)

    def give(self, key: str, role: Given | None) -> None:
        """Make somebody an administrator or a viewer, or (None) what `kb.toml` says.

        Raises `NotAllowed("last-admin")` rather than leave nobody who administers.
        """
        with self._state.write() as db:
            db.execute("UPDATE person SET role = ? WHERE key = ?", (role, key))
            _still_an_admin(db)

    def remove(self, key: str) -> None:
        """Let somebody in no more: their password, sessions, invitations and tokens go.

        Raises `NotAllowed("last-admin")`.
        """
        with self._state.write() as db:
            db.execute("DELETE FROM person WHERE key = ?", (key,))
            db.execute("DELETE FROM session WHERE person = ?", (key,))
            db.execute("DELETE FROM invitation WHERE person = ?", (key,))
            db.execute("DELETE FROM token WHERE member = ?", (key,))
            _still_an_admin(db)

    def forget_all_but(self, known: Collection[str]) -> None:
        """End the sessions of everybody who is in `known` no more (out of `kb.toml`)."""
        with self._state.write() as db:
            keys = {row["person"] for row in db.execute("SELECT DISTINCT person FROM session")}
            for key in keys.difference(known):
                db.execute("DELETE FROM session WHERE person = ?", (key,))

    def _try(self, most: Mapping[str, int]) -> None:
        """Count a try against each of `most` before it is made: many at once are many tries."""
        now = self._state.now()
        with self._state.write() as db:
            db.execute("DELETE FROM failure WHERE at <= ?", (now - TRIES_SECONDS,))
            for what, limit in most.items():
                tried = db.execute("SELECT count(*) FROM failure WHERE what = ?", (what,))
                if tried.fetchone()[0] >= limit:
                    raise NotAllowed("login-too-often", minutes=TRIES_SECONDS // 60)
            db.executemany("INSERT INTO failure VALUES(?, ?)", [(what, now) for what in most])


_ASKED = "SELECT key, name, role, password, made FROM person"


def _person(row: Row) -> Person:
    role = cast("Given | None", row["role"])
    return Person(row["key"], row["name"], role, row["password"] is not None, row["made"])


def _set(db: Connection, key: str, kept: str) -> None:
    """Keep a new password; whoever came in with the old one is out, and may try again."""
    db.execute("UPDATE person SET password = ? WHERE key = ?", (kept, key))
    db.execute("DELETE FROM session WHERE person = ?", (key,))
    db.execute("DELETE FROM failure WHERE what = ?", (f"person:{key}",))


def _still_an_admin(db: Connection) -> None:
    there = db.execute("SELECT 1 FROM person WHERE role = 'admin' AND password IS NOT NULL")
    if there.fetchone() is None:
        raise NotAllowed("last-admin")
