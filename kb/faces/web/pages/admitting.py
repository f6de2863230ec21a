"""Who may come in to a team's server: invitations, roles that are given here, and their end."""

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from kb.config import SLUG
from kb.errors import KbError, NotFound, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.login import team_of
from kb.server.roles import Role, of_member

if TYPE_CHECKING:
    from kb.server.people import Given

PATH = "/settings/people"
LONGEST = 80
"""The most characters of a viewer's name."""


class Row(NamedTuple):
    """Somebody on the page; `until` is the day on which an open invitation ends, or ""."""

    key: str
    name: str
    role: Role
    in_file: bool
    has_password: bool
    until: str
    sessions: int


def show(ask: Ask) -> Response:
    """Show everybody who may come in, or could."""
    return _page(ask)


def invite(ask: Ask) -> Response:
    """Make an invitation of a member or a viewer, and show it once."""
    team = team_of(ask)
    key = _known(ask)
    person = team.people.get(key)
    member = ask.ctx.settings.members.get(key)
    name = member.name if member else person.name if person else key
    secret = team.people.invite(key, name, None, _own(ask))
    return _page(ask, link=f"{team.url}/invitation/{secret}", whom=name)


def view(ask: Ask) -> Response:
    """Make somebody a viewer who is no member, with an invitation."""
    team, name = team_of(ask), ask.typed("name")
    key = unicodedata.normalize("NFC", ask.typed("key")).casefold()
    error = None
    if not SLUG.fullmatch(key) or not name or len(name) > LONGEST:
        error = WrongUse("viewer-name", most=LONGEST)
    elif key in ask.ctx.settings.members or team.people.get(key):
        error = WrongUse("viewer-taken", key=key)
    if error:
        return _page(ask, error)
    ask.noted["person"] = key
    secret = team.people.invite(key, name, "viewer", _own(ask))
    return _page(ask, link=f"{team.url}/invitation/{secret}", whom=name)


def give(ask: Ask) -> Response:
    """Let somebody administer, only look, or do what `kb.toml` says."""
    team, key = team_of(ask), _known(ask)
    wanted = ask.typed("role")
    given: dict[str, Given | None] = {"admin": "admin", "viewer": "viewer", "member": None}
    ask.noted["role_given"] = wanted if wanted in given else ""
    there = team.people.get(key) is not None
    if wanted not in given or not there or key not in ask.ctx.settings.members:
        return _page(ask, WrongUse("web-old-form"))
    try:
        team.people.give(key, given[wanted])
    except KbError as error:
        return _page(ask, error)
    return go(PATH, key)


def out(ask: Ask) -> Response:
    """Log somebody out in every browser of theirs."""
    team_of(ask).sessions.end_all(_known(ask))
    return go(PATH, _known(ask))


def remove(ask: Ask) -> Response:
    """Let somebody in no more."""
    try:
        team_of(ask).people.remove(_known(ask))
    except KbError as error:
        return _page(ask, error)
    return go(PATH)


def _own(ask: Ask) -> str:
    return (ask.session.person if ask.session else None) or ""


def _known(ask: Ask) -> str:
    """Return the key that a form names: a member's, or of somebody who was invited."""
    key = ask.typed("key")
    if key not in ask.ctx.settings.members and team_of(ask).people.get(key) is None:
        raise NotFound("web-no-person")
    ask.noted["person"] = key
    return key


def _rows(ask: Ask) -> list[Row]:
    team, settings = team_of(ask), ask.ctx.settings
    people = {one.key: one for one in team.people.all()}
    pending = team.people.pending()
    keys = [*settings.members, *(key for key in people if key not in settings.members)]
    rows = []
    for key in keys:
        person, member = people.get(key), settings.members.get(key)
        given: Role | None = person.role if person else None
        until = datetime.fromtimestamp(pending[key], settings.tz) if key in pending else None
        rows.append(
            Row(
                key,
                member.name if member else person.name if person else key,
                given or of_member(settings, key),
                member is not None,
                person is not None and person.has_password,
                until.date().isoformat() if until else "",
                team.sessions.count(key),
            )
        )
    return rows


def _page(ask: Ask, error: KbError | None = None, link: str = "", whom: str = "") -> Response:
    rows = _rows(ask)
    return ask.show(
        "admitting.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="settings",
        members=[row for row in rows if row.in_file],
        others=[row for row in rows if not row.in_file],
        own=_own(ask),
        link=link,
        whom=whom,
        typed={"key": ask.typed("key"), "name": ask.typed("name")} if error else {},
        error=trouble.told(ask, error) if error else None,
    )
