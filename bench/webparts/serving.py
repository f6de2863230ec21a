"""A `kb serve` of its own for `bench.web`, and a browser that was let in."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlencode, urlsplit

NOW = "2026-11-25T10:20:00+09:00"
IDLE = 1.5
"""Seconds after which a connection is not used again."""
TICK = os.sysconf("SC_CLK_TCK")


class Answer(NamedTuple):
    """What came back, and how long it took (milliseconds)."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float


class Server:
    """One `kb serve` on this machine, which shows `NOW` and the member kim; a context manager."""

    def __init__(self, root: Path, *words: str) -> None:
        """Serve the store at `root`."""
        self.root = root
        command = [sys.executable, "-m", "kb", "--store", str(root), "--as", "kim", "serve"]
        self.process = subprocess.Popen(
            [*command, "--json", "--port", "0", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "KB_NOW": NOW, "KB_LANG": "ja"},
        )
        assert self.process.stdout is not None
        told = ""
        while not told.endswith("}\n"):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("kb serve did not start")
            told += line
        self._enter = urlsplit(json.loads(told)["url"])
        self.host = self._enter.netloc

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def enter(self) -> "Browser":
        """Open the one-time address."""
        return Browser(self.host, self._enter.path)

    def cpu(self) -> float:
        """Return the CPU that the server took so far, in milliseconds.

        All its threads, and the processes beside it that are still there.
        """
        ticks = 0
        for folder in self._folders():
            with suppress(OSError):  # it ended just now
                fields = (folder / "stat").read_text().rpartition(") ")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / TICK

    def memory(self) -> float:
        """Return the memory that the server and the processes beside it hold, in MB."""
        held = 0
        for folder in self._folders():
            with suppress(OSError):
                found = re.search(r"VmRSS:\s+(\d+) kB", (folder / "status").read_text())
                held += int(found[1]) if found else 0
        return held / 1024

    def _folders(self) -> list[Path]:
        """Return where the kernel tells of the server and of the processes that it began."""
        folders = [Path(f"/proc/{self.process.pid}")]
        for tasks in folders[0].glob("task/*/children"):
            with suppress(OSError):
                folders += [Path(f"/proc/{pid}") for pid in tasks.read_text().split()]
        return folders


class Browser:
    """Asks over one connection, as a browser that accepts gzip and Japanese."""

    def __init__(self, host: str, enter: str) -> None:
        """Open a session with the path of a one-time address."""
        self.host = host
        self._asked = 0.0
        self._line = http.client.HTTPConnection(host, timeout=600)
        self.headers = {"accept-language": "ja", "accept-encoding": "gzip"}
        cookie = self.ask(enter).headers.get("set-cookie", "")
        self.headers["cookie"] = cookie.partition(";")[0]
        self.token = ""

    def ask(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, None)

    def send(self, path: str, **fields: str) -> Answer:
        """Send a form; `ask` must have shown one before."""
        return self._ask("POST", path, urlencode({"token": self.token, **fields}))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = dict(self.headers)
        if body is not None:
            headers["origin"] = f"http://{self.host}"
            headers["content-type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        if began - self._asked > IDLE:
            self._line.close()  # the server closes what is idle for five seconds
        self._asked = began
        self._line.request(method, path, body=body, headers=headers)
        answer = self._line.getresponse()
        content = answer.read()
        took = (time.perf_counter() - began) * 1000
        held = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, held, content, took)

    def learn(self, page: Answer) -> None:
        """Take the token of the forms of a page."""
        found = re.search(rb'name="token" value="([^"]+)"', plain(page))
        if found is None:
            raise SystemExit("the page has no form")
        self.token = found[1].decode()


def plain(answer: Answer) -> bytes:
    """Return the content of an answer as it was before it was compressed."""
    import gzip

    if answer.headers.get("content-encoding") == "gzip":
        return gzip.decompress(answer.body)
    return answer.body


def bare_python() -> float:
    """Return what bare Python takes to start, in milliseconds of CPU: 12 on a quiet machine."""
    import resource

    taken = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(taken)[3] * 1000
