"""From the sample to a team of one's own, by keyboard, in two minutes: its first hypothesis."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
TWO_MINUTES = 120
DEMO = (sys.executable, "-m", "kb", "demo", "--serve", "--no-browser", "--port", "0")


@pytest.fixture
def demo(tmp_path, as_sato):
    """`kb demo --serve` in a new folder; the process, which has printed its address."""
    process = subprocess.Popen(
        [*DEMO, str(tmp_path / "demo")],
        env=os.environ | {"PYTHONPATH": str(ROOT), "KB_LANG": "ja"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=20)


def shown(chromium):
    return chromium.ask("document.body.innerText")


def answers(home):
    """Tell whether a server still answers."""
    try:
        with urllib.request.urlopen(f"{home}/healthz", timeout=5):
            return True
    except OSError:
        return False


def field(chromium, name, text):
    chromium.tab_to(f"e.name === '{name}'")
    chromium.type(text)


def test_from_the_sample_to_the_first_hypothesis_of_ones_own(chromium, demo, tmp_path):
    began = time.monotonic()
    chromium.open(demo.stdout.readline().strip())
    assert "見本のチームです。ここでは11月25日です。" in shown(chromium)
    chromium.tab_to("e.getAttribute('href') === '/start'")
    chromium.enter()
    field(chromium, "team", "East Team")
    field(chromium, "name", "佐藤 恭平")
    chromium.enter()
    assert chromium.ask("location.pathname") == "/start"
    assert "East Team" in shown(chromium)
    sample = chromium.ask("location.port")
    chromium.tab_to("e.getAttribute('href') === '/start/own'")
    chromium.enter()
    assert chromium.ask("location.port") != sample
    assert "見本" not in shown(chromium)

    chromium.tab_to("e.getAttribute('href') === '/accounts#new'")
    chromium.enter()
    field(chromium, "name", "アクメ株式会社")
    field(chromium, "account", "acme")
    chromium.enter()
    assert chromium.ask("location.pathname") == "/accounts/acme"
    field(chromium, "title", "初めての定例")
    chromium.enter()
    assert chromium.ask("location.pathname").startswith("/m/acme/m-")
    chromium.tab_to("e.id === 'hx'")
    chromium.type("引き継ぎを2回行えば、利用が戻る")
    chromium.tab_to("e.type === 'submit' && e.form.querySelector('#hx')")
    chromium.enter()
    assert "引き継ぎを2回行えば、利用が戻る" in shown(chromium)
    taken = time.monotonic() - began
    time.sleep(0.5)  # what was kept while it was under way is looked at once more
    chromium.until("document.getElementById('drafts').hidden")  # it was sent

    document = (tmp_path / "east-team/accounts/acme.md").read_text("utf-8")
    assert "- 引き継ぎを2回行えば、利用が戻る" in document
    assert taken < TWO_MINUTES
    log = ["git", "-C", str(tmp_path / "east-team"), "log", "--format=%an %ad", "--date=short"]
    said = subprocess.run(log, capture_output=True, check=True, text=True).stdout
    assert "佐藤 恭平" in said
    assert "2026-11-25" not in said or time.strftime("%Y-%m-%d") == "2026-11-25"
    assert chromium.complaints == []

    own = chromium.ask("location.origin")
    demo.terminate()
    demo.wait(timeout=20)
    end = time.monotonic() + 10
    while answers(own):
        assert time.monotonic() < end, "the own team's server outlived the sample's"
        time.sleep(0.1)


def test_what_is_read_beside_the_pages_is_there_in_the_sample_too(chromium, demo):
    """Work beside the pages is known by its server, the sample's with all it knows."""
    chromium.open(demo.stdout.readline().strip())
    home = chromium.ask("location.origin")
    for page in ("/board", "/insights?groups=1", "/train"):
        chromium.open(home + page)
        assert chromium.ask("!!document.querySelector('header nav')"), page
    assert chromium.complaints == []


def test_enter_prints_another_address_and_a_demo_that_was_written_in_is_kept(demo, tmp_path):
    first = demo.stdout.readline()
    demo.stdin.write("\n")
    demo.stdin.flush()
    second = demo.stdout.readline()
    assert "/enter/" in first
    assert "/enter/" in second
    assert first != second
    document = tmp_path / "demo/accounts/minasoko.md"
    document.write_text(document.read_text("utf-8") + "\n書き足した文\n", "utf-8")
    again = subprocess.Popen(
        [*DEMO, "--json", str(tmp_path / "demo")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    lines = []
    while not lines or lines[-1] != "}\n":
        lines.append(again.stdout.readline())
    again.terminate()
    again.communicate(timeout=20)
    assert '"accounts": 8' in "".join(lines)
    assert "書き足した文" in document.read_text("utf-8")
