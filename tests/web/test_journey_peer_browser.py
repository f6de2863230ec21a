"""A reviewer's ten minutes by keyboard: next, a comment, a suggestion, approval, worth sharing."""

import pytest
from journey import Journey

from kb.wiring import open_context
from kb.work import reviews_wording

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORNING = "2026-11-25T09:00:00+09:00"
REVIEW = "/reviews/r-8w139p"


@pytest.fixture(params=["ja", "en"])
def journey(request, chromium, demo_store, serving, monkeypatch):
    """Takahashi's browser, the morning after Sato took a suggestion."""
    monkeypatch.setenv("KB_NOW", MORNING)
    id_ = REVIEW.rpartition("/")[2]
    peer = open_context(str(demo_store), "takahashi", lang="ja")
    made = reviews_wording.suggest(peer, id_, "h-6hg8ez", "検証: 尋ねる")
    peer.close()
    author = open_context(str(demo_store), "sato", lang="ja")
    reviews_wording.accept(author, id_, made.events[-1].id)
    author.close()
    made = Journey(chromium, request.param)
    made.arrive(serving(demo_store, "takahashi", MORNING))
    return made


def test_ten_minutes_of_a_reviewer(journey, demo_store):
    words, browser = journey.words, journey.browser
    journey.follow("/reviews")
    journey.follow("/reviews/next")
    assert journey.path == REVIEW
    assert words("page-review-since-mine") in journey.shown
    assert browser.too_wide() == []
    assert browser.ask("document.querySelectorAll('.diff ins, .diff del').length") > 0

    journey.to("e.matches('#h-6hg8ez .say summary')")
    journey.keys("2")
    browser.type("次に何を提案しますか")
    journey.press_button("e.type === 'submit'")
    journey.sees("次に何を提案しますか")
    comment = "[...document.querySelectorAll('#h-6hg8ez .thread li')].at(-1).innerText"
    assert words("page-review-type-stance") in browser.ask(comment)

    journey.to("e.matches('#h-78wymp .reword summary')")
    browser.press("Enter")
    journey.to("e.tagName === 'TEXTAREA'")
    browser.type("まず、")
    journey.press_button("e.type === 'submit'")
    browser.until(
        "[...document.querySelectorAll('#h-78wymp ins')].some(e => e.innerText.endsWith('まず、'))"
    )

    journey.press_button("e.matches('form[action$=\"/approve\"] button')")
    journey.sees(words("page-review-approved"))

    journey.to("e.matches('form[action$=\"/share\"] button.small')")
    browser.enter()
    journey.sees(words("page-review-shared"))

    thread = (demo_store / "reviews/minasoko-2026-11-25.md").read_text("utf-8")
    assert "commented @takahashi on:h-6hg8ez type:stance" in thread
    assert "suggested @takahashi on:h-78wymp" in thread
    assert thread.count("approved @takahashi") == 2
    journey.ends_well()
