"""One's own access to a team's server: the password, and the browsers that are logged in."""

from starlette.responses import RedirectResponse, Response

from kb.errors import KbError, NotFound
from kb.faces.web import cookies
from kb.faces.web.ask import Ask, go
from kb.faces.web.auth import Session
from kb.faces.web.pages import trouble
from kb.faces.web.pages.login import about, agreed, team_of
from kb.server.passwords import LEAST


def show(ask: Ask) -> Response:
    """Show who one is here, and what one may."""
    return _page(ask)


def password(ask: Ask) -> Response:
    """Replace the password; all browsers are logged out but this one, which gets a new session."""
    team, session = team_of(ask), _own(ask)
    assert session.person is not None
    try:
        old, new = ask.form.get("old", ""), agreed(ask)
        team.people.change(session.person, old, new, *about(ask, session.person))
    except KbError as error:
        return _page(ask, error)
    secret = team.sessions.begin(session.person, old=session.secret)
    return cookies.put(go("/me?changed=1"), ask.site, secret)


def out(ask: Ask) -> Response:
    """Log out in every browser."""
    team, session = team_of(ask), _own(ask)
    assert session.person is not None
    team.sessions.end_all(session.person)
    return cookies.drop(RedirectResponse("/login", status_code=303), ask.site)


def _own(ask: Ask) -> Session:
    if ask.session is None or ask.session.person is None:
        raise NotFound("web-no-accounts")
    return ask.session


def _page(ask: Ask, error: KbError | None = None) -> Response:
    team, session = team_of(ask), _own(ask)
    assert session.person is not None
    return ask.show(
        "me.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="me",
        key=session.person,
        least=LEAST,
        sessions=team.sessions.count(session.person),
        changed="changed" in ask.query,
        error=trouble.told(ask, error) if error else None,
    )
