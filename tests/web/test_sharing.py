"""Giving a customer their minutes: seen first, as mail, on paper, by a link that ends."""

import json
import os
import re
import subprocess
import sys

import pytest
from canary_kit import ALLOWED, DOCUMENT, GUEST_HOST, MEETING, Outside, read, small_store
from starlette.testclient import TestClient
from team_kit import person, team_site
from web_kit import PORT, Browser, raised

from kb.faces.web import guest
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.site import Site
from kb.server.guests import Guests
from kb.text.compose import New
from kb.work import accounts, capture

DAY = 24 * 3600


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A store for all tests here; each writes the document anew."""
    return small_store(tmp_path_factory.mktemp("sharing") / "store")


@pytest.fixture
def outside(small, clock):
    """The customer's document, with its guests."""
    return Outside(small)


@pytest.fixture
def now(outside):
    """The moment of the guests' links, which a test may move."""
    moment = [outside.state.now()]
    outside.state.now = lambda: moment[0]
    return moment


def seen(outside):
    return re.search(r'name="seen" value="(\w+)"', outside.browser.get(f"{MEETING}/share").text)[1]


def ids(outside):
    page = outside.browser.get(f"{MEETING}/share").text
    return re.findall(r"/links/(\w+)/withdraw", page)


def test_what_goes_out_is_seen_before_any_way_to_give_it(outside):
    page = outside.browser.get(f"{MEETING}/share").text
    assert page.index("下書きだけ確かめたい") < page.index("メールの文面をコピーする")
    for way in ("mail", "minutes.docx", "print", "projected"):
        assert f'href="{MEETING}/{way}"' in page
    assert f'href="{MEETING}/share"' in outside.browser.get(MEETING).text


def test_the_mail_stands_there_to_be_selected_and_copied(outside):
    page = outside.browser.get(f"{MEETING}/mail").text
    assert '<p class="take" id="subject"' in page
    assert "【議事録】定例（11月25日）" in page
    assert "いつもお世話になっております。\n佐藤です。" in page
    assert 'data-copy="body"' in page


def test_the_document_on_paper_has_every_meeting_and_no_page_around_it(outside):
    older = "".join(
        f"## 2025-{n:02}-10 定例 ^m-old{n:03}\n\n### 決定事項\n\n- {n}番目の決定\n\n"
        for n in range(1, 13)
    )
    outside.write(DOCUMENT + older)
    page = outside.browser.get("/accounts/canary/print").text
    assert page.count('<article class="sheet">') == 14
    assert all(f"{n}番目の決定" in page for n in range(1, 13))
    assert "<nav" not in page
    assert 'data-print="/accounts/canary/print"' in outside.browser.get("/accounts/canary").text


def test_the_id_alone_leads_to_the_customer_s_view(outside):
    got = outside.browser.get("/m/m-cana01/projected")
    assert (got.status_code, got.headers["location"]) == (303, f"{MEETING}/projected")
    assert outside.browser.get("/m/m-nothng/projected").status_code == 404


def test_an_id_of_two_meetings_names_both(outside, small):
    other = small / "accounts/copy.md"
    other.write_text(DOCUMENT.replace("account: canary", "account: copy"), "utf-8")
    try:
        got = outside.browser.get("/m/m-cana01/projected")
    finally:
        other.unlink()
    assert got.status_code == 300
    for account in ("canary", "copy"):
        assert f'href="/m/{account}/m-cana01/projected"' in got.text


def test_a_link_is_made_for_what_was_seen_and_told_once(outside, now):
    outside.browser.get(f"{MEETING}/share")
    made = outside.browser.send(f"{MEETING}/links", seen=seen(outside), days="7")
    secret = re.search(rf"{GUEST_HOST}/g/([\w-]+)", made.text)[1]
    assert len(secret) == 43
    again = outside.browser.get(f"{MEETING}/share").text
    assert secret not in again
    assert "佐藤 恭平" in again
    assert "まだ開かれていません" in again
    assert secret.encode() not in b"".join(p.read_bytes() for p in outside.state.folder.iterdir())
    assert outside.guest.get(f"/g/{secret}").status_code == 200
    assert "最後に開かれたのは" in outside.browser.get(f"{MEETING}/share").text
    now[0] += 7 * DAY - 1
    assert outside.guest.get(f"/g/{secret}").status_code == 200
    now[0] += 2
    assert outside.guest.get(f"/g/{secret}").status_code == 404
    assert "期限切れ" in outside.browser.get(f"{MEETING}/share").text


def test_a_link_for_what_has_changed_meanwhile_is_not_made(outside):
    before = seen(outside)
    outside.write(DOCUMENT.replace("12月4日に公開", "12月5日に公開"))
    got = outside.browser.send(f"{MEETING}/links", seen=before, days="14")
    assert got.status_code == 400
    assert "12月5日に公開" in got.text
    assert "/g/" not in got.text
    assert ids(outside) == []


@pytest.mark.parametrize("days", ["0", "15", "-1", "9999999", "x", "", "１４"])
def test_a_link_lasts_one_of_the_times_that_are_offered(outside, days):
    token = seen(outside)
    got = outside.browser.send(f"{MEETING}/links", seen=token, days=days)
    assert got.status_code == 400
    assert outside.door.links.of("canary", "m-cana01") == []


def test_a_withdrawn_link_opens_no_more_at_once(outside):
    link, other = outside.link(), outside.link()
    (first, second) = ids(outside)
    gone = outside.door.links.of("canary", "m-cana01")
    assert outside.guest.get(link).status_code == 200
    for id_ in (first, second):
        assert outside.browser.send(f"{MEETING}/links/{id_}/withdraw").status_code == 303
    for path in (link, other, f"{link}/minutes.json", f"{link}/minutes.docx", f"{link}/events"):
        assert outside.guest.get(path).status_code == 404
    assert len(gone) == 2
    assert "取り消し" in outside.browser.get(f"{MEETING}/share").text
    assert ids(outside) == []


def test_a_link_is_withdrawn_on_its_own_meeting_s_page_only(outside):
    outside.link()
    (id_,) = ids(outside)
    assert outside.browser.send(f"/m/canary/m-cana02/links/{id_}/withdraw").status_code == 404
    assert ids(outside) == [id_]


def test_all_that_opens_nothing_is_one_and_the_same_page(outside):
    link = outside.link()
    known = outside.guest.get("/g/nothing")
    (id_,) = ids(outside)
    outside.browser.send(f"{MEETING}/links/{id_}/withdraw")
    for path in (link, f"{link}x", "/g/", "/", "/accounts", f"{link}/other", "/static/kb.toml"):
        got = outside.guest.get(path)
        assert (got.status_code, got.content) == (404, known.content), path
        assert got.headers["cache-control"] == "no-store"
    posted = outside.guest.post(link)
    assert (posted.status_code, posted.content) == (404, known.content)


def test_a_link_whose_meeting_is_gone_opens_nothing_and_a_broken_store_says_later(outside):
    link = outside.link()
    outside.write(DOCUMENT.replace("^m-cana01", "^m-cana77").replace("定例", "別の題"))
    assert outside.guest.get(link).status_code == 404
    outside.write(DOCUMENT)
    assert outside.guest.get(link).status_code == 200
    noted = []
    object.__setattr__(outside.site, "fault", noted.append)
    outside.door.links.saw = lambda _: 1 / 0
    got = outside.guest.get(link)
    assert (got.status_code, len(noted)) == (503, 1)
    assert "division" not in got.text


@pytest.mark.parametrize(
    "slip", [None, "[broken", 'format = 1\n[team]\nname = "T"\nlanguage = "fr"\n', b"\xff"]
)
def test_a_store_that_cannot_be_opened_is_no_end_of_a_link(tmp_path, clock, slip):
    outside = Outside(small_store(tmp_path / "store"))
    link = outside.link()
    nothing = outside.guest.get("/g/nothing")
    file = outside.store / "kb.toml"
    was = file.read_bytes()
    if slip is None:
        file.unlink()
    else:
        file.write_bytes(slip if isinstance(slip, bytes) else slip.encode())
    for path in (link, f"{link}/minutes.json", f"{link}/minutes.docx", f"{link}/events"):
        for lang, told in (("ja", "ただいま表示できません"), ("en", "try again in a few minutes")):
            got = outside.guest.get(path, headers={"accept-language": lang})
            assert (got.status_code, got.headers["retry-after"]) == (503, "60"), path
            assert told in got.text
            assert f'<html lang="{lang}">' in got.text
            assert not re.search("kb|toml|broken|canary|store", re.sub("<link.*?>", "", got.text))
    assert outside.guest.get("/g/nothing").content == nothing.content
    file.write_bytes(was)
    assert outside.guest.get(link).status_code == 200


def test_a_link_follows_an_account_that_gets_another_short_name(outside, small):
    link, other = outside.link(), outside.link()
    outside.browser.get("/accounts/canary/facts")
    renamed = outside.browser.send("/accounts/canary/facts", form="rename", new="kanaria")
    assert renamed.headers["location"] == "/accounts/kanaria"
    assert "定例" in outside.guest.get(link).text
    page = outside.browser.get("/m/kanaria/m-cana01/share").text
    assert len(re.findall(r"/links/\w+/withdraw", page)) == 2
    assert outside.guest.get(other).status_code == 200
    # A second time, and back by hand: what the history tells is what counts.
    ctx = outside.site.open()
    accounts.rename(ctx, "kanaria", "canary")
    ctx.close()
    assert "定例" in outside.guest.get(f"{link}/minutes.json").text


def test_a_link_follows_though_its_old_name_is_another_customer_s_by_now(tmp_path, clock):
    outside = Outside(small_store(tmp_path / "store"))
    link, other = outside.link(), outside.link()
    ctx = outside.site.open()
    accounts.rename(ctx, "canary", "kanaria")
    accounts.add(ctx, "canary", "鉱山組合")
    ctx.close()
    # A link that nobody opened since is withdrawn like any.
    gone = outside.door.links.find(other.removeprefix("/g/"))
    sent = outside.browser.send(f"/m/kanaria/m-cana01/links/{gone.id}/withdraw")
    assert sent.status_code == 303
    assert outside.guest.get(other).status_code == 404
    assert "カナリア商会" in outside.guest.get(link).text
    page = outside.browser.get("/m/kanaria/m-cana01/share").text
    (id_,) = re.findall(r"/links/(\w+)/withdraw", page)
    outside.browser.send(f"/m/kanaria/m-cana01/links/{id_}/withdraw")
    assert outside.guest.get(link).status_code == 404


def test_the_new_bearer_of_a_name_takes_no_links_of_the_one_before(tmp_path, clock):
    outside = Outside(small_store(tmp_path / "store"))
    link = outside.link()
    ctx = outside.site.open()
    accounts.rename(ctx, "canary", "kanaria")
    accounts.add(ctx, "canary", "鉱山組合")
    accounts.rename(ctx, "canary", "kouzan")
    ctx.close()
    for account in ("kouzan", "kanaria"):
        outside.browser.get(f"/m/{account}/m-cana01/share")
    assert "カナリア商会" in outside.guest.get(link).text
    assert outside.door.links.of("kouzan", "m-cana01") == []


def test_a_link_does_not_follow_to_another_account_with_the_same_meeting(tmp_path, clock):
    outside = Outside(small_store(tmp_path / "store"))
    link = outside.link()
    ctx = outside.site.open()
    accounts.add(ctx, "else", "別の会社")
    path = outside.store / "accounts/else.md"
    head = path.read_text("utf-8")
    path.write_text(head + DOCUMENT.partition("# カナリア商会")[2], "utf-8")
    capture.add(ctx, "else/2026-12-16", New("memo", "取り込ませる"))
    (outside.store / "accounts/canary.md").unlink()
    ctx.close()
    assert outside.browser.get("/m/else/m-cana01").status_code == 200
    assert outside.guest.get(link).status_code == 404


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", ("お打ち合わせは中止となりました", "お打ち合わせは、中止となりました")),
        ("en", ("The meeting on this day has been cancelled", "25 November has been cancelled")),
    ],
)
def test_a_cancelled_meeting_says_so_wherever_its_customer_sees_it(tmp_path, clock, lang, told):
    document = DOCUMENT.replace("csm: sato", f"csm: sato\nlang: {lang}")
    outside = Outside(small_store(tmp_path / "store"), document)
    link = outside.link()
    before = outside.outputs(link)
    assert not any(words in read(name, data) for name, data in before.items() for words in told)
    outside.browser.get(f"{MEETING}/plan")
    assert outside.browser.send(f"{MEETING}/plan", form="cancel").status_code == 303
    found = outside.outputs(link)
    printed = read("document", found.pop("document"))
    assert "下書きだけ確かめたい" not in printed  # it shows the meetings that were held
    for name, data in found.items():
        text = read(name, data)
        if "json" in name:
            assert b'"cancelled":true' in data, name
        else:
            assert any(words in text for words in told), name
        earlier = read(name, before[name])
        assert [words for words in ALLOWED if words in earlier and words not in text] == [], name


def test_a_meeting_that_was_cancelled_is_not_going_on(outside, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T14:31:00+09:00")
    undecided = DOCUMENT.replace("- 決定: 12月4日に公開する", "- お客様: 12月4日に公開する")
    for mark, going in (("定例", True), ("[中止] 定例", False)):
        outside.write(undecided.replace("定例", mark, 1))
        page = outside.browser.get(f"{MEETING}/projected").text
        assert ("data-now" in page, "お話し中" in page) == (going, going)


def test_a_meeting_without_an_id_gets_one_by_which_its_link_finds_it_again(outside, small):
    outside.write(DOCUMENT.replace(" ^m-cana01", ""))
    page = outside.browser.get("/m/canary/2026-11-25/share").text
    token = re.search(r'name="seen" value="(\w+)"', page)[1]
    made = outside.browser.send("/m/canary/2026-11-25/links", seen=token, days="14")
    link = re.search(rf"{GUEST_HOST}(/g/[\w-]+)", made.text)[1]
    text = (small / "accounts/canary.md").read_text("utf-8")
    assert re.search(r"定例 <!-- CANARY-heading --> \^m-\w{6}\n", text)
    outside.write(text.replace("定例", "定例と相談"))
    assert "定例と相談" in outside.guest.get(link).text


def test_without_a_place_for_guests_no_link_is_made(outside):
    browser = Browser(Site(str(outside.store), "sato", PORT, raised))
    page = browser.get(f"{MEETING}/share").text
    assert "お客様用のリンクを使えません" in page
    assert "/links" not in page
    assert browser.send(f"{MEETING}/links", seen="", days="14").status_code == 403


def test_who_only_looks_makes_no_link_and_sees_none(outside, tmp_path, monkeypatch):
    monkeypatch.delenv("KB_NOW")
    site = team_site(outside.store, tmp_path / "state")
    door = GuestDoor(PORT + 1, Guests(site.team.state), url="https://minutes.example.com")
    object.__setattr__(site, "guests", door)
    member, viewer = person(site, "sato"), person(site, "guest", "viewer")
    page = member.get(f"{MEETING}/share").text
    token = re.search(r'name="seen" value="(\w+)"', page)[1]
    made = member.send(f"{MEETING}/links", seen=token, days="14")
    assert "https://minutes.example.com/g/" in made.text
    (id_,) = re.findall(r"/links/(\w+)/withdraw", made.text)
    address = re.search(r"https://minutes.example.com(/g/[\w-]+)", made.text)[1]
    guests = TestClient(guest.build(site), base_url=door.url, follow_redirects=False)
    got = guests.get(address)
    assert got.status_code == 200
    assert "max-age" in got.headers["strict-transport-security"]
    assert guests.get(address, headers={"host": "kb.example.com"}).status_code == 404
    page = viewer.get(f"{MEETING}/share").text
    assert "メールの文面をコピーする" in page
    assert "/links" not in page
    assert viewer.send(f"{MEETING}/links", seen=token, days="14").status_code == 403
    assert viewer.send(f"{MEETING}/links/{id_}/withdraw").status_code == 403
    assert len(door.links.of("canary", "m-cana01")) == 1


def test_the_projected_page_says_what_is_being_talked_about_and_counts_to_the_end(
    outside, monkeypatch
):
    def page(moment):
        monkeypatch.setenv("KB_NOW", moment)
        return outside.browser.get(f"{MEETING}/projected").text

    later = "#### 来年度の目標\n\n- スタンス: 購入回数で置きたい\n\n### CANARY-unknown"
    outside.write(DOCUMENT.replace("### CANARY-unknown", later))
    during = page("2026-11-25T14:31:00+09:00")
    assert 'data-now="52260" data-end="53400"' in during
    assert re.search(r'aria-current="step"><a href="#p2">.*?来年度の目標.*?お話し中', during)
    assert during.count("お話し中") == 1
    for moment in ("2026-11-25T13:59:00+09:00", "2026-11-25T14:50:00+09:00"):
        text = page(moment)
        assert "data-now" not in text
        assert "お話し中" not in text


def test_a_team_s_server_has_to_know_how_guests_call_it(small, tmp_path):
    words = ["--team", "--url", "https://kb.example.com", "--guest-port", "0", "--port", "0"]
    got = subprocess.run(
        [sys.executable, "-m", "kb", "--json", "--store", str(small), "serve", *words],
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert got.returncode == 2
    assert json.loads(got.stderr)["error"]["code"] == "web-guest-needs-url"
