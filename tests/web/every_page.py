"""Every page that can be looked at, each with an example of the sample store."""

import time
from typing import NamedTuple

from kb.wiring import open_context

MEETING = "/m/minasoko/m-2yn804"
PAST = "/m/minasoko/m-3kmvmy"

NO_PAGE = {
    "/healthz": "one word for who watches the server",
    "/static/{name}": "style sheets, script and pictures",
    "/enter/{secret}": "leads to Today",
    "/oidc": "leads to the company's own login",
    "/oidc/back": "leads on from there",
    "/go/{account}/{id}": "leads to a line",
    "/reviews/next": "leads to a review",
    "/start/own": "leads to another server",
    "/files/{account}/{name}": "a file",
    "/pictures/{account}/{name}": "a picture",
    "/m/{id}/projected": "leads to the projected page",
    "/m/{account}/{id}/projected.json": "data for the script",
    "/m/{account}/{id}/minutes.docx": "a Word file",
    "/m/{account}/{id}/events": "a stream for the script",
    "/m/{account}/{id}/projected/events": "a stream for the script",
    "/accounts/{account}/events": "a stream for the script",
}
"""What answers to GET with no page, and why."""


class Page(NamedTuple):
    """A page: the name of its picture, the route that makes it, the address of an example.

    With `link`, the first link of `address` that the selector finds leads to it.
    """

    name: str
    route: str
    address: str
    link: str = ""

    def open(self, browser, home, *, patient=False):
        """Look at it; who is `patient` looks again until it says more than that one should wait."""
        browser.open(home + self.address)
        for _ in range(300 * patient):
            if not browser.ask(f'!!document.querySelector("{PREPARED}")'):
                break
            time.sleep(0.2)
            browser.open(home + self.address)
        if self.link:
            browser.open(browser.ask(f'document.querySelector("{self.link}").href'))


PREPARED = "main > .blank[role=status] a.main, #found[data-soon]"
"""What a page has that is better in a moment."""

PAGES = (
    Page("today", "/", "/"),
    Page("week", "/", "/?days=7&all=1"),
    Page("accounts", "/accounts", "/accounts"),
    Page("account", "/accounts/{account}", "/accounts/minasoko"),
    Page("meeting", "/m/{account}/{id}", MEETING),
    Page("written", "/m/{account}/{id}/written", f"{MEETING}/written"),
    Page("projected", "/m/{account}/{id}/projected", f"{MEETING}/projected"),
    Page("share", "/m/{account}/{id}/share", f"{PAST}/share"),
    Page("mail", "/m/{account}/{id}/mail", f"{PAST}/mail"),
    Page("print", "/m/{account}/{id}/print", f"{PAST}/print"),
    Page("print-account", "/accounts/{account}/print", "/accounts/minasoko/print"),
    Page("facts", "/accounts/{account}/facts", "/accounts/minasoko/facts"),
    Page("plan", "/m/{account}/{id}/plan", f"{MEETING}/plan"),
    Page("earlier", "/accounts/{account}/earlier", "/accounts/minasoko/earlier"),
    Page(
        "earlier-one",
        "/accounts/{account}/earlier/{id}",
        "/accounts/minasoko/earlier",
        "main a[href*='/earlier/']",
    ),
    Page("edit", "/m/{account}/{id}/edit", f"{MEETING}/edit?what=text"),
    Page("edit-line", "/m/{account}/{id}/edit", MEETING, ".todo-line a[data-edit]"),
    Page("edit-hypothesis", "/m/{account}/{id}/edit", MEETING, ".hyp a[data-edit]"),
    Page("kept", "/kept", "/kept"),
    Page("kept-one", "/kept/{id}", "/kept", "main a[href^='/kept/']"),
    Page("earlier-meeting", "/m/{account}/{id}/earlier", f"{MEETING}/earlier"),
    Page("asof", "/accounts/{account}/asof", "/accounts/minasoko/asof?on=2026-11-12"),
    Page("reviews", "/reviews", "/reviews"),
    Page("review", "/reviews/{id}", "/reviews/r-8w139p"),
    Page("insights", "/insights", "/insights?groups=1"),
    Page("insight", "/insights/{id}", "/insights/i-xs4ace"),
    Page("playbook", "/playbook", "/playbook"),
    Page("principle", "/playbook/{name}", "/playbook/p-handover-30"),
    Page("play", "/playbook/{name}", "/playbook/play-handover-session"),
    Page("reading", "/reading", "/reading"),
    Page("search", "/search", "/search?q=引き継ぎ"),
    Page("board", "/board", "/board"),
    Page("train", "/train", "/train"),
    Page("settings", "/settings", "/settings"),
    Page("tokens", "/settings/tokens", "/settings/tokens"),
    Page("help", "/help", "/help"),
    Page("start", "/start", "/start"),
)
"""The pages, in the order of a day."""

OF_A_TEAM = (
    Page("login", "/login", ""),
    Page("invitation", "/invitation/{secret}", ""),
    Page("me", "/me", "/me"),
    Page("people", "/settings/people", "/settings/people"),
)
"""Pages of a server for a whole team; without an address those before one is in."""

STATES = (
    Page("state-nothing-found", "/search", "/search?q=宇宙&meaning=0"),
    Page("state-not-found", "/accounts/{account}", "/accounts/nobody"),
    Page("state-no-page", "", "/nowhere"),
)
"""How pages look that have nothing to show."""


def furnished(store):
    """Put into a sample store what some pages need to have something to show: a kept text."""
    ctx = open_context(str(store), "takahashi", lang="ja")
    ctx.store.keep(
        "accounts/minasoko.md",
        (store / "accounts/minasoko.md").read_bytes() + "\n- 別の人が書いた一行\n".encode(),
        "conflict",
        actor=ctx.actor,
    )
    ctx.close()
