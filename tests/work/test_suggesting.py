"""A meeting that is prepared gets the principles and plays that fit, with the reason."""

from pathlib import Path

import pytest

from kb.wiring import open_context
from kb.work import demo
from kb.work.suggesting import suggest


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample team's store."""
    folder = tmp_path_factory.mktemp("suggesting") / "demo"
    demo.build(folder)
    return folder


def test_a_change_of_the_admin_brings_the_handover_principle(store: Path) -> None:
    found = suggest(open_context(str(store), "sato", lang="ja"), ["管理者の柏木様が異動されます"])
    assert found[0].id == "p-handover-30"
    assert "異動" in found[0].use_when
    assert (found[0].held, found[0].failed) == (4, 1)


def test_other_words_for_the_same_find_it_too(store: Path) -> None:
    context = open_context(str(store), "sato", lang="ja")
    found = suggest(context, ["The admin has left the company; who takes over the handover?"])
    assert "p-handover-30" in [one.id for one in found]


def test_nothing_is_suggested_without_a_reason(store: Path) -> None:
    context = open_context(str(store), "sato", lang="ja")
    assert suggest(context, ["定例", ""]) == []


def test_candidates_and_superseded_principles_are_left_out(store: Path) -> None:
    context = open_context(str(store), "sato", lang="ja")
    about = ["決裁者のいないキックオフ", "登録直後の一斉ウェルカムメール"]
    assert {"p-sponsor-kickoff", "p-mass-welcome"}.isdisjoint(s.id for s in suggest(context, about))
