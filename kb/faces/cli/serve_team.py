"""`kb serve --team`: the web page for a whole team; everybody logs in with a password."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotAllowed, WrongUse
from kb.faces.cli.language import current
from kb.faces.cli.serving import bound_to, here, note
from kb.messages import say

if TYPE_CHECKING:
    from kb.faces.cli.run import Run
    from kb.faces.web.guestdoor import GuestDoor
    from kb.faces.web.team import Team
    from kb.work.context import Context

ANY = ("0.0.0.0", "::", "")  # noqa: S104 (compared with, not bound)
"""Addresses that mean all of a machine's, and say nothing about how it is called."""


class Guests(NamedTuple):
    """Where guests open their links: a port, and the address that leads to it."""

    port: int
    url: str | None


class Wanted(NamedTuple):
    """What was asked for on the command line."""

    host: str
    port: int | None
    url: str | None
    state: Path | None
    admin: str | None
    guests: Guests | None
    proxy: bool


def serve(run: "Run", wanted: Wanted) -> None:
    """Serve a team until told to stop; print an invitation where nobody can administer yet.

    Raises `NotAllowed("web-team-clock")`, `WrongUse`: "web-team-needs-url",
    "web-guest-needs-url", "web-team-who", and what `Team`, `open_folder` and `bind` raise.
    """
    if os.environ.get("KB_NOW"):
        raise NotAllowed("web-team-clock")
    from kb.faces.cli import faults
    from kb.faces.web.searcher import Searcher
    from kb.faces.web.server import bind
    from kb.faces.web.server import serve as answer
    from kb.faces.web.site import Site
    from kb.faces.web.steward import Steward
    from kb.faces.web.team import Team
    from kb.server.folder import default_folder, open_folder

    if wanted.url is None and wanted.host in ANY:
        raise WrongUse("web-team-needs-url")
    if wanted.guests and wanted.guests.url is None and wanted.url is not None:
        raise WrongUse("web-guest-needs-url")
    context = run.context
    root, members = context.root, context.settings.members
    folder = open_folder(wanted.state or default_folder(root), root)
    bound = bound_to(partial(bind, host=_number(wanted.host)), wanted.port)
    port = bound.getsockname()[1]
    url = wanted.url or f"http://{_in_address(wanted.host)}:{port}"
    team = Team(folder, url, proxy=wanted.proxy)
    whom = _administrator(run, context, team, wanted.admin)
    context.close()
    site = Site(
        store=str(root),
        member=None,
        port=port,
        fault=lambda error: faults.logged(error, str(root)),
        log=None if run.json else note,
        team=team,
        guests=_guests(wanted, team) if wanted.guests else None,
        searcher=Searcher(root),
    )

    def ready() -> None:
        told: dict[str, object] = {"url": team.url, "port": port, "state": str(folder)}
        lines = [team.url]
        if whom:
            secret = team.people.invite(whom, members[whom].name, "admin", "")
            team.note("from:terminal", "invite", "ok", person=whom)
            told |= {"invitation": f"{team.url}/invitation/{secret}", "member": whom}
            lines.append(str(told["invitation"]))
        run.emit(told, "\n".join(lines))
        if not run.json:
            _tell(team, members[whom].name if whom else "", local=here(wanted.host))
            if site.guests is not None:
                note(say("web-serving-guests", current(), url=site.guests.url)[0])

    steward = Steward(site)
    steward.start()
    site.warm()
    try:
        answer(site, bound, ready)
    finally:
        steward.stop()
        team.state.close()


def _guests(wanted: Wanted, team: "Team") -> "GuestDoor":
    """Open the place of the guests' pages, beside that of the team's."""
    from kb.faces.web.guestdoor import GuestDoor
    from kb.faces.web.server import bind
    from kb.faces.web.team import known_as
    from kb.server.guests import Guests as Links

    assert wanted.guests is not None
    bound = bind(wanted.guests.port, _number(wanted.host))
    port = bound.getsockname()[1]
    url = wanted.guests.url or f"http://{_in_address(wanted.host)}:{port}"
    return GuestDoor(port, Links(team.state), url=known_as(url)[0], bound=bound)


def _tell(team: "Team", name: str, *, local: bool) -> None:
    note(say("web-team-serving", current(), url=team.url)[0])
    if name:
        note(say("web-team-first", current(), name=name)[0])
    if not team.secure and not local:
        note(say("web-team-plain", current())[0])


def _in_address(host: str) -> str:
    """Return a host as an address names it."""
    return f"[{host}]" if ":" in host else host


def _number(host: str) -> str:
    return "127.0.0.1" if host == "localhost" else host


def _administrator(run: "Run", ctx: "Context", team: "Team", named: str | None) -> str | None:
    """Return who is to be invited as an administrator now, None where there is one already."""
    members = ctx.settings.members
    there = any(
        one.role == "admin" and one.has_password for one in team.people.all() if one.key in members
    )
    if named is None and there:
        return None
    key = (named or run.member or ctx.me or "").removeprefix("@")
    if key not in members:
        raise WrongUse("web-team-who", member=key, known=" ".join(members))
    return key
