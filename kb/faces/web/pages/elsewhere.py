"""Logging in by the company's own provider: there and back, with a cookie that binds the two."""

from starlette.responses import RedirectResponse, Response

from kb.errors import KbError, NotAllowed, NotFound
from kb.faces.web import cookies
from kb.faces.web.ask import Ask
from kb.faces.web.pages import login
from kb.server.oidc import BEGUN_SECONDS, Login
from kb.server.people import Person


def begin(ask: Ask) -> Response:
    """Send a browser to the provider; what it brings back must be brought by the same one."""
    provider = _provider(ask)
    onward = login.inside(ask.query.get("next", ""))
    try:
        start = provider.begin(onward)
    except KbError as error:
        return login.page(ask, onward, error)
    answer = RedirectResponse(start.address, status_code=303)
    answer.set_cookie(
        _cookie(ask),
        start.secret,
        max_age=BEGUN_SECONDS,
        path="/",
        secure=ask.site.known.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def back(ask: Ask) -> Response:
    """Let in whom the provider names, if their address is a member's."""
    team, provider = login.team_of(ask), _provider(ask)
    try:
        known = provider.finish(ask.query, ask.cookies.get(_cookie(ask), ""))
        member = ask.ctx.settings.member_of(known.email)
        if member is None or not member.email:
            raise NotAllowed("oidc-unknown")
        person = team.people.know(member.key, member.name)
    except KbError as error:
        team.note(f"from:{ask.address}", "GET /oidc/back", error.code)
        return login.page(ask, "/", error)
    return _in(ask, person, known.onward)


def _in(ask: Ask, person: Person, onward: str) -> Response:
    team = login.team_of(ask)
    team.note(person.key, "GET /oidc/back", "303")
    answer = login.let_in(ask, team, person, onward)
    return cookies.forget(answer, ask.site, _cookie(ask))


def _provider(ask: Ask) -> Login:
    found = login.team_of(ask).provider
    if found is None:
        raise NotFound("web-no-page")
    return found


def _cookie(ask: Ask) -> str:
    return f"{ask.site.cookie}-login"
