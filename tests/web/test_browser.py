"""One way through the pages in a real browser, by keyboard, with nothing refused or broken."""

import pytest
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def address(demo_store, serving):
    """The one-time address of a running `kb serve` on a sample store of one's own."""
    return serving(demo_store, "sato", NOW)


def shown(chromium):
    return chromium.ask("document.body.innerText")


def test_today_to_complete_minutes_by_keyboard(chromium, address, demo_store):
    home = address.partition("/enter/")[0]
    chromium.open(address)
    assert chromium.ask("location.pathname") == "/"
    assert chromium.too_wide() == []
    chromium.tab_to("e.getAttribute('href') === '/m/minasoko/m-2yn804'")
    chromium.enter()
    assert chromium.ask("location.pathname") == "/m/minasoko/m-2yn804"

    chromium.tab_to("e.name === 'text' && e.id === 'x-topic-1'")
    chromium.type("これなら役員会で説明できます")
    chromium.enter()
    assert "これなら役員会で説明できます" in shown(chromium)
    assert chromium.ask("document.querySelector('.fresh').innerText").endswith("説明できます")

    chromium.tab_to("e.name === 'kind' && e.form.id === 'f-topic-1'")
    chromium.press("ArrowRight")
    chromium.press("ArrowRight")
    chromium.tab_to("e.id === 'x-topic-1'")
    chromium.type("1枚を御社の様式に直す")
    chromium.tab_to("e.name === 'owner' && e.form.id === 'f-topic-1'")
    chromium.type("sato")
    chromium.enter()
    assert "1枚を御社の様式に直す" in shown(chromium)

    chromium.tab_to("e.name === 'verdict'")
    chromium.press("Space")
    chromium.tab_to("e.name === 'quote'")
    chromium.type("これなら役員会で説明できます")
    chromium.enter()
    assert chromium.ask("document.querySelectorAll('.seal.supported').length") == 1

    chromium.tab_to("e.name === 'why' && e.form.id === 'closing'")
    chromium.enter()
    assert "議事録の完了 2026-11-25 15:00" in shown(chromium)
    assert chromium.too_wide() == []

    document = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    assert "- お客様: これなら役員会で説明できます" in document
    assert "- [ ] 1枚を御社の様式に直す @sato" in document
    assert "- 判定: 支持 「これなら役員会で説明できます」" in document
    assert chromium.complaints == []
    assert [url for url in chromium.asked if not url.startswith((home, "about:", "data:"))] == []


def test_from_the_board_to_what_stalls_and_what_it_lacks_by_keyboard(chromium, address):
    chromium.open(address)
    chromium.tab_to("e.getAttribute('href') === '/board'")
    chromium.enter()
    chromium.past("!document.querySelector('.quad')")
    chromium.tab_to("e.getAttribute('href') === '/playbook/p-sponsor-kickoff'")
    chromium.enter()
    chromium.tab_to("e.tagName === 'SUMMARY' && e.innerText === '採用する'")
    chromium.press("Space")
    chromium.tab_to("e.tagName === 'BUTTON' && e.closest('form').action.includes('/adopt')")
    assert chromium.complaints == []
    chromium.enter()
    alert = chromium.ask("document.querySelector('[role=alert]').innerText")
    assert "承認（2人のうち1人）" in alert
    assert chromium.ask("document.querySelector('details.act').open")


def test_what_was_refused_says_why(chromium, address):
    chromium.open(address)
    chromium.open(address.partition("/enter/")[0] + "/m/minasoko/m-2yn804")
    told = "document.querySelector('[data-trouble] [data-why]')?.innerText ?? ''"
    press = "document.querySelector('button.tick').click()"
    chromium.ask(f"document.querySelector('button.tick').value = 't-000000'; {press}")
    chromium.until(f"({told}).includes('t-000000')")
    assert "保存していません" not in chromium.ask(told), "the box says that once"
    chromium.ask("document.querySelectorAll('[name=token]').forEach(e => { e.value = 'x' })")
    chromium.ask(press)
    chromium.until(f"({told}).includes('前に開いた画面から送られた')")
