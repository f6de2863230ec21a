"""Nobody comes in but by the one-time address, and no other page speaks for who is in."""

import re

import pytest
from starlette.testclient import TestClient
from web_kit import HOST, PORT, Browser, raised

from kb.faces.web import app, auth, guard
from kb.faces.web.site import Site

MEETING = "/m/minasoko/m-2yn804"


@pytest.fixture
def stranger(demo_read, clock):
    return TestClient(
        app.build(Site(str(demo_read), "sato", PORT, raised)),
        base_url=HOST,
        follow_redirects=False,
    )


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere"])
def test_whatever_is_wrong_before_a_route_is_asked_is_refused_on_all(reading, path):
    for host in ("evil.example", "127.0.0.1", f"[::1]:{PORT}", f"127.0.0.1:{PORT}.evil", ""):
        assert reading.client.get(path, headers={"host": host}).status_code == 403, host
    forwarded = [f"X-Forwarded-{of}" for of in ("For", "Host", "Proto", "Port", "Server")]
    for name in ("Forwarded", "Via", *forwarded):
        assert reading.client.get(path, headers={name: "1.2.3.4"}).status_code == 403, name
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        got = reading.client.request(method, path, headers={"origin": HOST})
        assert got.status_code == 405, method


ORIGINS = ("http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1", None)


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_form_from_another_page_is_refused(reading, origin):
    reading.get("/search")
    assert reading.send("/tick", origin=origin).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "é", None])
def test_a_form_with_another_token_is_refused(reading, token):
    reading.get("/search")
    token = reading.token[:-1] if token is None else token
    assert reading.send("/tick", token=token).status_code == 403


def test_an_address_opens_once(reading):
    secret = reading.site.keeper.address()
    assert reading.client.get(f"/enter/{secret}").status_code == 303
    again = reading.client.get(f"/enter/{secret}")
    assert again.status_code == 404
    assert "使用済み" in again.text


def test_an_address_opens_for_ten_minutes_and_a_session_lasts_twelve_hours():
    now = [0.0]
    doors = auth.Doorkeeper(lambda: now[0])
    late, soon = doors.address(), doors.address()
    now[0] = auth.ADDRESS_SECONDS - 1
    session = doors.enter(soon)
    now[0] = auth.ADDRESS_SECONDS
    assert doors.enter(late) is None
    assert doors.session(session.secret) == session
    now[0] += auth.SESSION_SECONDS
    assert doors.session(session.secret) is None


def test_whoever_leaves_is_out(reading):
    reading.get("/")
    assert reading.send("/leave").status_code == 200
    secret = reading.client.cookies.get(reading.site.cookie)
    assert not secret
    assert reading.get("/").status_code == 401


def test_a_session_that_was_left_does_not_come_back_with_its_cookie(reading):
    reading.get("/")
    secret = reading.client.cookies[reading.site.cookie]
    reading.send("/leave")
    reading.client.cookies.set(reading.site.cookie, secret)
    assert reading.get("/").status_code == 401


def test_the_cookie_is_for_this_site_alone(reading):
    cookie = reading.client.get(f"/enter/{reading.site.keeper.address()}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "path", ["/", MEETING, "/nowhere", "/accounts/none", "/healthz", "/static/base.css", "/enter/x"]
)
def test_every_answer_bears_the_headers(reading, path):
    got = reading.get(path)
    for name, value in guard.HEADERS:
        assert got.headers[name.decode()] == value.decode(), name
    assert not re.search(r"unsafe|nonce|\*|http|data:", guard.POLICY)
    if not path.startswith("/static"):
        assert got.headers["cache-control"] == "no-store"


def test_refusals_bear_the_headers_too(reading):
    got = reading.get("/", host="evil.example")
    assert got.headers["content-security-policy"] == guard.POLICY
    assert got.headers["cache-control"] == "no-store"


def test_the_log_says_what_kind_of_page_and_nothing_of_it(demo_read, clock):
    lines = []
    browser = Browser(Site(str(demo_read), "sato", PORT, raised, lines.append))
    browser.get("/accounts/minasoko?part=secret")
    browser.get("/search?q=secret")
    assert [line.split()[:3] for line in lines] == [
        ["GET", "/enter/{secret}", "303"],
        ["GET", "/accounts/{account}", "200"],
        ["GET", "/search", "200"],
    ]


def test_nothing_outside_the_folder_of_style_sheets_is_served(stranger):
    for name in ("..%2fapp.py", "%2e%2e/app.py", "app.py", "base.css%00"):
        assert stranger.get(f"/static/{name}").status_code in (401, 404), name


def test_style_sheets_are_kept_for_long_under_the_name_of_what_they_are(stranger):
    from kb.faces.web.assets import address

    assert "immutable" in stranger.get(address("base.css")).headers["cache-control"]
    assert stranger.get("/static/base.css?v=old").headers["cache-control"] == "no-cache"
