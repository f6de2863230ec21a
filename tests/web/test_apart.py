"""A large store is read in another process; whatever becomes of that, pages are answered."""

import shutil
import sys

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web import apart
from kb.faces.web.site import Site
from kb.wiring import open_context
from kb.work import searching


@pytest.fixture
def unread(demo_store, clock):
    """A store of which nothing was read yet."""
    shutil.rmtree(demo_store / ".kb", ignore_errors=True)
    return demo_store


def left(store):
    """How many documents, and how many meetings and pages for the search, are still to be read."""
    ctx = open_context(str(store), None, lang="ja")
    try:
        return ctx.catalogue.waiting(), searching.waiting(ctx)
    finally:
        ctx.close()


def test_all_is_read_and_the_lists_are_ready_first(unread):
    assert left(unread)[0] > 5
    assert list(apart.Reading(unread, "words").said()) == [apart.LISTS]
    assert left(unread) == (0, 0)


def test_only_where_there_is_much(unread, monkeypatch):
    ctx = open_context(str(unread), None, lang="ja")
    assert not apart.behind(ctx)
    monkeypatch.setattr(apart, "LARGE", 5)
    assert apart.behind(ctx)
    ctx.catalogue.catch_up()
    assert apart.behind(ctx)  # there is the search
    searching.search(ctx, "引き継ぎ")
    assert not apart.behind(ctx)
    ctx.close()


@pytest.mark.parametrize("program", [sys.executable, "/nowhere/python", "/bin/false"])
def test_pages_are_answered_whatever_becomes_of_it(unread, monkeypatch, program):
    monkeypatch.setattr(apart, "LARGE", 1)
    monkeypatch.setattr(sys, "executable", program)
    site = Site(str(unread), "sato", PORT, raised)
    site.warm()
    assert site.warmed.wait(60)
    browser = Browser(site)
    assert "ミナソコ醸造" in browser.get("/accounts").text
    assert '<ol class="hits">' in browser.get("/search?q=引き継ぎ").text


def test_where_nothing_can_be_kept_nobody_else_is_asked(unread, monkeypatch):
    (unread / ".kb").write_bytes(b"")  # no folder: nothing can be made in there
    monkeypatch.setattr(apart, "LARGE", 1)
    ctx = open_context(str(unread), None, lang="ja")
    assert not apart.behind(ctx)
    ctx.close()


@pytest.mark.meaning
@pytest.mark.slow
def test_meanings_are_read_in_the_same_way(unread, monkeypatch):
    monkeypatch.setattr(apart, "LARGE", 1)
    ctx = open_context(str(unread), None, lang="ja")
    assert apart.behind(ctx, meanings=True)
    lines = list(apart.Reading(unread, "meanings").said())
    assert lines[0] == apart.LISTS
    done, _, of = lines[-1].partition(" ")
    assert int(done) == int(of) > 100
    assert not apart.behind(ctx, meanings=True)
    ctx.close()
