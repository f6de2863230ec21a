"""Coming in on a team's server: with a name and a password, or first with an invitation."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kb.errors import KbError, NotAllowed, NotFound, WrongUse
from kb.faces.web import cookies, render
from kb.faces.web.ask import Ask
from kb.faces.web.pages import trouble
from kb.faces.web.site import Site
from kb.faces.web.team import Team
from kb.faces.web.words import Words, wanted
from kb.server.passwords import LEAST
from kb.server.people import Person

_INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]{0,500}")
"""A path of this server: a form may not send anybody elsewhere."""
LONGEST_NAME = 254
"""The most characters of a name to log in with: those of an address."""


def team_of(ask: Ask) -> Team:
    """Return the team's side of the server; without accounts there are no such pages."""
    if ask.site.team is None:
        raise NotFound("web-no-accounts")
    return ask.site.team


def first(site: Site, request: Request) -> Response:
    """Ask a browser that nobody let in yet to log in; it comes back to where it wanted to go."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    words = Words(wanted(request.headers.get("accept-language", "")) or "ja")
    onward = inside(here) if request.method == "GET" else "/"
    shown = render.page(
        "login.html.j2",
        words=words,
        onward=onward,
        name="",
        error=None,
        provider=_named(site.team),
    )
    return HTMLResponse(shown, 401)


def show(ask: Ask) -> Response:
    """Show the two fields."""
    team_of(ask)
    return page(ask, ask.query.get("next", ""))


def login(ask: Ask) -> Response:
    """Let in who says the right password, with a new session."""
    team = team_of(ask)
    who = _key(ask, ask.typed("name")[:LONGEST_NAME])
    ask.noted["person"] = who
    try:
        person = team.people.login(who, ask.form.get("password", ""), ask.address)
        if person.role != "viewer" and person.key not in ask.ctx.settings.members:
            raise NotAllowed("web-gone")
    except KbError as error:
        return page(ask, ask.typed("next"), error)
    return let_in(ask, team, person, inside(ask.typed("next")))


def invited(ask: Ask) -> Response:
    """Show who is invited, and the fields for a password."""
    return _invitation(ask, _whom(ask))


def accept(ask: Ask) -> Response:
    """Set the password of who was invited, and let them in."""
    team, person = team_of(ask), _whom(ask)
    ask.noted["person"] = person.key
    try:
        password = agreed(ask)
        person = team.people.accept(ask.path["secret"], password, *about(ask, person.key))
    except WrongUse as error:
        return _invitation(ask, person, error)
    return let_in(ask, team, person, "/")


def agreed(ask: Ask) -> str:
    """Return the new password, typed twice; raises `WrongUse("password-differs")`."""
    password = ask.form.get("new", "")
    if password != ask.form.get("again", ""):
        raise WrongUse("password-differs")
    return password


def about(ask: Ask, key: str) -> tuple[str, ...]:
    """Return the words that anybody could guess of somebody's password."""
    member = ask.ctx.settings.members.get(key)
    return (ask.ctx.settings.name, "kb", *((member.name, member.email) if member else ()))


def _key(ask: Ask, typed: str) -> str:
    """Return whom a name means: a key, or the address of a member."""
    key = typed.removeprefix("@").casefold()
    if key in ask.ctx.settings.members or "@" not in key:
        return key
    member = ask.ctx.settings.member_of(typed)
    return member.key if member else key


def _whom(ask: Ask) -> Person:
    person = team_of(ask).people.invited(ask.path["secret"])
    if person is None:
        raise NotFound("invitation-used")
    return person


def inside(path: str) -> str:
    """Return a path of this server, "/" for anything else."""
    return path if _INSIDE.fullmatch(path) else "/"


def let_in(ask: Ask, team: Team, person: Person, path: str) -> Response:
    """Begin a session of its own; the one that the browser had before ends."""
    secret = team.sessions.begin(person.key, old=ask.session.secret if ask.session else None)
    return cookies.put(RedirectResponse(path, status_code=303), ask.site, secret)


def _named(team: Team | None) -> str:
    """Return what the company's own login is called, "" where there is none."""
    return team.provider.provider.name if team and team.provider else ""


def page(ask: Ask, onward: str, error: KbError | None = None) -> Response:
    """Answer with the two fields, and what is wrong."""
    shown = render.page(
        "login.html.j2",
        words=ask.words,
        onward=inside(onward),
        name=ask.typed("name"),
        error=trouble.told(ask, error) if error else None,
        provider=_named(ask.site.team),
    )
    return HTMLResponse(shown, trouble.status_of(error) if error else 200)


def _invitation(ask: Ask, person: Person, error: KbError | None = None) -> Response:
    member = ask.ctx.settings.members.get(person.key)
    shown = render.page(
        "invitation.html.j2",
        words=ask.words,
        secret=ask.path["secret"],
        team=ask.ctx.settings.name,
        key=person.key,
        name=member.name if member else person.name,
        least=LEAST,
        error=trouble.told(ask, error) if error else None,
    )
    return HTMLResponse(shown, trouble.status_of(error) if error else 200)
