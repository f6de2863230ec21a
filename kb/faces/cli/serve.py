"""`kb serve`: the web page, on this machine and for who sits at it."""

import ipaddress
import sys
from typing import TYPE_CHECKING

import click

from kb.errors import NotAllowed, WrongUse
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import current, t
from kb.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from kb.faces.web.guestdoor import GuestDoor
    from kb.work.context import Context

PORT = 8710


@kb_command(
    help=t(
        "Serve the web page on this machine, for you alone. Prints one address, which opens the "
        "page once within ten minutes; Enter prints another. Ctrl+C stops.",
        "Webの画面を、このパソコンで、あなただけに開きます。10分以内に一度だけ使えるアドレスを"
        "表示します。Enterで新しいアドレス、Ctrl+Cで終わります。",
    ),
    examples=["kb serve", "kb serve --port 9000", "kb serve --as sato --json"],
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help=t(
        "Where to answer; until there are accounts with passwords only this machine (127.0.0.1).",
        "待ち受けるアドレス。ログインの仕組みができるまでは、このパソコン（127.0.0.1）だけです。",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help=t(
        f"The port; else {PORT}, or a free one when that is taken. 0 takes any.",
        f"ポート番号。なければ {PORT}、使われていれば空いているもの。0なら空いているもの。",
    ),
)
@click.option(
    "--guest-port",
    type=click.IntRange(0, 65535),
    default=None,
    help=t(
        "Serve links for guests, on this port alone (0 takes any); without it there are none.",
        "お客様用のリンクを、このポートだけで開きます（0なら空いているもの）。指定しなければ、リンクは使えません。",
    ),
)
@click.option(
    "--team",
    is_flag=True,
    help=t("For the whole team, with login: not yet.", "チーム全員に、ログインつきで（準備中）。"),
)
def serve(run: Run, host: str, port: int | None, guest_port: int | None, *, team: bool) -> None:
    """Refuse what is not there yet, then answer until told to stop."""
    if team:
        raise NotAllowed("web-no-team-yet")
    if not _here(host):
        raise NotAllowed("web-no-host-yet", host=host)
    context = run.context
    member = _who(context)
    from kb.faces.cli import faults
    from kb.faces.web.server import bind, on_enter
    from kb.faces.web.server import serve as answer
    from kb.faces.web.site import Site

    try:
        bound = bind(PORT if port is None else port)
    except WrongUse:
        if port is not None:
            raise
        bound = bind(0)
    root = str(context.root)
    site = Site(
        store=root,
        member=member,
        port=bound.getsockname()[1],
        fault=lambda error: faults.logged(error, root),
        log=None if run.json else _note,
        guests=None if guest_port is None else _guests(context.root, guest_port),
    )
    context.close()

    def tell() -> None:
        url = site.new_address()
        run.emit({"url": url, "port": site.port, "member": member}, url)

    def ready() -> None:
        tell()
        if not run.json:
            _note(say("web-serving", current())[0])
            if site.guests is not None:
                _note(say("web-serving-guests", current(), url=site.guests.url)[0])

    on_enter(tell)
    site.warm()
    answer(site, bound, ready)


def _guests(root: "Path", port: int) -> "GuestDoor":
    """Open the place of the guests' pages; the links are kept in the server's own folder."""
    from kb.faces.web.guestdoor import GuestDoor
    from kb.faces.web.server import bind
    from kb.server.folder import default_folder, open_folder
    from kb.server.guests import Guests
    from kb.server.state import State

    bound = bind(port)
    state = State(open_folder(default_folder(root), root))
    return GuestDoor(bound.getsockname()[1], Guests(state), bound=bound)


def _note(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _here(host: str) -> bool:
    """Tell whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address("127.0.0.1")
    except ValueError:
        return False


def _who(context: "Context") -> str | None:
    """Return who looks, found once: reading needs nobody, so None where git knows nobody."""
    try:
        actor = context.actor
    except WrongUse as error:
        if error.code != "no-author":
            raise
        return None
    return actor.key or f"{actor.name} <{actor.email}>"
