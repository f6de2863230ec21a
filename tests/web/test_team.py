"""A server for a whole team: invitations, passwords, sessions, roles, and who did what."""

import json
import os
import re
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from team_kit import OTHER, URL, WORDS, Person, link, person, team_site

from kb.errors import KbError, NotAllowed
from kb.server import passwords, people, sessions
from kb.server.folder import open_folder


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashing as slow as it should be would take most of the tests' time."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)


@pytest.fixture
def site(demo_read, clock, tmp_path):
    """A team's server on the sample store, which nobody may write to."""
    made = team_site(demo_read, tmp_path / "state")
    yield made
    made.team.state.close()


@pytest.fixture
def own_site(demo_store, clock, tmp_path):
    """A team's server on a store of one's own."""
    made = team_site(demo_store, tmp_path / "state")
    yield made
    made.team.state.close()


def at(site, seconds):
    """Let the server's clock go on."""
    now = site.team.state.now
    site.team.state.now = lambda: now() + seconds


def audit(site):
    text = (site.team.state.folder / "audit.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_whoever_is_not_logged_in_is_asked_to_and_comes_back(site):
    browser = Person(site)
    asked = browser.get("/accounts/minasoko?from=2026-01-01")
    assert asked.status_code == 401
    assert 'value="/accounts/minasoko?from=2026-01-01"' in asked.text
    assert 'autocomplete="current-password"' in asked.text
    assert "みなそこ" not in asked.text
    browser.invited("sato")
    browser.client.cookies.clear()
    done = browser.login("sato", next="/accounts/minasoko?from=2026-01-01")
    assert done.headers["location"] == "/accounts/minasoko?from=2026-01-01"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\nb", ""]
)
def test_a_login_leads_nowhere_else(site, elsewhere):
    browser = Person(site)
    browser.invited("sato")
    assert browser.login("sato", next=elsewhere).headers["location"] == "/"


def test_an_invitation_sets_a_password_once(site):
    secret = site.team.people.invite("sato", "佐藤", None, "takahashi")
    browser = Person(site)
    page = browser.get(f"/invitation/{secret}")
    assert "佐藤" in page.text
    assert page.text.count('autocomplete="new-password"') == 2
    assert 'autocomplete="username"' in page.text
    assert browser.send(f"/invitation/{secret}", new=WORDS, again=WORDS).status_code == 303
    assert "佐藤" in browser.get("/").text
    for again in (
        Person(site).get(f"/invitation/{secret}"),
        Person(site).send(f"/invitation/{secret}", new=OTHER, again=OTHER),
    ):
        assert again.status_code == 404
        assert "使用済み" in again.text
    assert Person(site).login("sato").status_code == 303


def test_a_new_invitation_closes_the_earlier_one_and_the_password_holds_until_it_is_used(site):
    browser = person(site, "sato")
    first = site.team.people.invite("sato", "佐藤", None, "takahashi")
    second = site.team.people.invite("sato", "佐藤", None, "takahashi")
    assert Person(site).send(f"/invitation/{first}", new=OTHER, again=OTHER).status_code == 404
    assert browser.get("/").status_code == 200
    assert Person(site).send(f"/invitation/{second}", new=OTHER, again=OTHER).status_code == 303
    assert browser.get("/").status_code == 401
    assert Person(site).login("sato", WORDS).status_code == 400
    assert Person(site).login("sato", OTHER).status_code == 303


def test_an_invitation_is_open_for_seven_days(site):
    secret = site.team.people.invite("sato", "佐藤", None, "takahashi")
    at(site, people.INVITED_SECONDS - 1)
    assert Person(site).get(f"/invitation/{secret}").status_code == 200
    at(site, 1)
    late = Person(site).get(f"/invitation/{secret}")
    assert late.status_code == 404
    assert 'href="/login"' in late.text
    assert Person(site).send(f"/invitation/{secret}", new=WORDS, again=WORDS).status_code == 404


def test_an_invitation_opens_once_for_two_who_send_it_together(site):
    secret = site.team.people.invite("sato", "佐藤", None, "takahashi")
    ready, done = threading.Barrier(4), []

    def accept():
        ready.wait()
        try:
            done.append(site.team.people.accept(secret, WORDS).key)
        except KbError as error:
            done.append(error.code)

    threads = [threading.Thread(target=accept) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(done) == ["invitation-used"] * 3 + ["sato"]


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short words", None, "12文字以上"),
        ("x" * 257, None, "256文字以内"),
        ("password1234!", None, "推測されやすい"),
        ("satosatosato99", None, "推測されやすい"),
        ("minasoko-12345678", "minasoko-12345679", "一致しません"),
        ("aaaaaaaabbbbbbbb", None, "推測されやすい"),
        ("12345678901234", None, "推測されやすい"),
    ],
)
def test_a_weak_password_is_refused_with_its_rule(site, new, again, said):
    secret = site.team.people.invite("sato", "佐藤", None, "takahashi")
    browser = Person(site)
    got = browser.send(f"/invitation/{secret}", new=new, again=again or new)
    assert got.status_code == 400
    assert said in got.text
    assert new not in got.text
    assert browser.send(f"/invitation/{secret}", new=WORDS, again=WORDS).status_code == 303


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(site):
    Person(site).invited("sato")
    wrong, unknown = Person(site).login("sato", OTHER), Person(site).login("nobody", OTHER)
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    assert wrong.text.replace("sato", "") == unknown.text.replace("nobody", "")
    assert OTHER not in wrong.text


def test_an_unknown_name_is_hashed_like_a_known_one(site, monkeypatch):
    tried = []
    agrees = passwords.agrees
    monkeypatch.setattr(
        passwords, "agrees", lambda kept, typed: tried.append(typed) or agrees(kept, typed)
    )
    Person(site).login("nobody", OTHER)
    assert tried == [OTHER]


def test_one_logs_in_with_the_mail_address_too(site):
    Person(site).invited("sato")
    assert Person(site).login("Sato@Example.com").status_code == 303


def test_after_too_many_tries_the_right_password_waits_too(site):
    Person(site).invited("sato")
    for _ in range(people.TRIES):
        assert Person(site).login("sato", OTHER).status_code == 400
    for address in ("10.0.0.1", "10.0.0.2"):
        got = Person(site, address=address).login("sato")
        assert got.status_code == 403
        assert "15分" in got.text
    at(site, people.TRIES_SECONDS + 1)
    assert Person(site).login("sato").status_code == 303


def test_tries_are_counted_from_each_address_over_all_names(site):
    Person(site).invited("sato")
    for number in range(people.TRIES_FROM):
        Person(site).login(f"nobody{number}", OTHER)
    assert Person(site).login("sato").status_code == 403
    assert Person(site, address="10.0.0.2").login("sato").status_code == 303


def test_many_tries_at_once_are_many_tries(site):
    Person(site).invited("sato")
    done = []

    def attempt(number):
        try:
            site.team.people.login("sato", OTHER, f"10.1.0.{number}")
        except KbError as error:
            done.append(error.code)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(3 * people.TRIES)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert done.count("login-wrong") == people.TRIES


def test_each_login_is_a_session_of_its_own_and_the_browser_s_old_one_ends(site):
    browser = person(site, "sato")
    old = browser.client.cookies["__Host-kb"]
    browser.login("sato")
    new = browser.client.cookies["__Host-kb"]
    assert new != old
    browser.client.cookies.set("__Host-kb", old, domain="kb.example.com")
    assert site.team.session(old) is None
    assert site.team.session(new) is not None


def test_a_session_ends_after_twelve_hours_and_after_two_idle_ones(site):
    browser = person(site, "sato")
    at(site, sessions.IDLE_SECONDS + 1)
    assert browser.get("/").status_code == 401
    browser.login("sato")
    for _ in range(sessions.SESSION_SECONDS // (sessions.IDLE_SECONDS - 60) + 1):
        assert browser.get("/accounts").status_code == 200
        at(site, sessions.IDLE_SECONDS - 60)
    assert browser.get("/accounts").status_code == 401


def test_what_is_kept_opens_nothing(site):
    browser = person(site, "sato")
    secret = browser.client.cookies["__Host-kb"]
    invitation = site.team.people.invite("mori", "森", None, "sato")
    kept = b"".join(one.read_bytes() for one in site.team.state.folder.iterdir())
    for one in (secret, invitation, WORDS, sessions.form_token(secret)):
        assert one.encode() not in kept


def test_the_folder_is_for_its_owner_alone(site):
    person(site, "sato")
    folder = site.team.state.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    names = {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert {"state.sqlite", "audit.jsonl"} <= set(names)
    assert set(names.values()) == {0o600}


def test_a_state_folder_in_the_store_is_refused(demo_read, tmp_path):
    (tmp_path / "link").symlink_to(demo_read)
    for folder in (
        demo_read,
        demo_read / "state",
        demo_read / ".git" / "x",
        tmp_path / "link" / "s",
    ):
        with pytest.raises(NotAllowed, match="state-inside"):
            open_folder(folder, demo_read)
    assert not (demo_read / "state").exists()


def test_the_cookie_is_for_this_server_by_tls_alone(site):
    browser = Person(site)
    cookie = browser.invited("sato").headers["set-cookie"]
    assert cookie.startswith("__Host-kb=")
    for flag in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert browser.get("/").headers["strict-transport-security"].startswith("max-age=63072000")


def test_without_tls_there_is_no_word_of_it(demo_read, clock, tmp_path):
    site = team_site(demo_read, tmp_path / "state", url="http://127.0.0.1:8710")
    got = Person(site).invited("sato")
    assert "Secure" not in got.headers["set-cookie"]
    assert "strict-transport-security" not in got.headers


def test_an_open_page_that_listens_does_not_keep_an_idle_session(site):
    browser = person(site, "sato")
    session = site.team.session(browser.client.cookies["__Host-kb"])
    for _ in range(4):
        assert site.team.lasts(session)
        at(site, sessions.IDLE_SECONDS / 4)
    at(site, 1)
    assert not site.team.lasts(session)


def test_a_viewer_s_bar_leads_only_where_they_may_go(site):
    guest = person(site, "bucho", "viewer")
    bar = guest.get("/").text.partition("</header>")[0]
    for path in sorted(set(re.findall(r'href="(/[^"]*)"', bar)) - {"/board"}):
        assert guest.get(path).status_code == 200, path


def test_logging_out_ends_the_session_here_and_everywhere_means_everywhere(site):
    one, two = person(site, "sato"), Person(site)
    two.login("sato")
    two.get("/me")
    assert "2件" in two.last.text
    secret = one.client.cookies["__Host-kb"]
    assert "ログイン" in one.send("/leave").text
    assert site.team.session(secret) is None
    assert two.get("/").status_code == 200
    one.login("sato")
    two.get("/me")
    assert two.send("/me/out").headers["location"] == "/login"
    assert one.get("/").status_code == 401
    assert two.get("/").status_code == 401


def test_a_changed_password_logs_all_other_browsers_out(site):
    one, two = person(site, "sato"), Person(site)
    two.login("sato")
    one.get("/me")
    assert one.send("/me/password", old=OTHER, new=OTHER, again=OTHER).status_code == 400
    assert "今のパスワードが違います" in one.last.text
    assert one.send("/me/password", old=WORDS, new=OTHER, again=OTHER).status_code == 303
    assert "変えました" in one.get("/me?changed=1").text
    assert two.get("/").status_code == 401
    assert Person(site).login("sato", WORDS).status_code == 400
    assert Person(site).login("sato", OTHER).status_code == 303


def test_an_administrator_invites_members_and_viewers(site):
    admin = person(site, "takahashi", "admin")
    page = admin.get("/settings/people")
    assert "まだ招待していません" in page.text
    admin.send("/settings/people/invite", key="mori")
    address = link(admin.last)
    assert address.startswith(f"{URL}/invitation/")
    mori = Person(site)
    assert mori.send(address.removeprefix(URL), new=WORDS, again=WORDS).status_code == 303
    admin.get("/settings/people")
    assert address not in admin.last.text
    admin.send("/settings/people/view", key="Bucho", name="部長")
    guest = Person(site)
    guest.send(link(admin.last).removeprefix(URL), new=WORDS, again=WORDS)
    assert "部長" in guest.get("/accounts").text
    assert "bucho" in admin.get("/settings/people").text
    assert admin.send("/settings/people/view", key="sato", name="x").status_code == 400
    assert admin.send("/settings/people/view", key="../x", name="x").status_code == 400
    assert admin.send("/settings/people/invite", key="nobody").status_code == 404


def test_roles_given_and_taken_hold_at_once(site):
    admin, mori = person(site, "takahashi", "admin"), person(site, "mori")
    assert mori.get("/settings/people").status_code == 403
    admin.get("/settings/people")
    assert admin.send("/settings/people/role", key="mori", role="admin").status_code == 303
    assert mori.get("/settings/people").status_code == 200
    admin.send("/settings/people/role", key="mori", role="viewer")
    assert mori.get("/settings/people").status_code == 403
    assert mori.get("/reviews").status_code == 403
    assert "閲覧だけ" in mori.last.text
    admin.send("/settings/people/role", key="mori", role="member")
    assert mori.get("/reviews").status_code == 200
    assert admin.send("/settings/people/role", key="mori", role="root").status_code == 400


def test_whose_access_is_taken_away_is_out(site):
    admin, mori = person(site, "takahashi", "admin"), person(site, "mori")
    admin.get("/settings/people")
    admin.send("/settings/people/out", key="mori")
    assert mori.get("/").status_code == 401
    assert mori.login("mori").status_code == 303
    admin.send("/settings/people/remove", key="mori")
    assert mori.get("/").status_code == 401
    assert mori.login("mori").status_code == 400


def test_the_last_administrator_stays(site):
    admin = person(site, "takahashi", "admin")
    admin.get("/settings/people")
    assert admin.send("/settings/people/role", key="takahashi", role="member").status_code == 403
    assert "管理者がいなくなる" in admin.last.text
    assert admin.send("/settings/people/remove", key="takahashi").status_code == 403
    assert admin.get("/settings/people").status_code == 200


def test_who_is_taken_out_of_the_team_is_refused_everywhere(own_site):
    mori = person(own_site, "mori")
    settings = Path(own_site.store, "kb.toml")
    settings.write_text(settings.read_text().replace("[members.mori]", "[members.morita]"))
    for path in ("/", "/accounts", "/reviews", "/me"):
        assert mori.get(path).status_code == 403, path
        assert "外れている" in mori.last.text
    assert Person(own_site).login("mori").status_code == 403


def test_a_viewer_looks_and_writes_nothing(own_site):
    guest = person(own_site, "bucho", "viewer")
    for path in ("/", "/accounts", "/accounts/minasoko", "/insights", "/playbook", "/board"):
        assert guest.get(path).status_code == 200, path
    before = head(own_site.store)
    assert guest.send("/accounts", account="x", name="x").status_code == 403
    assert guest.send("/m/minasoko/m-2yn804/lines", kind="said", text="x").status_code == 403
    assert head(own_site.store) == before


def test_a_viewer_sees_how_todos_stand_and_is_offered_no_box(site):
    guest, member = person(site, "bucho", "viewer"), person(site, "sato")
    for path in ("/?days=7&all=1", "/m/minasoko/m-2yn804"):
        page = guest.get(path).text
        assert '<span class="tick"><span aria-hidden="true"><svg' in page, path
        assert 'name="todo"' not in page, path
        assert not re.search(r'<button[^>]* form="', page), "outside its form, so not hidden"
        assert 'name="todo"' in member.get(path).text, "who may write has boxes"


def head(store):
    return subprocess.run(
        ["git", "-C", str(store), "log", "-1", "--format=%an <%ae>|%cn|%s"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_what_is_written_is_written_by_who_logged_in(own_site, monkeypatch):
    monkeypatch.setenv("KB_MEMBER", "takahashi")
    mori = person(own_site, "mori")
    mori.get("/m/minasoko/m-2yn804")
    assert mori.send("/m/minasoko/m-2yn804/lines", kind="said", text="これは").status_code == 303
    assert head(own_site.store).startswith("森 ひより <mori@example.com>|")


def test_a_viewer_is_nobody_to_the_store_whoever_runs_the_server(site, monkeypatch):
    monkeypatch.setenv("KB_MEMBER", "takahashi")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "高橋 実紀")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "takahashi@example.com")
    ctx = site.open("bucho")
    assert ctx.me is None
    with pytest.raises(KbError, match="no-author"):
        ctx.actor  # noqa: B018
    ctx.close()


def test_the_audit_says_who_did_what_and_nothing_of_what_was_written(own_site):
    mori = person(own_site, "mori")
    mori.get("/m/minasoko/m-2yn804")
    mori.send("/m/minasoko/m-2yn804/lines", kind="said", text="ひみつの言葉")
    Person(own_site).login("mori", "ひみつのパスワードです")
    lines = audit(own_site)
    assert [(one["who"], one["what"], one["result"]) for one in lines] == [
        ("from:10.0.0.1", "POST /invitation/{secret}", "303"),
        ("mori", "POST /m/{account}/{id}/lines", "303"),
        ("from:10.0.0.1", "POST /login", "400"),
    ]
    assert lines[1]["account"] == "minasoko"
    assert lines[1]["role"] == "member"
    assert lines[2]["person"] == "mori"
    assert "ひみつ" not in json.dumps(lines, ensure_ascii=False)
    assert "secret" not in {name for line in lines for name in line}


def test_the_audit_is_only_ever_appended(site):
    person(site, "sato")
    before = (site.team.state.folder / "audit.jsonl").read_text()
    Person(site).login("sato", OTHER)
    assert (site.team.state.folder / "audit.jsonl").read_text().startswith(before)


def test_a_proxy_is_believed_only_where_there_is_one(demo_read, clock, tmp_path):
    told = {"x-forwarded-for": "6.6.6.6, 203.0.113.9"}
    for proxy, seen in ((False, "from:10.0.0.1"), (True, "from:203.0.113.9")):
        site = team_site(demo_read, tmp_path / f"state-{proxy}", proxy=proxy)
        browser = Person(site)
        browser.client.post(
            "/login",
            data={"name": "x", "password": "y"},
            headers={"origin": URL, **told},
        )
        assert audit(site)[-1]["who"] == seen
        site.team.state.close()


def test_another_name_or_scheme_of_the_server_is_refused(site):
    browser = person(site, "sato")
    for host in ("127.0.0.1:8710", "kb.example.com:8710", "evil.example", "kb.example.com.evil"):
        assert browser.get("/", host=host).status_code == 403, host
    for origin in ("http://kb.example.com", "https://evil.example", "null"):
        assert browser.send("/tick", origin=origin).status_code == 403, origin


def test_the_one_time_address_of_the_local_page_opens_nothing_here(site):
    secret = site.keeper.address()
    assert Person(site).get(f"/enter/{secret}").status_code == 404


def test_on_this_machine_alone_there_are_no_accounts(reading):
    for path in ("/login", "/me", "/settings/people", "/invitation/x"):
        assert reading.get(path).status_code == 404, path
        assert "1人が使っている" in reading.last.text


def test_sessions_and_passwords_outlive_the_server(demo_read, clock, tmp_path):
    site = team_site(demo_read, tmp_path / "state")
    browser = person(site, "sato")
    secret = browser.client.cookies["__Host-kb"]
    site.team.state.close()
    again = team_site(demo_read, tmp_path / "state")
    assert again.team.session(secret).person == "sato"
    assert os.listdir(tmp_path / "state")
    again.team.state.close()
