"""Who waits for the store gives up only when nobody gets on."""

import os
import threading
import time

import pytest

from kb.errors import Kept
from kb.store import lock


def test_a_store_that_is_stuck_is_busy(tmp_path):
    file = tmp_path / "lock"
    with lock.hold(file):
        begun = time.monotonic()
        with pytest.raises(Kept, match="busy"), lock.hold(file, patience=0.2):
            pass
        assert 0.2 <= time.monotonic() - begun < 2
    with lock.hold(file, patience=0):
        pass


def test_while_others_get_on_one_waits_longer(tmp_path):
    file = tmp_path / "lock"
    held = threading.Event()

    def others():
        with lock.hold(file):
            held.set()
            for _ in range(10):  # as if ten had saved, one after the other
                time.sleep(0.1)
                os.utime(file)

    other = threading.Thread(target=others)
    other.start()
    held.wait()
    begun = time.monotonic()
    with lock.hold(file, patience=0.3):
        waited = time.monotonic() - begun
    other.join()
    assert 0.5 < waited < 5


def test_nobody_waits_for_ever(tmp_path):
    file = tmp_path / "lock"
    stop = threading.Event()

    def others():
        while not stop.wait(0.02):
            os.utime(file)

    with lock.hold(file):
        other = threading.Thread(target=others)
        other.start()
        begun = time.monotonic()
        with pytest.raises(Kept, match="busy"), lock.hold(file, patience=0.1):
            pass
        waited = time.monotonic() - begun
        stop.set()
        other.join()
    assert 0.5 < waited < 5
