"""The starter store says what its README says: every count is taken from the text again."""

import tomllib
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kb import config, starter
from kb.model.people import read_people
from kb.model.reading import Reader
from kb.text import frontmatter
from kb.text.names import Names
from kb.text.outline import parse

DEMO = Path(config.__file__).parent / "demo"
EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text("utf-8"))
TODAY = EXPECTED["today"].isoformat()
SETTINGS = config.parse((DEMO / "kb.toml").read_bytes(), DEMO / "kb.toml")
NAMES = Names(SETTINGS.sections, SETTINGS.labels, SETTINGS.tags)


def read_all():
    found = []
    for path, data in starter.files().items():
        if not path.startswith("accounts/"):
            continue
        front = frontmatter.read(data)
        reader = Reader(
            data,
            NAMES,
            account=front["account"],
            path=path,
            members=SETTINGS.members,
            people=read_people(front),
        )
        found += [reader.read(meeting) for meeting in parse(data, NAMES).meetings]
    return found


MEETINGS = read_all()
PAST = [meeting for meeting in MEETINGS if meeting.date <= TODAY]


def every(kind, meetings=MEETINGS):
    return [thing for meeting in meetings for thing in getattr(meeting, kind)]


def named(meeting):
    return f"{meeting.account}/{meeting.date}"


def test_the_team_settings_have_no_warning():
    assert SETTINGS.warnings == ()


def test_accounts_and_meetings():
    assert len({meeting.account for meeting in MEETINGS}) == EXPECTED["accounts"]
    assert len(MEETINGS) == EXPECTED["meetings"]
    assert len(PAST) == EXPECTED["meetings_past"]
    assert sorted(named(m) for m in PAST if not m.hypotheses) == sorted(
        EXPECTED["meetings_without_hypothesis"]
    )
    assert [sum(bool(m.hypotheses) for m in PAST), len(PAST)] == EXPECTED["board"][
        "with_hypothesis"
    ]


@pytest.mark.parametrize("kind", ["hypotheses", "topics", "decisions", "insights", "requests"])
def test_items(kind):
    assert len(every(kind)) == EXPECTED[kind]


@pytest.mark.parametrize("verdict", ["supported", "refuted", "mixed", "untested"])
def test_verdicts(verdict):
    assert sum(h.verdict == verdict for h in every("hypotheses")) == EXPECTED[verdict]


def test_every_hypothesis_of_a_past_meeting_was_judged():
    waiting = [h.id for h in every("hypotheses") if h.verdict is None]
    assert len(waiting) == EXPECTED["board"]["waiting"]
    assert not [h.id for h in every("hypotheses", PAST) if h.verdict is None]


def test_todos():
    todos = every("todos")
    assert len(todos) == EXPECTED["todos"]
    assert sum(todo.done for todo in todos) == EXPECTED["todos_done"]
    overdue = [t for t in todos if not t.done and t.due and t.due < TODAY]
    assert [t.id for t in sorted(overdue, key=lambda t: t.due)] == EXPECTED["todos_overdue"]
    assert sum(not t.done for t in todos) - len(overdue) == EXPECTED["todos_open"]


def test_owners_are_members_or_the_customers_people():
    people = {
        meeting.account: read_people(frontmatter.read(starter.files()[meeting.path]))
        for meeting in MEETINGS
    }
    for meeting in MEETINGS:
        known = {*SETTINGS.members, *people[meeting.account]}
        assert {owner for todo in meeting.todos for owner in todo.owners} <= known, named(meeting)


def test_a_carried_line_is_no_todo():
    carried = every("carried")
    assert len(carried) == 3
    open_ids = {t.id for t in every("todos") if not t.done}
    assert {line.link.partition("#^")[2] for line in carried} <= open_ids


def test_requests_for_visibility():
    wanted = EXPECTED["request_visibility"]
    found = {named(m) for m in MEETINGS for r in m.requests if named(m) in wanted}
    assert found == set(wanted)


def test_calibration():
    pairs = [
        (h.confidence / 100, h.verdict == "supported")
        for h in every("hypotheses", PAST)
        if h.verdict in ("supported", "refuted")
    ]
    expected = EXPECTED["board"]["calibration"]
    assert len(pairs) == expected["n"]
    brier = sum((stated - held) ** 2 for stated, held in pairs) / len(pairs)
    assert round(brier, 3) == expected["brier"]
    assert round(sum(held for _, held in pairs) / len(pairs), 3) == expected["base_rate"]


@pytest.mark.parametrize("principle", list(EXPECTED["principles"]))
def test_hypotheses_that_used_a_principle(principle):
    kinds = {"supported": "for", "refuted": "against", None: "open"}
    found = defaultdict(list)
    for hypothesis in every("hypotheses"):
        if principle in hypothesis.refs:
            found[kinds.get(hypothesis.verdict, hypothesis.verdict)].append(hypothesis.id)
    expected = EXPECTED["principles"][principle]
    assert {kind: sorted(found[kind]) for kind in expected} == {
        kind: sorted(ids) for kind, ids in expected.items()
    }


def test_insights_of_the_groups_exist_in_different_accounts():
    by_id = {i.id: meeting for meeting in MEETINGS for i in meeting.insights}
    for name, ids in EXPECTED["recurring"].items():
        assert len({by_id[i].account for i in ids}) == len(ids) >= 3, name
    for ids in EXPECTED["not_recurring"].values():
        assert set(ids) <= by_id.keys()
    assert set(EXPECTED["not_in_group"]) <= by_id.keys()


def test_the_closed_meetings_say_when_their_minutes_were_complete():
    for meeting in PAST:
        hours, minutes = map(int, meeting.end.split(":"))
        ended = hours * 60 + minutes + 4
        assert meeting.minutes == f"{meeting.date} {ended // 60:02}:{ended % 60:02}"
    assert not [m for m in MEETINGS if m.minutes and m not in PAST]


def test_statuses_of_the_principles():
    board = EXPECTED["board"]
    statuses = []
    for path, data in starter.files().items():
        if path.startswith("playbooks/principles/"):
            statuses.append(frontmatter.scalar(data, "status"))
    assert statuses.count("candidate") == board["candidates"]
    assert statuses.count("adopted") == board["principles"]


def test_proposal_to_adoption():
    spans = []
    for path, data in starter.files().items():
        front = frontmatter.read(data)
        if path.startswith("playbooks/principles/") and front.get("adopted"):
            adopted, proposed = (date.fromisoformat(front[k]) for k in ("adopted", "proposed"))
            spans.append((adopted - proposed).days)
    spans.sort()
    expected = EXPECTED["board"]["proposed_to_adopted_days"]
    assert len(spans) == expected["n"]
    assert (spans[1] + spans[2]) / 2 == expected["median"]


def test_evidence_stands_verbatim_where_it_says():
    """Every quote of a principle is found in the hypothesis that it names."""
    quotes = {h.id: h.quote for h in every("hypotheses")}
    count = 0
    for path, data in starter.files().items():
        if not path.startswith("playbooks/principles/"):
            continue
        lines = data.decode().splitlines()
        for above, line in pairwise(lines):
            if line.startswith("  - 出典: [["):
                wanted = line.partition("#^")[2].partition("]]")[0]
                assert above == f"- 「{quotes[wanted]}」"
                count += 1
    assert count == 25


def test_only_one_page_leads_nowhere():
    fronts = {
        path: frontmatter.read(data)
        for path, data in starter.files().items()
        if path.startswith("playbooks/")
    }
    plays = {f["play"]: f for f in fronts.values() if "play" in f}
    manuals = {f["manual"]: f for f in fronts.values() if "manual" in f}
    principles = {f["principle"] for f in fronts.values() if "principle" in f}
    assert {play["principle"] for play in plays.values()} <= principles
    used = {name for play in plays.values() for name in play["manuals"]}
    assert used <= manuals.keys()
    orphans = [
        name for name, f in manuals.items() if name not in used and f.get("play") not in plays
    ]
    assert orphans == EXPECTED["orphans"]


def test_what_stays_inside_is_really_in_the_accounts():
    text = "".join(
        data.decode() for path, data in starter.files().items() if path.startswith("accounts/")
    )
    for words in EXPECTED["internal_only"]:
        assert words in text
