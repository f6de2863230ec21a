"""How a request becomes an answer: a route with its rule, who may ask it, what it may bring."""

from asyncio import get_running_loop
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response
from starlette.routing import Route

from kb.errors import KbError, NotAllowed
from kb.faces.web import bodies
from kb.faces.web.ask import Ask, Handler
from kb.faces.web.auth import Session, same
from kb.server.roles import Role, enough

if TYPE_CHECKING:
    from starlette.requests import Request

    from kb.faces.web.site import Site

THREADS = 8
"""How many requests are worked on at once; each has its own view of the store."""
LOOKS = 2
"""How many more show the quick pages that are asked for most.

More of them would take the interpreter from each other, row by row: with all requests in eight
threads, 105 a second took 19 ms of the processor each, with these pages in two 16.
"""


class Rule(NamedTuple):
    """One route: its path and method, who answers, who may ask, and what a request may bring.

    `least` is the role that is needed: if not said, a viewer may look and a member may write.
    `public` routes need no session. `body` is what a request brings (see `kb.faces.web.bodies`),
    at most `limit` bytes of it. A handler runs in one thread from beginning to end; it may answer
    with a stream, which goes on after its context was closed. One that is asked for `often` has to
    be quick: there are few threads for it, and what takes long must not keep others from it.
    """

    path: str
    method: str
    handler: Handler
    public: bool = False
    least: Role | None = None
    body: bodies.Kind = "form"
    limit: int = bodies.LARGEST_FORM
    often: bool = False

    @property
    def needs(self) -> Role:
        """The least role that may ask."""
        return self.least or ("viewer" if self.method == "GET" else "member")


def by_cookie(site: "Site", request: "Request") -> Session | None:
    """Return the session of a browser that was let in."""
    return site.doors.session(request.cookies.get(site.cookie))


class Face(NamedTuple):
    """Routes that belong together, and how they say what could not be done.

    `refusal` answers before anything of the store is looked at, from a code, a status, and the
    languages wanted; `trouble` an error that a person can act on, `fault` an error of ours.
    `enter` finds who asks. What is sent must bear the token of its session if it came with a
    cookie (`forms`): another page could have sent it. `stranger` answers whoever has still to
    log in, where there are accounts.
    """

    rules: tuple[Rule, ...]
    refusal: Callable[[str, int, str], Response]
    trouble: Callable[[Ask, KbError], Response]
    fault: Callable[[Ask, BaseException], Response]
    enter: "Callable[[Site, Request], Session | None]" = by_cookie
    forms: bool = True
    stranger: "Callable[[Site, Request], Response] | None" = None


class Pools:
    """The threads that answer: few for what is quick and asked for often, others for the rest."""

    def __init__(self, others: int = THREADS) -> None:
        """Begin without a thread; they come when they are needed, `others` at most for the rest."""
        self._often = ThreadPoolExecutor(LOOKS, "kb-look")
        self._others = ThreadPoolExecutor(others, "kb-page")

    def of(self, rule: Rule) -> ThreadPoolExecutor:
        """Return the threads for a route."""
        return self._often if rule.often else self._others


def routes(site: "Site", face: Face, pools: Pools) -> list[Route]:
    """Return the routes of a face; those that work on the store run in `pools`."""
    return [
        Route(
            rule.path,
            _endpoint(site, face, rule, pools.of(rule)),
            methods=[rule.method],
            name=f"{rule.method}{rule.path}",
        )
        for rule in face.rules
    ]


def accepts(request: "Request") -> str:
    """Return the languages that a browser wants."""
    return request.headers.get("accept-language", "")


def _endpoint(
    site: "Site", face: Face, rule: Rule, pool: ThreadPoolExecutor
) -> "Callable[[Request], Awaitable[Response]]":
    async def answer(request: "Request") -> Response:
        wanted = accepts(request)
        session = face.enter(site, request)
        if session is None and not rule.public:
            if face.stranger is not None and site.team is not None:
                return face.stranger(site, request)
            return face.refusal("web-no-session", 401, wanted)
        path = {name: str(value) for name, value in request.path_params.items()}
        if any("\0" in part for part in path.values()):  # no name has it, and no file may
            return face.refusal("web-no-page", 404, wanted)
        body = bodies.Body()
        if rule.method != "GET":
            read = await bodies.read(request, rule.body, rule.limit)
            if read is None:
                return face.refusal("web-bad-form", 413, wanted)
            body = read
            bound = face.forms and not rule.public
            if bound and (session is None or not same(session, _token(request, body))):
                return face.refusal("web-old-form", 403, wanted)
        ask = Ask(
            site,
            session,
            path=path,
            query=dict(request.query_params),
            form=body.form,
            files=body.files,
            raw=body.raw,
            headers=request.headers,
            cookies=request.cookies,
            accepts=wanted,
            address=site.address_of(request),
        )
        return await get_running_loop().run_in_executor(pool, _work, face, rule, ask)

    return answer


def _token(request: "Request", body: bodies.Body) -> str | None:
    """Return the token of the session that a request bears: in its form, else in a header."""
    return body.form.get("token") or request.headers.get("x-kb-token")


def _work(face: Face, rule: Rule, ask: Ask) -> Response:
    """Answer in one thread from beginning to end: a context is nobody else's."""
    answer: Response | None = None
    try:
        try:
            _may(rule, ask)
            answer = rule.handler(ask)
        except KbError as error:
            answer = face.trouble(ask, error)
    except Exception as error:  # noqa: BLE001 (a person gets a page, whatever it was)
        answer = face.fault(ask, error)
    finally:
        _audit(rule, ask, answer)
        ask.close()
    return answer


def _audit(rule: Rule, ask: Ask, answer: Response | None) -> None:
    """Write down who changed something, or tried to; a path's secret is nobody's to read."""
    team, session = ask.site.team, ask.session
    if team is None or rule.method == "GET":
        return
    who = session.person if session and session.person else f"from:{ask.address}"
    target = {name: text[:80] for name, text in ask.path.items() if name != "secret"}
    role = str(ask.__dict__.get("role", ""))  # as it was found, if it came to that
    result = str(answer.status_code if answer else 500)
    team.note(who, f"{rule.method} {rule.path}", result, role=role, **{**target, **ask.noted})


def _may(rule: Rule, ask: Ask) -> None:
    """Let through who may ask; else raise `NotAllowed` ("web-needs-member" and the like).

    Who owns the machine of a server without accounts administers it.
    """
    if rule.public:
        return
    if ask.gone:
        raise NotAllowed("web-gone")
    if enough(ask.role, rule.needs):
        return
    if rule.needs == "admin" and ask.owner:
        return
    raise NotAllowed("web-needs-" + rule.needs)
