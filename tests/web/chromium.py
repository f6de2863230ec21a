"""A real Chromium, driven over two pipes: keys go in, what it shows and complains of comes out."""

import base64
import json
import os
import select
import subprocess
import time
from pathlib import Path

KEYS = {
    "Tab": {"code": "Tab", "windowsVirtualKeyCode": 9},
    "Enter": {"code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    "ArrowRight": {"code": "ArrowRight", "windowsVirtualKeyCode": 39},
    "ArrowLeft": {"code": "ArrowLeft", "windowsVirtualKeyCode": 37},
    "ArrowDown": {"code": "ArrowDown", "windowsVirtualKeyCode": 40},
    "ArrowUp": {"code": "ArrowUp", "windowsVirtualKeyCode": 38},
    "Escape": {"code": "Escape", "windowsVirtualKeyCode": 27},
    "Backspace": {"code": "Backspace", "windowsVirtualKeyCode": 8},
    "Space": {"code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
}
PATIENCE = 60
"""So many seconds something is waited for before a test fails."""
SOON = 0.02
"""So many seconds nothing is asked of a page whose change is waited for."""


class Program:
    """A running browser; all its pages are spoken to over two pipes."""

    def __init__(self, program: str, folder: Path):
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        words = [
            program,
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
            *("--disable-dev-shm-usage", "--disable-background-networking", "--accept-lang=ja"),
            *("--disable-quic", "--disable-component-update", "--disable-sync"),
            *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
            *("--disable-backgrounding-occluded-windows", "--remote-debugging-pipe"),
            *(f"--user-data-dir={folder}", "about:blank"),
        ]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "-", *words],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._buffer = b""
        self._number = 0
        self._answers = {}
        self._pages = {}

    @property
    def runs(self):
        """Tell whether it is still there."""
        return self._process.poll() is None

    def close(self):
        """End the browser."""
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)

    def page(self, *, width=1280, height=900):
        """Open a page that shares nothing with others: no cookies, no storage, no cache."""
        context = self.call(None, "Target.createBrowserContext")["browserContextId"]
        made = self.call(
            None, "Target.createTarget", url="about:blank", browserContextId=context, newWindow=True
        )
        attached = self.call(None, "Target.attachToTarget", targetId=made["targetId"], flatten=True)
        page = Chromium(self, context, attached["sessionId"])
        self._pages[attached["sessionId"]] = page
        page.begin(width, height)
        return page

    def forget(self, session, context):
        """Close a page, with all that it kept."""
        del self._pages[session]
        self.call(None, "Target.disposeBrowserContext", browserContextId=context)

    def send(self, session, method, **params):
        """Ask one thing; return the number of its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._number

    def answer(self, number):
        """Wait for an answer and return it."""
        self.wait(lambda: number in self._answers, f"answer {number}")
        got = self._answers.pop(number)
        assert "error" not in got, got
        return got["result"]

    def call(self, session, method, **params):
        """Ask one thing and return the answer."""
        return self.answer(self.send(session, method, **params))

    def wait(self, condition, what):
        """Wait until something holds, which is asked again after all that comes, and often."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(what)
            self._hear(SOON)

    def _hear(self, seconds):
        """Take what has come; wait so long for it at most."""
        if not select.select([self._read], [], [], seconds)[0]:
            return
        got = os.read(self._read, 1 << 20)
        if not got:
            raise ConnectionError("the browser is gone")
        *messages, self._buffer = (self._buffer + got).split(b"\0")
        for raw in messages:
            message = json.loads(raw)
            if "id" in message:
                self._answers[message["id"]] = message
            elif page := self._pages.get(message.get("sessionId")):
                page.note(message["method"], message.get("params", {}))


class Chromium:
    """One page of a browser.

    `complaints` are errors and refusals, `asked` all addresses; `loads` counts pages that came,
    `told` messages of streams.
    """

    def __init__(self, program: Program, context: str, session: str):
        self.program = program
        self._context = context
        self._session = session
        self._shown = set()
        self._size = (0, 0)
        self.complaints = []
        self.asked = []
        self.loads = 0
        self.told = 0

    def begin(self, width, height):
        """Have it tell what happens, and give it a size and the focus."""
        for domain in ("Page", "Runtime", "Log", "Network", "Security"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.resize(width, height)

    def close(self):
        """Close the page and forget all that it kept."""
        self.program.forget(self._session, self._context)

    def call(self, method, **params):
        """Ask one thing of the page and return its answer."""
        if method == "Browser.grantPermissions":  # which the browser knows for each context alone
            params["browserContextId"] = self._context
        return self.program.call(self._session, method, **params)

    def note(self, method, params):
        """Take what the page tells by itself."""
        if method == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif method == "Page.lifecycleEvent" and params["name"] == "load":
            self.loads += 1
            self._shown.add(params["loaderId"])
        elif method == "Network.eventSourceMessageReceived":
            self.told += 1
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])

    def open(self, address):
        """Go to an address and wait until that very page is loaded, not one before it."""
        got = self.call("Page.navigate", url=address)
        assert "errorText" not in got, (address, got)
        if loader := got.get("loaderId"):  # there is none for another place on the same page
            self.program.wait(lambda: loader in self._shown, address)

    def resize(self, width, height):
        """Make the window so many CSS pixels wide and high."""
        if self._size == (width, height):
            return
        self._size = (width, height)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def too_wide(self):
        """Return the widths, of a phone's and a desk's, at which one has to scroll sideways."""
        found = []
        for width in (390, 1280):
            self.resize(width, 900)
            if self.ask("document.documentElement.scrollWidth") > width:
                found.append(width)
        return found

    def dark(self, on):
        """Prefer dark pages, or light ones; nothing moves from one to the other."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if on else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.call("Emulation.setEmulatedMedia", features=features)

    def speak(self, lang):
        """Want pages in this language."""
        headers = {"Accept-Language": "ja" if lang == "ja" else "en-GB,en;q=0.9"}
        self.call("Network.setExtraHTTPHeaders", headers=headers)

    def ask(self, expression, *, wait=False):
        """Return the value of an expression in the page; `wait` for the one that it promises."""
        got = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=wait
        )
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    def press(self, key, *, ctrl=False):
        """Press and release one key, by its name or by the sign that it writes."""
        known = KEYS.get(key) or {"text": key, "windowsVirtualKeyCode": ord(key.upper()) & 0xFF}
        more = {"key": " " if key == "Space" else key, **known}
        if ctrl:
            more = {**more, "modifiers": 2}
            more.pop("text", None)
        released = {name: value for name, value in more.items() if name != "text"}
        sent = [
            self.program.send(self._session, "Input.dispatchKeyEvent", type=type_, **values)
            for type_, values in (("keyDown", more), ("keyUp", released))
        ]
        for number in sent:
            self.program.answer(number)

    def type(self, text):
        """Type into the field that has the focus, as an input method hands text over."""
        self.call("Input.insertText", text=text)

    def compose(self, text):
        """Put text under conversion in the field that has the focus; `type` ends it."""
        at = len(text)
        self.call("Input.imeSetComposition", text=text, selectionStart=at, selectionEnd=at)

    def converting(self, key):
        """Press a key that the input method takes for itself."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=229)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=229)

    def loaded(self, loads):
        """Wait until more pages were loaded than `loads`."""
        self.program.wait(lambda: self.loads > loads, "a page")

    def holds(self, condition):
        """Tell whether an expression of the page is true; never of one that comes or goes."""
        try:
            return self.ask(f"document.readyState === 'complete' && !!({condition})")
        except AssertionError:
            return False

    def until(self, condition):
        """Wait until an expression of the page, loaded to its end, is true."""
        self.program.wait(lambda: self.holds(condition), condition)

    def past(self, waiting):
        """Look at the page again until `waiting`, by which it asks for patience, holds no more."""
        end = time.monotonic() + PATIENCE
        while self.ask(f"!!({waiting})"):
            assert time.monotonic() < end, f"still {waiting}"
            time.sleep(0.2)
            loads = self.loads
            self.call("Page.reload")
            self.loaded(loads)

    def tab_to(self, condition):
        """Press Tab until `condition` holds of the focused element `e`."""
        for _ in range(200):
            self.press("Tab")
            if self.ask(f"(e => !!({condition}))(document.activeElement)"):
                return
        raise AssertionError(f"the keyboard does not get to {condition}")

    def enter(self):
        """Press Enter and wait for what comes of it: another page, or this one with news in it."""
        loads = self.loads
        news = "document.addEventListener('kb:morphed', () => { window.kbNews = 1 }, {once: true})"
        self.ask(f"window.kbNews = 0; {news}")
        self.press("Enter")
        self.program.wait(
            lambda: self.loads > loads or self.holds("window.kbNews === 1"), "what comes of Enter"
        )

    def picture(self, path, tall=None):
        """Save what the whole page looks like, or as much of it as `tall` pixels show."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        height = min(size["height"], tall or size["height"])
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
        how = {"captureBeyondViewport": True, "optimizeForSpeed": True}
        got = self.call("Page.captureScreenshot", clip=clip, **how)
        Path(path).write_bytes(base64.b64decode(got["data"]))
