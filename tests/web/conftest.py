"""Asks the pages of a real store, as a browser on this machine would."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chromium import Program
from web_kit import NOW, PORT, Browser, raised

from kb.faces.web.site import Site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock(monkeypatch):
    """The sample team's last day, ten minutes after the meeting of 14:00."""
    monkeypatch.setenv("KB_NOW", NOW)


@pytest.fixture(autouse=True)
def _no_meanings(request, monkeypatch):
    """Search by words, unless a test says `meaning`: the model takes seconds to load."""
    if "meaning" not in request.keywords:
        monkeypatch.setattr("kb.work.searching.knows_meanings", lambda: False)


@pytest.fixture
def reading(demo_read, clock):
    """Sato's browser on the sample store; nothing may be written."""
    return Browser(Site(str(demo_read), "sato", PORT, raised))


@pytest.fixture
def english(demo_read, clock):
    """The same in English."""
    return Browser(Site(str(demo_read), "sato", PORT, raised), "en-GB,en;q=0.9,ja;q=0.5")


@pytest.fixture
def demo_store(warmed, tmp_path):
    """A copy of the sample store of one's own, quickly made and with its lists there already."""
    return shutil.copytree(warmed, tmp_path / "demo-store")


@pytest.fixture
def writing(demo_store, clock):
    """Sato's browser on a sample store of one's own; `store` is its folder."""
    made = Browser(Site(str(demo_store), "sato", PORT, raised))
    made.store = demo_store
    return made


@pytest.fixture(scope="session")
def warmed(built, tmp_path_factory):
    """A sample store whose history was read and is remembered; to be copied."""
    from kb.wiring import open_context
    from kb.work.records import records

    store = shutil.copytree(built.store, tmp_path_factory.mktemp("warmed") / "store")
    ctx = open_context(str(store), "sato", lang="ja")
    records(ctx, ctx.catalogue.meetings())
    ctx.close()
    # One packed file is copied a hundred times faster than a thousand small ones.
    subprocess.run(["git", "-C", str(store), "repack", "-adq", "--window=0"], check=True)
    return store


@pytest.fixture(scope="session")
def _programs(tmp_path_factory):
    """Return the one browser of this run, started when it is asked for and again if it broke."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    made = []

    def running():
        if not (made and made[-1].runs):
            made.append(Program(program, tmp_path_factory.mktemp("profile")))
        return made[-1]

    yield running
    for one in made:
        one.close()


@pytest.fixture
def chromium(_programs):
    """A page of Chromium that shares nothing with those of other tests."""
    program = _programs()
    made = program.page()
    yield made
    if program.runs:
        made.close()


@pytest.fixture
def peer(chromium):
    """A page that shares nothing with the first, for a second person."""
    made = chromium.program.page()
    yield made
    if made.program.runs:
        made.close()


@pytest.fixture
def serving(serving_words):
    """Run `kb serve` on a store for a member at a time; returns its one-time address.

    `running` are the processes.
    """

    def start(store, member, now, port=0):
        words = ["--store", str(store), "--as", member, "serve", "--port", str(port)]
        return serving_words(words, {"KB_NOW": now, "KB_LANG": "ja"})

    start.running = serving_words.running
    return start


@pytest.fixture
def demo_serving(serving_words):
    """Run `kb demo --serve` on a demo for a member at a time; returns its one-time address."""

    def start(member, now, store):
        words = ["--as", member, "demo", str(store), "--serve", "--no-browser", "--port", "0"]
        return serving_words(words, {"KB_NOW": now, "KB_LANG": "ja"})

    return start


@pytest.fixture
def serving_team(serving_words, tmp_path):
    """Run `kb serve --team` on a store; returns its address and the first one's invitation."""

    def start(store, member):
        words = ["--store", str(store), "serve", "--team", "--admin", member, "--port", "0"]
        state = ["--state", str(tmp_path / "state"), "--json"]
        told = json.loads(serving_words([*words, *state], {}, last="}"))
        return told["url"], told["invitation"]

    return start


@pytest.fixture
def serving_words():
    """Run a command that serves; returns the first line it says, or all up to the `last`."""
    running = []

    def start(words, more, last=None):
        process = subprocess.Popen(
            [sys.executable, "-m", "kb", *words],
            env=os.environ | more | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        running.append(process)
        lines = [process.stdout.readline()]
        while last and lines[-1].rstrip() != last:
            lines.append(process.stdout.readline())
        return "".join(lines).strip()

    start.running = running
    yield start
    for process in running:
        process.kill()
        process.communicate()
