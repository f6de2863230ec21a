"""Puts the server together: every route with its rule, and how a request becomes an answer."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kb.errors import KbError
from kb.faces.web import render
from kb.faces.web.ask import Ask, Handler
from kb.faces.web.auth import same
from kb.faces.web.guard import Guard
from kb.faces.web.pages import (
    account,
    accounts,
    board,
    entering,
    finding,
    insights,
    meeting,
    playbook,
    principle,
    projected,
    reviews,
    today,
    train,
    trouble,
    writing,
)
from kb.faces.web.site import Site
from kb.faces.web.words import Words, wanted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

LARGEST_FORM = 256 * 1024
"""The most bytes a form may have."""
THREADS = 8
"""How many requests are worked on at once; each has its own view of the store."""
FIELDS = 64
"""The most fields that a form or an address may have."""


class Rule(NamedTuple):
    """One route: its path, its method, who answers, and whether it needs no session."""

    path: str
    method: str
    handler: Handler
    public: bool = False


RULES = (
    Rule("/healthz", "GET", entering.health, public=True),
    Rule("/static/{name}", "GET", entering.static, public=True),
    Rule("/enter/{secret}", "GET", entering.enter, public=True),
    Rule("/leave", "POST", entering.leave),
    Rule("/", "GET", today.show),
    Rule("/tick", "POST", writing.tick),
    Rule("/accounts", "GET", accounts.show),
    Rule("/accounts", "POST", accounts.add),
    Rule("/accounts/{account}", "GET", account.show),
    Rule("/accounts/{account}/meetings", "POST", account.prepare),
    Rule("/go/{account}/{id}", "GET", finding.go_to),
    Rule("/search", "GET", finding.show),
    Rule("/playbook", "GET", playbook.show),
    Rule("/playbook/{name}", "GET", playbook.read),
    Rule("/playbook/{name}/review", "POST", principle.request),
    Rule("/playbook/{name}/adopt", "POST", principle.adopt),
    Rule("/playbook/{name}/retire", "POST", principle.retire),
    Rule("/board", "GET", board.show),
    Rule("/train", "GET", train.show),
    Rule("/train", "POST", train.answer),
    Rule("/m/{account}/{id}", "GET", meeting.show),
    Rule("/m/{account}/{id}/written", "GET", meeting.written),
    Rule("/m/{account}/{id}/lines", "POST", writing.add),
    Rule("/m/{account}/{id}/verdict", "POST", writing.verdict),
    Rule("/m/{account}/{id}/tick", "POST", writing.tick),
    Rule("/m/{account}/{id}/close", "POST", writing.close),
    Rule("/m/{account}/{id}/projected", "GET", projected.show),
    Rule("/m/{account}/{id}/review", "POST", reviews.request),
    Rule("/insights", "GET", insights.show),
    Rule("/insights/judge", "POST", insights.judge),
    Rule("/insights/propose", "POST", insights.propose),
    Rule("/insights/{id}", "GET", insights.one),
    Rule("/reviews", "GET", reviews.show_all),
    Rule("/reviews/next", "GET", reviews.next_one),
    Rule("/reviews/{id}", "GET", reviews.show),
    Rule("/reviews/{id}/comment", "POST", reviews.comment),
    Rule("/reviews/{id}/suggest", "POST", reviews.suggest),
    Rule("/reviews/{id}/accept", "POST", reviews.accept),
    Rule("/reviews/{id}/approve", "POST", reviews.approve),
    Rule("/reviews/{id}/changes", "POST", reviews.changes),
    Rule("/reviews/{id}/close", "POST", reviews.close),
    Rule("/reviews/{id}/share", "POST", reviews.share),
)
"""Every route there is; a route without a rule can't be made."""


def build(site: Site) -> "ASGIApp":
    """Return the whole server as one ASGI app."""
    pool = ThreadPoolExecutor(THREADS, "kb-page")
    routes = [
        Route(
            rule.path,
            _endpoint(site, rule, pool),
            methods=[rule.method],
            name=f"{rule.method}{rule.path}",
        )
        for rule in RULES
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            404: lambda request, _: refusal("web-no-page", 404, _accepts(request)),
            405: lambda request, _: refusal("web-wrong-method", 405, _accepts(request)),
        },
    )
    return Guard(app, site.hosts, _refused, site.log)


def _refused(code: str, status: int) -> "ASGIApp":
    return refusal(code, status, "")


def refusal(code: str, status: int, accepts: str) -> Response:
    """Return the page of something that is refused before anything of the store is looked at."""
    words = Words(wanted(accepts) or "ja")
    return HTMLResponse(render.page("refused.html.j2", words=words, code=code), status)


def _accepts(request: "Request") -> str:
    return request.headers.get("accept-language", "")


def _endpoint(
    site: Site, rule: Rule, pool: ThreadPoolExecutor
) -> "Callable[[Request], Awaitable[Response]]":
    async def answer(request: "Request") -> Response:
        session = site.doors.session(request.cookies.get(site.cookie))
        if session is None and not rule.public:
            return refusal("web-no-session", 401, _accepts(request))
        path = {name: str(value) for name, value in request.path_params.items()}
        if any("\0" in part for part in path.values()):  # no name has it, and no file may
            return refusal("web-no-page", 404, _accepts(request))
        form: dict[str, str] = {}
        if rule.method == "POST":
            read = await _form(request)
            if read is None:
                return refusal("web-bad-form", 413, _accepts(request))
            form = read
            if session is None or not same(session, form.get("token")):
                return refusal("web-old-form", 403, _accepts(request))
        ask = Ask(
            site,
            session,
            path=path,
            query=dict(request.query_params),
            form=form,
            accepts=_accepts(request),
        )
        return await get_running_loop().run_in_executor(pool, _work, ask, rule.handler)

    return answer


def _work(ask: Ask, handler: Handler) -> Response:
    """Answer in one thread from beginning to end: a context is nobody else's."""
    try:
        try:
            return handler(ask)
        except KbError as error:
            return trouble.show(ask, error)
    except Exception as error:  # noqa: BLE001 (a person gets a page, whatever it was)
        return trouble.fault(ask, error)
    finally:
        ask.close()


async def _form(request: "Request") -> dict[str, str] | None:
    """Return the fields of a form, or None for what is none or is too much."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
        )
    except ValueError:
        return None
    # Browsers send CR LF for a line end; documents have their own.
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
