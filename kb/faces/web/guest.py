"""What a guest sees: one meeting, as its customer may see it, for who has the link.

An app of its own with five routes. It knows no session, no member, no search, no history and no
form; it is answered on a socket of its own, and everything that it says is made of `SafeMeeting`.
Whatever can't be shown is the same to a guest: there is nothing (any more) at this address.
"""

import time
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kb.errors import KbError, NotFound
from kb.faces.web import render
from kb.faces.web.assets import assets
from kb.faces.web.events import Stream, Watched
from kb.faces.web.guard import LASTING
from kb.faces.web.pages.sharing import document
from kb.faces.web.routing import Face, Pools, Rule, accepts, routes
from kb.faces.web.words import Words, wanted
from kb.messages import LANGUAGES
from kb.work import sharing
from kb.work.sharing_words import Polite

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kb.faces.web.ask import Ask
    from kb.faces.web.guestdoor import GuestDoor
    from kb.faces.web.site import Site
    from kb.server.guests import Link
    from kb.work.sharing import Shared

THREADS = 2
"""How many guests are answered at once: members come first."""
LATER_SECONDS = 60
"""After how long a program that looked may look again where something was wrong with us."""
GONE = frozenset({"guest-none", "no-account", "no-id", "no-meeting"})
"""What says that there is no such link, or that its meeting is no more."""
FILES = frozenset({"tokens.css", "base.css", "share.css", "kb.svg", "kb.js"})
"""The files that a guest's page loads; no others are given out."""
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
    " img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-robots-tag", b"noindex, nofollow, noarchive"),
    (b"referrer-policy", b"no-referrer"),  # the address is the secret
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_OURS = frozenset(name for name, _ in HEADERS) - {b"cache-control"}


def page(ask: "Ask") -> Response:
    """Show the minutes."""
    link, found = _seen(ask)
    door = _door(ask)
    door.links.saw(link)
    shown = HTMLResponse(
        render.page(
            "guest.html.j2",
            polite=Polite(found.lang),
            words=Words(found.lang),
            safe=found.safe,
            path=f"/g/{ask.path['secret']}",
            live=door.live.digest(found.safe),
        )
    )
    return _tagged(ask, found, shown)


def data(ask: "Ask") -> Response:
    """Answer with the minutes as JSON."""
    _, found = _seen(ask)
    return _tagged(ask, found, JSONResponse(sharing.as_json(found.safe)))


def docx(ask: "Ask") -> Response:
    """Answer with the minutes as a Word document."""
    _, found = _seen(ask)
    return document(found)


def events(ask: "Ask") -> Response:
    """Tell, without a word of them, that the minutes have changed; ends with the link."""
    link, _ = _seen(ask)
    door, site = _door(ask), ask.site
    ref = _ref(link)
    path = ask.ctx.root / ask.ctx.catalogue.meeting(ref, ask.ctx.now).path

    def shown() -> object:
        ctx = site.open()
        try:
            return sharing.shared(ctx, ref).safe
        finally:
            ctx.close()

    watched = Watched(ref, "minutes", (path,), shown)
    return Stream(door.live, watched, object(), lambda: door.alive(link.id))


def static(ask: "Ask") -> Response:
    """Answer with one of the few files that a guest's page loads."""
    asset = assets().get(ask.path["name"]) if ask.path["name"] in FILES else None
    if asset is None:
        return refusal("", 404, ask.accepts)
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(asset.data, headers={"content-type": asset.kind, **kept})


def robots(ask: "Ask") -> Response:
    """Ask machines that look for pages to look elsewhere."""
    del ask
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _seen(ask: "Ask") -> "tuple[Link, Shared]":
    door = _door(ask)
    link = door.links.find(ask.path["secret"])
    if link is None:
        raise NotFound("guest-none")
    try:
        return link, sharing.shared(ask.ctx, _ref(link))
    except NotFound:  # the account may have another name by now
        link = door.followed(ask.ctx, link)
        return link, sharing.shared(ask.ctx, _ref(link))


def _ref(link: "Link") -> str:
    return f"{link.account}/{link.meeting}"


def _door(ask: "Ask") -> "GuestDoor":
    assert ask.site.guests is not None  # there would be no app without it
    return ask.site.guests


def _tagged(ask: "Ask", found: "Shared", shown: Response) -> Response:
    """Answer that nothing changed to who has it; the tag is made of what the guest sees alone."""
    tag = f'W/"{sharing.digest(found.safe)}"'
    if ask.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    shown.headers["etag"] = tag
    return shown


def refusal(code: str, status: int, accepts: str) -> Response:
    """Return the one page of all that can't be shown; it says nothing about what there is."""
    del code, status
    return _none("web-guest-none", 404, accepts)


def _none(code: str, status: int, accepts: str) -> Response:
    words = Words(wanted(accepts) or LANGUAGES[0])
    return HTMLResponse(render.page("guest_none.html.j2", words=words, code=code), status)


def _later(accepts: str) -> Response:
    """Say that it is not the link: only who bears one that opens can get so far."""
    answer = _none("web-guest-later", 503, accepts)
    answer.headers["retry-after"] = str(LATER_SECONDS)
    return answer


def _trouble(ask: "Ask", error: KbError) -> Response:
    """Tell what is not there from a store that can't be opened, as while `kb.toml` is missing.

    What is wrong with that its members are told.
    """
    if isinstance(error, NotFound) and error.code in GONE:
        return refusal(error.code, 404, ask.accepts)
    return _later(ask.accepts) if ask.unopened is not None else _fault(ask, error)


def _fault(ask: "Ask", error: BaseException) -> Response:
    ask.site.fault(error)
    return _later(ask.accepts)


RULES = (
    Rule("/g/{secret}", "GET", page, public=True),
    Rule("/g/{secret}/minutes.json", "GET", data, public=True),
    Rule("/g/{secret}/minutes.docx", "GET", docx, public=True),
    Rule("/g/{secret}/events", "GET", events, public=True),
    Rule("/static/{name}", "GET", static, public=True),
    Rule("/robots.txt", "GET", robots, public=True),
)
"""Every route that a guest can ask."""
FACE = Face(RULES, refusal, _trouble, _fault, enter=lambda _site, _request: None)


def build(site: "Site") -> "ASGIApp":
    """Return the guests' app; `site.guests` says where it is."""
    assert site.guests is not None
    pools = Pools(THREADS)

    def nothing(request: object, _: Exception) -> Response:
        return refusal("", 404, accepts(request))  # type: ignore[arg-type]

    app = Starlette(
        routes=routes(site, FACE, pools), exception_handlers={404: nothing, 405: nothing}
    )
    return GuestGuard(app, site.guests, site.log)


class GuestGuard:
    """Stands before the guests' routes: lets nothing be sent, and no cookie through."""

    def __init__(
        self, app: "ASGIApp", door: "GuestDoor", log: "Callable[[str], None] | None"
    ) -> None:
        """Answer for the names of `door` alone; `log` takes the lines of the access log."""
        self.app = app
        self.hosts = door.hosts
        self.secure = door.url.startswith("https:")
        self.headers = (*HEADERS, *([LASTING] if self.secure else []))
        self.log = log

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one connection."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        began, status = time.perf_counter(), 0
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
        fits = scope["method"] in ("GET", "HEAD") and len(hosts) == 1 and hosts[0] in self.hosts
        # The jar of cookies is one for all ports of a host: none of them is anything to us.
        kept = [pair for pair in headers if pair[0] not in (b"cookie", b"authorization")]
        scope = {**scope, "headers": kept}
        if self.secure:  # the proxy before us has ended TLS: we are asked in plain HTTP
            scope["scheme"] = "https"

        async def answer(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = [p for p in message.get("headers", ()) if p[0].lower() not in _OURS]
                names = {name.lower() for name, _ in given}
                more = [pair for pair in self.headers if pair[0] not in names]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        app = self.app if fits else refusal("", 404, accepts(Request(scope)))
        try:
            await app(scope, receive, answer)
        finally:
            if self.log is not None:
                route = getattr(scope.get("route"), "path", "-")
                took = (time.perf_counter() - began) * 1000
                self.log(f"{scope['method']} {route} {status} {took:.0f} ms")
