"""Every route there is refuses whoever may not ask it; the few that anybody may are listed here.

The routes are found, not named: one that is new is asked like all others.
"""

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from team_kit import URL, Person, person, team_site
from web_kit import HOST, PORT, Browser, raised

from kb.faces.web import app, bodies, guest
from kb.faces.web.guard import API, SAFE
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.site import Site
from kb.messages import find
from kb.server import passwords, sessions
from kb.server.folder import open_folder
from kb.server.guests import Guests
from kb.server.roles import ROLES, enough
from kb.server.state import State

PUBLIC = """
GET /enter/{secret}
GET /healthz
GET /invitation/{secret}
GET /login
GET /oidc
GET /oidc/back
GET /static/{name}
POST /invitation/{secret}
POST /login
""".split("\n")[1:-1]
"""What anybody may ask of the members' server."""
GUESTS = """
GET /g/{secret}
GET /g/{secret}/events
GET /g/{secret}/minutes.docx
GET /g/{secret}/minutes.json
GET /robots.txt
GET /static/{name}
""".split("\n")[1:-1]
"""What anybody may ask of the guests' server: each needs the secret of a link, or says nothing."""
VALUES = {"account": "minasoko", "meeting": "m-2yn804", "id": "m-2yn804", "name": "base.css"}
ALL = [(face, rule) for face in app.FACES for rule in face.rules]
INSIDE = [(face, rule) for face, rule in ALL if not rule.public]
UNSAFE = [(face, rule) for face, rule in INSIDE if rule.method not in SAFE]
KINDS = {
    "form": "application/x-www-form-urlencoded",
    "files": "multipart/form-data; boundary=x",
    "raw": "application/json",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashing as slow as it should be would take most of the tests' time."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)


@pytest.fixture
def stranger(demo_read, clock):
    site = Site(str(demo_read), "sato", PORT, raised)
    return TestClient(app.build(site), base_url=HOST, follow_redirects=False)


@pytest.fixture
def team(demo_read, clock, tmp_path):
    made = team_site(demo_read, tmp_path / "state")
    yield made
    made.team.state.close()


def named(rule):
    return f"{rule.method} {rule.path}"


def filled(path):
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: VALUES.get(found[1], "x"), path)


def ask(client, rule, headers=None, token="x"):
    """Ask a route for itself, with the origin and the token of a browser's own page."""
    headers = {"origin": str(client.base_url).rstrip("/")} | (headers or {})
    if rule.method in SAFE:
        return client.request(rule.method, filled(rule.path), headers=headers)
    headers |= {"content-type": KINDS[rule.body], "x-kb-token": token}
    content = b"--x--\r\n" if rule.body == "files" else b"{}"
    if rule.body == "form":
        content = b"token=" + token.encode()
    return client.request(rule.method, filled(rule.path), content=content, headers=headers)


def wrong(rules, status, answer):
    """The routes that did not answer with a status, with what they said instead."""
    told = [(named(rule), answer(rule)) for _, rule in rules]
    return {
        name: (got.status_code, got.text[:200]) for name, got in told if got.status_code != status
    }


def test_the_lists_of_public_routes_are_these():
    print("\n".join(sorted(named(rule) for _, rule in ALL if rule.public)))
    assert sorted(named(rule) for _, rule in ALL if rule.public) == PUBLIC
    assert sorted(named(rule) for rule in guest.FACE.rules) == GUESTS
    assert all(rule.public for rule in guest.FACE.rules)


def test_every_route_has_a_rule(demo_read, tmp_path):
    state = State(open_folder(tmp_path / "state", demo_read))
    site = Site(str(demo_read), "sato", PORT, raised, guests=GuestDoor(PORT + 1, Guests(state)))
    for made, faces in ((app.build(site).app, app.FACES), (guest.build(site).app, [guest.FACE])):
        assert all(type(route) is Route for route in made.routes)
        there = sorted((route.path, *sorted(route.methods - {"HEAD"})) for route in made.routes)
        rules = [rule for face in faces for rule in face.rules]
        assert there == sorted((rule.path, rule.method) for rule in rules)
    state.close()


def test_a_rule_without_a_role_lets_viewers_look_and_members_write():
    assert {rule.needs for _, rule in UNSAFE if rule.least is None} == {"member"}
    assert all(rule.least in (None, *ROLES) for _, rule in ALL)
    own = "/settings/tokens"  # of one's own access, as `/me` is
    for part in ("review", "train", "settings", "links"):
        rules = [r for _, r in INSIDE if f"/{part}" in r.path and not r.path.startswith(own)]
        assert rules, part
        assert {rule.needs for rule in rules} <= {"member", "lead", "admin"}, part


class TestOnThisMachine:
    def test_nobody_comes_in_without_a_session(self, stranger):
        assert wrong(INSIDE, 401, lambda rule: ask(stranger, rule)) == {}

    def test_a_made_up_session_opens_nothing(self, stranger):
        stranger.cookies.set(f"kb-{PORT}", "made-up")
        assert wrong(INSIDE, 401, lambda rule: ask(stranger, rule)) == {}

    def test_a_made_up_token_of_a_program_opens_nothing(self, stranger, monkeypatch, tmp_path):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        made_up = {"authorization": "Bearer kbp_made-up"}
        assert wrong(INSIDE, 401, lambda rule: ask(stranger, rule, made_up)) == {}

    def test_a_session_that_was_left_opens_nothing(self, reading):
        secret = reading.client.cookies[reading.site.cookie]
        reading.get("/search")
        reading.send("/leave")
        reading.client.cookies.set(reading.site.cookie, secret)
        assert wrong(INSIDE, 401, lambda rule: ask(reading.client, rule)) == {}

    def test_another_name_of_the_server_is_refused(self, reading):
        other = {"host": f"evil.example:{PORT}", "origin": f"http://evil.example:{PORT}"}
        assert wrong(ALL, 403, lambda rule: ask(reading.client, rule, other)) == {}

    def test_what_came_by_way_of_a_proxy_is_refused(self, reading):
        by = {"x-forwarded-for": "1.2.3.4"}
        assert wrong(ALL, 403, lambda rule: ask(reading.client, rule, by)) == {}

    def test_another_page_speaks_for_nobody(self, reading):
        reading.get("/search")
        headers, token = {"origin": "http://evil.example"}, reading.token
        assert wrong(UNSAFE, 403, lambda r: ask(reading.client, r, headers, token)) == {}

    def test_what_is_sent_bears_the_token_of_its_own_session(self, reading):
        other = Browser(reading.site)
        other.get("/search")
        for token in ("", other.token):
            found = wrong(UNSAFE, 403, lambda rule, t=token: ask(reading.client, rule, token=t))
            assert found == {}, token

    def test_a_page_is_asked_by_its_own_method_only(self, reading):
        def put(rule):
            return reading.client.request("PUT", filled(rule.path), headers={"origin": HOST})

        pages = [(face, rule) for face, rule in ALL if not rule.path.startswith(API)]
        assert wrong(pages, 405, put) == {}

    def test_a_form_is_a_form_and_not_too_long(self, reading):
        reading.get("/search")
        token, form = reading.token.encode(), KINDS["form"]

        def sent(content, kind=form):
            headers = {"origin": HOST, "content-type": kind}
            return lambda rule: reading.client.post(
                filled(rule.path), content=content, headers=headers
            )

        forms = [
            (face, rule) for face, rule in ALL if rule.method == "POST" and rule.body == "form"
        ]
        long = b"token=" + token + b"&text=" + b"x" * bodies.LARGEST_FORM
        many = b"token=" + token + b"&a=b" * bodies.FIELDS
        for content in (long, many, b"token=" + token + b"&text=%ff", b"token=\xff"):
            assert wrong(forms, 413, sent(content)) == {}, content[:99]
        assert wrong(forms, 413, sent(b'{"token": "x"}', "application/json")) == {}


class TestForATeam:
    def test_nobody_comes_in_without_logging_in(self, team):
        client = Person(team).client
        assert wrong(INSIDE, 401, lambda rule: ask(client, rule)) == {}

    def test_a_session_that_is_over_opens_nothing(self, team, monkeypatch):
        browser = person(team, "sato")
        token = browser.token
        now = team.team.state.now() + sessions.SESSION_SECONDS
        monkeypatch.setattr(team.team.state, "now", lambda: now)
        assert wrong(INSIDE, 401, lambda rule: ask(browser.client, rule, token=token)) == {}

    def test_a_session_that_was_left_opens_nothing(self, team):
        browser = person(team, "sato")
        secret, token = browser.client.cookies["__Host-kb"], browser.token
        browser.send("/leave")
        browser.client.cookies.set("__Host-kb", secret, domain="kb.example.com")
        assert wrong(INSIDE, 401, lambda rule: ask(browser.client, rule, token=token)) == {}

    @pytest.mark.parametrize(
        ("key", "given", "role"),
        [("bucho", "viewer", "viewer"), ("mori", None, "member"), ("takahashi", None, "lead")],
    )
    def test_a_role_that_is_too_small_is_refused_with_a_sentence(self, team, key, given, role):
        browser = person(team, key, given)
        above = [(face, rule) for face, rule in INSIDE if not enough(role, rule.needs)]
        assert above
        token = browser.token
        assert wrong(above, 403, lambda rule: ask(browser.client, rule, token=token)) == {}
        for _, rule in above[:1]:
            said = ask(browser.client, rule, token=token).text
            assert find(f"web-needs-{rule.needs}").ja in said

    def test_who_left_the_team_is_refused(self, team):
        browser = person(team, "nobody-of-the-file")
        token = browser.token
        found = wrong(INSIDE, 403, lambda rule: ask(browser.client, rule, token=token))
        assert found == {}

    def test_another_name_of_the_server_is_refused(self, team):
        browser = person(team, "takahashi", "admin")
        other = {"host": "kb.example.com:8710", "origin": f"{URL}:8710"}
        assert wrong(ALL, 403, lambda rule: ask(browser.client, rule, other)) == {}

    def test_another_page_speaks_for_nobody(self, team):
        browser = person(team, "takahashi", "admin")
        headers, token = {"origin": URL.replace("https", "http")}, browser.token
        assert wrong(UNSAFE, 403, lambda r: ask(browser.client, r, headers, token)) == {}

    def test_what_is_sent_bears_the_token_of_its_own_session(self, team):
        browser, other = person(team, "takahashi", "admin"), person(team, "sato")
        token = other.token
        assert wrong(UNSAFE, 403, lambda rule: ask(browser.client, rule, token=token)) == {}

    def test_a_secret_of_a_path_that_is_none_opens_nothing(self, team):
        client = Person(team).client
        secrets = [(face, rule) for face, rule in ALL if "{secret}" in rule.path]
        assert secrets
        assert wrong(secrets, 404, lambda rule: ask(client, rule)) == {}


class TestForGuests:
    @pytest.fixture
    def guests(self, demo_read, tmp_path):
        state = State(open_folder(tmp_path / "state", demo_read))
        door = GuestDoor(PORT + 1, Guests(state))
        made = Site(str(demo_read), "sato", PORT, raised, guests=door)
        yield TestClient(guest.build(made), base_url=door.url, follow_redirects=False), made, door
        state.close()

    def test_a_secret_that_is_none_opens_nothing(self, guests):
        client, _, _ = guests
        inside = [(guest.FACE, rule) for rule in guest.FACE.rules if "{secret}" in rule.path]
        assert wrong(inside, 404, lambda rule: ask(client, rule)) == {}

    def test_a_member_s_session_opens_nothing_and_no_page_of_members_is_there(self, guests):
        client, site, _ = guests
        session = site.keeper.enter(site.keeper.address())
        client.cookies.set(site.cookie, session.secret)
        assert wrong(INSIDE, 404, lambda rule: ask(client, rule, token=session.form_token)) == {}

    def test_nothing_can_be_sent_and_no_other_name_is_answered(self, guests):
        client, _, door = guests
        for _, rule in [(None, rule) for rule in guest.FACE.rules]:
            path = filled(rule.path)
            assert client.post(path, headers={"origin": door.url}).status_code == 404
            assert client.get(path, headers={"host": "evil.example"}).status_code == 404
