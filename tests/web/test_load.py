"""Forty reads and four saves a second: nothing fails, and all that was saved is there."""

import re

import pytest

from bench.webparts import load, stores
from bench.webparts.serving import Server

PACE = (40, 4, 8)
"""Reads and saves a second, and seconds."""


@pytest.mark.slow
def test_many_read_and_some_write_at_once(tmp_path):
    root = tmp_path / "store"
    stores.many(root, 12, meetings=6)
    accounts = [
        (path.stem, re.search(r"\^(m-\w{6})", path.read_text("utf-8"))[1])
        for path in sorted((root / "accounts").glob("a*.md"))
    ]
    with Server(root) as server:
        browser = server.enter()
        browser.learn(browser.ask("/m/{}/{}".format(*accounts[0])))
        done = load.run(browser, load.mixed(accounts, list(stores.THEMES)), accounts[:8], PACE)
    assert done.errors == []
    assert len(done.reads) == PACE[0] * PACE[2]
    assert len(done.saved) == PACE[1] * PACE[2]
    assert load.lost(root, done) == []
    assert load.unclean(root) == ""
