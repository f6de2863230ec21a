"""How a page of the playbook came to be, told from the sample team's history."""

import pytest

from kb.wiring import open_context
from kb.work.playbook import Shelf
from kb.work.playbook_history import Deed, history


@pytest.fixture
def told(demo_read, monkeypatch):
    """What became of a page, by its id."""
    monkeypatch.setenv("KB_NOW", "2026-11-25T15:00:00+09:00")
    ctx = open_context(str(demo_read), "sato", lang="ja")
    yield lambda id_: history(ctx, Shelf(ctx).pages[id_])
    ctx.close()


def test_the_newest_comes_first_and_the_beginning_last(told):
    moments = told("p-handover-30")
    assert [one.at for one in moments] == sorted((one.at for one in moments), reverse=True)
    assert moments[-1].deeds == (Deed("begun"),)
    assert moments[-1].at.date().isoformat() == "2026-09-24"
    assert moments[-1].by == "nakamura"


def test_each_change_says_what_it_did(told):
    days = {one.at.date().isoformat(): one for one in told("p-handover-30")}
    assert days["2026-10-23"].deeds == (Deed("adopted"),)
    assert days["2026-10-29"].deeds == (Deed("counter", 1),)
    assert days["2026-10-30"].deeds == (Deed("evidence", 1),)
    assert days["2026-10-09"].deeds == (Deed("text"),)


def test_being_replaced_is_told_with_the_change_of_text(told):
    assert told("p-mass-welcome")[0].deeds == (Deed("superseded"), Deed("text"))


def test_who_wrote_a_change_is_named_not_who_owns_the_page(told):
    assert {one.by for one in told("p-sponsor-kickoff")} == {"takahashi", "emma"}


def test_a_play_has_a_history_too(told):
    assert [one.deeds for one in told("play-handover-session")] == [(Deed("begun"),)]
