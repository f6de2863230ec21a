"""What hostile texts once did to single fields: each case by itself, without the collection."""

import pytest
from api_kit import Program
from web_kit import PORT, raised

from kb.faces.web.site import Site

MEETING = "/accounts/minasoko/meetings/m-3kmvmy"
SIGNS = r"* 約束 * * # \ <b> `a` [x](y) @ #社内 _と_ ^h-6hg8ez"


@pytest.fixture
def program(demo_store, clock, monkeypatch):
    """A program that may write, on a store of its own."""
    monkeypatch.setattr("kb.faces.web.programs.RATE", 10**6)
    made = Program(Site(str(demo_store), "sato", PORT, raised))
    made.store = demo_store
    return made


def test_why_a_meeting_felt_as_it_did_comes_back_as_typed_and_is_saved_once(program, writing):
    got = program.post(f"{MEETING}/close", {"gut": "lime", "why": f" {SIGNS}"})
    assert got.status_code == 200, got.text
    meeting = program.get(MEETING).json()
    assert meeting["gut"] == f"lime {SIGNS}"
    # the page's form brings back what it was filled with: nothing is new then
    path = f"/m/minasoko/{meeting['id']}"
    writing.get(path)
    before = program.get(MEETING).headers["etag"]
    writing.send(f"{path}/close", form="closing", gut="lime", why=SIGNS)
    assert program.get(MEETING).headers["etag"] == before
    two = program.post(f"{MEETING}/close", {"gut": "lime", "why": "一行目\n二行目"})
    assert (two.status_code, two.json()["code"]) == (400, "api-one-line")


@pytest.mark.parametrize("text", ["@", "@ito", "* * *\n* と", "- 箇条書き"])
def test_what_is_shared_stays_as_it_was_said_whatever_the_note_begins_with(program, text):
    day = {"date": "2026-11-26", "start": "10:00"}
    named = program.post("/accounts/minasoko/meetings", day).json()["id"]
    of = f"/accounts/minasoko/meetings/{named}"
    program.post(f"{of}/lines", {"kind": "hypothesis", "text": "利用率が戻る"})
    review = program.post("/reviews", {"of": f"minasoko/{named}"}).json()["review"]
    got = program.post(f"/reviews/{review}/share", {"text": text})
    assert got.status_code == 200, got.text
    assert [one["text"] for one in program.get(of).json()["insights"]] == [text]


@pytest.mark.parametrize("why", ["-", "a\u0080b", "\ufffe."])
def test_a_principle_is_given_up_for_any_reason(program, why):
    source = program.get("/insights").json()["items"][0]["id"]
    new = {"title": "二つ  の　　空白", "sources": [source], "id": "p-empty"}
    made = program.post("/principles", new)
    assert made.json()["title"] == new["title"]
    got = program.post("/principles/p-empty/retire", {"why": why})
    assert got.status_code == 200, got.text
    assert got.json()["why_given_up"] == why


def test_backslashes_of_a_name_and_of_what_is_carried_over_stay(program):
    program.post("/accounts", {"account": "signs", "name": "signs"})
    signs = r"\* \# x \\ y"
    day = {"date": "2026-11-25", "start": "09:00", "people": [signs]}
    first = program.post("/accounts/signs/meetings", day).json()
    assert first["attendees"]["customer"] == [signs]
    program.post(f"/accounts/signs/meetings/{first['id']}/lines", {"kind": "todo", "text": signs})
    day = {"date": "2026-11-26", "start": "09:00"}
    later = program.post("/accounts/signs/meetings", day).json()
    assert later["attendees"]["customer"] == [signs]
    [carried] = later["carried"]
    assert carried["text"].startswith(signs)


def test_an_owner_whose_last_dot_would_be_the_sentence_s_is_refused(program):
    sent = {"kind": "todo", "text": "電話する", "owners": ["a.md."]}
    got = program.post(f"{MEETING}/lines", sent)
    assert (got.status_code, got.json()["code"]) == (400, "bad-owner")


def test_when_a_play_is_used_is_not_left_out_because_nobody_could_see_it(program):
    for unseen in ("\u200b", "\ufeff", " "):
        got = program.post("/plays", {"title": "使う", "id": "play-x", "use_when": [unseen]})
        assert (got.status_code, got.json()["code"]) == (400, "text-empty")
    assert program.get("/plays/play-x").status_code == 404


@pytest.mark.parametrize(
    "name", ["山田,", ";山田;", "山田(部長)です", "山田(部長)(仮)", "山田[a](b"]
)
def test_a_name_that_would_be_read_as_another_is_refused(program, name):
    got = program.post("/accounts/minasoko/meetings", {"date": "2026-11-26", "people": [name]})
    assert (got.status_code, got.json()["code"]) == (400, "bad-person")


@pytest.mark.parametrize("name", ["山田(部長)", "山田 ［CS本部、部長］", "(株)山田", "@kashiwagi"])
def test_a_name_may_have_a_role_in_brackets(program, name):
    sent = {"date": "2026-11-26", "start": "10:00", "people": [name]}
    got = program.post("/accounts/minasoko/meetings", sent)
    assert got.status_code == 201, got.text
    [found] = got.json()["attendees"]["customer"]
    assert found in (name, "山田", "柏木様")
