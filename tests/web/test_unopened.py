"""A slip of the hand in `kb.toml` is told with its line, on pages and to programs alike."""

import re

import pytest
from api_kit import Program
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site

SLIPS = {
    "table": ("[store]", "[broken\n[store]", "[broken"),
    "level": ('minutes    = "require"', 'minutes    = "sometimes"', "sometimes"),
    "language": ('language = "ja"', 'language = "fr"', "fr"),
    "twice": ('language = "ja"', 'language = "ja"\nlanguage = "ja"', "language"),
    "zone": ("Asia/Tokyo", "Asia/Nowhere", "Asia/Nowhere"),
}


def spoil(store, old, new):
    file = store / "kb.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return text


@pytest.mark.parametrize("slip", SLIPS)
def test_a_page_says_which_line_and_what_to_do(writing, slip):
    *change, shown = SLIPS[slip]
    writing.get("/m/minasoko/m-2yn804")
    text = spoil(writing.store, *change)
    for lang, line in (("ja", r"\d+行目"), ("en", r"line \d+")):
        browser = Browser(writing.site, lang)
        for path in ("/", "/m/minasoko/m-2yn804", "/settings", "/search?q=a"):
            got = browser.get(path)
            assert got.status_code == 503, got.text
            assert re.search(line, got.text)
            assert shown in got.text
            assert f'<html lang="{lang}">' in got.text
            assert "<a " not in got.text
            assert str(writing.store) not in got.text
    sent = writing.send("/m/minasoko/m-2yn804/lines", kind="memo", text="書きかけの文")
    assert sent.status_code == 503
    assert "書きかけの文" in sent.text
    assert writing.token not in sent.text
    (writing.store / "kb.toml").write_text(text)
    assert writing.get("/").status_code == 200


@pytest.mark.parametrize("slip", SLIPS)
def test_a_program_is_told_as_a_problem(writing, slip):
    *change, shown = SLIPS[slip]
    program = Program(Site(str(writing.store), "sato", PORT, raised), lang="en")
    spoil(writing.store, *change)
    for got in (program.get("/accounts"), program.post("/accounts", {"account": "x"})):
        assert got.status_code == 503
        assert got.headers["content-type"] == "application/problem+json"
        assert got.json()["code"].startswith("config-")
        assert shown in got.json()["detail"]
        assert "line " in got.json()["detail"]


def test_a_store_that_is_gone_is_told_without_its_place(writing):
    (writing.store / "kb.toml").unlink()
    got = writing.get("/")
    assert got.status_code == 503
    assert str(writing.store) not in got.text
    assert "いまは kb を開けません" in got.text


def test_a_stranger_learns_no_line(writing):
    spoil(writing.store, *SLIPS["table"][:2])
    browser = Browser(writing.site)
    browser.client.cookies.clear()
    for path in ("/", "/login", "/enter/none"):
        assert "[broken" not in browser.get(path).text
