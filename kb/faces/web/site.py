"""What the running server knows: where the store is, who looks, under what names it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from kb.faces.web.auth import Doorkeeper
from kb.faces.web.events import Hub
from kb.faces.web.sample import Sample
from kb.wiring import open_context
from kb.work.context import Context

PATIENCE = 300
"""Seconds that a page waits at most for the store to be read at the start."""


def _set() -> Event:
    event = Event()
    event.set()
    return event


@dataclass(frozen=True, slots=True)
class Site:
    """One server: `store` and `member` as the command line has them, `port` on this machine.

    `fault` writes down an error of ours and returns where; `log` takes the lines of the access
    log; `sample` is there where the store is the sample team's.
    """

    store: str | None
    member: str | None
    port: int
    fault: Callable[[BaseException], str]
    log: Callable[[str], None] | None = None
    doors: Doorkeeper = field(default_factory=Doorkeeper)
    warmed: Event = field(default_factory=_set)
    sample: Sample | None = None
    live: Hub = field(default_factory=Hub)

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which a browser may speak to this server."""
        plain = {"127.0.0.1", "localhost"} if self.port == 80 else set()
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}", *plain})

    @property
    def cookie(self) -> str:
        """The name of the session's cookie: browsers keep one jar for all ports of a host."""
        return f"kb-{self.port}"

    def new_address(self) -> str:
        """Return a new address that opens the page once, within ten minutes."""
        return f"http://127.0.0.1:{self.port}/enter/{self.doors.address()}"

    def warm(self) -> None:
        """Read in another thread what has changed since the last time, before anybody asks.

        Pages wait for the lists: two that read the whole store at once would be in each other's
        way. What is searched comes after them, a few documents at a time.
        """
        self.warmed.clear()
        Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        from kb.work import searching

        ctx = open_context(self.store, self.member, lang="ja")
        try:
            ctx.catalogue.catch_up()
            self.warmed.set()
            ctx.catalogue.rows(lambda db: searching.with_engine(ctx, db, lambda _: None))
        except Exception as error:  # noqa: BLE001 (the first page that needs it says what is wrong)
            self.fault(error)
        finally:
            ctx.close()
            self.warmed.set()

    def open(self) -> Context:
        """Return a context for one request, to be used and closed in one thread."""
        self.warmed.wait(PATIENCE)
        return open_context(self.store, self.member, lang="ja")
