"""A new hire's first week by keyboard: reading, searching, ten predictions, an own hypothesis."""

import json

import pytest
from journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MONDAY = "2026-11-23T09:00:00+09:00"
CLAIM = "現場の質問が減ったのは、慣れたからではなく、聞く相手がいないからである"


@pytest.fixture(params=["ja", "en"])
def journey(request, chromium, demo_store, serving):
    """Mori's browser on a Monday."""
    made = Journey(chromium, request.param)
    made.arrive(serving(demo_store, "mori", MONDAY))
    return made


def predict(journey):
    """Answer ten questions."""
    for number in range(1, 11):
        journey.to("e.type === 'range'")
        journey.browser.press("ArrowRight")
        journey.browser.enter()
        if number < 10:
            following = journey.words("train-next")
            journey.press_button(f"e.innerText.includes({following!r})")


def read(journey, store):
    """Read two parts of the path and mark them."""
    journey.follow("/playbook")
    journey.follow("/reading")
    journey.press_button("e.value === 'charter'")
    journey.browser.until("document.querySelector('#r-charter [aria-pressed=true]')")
    journey.press_button("e.value === 'p-handover-30'")
    journey.browser.until("document.querySelector('#r-p-handover-30 [aria-pressed=true]')")
    journey.follow("/playbook")
    assert "2/9" in journey.shown
    journey.follow("/reading")
    marks = (store / ".git/kb/reading/mori.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in marks] == ["charter", "p-handover-30"]


def test_the_first_week_of_a_new_hire(journey, demo_store):
    browser = journey.browser
    read(journey, demo_store)

    journey.to("e.getAttribute('href')?.startsWith('/search?q=')")
    browser.enter()
    assert journey.path == "/search"
    journey.to("e.name === 'q'")
    browser.press("a", ctrl=True)
    browser.type("引き継ぎ")
    browser.press("Enter")
    browser.until("document.querySelectorAll('.hits li').length > 2")

    browser.open(journey.homes[0] + "/reading")
    journey.follow("/train")
    predict(journey)
    answers = (demo_store / ".git/kb/training/mori.jsonl").read_text("utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in answers}) == 10

    journey.follow("/playbook")
    journey.follow("/reading")
    assert "10/10" in journey.shown
    journey.follow("/playbook/p-handover-30")
    journey.follow("/go/minasoko/h-pzjjt5")
    assert browser.ask("location.hash") == "#h-pzjjt5"

    journey.keys("g p")
    browser.until("location.pathname === '/playbook'")
    journey.follow("/reading")
    journey.follow("/?days=7&all=1")
    journey.to("e.getAttribute('href')?.startsWith('/m/')")
    browser.enter()
    meeting = journey.path
    if not browser.ask("document.querySelector('#hx').closest('details').open"):
        journey.unfold("e.parentElement.querySelector('#hx')")
    journey.to("e.id === 'hx'")
    browser.type(CLAIM)
    journey.send("confidence", "60")
    journey.sees(CLAIM)
    journey.unfold("e.parentElement.querySelector('#rv-to')")
    journey.press_button("e.form && e.form.querySelector('#rv-to')")
    assert journey.path.startswith("/reviews/r-")
    journey.sees(CLAIM)

    account = meeting.split("/")[2]
    assert CLAIM in (demo_store / f"accounts/{account}.md").read_text("utf-8")
    asked = [path.read_text("utf-8") for path in (demo_store / "reviews").glob("*.md")]
    assert any("requested @mori" in text and account in text for text in asked)
    journey.ends_well()
