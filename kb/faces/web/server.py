"""Runs the server: binds the address, says when it answers, ends what was begun before it stops."""

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from types import FrameType

import uvicorn

from kb.errors import WrongUse
from kb.faces.web.app import build
from kb.faces.web.guestdoor import ByPort
from kb.faces.web.site import Site

LOOPBACK = "127.0.0.1"
STDIN = 0
STOP_SECONDS = 10
"""How long a stopping server waits for the answers that are under way."""


def bind(port: int, host: str = LOOPBACK) -> socket.socket:
    """Return a socket on an address of this machine, else on its own; port 0 takes any.

    Raises `WrongUse`: "web-port-taken", "web-bad-address".
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once only on sockets that say their protocol; else each answer waits 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise WrongUse("web-port-taken", port=port) from None
        raise WrongUse("web-bad-address", host=host) from None
    return made


def serve(site: Site, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until the process is told to stop; `ready` is called when the first can be asked."""
    app, sockets = build(site), [bound]

    def ending() -> None:
        site.live.stop()
        if site.guests is not None:
            site.guests.live.stop()
        if site.searcher is not None:
            site.searcher.stop()

    if site.guests is not None and site.guests.bound is not None:
        from kb.faces.web import guest

        app = ByPort(app, {site.guests.port: guest.build(site)})
        sockets.append(site.guests.bound)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    _Server(config, ready, ending).run(sockets=sockets)


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it answers and ends in order when it is stopped."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()  # open streams would be waited for
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)

        before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def on_enter(say: Callable[[], None]) -> None:
    """Call `say` each time that Enter is pressed at the terminal, or a program sends a line."""

    def listen() -> None:
        # Not by the buffered reader: what it holds when the process ends would stop the end.
        while os.read(STDIN, 4096):
            say()

    if sys.stdin is not None:
        Thread(target=listen, daemon=True).start()
