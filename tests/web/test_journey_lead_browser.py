"""A lead's weekly look by keyboard: the board, a candidate, its adoption, a page nobody uses."""

import pytest
from journey import Journey

from kb.wiring import open_context
from kb.work import reviews_saying

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORNING = "2026-11-25T09:00:00+09:00"
CANDIDATE = "/playbook/p-sponsor-kickoff"


@pytest.fixture(params=["ja", "en"])
def journey(request, chromium, demo_store, serving, monkeypatch):
    """Takahashi's browser, the morning after Ito, who had asked for changes, approved."""
    monkeypatch.setenv("KB_NOW", MORNING)
    ito = open_context(str(demo_store), "ito", lang="ja")
    reviews_saying.approve(ito, "r-9ted1b", "時間の確保まで入ったので、賛成です。")
    ito.close()
    made = Journey(chromium, request.param)
    made.arrive(serving(demo_store, "takahashi", MORNING))
    return made


def test_the_week_of_a_lead(journey, demo_store):
    words, browser = journey.words, journey.browser
    journey.keys("g b")
    browser.until("location.pathname === '/board'")
    browser.past("!document.querySelector('.quad')")
    journey.follow(f"{CANDIDATE}#state")
    journey.unfold(
        "e.closest('details.act')?.querySelector('form').action.endsWith('/adopt#failed')"
    )
    journey.press_button("e.type === 'submit' && e.form.action.endsWith('/adopt#failed')")
    browser.until("location.pathname === '" + CANDIDATE + "'")
    assert words("book-status-adopted") in browser.ask("document.querySelector('.facts').innerText")
    page = (demo_store / "playbooks/principles/p-sponsor-kickoff.md").read_text("utf-8")
    assert "status: adopted" in page

    journey.follow("/board")
    browser.past("!document.querySelector('.quad')")
    unused = browser.ask("document.querySelector('#h-unused').closest('section').innerText")
    journey.to("e.closest('section')?.querySelector('#h-unused') && e.tagName === 'A'")
    title = browser.ask("document.activeElement.innerText")
    assert title in unused
    browser.enter()
    assert title in browser.ask("document.querySelector('h1').innerText")
    journey.ends_well()
