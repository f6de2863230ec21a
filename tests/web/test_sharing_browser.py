"""A customer's minutes in a real browser: followed, printed, copied, closed, and nothing else."""

import re
import time
from urllib.request import Request, urlopen

import pytest
from canary_kit import DOCUMENT, MARKER, MEETING, small_store
from test_axe_browser import axe, looked_at
from web_kit import NOW

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def write(store, text):
    new = store / "accounts/canary.new"
    new.write_text(text, "utf-8")
    new.replace(new.with_suffix(".md"))


def has(words):
    return f"document.body?.innerText.includes({words!r})"


def told(browser):
    """What a page says that is perhaps just being loaded."""
    try:
        return browser.ask("document.body?.innerText") or ""
    except AssertionError:
        return ""


def printed(browser):
    """What stands on paper: the words that are there while the browser prints."""
    browser.ask("void dispatchEvent(new Event('beforeprint'))")
    browser.call("Emulation.setEmulatedMedia", media="print")
    shown = browser.ask("document.body.innerText")
    browser.call("Emulation.setEmulatedMedia", media="screen")
    browser.ask("void dispatchEvent(new Event('afterprint'))")
    return shown


def test_a_guest_s_page_follows_the_minutes_and_closes_with_the_link(
    chromium, axe, serving_words, tmp_path
):
    store = small_store(tmp_path / "store")
    write(store, DOCUMENT)
    words = ["--store", str(store), "--as", "sato", "serve", "--port", "0", "--guest-port", "0"]
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "KB_NOW": NOW, "KB_LANG": "ja"}
    address = serving_words(words, state)
    base = address.partition("/enter")[0]
    chromium.open(address)

    chromium.open(f"{base}{MEETING}/share")
    loads = chromium.loads
    chromium.ask("document.querySelector('form[action$=links] button').click()")
    chromium.until("!!document.getElementById('made-link')")
    link = chromium.ask("document.getElementById('made-link').textContent")
    assert chromium.loads <= loads + 1
    assert not link.startswith(base)

    # The member's pages and the guests' are told apart by the port alone.
    guests = link.partition("/g/")[0]
    chromium.open(f"{guests}{MEETING}")
    assert chromium.ask("document.title") == "このページは開けません。"
    chromium.complaints.clear()  # that it was not found
    assert looked_at(chromium, axe, "ja") == []

    before = len(chromium.asked)
    chromium.open(link)
    assert MARKER.findall(chromium.ask("document.documentElement.outerHTML").encode()) == []
    chromium.ask("void (window.same = true)")
    write(store, DOCUMENT.replace("12月4日に公開", "12月5日に公開"))
    chromium.until(has("12月5日に公開する"))
    assert chromium.ask("window.same"), "the page was not loaded again"
    assert chromium.ask("document.cookie") == ""
    assert looked_at(chromium, axe, "ja") == []
    asked = chromium.asked[before:]
    assert all(one.startswith(guests) for one in asked), asked

    # One tab looks on while a colleague withdraws the link.
    jar = chromium.call("Network.getCookies", urls=[base])["cookies"]
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in jar)
    page = urlopen(Request(f"{base}{MEETING}/share", headers={"cookie": cookie})).read()
    token = re.search(rb'name="token" value="([^"]+)"', page)[1].decode()
    action = re.search(rb'action="([^"]+/withdraw)"', page)[1].decode()
    heads = {"cookie": cookie, "origin": base}
    urlopen(Request(f"{base}{action}", data=f"token={token}".encode(), headers=heads))
    end = time.monotonic() + 10
    while "開けません" not in told(chromium):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert "12月5日" not in told(chromium)
    assert [one for one in chromium.complaints if "404" not in one] == []


def test_what_is_printed_is_the_customer_s_document_alone(chromium, serving, tmp_path):
    store = small_store(tmp_path / "store")
    write(store, DOCUMENT)
    address = serving(store, "sato", NOW)
    base = address.partition("/enter")[0]
    chromium.open(address)
    for path in (MEETING, "/accounts/canary", f"{MEETING}/share", f"{MEETING}/projected"):
        chromium.open(base + path)
        paper = printed(chromium)
        assert "12月4日に公開する" in paper, path
        assert MARKER.findall(paper.encode()) == [], path
        assert "さがす" not in paper, path
        assert not chromium.ask("document.querySelector('.printed')"), "the page is itself again"
    assert chromium.complaints == []

    chromium.open(f"{base}/accounts/canary")
    chromium.call("Emulation.setEmulatedMedia", media="print")  # as if no script ran
    paper = chromium.ask("document.body.innerText")
    assert "/accounts/canary/print" in paper
    assert MARKER.findall(paper.encode()) == []
    assert "公開" not in paper


def test_a_button_copies_the_mail(chromium, serving, tmp_path):
    store = small_store(tmp_path / "store")
    write(store, DOCUMENT)
    address = serving(store, "sato", NOW)
    base = address.partition("/enter")[0]
    chromium.open(address)
    chromium.call("Browser.grantPermissions", origin=base, permissions=["clipboardReadWrite"])
    chromium.open(f"{base}{MEETING}/mail")
    chromium.tab_to("e.dataset.copy === 'body'")
    chromium.press("Space")
    chromium.until(has("コピーしました"))
    chromium.ask("void navigator.clipboard.readText().then(text => window.copied = text)")
    chromium.until("window.copied !== undefined")
    shown = chromium.ask("document.getElementById('body').textContent")
    assert chromium.ask("window.copied").strip() == shown.strip()
    assert chromium.complaints == []
