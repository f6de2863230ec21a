"""A CSM's day by keyboard: today, prepare, ask for a review, the meeting, the verdict, the end."""

import pytest
from journey import Journey

from kb.wiring import open_context
from kb.work import reviews_wording

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEETING = "/m/minasoko/m-2yn804"
MORNING, BEGUN, ENDED = (f"2026-11-25T{at}:00+09:00" for at in ("09:00", "14:20", "14:52"))
CLAIM = "返信の担当を先に決めておけば、公開の夜も慌てない"
BETTER = "返信の担当を先に決めておけば、公開の夜の返信は20時までに終わる"


@pytest.fixture(params=["ja", "en"])
def journey(request, chromium):
    return Journey(chromium, request.param)


def suggest(store, monkeypatch, review):
    """Takahashi, whose turn it is, suggests better words for the new hypothesis."""
    monkeypatch.setenv("KB_NOW", "2026-11-25T11:10:00+09:00")
    peer = open_context(str(store), "takahashi", lang="ja")
    rows = peer.catalogue.meetings("minasoko")
    claim = next(c for c in peer.catalogue.whole(rows[0]).hypotheses if c.text == CLAIM)
    reviews_wording.suggest(peer, review, claim.id, BETTER)
    peer.close()


def meet(journey):
    """Write down what was said, decided and promised, each by its quick key."""
    lines = (
        ("c", "これなら役員会で説明できます", ()),
        ("d", "12/8の役員会に、入会前後の差を出す", ()),
        ("t", "1枚を御社の様式に直す", (("owner", "sato"),)),
    )
    for key, text, more in lines:
        journey.keys(key)
        journey.browser.type(text)
        for name, value in more:
            journey.write(name, value)
        journey.browser.enter()
        journey.sees(text)
        journey.browser.press("Escape")


def test_a_day_of_a_csm(journey, serving, demo_store, monkeypatch):
    words, browser = journey.words, journey.browser
    journey.arrive(serving(demo_store, "sato", MORNING))
    journey.follow(MEETING)

    journey.unfold("e.parentElement.querySelector('#hx')")
    journey.to("e.id === 'hx'")
    browser.type(CLAIM)
    journey.write("because", "前回は夜の返信が3件たまった")
    journey.write("test", "公開の翌朝に、未返信の数を数える")
    journey.send("confidence", "65")
    journey.sees(CLAIM)

    journey.unfold("e.parentElement.querySelector('#rv-to')")
    journey.write("note", "3つ目を足しました")
    journey.press_button("e.form && e.form.querySelector('#rv-to')")
    review = journey.path.rpartition("/")[2]
    assert journey.path.startswith("/reviews/r-")

    suggest(demo_store, monkeypatch, review)
    journey.arrive(serving(demo_store, "sato", "2026-11-25T11:20:00+09:00"))
    journey.follow("/reviews")
    journey.follow(f"/reviews/{review}")
    journey.press_button("e.dataset.key === 'a' && e.closest('li').innerText.includes('20時まで')")
    journey.sees(words("page-review-taken"))

    journey.arrive(serving(demo_store, "sato", BEGUN))
    journey.follow(MEETING)
    meet(journey)

    journey.arrive(serving(demo_store, "sato", ENDED))
    journey.follow(MEETING)
    journey.to("e.name === 'verdict'")
    journey.keys("1")
    browser.type("これなら役員会で説明できます")
    browser.enter()
    browser.until("document.querySelectorAll('.seal.supported').length === 1")
    journey.to("e.name === 'why' && e.form.id === 'closing'")
    browser.enter()
    journey.sees(words("web-minutes-at", at="2026-11-25 14:52"))

    document = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    assert f"- {BETTER}" in document
    assert "- お客様: これなら役員会で説明できます" in document
    assert "- 決定: 12/8の役員会に、入会前後の差を出す" in document
    assert "- [ ] 1枚を御社の様式に直す @sato" in document
    assert "- 判定: 支持 「これなら役員会で説明できます」" in document
    journey.ends_well()
