"""A reviewer's and a lead's way through the pages in a real browser, by keyboard alone."""

import pytest

from kb.wiring import open_context
from kb.work import reviews_wording

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORNING = "2026-11-25T09:00:00+09:00"
REVIEW = "/reviews/r-8w139p"


@pytest.fixture
def home(demo_store, chromium, serving, monkeypatch):
    """Takahashi's browser on a running `kb serve`, the morning after Sato took a suggestion."""
    monkeypatch.setenv("KB_NOW", MORNING)
    id_ = REVIEW.rpartition("/")[2]
    peer = open_context(str(demo_store), "takahashi", lang="ja")
    made = reviews_wording.suggest(peer, id_, "h-6hg8ez", "検証: 尋ねる")
    peer.close()
    author = open_context(str(demo_store), "sato", lang="ja")
    reviews_wording.accept(author, id_, made.events[-1].id)
    author.close()
    address = serving(demo_store, "takahashi", MORNING)
    chromium.open(address)
    return address.partition("/enter/")[0]


def shown(browser):
    return browser.ask("document.body.innerText")


def test_a_lead_puts_a_group_away_and_makes_a_candidate_by_keyboard(chromium, home, demo_store):
    chromium.tab_to("e.getAttribute('href') === '/insights'")
    chromium.enter()
    chromium.tab_to("e.getAttribute('href') === '/insights?groups=1'")
    chromium.enter()
    chromium.past("document.body.innerText.includes('読み比べています')")
    before = chromium.ask("document.querySelectorAll('article').length")
    chromium.tab_to("e.matches('.acts details:last-of-type > summary')")
    chromium.press("Enter")
    chromium.tab_to("e.name === 'reason'")
    chromium.press("Space")
    chromium.tab_to("e.type === 'submit' && e.closest('details')")
    chromium.enter()
    assert chromium.ask("document.querySelectorAll('article').length") == before - 1

    chromium.tab_to("e.matches('.acts summary.main')")
    chromium.press("Enter")
    chromium.tab_to("e.name === 'title'")
    chromium.type("1枚を先につくる")
    chromium.enter()
    assert chromium.ask("location.pathname").startswith("/playbook/")
    assert "1枚を先につくる" in shown(chromium)
    assert chromium.ask("document.getElementById('drafts').hidden"), "it was sent"
    written = [path.read_text("utf-8") for path in (demo_store / "insights").glob("*.md")]
    assert any("dismissed @takahashi" in text and "accepted @takahashi" in text for text in written)
    assert chromium.complaints == []


def test_what_is_refused_is_told_where_one_looks(chromium, home):
    chromium.resize(390, 844)
    chromium.open(f"{home}/playbook/p-sponsor-kickoff")
    chromium.tab_to("e.matches('.act > summary')")
    chromium.press("Enter")
    chromium.tab_to("e.type === 'submit' && e.closest('.act')")
    chromium.enter()
    chromium.until("document.getElementById('failed')")
    top = chromium.ask("document.getElementById('failed').getBoundingClientRect().top")
    assert 0 < top < 844
