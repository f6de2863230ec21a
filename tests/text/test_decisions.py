"""Decisions on insights: what is written is read back, and hostile words forge nothing."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import decisions
from kb.text.decisions import Decision, Subject
from kb.text.merge import merge, merge_for

AT = datetime.fromisoformat("2026-11-21T12:00:00+09:00")
A, B, C = (Subject(f"i-{letter * 6}", "item1:" + letter * 16) for letter in "abc")


def test_the_line_of_each_kind_is_as_the_format_has_it():
    lines = [
        (Decision(AT, "same", "sato", (A, B)), f"same @sato {A.id}:{A.digest} {B.id}:{B.digest}"),
        (
            Decision(AT, "different", "emma", (A,), (B, C)),
            f"different @emma {A.id}:{A.digest} from {B.id}:{B.digest} {C.id}:{C.digest}",
        ),
        (
            Decision(AT, "accepted", "ito", (A, B), page="p-owner-30"),
            f"accepted @ito {A.id}:{A.digest} {B.id}:{B.digest} → p-owner-30",
        ),
        (
            Decision(AT, "absorbed", "ito", page="p-x", into="p-y"),
            "absorbed @ito p-x → p-y",
        ),
        (
            Decision(AT, "dismissed", "ito", (A, B)),
            f"dismissed @ito {A.id}:{A.digest} {B.id}:{B.digest} until:3",
        ),
    ]
    for decision, line in lines:
        data = decisions.append(None, decision, "ja")
        id_ = decisions.identified(decision).id
        expected = f"# 気づきについての判断 2026-11\n\n## 2026-11-21T12:00:00+09:00 {line} ^{id_}\n"
        assert data.decode() == expected
        assert decisions.parse(data) == [decision._replace(id=id_)]


def test_a_file_in_english_has_an_english_title():
    data = decisions.append(None, Decision(AT, "same", "emma", (A, B)), "en")
    assert data.startswith(b"# Decisions on insights 2026-11\n")


@pytest.mark.parametrize(
    "line",
    [
        "## yesterday same @sato i-aaaaaa:item1:aa ^e-1",
        "## 2026-11-21T12:00:00+09:00 accepted @sato i-aaaaaa:item1:aa ^e-1",
        "## 2026-11-21T12:00:00+09:00 absorbed @sato p-x → ^e-1",
        "## 2026-11-21T12:00:00+09:00 approved @sato digest:pre1:aa ^e-1",
        "## same",
    ],
)
def test_what_says_nothing_known_is_left_out(line):
    assert decisions.parse(line.encode() + b"\n\xff\n") == []


def test_an_arrow_of_two_letters_is_read_too():
    line = "## 2026-11-21T12:00:00+09:00 absorbed @sato p-x -> p-y ^e-1"
    (found,) = decisions.parse(line.encode())
    assert (found.page, found.into) == ("p-x", "p-y")


def test_a_decision_is_a_second_after_the_last_one_at_the_earliest():
    one = Decision(AT, "same", "sato", (A, B))
    assert decisions.stamp([], AT) == AT
    assert decisions.stamp([one], AT).isoformat() == "2026-11-21T12:00:01+09:00"
    late = one._replace(at=datetime.fromisoformat("2026-12-01T00:00:00+00:00"))
    assert decisions.stamp([late], AT).isoformat() == "2026-12-01T09:00:01+09:00"


@given(st.text(max_size=120), st.text(max_size=120))
def test_whatever_the_reasons_say_two_decisions_stay_two(first, second):
    one = Decision(AT, "same", "sato", (A, B), why=f"{first}\n## 2026-01-01T00:00:00Z same @x ^e-1")
    two = Decision(decisions.stamp([one], AT), "different", "emma", (A,), (C,), why=second)
    data = decisions.append(decisions.append(None, one, "ja"), two, "ja")
    found = decisions.parse(data)
    assert [d.kind for d in found] == ["same", "different"]
    assert found[0]._replace(why="", id="") == one._replace(why="")


def test_two_clones_decisions_are_all_there_in_the_same_order_whoever_merges():
    base = decisions.append(None, Decision(AT, "same", "sato", (A, B)), "ja")
    at = decisions.stamp(decisions.parse(base), AT)
    mine = decisions.append(base, Decision(at, "different", "emma", (A,), (C,)), "ja")
    yours = decisions.append(base, Decision(at, "dismissed", "ito", (A, B), why="別"), "ja")
    for how in (merge_for("insights/2026-11.md"), merge):
        here, there = how(base, yours, mine), how(base, mine, yours)
        assert here.data == there.data
        assert not here.conflicts
        assert len(decisions.parse(here.data)) == 3


def test_two_clones_that_both_begin_the_file_have_both_decisions():
    mine = decisions.append(None, Decision(AT, "same", "sato", (A, B)), "ja")
    yours = decisions.append(None, Decision(AT, "same", "sato", (B, C)), "ja")
    merged = merge(None, yours, mine)
    assert len(decisions.parse(merged.data)) == 2
    assert not merged.conflicts
    assert merged.data.count("# 気づきについての判断".encode()) == 1


def test_a_file_without_a_last_line_end_loses_nothing_in_a_merge():
    base = decisions.append(None, Decision(AT, "same", "sato", (A, B)), "ja").rstrip(b"\n")
    at = decisions.stamp(decisions.parse(base), AT)
    mine = decisions.append(base, Decision(at, "different", "emma", (A,), (C,)), "ja")
    yours = decisions.append(base, Decision(at, "same", "ito", (B, C)), "ja").rstrip(b"\n")
    for data in (merge(base, yours, mine).data, merge(base, mine, yours).data):
        assert len(decisions.parse(data)) == 3


@given(st.sets(st.integers(0, 9), min_size=1), st.sets(st.integers(0, 9), min_size=1))
def test_any_two_sets_of_decisions_are_united(here, there):
    def file(numbers):
        data = None
        for number in sorted(numbers):
            at = AT.replace(minute=number)
            data = decisions.append(data, Decision(at, "same", "sato", (A, B)), "ja")
        return (data or b"").rstrip(b"\n")

    base = file(here & there) or None
    for data in (
        merge(base, file(here), file(there)).data,
        merge(base, file(there), file(here)).data,
    ):
        assert {one.at.minute for one in decisions.parse(data)} == here | there
