"""A search that had no answer is asked for again by the page, in a real browser."""

import time

import pytest
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FAST = 5
AWAY = f"""
const [ask, after] = [window.fetch, window.setTimeout];
window.asked = []; window.hides = false; window.away = true; window.fast = {FAST};
Object.defineProperty(document, 'hidden', {{get: () => window.hides}});
window.setTimeout = (call, ms) => after(call, ms / window.fast);
window.fetch = (where, how) => {{
  window.asked.push({{where, at: performance.now()}});
  if (window.away === true) return Promise.reject(new TypeError('away'));
  if (window.away) return Promise.resolve(new Response('', {{status: window.away}}));
  return ask(where, how).then(async (answer) => {{
    window.answered = true;
    await window.gate;
    return answer;
  }});
}};
"""
"""No server answers the page, or one with the status `away`; its clock goes faster."""
SOON = """
document.addEventListener('readystatechange', () => {
  document.getElementById('found')?.setAttribute('data-soon', '');
}, {once: true});
"""
"""The page says that something is being prepared."""


@pytest.fixture
def searching(chromium, demo_read, serving):
    """Opens a page of the search that gets no answers."""
    address = serving(demo_read, "sato", NOW)
    chromium.open(address)

    def opened(path, *scripts):
        for script in (AWAY, *scripts):
            chromium.call("Page.addScriptToEvaluateOnNewDocument", source=script)
        chromium.open(address.partition("/enter/")[0] + path)
        return chromium

    yield opened
    assert chromium.complaints == []


def count(page):
    return page.ask("asked.length")


def stays(page):
    """Tell whether the page asks nothing for longer than it has waited by now."""
    before = count(page)
    time.sleep(1.3)
    return count(page) == before


def test_what_is_prepared_is_asked_for_until_there_is_an_answer(searching):
    page = searching("/search?q=handover", SOON)
    page.until("asked.length >= 3")
    times = page.ask("asked.map((one) => one.at)")
    assert times[1] - times[0] > 1500 * 1.3 / FAST * 0.95
    assert times[2] - times[1] > 1500 * 1.3**2 / FAST * 0.95

    page.ask("document.querySelector('input[type=search]').focus()")
    page.compose(" ")  # the words are the same
    assert stays(page)
    page.ask("window.hides = true")
    page.type(" ")
    assert stays(page)
    page.ask("window.hides = false; window.away = 503")
    before = count(page)
    page.until(f"asked.length >= {before} + 2")
    page.ask("document.addEventListener('kb:morphed', () => { window.came = true })")
    page.ask("window.away = false")
    page.until("window.came")


def test_what_was_typed_while_the_server_was_away_is_found(searching):
    page = searching("/search")
    page.until("document.activeElement.type === 'search'")
    page.type("handover")
    page.until("asked.length >= 2")
    assert page.ask("location.search") == ""
    page.ask("window.away = false")
    page.until("location.search === '?q=handover' && document.querySelector('.hits li')")
    page.until("asked.at(-1).where === '/search?q=handover'")  # by meaning, too

    page.ask("window.away = 403")  # an answer, which another would not differ from
    page.type(" admin")
    page.until("asked.at(-1).where.includes('admin')")
    assert stays(page)


def test_what_is_typed_when_an_answer_comes_is_asked_at_once(searching):
    page = searching("/search")
    page.until("document.activeElement.type === 'search'")
    page.ask("window.away = false; window.gate = new Promise((open) => { window.open = open })")
    page.ask("document.addEventListener('kb:morphed', () => { window.came = true })")
    page.type("handover")
    page.until("window.answered")
    page.ask("window.fast = 0.2")  # the answer comes before what is typed now is asked
    page.type(" admin")
    page.ask("window.open()")
    page.until("window.came")
    page.until("asked.length === 2")
    assert page.ask("asked[1].where") == "/search?q=handover+admin&quick=1"
