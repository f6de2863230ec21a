"""Addresses asked for in other ways: HEAD, a wrong method, an unknown path, a slash at the end."""

import re

import pytest
from api_kit import Program
from canary_kit import MEETING, Outside, small_store
from starlette.testclient import TestClient
from team_kit import URL, team_site
from web_kit import HOST, PORT, Browser, raised

from kb.faces.web import app, guest
from kb.faces.web.api import face
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.site import Site
from kb.server.guests import Guests

WORDS = {
    404: {"ja": "このページはありません", "en": "There is no such page"},
    405: {"ja": "この方法では開けません", "en": "asked in that way"},
}
NEW_EACH_TIME = {"date", "set-cookie"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A small store with one account, which no test here changes."""
    return Outside(small_store(tmp_path_factory.mktemp("methods") / "store")).store


@pytest.fixture
def browser(store, clock):
    """Sato's browser in Japanese."""
    return Browser(Site(str(store), "sato", PORT, raised))


def heads(got):
    return {name: value for name, value in got.headers.items() if name not in NEW_EACH_TIME}


PATHS = {"account": "canary", "name": "kb.svg", "id": "m-cana01", "secret": "none"}
LOOKS = [
    rule.path.format(**PATHS)
    for rule in (*app.RULES, *face.RULES)
    if rule.method == "GET" and "events" not in rule.path and "oidc" not in rule.path
    and set(re.findall(r"\{(\w+)\}", rule.path)) <= set(PATHS)
]  # fmt: skip


def test_head_is_answered_as_get_is_without_a_body(browser):
    for path in LOOKS:
        got, head = browser.client.get(path), browser.client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert heads(head) == heads(got), path


def test_head_does_not_wait_for_what_is_new(browser, store):
    """It kept its place among the listeners until whoever asked went away."""
    outside = Outside(store)
    link = outside.link()
    for client, path, hub in (
        (browser.client, f"{MEETING}/events", browser.site.live),
        (browser.client, "/accounts/canary/events", browser.site.live),
        (outside.guest, f"{link}/events", outside.door.live),
    ):
        got = client.head(path)
        assert (got.status_code, got.content) == (200, b"")
        assert got.headers["content-type"].startswith("text/event-stream")
        assert not hub._listeners


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_nowhere_and_a_wrong_method_are_told_in_the_language_asked_for(browser, lang):
    client = TestClient(
        browser.client.app,
        base_url=HOST,
        cookies=browser.client.cookies,
        follow_redirects=False,
        headers={"accept-language": lang, "origin": HOST},
    )
    for method, path, status, allow in (
        ("GET", "/nowhere", 404, None),
        ("GET", "/accounts/canary/nowhere", 404, None),
        ("POST", "/nowhere", 404, None),
        ("GET", "/%FF%00", 404, None),
        ("GET", "/tick", 405, "POST"),
        ("HEAD", "/undo", 405, "POST"),
        ("POST", "/help", 405, "GET, HEAD"),
        ("PUT", "/accounts", 405, "GET, HEAD, POST"),
        ("DELETE", "/nowhere", 405, "GET, HEAD, POST"),
        ("OPTIONS", "/", 405, "GET, HEAD"),
        ("TRACE", "/", 405, "GET, HEAD"),
        ("SONG", "/", 405, "GET, HEAD"),
    ):
        got = client.request(method, path)
        assert (got.status_code, got.headers.get("allow")) == (status, allow), (method, path)
        assert got.headers["cache-control"] == "no-store"
        if method != "HEAD":
            assert WORDS[status][lang] in got.text, (method, path)
            assert f'<html lang="{lang}">' in got.text
    elsewhere = client.get("/", headers={"host": "evil.example.com"})
    assert elsewhere.status_code == 403
    assert f'<html lang="{lang}">' in elsewhere.text


@pytest.mark.parametrize(("lang", "told"), [("ja", "メソッド"), ("en", "method")])
def test_a_program_is_told_the_methods_of_an_address(store, clock, lang, told):
    program = Program(Site(str(store), "sato", PORT, raised), lang=lang)
    for method, path, allow in (
        ("DELETE", "/accounts", "GET, HEAD, POST"),
        ("PUT", "/accounts/canary", "GET, HEAD"),
        ("GET", "/accounts/canary/rename", "POST"),
        ("OPTIONS", "/accounts", "GET, HEAD, POST"),
    ):
        got = program.client.request(method, f"/api/v1{path}")
        assert (got.status_code, got.headers["allow"]) == (405, allow), (method, path)
        assert got.json()["code"] == "api-wrong-method"
        assert told in got.json()["detail"]
        assert "Allow" in got.json()["hint"]


def test_a_guest_is_answered_in_their_language_whatever_the_method(store, clock):
    outside = Outside(store)
    link = outside.link()
    for method in ("POST", "DELETE", "SONG"):
        got = outside.guest.request(method, link, headers={"accept-language": "en"})
        assert got.status_code == 404
        assert '<html lang="en">' in got.text
    got, head = outside.guest.get(link), outside.guest.head(link)
    assert (head.status_code, head.content, heads(head)) == (200, b"", heads(got))


def test_a_slash_too_many_does_not_lead_out_of_tls(store, tmp_path):
    """Behind a proxy we are asked in plain HTTP; a guest's address is a secret."""
    site = team_site(store, tmp_path / "state")
    door = GuestDoor(PORT + 1, Guests(site.team.state), url="https://minutes.example.com")
    object.__setattr__(site, "guests", door)
    for made, url, path in (
        (app.build(site), URL, "/login"),
        (guest.build(site), door.url, "/g/secret"),
    ):
        plain = TestClient(made, base_url=url.replace("https:", "http:"), follow_redirects=False)
        got = plain.get(f"{path}/")
        assert (got.status_code, got.headers["location"]) == (307, f"{url}{path}")
