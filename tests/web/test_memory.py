"""Memory that pages left is given back where that can be done, and nothing happens elsewhere."""

import ctypes
import sys
from pathlib import Path

import pytest

from kb.faces.web import memory


def held():
    """The bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


@pytest.mark.skipif(
    sys.platform != "linux", reason="there is nothing to read how much is held from"
)
def test_what_was_left_is_given_back():
    if memory._trim() is None:
        pytest.skip("the system's library keeps what it has")
    pieces = [bytes(60_000) for _ in range(2_000)]
    stays = [bytes(60_000) for _ in range(2)]
    before = held()
    del pieces[:]
    memory.give_back()
    assert held() < before - 50_000_000
    assert stays


def test_elsewhere_nothing_happens(monkeypatch):
    memory._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    memory.give_back()
    memory._trim.cache_clear()
