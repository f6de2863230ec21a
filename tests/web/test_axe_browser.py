"""Every page, light and dark, wide and narrow, in both languages: axe-core finds nothing against
it, nobody scrolls sideways, it has the colours of its theme, and the browser complains of nothing.
"""

import json
from pathlib import Path

import pytest
from every_page import NO_PAGE, OF_A_TEAM, PAGES, STATES, furnished
from web_kit import NOW

from kb.faces.web import app

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).resolve().parents[2] / "build/front/node_modules/axe-core/axe.min.js"
ALL = {"resultTypes": ["violations"]}
CONTRAST = {**ALL, "runOnly": ["color-contrast"]}
RUNS = {
    "ja": ((1280, False, ALL), (1280, True, CONTRAST), (390, True, ALL), (390, False, CONTRAST)),
    "en": ((1280, False, ALL), (390, True, ALL)),
}
"""What is looked at: a rule about colours says the same in both languages."""
MORE = (
    *("/reviews/r-8w139p?similar=1", "/reviews/r-9ted1b", "/reviews/r-4v43p0"),
    *("/insights", "/insights?groups=1&state=few"),
)
"""Other states of pages, of which only the width is looked at."""
LIGHT, DARK = "rgb(252, 252, 250)", "rgb(27, 27, 26)"
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
LOOK = """(async options => {
  const found = await axe.run(document, options);
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 5).map(node =>
    node.target.join(" ") + " (" + node.failureSummary.split("\\n").slice(1).join(";") + ")"
  ).join(" | "));
})(%s)"""


@pytest.fixture
def axe():
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip("no axe-core (make front)")
    return AXE.read_text("utf-8")


def looked_at(browser, axe, lang):
    """What axe-core says against the page that the browser shows, and whether it is one at all."""
    shown = browser.ask("location.pathname")
    if not browser.ask(
        "!!document.querySelector('main') && !document.querySelector('.alone [role=alert]')"
    ):
        return [f"{shown}: no page"]
    found = [f"{shown} {lang}: wider than {width}" for width in browser.too_wide()]
    browser.ask(OPEN)
    browser.ask(axe)
    for width, dark, options in RUNS[lang]:
        browser.resize(width, 900)
        browser.dark(dark)
        said = browser.ask(LOOK % json.dumps(options), wait=True)
        found += [f"{shown} {lang} {width}{' dark' if dark else ''}: {one}" for one in said]
        if browser.ask("document.documentElement.scrollWidth") > width:
            found.append(f"{shown} {lang}: unfolded wider than {width}")
        if browser.ask("getComputedStyle(document.body).backgroundColor") == (
            LIGHT if dark else DARK
        ):
            found.append(f"{shown}: not {'dark' if dark else 'light'}")
    browser.dark(False)
    browser.resize(1280, 900)
    return found


def test_every_page_has_an_example():
    routes = {rule.path for face in app.FACES for rule in face.rules if rule.method == "GET"}
    routes = {path for path in routes if not path.startswith("/api/v1/") or path in NO_PAGE}
    shown = {page.route for page in (*PAGES, *OF_A_TEAM)}
    assert sorted(routes - shown - set(NO_PAGE)) == [], "give an example in every_page.py"
    assert sorted((shown | set(NO_PAGE)) - routes) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_page_violates_a_rule(chromium, axe, demo_serving, demo_store, lang):
    furnished(demo_store)
    chromium.open(demo_serving("takahashi", NOW, demo_store))
    home = chromium.ask("location.origin")
    chromium.speak(lang)
    found = []
    for page in (*PAGES, *STATES):
        page.open(chromium, home, patient=True)
        found += looked_at(chromium, axe, lang)
    for path in MORE:
        chromium.open(home + path)
        found += [f"{path} {lang}: wider than {width}" for width in chromium.too_wide()]
        chromium.ask(OPEN)
        found += [f"{path} {lang}: unfolded wider than {width}" for width in chromium.too_wide()]
    assert not found, "\n".join(found)
    assert [one for one in chromium.complaints if "404" not in one] == []  # as of STATES


def test_no_page_of_a_team_s_server_violates_a_rule(chromium, axe, serving_team, demo_store):
    home, invitation = serving_team(demo_store, "takahashi")
    found = []
    for lang in ("ja", "en"):
        chromium.speak(lang)
        chromium.open(home)
        found += looked_at(chromium, axe, lang)
    chromium.open(invitation)
    found += looked_at(chromium, axe, "ja")
    for name in ("new", "again"):
        chromium.tab_to(f"e.name === '{name}'")
        chromium.type("tall green lamp sings")
    chromium.enter()
    for page in OF_A_TEAM:
        if page.address:
            page.open(chromium, home)
            found += looked_at(chromium, axe, "ja")
    assert not found, "\n".join(found)
    assert [one for one in chromium.complaints if "401" not in one] == []  # as of the login
