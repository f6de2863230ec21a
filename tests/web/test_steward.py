"""What a server does by itself: hand edits, the others, receipts."""

import subprocess
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from team_kit import person, team_site
from web_kit import raised

from kb.faces.web.site import Site
from kb.faces.web.steward import Steward
from kb.faces.web.team import Team
from kb.server import passwords, receipts
from kb.text.compose import New
from kb.wiring import open_context
from kb.work import capture
from kb.work.hand_edits import QUIET, HandEdits


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def context(demo_store, clock):
    opened = open_context(str(demo_store), "sato", lang="ja")
    yield opened
    opened.close()


def git(folder, *words):
    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def typed(store, text):
    """Write a line into a document with another program."""
    path = store / "accounts/minasoko.md"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return path


def test_a_hand_edit_is_taken_in_once_it_is_quiet(context, demo_store):
    edits = HandEdits()
    path = typed(demo_store, "\n手で書いた行\n")
    assert edits.take_in(context, 100.0) is None
    typed(demo_store, "もう一行\n")
    assert edits.take_in(context, 100.0 + QUIET) is None, "it changed meanwhile"
    assert edits.take_in(context, 99.0 + 2 * QUIET) is None
    assert edits.take_in(context, 100.0 + 2 * QUIET).merged
    assert git(demo_store, "status", "--porcelain") == ""
    assert "もう一行" in git(demo_store, "show", f"HEAD:{path.relative_to(demo_store)}")
    assert edits.take_in(context, 500.0) is None


def test_the_server_on_ones_own_machine_takes_hand_edits_in(demo_store, clock):
    time = Clock()
    steward = Steward(Site(str(demo_store), "sato", 8710, raised), time)
    typed(demo_store, "\n手で書いた行\n")
    steward.round()
    time.now += QUIET + 10
    steward.round()
    assert git(demo_store, "status", "--porcelain") == ""


@pytest.fixture
def two(demo_store, tmp_path, monkeypatch):
    """A server's clone and a colleague's, and what lies between them."""
    monkeypatch.delenv("KB_NOW", raising=False)
    between, hers = tmp_path / "between.git", tmp_path / "hers"
    subprocess.run(["git", "clone", "-q", "--bare", str(demo_store), str(between)], check=True)
    subprocess.run(["git", "clone", "-q", str(between), str(hers)], check=True)
    git(demo_store, "remote", "add", "origin", str(between))
    return demo_store, hers


@pytest.fixture
def served(two, tmp_path):
    time = Clock()
    (tmp_path / "state").mkdir(0o700)
    team = Team(tmp_path / "state", "http://kb.example.com")
    site = Site(str(two[0]), None, 8710, raised, team=team)
    steward = Steward(site, time)
    steward.prepare()
    return site, steward, time


def hers_said(hers, text):
    ctx = open_context(str(hers), "mori", lang="ja")
    capture.add(ctx, "minasoko/2026-11-25", New("memo", text))
    ctx.store.sync(ctx.actor)
    ctx.close()
    return git(hers, "rev-parse", "HEAD")


def test_a_teams_server_meets_the_others_and_notes_when_it_had_what(two, served):
    store, hers = two
    site, steward, time = served
    old = git(store, "rev-parse", "HEAD")
    before = datetime.now().astimezone()
    steward.round()
    commit = hers_said(hers, "引き継ぎの件")
    steward.round()
    assert git(store, "rev-parse", "HEAD") == old, "the next meeting is in a minute"
    time.now += 60
    steward.round()
    assert git(store, "rev-parse", "HEAD") == commit
    assert site.met.at
    assert not site.met.problem
    known = receipts.receive(site.team.state, [old, commit], False)
    assert old not in known, "nobody knows when that came"
    assert before <= known[commit] <= datetime.now().astimezone()
    again = receipts.receive(site.team.state, [commit], True)
    assert again[commit] == known[commit], "it was received once"


def test_a_server_that_reaches_nobody_goes_on_and_says_so(two, served):
    store, _ = two
    site, steward, _ = served
    git(store, "remote", "set-url", "origin", "/nowhere")
    steward.round()
    assert site.met.problem == "not-reached"
    assert site.met.at is None


def test_a_server_without_a_remote_is_alone(two, served):
    store, _ = two
    site, steward, _ = served
    git(store, "remote", "remove", "origin")
    steward.round()
    assert site.met.alone
    assert not site.met.problem


def test_the_settings_say_when_a_server_met_the_others(demo_read, clock, tmp_path, monkeypatch):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    site = team_site(demo_read, tmp_path / "state")
    browser = person(site, "ito")
    assert "このサーバーにしか控えがありません" in browser.get("/settings").text
    assert browser.get("/board?mine=1").status_code == 200, "one's own numbers, counted apart"
    site.met.alone, site.met.at = False, datetime(2026, 11, 25, 14, 3, tzinfo=UTC)
    assert "14:03 です" in browser.get("/settings").text
    site.met.problem = "not-reached"
    assert "つながりません" in browser.get("/settings").text
    site.team.state.close()
