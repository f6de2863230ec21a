"""Puts the server together: every route with its rule, behind the guard."""

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route

from kb.faces.web import render
from kb.faces.web.api import face as api
from kb.faces.web.api import problems
from kb.faces.web.bodies import LARGEST_FILES
from kb.faces.web.guard import API, METHODS, Guard
from kb.faces.web.pages import (
    account,
    accounts,
    admitting,
    asof,
    beginning,
    board,
    earlier,
    editing,
    elsewhere,
    entering,
    facts,
    files,
    finding,
    helping,
    insights,
    kept,
    links,
    listening,
    login,
    me,
    meeting,
    plan,
    playbook,
    principle,
    projected,
    reading,
    renamed,
    reviews,
    settings,
    sharing,
    today,
    tokens,
    train,
    trouble,
    undoing,
    writing,
)
from kb.faces.web.routing import Face, Pools, Rule, accepts, routes
from kb.faces.web.site import Site
from kb.faces.web.words import Words, wanted

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

RULES = (
    Rule("/healthz", "GET", entering.health, public=True),
    Rule("/static/{name}", "GET", entering.static, public=True),
    Rule("/enter/{secret}", "GET", entering.enter, public=True),
    Rule("/leave", "POST", entering.leave, least="viewer"),
    Rule("/login", "GET", login.show, public=True),
    Rule("/login", "POST", login.login, public=True),
    Rule("/oidc", "GET", elsewhere.begin, public=True),
    Rule("/oidc/back", "GET", elsewhere.back, public=True),
    Rule("/invitation/{secret}", "GET", login.invited, public=True),
    Rule("/invitation/{secret}", "POST", login.accept, public=True),
    Rule("/me", "GET", me.show),
    Rule("/me/password", "POST", me.password, least="viewer"),
    Rule("/me/out", "POST", me.out, least="viewer"),
    Rule("/settings/people", "GET", admitting.show, least="admin"),
    Rule("/settings/people/invite", "POST", admitting.invite, least="admin"),
    Rule("/settings/people/view", "POST", admitting.view, least="admin"),
    Rule("/settings/people/role", "POST", admitting.give, least="admin"),
    Rule("/settings/people/out", "POST", admitting.out, least="admin"),
    Rule("/settings/people/remove", "POST", admitting.remove, least="admin"),
    Rule("/start", "GET", beginning.show, least="member"),
    Rule("/start", "POST", beginning.begin),
    Rule("/start/own", "GET", beginning.enter, least="member"),
    Rule("/", "GET", today.show, often=True),
    Rule("/tick", "POST", writing.tick),
    Rule("/accounts", "GET", accounts.show, often=True),
    Rule("/accounts", "POST", accounts.add),
    Rule("/accounts/{account}", "GET", account.show, often=True),
    Rule("/accounts/{account}/meetings", "POST", account.prepare),
    Rule("/accounts/{account}/earlier", "GET", earlier.of_account),
    Rule("/accounts/{account}/earlier/{id}", "GET", earlier.show),
    Rule("/accounts/{account}/earlier/{id}", "POST", earlier.restore),
    Rule("/accounts/{account}/asof", "GET", asof.show),
    Rule("/m/{account}/{id}/files", "POST", files.attach, body="files", limit=LARGEST_FILES),
    Rule("/files/{account}/{name}", "GET", files.file),
    Rule("/pictures/{account}/{name}", "GET", files.picture),
    Rule("/kept", "GET", kept.show_all, least="member"),
    Rule("/kept/{id}", "GET", kept.show, least="member"),
    Rule("/kept/{id}", "POST", kept.put_in),
    Rule("/kept/{id}/drop", "POST", kept.drop),
    Rule("/accounts/{account}/facts", "GET", facts.show, least="member"),
    Rule("/accounts/{account}/facts", "POST", facts.change),
    Rule("/m/{account}/{id}/plan", "GET", plan.show, least="member"),
    Rule("/m/{account}/{id}/plan", "POST", plan.change),
    Rule("/undo", "POST", undoing.undo),
    Rule("/go/{account}/{id}", "GET", finding.go_to),
    Rule("/search", "GET", finding.show),
    Rule("/help", "GET", helping.show),
    Rule("/playbook", "GET", playbook.show),
    Rule("/playbook/{name}", "GET", playbook.read),
    Rule("/playbook/{name}/review", "POST", principle.request),
    Rule("/playbook/{name}/adopt", "POST", principle.adopt),
    Rule("/playbook/{name}/retire", "POST", principle.retire),
    Rule("/reading", "GET", reading.show, least="member"),
    Rule("/reading", "POST", reading.mark),
    Rule("/board", "GET", board.show),
    Rule("/settings", "GET", settings.show, least="member"),
    Rule("/settings", "POST", settings.change),
    Rule("/settings/tokens", "GET", tokens.show),
    Rule("/settings/tokens", "POST", tokens.make, least="viewer"),
    Rule("/settings/tokens/withdraw", "POST", tokens.withdraw, least="viewer"),
    Rule("/train", "GET", train.show, least="member"),
    Rule("/train", "POST", train.answer),
    Rule("/m/{id}/projected", "GET", sharing.by_id),
    Rule("/m/{account}/{id}", "GET", meeting.show, often=True),
    Rule("/m/{account}/{id}/written", "GET", meeting.written),
    Rule("/m/{account}/{id}/earlier", "GET", earlier.of_meeting),
    Rule("/m/{account}/{id}/edit", "GET", editing.show, least="member"),
    Rule("/m/{account}/{id}/edit", "POST", editing.save),
    Rule("/m/{account}/{id}/events", "GET", listening.of_meeting),
    Rule("/m/{account}/{id}/projected/events", "GET", listening.of_projected),
    Rule("/accounts/{account}/events", "GET", listening.of_account),
    Rule("/m/{account}/{id}/lines", "POST", writing.add),
    Rule("/m/{account}/{id}/verdict", "POST", writing.verdict),
    Rule("/m/{account}/{id}/tick", "POST", writing.tick),
    Rule("/m/{account}/{id}/close", "POST", writing.close),
    Rule("/m/{account}/{id}/projected", "GET", projected.show, often=True),
    Rule("/m/{account}/{id}/projected.json", "GET", sharing.data),
    Rule("/m/{account}/{id}/share", "GET", sharing.show),
    Rule("/m/{account}/{id}/links", "POST", links.make),
    Rule("/m/{account}/{id}/links/{link}/withdraw", "POST", links.withdraw),
    Rule("/m/{account}/{id}/mail", "GET", sharing.mail),
    Rule("/m/{account}/{id}/print", "GET", sharing.sheet),
    Rule("/m/{account}/{id}/minutes.docx", "GET", sharing.docx),
    Rule("/accounts/{account}/print", "GET", sharing.sheets),
    Rule("/m/{account}/{id}/review", "POST", reviews.request),
    Rule("/insights", "GET", insights.show),
    Rule("/insights/judge", "POST", insights.judge),
    Rule("/insights/propose", "POST", insights.propose),
    Rule("/insights/{id}", "GET", insights.one),
    Rule("/reviews", "GET", reviews.show_all, least="member"),
    Rule("/reviews/next", "GET", reviews.next_one, least="member"),
    Rule("/reviews/{id}", "GET", reviews.show, least="member"),
    Rule("/reviews/{id}/comment", "POST", reviews.comment),
    Rule("/reviews/{id}/suggest", "POST", reviews.suggest),
    Rule("/reviews/{id}/accept", "POST", reviews.accept),
    Rule("/reviews/{id}/approve", "POST", reviews.approve),
    Rule("/reviews/{id}/changes", "POST", reviews.changes),
    Rule("/reviews/{id}/close", "POST", reviews.close),
    Rule("/reviews/{id}/share", "POST", reviews.share),
)
"""Every route there is; a route without a rule can't be made."""


WRONG_METHOD = 405


def build(site: Site) -> "ASGIApp":
    """Return the whole server as one ASGI app."""
    pools = Pools()
    app = Starlette(
        routes=[route for face in FACES for route in routes(site, face, pools)],
        exception_handlers={
            404: lambda request, _: _nowhere(request, "web-no-page", 404),
            405: lambda request, _: _nowhere(request, "web-wrong-method", WRONG_METHOD),
        },
    )

    def refused(code: str, status: int) -> "ASGIApp":
        async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
            request = Request({**scope, "app": app})
            await _nowhere(request, code, status)(scope, receive, send)

        return answer

    return Guard(app, site.known, refused, site.log)


def _nowhere(request: Request, code: str, status: int) -> Response:
    """Refuse in the language asked for; who asked by a wrong method is told the right ones."""
    say = problems.refusal if request.url.path.startswith(API) else refusal
    answer = say(code, status, accepts(request))
    if status == WRONG_METHOD:
        answer.headers["allow"] = ", ".join(sorted(_methods(request) or METHODS))
    return answer


def _methods(request: Request) -> set[str]:
    """Return the methods that the address takes, none where there is nothing."""
    there = (route for route in request.app.routes if isinstance(route, Route))
    fits = (one.methods or () for one in there if one.matches(request.scope)[0] != Match.NONE)
    return {method for methods in fits for method in methods}


def refusal(code: str, status: int, accepts: str) -> Response:
    """Return the page of something that is refused before anything of the store is looked at."""
    words = Words(wanted(accepts) or "ja")
    return HTMLResponse(render.page("refused.html.j2", words=words, code=code), status)


FACES = (
    Face(
        tuple(map(renamed.following, RULES)),
        refusal,
        trouble.show,
        trouble.fault,
        stranger=login.first,
    ),
    api.FACE,
)
"""All that one server answers, each face with its own way to say what could not be done."""
