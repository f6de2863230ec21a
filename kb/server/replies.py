"""Answers to changes that may be asked twice: the same key gets the same answer, done once."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.server.state import State

SECONDS = 24 * 3600
"""How long an answer is kept."""
KEPT = 1000
"""How many answers are kept in memory, the newest."""


class Reply(NamedTuple):
    """What was answered: `asked` is the digest of what had been sent."""

    asked: bytes
    status: int
    tag: str
    body: bytes


class Kept(Protocol):
    """Where answers are kept, by what names a request."""

    def find(self, key: bytes) -> Reply | None:
        """Return the answer that was given, None when there is none or it is too old."""

    def keep(self, key: bytes, reply: Reply) -> None:
        """Keep an answer for a day."""


class InMemory:
    """Answers that end with the server: on one's own machine."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with none; `clock` counts seconds."""
        self._clock = clock
        self._kept: OrderedDict[bytes, tuple[float, Reply]] = OrderedDict()

    def find(self, key: bytes) -> Reply | None:
        """Return the answer that was given, None when there is none or it is too old."""
        at, reply = self._kept.get(key, (0.0, None))
        return reply if reply is not None and self._clock() - at < SECONDS else None

    def keep(self, key: bytes, reply: Reply) -> None:
        """Keep an answer for a day, if there are not too many after it."""
        self._kept[key] = (self._clock(), reply)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


class InState:
    """Answers that outlive the server: in the state of a team's."""

    def __init__(self, state: "State") -> None:
        """Keep them in `state`."""
        self._state = state

    def find(self, key: bytes) -> Reply | None:
        """Return the answer that was given, None when there is none or it is too old."""
        row = self._state.one(
            "SELECT asked, status, tag, body FROM reply WHERE key = ? AND at > ?",
            key,
            self._state.now() - SECONDS,
        )
        return Reply(*row) if row is not None else None

    def keep(self, key: bytes, reply: Reply) -> None:
        """Keep an answer for a day."""
        now = self._state.now()
        with self._state.write() as db:
            db.execute("DELETE FROM reply WHERE at <= ?", (now - SECONDS,))
            db.execute("INSERT OR REPLACE INTO reply VALUES(?, ?, ?, ?, ?, ?)", (key, now, *reply))


class Replies:
    """Lets one request of a key be worked on at a time, and remembers what was answered."""

    def __init__(self, kept: Kept) -> None:
        """Keep the answers in `kept`."""
        self._kept = kept
        self._busy: set[bytes] = set()
        self._changed = Condition()

    @contextmanager
    def turn(self, key: bytes) -> "Iterator[Reply | None]":
        """Wait until nobody works on `key`; give the answer that it already got, or None."""
        with self._changed:
            self._changed.wait_for(lambda: key not in self._busy)
            self._busy.add(key)
        try:
            yield self._kept.find(key)
        finally:
            with self._changed:
                self._busy.discard(key)
                self._changed.notify_all()

    def keep(self, key: bytes, reply: Reply) -> None:
        """Remember what was answered; only inside of the key's turn."""
        self._kept.keep(key, reply)
