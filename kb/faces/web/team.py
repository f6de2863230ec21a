"""A server for a whole team: under which address it is known, and who has come in."""

from pathlib import Path
from urllib.parse import urlsplit

from kb.errors import WrongUse
from kb.faces.web.auth import Session
from kb.server import oidc
from kb.server.audit import Audit
from kb.server.people import People
from kb.server.sessions import Sessions, form_token
from kb.server.state import State


class Team:
    """What a server knows that lets several people in; safe to ask from several threads.

    `url` is the address that people type; with `proxy` a server of one's own stands in between,
    and is believed when it says from where somebody asks.
    """

    def __init__(self, folder: Path, url: str, *, proxy: bool = False) -> None:
        """Open the state in `folder`; raises `WrongUse("web-team-url")` for no such address.

        Also what `oidc.read` raises.
        """
        self.url, self.host = known_as(url)
        self.secure = self.url.startswith("https:")
        self.proxy = proxy
        self.state = State(folder)
        self.people = People(self.state)
        self.sessions = Sessions(self.state)
        self._audit = Audit(folder)
        known = oidc.read(folder)
        self.provider = oidc.Login(known, f"{self.url}/oidc/back") if known else None

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which a browser may speak to this server."""
        return frozenset({self.host})

    def enter(self, secret: str) -> Session | None:
        """Let nobody in with a one-time address: there are accounts here."""
        del secret
        return None

    def session(self, secret: str | None) -> Session | None:
        """Return the session of a cookie, or None when there is none or it is over."""
        found = self.sessions.find(secret) if secret else None
        person = self.people.get(found.person) if found else None
        if not secret or found is None or person is None:
            return None
        token = form_token(secret)
        return Session(secret, token, found.until, person.key, person.name, person.role)

    def lasts(self, session: Session) -> bool:
        """Tell whether a session still lasts; to ask does not make it last longer."""
        found = self.sessions.find(session.secret, used=False)
        return found is not None and self.people.get(found.person) is not None

    def leave(self, session: Session) -> None:
        """End a session at once."""
        self.sessions.end(session.secret)

    def note(self, who: str, what: str, result: str, **more: str) -> None:
        """Write down who did what; never words that somebody wrote."""
        self._audit.note(self.state.now(), who, what, result, **more)


def known_as(url: str) -> tuple[str, str]:
    """Return an address without anything after its host, and what `Host` says of it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WrongUse("web-team-url", url=url) from None
    name = (parts.hostname or "").lower()
    fits = parts.scheme in ("http", "https") and name and parts.path in ("", "/")
    if not fits or parts.query or parts.fragment or "@" in parts.netloc or not name.isascii():
        raise WrongUse("web-team-url", url=url)
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{name}]" if ":" in name else name
    host = host if port in (None, usual) else f"{host}:{port}"
    return f"{parts.scheme}://{host}", host
