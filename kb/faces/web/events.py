"""Tells open pages that something they show has changed: ids and digests, never a text.

One watcher looks for all that listen: a few times a second at the dates of the files that matter,
at once after a form was sent, and not at all while nobody listens. What changed is read once, in a
thread, however many pages show it. A digest is made with a key of this process, so that it says
nothing about the text to anybody, and a page that was made here bears the same one.
"""

import asyncio
import hmac
import json
import secrets
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

EVERY = 0.25
"""Seconds between two looks at the files."""
ALIVE = 1.0
"""Seconds after which it is asked again whether who listens may still do so."""
BEAT = 15.0
"""Seconds after which a silent stream says that it is there."""
PER_SESSION = 4
"""How many streams one browser may hold: it has six connections, and pages need some."""
AT_MOST = 400
"""How many streams there may be in all."""
RETRY = 2000
"""Milliseconds after which a browser asks again for a stream that ended."""
YOUNG = 0.1
"""A file changed so few seconds ago is looked at once more: its date may be too coarse."""

_Mark = tuple[int, int, int, int] | None


class Watched(NamedTuple):
    """What a stream is about.

    `key` is the same for all that want to hear the same; `id` is what they are told of. `paths`
    are the files whose change may matter. `shown` returns all that is shown, as data whose `repr`
    changes with it; it is called in a thread and may raise: then the thing is gone.
    """

    key: Hashable
    id: str
    paths: tuple[Path, ...]
    shown: Callable[[], object]


class Listener:
    """One open stream: what it hears about, whose it is, the digest that it has to be told."""

    def __init__(self, watched: Watched, whose: Hashable, alive: Callable[[], bool]) -> None:
        """`alive` tells, cheaply, whether who listens may still do so."""
        self.watched = watched
        self.whose = whose
        self.alive = alive
        self.digest: str | None = None
        self.over = ""
        self.wake = asyncio.Event()

    def tell(self, digest: str) -> None:
        """Say what is shown now; only the newest is told."""
        if digest != self.digest:
            self.digest = digest
            self.wake.set()

    def end(self, why: str) -> None:
        """End the stream; with `why` it says so, without the browser is to ask again."""
        self.over = why or "stop"
        self.wake.set()


class Hub:
    """All that listen, and the one watcher that looks for them; lives on one event loop."""

    def __init__(self) -> None:
        """Begin with nobody who listens."""
        self._secret = secrets.token_bytes(16)
        self._listeners: list[Listener] = []
        self._marks: dict[Hashable, tuple[_Mark, ...]] = {}
        self._digests: dict[Hashable, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._now = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._asked = 0.0

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._listeners)

    def digest(self, shown: object) -> str:
        """Return the digest of what is shown, as this process tells it."""
        said = repr(shown).encode("utf-8", "replace")
        return hmac.digest(self._secret, said, "sha256").hex()[:24]

    def join(self, listener: Listener) -> bool:
        """Take a listener in; False when there are too many of this browser's or in all."""
        own = sum(one.whose == listener.whose for one in self._listeners)
        if own >= PER_SESSION or len(self._listeners) >= AT_MOST:
            return False
        self._loop = asyncio.get_running_loop()
        self._listeners.append(listener)
        known = self._digests.get(listener.watched.key)
        if known is not None:
            listener.tell(known)
        if self._task is None or self._task.done():
            self._task = self._loop.create_task(self._watch())
        self._now.set()
        return True

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self._listeners.remove(listener)

    def look_now(self) -> None:
        """Look at once, because something was saved just now; may be called in any thread."""
        loop = self._loop
        if loop is not None and self._listeners:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._now.set)

    def stop(self) -> None:
        """End all streams, so that a server that stops has nothing to wait for."""
        for listener in self._listeners:
            listener.end("")

    async def _watch(self) -> None:
        while self._listeners:
            await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), EVERY)
            self._now.clear()
        self._marks.clear()
        self._digests.clear()

    async def _look(self) -> None:
        topics: dict[Hashable, Watched] = {}
        asked = time.monotonic() > self._asked + ALIVE
        if asked:
            self._asked = time.monotonic()
        for listener in self._listeners:
            if asked and not listener.alive():
                listener.end("over")
            topics[listener.watched.key] = listener.watched
        for key in self._marks.keys() - topics.keys():
            del self._marks[key]
            self._digests.pop(key, None)
        marks = {key: tuple(map(_mark, one.paths)) for key, one in topics.items()}
        due = [key for key, mark in marks.items() if self._marks.get(key) != mark]
        if not due:
            return
        found = await asyncio.to_thread(lambda: [self._read(topics[key]) for key in due])
        for key, digest in zip(due, found, strict=True):
            self._digests[key] = digest
            if _settled(marks[key]):
                self._marks[key] = marks[key]
        for listener in self._listeners:
            digest = self._digests.get(listener.watched.key, "")
            if digest:
                listener.tell(digest)

    def _read(self, watched: Watched) -> str:
        try:
            return self.digest(watched.shown())
        except Exception:  # noqa: BLE001 (the page that asks again is told what is wrong)
            return "gone"


class Stream(Response):
    """The answer to who wants to hear of something: stays open until one of both ends it."""

    media_type = "text/event-stream"

    def __init__(
        self, hub: Hub, watched: Watched, whose: Hashable, alive: Callable[[], bool]
    ) -> None:
        """Speak for `hub` of what is `watched`; `whose` and `alive` are the listener's."""
        super().__init__(headers={"x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._hub = hub
        self._made = (watched, whose, alive)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Tell every change until the browser goes, the session ends or the server stops."""
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        if scope["method"] == "HEAD":
            await send(head)
            await _say(send, "", more=False)
            return
        listener = Listener(*self._made)
        if not self._hub.join(listener):
            await PlainTextResponse("", status_code=429)(scope, receive, send)
            return
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send(head)
            await _say(send, f"retry: {RETRY}\n\n")
            while not listener.over:
                await _first(listener.wake, gone)
                if gone.done():
                    return
                if not listener.wake.is_set():
                    await _say(send, ":\n\n")
                    continue
                listener.wake.clear()
                if listener.digest is not None and not listener.over:
                    told = {"id": listener.watched.id, "digest": listener.digest}
                    await _say(send, f"event: changed\ndata: {json.dumps(told)}\n\n")
            if listener.over == "over":
                await _say(send, "event: over\ndata: {}\n\n")
            await _say(send, "", more=False)
        finally:
            gone.cancel()
            self._hub.leave(listener)


async def _say(send: "Send", text: str, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text.encode("ascii"), "more_body": more})


async def _gone(receive: "Receive") -> None:
    """Wait until the browser has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first(wake: asyncio.Event, gone: "asyncio.Future[None]") -> None:
    """Wait for news, for the end of the connection, or for the next beat."""
    waiting: asyncio.Future[object] = asyncio.ensure_future(wake.wait())
    both = {waiting, cast("asyncio.Future[object]", gone)}
    try:
        await asyncio.wait(both, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


def _mark(path: Path) -> _Mark:
    """Return what changes with a file, without reading it; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _settled(marks: tuple[_Mark, ...]) -> bool:
    """Tell whether all files are old enough that another change would change their dates."""
    now = time.time_ns()
    return all(mark is None or now - mark[2] > YOUNG * 1e9 for mark in marks)
