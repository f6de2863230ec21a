"""Serves the sample team on its own day, and the team that a visitor begins from it."""

import os
import sys
import webbrowser
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kb import clock
from kb.errors import WrongUse
from kb.faces.cli import faults, own_team
from kb.faces.cli.language import current
from kb.faces.cli.run import Run
from kb.faces.cli.serving import PORT
from kb.messages import say
from kb.work import demo

if TYPE_CHECKING:
    import socket

MEMBER = "sato"
"""Whose day it is: the CSM of the meeting of 14:00."""


def serve(
    run: Run, folder: Path, built: demo.Built | None, *, port: int | None, browser: bool
) -> None:
    """Serve a demo until told to stop; tell its address, and open it in the browser.

    `built` is None for one that was there already.
    """
    from kb import wiring
    from kb.faces.web.sample import Sample
    from kb.faces.web.searcher import Searcher
    from kb.faces.web.server import on_enter
    from kb.faces.web.server import serve as answer
    from kb.faces.web.site import Site

    root = str(folder)
    member = run.member or MEMBER
    ctx = wiring.open_context(root, member, lang=current())
    ctx.me  # noqa: B018 (who is no member is told so before anything is served)
    clock.begin_at(demo.moment(ctx))
    told = (built or demo.kept(ctx))._asdict() | {"store": root}
    ctx.close()
    bound = _bound(port)
    teams = own_team.Begun()
    site = Site(
        store=root,
        member=member,
        port=bound.getsockname()[1],
        fault=lambda error: faults.logged(error, root),
        sample=Sample(folder.parent, teams.begin),
        searcher=Searcher(Path(root)),
    )

    def ready() -> None:
        url = site.new_address()
        run.emit({**told, "url": url}, url)
        if not run.json:
            sys.stderr.write(say("web-serving", current())[0] + "\n")
        if browser and _can_show():
            Thread(target=webbrowser.open, args=(site.new_address(),), daemon=True).start()

    def another() -> None:
        url = site.new_address()
        run.emit({"url": url}, url)

    on_enter(another)
    site.warm()
    try:
        answer(site, bound, ready)
    finally:
        teams.end()


def _bound(port: int | None) -> "socket.socket":
    """Return a socket on `port`; if none was named on the usual one, or any when that is taken."""
    from kb.faces.web.server import bind

    try:
        return bind(PORT if port is None else port)
    except WrongUse:
        if port is not None:
            raise
        return bind(0)


def _can_show() -> bool:
    """Tell whether a browser would have a window: one in the terminal would take it away."""
    return sys.platform != "linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
