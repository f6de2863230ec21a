"""Begins a team of one's own from the sample: its store, and a server of its own for its page."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kb import config, wiring
from kb.errors import WrongUse

if TYPE_CHECKING:
    from kb.faces.web.sample import Wanted

OTHERS = ("KB_NOW", "KB_STORE", "KB_MEMBER")
"""What is set for the sample and must not hold for another team."""


class Begun:
    """The servers of the teams that were begun; they end with the sample's."""

    def __init__(self) -> None:
        """Begin with none."""
        self._servers: list[subprocess.Popen[str]] = []

    def begin(self, folder: Path, wanted: "Wanted") -> Callable[[], str]:
        """Make a store in `folder` and serve it, by processes that go by the wall clock.

        Returns what gives new one-time addresses. Raises `WrongUse("web-begin-failed")`.
        """
        environment = {name: value for name, value in os.environ.items() if name not in OTHERS}
        environment["KB_LANG"] = wanted.lang
        made = subprocess.run(
            _kb(
                *("--json", "--as", _author(wanted.name), "init"),
                *("--lang", wanted.lang, "--name", wanted.team, "--", str(folder)),
            ),
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if made.returncode:
            raise WrongUse("web-begin-failed", why=_why(made.stderr))
        first = next(iter(config.load(folder).members))
        server = subprocess.Popen(
            _kb("--store", str(folder), "--as", first, "serve", "--port", "0"),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._servers.append(server)
        return _Server(server).address

    def end(self) -> None:
        """Stop them in order."""
        for server in self._servers:
            server.terminate()


class _Server:
    """A server that was begun; each line sent to it makes it say another address."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Wait until it answers: it says its first address then."""
        self._process = process
        self._lock = Lock()
        self._line()

    def address(self) -> str:
        """Return a new one-time address; `WrongUse("web-begin-failed")` when it has ended."""
        with self._lock:
            assert self._process.stdin is not None
            try:
                self._process.stdin.write("\n")
                self._process.stdin.flush()
            except OSError:
                raise WrongUse("web-begin-failed", why="") from None
            return self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise WrongUse("web-begin-failed", why="")
        return line


def _kb(*words: str) -> list[str]:
    return [sys.executable, "-m", "kb", *words]


def _author(name: str) -> str:
    """Return a name with the address by which git knows who sits here, else a made-up one."""
    known = wiring.who_is_here()
    plain = " ".join("".join(c for c in name if c.isprintable() and c not in "<>").split())
    return f"{plain or 'me'} <{known.email if known else 'me@kb.invalid'}>"


def _why(said: str) -> str:
    """Return the sentence of an error document."""
    try:
        return str(json.loads(said)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return ""
