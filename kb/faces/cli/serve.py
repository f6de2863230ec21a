"""`kb serve`: the web page, on this machine and for who sits at it, or for the whole team."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.errors import NotAllowed, WrongUse
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import current, t
from kb.faces.cli.serving import PORT, bound_to, here, note
from kb.messages import say

if TYPE_CHECKING:
    from kb.faces.web.guestdoor import GuestDoor
    from kb.work.context import Context


@kb_command(
    help=t(
        "Serve the web page on this machine, for you alone. Prints one address, which opens the "
        "page once within ten minutes; Enter prints another. With --team everybody logs in. "
        "Ctrl+C stops.",
        "Webの画面を、このパソコンで、あなただけに開きます。10分以内に一度だけ使えるアドレスを"
        "表示します。Enterで新しいアドレス、Ctrl+Cで終わります。--team を付けると、"
        "チーム全員が各自ログインして使えます。",
    ),
    examples=[
        "kb serve",
        "kb serve --as sato --json",
        "kb serve --team --url https://kb.example.com --proxy",
    ],
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help=t(
        "Where to answer, else on this machine only (127.0.0.1); elsewhere only with --team.",
        "待ち受けるアドレス。なければこのパソコン（127.0.0.1）だけ。ほかは --team のときだけです。",
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
    help=t(
        "For the whole team, each with a password.", "チーム全員が、各自のパスワードで使います。"
    ),
)
@click.option(
    "--url",
    default=None,
    metavar="URL",
    help=t(
        "The address under which people open it, such as https://kb.example.com.",
        "みなさんが開くアドレス。例: https://kb.example.com",
    ),
)
@click.option(
    "--guest-url",
    default=None,
    metavar="URL",
    help=t(
        "The address under which guests open their links, with --guest-port.",
        "お客様がリンクを開くアドレス。--guest-port と一緒に使います。",
    ),
)
@click.option(
    "--proxy",
    is_flag=True,
    help=t(
        "A proxy of ours stands in front: believe it from where somebody asks.",
        "自分たちのプロキシの後ろで動かします。接続元はプロキシの知らせに従います。",
    ),
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help=t(
        "The folder of accounts and of who did what; else one below your state folder.",
        "アカウントや操作の記録を置くフォルダー。なければ自分の状態フォルダーの下です。",
    ),
)
@click.option(
    "--admin",
    default=None,
    metavar="MEMBER",
    help=t(
        "Make MEMBER an administrator and print an invitation; else who starts it, at first.",
        "MEMBERを管理者にして招待を表示します。なければ、最初に始めた人が管理者です。",
    ),
)
def serve(
    run: Run,
    host: str,
    port: int | None,
    guest_port: int | None,
    *,
    team: bool,
    url: str | None,
    guest_url: str | None,
    proxy: bool,
    state: Path | None,
    admin: str | None,
) -> None:
    """Serve one person, or a team with accounts, until told to stop."""
    if team:
        from kb.faces.cli import serve_team

        guests = None if guest_port is None else serve_team.Guests(guest_port, guest_url)
        wanted = serve_team.Wanted(host, port, url, state, admin, guests, proxy=proxy)
        serve_team.serve(run, wanted)
        return
    if not here(host):
        raise NotAllowed("web-team-host", host=host)
    for option, given in (
        ("--url", url),
        ("--guest-url", guest_url),
        ("--proxy", proxy),
        ("--state", state),
        ("--admin", admin),
    ):
        if given:
            raise WrongUse("web-team-only", option=option)
    context = run.context
    member = _who(context)
    from kb.faces.cli import faults
    from kb.faces.web.searcher import Searcher
    from kb.faces.web.server import bind, on_enter
    from kb.faces.web.server import serve as answer
    from kb.faces.web.site import Site
    from kb.faces.web.steward import Steward
    from kb.server.folder import default_folder, open_folder

    bound = bound_to(bind, port)
    root = str(context.root)
    site = Site(
        store=root,
        member=member,
        port=bound.getsockname()[1],
        fault=lambda error: faults.logged(error, root),
        log=None if run.json else note,
        guests=None if guest_port is None else _guests(context.root, guest_port),
        searcher=Searcher(context.root),
    )
    site.keeper.remember(open_folder(default_folder(context.root), context.root) / "sessions")
    context.close()

    def tell() -> None:
        url = site.new_address()
        run.emit({"url": url, "port": site.port, "member": member}, url)

    def ready() -> None:
        tell()
        if not run.json:
            note(say("web-serving", current())[0])
            if site.guests is not None:
                note(say("web-serving-guests", current(), url=site.guests.url)[0])

    on_enter(tell)
    steward = Steward(site)
    steward.start()
    site.warm()
    try:
        answer(site, bound, ready)
    finally:
        steward.stop()


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


def _who(context: "Context") -> str | None:
    """Return who looks, found once: reading needs nobody, so None where git knows nobody."""
    try:
        actor = context.actor
    except WrongUse as error:
        if error.code != "no-author":
            raise
        return None
    return actor.key or f"{actor.name} <{actor.email}>"
