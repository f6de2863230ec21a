"""Sessions of browsers on a team's server: by digest, with an end that nothing puts off."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple

from kb.server import secret
from kb.server.state import State

SESSION_SECONDS = 12 * 3600
"""How long a session lasts, whatever is done in it."""
IDLE_SECONDS = 2 * 3600
"""How long a session lasts in which nothing is done."""
SEEN_SECONDS = 60
"""How exactly it is noted when something was last done: not each look has to be written."""


class Open(NamedTuple):
    """A session that is open: whose it is, and until when at most."""

    person: str
    until: float


class Sessions:
    """The sessions of one server; they outlive it."""

    def __init__(self, state: State) -> None:
        """Keep them in `state`."""
        self._state = state

    def begin(self, person: str, old: str | None = None) -> str:
        """Return the secret of a new session; the `old` one of the same browser ends."""
        made, now = secret.new(), self._state.now()
        with self._state.write() as db:
            db.execute(
                "DELETE FROM session WHERE digest = ? OR until <= ? OR seen <= ?",
                (secret.digest(old or ""), now, now - IDLE_SECONDS),
            )
            db.execute(
                "INSERT INTO session VALUES(?, ?, ?, ?, ?)",
                (secret.digest(made), person, now, now, now + SESSION_SECONDS),
            )
        return made

    def find(self, typed: str, *, used: bool = True) -> Open | None:
        """Return the open session of a secret, or None when there is none or it is over.

        That it was `used` puts the end of an idle one off.
        """
        now, digest = self._state.now(), secret.digest(typed)
        row = self._state.one(
            "SELECT person, until, seen FROM session WHERE digest = ? AND until > ? AND seen > ?",
            digest,
            now,
            now - IDLE_SECONDS,
        )
        if row is None:
            return None
        if used and now - row["seen"] > SEEN_SECONDS:
            with self._state.write() as db:
                db.execute("UPDATE session SET seen = ? WHERE digest = ?", (now, digest))
        return Open(row["person"], row["until"])

    def end(self, typed: str) -> None:
        """End the session of a secret at once."""
        with self._state.write() as db:
            db.execute("DELETE FROM session WHERE digest = ?", (secret.digest(typed),))

    def end_all(self, person: str) -> None:
        """End all sessions of a person, in every browser."""
        with self._state.write() as db:
            db.execute("DELETE FROM session WHERE person = ?", (person,))

    def count(self, person: str) -> int:
        """Return how many sessions of a person are open."""
        now = self._state.now()
        row = self._state.one(
            "SELECT count(*) AS n FROM session WHERE person = ? AND until > ? AND seen > ?",
            person,
            now,
            now - IDLE_SECONDS,
        )
        return int(row["n"]) if row else 0


def form_token(session: str) -> str:
    """Return what the forms of a session must bear; it follows from the session's secret alone."""
    made = hmac.digest(session.encode("utf-8", "surrogatepass"), b"kb form", sha256)
    return urlsafe_b64encode(made).rstrip(b"=").decode("ascii")
