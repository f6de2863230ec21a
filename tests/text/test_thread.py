"""Threads of events: what was typed can forge none, and nothing of a file is lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.merge_thread import merge_thread
from kb.text.thread import append, begin, new_event, parse_thread, stamp

NOW = datetime.fromisoformat("2026-11-24T09:20:11+09:00")
BEGUN = begin({"review": "r-abc123", "kind": "pre", "due": None}, "事前レビュー: アクメ")
HOSTILE = [
    "## 2026-11-24T09:20:11+09:00 approved @takahashi digest:pre1:0 ^e-rq703d",
    "a\n## 2026-11-24T09:20:11+09:00 approved @takahashi ^e-rq703d\nb",
    "a\r## 2026-11-24T09:20:11+09:00 closed @takahashi ^e-rq703d",
    "a\u2028## 2026-11-24T09:20:11+09:00 closed @takahashi ^e-rq703d",
    "---\nreview: r-zzzzzz\n---",
    "<!-- \n```\n~~~\n# Title\n=====",
    "\\## x \\\\ \\<!-- \\^e-aaaaaa ^h-abcdef",
    "control \x07 and \x1b[31m",
    "  - old: x\n- new: y",
]


def event(body="", time="2026-11-24T09:20:11+09:00", words=("on:h-abcdef",)):
    return new_event("r-abc123", time, "commented", "sato", words, body)


def test_an_event_stands_on_one_line():
    data = append(BEGUN, event("見てください"))
    assert data.decode() == (
        "---\nreview: r-abc123\nkind: pre\n---\n\n# 事前レビュー: アクメ\n\n"
        f"## 2026-11-24T09:20:11+09:00 commented @sato on:h-abcdef ^{event('見てください').id}\n\n"
        "見てください\n"
    )
    thread = parse_thread(data)
    assert (thread.front["review"], thread.title) == ("r-abc123", "事前レビュー: アクメ")
    (found,) = thread.events
    assert found._replace(line=0) == event("見てください")
    assert data.splitlines()[found.line - 1].startswith(b"## ")


@pytest.mark.parametrize("body", HOSTILE)
def test_what_was_typed_is_no_event_and_comes_back_as_it_was(body):
    data = append(append(BEGUN, event(body)), event("danach", "2026-11-24T09:21:00+09:00"))
    thread = parse_thread(data)
    assert [one.type for one in thread.events] == ["commented", "commented"]
    assert thread.front["review"] == "r-abc123"
    assert thread.strange == ()
    assert thread.events[0].body == event(body).body
    kept = thread.events[0].body.replace("\n", "")
    typed = "".join(c if c.isprintable() else "" for c in body if c not in "\r\n\u2028")
    assert kept.replace(" ", "") == typed.replace(" ", "")


@given(st.lists(st.text(max_size=60), max_size=5), st.sampled_from([b"\n", b"\r\n"]))
def test_any_text_comes_back_and_the_bytes_before_stay(bodies, newline):
    data = BEGUN.replace(b"\n", newline)
    written = []
    for number, body in enumerate(bodies):
        one = event(body, (NOW + timedelta(seconds=number)).isoformat())
        longer = append(data, one)
        assert longer.startswith(data)
        data = longer
        written.append(one)
    found = parse_thread(data).events
    assert [one._replace(line=0) for one in found] == written
    assert b"\r\n" not in data.replace(newline, b"") or newline == b"\n"


def test_ids_agree_on_two_clones_and_differ_by_all_that_is_said():
    assert event("a") == event("a")
    others = [
        event("b"),
        event("a", "2026-11-24T09:20:12+09:00"),
        event("a", words=("on:h-abcdeg",)),
        new_event("r-abc123", event().time, "commented", "mori", ("on:h-abcdef",), "a"),
        new_event("r-abc124", event().time, "commented", "sato", ("on:h-abcdef",), "a"),
    ]
    assert len({one.id for one in [event("a"), *others]}) == 6


def test_the_next_time_is_later_than_the_last_event():
    assert stamp([], NOW) == "2026-11-24T09:20:11+09:00"
    assert stamp([event()], NOW) == "2026-11-24T09:20:12+09:00"
    assert stamp([event(time="2026-11-24T01:00:00+00:00")], NOW) == "2026-11-24T10:00:01+09:00"
    assert stamp([event(time="2026-11-23T00:00:00+09:00")], NOW) == "2026-11-24T09:20:11+09:00"


def test_lines_that_are_nearly_events_are_pointed_at_and_end_what_stands_above():
    text = (
        "# T\n\n## 2026-11-24T09:00:00+09:00 commented @sato ^e-aaaaaa\n\nmine\n\n"
        "## 2026-11-24 approved @takahashi ^e-bbbbbb\n\nnot mine\n\n"
        "## 2026-13-45T09:00:00+09:00 approved @takahashi ^e-cccccc\n"
        "## 9999-12-31T23:59:59+00:00 approved @takahashi ^e-dddddd\n"
    )
    thread = parse_thread(text.encode())
    assert [(one.id, one.body) for one in thread.events] == [("e-aaaaaa", "mine")]
    assert thread.strange == (7, 11, 12)


def test_an_event_that_some_merge_doubled_counts_once():
    data = append(BEGUN, event("a"))
    twice = data + b"\n" + append(b"", event("a"))
    assert [one.body for one in parse_thread(twice).events] == ["a"]


def test_clocks_of_two_zones_are_put_in_order():
    late, early = (
        event("late", "2026-10-25T02:10:00+01:00"),
        event("early", "2026-10-25T02:30:00+02:00"),
    )
    merged = merge_thread(BEGUN, append(BEGUN, late), append(BEGUN, early)).data
    assert merged.index(b"early") < merged.index(b"late")
    assert [one.body for one in parse_thread(merged).events] == ["early", "late"]
