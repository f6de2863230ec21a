"""Where guests come in: the address that they are given, and what the server keeps of it."""

from typing import TYPE_CHECKING

from kb.errors import NotFound, WrongUse
from kb.faces.web.events import Hub
from kb.work import sharing

if TYPE_CHECKING:
    from socket import socket

    from starlette.types import ASGIApp, Receive, Scope, Send

    from kb.server.guests import Guests, Link
    from kb.work.context import Context


class GuestDoor:
    """The place of the guests' pages: a port of its own, with no member behind it.

    `url` is how the addresses of links begin, `hosts` under which names guests may speak to it.
    What guests hear of goes through a hub of their own: they can't take the members' places.
    """

    def __init__(
        self,
        port: int,
        links: "Guests",
        *,
        url: str | None = None,
        bound: "socket | None" = None,
    ) -> None:
        """Let in those who bear one of `links`, at `port`; `bound` listens there.

        Without `url` the links open on this machine alone.
        """
        self.port = port
        self.links = links
        self.bound = bound
        self.url = url or f"http://127.0.0.1:{port}"
        host = self.url.partition("://")[2]
        self.hosts = frozenset({host} if url else {host, f"localhost:{port}"})
        self.live = Hub()

    def address(self, secret: str) -> str:
        """Return the address of a link."""
        return f"{self.url}/g/{secret}"

    def follow(self, ctx: "Context", account: str, meeting: str) -> None:
        """Give a meeting the links that were made while its account had another name.

        The name may have been changed anywhere, so it is the history that tells. It may be
        another customer's by now: a link follows its meeting, unless that is there, too.
        """
        others = self.links.elsewhere(account, meeting)
        if others := [link for link in others if not sharing.holds(ctx, link.account, meeting)]:
            names = sharing.former_names(ctx, account)
            for link in others:
                if link.account in names:
                    self.links.move(link.id, account)

    def followed(self, ctx: "Context", link: "Link") -> "Link":
        """Return a link as it is once it followed the account in which its meeting stands now.

        Raises `NotFound` when there is no such meeting, or more than one.
        """
        try:
            account = ctx.catalogue.meeting(link.meeting, ctx.now).account
        except WrongUse:
            raise NotFound("guest-none") from None
        self.follow(ctx, account, link.meeting)
        return self.links.get(link.id) or link

    def alive(self, id_: str) -> bool:
        """Tell whether a link still opens."""
        link = self.links.get(id_)
        return link is not None and self.links.opens(link)


class ByPort:
    """Gives each connection to the app of the port that it came in at, whatever it says itself."""

    def __init__(self, usual: "ASGIApp", others: "dict[int, ASGIApp]") -> None:
        """Give what comes in at one of `others` to that app, all else to the `usual` one."""
        self._usual = usual
        self._others = others

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one connection."""
        _, port = scope.get("server") or ("", 0)
        await self._others.get(port or 0, self._usual)(scope, receive, send)
