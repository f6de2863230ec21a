"""Who may look: one-time addresses that open a session, and the sessions themselves.

What a browser holds is looked up by its digest, so that how long a look takes says nothing about a
secret. One-time addresses end with the server; sessions may outlive it in a file of their owner's,
by digest too, so that who was writing when it was started anew need not come in again.
"""

import hmac
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

from kb.server.folder import private
from kb.server.people import Given
from kb.server.sessions import form_token

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

    def lasts(self, session: Session) -> bool:
        """Tell whether a session still lasts; to ask does not make it last longer."""

    def leave(self, session: Session) -> None:
        """End a session at once."""


class Doorkeeper:
    """Gives out one-time addresses and sessions; safe to ask from several threads."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Begin with nobody inside; `clock` counts seconds."""
        self._clock = clock
        self._lock = Lock()
        self._addresses: dict[bytes, float] = {}
        self._sessions: dict[bytes, float] = {}
        self._file: Path | None = None

    def remember(self, file: Path) -> None:
        """Let those in again whom a server before let in, and keep who is let in from now on."""
        with self._lock:
            self._file = file
            self._sessions |= _read(file)

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
            own, until = secrets.token_urlsafe(32), now + SESSION_SECONDS
            while len(self._sessions) >= SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_digest(own)] = until
            self._keep()
            return Session(own, form_token(own), until)

    def session(self, secret: str | None) -> Session | None:
        """Return the session of a cookie, or None when there is none or it is over."""
        if not secret:
            return None
        with self._lock:
            until = self._sessions.get(_digest(secret))
            if until is None:
                return None
            if until <= self._clock():
                del self._sessions[_digest(secret)]
                return None
        return Session(secret, form_token(secret), until)

    def lasts(self, session: Session) -> bool:
        """Tell whether a session still lasts."""
        return self.session(session.secret) is not None

    def leave(self, session: Session) -> None:
        """End a session at once."""
        with self._lock:
            self._sessions.pop(_digest(session.secret), None)
            self._keep()

    def _keep(self) -> None:
        """Write down who is inside; where that can't be done they come in again after a restart."""
        if self._file is None:
            return
        lines = "".join(f"{digest.hex()} {until:.0f}\n" for digest, until in self._sessions.items())
        new = self._file.with_suffix(".new")
        with suppress(OSError):
            new.unlink(missing_ok=True)
            descriptor = private(new)
            os.write(descriptor, lines.encode("ascii"))
            os.close(descriptor)
            new.replace(self._file)


def same(session: Session, token: str | None) -> bool:
    """Tell whether a form was made for this session."""
    return token is not None and hmac.compare_digest(token.encode(), session.form_token.encode())


def _read(file: Path) -> dict[bytes, float]:
    """Return the sessions of a file, by digest; none where it is not readable."""
    found: dict[bytes, float] = {}
    with suppress(OSError, ValueError):
        for line in file.read_text("ascii").splitlines()[-SESSIONS:]:
            digest, _, until = line.partition(" ")
            found[bytes.fromhex(digest)] = float(until)
    return found


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
