"""Who may look: one-time addresses that open a session, and the sessions themselves.

All of it is in memory and ends with the server. What a browser holds is looked up by its digest,
so that how long a look takes says nothing about a secret.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import NamedTuple, Protocol

from kb.server.people import Given

ADDRESS_SECONDS = 600
"""How long a one-time address can be opened."""
SESSION_SECONDS = 12 * 3600
"""How long a session lasts, whatever is done in it."""
SESSIONS = 200
"""How many sessions are kept; the oldest go first."""


class Session(NamedTuple):
    """One browser that was let in: what its cookie and its forms must say, and until when.

    On a team's server `person` is the key of who logged in, `name` theirs if `kb.toml` has none,
    and `role` what this server gives them; else `person` is None and who serves is who asks.
    """

    secret: str
    form_token: str
    until: float
    person: str | None = None
    name: str = ""
    role: Given | None = None


class Doors(Protocol):
    """Where sessions are opened and found."""

    def enter(self, secret: str) -> Session | None:
        """Open a session with a one-time secret; None when it was used, is old, or is none."""

    def session(self, secret: str | None) -> Session | None:
        """Return the session of a cookie, or None when there is none or it is over."""

    def leave(self, session: Session) -> None:
        """End a session at once."""


class Doorkeeper:
    """Gives out one-time addresses and sessions; safe to ask from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody inside; `clock` counts seconds and never goes back."""
        self._clock = clock
        self._lock = Lock()
        self._addresses: dict[bytes, float] = {}
        self._sessions: dict[bytes, Session] = {}

    def address(self) -> str:
        """Return a new secret that opens one session, once, within ten minutes."""
        secret = secrets.token_urlsafe(24)
        now = self._clock()
        with self._lock:
            self._addresses = {k: until for k, until in self._addresses.items() if until > now}
            self._addresses[_digest(secret)] = now + ADDRESS_SECONDS
        return secret

    def enter(self, secret: str) -> Session | None:
        """Open a session with a one-time secret; None when it was used, is old, or is none."""
        now = self._clock()
        with self._lock:
            until = self._addresses.pop(_digest(secret), 0.0)
            if until <= now:
                return None
            made = Session(
                secrets.token_urlsafe(32), secrets.token_urlsafe(24), now + SESSION_SECONDS
            )
            while len(self._sessions) >= SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_digest(made.secret)] = made
            return made

    def session(self, secret: str | None) -> Session | None:
        """Return the session of a cookie, or None when there is none or it is over."""
        if not secret:
            return None
        with self._lock:
            found = self._sessions.get(_digest(secret))
            if found is not None and found.until <= self._clock():
                del self._sessions[_digest(secret)]
                return None
            return found

    def leave(self, session: Session) -> None:
        """End a session at once."""
        with self._lock:
            self._sessions.pop(_digest(session.secret), None)


def same(session: Session, token: str | None) -> bool:
    """Tell whether a form was made for this session."""
    return token is not None and hmac.compare_digest(token.encode(), session.form_token.encode())


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
