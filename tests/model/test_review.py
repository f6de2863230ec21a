"""Where a review stands is a fold of its events: the same whatever order a merge left them in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.review import asked, fold, suggestion, waits_for
from kb.model.review_diff import Difference, differences
from kb.model.review_turn import Load, in_turn, is_away
from kb.text.merge_thread import merge_thread
from kb.text.thread import Event, append, begin, new_event, parse_thread

START = datetime(2026, 11, 24, tzinfo=UTC)
NOW, THEN = "pre1:now", "pre1:then"


def event(kind, member, minute, *words, body=""):
    time = (START + timedelta(minutes=minute)).isoformat()
    return new_event("r-abc123", time, kind, member, words, body)


def approved(member, minute, digest=NOW):
    return event("approved", member, minute, f"digest:{digest}")


def state(*events, needed=1, authors=("sato",), counts=lambda _: True):
    return fold(events, digest=NOW, needed=needed, authors=authors, counts=counts)


def test_nothing_said_is_open():
    assert state(event("requested", "sato", 0, "to:@mori")).state == "open"


def test_enough_current_approvals_approve():
    assert state(approved("mori", 1)).state == "approved"
    assert state(approved("mori", 1), needed=2).state == "open"
    two = state(approved("mori", 1), approved("ito", 2), needed=2)
    assert (two.state, two.approvals) == ("approved", ("mori", "ito"))


def test_the_same_person_twice_counts_once():
    assert state(approved("mori", 1), approved("mori", 2), needed=2).state == "open"


def test_the_author_does_not_count():
    assert state(approved("sato", 1)).state == "open"
    assert state(event("changes-requested", "sato", 1)).state == "open"


def test_an_approval_of_another_text_is_stale():
    found = state(approved("mori", 1, THEN))
    assert (found.state, found.approvals, found.outdated) == ("stale", (), ("mori",))


def test_one_current_approval_is_enough_beside_an_outdated_one():
    assert state(approved("mori", 1, THEN), approved("ito", 2)).state == "approved"


def test_outstanding_changes_hold_an_approval_back_until_that_reviewer_approves():
    wanted = event("changes-requested", "ito", 2)
    assert state(approved("mori", 1), wanted).state == "changes"
    assert state(approved("mori", 1), wanted, approved("mori", 3)).state == "changes"
    assert state(approved("mori", 1), wanted, approved("ito", 3)).state == "approved"
    assert state(approved("ito", 1), wanted).outstanding == ("ito",)


def test_closed_wins():
    found = state(event("closed", "sato", 1, "result:adopted"), event("changes-requested", "i", 2))
    assert (found.state, found.result) == ("closed", "adopted")


def test_what_nobody_vouches_for_does_not_count():
    forged = approved("mori", 1)
    assert state(forged, counts=lambda one: one != forged).state == "open"
    closed = event("closed", "mori", 2)
    assert state(approved("ito", 1), closed, counts=lambda one: one != closed).state == "approved"


EVENTS = st.builds(
    lambda kind, member, minute, digest: event(kind, member, minute, f"digest:{digest}"),
    st.sampled_from(["approved", "approved", "changes-requested", "commented", "closed"]),
    st.sampled_from(["sato", "mori", "ito", "emma"]),
    st.integers(0, 6),
    st.sampled_from([NOW, THEN]),
)


@given(
    st.lists(EVENTS, max_size=4),
    st.lists(EVENTS, max_size=5),
    st.lists(EVENTS, max_size=5),
    st.integers(1, 2),
)
def test_any_order_of_merging_gives_the_same_state(shared, ours, theirs, needed):
    """Two clones that went on from one thread, merged either way, twice, and not at all."""

    def thread(*parts: list[Event]) -> bytes:
        data = begin({"review": "r-abc123"}, "T")
        for one in dict.fromkeys(e for part in parts for e in part):
            data = append(data, one)
        return data

    def folded(data: bytes):
        return fold(parse_thread(data).events, digest=NOW, needed=needed, authors={"sato"})

    base, mine, other = thread(shared), thread(shared, ours), thread(shared, theirs)
    one = merge_thread(base, mine, other)
    two = merge_thread(base, other, mine)
    assert not one.conflicts
    assert not two.conflicts
    assert folded(one.data) == folded(two.data) == folded(thread(shared, ours, theirs))
    assert folded(one.data) == folded(thread(theirs, ours, shared))
    again = merge_thread(mine, one.data, merge_thread(base, mine, two.data).data)
    assert folded(again.data) == folded(one.data)


# Whose turn it is to look


def test_who_was_asked_waits_until_they_judged_this_text():
    asking = event("requested", "sato", 0, "to:@mori,@ito")
    assert asked([asking]) == ("mori", "ito")

    def waits(who, *events):
        every = [asking, *events]
        return waits_for(who, every, state(*every, needed=2), NOW, {"sato"})

    assert waits("mori")
    assert not waits("emma")
    assert not waits("mori", approved("mori", 1))
    assert waits("mori", approved("mori", 1, THEN))
    wish = event("changes-requested", "mori", 1, f"digest:{NOW}")
    assert not waits("mori", wish)
    assert not waits("mori", wish, event("commented", "ito", 2))
    assert waits("mori", wish, event("commented", "sato", 2))
    assert waits("mori", event("changes-requested", "mori", 1, f"digest:{THEN}"))


def test_whose_turn_it_is():
    loads = {
        "a": Load(1, START),
        "b": Load(0, START + timedelta(days=2)),
        "c": Load(0, START + timedelta(days=1)),
        "e": Load(0, None),
    }
    assert in_turn(["a", "b", "c", "d", "e"], loads) == ["d", "e", "c", "b", "a"]


def test_nine_documents_go_round_three_people():
    """Each reviews three: the load counts first, then the time of the last request."""
    loads: dict[str, Load] = {}
    given_to = []
    for number in range(9):
        who = in_turn(["a", "b", "c"], loads)[0]
        given_to.append(who)
        loads[who] = Load(loads.get(who, Load()).open + 1, START + timedelta(hours=number))
    assert [given_to.count(who) for who in "abc"] == [3, 3, 3]


@pytest.mark.parametrize(("day", "away"), [(22, False), (23, True), (25, True), (26, False)])
def test_away_includes_both_ends(day, away):
    span = (START.replace(day=23).date(), START.replace(day=25).date())
    assert is_away([span], START.replace(day=day).date()) is away


# What is suggested, what changed


def test_a_suggestion_names_both_texts():
    body = "- old: 検証: 見る\n- new: 検証: 数える\n\n理由\n- new: もう一つ"
    assert suggestion(event("suggested", "mori", 1, "on:h-1", body=body)) == (
        "検証: 見る",
        "検証: 数える",
    )
    assert suggestion(event("suggested", "mori", 1, body="- new: x")) is None
    assert suggestion(event("commented", "mori", 1, body=body)) is None


def test_a_difference_is_told_line_by_line():
    then = "claim 利用率が下がる\nwhy 担当が代わった\ntest 尋ねる\nstance 12月に行う"
    now = "claim 利用率が大きく下がる\nwhy 担当が代わった\nstance 12月に行う\ntopic 予算"
    assert differences(then, now) == (
        Difference("claim", "利用率が下がる", "利用率が大きく下がる"),
        Difference("test", "尋ねる", None),
        Difference("topic", None, "予算"),
    )
    assert differences(then, then) == ()
    assert differences("題\n- 待つ", "題\n- 待たない", page=True) == (
        Difference("text", "待つ", "待たない"),
    )
