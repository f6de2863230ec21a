"""A real Chromium, driven over two pipes: keys go in, what it shows and complains of comes out."""

import base64
import json
import os
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


class Chromium:
    """One browser with one page; `complaints` are errors and refusals, `asked` all addresses."""

    def __init__(self, program: str, folder: Path, *, width=1280, height=900):
        self.program = program
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        words = [
            program,
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
            *("--disable-dev-shm-usage", "--disable-background-networking", "--accept-lang=ja"),
            *("--disable-quic", "--disable-component-update", "--disable-sync"),
            *("--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"),
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
        self._session = None
        self.complaints = []
        self.asked = []
        self.loads = 0
        target = next(
            one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"
        )
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Security"):
            self.call(f"{domain}.enable")
        self.resize(width, height)

    def close(self):
        """End the browser."""
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)

    def call(self, method, **params):
        """Ask one thing of the browser and return its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._until(lambda got: got.get("id") == self._number)["result"]

    def _until(self, wanted):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            while b"\0" in self._buffer:
                raw, _, self._buffer = self._buffer.partition(b"\0")
                got = json.loads(raw)
                self._note(got)
                if wanted(got):
                    assert "error" not in got, got
                    return got
            os.set_blocking(self._read, False)
            try:
                self._buffer += os.read(self._read, 1 << 20)
            except BlockingIOError:
                time.sleep(0.005)
        raise TimeoutError

    def _note(self, got):
        method, params = got.get("method"), got.get("params", {})
        if method == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self.loads += 1
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])

    def open(self, address):
        """Go to an address and wait until it is loaded."""
        loads = self.loads
        self.call("Page.navigate", url=address)
        self.loaded(loads)

    def resize(self, width, height):
        """Make the window so many CSS pixels wide and high."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

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
        self.call("Input.dispatchKeyEvent", type="keyDown", **more)
        released = {name: value for name, value in more.items() if name != "text"}
        self.call("Input.dispatchKeyEvent", type="keyUp", **released)

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
        # The news may have come with an earlier answer, and then nothing more need come.
        if self.loads <= loads:
            self._until(lambda _: self.loads > loads)

    def until(self, condition):
        """Wait until an expression of the page is true."""
        end = time.monotonic() + PATIENCE
        while not self.ask(f"!!({condition})"):
            assert time.monotonic() < end, f"it never came to {condition}"
            time.sleep(0.02)

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
        end = time.monotonic() + PATIENCE
        while self.loads == loads and not self._news():
            assert time.monotonic() < end, "nothing came of it"
            time.sleep(0.01)

    def _news(self):
        try:
            return self.ask("window.kbNews === 1")
        except AssertionError:  # the page is going away
            return False

    def picture(self, path, tall=None):
        """Save what the whole page looks like, or as much of it as `tall` pixels show."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        height = min(size["height"], tall or size["height"])
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
        how = {"captureBeyondViewport": True, "optimizeForSpeed": True}
        got = self.call("Page.captureScreenshot", clip=clip, **how)
        Path(path).write_bytes(base64.b64decode(got["data"]))
