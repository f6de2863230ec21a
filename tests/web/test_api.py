"""Programs do over HTTP what people do on pages: the same JSON, versions, pages, and once."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from api_kit import Program
from starlette.testclient import TestClient
from web_kit import HOST, PORT, raised

from kb.errors import WrongUse
from kb.faces.web.api import given, given_reviews, running, table, taking
from kb.faces.web.api.openapi import described
from kb.faces.web.api.shape import Problem
from kb.faces.web.api.taken import KINDS
from kb.faces.web.app import build
from kb.faces.web.site import Site
from kb.work import capture, preparing

VALUES = {
    "account": "minasoko",
    "meeting": "m-2yn804",
    "hypothesis": "h-6hg8ez",
    "principle": "p-handover-30",
    "play": "play-handover-session",
}
QUERIES = {
    "search": {"q": "引き継ぎ", "explain": "true", "kind": "hypothesis,said"},
    "account-as-of": {"at": "2026-11-20"},
    "insights-similar": {"to": "引き継ぎは早いほどよい"},
}
MEETING = "/accounts/minasoko/meetings/m-2yn804"


@pytest.fixture
def looking(demo_read, clock):
    """A program that only reads, on a store that nobody may write into."""
    made = Program(Site(str(demo_read), "sato", PORT, raised), scope="read")
    yield made
    made.leave()


@pytest.fixture
def program(demo_store, clock):
    """A program that may write, on a store of its own."""
    made = Program(Site(str(demo_store), "sato", PORT, raised))
    made.store = demo_store
    return made


def told(got, status):
    """The problem that an answer tells of."""
    assert got.status_code == status, got.text
    assert got.headers["content-type"] == "application/problem+json"
    found = msgspec.convert(got.json(), Problem)
    assert found.status == status
    assert found.detail
    return found


def filled(program, path):
    """The path with something that is there."""
    return re.sub(r"\{(\w+)\}", lambda part: known(program, part[1]), path)


def known(program, name):
    if name in VALUES:
        return VALUES[name]
    if name == "line":
        return str(program.get(MEETING).json()["hypotheses"][0]["line"])
    if name == "todo":
        return program.get("/todos", account="minasoko").json()["items"][0]["id"]
    lists = {"review": ("/reviews", "review"), "manual": ("/manuals", "id")}
    path, key = lists[name]
    return program.get(path).json()["items"][0][key]


# What is answered


@pytest.mark.parametrize("one", [o for o in table.OPERATIONS if o.safe], ids=lambda o: o.name)
def test_whatever_is_shown_is_of_its_shape_and_bears_its_version(looking, one):
    path = filled(looking, one.path)
    got = looking.get(path, **QUERIES.get(one.name, {}))
    assert got.status_code == 200, got.text
    shape = one.gives
    if one.or_gives and got.json()["review"] is None:
        shape = one.or_gives
    msgspec.convert(got.json(), shape)
    tag = got.headers["etag"]
    weak = one.name == "search"
    assert tag.startswith('W/"' if weak else '"')
    again = looking.get(path, headers={"if-none-match": tag}, **QUERIES.get(one.name, {}))
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


CHANGES = (
    ("account-add", "/accounts", {"account": "aoba", "name": "青葉商店", "mrr": 1000}),
    ("meeting-new", "/accounts/aoba/meetings", {"date": "2026-11-25", "start": "14:00"}),
    ("line-add", "{M}/lines", {"kind": "said", "text": "初回は管理者だけでよい"}),
    (
        "lines-add",
        "{M}/lines/batch",
        {"lines": [{"kind": "todo", "text": "送る", "owners": ["sato"], "due": "2026-11-28"}]},
    ),
    ("line-add", "{M}/lines", {"kind": "hypothesis", "text": "戻る", "confidence": 70}),
    ("line-add", "{M}/lines", {"kind": "insight", "text": "早く聞くほど早く直る"}),
    ("verdict", "/accounts/aoba/hypotheses/{h}/verdict", {"verdict": "mixed", "quote": "半分"}),
    ("todo-done", "/accounts/aoba/todos/{t}/done", None),
    ("review-request", "/reviews", {"of": "aoba/2026-11-25", "to": ["takahashi"], "text": "見て"}),
    (
        "review-comment",
        "/reviews/{r}/comment",
        {"text": "数字は？", "on": "{h}", "type": "evidence"},
    ),
    ("review-suggest", "/reviews/{r}/suggest", {"text": "半分戻る", "on": "{h}"}),
    ("review-accept", "/reviews/{r}/accept", {"event": "{e}"}),
    ("review-share", "/reviews/{r}/share", {"text": "数字は？"}),
    ("review-close", "/reviews/{r}/close", {}),
    ("meeting-close", "{M}/close", {"gut": "lime", "why": "質問が変わった"}),
    ("meeting-move", "{M}/move", {"date": "2026-11-24"}),
    ("meeting-cancel", "{M}/cancel", None),
    (
        "insights-judge",
        "/insights/judgements",
        {"kind": "different", "insights": ["{i1}", "{i2}"]},
    ),
    ("principle-propose", "/principles", {"title": "早く聞く", "sources": ["{i1}"], "id": "p-ask"}),
    ("principle-evidence", "/principles/p-ask/evidence", {"sources": ["{i2}"]}),
    ("principle-supersede", "/principles/p-ask/supersede", {"by": "p-handover-30"}),
    ("principle-retire", "/principles/p-value-90/retire", {"why": "読まれていない"}),
    ("play-new", "/plays", {"title": "早めの確認", "principle": "p-handover-30"}),
    ("manual-new", "/manuals", {"title": "確認の点検表"}),
    ("answer", "/training/answers", {"id": "{q}", "probability": 70}),
    ("account-rename", "/accounts/aoba/rename", {"account": "aoba-shoten"}),
    ("account-archive", "/accounts/aoba-shoten/archive", None),
)
ELSEWHERE = {
    "line-edit",
    "line-remove",
    "review-approve",
    "review-changes",
    "principle-adopt",
    "principle-revise",
}
"""What cannot be done without a second person; see the tests below."""


def test_whatever_is_changed_answers_with_its_shape(program):
    by_name = {one.name: one for one in table.OPERATIONS}
    done = {name for name, _, _ in CHANGES} | ELSEWHERE
    assert done == {one.name for one in table.OPERATIONS if not one.safe}
    first, second, *_ = program.get("/insights").json()["items"]
    known = {"M": "/accounts/aoba/meetings/current", "i1": first["id"], "i2": second["id"]}
    known["q"] = program.get("/training/questions").json()["items"][0]["id"]
    for name, at, body in CHANGES:
        path, sent = at, json.dumps(body)
        for part, value in known.items():
            mark = "{" + part + "}"
            path, sent = path.replace(mark, value), sent.replace(mark, value)
        got = program.post(path, json.loads(sent))
        assert got.status_code == by_name[name].status, (name, got.text)
        data = got.json()
        msgspec.convert(data, by_name[name].gives)
        if data.get("id"):
            known[data["id"][0]] = data["id"]
        if name == "lines-add":
            known["t"] = data["items"][0]["id"]
        if "review" in data and "events" in data:
            known |= {"r": data["review"], "e": data["events"][-1]["id"]}


def test_what_takes_a_second_person_is_refused_in_a_sentence(program):
    other = known(program, "review")
    for name, body in (("changes", {"text": "数字を足す"}), ("approve", {})):
        got = program.post(f"/reviews/{other}/{name}", body)
        msgspec.convert(got.json(), given_reviews.ReviewSaid)
    asked = program.post("/reviews", {"of": "minasoko/2026-11-25"}).json()
    assert told(program.post(f"/reviews/{asked['review']}/approve", {}), 403)
    assert told(program.post("/principles/p-sponsor-kickoff/adopt"), 403)
    assert program.post("/principles/p-handover-30/revise", {"why": "x"}).status_code >= 400


def test_kinds_of_lines_are_those_of_the_command_line():
    assert KINDS == capture.KINDS


def test_the_answers_are_those_of_the_command_line(looking):
    from kb.wiring import open_context
    from kb.work import meetings, registration, reviews_policy
    from kb.work.answers import meeting

    ctx = open_context(looking.site.store, "sato", lang="ja")
    found = meetings.find(ctx, "minasoko/m-2yn804")
    registered = registration.of_meeting(ctx, *found)
    expected = meeting(ctx, found, registered, reviews_policy.standing_of(ctx, found.row))
    ctx.close()
    assert looking.get(MEETING).json() == expected


# Who may


def test_a_token_that_reads_does_not_write(looking):
    assert told(looking.post(f"{MEETING}/lines", {"kind": "memo", "text": "x"}), 403).code == (
        "api-only-reads"
    )


def test_no_token_a_wrong_one_and_a_withdrawn_one_are_refused(program):
    client = TestClient(build(program.site), base_url=HOST)
    for said in (None, "Bearer x", "Bearer kbp_x", "Basic x", f"Bearer {program.secret}x"):
        got = client.get("/api/v1/accounts", headers={"authorization": said} if said else {})
        assert told(got, 401).code == "api-no-token"
        assert got.headers["www-authenticate"].startswith("Bearer")
    assert program.get("/accounts").status_code == 200
    program.site.programs.tokens.withdraw("", program.token.id)
    assert program.get("/accounts").status_code == 401


def test_a_token_is_over_after_its_days(program, monkeypatch):
    state = program.site.programs.tokens._state
    now = state.now()
    monkeypatch.setattr(state, "now", lambda: now + 31 * 86400)
    assert program.get("/accounts").status_code == 401


def test_a_browser_needs_the_token_of_its_forms(writing):
    writing.get("/")
    path, body = f"/api/v1{MEETING}/lines", b'{"kind": "memo", "text": "x"}'
    headers = {"origin": HOST, "content-type": "application/json"}
    assert told(writing.client.post(path, content=body, headers=headers), 403)
    headers["x-kb-token"] = writing.token
    assert writing.client.post(path, content=body, headers=headers).status_code == 201
    headers["origin"] = "http://evil.example"
    assert told(writing.client.post(path, content=body, headers=headers), 403)
    assert writing.client.get("/api/v1/accounts").status_code == 200


def test_tokens_are_made_and_withdrawn_on_their_page(writing):
    writing.get("/settings/tokens")
    page = writing.send("/settings/tokens", name="週報", scope="write", days="90").text
    secret = re.search(r"kbp_[\w-]+", page)[0]
    headers = {"authorization": f"Bearer {secret}"}
    client = TestClient(build(writing.site), base_url=HOST, headers=headers)
    assert client.get("/api/v1/accounts").status_code == 200
    page = writing.get("/settings/tokens").text
    assert secret not in page
    named = re.search(r'name="id" value="(\w+)"', page)[1]
    writing.send("/settings/tokens/withdraw", id=named)
    assert client.get("/api/v1/accounts").status_code == 401
    for wrong in ({"name": ""}, {"days": "x"}, {"days": "4"}, {"scope": "all"}):
        fields = {"name": "x", "scope": "read", "days": "30"} | wrong
        assert writing.send("/settings/tokens", **fields).status_code == 400


def test_who_asks_too_often_has_to_wait(looking, monkeypatch):
    monkeypatch.setattr("kb.faces.web.programs.BURST", 3)
    monkeypatch.setattr("kb.faces.web.programs.RATE", 0)
    assert [looking.get("/accounts").status_code for _ in range(3)] == [200] * 3
    got = looking.get("/accounts")
    assert told(got, 429)
    assert got.headers["retry-after"] == "1"


# What can't be understood


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "api-bad-json"),
        (b"\xff", "api-bad-json"),
        (b"[]", "api-no-object"),
        (b"NaN", "api-bad-json"),
        (b"[" * 100_000, "api-bad-json"),
        (b'{"kind": "memo", "text": "a", "text": "b"}', "api-twice"),
        (b'{"kind": "memo", "text": "a", "colour": 1, "x": 2}', "api-unknown-field"),
        (b'{"kind": "memo"}', "api-missing-field"),
        (b'{"kind": "memo", "text": 1}', "api-bad-field"),
        (b'{"kind": "song", "text": "a"}', "api-bad-field"),
        (b'{"kind": "memo", "text": "a\\u0000b"}', "text-nul"),
        (b'{"kind": "memo", "text": "a\\ud800b"}', "api-no-text"),
        (b'{"kind": "memo", "text": "a\\u001b[0mb"}', "api-control"),
        (b'{"kind": "topic", "text": "a\\nb"}', "api-one-line"),
        (b'{"kind": "memo", "text": " "}', "text-empty"),
    ],
)
def test_a_body_that_cannot_be_understood_is_refused_and_nothing_written(program, body, code):
    before = program.get(MEETING).headers["etag"]
    assert told(program.post(f"{MEETING}/lines", content=body), 400).code == code
    assert program.get(MEETING).headers["etag"] == before


@pytest.mark.parametrize(
    ("body", "field", "ja", "en"),
    [
        ({"text": 1}, "text", "型は string です（送られた値の型: integer）。",
         "It takes string, not integer."),
        ({"due": []}, "due", "型は string | null です（送られた値の型: array）。",
         "It takes string | null, not array."),
        ({"confidence": -1}, "confidence", "0 以上にしてください。", "It has to be 0 or more."),
        ({"confidence": 101}, "confidence", "100 以下にしてください。", "It may be 100 at most."),
        ({"owners": ["a"] * 101}, "owners", "100 件以内にしてください。", "It may hold 100 at most."),
        ({"kind": "unknown field `x` - at `$.y`"}, "kind",
         "次のうちの一つにしてください: decision, hypothesis, insight, memo, ",
         "It is one of: decision, hypothesis, insight, memo, "),
        (None, "lines", "1 件以上にしてください。", "It needs at least 1."),
    ],
)  # fmt: skip
def test_what_a_field_has_to_be_is_said_in_the_language_asked_for(program, body, field, ja, en):
    line = {"kind": "memo", "text": "a", **(body or {})}
    other = {"accept-language": "en"}
    for path, sent, place in (
        ("lines", line, field),
        ("lines/batch", {"lines": [line] if body else []}, f"lines[0].{field}" if body else field),
    )[body is None :]:
        for headers, hint in (({}, ja), (other, en)):
            found = told(program.post(f"{MEETING}/{path}", sent, headers), 400)
            assert found.code == "api-bad-field"
            assert place in found.detail
            assert found.hint.startswith(hint), found.hint


def test_nothing_that_a_field_can_be_is_told_in_the_words_of_the_library():
    """Every field of every operation, with values that it does not take."""
    values = (1, -1, 10**30, 1.5, True, None, "x" * 3000, [], ["x"] * 600, [1], {}, [{}])
    said = set()
    for one in table.OPERATIONS:
        for field in msgspec.structs.fields(one.takes):
            for value in values:
                for strict in (True, False):
                    try:
                        taking._made({field.encode_name: value}, one.takes, strict=strict)
                    except WrongUse as error:
                        said.add(str(error.params.get("why", "")))
    assert said - {""} == {f"api-why-{n}" for n in "type least most few many long choice".split()}


def test_an_empty_text_is_not_taken_for_none(program):
    """An empty day made a meeting today, and an empty filter listed everything."""
    before = program.get("/meetings").json()["total"]
    line = {"kind": "todo", "text": "空", "due": ""}
    for path, body, field in (
        ("/accounts/minasoko/meetings", {"date": ""}, "date"),
        (f"{MEETING}/lines", line, "due"),
        (f"{MEETING}/lines", {"kind": "todo", "text": "空", "owners": [""]}, "owners"),
        (f"{MEETING}/lines/batch", {"lines": [line]}, "lines"),
    ):
        found = told(program.post(path, body), 422)
        assert found.code == "api-empty-field"
        assert field in found.detail
    assert told(program.get("/todos", owner=""), 422).code == "api-empty-field"
    assert told(program.get("/meetings", cursor=""), 422).code == "api-empty-field"
    assert program.get("/meetings").json()["total"] == before
    assert "空" not in [todo["text"] for todo in program.get("/todos").json()["items"]]


def test_no_text_that_may_be_left_out_may_be_empty():
    takes = {one.takes.__name__ for one in table.OPERATIONS} | {"LineNew"}
    schemas = described("en")["components"]["schemas"]
    for name in takes & set(schemas):
        for field, schema in schemas[name]["properties"].items():
            for one in schema.get("anyOf", ()) if schema.get("default", 0) is None else ():
                if one.get("type") == "string" and "enum" not in one:
                    assert one.get("minLength") == 1, (name, field)


def test_unknown_fields_are_named(looking):
    got = looking.get("/accounts", colour="red", size="1", headers={"accept-language": "en"})
    assert told(got, 400).detail == "Unknown fields: colour, size."
    lines = [{"kind": "memo", "text": "a"}, {"kind": "memo", "text": "b", "colour": "red"}]
    writer = Program(looking.site, lang="en")
    problem = told(writer.post(f"{MEETING}/lines/batch", {"lines": lines}), 400)
    assert problem.detail == "Unknown fields: lines[1].colour."


def test_only_json_and_not_too_much_of_it_is_taken(program):
    body = json.dumps({"kind": "memo", "text": "x"}).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"):
        assert told(program.post(f"{MEETING}/lines", content=body, kind=kind), 415)
    huge = json.dumps({"kind": "memo", "text": "x" * 1024 * 1024}).encode()
    assert told(program.post(f"{MEETING}/lines", content=huge), 413)


def test_what_is_not_there_is_said_as_a_problem_too(program):
    assert told(program.get("/nothing"), 404).code == "api-none"
    assert told(program.get("/accounts/nobody"), 404).code == "no-account"
    assert told(program.client.put("/api/v1/accounts"), 405)
    assert told(program.client.get("/api/v1/accounts", headers={"host": "evil.example"}), 403)


def test_a_fault_of_ours_is_written_down_and_told_without_its_inside(program, monkeypatch):
    noted = []
    site = Site(str(program.store), "sato", PORT, lambda error: noted.append(error) or "log 1")
    monkeypatch.setattr("kb.work.accounts.as_json", lambda _: 1 / 0)
    problem = told(Program(site).get("/accounts"), 500)
    assert "log 1" in problem.hint
    assert "division" not in str(problem)
    assert isinstance(noted[0], ZeroDivisionError)


# Versions


def test_a_change_is_made_only_of_the_version_that_was_read(program):
    seen = program.get(MEETING).headers["etag"]
    line = {"kind": "memo", "text": "一"}
    done = program.post(f"{MEETING}/lines", line, {"if-match": seen})
    assert done.status_code == 201, done.text
    assert done.headers["etag"] == program.get(MEETING).headers["etag"] != seen
    late = program.post(f"{MEETING}/lines", {"kind": "memo", "text": "遅れた"}, {"if-match": seen})
    assert told(late, 412).code == "api-stale"
    assert late.headers["etag"] == done.headers["etag"]
    assert "遅れた" not in program.get(MEETING).text
    again = program.post(f"{MEETING}/lines", line | {"text": "三"}, {"if-match": "*"})
    assert again.status_code == 201


def test_what_is_made_anew_has_no_version(program):
    got = program.post("/accounts", {"account": "x", "name": "X"}, {"if-match": '"x"'})
    assert told(got, 400).code == "api-no-version"


def test_of_several_who_read_one_version_one_alone_writes(program):
    seen = program.get(MEETING).headers["etag"]

    def write(number):
        line = {"kind": "memo", "text": f"競争 {number}"}
        return program.post(f"{MEETING}/lines", line, {"if-match": seen}).status_code

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(write, range(6)))
    assert answers == [201] + [412] * 5
    assert program.get(MEETING).json()["memo"].count("競争") == 1


def test_a_change_between_reading_and_writing_is_seen(program, monkeypatch):
    from kb.wiring import open_context

    seen = program.get(MEETING).headers["etag"]
    add_all = capture.add_all

    def late(*words, **more):
        monkeypatch.setattr(capture, "add_all", add_all)
        other = open_context(str(program.store), "takahashi", lang="ja")
        capture.add(other, "minasoko/m-2yn804", capture.New("memo", "先に書いた"))
        other.close()
        return add_all(*words, **more)

    monkeypatch.setattr(capture, "add_all", late)
    got = program.post(f"{MEETING}/lines", {"kind": "memo", "text": "後"}, {"if-match": seen})
    assert told(got, 412)
    assert "後" not in program.get(MEETING).json()["memo"]


@pytest.mark.parametrize("when", [1, 2])
@pytest.mark.parametrize(
    ("seen_at", "to", "body"),
    [
        (MEETING, f"{MEETING}/lines", {"kind": "memo", "text": "あとから来た"}),
        (
            "/accounts/minasoko",
            "/accounts/minasoko/meetings",
            {"date": "2028-01-01", "title": "あとから来た"},
        ),
    ],
)
def test_a_text_that_is_saved_and_not_listed_yet_is_a_newer_version(
    program, monkeypatch, when, seen_at, to, body
):
    from kb.catalogue.catalogue import Catalogue
    from kb.wiring import open_context

    seen = program.get(seen_at).headers["etag"]
    made, tag_of, note_saved = [], running.tag_of, Catalogue.note_saved

    def late(data, lang):
        made.append(tag_of(data, lang))
        if len(made) == when:
            monkeypatch.setattr(Catalogue, "note_saved", lambda *_: None)
            other = open_context(str(program.store), "takahashi", lang="ja")
            if seen_at == MEETING:
                capture.add(other, "minasoko/m-2yn804", capture.New("memo", "先に書いた"))
            else:
                preparing.new(other, "minasoko", date="2026-12-24", title="先に書いた")
            other.close()
            monkeypatch.setattr(Catalogue, "note_saved", note_saved)
        return made[-1]

    monkeypatch.setattr(running, "tag_of", late)
    got = program.post(to, body, {"if-match": seen})
    assert told(got, 412).code == "api-stale"
    text = (program.store / "accounts" / "minasoko.md").read_text()
    assert "先に書いた" in text
    assert "あとから来た" not in text
    assert got.headers["etag"] == program.get(seen_at).headers["etag"]


def test_every_list_has_an_item_for_what_a_change_is_of():
    for one in table.OPERATIONS:
        assert not one.of or table.shown(one.of).safe


# Once


def test_a_key_makes_a_change_once(program):
    line, key = {"kind": "memo", "text": "一度だけ"}, {"idempotency-key": "k-1"}
    first = program.post(f"{MEETING}/lines", line, key)
    again = program.post(f"{MEETING}/lines", line, key)
    assert first.status_code == again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert program.get(MEETING).json()["memo"].count("一度だけ") == 1
    other = program.post(f"{MEETING}/lines", line | {"text": "ほか"}, key)
    assert told(other, 422).code == "api-other-body"
    assert told(program.post(f"{MEETING}/lines", line, {"idempotency-key": "a b"}), 400)
    # One meeting has several addresses, so at another one it may be the same change again.
    elsewhere = program.post("/accounts/minasoko/meetings/2026-11-25/lines", line, key)
    assert told(elsewhere, 422).code == "api-other-body"
    assert program.get(MEETING).json()["memo"].count("一度だけ") == 1


def test_a_key_of_another_is_another_key(program):
    key = {"idempotency-key": "k-1"}
    other = Program(program.site)
    for one in (program, other):
        assert one.post(f"{MEETING}/lines", {"kind": "memo", "text": "別"}, key).status_code == 201
    assert program.get(MEETING).json()["memo"].count("別") == 2


def test_a_key_that_is_sent_at_the_same_time_makes_one_change(program):
    def write(_):
        line, key = {"kind": "memo", "text": "同時"}, {"idempotency-key": "k-2"}
        return program.post(f"{MEETING}/lines", line, key).json()["line"]

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(write, range(6)))) == 1
    assert program.get(MEETING).json()["memo"].count("同時") == 1


def test_what_failed_may_be_sent_again_with_its_key(program):
    key = {"idempotency-key": "k-3"}
    line = {"kind": "said", "text": "x", "under": "ない論点"}
    assert told(program.post(f"{MEETING}/lines", line, key), 404)
    assert program.post(f"{MEETING}/lines", line | {"under": "1"}, key).status_code == 201


# Pages of lists


@pytest.mark.parametrize("one", [o for o in table.OPERATIONS if o.key], ids=lambda o: o.name)
def test_pages_hold_the_whole_list_once(looking, one):
    path = filled(looking, one.path)
    whole = looking.get(path, limit=200).json()
    found, cursor = [], None
    for _ in range(200):
        query = {"cursor": cursor} if cursor else {}
        got = looking.get(path, limit=7, **query)
        found += got.json()["items"]
        cursor = got.json()["next"]
        assert ("link" in got.headers) == bool(cursor)
        if cursor is None or len(found) >= len(whole["items"]):
            break
    assert found[: len(whole["items"])] == whole["items"]
    assert got.json()["total"] == whole["total"]


def test_pages_go_on_where_they_were_while_somebody_adds(program):
    whole = [one["account"] for one in program.get("/accounts").json()["items"]]
    first = program.get("/accounts", limit=3)
    link = re.search(r'<([^>]+)>; rel="next"', first.headers["link"])[1]
    for name in ("000", "aaa", "ｱｱｱ", "zzz"):
        assert program.post("/accounts", {"account": f"x-{name}", "name": name}).status_code == 201
    found = [one["account"] for one in first.json()["items"]]
    while link:
        got = program.client.get(link)
        found += [one["account"] for one in got.json()["items"]]
        link = re.search(r"<([^>]+)>", got.headers.get("link", ""))
        link = link and link[1]
    assert [one for one in found if not one.startswith("x-")] == whole
    assert len(found) == len(set(found))


@pytest.mark.parametrize("cursor", ["x", "é", "W10", "e30", "WzEsMl0", "WzEsLTJd", "a" * 2001])
def test_a_made_up_cursor_is_refused(looking, cursor):
    assert told(looking.get("/accounts", cursor=cursor), 400)


# Lines in one change


def test_lines_of_one_request_are_written_together_or_not_at_all(program):
    lines = [
        {"kind": "decision", "text": "一つ目"},
        {"kind": "said", "text": "二つ目", "under": "1"},
        {"kind": "decision", "text": "三つ目", "under": "1"},
        {"kind": "todo", "text": "四つ目", "owners": ["sato"]},
    ]
    bad = [*lines, {"kind": "todo", "text": "五つ目", "due": "never"}]
    problem = told(program.post(f"{MEETING}/lines/batch", {"lines": bad}), 400)
    assert (problem.code, problem.item) == ("bad-date", 5)
    assert "一つ目" not in program.get(MEETING).text
    done = program.post(f"{MEETING}/lines/batch", {"lines": lines}).json()
    assert len({one["commit"] for one in done["items"]}) == 1
    text = (program.store / "accounts/minasoko.md").read_text().split("\n")
    for sent, written in zip(lines, done["items"], strict=True):
        assert sent["text"] in text[written["line"] - 1]


def test_a_line_is_edited_and_removed_as_it_was_read(program):
    made = program.post(f"{MEETING}/lines", {"kind": "decision", "text": "前の文"}).json()
    at = f"{MEETING}/lines/{made['line']}"
    seen = program.get(at).json()
    assert seen["kind"] == "line"
    [name] = [name for name, text in seen["fields"].items() if text == "前の文"]
    program.post(f"{MEETING}/lines", {"kind": "said", "text": "間に書かれた", "under": "1"})
    sent = {"base": seen["base"], "fields": {**seen["fields"], name: "後の文"}}
    done = program.post(f"{at}/edit", sent)
    assert done.status_code == 200, done.text
    msgspec.convert(done.json(), given.Edited)
    shown = program.get(MEETING).text
    assert "前の文" not in shown
    assert "後の文" in shown
    assert "間に書かれた" in shown
    sent["fields"][name] = "ほかの文"
    assert told(program.post(f"{at}/edit", sent), 409).code == "edit-two-texts"
    at = f"{MEETING}/lines/{done.json()['line']}"
    seen = program.get(at).json()
    gone = program.post(f"{at}/remove", {"base": seen["base"]})
    assert gone.status_code == 200, gone.text
    assert "後の文" not in program.get(MEETING).text
    assert told(program.get(f"{MEETING}/lines/x"), 404)
    assert told(program.post(f"{at}/edit", {"base": "x", "fields": {}}), 404)


def test_blanks_that_a_line_cannot_hold_are_told(program):
    got = program.post(f"{MEETING}/lines", {"kind": "memo", "text": "a\n\n  b \n"}).json()
    assert [one["code"] for one in got["hints"]] == ["api-tidied"]
    assert not program.post(f"{MEETING}/lines", {"kind": "memo", "text": "a\r\nb"}).json()["hints"]


# Its description


def test_the_description_names_every_operation_and_shape(looking):
    got = looking.get("/openapi.json")
    data = got.json()
    assert data["openapi"].startswith("3.1")
    there = {(path, method) for path, of in data["paths"].items() for method in of}
    assert there == {(one.path, one.method.lower()) for one in table.OPERATIONS}
    for ref in re.findall(r'"#/components/schemas/(\w+)"', got.text):
        assert ref in data["components"]["schemas"]
    assert (
        looking.get("/openapi.json", headers={"if-none-match": got.headers["etag"]}).content == b""
    )
    english = looking.get("/openapi.json", headers={"accept-language": "en"})
    assert english.headers["etag"] != got.headers["etag"]


def test_its_page_shows_every_operation(reading):
    page = reading.get("/api/v1/docs").text
    for one in table.OPERATIONS:
        assert f'id="{one.name}"' in page
    assert "<script>" not in page
