"""Many who read and some who write at once, at a steady pace, and what became of it."""

import asyncio
import random
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.webparts.serving import IDLE, Browser

LINES = 24
"""Connections that are open at once."""
PATIENCE = 30.0
"""Seconds after which an answer counts as none."""


@dataclass
class Load:
    """What was asked and what came: times in milliseconds from when each was due."""

    reads: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    saved: dict[str, str] = field(default_factory=dict)
    """The lines that were acknowledged, and the account into which each was written."""


class Asker:
    """Gives out connections, so that none is used twice at a time and few are opened."""

    def __init__(self, browser: Browser) -> None:
        """Ask as the session of this browser."""
        self._browser = browser
        self._idle: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._room = asyncio.Semaphore(LINES)

    async def ask(self, path: str, form: dict[str, str] | None = None) -> int:
        """Return the status of the answer."""
        async with self._room:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(path, form)

    async def _ask(self, path: str, form: dict[str, str] | None) -> int:
        host = self._browser.host
        name, _, port = host.partition(":")
        now = time.perf_counter()
        while self._idle and now - self._idle[0][0] > IDLE:
            self._idle.pop(0)[2].close()
        if self._idle:
            _, reader, writer = self._idle.pop()
        else:
            reader, writer = await asyncio.open_connection(name, int(port))
        head = {"host": host, **self._browser.headers}
        body = b""
        if form is not None:
            body = urlencode({"token": self._browser.token, **form}).encode()
            head |= {
                "origin": f"http://{host}",
                "content-type": "application/x-www-form-urlencoded",
                "content-length": str(len(body)),
            }
        words = "".join(f"{key}: {value}\r\n" for key, value in head.items())
        method = "GET" if form is None else "POST"
        writer.write(f"{method} {path} HTTP/1.1\r\n{words}\r\n".encode() + body)
        said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", said)
        if length is None:
            raise ConnectionError(f"{path}: an answer without its length")
        await reader.readexactly(int(length[1]))
        if "connection: close" in said:
            writer.close()
        else:
            self._idle.append((time.perf_counter(), reader, writer))
        return int(said[9:12])


async def _run(
    browser: Browser, paths: list[str], targets: list[tuple[str, str]], pace: tuple[int, int, int]
) -> Load:
    reads, saves, seconds = pace
    asker, load, chance = Asker(browser), Load(), random.Random(7)
    began = time.perf_counter() + 0.1

    async def read(due: float) -> None:
        path = chance.choice(paths)
        try:
            status = await asker.ask(path)
        except (OSError, EOFError, TimeoutError) as error:
            load.errors.append(f"{path}: {error!r}")
            return
        if status != 200:
            load.errors.append(f"{path}: {status}")
        load.reads.append((time.perf_counter() - due) * 1000)

    async def save(due: float, number: int) -> None:
        account, meeting = targets[number * 7 % len(targets)]
        path, text = f"/m/{account}/{meeting}/lines", f"load line {number} end"
        try:
            status = await asker.ask(path, {"kind": "memo", "text": text})
        except (OSError, EOFError, TimeoutError) as error:
            load.errors.append(f"{path}: {error!r}")
            return
        if status == 303:
            load.saved[text] = account
        else:
            load.errors.append(f"{path}: {status}")
        load.saves.append((time.perf_counter() - due) * 1000)

    plan = [(n / reads, -1) for n in range(reads * seconds)]
    plan += [(n / saves, n) for n in range(saves * seconds)]
    tasks = []
    for at, number in sorted(plan):
        due = began + at
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(read(due) if number < 0 else save(due, number)))
    await asyncio.gather(*tasks)
    return load


def run(
    browser: Browser, paths: list[str], targets: list[tuple[str, str]], pace: tuple[int, int, int]
) -> Load:
    """Ask for `paths` and write into `targets` (account, meeting) at a `pace`.

    The pace is so many reads and saves a second, for so many seconds. A request is due at its
    time, however long those before it take: waiting counts.
    """
    return asyncio.run(_run(browser, paths, targets, pace))


def mixed(accounts: list[tuple[str, str]], words: list[str]) -> list[str]:
    """Return pages as a team asks for them: of (account, meeting), and searches for `words`."""
    chance = random.Random(5)
    paths: list[str] = []
    for account, meeting in accounts:
        paths += [f"/m/{account}/{meeting}"] * 4
        paths += [f"/accounts/{account}"] * 2
        paths += [f"/m/{account}/{meeting}/projected", f"/search?q={quote(chance.choice(words))}"]
        paths += [chance.choice(["/", "/?days=7", "/accounts?q=1", "/reviews", "/playbook"])]
        paths += [chance.choice(["/", "/accounts"])]
    return paths


def lost(root: Path, load: Load) -> list[str]:
    """Return the acknowledged lines that are not both in the files and in the last commit."""
    missing = []
    for text, account in load.saved.items():
        path = f"accounts/{account}.md"
        if (root / path).read_text("utf-8").count(text) != 1:
            missing.append(text)
    shown = _git(root, "grep", "-h", "-o", "load line [0-9]* end", "HEAD", "--", "accounts")
    committed = set(shown.splitlines())
    return missing + [text for text in load.saved if text not in committed]


def unclean(root: Path) -> str:
    """Return what git finds wrong with the store, "" when nothing."""
    return _git(root, "status", "--porcelain") + _git(root, "fsck", "--no-dangling", "--strict")


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *words], capture_output=True, text=True, check=False
    )
    return done.stdout


def percentile(times: list[float], share: float) -> float:
    """Return the time under which that share of the times lie."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
