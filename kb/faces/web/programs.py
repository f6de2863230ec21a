"""What is kept of programs that ask: their tokens, answers already given, how often they ask."""

import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kb.server.folder import default_folder, open_folder
from kb.server.replies import InMemory, InState, Replies
from kb.server.state import State
from kb.server.tokens import Tokens

if TYPE_CHECKING:
    from kb.faces.web.team import Team

RATE = 50
"""How many requests a second somebody may make for long."""
BURST = 500
"""How many requests somebody may make at once after a while of silence."""
ASKERS = 1000
"""Of how many it is remembered how often they asked."""


class Programs:
    """What one server keeps of programs; safe to ask from several threads.

    A team's server keeps it in its state; else tokens are in a folder of the person's own, and
    answers in memory.
    """

    def __init__(
        self,
        team: "Team | None",
        root: Callable[[], Path],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open nothing yet; `root` finds the store, `clock` counts seconds and never goes back."""
        self._team = team
        self._root = root
        self._clock = clock
        self._lock = Lock()
        self._tokens: Tokens | None = None
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.replies = Replies(InMemory(clock) if team is None else InState(team.state))

    @property
    def tokens(self) -> Tokens:
        """The tokens that were given out."""
        with self._lock:
            if self._tokens is None:
                self._tokens = Tokens(self._state())
            return self._tokens

    def _state(self) -> State:
        if self._team is not None:
            return self._team.state
        root = self._root()
        return State(open_folder(default_folder(root), root))

    def allows(self, who: str) -> bool:
        """Tell whether somebody may ask once more just now, and count it."""
        now = self._clock()
        with self._lock:
            left, at = self._left.pop(who, (float(BURST), now))
            left = min(float(BURST), left + (now - at) * RATE)
            self._left[who] = (left - 1 if left >= 1 else left, now)
            while len(self._left) > ASKERS:
                self._left.popitem(last=False)
            return left >= 1
