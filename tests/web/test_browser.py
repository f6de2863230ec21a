"""One way through the pages in a real browser, by keyboard, with nothing refused or broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chromium import Chromium
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    *("/", "/accounts", "/accounts/minasoko", "/m/minasoko/m-2yn804", "/search?q=引き継ぎ"),
    *(
        "/playbook",
        "/playbook/p-handover-30",
        "/playbook/play-handover-session",
        "/board",
        "/train",
    ),
)


@pytest.fixture
def browser(tmp_path):
    """A Chromium of one's own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    made = Chromium(program, tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def address(demo_store):
    """The one-time address of a running `kb serve` on a sample store of one's own."""
    env = os.environ | {"KB_NOW": NOW, "PYTHONPATH": str(ROOT), "KB_LANG": "ja"}
    words = [sys.executable, "-m", "kb", "--store", str(demo_store), "--as", "sato", "serve"]
    process = subprocess.Popen(
        [*words, "--port", "0"],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process.stdout.readline().strip()
    process.kill()
    process.communicate()


def shown(browser):
    return browser.ask("document.body.innerText")


def test_today_to_complete_minutes_by_keyboard(browser, address, demo_store):
    home = address.partition("/enter/")[0]
    browser.open(address)
    assert browser.ask("location.pathname") == "/"
    browser.tab_to("e.getAttribute('href') === '/m/minasoko/m-2yn804'")
    browser.enter()
    assert browser.ask("location.pathname") == "/m/minasoko/m-2yn804"

    browser.tab_to("e.name === 'text' && e.id === 'x-topic-1'")
    browser.type("これなら役員会で説明できます")
    browser.enter()
    assert "これなら役員会で説明できます" in shown(browser)
    assert browser.ask("document.querySelector(':target').innerText").endswith("説明できます")

    browser.tab_to("e.name === 'kind' && e.form.id === 'f-topic-1'")
    browser.press("ArrowRight")
    browser.press("ArrowRight")
    browser.tab_to("e.id === 'x-topic-1'")
    browser.type("1枚を御社の様式に直す")
    browser.tab_to("e.name === 'owner' && e.form.id === 'f-topic-1'")
    browser.type("sato")
    browser.enter()
    assert "1枚を御社の様式に直す" in shown(browser)

    browser.tab_to("e.name === 'verdict'")
    browser.press("Space")
    browser.tab_to("e.name === 'quote'")
    browser.type("これなら役員会で説明できます")
    browser.enter()
    assert browser.ask("document.querySelectorAll('.seal.supported').length") == 1

    browser.tab_to("e.name === 'why' && e.form.id === 'closing'")
    browser.enter()
    assert "議事録の完了 2026-11-25 15:00" in shown(browser)

    document = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    assert "- お客様: これなら役員会で説明できます" in document
    assert "- [ ] 1枚を御社の様式に直す @sato" in document
    assert "- 判定: 支持 「これなら役員会で説明できます」" in document
    assert browser.complaints == []
    assert [url for url in browser.asked if not url.startswith((home, "about:", "data:"))] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window_or_complained_of(browser, address, width):
    browser.open(address)
    browser.resize(width, 844)
    for dark in (False, True):
        browser.dark(dark)
        for path in PAGES:
            browser.open(address.partition("/enter/")[0] + path)
            assert browser.ask("document.documentElement.scrollWidth") <= width, path
            assert browser.ask("getComputedStyle(document.body).backgroundColor") != (
                "rgb(252, 252, 250)" if dark else "rgb(27, 27, 26)"
            )
    assert browser.complaints == []


def test_from_the_playbook_to_who_says_so_and_an_answer_by_keyboard(browser, address):
    browser.open(address)
    browser.tab_to("e.getAttribute('href') === '/playbook'")
    browser.enter()
    browser.tab_to("e.getAttribute('href') === '/playbook/p-handover-30'")
    browser.enter()
    assert "引き継ぎ資料がなく、誰も設定を触れなかった" in shown(browser)
    browser.tab_to("e.getAttribute('href') === '/go/minasoko/h-pzjjt5'")
    browser.enter()
    assert browser.ask("location.hash") == "#h-pzjjt5"

    browser.open(address.partition("/enter/")[0] + "/playbook")
    browser.tab_to("e.getAttribute('href') === '/train'")
    browser.enter()
    browser.tab_to("e.type === 'range'")
    for _ in range(4):
        browser.press("ArrowRight")
    browser.enter()
    assert "あなたの予想 70%" in shown(browser)
    browser.tab_to("e.innerText === '次の問題'")
    browser.enter()
    assert "20問のうち1問" in shown(browser)
    assert browser.complaints == []


def test_from_the_board_to_what_stalls_and_what_it_lacks_by_keyboard(browser, address):
    browser.open(address)
    browser.tab_to("e.getAttribute('href') === '/board'")
    browser.enter()
    browser.tab_to("e.getAttribute('href') === '/playbook/p-sponsor-kickoff'")
    browser.enter()
    browser.tab_to("e.tagName === 'SUMMARY' && e.innerText === '採用する'")
    browser.press("Space")
    browser.tab_to("e.tagName === 'BUTTON' && e.closest('form').action.endsWith('/adopt')")
    assert browser.complaints == []
    browser.enter()
    alert = browser.ask("document.querySelector('[role=alert]').innerText")
    assert "承認（2人のうち1人）" in alert
    assert browser.ask("document.querySelector('details.act').open")
