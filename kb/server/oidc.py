"""Logging in by the company's own provider: OpenID Connect with a code, PKCE, state and nonce.

The provider is named in `config.toml` of the server's own folder, never in `kb.toml`, which
everybody may change who has the store: what stands there is where this server goes to ask.
"""

import os
import secrets
import time
import tomllib
from base64 import b64encode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, cast
from urllib.parse import quote, urlencode, urlsplit

from kb.errors import NotAllowed, WrongUse
from kb.server.secret import digest, new

NAME = "config.toml"
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that are believed: with two keys, never one that both sides know."""
BEGUN_SECONDS = 600
"""How long somebody may take to log in over there."""
BEGUN = 1000
"""How many logins are remembered that have not come back; the oldest go first."""
LEEWAY = 60
"""By how many seconds the provider's clock may differ."""


class Provider(NamedTuple):
    """The company's login: where it is, who we are there, and what its button says."""

    issuer: str
    client: str
    secret: str
    name: str


class Begun(NamedTuple):
    """A login that was begun: what has to come back, and where to go then."""

    browser: bytes
    nonce: str
    verifier: str
    onward: str
    until: float


class Start(NamedTuple):
    """Where a browser is sent to log in, and the secret that it has to bring back."""

    address: str
    secret: str


class Known(NamedTuple):
    """Whom the provider knows: a mail address that it confirmed, and where to go."""

    email: str
    onward: str


def read(folder: Path) -> Provider | None:
    """Return the provider that `config.toml` names, None where there is none.

    Raises `WrongUse("oidc-config")` with the key that does not fit.
    """
    path = folder / NAME
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise WrongUse("oidc-config", path=path, key=NAME) from None
    table = raw.get("oidc")
    if table is None:
        return None
    known = ("issuer", "client", "secret", "name")
    for key in table if isinstance(table, dict) else ("oidc",):
        if key not in known or not isinstance(table[key], str):
            raise WrongUse("oidc-config", path=path, key=key)
    issuer, client = table.get("issuer", ""), table.get("client", "")
    if not _reached(issuer) or issuer.endswith("/") or not client:
        raise WrongUse("oidc-config", path=path, key="client" if _reached(issuer) else "issuer")
    secret = _secret(table.get("secret", ""))
    if secret is None:
        raise WrongUse("oidc-config", path=path, key="secret")
    return Provider(issuer, client, secret, table.get("name") or urlsplit(issuer).netloc)


def _secret(said: str) -> str | None:
    """Return the secret that is named by its place, None where it is not there."""
    kind, _, place = said.partition(":")
    if not said:
        return ""
    if kind == "env":
        return os.environ.get(place) or None
    try:
        return Path(place).read_text("utf-8").strip() or None if kind == "file" else None
    except (OSError, ValueError):
        return None


def _reached(address: object) -> bool:
    """Tell whether an address may be asked: by TLS, or on this machine."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
        local = parts is not None and parts.hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        return False
    return parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and local))


class Login:
    """The logins that go by way of one provider; safe to ask from several threads."""

    def __init__(self, provider: Provider, back: str) -> None:
        """Come `back` to that address of ours, which the provider has to know exactly."""
        self.provider = provider
        self._back = back
        self._lock = Lock()
        self._begun: OrderedDict[str, Begun] = OrderedDict()

    def begin(self, onward: str) -> Start:
        """Return where to send a browser that wants to go `onward` when it has logged in.

        Raises `NotAllowed("oidc-unreachable")`.
        """
        state, nonce, verifier, browser = new(), new(), secrets.token_urlsafe(64), new()
        address = self._endpoint("authorization_endpoint")
        now = time.monotonic()
        with self._lock:
            while len(self._begun) >= BEGUN:
                self._begun.popitem(last=False)
            until = now + BEGUN_SECONDS
            self._begun[state] = Begun(digest(browser), nonce, verifier, onward, until)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client,
            "redirect_uri": self._back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joined = "&" if urlsplit(address).query else "?"
        return Start(f"{address}{joined}{urlencode(asked)}", browser)

    def finish(self, answer: Mapping[str, str], browser: str) -> Known:
        """Return whom the provider names in its answer, brought by the same `browser`.

        Raises `NotAllowed`: "oidc-old" when it was not begun here, by this browser, or is too
        old; "oidc-refused", "oidc-unreachable", "oidc-unproven".
        """
        with self._lock:
            begun = self._begun.pop(answer.get("state", ""), None)
        if begun is None or begun.until <= time.monotonic() or digest(browser) != begun.browser:
            raise NotAllowed("oidc-old")
        if answer.get("iss", self.provider.issuer) != self.provider.issuer:
            raise NotAllowed("oidc-unproven")
        if "error" in answer or not answer.get("code"):
            raise NotAllowed("oidc-refused")
        claims = self._claims(answer["code"], begun)
        email = claims.get("email")
        if not isinstance(email, str) or claims.get("email_verified") is not True:
            raise NotAllowed("oidc-no-address")
        return Known(email, begun.onward)

    def _claims(self, code: str, begun: Begun) -> Mapping[str, Any]:
        """Give the code for what the provider signed, and return it if it is meant for us."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": begun.verifier,
            "client_id": self.provider.client,
        }
        headers = {}
        if self.provider.secret:
            pair = f"{quote(self.provider.client, '')}:{quote(self.provider.secret, '')}"
            headers["authorization"] = "Basic " + b64encode(pair.encode()).decode()
        token = _ask(self._endpoint("token_endpoint"), urlencode(sent).encode(), headers)
        keys = _ask(self._endpoint("jwks_uri"))
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": begun.nonce},
        )
        try:
            known = KeySet.import_key_set(cast("Any", keys))
            signed = jwt.decode(str(token.get("id_token", "")), known, algorithms=ALGORITHMS)
            rules.validate(signed.claims)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise NotAllowed("oidc-unproven") from None
        if signed.claims.get("azp", self.provider.client) != self.provider.client:
            raise NotAllowed("oidc-unproven")
        return signed.claims

    def _endpoint(self, name: str) -> str:
        """Return an address that the provider says of itself."""
        said = _ask(f"{self.provider.issuer}/.well-known/openid-configuration")
        address = said.get(name)
        if said.get("issuer") != self.provider.issuer or not _reached(address):
            raise NotAllowed("oidc-unproven")
        return str(address)


def _ask(
    address: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what the provider answers; no other server is gone to, whatever it says."""
    from kb.server.fetching import fetched

    return fetched(address, data, headers)
