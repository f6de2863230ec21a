"""The board of the sample team says the numbers of its README, and nobody else's to anybody."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from kb.faces.cli import app

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text("utf-8"))["board"]
NOON = "2026-11-21T12:00:00+09:00"
HABITS = ("with_hypothesis", "preregistered", "pre_reviewed", "closed", "minutes_within_5")


@pytest.fixture(scope="module")
def root(built, tmp_path_factory):
    copy = tmp_path_factory.mktemp("board") / "store"
    shutil.copytree(built.store, copy, symlinks=True)
    return copy


@pytest.fixture
def kb(root, capsys, monkeypatch):
    def run(*words, member="takahashi", code=0, lang="ja", as_json=True, now=NOON):
        monkeypatch.setenv("KB_NOW", now)
        monkeypatch.setenv("KB_LANG", lang)
        capsys.readouterr()
        extra = ["--json"] if as_json else []
        ended = app.run(["--store", str(root), "--as", member, *extra, *map(str, words)])
        said = capsys.readouterr()
        assert ended == code, said
        if not as_json:
            return said.out
        return json.loads(said.out if ended == 0 else said.err)

    return run


def test_the_numbers_are_those_of_the_readme(kb):
    board = kb("board")
    assert board["meetings"] == EXPECTED["meetings"]
    for habit in ("with_hypothesis", "pre_reviewed"):
        assert [board[habit]["n"], board[habit]["of"]] == EXPECTED[habit]
    assert board["hypotheses"] == EXPECTED["hypotheses"]
    assert board["verdicts"] == {
        verdict: EXPECTED[verdict]
        for verdict in ("supported", "refuted", "mixed", "untested", "waiting")
    }
    known = {key: board["calibration"][key] for key in EXPECTED["calibration"]}
    assert known == EXPECTED["calibration"]
    assert board["candidates"] == EXPECTED["candidates"]
    assert board["principles"] == EXPECTED["principles"]
    lead = board["lead_time_days"]["proposed_to_adopted"]
    assert lead == EXPECTED["proposed_to_adopted_days"]
    assert board["stalled"] == EXPECTED["stalled"]
    assert board["insights"] == 60
    assert board["enough"]


def test_every_rate_has_its_denominator_and_none_is_below_twenty(kb):
    def rates(value):
        if isinstance(value, dict):
            if "rate" in value:
                yield value
            for inner in value.values():
                yield from rates(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from rates(inner)

    found = list(rates(kb("board")))
    assert len(found) > 100
    for one in found:
        expected = round(one["n"] / one["of"], 3) if one["of"] >= 20 else None
        assert one["rate"] == expected, one


def test_units_and_weeks_add_up(kb):
    board = kb("board")
    for part in ("units", "weeks"):
        assert sum(one["meetings"] for one in board[part]) == board["meetings"]
        for habit in HABITS:
            assert sum(one[habit]["n"] for one in board[part]) == board[habit]["n"]
    east = kb("board", "--unit", "east")
    (told,) = [one for one in board["units"] if one["unit"] == "east"]
    assert east["meetings"] == told["meetings"] == 26
    assert east["with_hypothesis"] == told["with_hypothesis"]
    west = kb("board", "--unit", "west")
    assert east["hypotheses"] + west["hypotheses"] == board["hypotheses"]
    assert east["calibration"]["n"] + west["calibration"]["n"] == 57


def test_from_a_day_on(kb):
    board = kb("board", "--since", "2026-09-01")
    assert 0 < board["meetings"] < 49
    assert board["weeks"][0]["week"] >= "2026-W36"
    assert kb("board", "--since", "soon", code=2)["error"]["code"] == "bad-date"


def test_a_members_numbers_are_for_that_member_alone(kb):
    own = kb("board", "--member", "sato", member="sato")
    assert own["member"] == "sato"
    assert own["meetings"] == 12  # minasoko 6 and yuzuriha 6 of the past
    assert own["calibration"] == own["own"] == kb("board", member="sato")["own"]
    assert own["calibration"]["n"] == 18
    assert not own["enough"]
    assert own["calibration"]["base_rate"] is None
    for who in ("sato", "nobody"):
        error = kb("board", "--member", who, code=6)["error"]
        assert error["code"] == "board-others"
    stranger = kb("board", "--member", "sato", member="X <x@example.org>", code=6)["error"]
    assert stranger["code"] == "board-stranger"
    assert kb("board", member="X <x@example.org>")["own"] is None
    assert kb("board", "--unit", "north", code=3)["error"]["code"] == "no-unit"


def test_no_name_of_a_person_stands_beside_a_number_of_theirs(kb):
    text = json.dumps({**kb("board"), "stalled_why": None}, ensure_ascii=False)
    for member in ("takahashi", "sato", "mori", "ito", "nakamura", "emma"):
        assert member not in text


def test_a_page_that_can_be_read_in_two_minutes(kb):
    page = kb("board", as_json=False)
    assert len(page.splitlines()) < 70
    for words in (
        *("終わったミーティング 49回", "p-sponsor-kickoff", "提案から134日、最後の動きから33日"),
        *("ほかの人の承認（2人のうち1人）", "51.5日（中央値）", "47/49  96%", "39/57 (68%)"),
        *("24件のうち12件", "STEP 3", "（いま 1/49 (2%)）", "0.184"),
    ):
        assert words in page, words
    english = kb("board", as_json=False, lang="en")
    for words in ("What stalls", "47/49  96%", "39/57 (68%)", "1 of 2 approvals", "0.184"):
        assert words in english, words


def test_few_verdicts_have_counts_and_no_words(kb):
    """At the first of June there are a dozen: the day is another, the documents are today's."""
    board = kb("board", "--since", "2026-11-10")
    assert not board["enough"]
    assert board["calibration"]["base_rate"] is None
    for lang, word in (("ja", "ブライア"), ("en", "Brier")):
        page = kb("board", "--since", "2026-11-10", as_json=False, lang=lang, member="mori")
        assert word not in page


def test_what_was_searched_for_and_not_found_is_a_gap(kb, root):
    for query in ("quzzelwump", "quzzelwump", "vrimbleplop"):
        assert kb("search", query)["total"] == 0
    gaps = kb("board")["gaps"]
    assert gaps[:2] == [
        {"query": "quzzelwump", "n": 2, "last": "2026-11-21"},
        {"query": "vrimbleplop", "n": 1, "last": "2026-11-21"},
    ]
    with (root / ".git/kb/misses.jsonl").open("a") as file:
        file.write('{"at": "2026-11-2')
    assert kb("board")["gaps"] == gaps
    assert "quzzelwump  2回" in kb("board", as_json=False)


def test_what_is_remembered_gives_the_same_board(kb, root):
    first = kb("board")
    assert kb("board") == first
    shutil.rmtree(root / ".kb")
    assert kb("board") == first
