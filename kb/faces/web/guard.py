"""What every request must fulfil before a page is asked, and what every answer bears.

Nothing else may be able to speak for the browser: no other name for this server (DNS rebinding),
no other page's form; and on loopback, where there is no password, no proxy that makes the network
local.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORWARDED = (b"forwarded", b"via", b"x-forwarded-")
"""How the headers begin that a proxy adds."""
SAFE = frozenset({"GET", "HEAD"})
METHODS = SAFE | {"POST"}
API = "/api/"
"""Where programs ask, with a token of their own instead of a browser's cookie."""
API_METHODS = METHODS | {"PUT", "PATCH", "DELETE"}

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
    " img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing written into a page; one script, which is our own file."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # "no-referrer" would make browsers send `Origin: null` with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
LASTING = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
"""Where there is TLS: two years of nothing else."""
NO_STORE = (b"cache-control", b"no-store")

Refusal = Callable[[str, int], "ASGIApp"]
Log = Callable[[str], None]


class Known(NamedTuple):
    """How a browser may speak to this server: its names, by TLS or not, only on this machine."""

    hosts: frozenset[str]
    secure: bool = False
    local: bool = True


class Guard:
    """Stands before all routes."""

    def __init__(
        self, app: "ASGIApp", known: Known, refuse: Refusal, log: Log | None = None
    ) -> None:
        """Let what is fit through to `app`; `refuse` makes the answer for a code and a status."""
        self.app = app
        self.known = known
        self.headers = (*HEADERS, NO_STORE, *([LASTING] if known.secure else []))
        self.refuse = refuse
        self.log = log

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        began = time.perf_counter()
        status = 0
        if self.known.secure:  # the proxy before us has ended TLS: we are asked in plain HTTP
            scope = {**scope, "scheme": "https"}

        async def answer(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                more = [pair for pair in self.headers if pair[0] not in names]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        problem = self._problem(scope)
        app = self.refuse(*problem) if problem else self.app
        try:
            await app(scope, receive, answer)
        finally:
            if self.log is not None:
                self.log(_logged(scope, status, time.perf_counter() - began))

    def _problem(self, scope: "Scope") -> tuple[str, int] | None:
        """Return the code and status of what is wrong with a request, or None."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        if self.known.local and any(name.startswith(FORWARDED) for name in headers):
            return "web-forwarded", 403
        hosts = headers.get(b"host", [])
        host = hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""
        if host not in self.known.hosts:
            return "web-wrong-host", 403
        programs = scope["path"].startswith(API)
        if scope["method"] not in (API_METHODS if programs else METHODS):
            return "web-wrong-method", 405
        if scope["method"] in SAFE:
            return None
        origins = headers.get(b"origin", [])
        if programs and not origins and not headers.get(b"cookie"):
            return None  # no browser: a page's script always says where it is from
        scheme = "https" if self.known.secure else "http"
        if origins != [f"{scheme}://{host}".encode("latin-1")]:
            return "web-wrong-origin", 403
        return None


def _logged(scope: "Scope", status: int, seconds: float) -> str:
    """Return one line of the access log: which kind of page, never which one or what was in it."""
    route = scope.get("route")
    shown = getattr(route, "path", "-")
    return f"{scope['method']} {shown} {status} {seconds * 1000:.0f} ms"
