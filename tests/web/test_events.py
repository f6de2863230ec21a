"""What an open page hears of: that something changed, at once, and never a word of what."""

import asyncio
import json
import re
import signal
import time
import urllib.request
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar

import pytest
from team_kit import person, team_site
from web_kit import HOST, NOW, PORT

from kb.faces.web import events
from kb.faces.web.app import build

MEETING = "/m/minasoko/m-2yn804"
DOCUMENT = "accounts/minasoko.md"
MEMO = "- 料金の話は次回まで出さない\n"


class Heard:
    """One stream as a browser hears it; `said` is every byte of it."""

    def __init__(self):
        self.status = 0
        self.said = b""
        self.more = asyncio.Event()
        self.gone = asyncio.Event()
        self.task = None

    async def until(self, pattern, seconds=3):
        """Wait until what was said matches; return the match."""
        async with asyncio.timeout(seconds):
            while not (found := re.search(pattern, self.said.decode())):
                self.more.clear()
                await self.more.wait()
        return found

    async def over(self, seconds=3):
        """Wait until the stream has ended by itself."""
        await asyncio.wait_for(self.task, seconds)


@asynccontextmanager
async def hearing(browser, path, app=None):
    """Listen to a path with the browser's session, or at another app."""
    heard = Heard()
    asked = False

    async def receive():
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await heard.gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.start":
            heard.status = message["status"]
        heard.said += message.get("body", b"")
        heard.more.set()

    cookies = {} if app else browser.client.cookies
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    port = PORT + 1 if app else PORT
    headers = {"host": f"127.0.0.1:{port}", "cookie": cookie, "accept": "text/event-stream"}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", PORT),
        "client": ("127.0.0.1", 1),
    }
    heard.task = asyncio.ensure_future((app or build(browser.site))(scope, receive, send))
    try:
        yield heard
    finally:
        heard.gone.set()
        await asyncio.wait_for(heard.task, 3)


def digest(found):
    return json.loads(found[1])["digest"]


def append(browser, text):
    path = browser.store / DOCUMENT
    found = path.read_bytes()
    path.write_bytes(
        found.replace("### 社内メモ\n".encode(), f"### 社内メモ\n\n{text}".encode(), 1)
    )


CHANGED = r"event: changed\ndata: (\{.*\})\n\n$"


def test_a_line_of_this_server_and_one_of_an_editor_are_heard_of_within_a_second(writing):
    page = writing.get(MEETING).text

    async def main():
        async with hearing(writing, f"{MEETING}/events") as heard:
            first = digest(await heard.until(CHANGED))
            assert first == re.search(r'data-digest="(\w+)"', page)[1], (
                "the page is not asked again"
            )
            began = time.monotonic()
            await asyncio.to_thread(
                writing.send, f"{MEETING}/lines", kind="said", text="数字で話したい", under="1"
            )
            second = digest(await heard.until(rf"{first}.*\n\n{CHANGED}"))
            saved = time.monotonic() - began
            await asyncio.sleep(0.3)
            began = time.monotonic()
            append(writing, MEMO)
            await heard.until(rf"{second}.*\n\n{CHANGED}")
            return saved, time.monotonic() - began

    assert max(asyncio.run(main())) < 2  # it is a third of a second, and machines of tests are slow


def test_a_stream_carries_ids_and_digests_and_no_word(writing):
    writing.get(MEETING)

    async def main():
        async with hearing(writing, f"{MEETING}/events") as one:
            first = await one.until(CHANGED)
            append(writing, MEMO)
            await one.until(rf"{digest(first)}.*\n\n{CHANGED}")
            return one.said.decode()

    said = asyncio.run(main())
    assert "料金" not in said
    left = re.sub(
        r'event: changed\ndata: \{"id": "m-2yn804", "digest": "[0-9a-f]{24}"\}\n\n', "", said
    )
    assert left == "retry: 2000\n\n"


def test_the_customers_view_is_silent_about_what_is_internal(writing):
    async def main():
        path = f"{MEETING}/projected/events"
        async with hearing(writing, path) as outside, hearing(writing, f"{MEETING}/events") as one:
            first = digest(await outside.until(CHANGED))
            mine = digest(await one.until(CHANGED))
            append(writing, MEMO)
            await one.until(rf"{mine}.*\n\n{CHANGED}")
            assert len(outside.said) == len(one.said.partition(b"\n\nevent: changed")[0]) + len(
                f'\n\nevent: changed\ndata: {{"id": "m-2yn804", "digest": "{first}"}}\n\n'
            )

    asyncio.run(main())


def test_listening_ends_with_the_session_and_with_the_server_and_leaves_nothing(writing):
    writing.get(MEETING)

    async def main():
        hub = writing.site.live
        async with hearing(writing, f"{MEETING}/events") as heard:
            await heard.until(CHANGED)
            assert len(hub) == 1
            await asyncio.to_thread(writing.send, "/leave")
            await heard.until("event: over\n")
            await heard.over()
        assert len(hub) == 0
        await asyncio.wait_for(hub._task, 2)  # nobody looks for nobody

    asyncio.run(main())


def test_a_browser_that_goes_is_forgotten_and_one_that_opens_too_many_is_refused(writing):
    async def main():
        hub = writing.site.live
        async with hearing(writing, f"{MEETING}/events") as one:
            await one.until(CHANGED)
            opened = [hearing(writing, "/accounts/minasoko/events") for _ in range(4)]
            heard = [await one.__aenter__() for one in opened]
            for other in heard:
                await asyncio.wait_for(other.more.wait(), 3)
            assert [one.status for one in heard].count(429) == 1
            assert len(hub) == events.PER_SESSION
            for other in opened:
                await other.__aexit__(None, None, None)
            assert len(hub) == 1

    asyncio.run(main())


def test_nobody_listens_without_a_session_or_to_what_there_is_not(writing):
    assert writing.client.get("/m/minasoko/m-000000/events").status_code == 404
    writing.client.cookies.clear()
    for path in (f"{MEETING}/events", f"{MEETING}/projected/events", "/accounts/minasoko/events"):
        assert writing.client.get(path).status_code == 401


def test_many_listeners_are_served_by_one_look_and_no_thread_each(writing, monkeypatch):
    looked = []
    hub = writing.site.live

    async def main():
        watched = events.Watched("x", "x", (writing.store / DOCUMENT,), lambda: looked.append(1))
        listeners = [events.Listener(watched, number, lambda: True) for number in range(300)]
        assert all(map(hub.join, listeners))
        await asyncio.sleep(0.6)
        for one in listeners:
            hub.leave(one)
        await asyncio.wait_for(hub._task, 2)

    asyncio.run(main())
    assert len(looked) <= 2


@pytest.mark.slow
def test_a_server_that_stops_does_not_wait_for_who_listens(demo_store, serving):
    address = serving(demo_store, "sato", NOW)
    home = address.partition("/enter/")[0]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.open(address).read()
    stream = opener.open(f"{home}{MEETING}/events", timeout=5)
    assert stream.readline() == b"retry: 2000\n"
    began = time.monotonic()
    serving.running[0].send_signal(signal.SIGTERM)
    assert serving.running[0].wait(30) == 0
    assert time.monotonic() - began < 8, "it waited until the stream's end"
    stream.close()


def test_on_a_team_s_server_everybody_hears_the_same_until_they_are_sent_away(
    demo_store, clock, tmp_path
):
    site = team_site(demo_store, tmp_path / "state", url=HOST)
    sato, mori = person(site, "sato", "admin"), person(site, "mori")
    page = mori.get(MEETING).text

    async def main():
        path = f"{MEETING}/events"
        async with hearing(sato, path) as one, hearing(mori, path) as other:
            first = digest(await one.until(CHANGED))
            assert first == digest(await other.until(CHANGED))
            assert first == re.search(r'data-digest="(\w+)"', page)[1]
            sato.get(MEETING)
            await asyncio.to_thread(
                sato.send, f"{MEETING}/lines", kind="said", text="聞こえる", under="1"
            )
            await other.until(rf"{first}.*\n\n{CHANGED}")
            site.team.people.remove("mori")
            await other.until("event: over\n")
            assert len(site.live) == 1

    asyncio.run(main())
    site.team.state.close()
