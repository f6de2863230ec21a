"""The company's own login: a tiny provider on this machine, and all that could be wrong with it."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from team_kit import URL, Person, team_site

from kb.errors import WrongUse
from kb.faces.web.team import Team
from kb.server import oidc
from kb.server.folder import open_folder

KEY, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
CLIENT, SECRET = "kb", "s:cret/é"


class Provider:
    """A provider that logs in whoever is sent to it; `claims` change what it signs."""

    def __init__(self):
        self.claims, self.key, self.header, self.said = {}, KEY, {"alg": "RS256"}, {}
        self.asked, self.codes, self.tokens, self.moved = [], {}, 0, False
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(provider.get(self.path))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                self.answer(provider.token(dict(parse_qsl(body)), self.headers))

            def answer(self, said):
                status, headers, data = said
                self.send_response(status)
                for pair in headers.items():
                    self.send_header(*pair)
                self.end_headers()
                self.wfile.write(json.dumps(data).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, path):
        if path == "/keys":
            return 200, {}, {"keys": [KEY.as_dict(private=False)]}
        if self.moved and path == "/.well-known/openid-configuration":
            return 302, {"location": f"{self.issuer}/moved"}, {}
        if path not in ("/.well-known/openid-configuration", "/moved"):
            return 404, {}, {}
        places = {
            "authorization_endpoint": f"{self.issuer}/authorize?x=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return 200, {}, {"issuer": self.issuer, **places} | self.said

    def login(self, address):
        """Log a browser in that was sent here; return what it brings back."""
        query = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        self.asked.append(query)
        code = f"code-{len(self.asked)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def token(self, sent, headers):
        self.tokens += 1
        query = self.codes.pop(sent.get("code"), None)
        challenge = sha256(sent.get("code_verifier", "").encode()).digest()
        named = b64decode(headers["authorization"].removeprefix("Basic ")).decode()
        if (
            query is None
            or urlsafe_b64encode(challenge).rstrip(b"=").decode() != query["code_challenge"]
            or sent["redirect_uri"] != query["redirect_uri"]
            or named != "kb:s%3Acret%2F%C3%A9"
        ):
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": query["nonce"],
            "email": "Mori@example.com",
            "email_verified": True,
        }
        claims = {name: text for name, text in (claims | self.claims).items() if text is not None}
        signed = jwt.encode(self.header, claims, self.key, algorithms=["RS256", "none", "HS256"])
        return 200, {}, {"id_token": signed, "access_token": "x", "token_type": "Bearer"}


@pytest.fixture(scope="module")
def running():
    made = Provider()
    yield made
    made.server.shutdown()


@pytest.fixture
def provider(running):
    running.claims, running.key, running.header, running.said = {}, KEY, {"alg": "RS256"}, {}
    running.asked.clear()
    running.tokens, running.moved = 0, False
    return running


@pytest.fixture
def site(demo_read, clock, tmp_path, provider, monkeypatch):
    monkeypatch.setenv("KB_TEST_SECRET", SECRET)
    settle(tmp_path, demo_read, provider.issuer)
    made = team_site(demo_read, tmp_path / "state")
    yield made
    made.team.state.close()


def settle(tmp_path, store, issuer, secret="env:KB_TEST_SECRET", more=""):
    folder = open_folder(tmp_path / "state", store)
    text = f'[oidc]\nissuer = "{issuer}"\nclient = "{CLIENT}"\nsecret = "{secret}"\nname = "社内ログイン"\n'
    (folder / "config.toml").write_text(text + more)
    return folder


def begun(browser, onward="/"):
    """Where a browser is sent that wants to log in."""
    got = browser.client.get("/oidc", params={"next": onward})
    assert got.status_code == 303, got.text
    return got.headers["location"]


def back(browser, **answer):
    return browser.client.get("/oidc/back", params=answer)


def test_a_member_comes_in_by_the_company_s_login(site, provider):
    browser = Person(site)
    assert "社内ログインでログインする" in browser.get("/accounts").text
    address = begun(browser, "/accounts")
    assert address.startswith(f"{provider.issuer}/authorize?x=1&")
    done = back(browser, **provider.login(address))
    assert (done.status_code, done.headers["location"]) == (303, "/accounts")
    assert "森 ひより" in browser.get("/").text
    asked = provider.asked[0]
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{URL}/oidc/back"
    assert len({asked[name] for name in ("state", "nonce", "code_challenge")}) == 3
    assert site.team.people.get("mori").has_password is False
    line = (site.team.state.folder / "audit.jsonl").read_text().splitlines()[-1]
    assert json.loads(line)["who"] == "mori"


def test_an_answer_is_good_once_and_for_the_browser_that_began(site, provider):
    browser, other = Person(site), Person(site)
    answer = provider.login(begun(browser))
    begun(other)
    assert back(other, **answer).status_code == 403
    assert back(browser, **answer).status_code == 403  # it was tried by another
    answer = provider.login(begun(browser))
    assert back(browser, **answer).status_code == 303
    assert back(browser, **answer).status_code == 403
    assert provider.tokens == 1


@pytest.mark.parametrize("answer", [{}, {"state": "x", "code": "y"}, {"code": "y"}, {"error": "z"}])
def test_an_answer_that_nobody_asked_for_goes_nowhere(site, provider, answer):
    browser = Person(site)
    begun(browser)
    assert back(browser, **answer).status_code == 403
    assert provider.tokens == 0


def test_an_answer_that_comes_too_late_is_refused(site, provider, monkeypatch):
    browser = Person(site)
    answer = provider.login(begun(browser))
    monkeypatch.setattr(oidc, "time", type("T", (), {"monotonic": lambda: time.monotonic() + 601}))
    assert back(browser, **answer).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["kb", "another"], "azp": "another"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
        {"email": ["mori@example.com"]},
        {"email": "nobody@example.com"},
        {"email": "mori@kb.invalid"},
    ],
    ids=str,
)
def test_what_is_signed_must_be_meant_for_us_and_name_a_member(site, provider, claims):
    browser = Person(site)
    provider.claims = claims
    got = back(browser, **provider.login(begun(browser)))
    assert got.status_code == 403
    assert "ログイン" in got.text
    assert browser.get("/").status_code == 401


@pytest.mark.filterwarnings("ignore:JWS algorithm")
def test_a_signature_of_another_key_or_none_is_no_signature(site, provider):
    browser = Person(site)
    provider.key = OTHER
    assert back(browser, **provider.login(begun(browser))).status_code == 403
    provider.key, provider.header = KEY, {"alg": "none"}
    assert back(browser, **provider.login(begun(browser))).status_code == 403
    provider.key = OctKey.import_key(b"a secret that both sides could know " * 2)
    provider.header = {"alg": "HS256"}
    assert back(browser, **provider.login(begun(browser))).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": "javascript:x"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_provider_that_points_elsewhere_is_not_followed(site, provider, said):
    provider.said = said
    got = Person(site).client.get("/oidc")
    assert got.status_code == 403
    assert "set-cookie" not in got.headers


def test_an_answer_that_leads_on_is_not_followed(site, provider):
    provider.moved = True
    assert Person(site).client.get("/oidc").status_code == 403
    provider.moved = False
    assert Person(site).client.get("/oidc").status_code == 303


def test_an_answer_by_the_name_of_another_provider_is_refused(site, provider):
    browser = Person(site)
    answer = provider.login(begun(browser))
    assert back(browser, **answer, iss="https://evil.example").status_code == 403
    assert provider.tokens == 0


def test_a_login_leads_back_to_this_server_only(site, provider):
    browser = Person(site)
    answer = provider.login(begun(browser, "//evil.example/x"))
    assert back(browser, **answer).headers["location"] == "/"


def test_a_provider_that_does_not_answer_is_a_sentence(demo_read, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_TEST_SECRET", SECRET)
    settle(tmp_path, demo_read, "http://127.0.0.1:9")
    site = team_site(demo_read, tmp_path / "state")
    got = Person(site).client.get("/oidc")
    assert got.status_code == 403
    assert "応答がありません" in got.text
    site.team.state.close()


def test_without_a_provider_there_is_no_such_page(demo_read, clock, tmp_path):
    site = team_site(demo_read, tmp_path / "state")
    for path in ("/oidc", "/oidc/back?state=x&code=y"):
        assert Person(site).client.get(path).status_code == 404
    assert "/oidc" not in Person(site).get("/").text
    site.team.state.close()


@pytest.mark.parametrize(
    ("issuer", "secret", "more", "key"),
    [
        ("http://login.example.com", "env:KB_TEST_SECRET", "", "issuer"),
        ("https://login.example.com/", "env:KB_TEST_SECRET", "", "client"),
        ("https://login.example.com", "env:KB_NOT_THERE", "", "secret"),
        ("https://login.example.com", "written-out", "", "secret"),
        ("https://login.example.com", "file:/nowhere/at/all", "", "secret"),
        ("https://login.example.com", "env:KB_TEST_SECRET", 'other = "x"\n', "other"),
        ("https://login.example.com", "env:KB_TEST_SECRET", "[oidc\n", "config.toml"),
    ],
)
def test_what_is_wrong_with_its_settings_is_said_at_the_start(
    demo_read, tmp_path, monkeypatch, issuer, secret, more, key
):
    monkeypatch.setenv("KB_TEST_SECRET", SECRET)
    folder = settle(tmp_path, demo_read, issuer, secret, more)
    with pytest.raises(WrongUse, match="oidc-config") as raised:
        Team(folder, URL)
    assert raised.value.params["key"] == key or key == "client"


def test_a_secret_may_stand_in_a_file(demo_read, tmp_path):
    (tmp_path / "secret").write_text("geheim\n")
    folder = settle(tmp_path, demo_read, "https://x.example", f"file:{tmp_path / 'secret'}")
    assert oidc.read(folder).secret == "geheim"
