"""Tokens with which a program asks in somebody's name: given out once, kept as their digest."""

from sqlite3 import Row
from typing import Literal, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.server import secret
from kb.server.state import State

PREFIX = "kbp_"
"""How every token begins, so that one is known wherever it was left behind."""
DAYS = (30, 90, 365)
"""For how many days a token may be made."""
MOST = 20
"""How many tokens one person may have."""
LONGEST = 60
"""The longest name of a token."""
SEEN_SECONDS = 60
"""How exactly it is noted when a token was last used: not each use has to be written."""

Scope = Literal["read", "write"]


class Token(NamedTuple):
    """A token as it is known later; `member` is who acts with it ("": whoever serves).

    `made`, `used` (None: never) and `until` are seconds since 1970.
    """

    id: str
    name: str
    member: str
    scope: Scope
    made: float
    used: float | None
    until: float


class Tokens:
    """The tokens of one server."""

    def __init__(self, state: State) -> None:
        """Keep them in `state`."""
        self._state = state

    def make(self, member: str, name: str, scope: Scope, days: int) -> tuple[str, Token]:
        """Return a new token, which nobody can read again, and what is known of it later.

        Raises `WrongUse` ("token-name", "token-days", "token-many").
        """
        shown = " ".join(name.split())
        if not shown or len(shown) > LONGEST or not shown.isprintable():
            raise WrongUse("token-name", most=LONGEST)
        if days not in DAYS:
            raise WrongUse("token-days")
        made, now = PREFIX + secret.new(), self._state.now()
        digest = secret.digest(made)
        token = Token(digest.hex()[:12], shown, member, scope, now, None, now + days * 86400)
        with self._state.write() as db:
            db.execute("DELETE FROM token WHERE until <= ?", (now,))
            held = db.execute("SELECT count(*) FROM token WHERE member = ?", (member,)).fetchone()
            if held[0] >= MOST:
                raise WrongUse("token-many", most=MOST)
            db.execute(
                "INSERT INTO token VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                (token.id, digest, shown, member, scope, now, None, token.until),
            )
        return made, token

    def find(self, typed: str) -> Token | None:
        """Return the token that somebody shows, None when it is none, withdrawn or over."""
        if not typed.startswith(PREFIX):
            return None
        now, digest = self._state.now(), secret.digest(typed)
        row = self._state.one("SELECT * FROM token WHERE digest = ? AND until > ?", digest, now)
        if row is None:
            return None
        if row["used"] is None or now - row["used"] > SEEN_SECONDS:
            with self._state.write() as db:
                db.execute("UPDATE token SET used = ? WHERE digest = ?", (now, digest))
        return _token(row)

    def of(self, member: str) -> list[Token]:
        """Return the tokens of a member that are not over, the newest first."""
        rows = self._state.read(
            "SELECT * FROM token WHERE member = ? AND until > ? ORDER BY made DESC, id",
            member,
            self._state.now(),
        )
        return [_token(row) for row in rows]

    def withdraw(self, member: str, id_: str) -> Token:
        """End a token of a member at once and return it a last time; `NotFound("no-token")`."""
        row = self._state.one("SELECT * FROM token WHERE id = ? AND member = ?", id_, member)
        if row is None:
            raise NotFound("no-token")
        with self._state.write() as db:
            db.execute("DELETE FROM token WHERE id = ?", (id_,))
        return _token(row)


def _token(row: Row) -> Token:
    return Token(*(row[name] for name in Token._fields))
