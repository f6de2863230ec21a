"""What the running server knows: where the store is, who looks, under what names it answers."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from kb.faces.web.auth import Doorkeeper, Doors
from kb.faces.web.events import Hub
from kb.faces.web.guard import Known
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.programs import Programs
from kb.faces.web.sample import Sample
from kb.faces.web.saves import Saves
from kb.faces.web.team import Team
from kb.server import receipts
from kb.server.replies import InMemory, Replies
from kb.wiring import Desk
from kb.work.context import Context

if TYPE_CHECKING:
    from starlette.requests import Request

    from kb.faces.web.searcher import Searcher

PATIENCE = 300
"""Seconds that a page waits at most for the store to be read at the start."""


def _set() -> Event:
    event = Event()
    event.set()
    return event


def _replies() -> Replies:
    return Replies(InMemory(monotonic))


def _nobody() -> None:
    """Know nobody who would act if nobody is named."""


class Met:
    """When a team's server last met the others, and the code of why it could not since."""

    def __init__(self) -> None:
        """Begin without a meeting; `alone` as long as there is nobody to meet."""
        self.at: datetime | None = None
        self.problem = ""
        self.alone = True


@dataclass(frozen=True, slots=True)
class Site:
    """One server: `store` and `member` as the command line has them, `port` on this machine.

    `fault` writes down an error of ours and returns where; `log` takes the lines of the access
    log; `sample` is there where the store is the sample team's. Without a `searcher` searches are
    answered here.
    """

    store: str | None
    member: str | None
    port: int
    fault: Callable[[BaseException], str]
    log: Callable[[str], None] | None = None
    keeper: Doorkeeper = field(default_factory=Doorkeeper)
    warmed: Event = field(default_factory=_set)
    sample: Sample | None = None
    saves: Saves = field(default_factory=Saves)
    live: Hub = field(default_factory=Hub)
    once: Replies = field(default_factory=_replies)
    team: Team | None = None
    met: Met = field(default_factory=Met)
    guests: GuestDoor | None = None
    searcher: "Searcher | None" = None
    programs: Programs = field(init=False)
    _desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        """Open the desk that lends what pages need of the store, and what programs need."""
        object.__setattr__(self, "_desk", Desk(self.store))
        object.__setattr__(self, "programs", Programs(self.team, self._desk.root))

    @property
    def doors(self) -> Doors:
        """Where sessions are opened and found."""
        return self.team or self.keeper

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which a browser may speak to this server."""
        if self.team is not None:
            return self.team.hosts
        plain = {"127.0.0.1", "localhost"} if self.port == 80 else set()
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}", *plain})

    @property
    def cookie(self) -> str:
        """The name of the session's cookie: browsers keep one jar for all ports of a host."""
        secure = self.team is not None and self.team.secure
        return "__Host-kb" if secure else f"kb-{self.port}"

    @property
    def known(self) -> Known:
        """How one may speak to this server."""
        if self.team is None:
            return Known(self.hosts)
        return Known(self.hosts, secure=self.team.secure, local=False)

    def address_of(self, request: "Request") -> str:
        """Return from where somebody asks; a proxy is believed only where there has to be one.

        It writes the address that it saw at the end; what stands before it anybody can have sent.
        """
        told = request.headers.get("x-forwarded-for", "")
        if told and self.team is not None and self.team.proxy:
            return told.rpartition(",")[2].strip()[:64]
        return request.client.host if request.client else ""

    def new_address(self) -> str:
        """Return a new address that opens the page once, within ten minutes."""
        return f"http://127.0.0.1:{self.port}/enter/{self.keeper.address()}"

    def warm(self) -> None:
        """Read in another thread what has changed since the last time, before anybody asks.

        Pages wait for the lists: two that read the whole store at once would be in each other's
        way. What is searched comes after them, a few documents at a time. Where there is much to
        read, another process does it.
        """
        self.warmed.clear()
        Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        from kb.faces.web import apart
        from kb.work import searching

        ctx = self._desk.open(self.member, lang="ja")
        try:
            if apart.behind(ctx):
                with apart.TURN:
                    for line in apart.Reading(ctx.root, "words").said():
                        if line == apart.LISTS:
                            ctx.catalogue.catch_up()
                            self.warmed.set()
            ctx.catalogue.catch_up()
            self.warmed.set()
            ctx.catalogue.rows(lambda db: searching.with_engine(ctx, db, lambda _: None))
        except Exception as error:  # noqa: BLE001 (the first page that needs it says what is wrong)
            self.fault(error)
        finally:
            ctx.close()
            self.warmed.set()
        gc.collect()
        gc.freeze()  # what is there now stays: the collector need not go through it again

    def open(self, person: str | None = None) -> Context:
        """Return a context for one request, to be used and closed in one thread.

        On a team's server `person` acts if `kb.toml` has them, else nobody.
        """
        self.warmed.wait(PATIENCE)
        ctx = self._desk.open(person or self.member, lang="ja")
        ctx.elsewhere = self.searcher
        if self.team is not None:  # whom the machine knows has nothing to do with who asks
            ctx.asked = person if person in ctx.settings.members else None
            ctx.identity = _nobody
            ctx.receive = partial(receipts.receive, self.team.state)
        return ctx
