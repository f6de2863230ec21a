"""What a server does by itself: takes in hand edits, meets the others, notes what it received."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.faces.web.memory import give_back
from kb.server import receipts
from kb.work import changes
from kb.work.hand_edits import HandEdits

if TYPE_CHECKING:
    from kb.faces.web.site import Site
    from kb.work.context import Context

EVERY = 2.0
"""Seconds between two looks at what is new."""
EDITS = 10.0
"""Seconds between two looks at what was edited outside."""
MEETING = 60.0
"""Seconds between two meetings with the others, where a remote is set."""
TRIM = 10.0
"""Seconds between two times that memory is given back."""
LAST = 5.0
"""Seconds that the end of a server waits for a round that is under way."""
ITSELF = "kb <kb@kb.invalid>"
"""Who a team's server is where nobody else can be named: it merges, and takes hand edits in."""


class Steward:
    """Looks after the store of a running server, in a thread of its own."""

    def __init__(self, site: "Site", clock: Callable[[], float] = time.monotonic) -> None:
        """Do nothing yet; `clock` counts seconds and never goes back."""
        self._site = site
        self._clock = clock
        self._over = Event()
        self._thread: Thread | None = None
        self._edits = HandEdits()
        self._looked = self._met = float("-inf")

    def start(self) -> None:
        """Begin, and go on until `stop`."""
        self.prepare()
        self._thread = Thread(target=self._run, daemon=True, name="kb-steward")
        self._thread.start()

    def prepare(self) -> None:
        """Note what was there before a team's server was, before anybody asks."""
        team = self._site.team
        if team is None or receipts.begun(team.state):
            return
        ctx = self._site.open()
        try:
            receipts.begin(team.state, (one.commit for one in ctx.store.log(None).commits))
        finally:
            ctx.close()

    def stop(self) -> None:
        """End after what is being done just now, which is waited for a moment."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(LAST)

    def _run(self) -> None:
        trimmed = self._clock()
        while not self._over.wait(EVERY):
            self.round()
            if self._clock() - trimmed >= TRIM:
                give_back()
                trimmed = self._clock()

    def round(self) -> None:
        """Do what is due."""
        ctx = self._site.open()
        try:
            self._round(ctx)
        except KbError:
            pass  # a merge under way, a full disk: pages say so to those who save
        except Exception as error:  # noqa: BLE001 (the next round may go well)
            self._site.fault(error)
        finally:
            ctx.close()

    def _round(self, ctx: "Context") -> None:
        now = self._clock()
        team = self._site.team
        if team is not None:
            ctx.asked = ITSELF
        if now - self._looked >= EDITS:
            self._looked = now
            self._edits.take_in(ctx, now)
        if team is None:
            return
        if now - self._met >= MEETING:
            self._met = now
            self._meet(ctx)
        ctx.past.catch_up()

    def _meet(self, ctx: "Context") -> None:
        met = self._site.met
        try:
            changes.sync(ctx)
        except KbError as error:
            met.alone = error.code == "no-remote"
            met.problem = "" if met.alone else error.code
        else:
            met.at, met.problem, met.alone = ctx.now, "", False
