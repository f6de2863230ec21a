"""What is kept between requests never shows: own saves, hand edits, other people, other times."""

import re
import time
from collections import Counter

import pytest
from web_kit import NOW, PORT, Browser, raised

from kb.faces.web import again, render
from kb.faces.web.site import Site
from kb.faces.web.words import Words
from kb.wiring import open_context
from kb.work import today

MEETING = "/m/minasoko/m-2yn804"


@pytest.fixture
def both(demo_store, clock):
    """Two browsers of one server, in Japanese and in English, and one of another member's."""
    site = Site(str(demo_store), "sato", PORT, raised)
    other = Site(str(demo_store), "mori", PORT, raised)
    return Browser(site), Browser(site, "en"), Browser(other)


def test_what_was_saved_is_on_every_page_at_once(both):
    japanese, english, _ = both
    for number in range(4):
        japanese.get(MEETING)
        english.get(MEETING)
        sent = japanese.send(f"{MEETING}/lines", kind="memo", text=f"覚え書き {number}番")
        assert sent.status_code == 303
        assert f"覚え書き {number}番" in english.get(MEETING).text
        assert f"覚え書き {number}番" in japanese.get(MEETING).text


def test_what_another_server_saved_is_there_within_a_second(both):
    japanese, _, other = both
    other.get(MEETING)
    japanese.get("/accounts/minasoko")
    assert other.send(f"{MEETING}/lines", kind="memo", text="森のメモ").status_code == 303
    time.sleep(1)
    assert "森のメモ" in japanese.get(MEETING).text


def test_a_hand_edit_is_on_every_page_within_a_second(both, demo_store):
    japanese, english, _ = both
    path = demo_store / "accounts" / "minasoko.md"
    for look in ("/", "/accounts", "/accounts/minasoko", MEETING):
        japanese.get(look)
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^name: .*$", "name: 名前を変えた会社", text, count=1), "utf-8")
    time.sleep(1)
    for look in ("/accounts", "/accounts/minasoko", MEETING):
        assert "名前を変えた会社" in japanese.get(look).text
        assert "名前を変えた会社" in english.get(look).text


def test_each_language_and_each_member_has_their_own(both):
    japanese, english, other = both
    for _ in range(2):
        assert '<html lang="en">' in english.get("/").text
        assert re.search("<summary>森", other.get("/").text)
        shown = japanese.get("/").text
        assert '<html lang="ja">' in shown
        assert re.search("<summary>佐藤", shown)


def test_another_kb_toml_counts_from_the_next_request(both, demo_store):
    japanese, *_ = both
    japanese.get("/")
    toml = demo_store / "kb.toml"
    text = toml.read_text("utf-8")
    toml.write_text(text.replace('"佐藤', '"新しい佐藤'), "utf-8")
    assert "<summary>新しい佐藤" in japanese.get("/").text


def test_the_clock_goes_on(both, monkeypatch):
    japanese, *_ = both
    before = japanese.get(MEETING).text
    monkeypatch.setenv("KB_NOW", NOW.replace("T15:00", "T23:59"))
    assert japanese.get(MEETING).text != before
    monkeypatch.setenv("KB_NOW", NOW)
    assert japanese.get(MEETING).text == before


@pytest.mark.parametrize("most", [1, 2, 5])
def test_todos_that_are_not_shown_are_counted(demo_read, clock, most):
    ctx = open_context(str(demo_read), "sato", lang="ja")
    try:
        whole = today.lines(ctx, days=7, everybody=True)
        part = today.day(ctx, days=7, everybody=True, most=most)
    finally:
        ctx.close()
    assert part.counts == Counter(one.kind for one in whole)
    for kind in part.counts:
        shown = [one for one in part.lines if one.kind == kind][:most]
        assert shown == [one for one in whole if one.kind == kind][:most]
    assert len(part.lines) < len(whole)


WHOLE = {f"{name}.html.j2" for name in ("meeting", "projected", "account", "accounts", "today")}
PAGES = (MEETING, MEETING + "/projected", "/accounts/minasoko", "/", "/accounts?q=社")


@pytest.fixture
def made(monkeypatch):
    """How often each template was filled."""
    count = Counter()
    real = render.page
    monkeypatch.setattr(
        render, "page", lambda template, **v: count.update([template]) or real(template, **v)
    )
    return count


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_given_again_is_of_who_asks(demo_store, clock, made, path):
    site = Site(str(demo_store), "sato", PORT, raised)
    first, second = Browser(site), Browser(site)
    pages = [browser.get(path).text for browser in (first, second, first)]
    assert [times for name, times in made.items() if name in WHOLE] == [1]
    assert pages[0] == pages[2]
    assert pages[0].replace(first.token or "-", second.token or "-") == pages[1]
    assert again._SECRET not in pages[1]


def test_what_one_saved_last_is_told_to_nobody_else(demo_store, clock):
    site = Site(str(demo_store), "sato", PORT, raised)
    first, second = Browser(site), Browser(site)
    for browser in (first, second):
        browser.get("/accounts/hibarino")
    assert first.send(MEETING + "/lines", kind="memo", text="ここだけの話").status_code == 303
    assert "dot-ok" in first.get("/accounts/hibarino").text
    assert "dot-ok" not in second.get("/accounts/hibarino").text


def test_the_seconds_of_a_clock_go_on_in_a_page_that_is_given_again(demo_store, monkeypatch, made):
    site = Site(str(demo_store), "sato", PORT, raised)
    browser = Browser(site)
    told = []
    for second in ("00", "07"):
        monkeypatch.setenv("KB_NOW", NOW.replace("T15:00:00", f"T15:00:{second}"))
        text = browser.get(MEETING).text
        told.append(int(re.search(r'data-over-seconds="(-?\d+)"', text)[1]))
    assert told[1] == told[0] + 7
    assert made["meeting.html.j2"] == 1


def test_a_value_that_nothing_is_known_of_is_refused():
    with pytest.raises(TypeError):
        again.page("today.html.j2", Words("ja"), {"some": bytearray()}, {}, again=True)
