"""The fold of decisions: links, what contradicts, what stays silent, in any order."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kb.model.recurrence import fold
from kb.text import decisions
from kb.text.decisions import Decision, Subject
from kb.text.merge import merge

START = datetime.fromisoformat("2026-11-01T09:00:00+09:00")
NAMES = tuple(f"i-{letter * 6}" for letter in "abcdefgh")
A, B, C, D, E, F, G, H = NAMES
DIGESTS = {name: f"item1:{name[2] * 16}" for name in NAMES}


def at(minute, kind, ids=(), others=(), **more):
    """A decision at a minute of the day, as it stands in a file."""
    return decisions.identified(
        Decision(
            START + timedelta(minutes=minute),
            kind,
            "sato",
            tuple(Subject(one, DIGESTS[one]) for one in ids),
            tuple(Subject(one, DIGESTS[one]) for one in others),
            **more,
        )
    )


def folded(*events, digests=DIGESTS, **pages):
    return fold(events, digests, {f"p-{name}": ids for name, ids in pages.items()})


def silent(found, *groups):
    """Whether the first of these groups is dismissed."""
    return found.silent(groups)[0]


def pair(one, other):
    return frozenset((one, other))


def test_what_is_called_the_same_is_together_over_steps_too():
    found = folded(at(1, "same", [A, B]), at(2, "same", [B, C]))
    assert found.together(A) == {A, B, C}
    assert found.judged(A, C)
    assert not found.judged(A, D)
    assert found.contradictions == ()


def test_different_is_the_first_from_the_rest_and_reaches_what_is_the_same():
    found = folded(at(1, "different", [A], [B, C]), at(2, "same", [B, D]))
    assert found.different == {pair(A, B), pair(A, C)}
    assert found.apart(A, D)
    assert not found.apart(B, C)


def test_a_line_without_from_means_the_first_from_the_rest():
    assert folded(at(1, "different", [A, B, C])).different == {pair(A, B), pair(A, C)}


def test_the_newest_wins_a_contradiction_which_is_listed():
    same, different = at(1, "same", [A, B]), at(2, "different", [A], [B])
    found = folded(same, different)
    assert found.different == {pair(A, B)}
    assert found.together(A) == {A}
    (one,) = found.contradictions
    assert (one.older, one.newer, one.about) == (same, different, (A, B))

    again = at(3, "same", [A, B])
    found = folded(same, different, again)
    assert found.together(A) == {A, B}
    assert found.different == frozenset()
    assert [(one.older, one.newer) for one in found.contradictions] == [(different, again)]


def test_a_contradiction_over_two_steps_is_one_too():
    first, second, third = at(1, "same", [A, B]), at(2, "same", [B, C]), at(3, "different", [A, C])
    found = folded(first, second, third)
    assert found.together(C) == {B, C}
    assert [(one.older, one.newer) for one in found.contradictions] == [(first, third)]

    first, second, third = at(1, "different", [A, C]), at(2, "same", [A, B]), at(3, "same", [B, C])
    found = folded(first, second, third)
    assert found.together(A) == {A, B, C}
    assert [(one.older, one.newer) for one in found.contradictions] == [(first, third)]


def test_one_that_is_different_leaves_a_principle_and_the_others_stay():
    found = folded(
        at(1, "accepted", [A, B, C], page="p-x"), at(2, "different", [A], [B, C]), x=(A, B, C)
    )
    assert found.anchors == {"p-x": {B, C}}
    assert len(found.contradictions) == 1


def test_pages_are_anchors_before_anybody_decided_anything():
    found = folded(x=(A, B), y=(C,))
    assert found.anchors == {"p-x": {A, B}, "p-y": {C}}
    assert found.principle_of([B, D, E]) == "p-x"
    assert found.principle_of([D]) is None


def test_the_same_as_one_of_a_principle_belongs_to_it_but_was_not_accepted():
    found = folded(at(1, "same", [A, D]), x=(A, B))
    assert found.anchors == {"p-x": {A, B, D}}
    assert found.accepted == {"p-x": {A, B}}


def test_two_principles_may_rest_on_one_insight_and_stay_two():
    found = folded(at(1, "accepted", [A, B], page="p-y"), x=(A, C), y=())
    assert found.anchors == {"p-x": {C}, "p-y": {A, B}}
    assert found.contradictions == ()


def test_an_acceptance_whose_page_is_gone_still_holds_the_insights_together():
    found = folded(at(1, "accepted", [A, B], page="p-gone"))
    assert found.anchors == {}
    assert found.together(A) == {A, B}


def test_an_absorbed_principle_gives_its_insights_even_those_accepted_later():
    found = folded(
        at(1, "absorbed", page="p-x", into="p-y"),
        at(2, "accepted", [D], page="p-x"),
        x=(A, B),
        y=(C,),
    )
    assert found.anchors == {"p-y": {A, B, C, D}}
    assert found.absorbed == {"p-x": "p-y"}


def test_of_principles_that_absorb_each_other_the_newest_word_stands():
    first, second = (
        at(1, "absorbed", page="p-x", into="p-y"),
        at(2, "absorbed", page="p-y", into="p-x"),
    )
    found = folded(first, second, x=(A,), y=(B,))
    assert found.anchors == {"p-x": {A, B}}
    assert [(one.older, one.newer) for one in found.contradictions] == [(first, second)]


def test_a_principle_that_is_not_there_absorbs_nothing():
    found = folded(at(1, "absorbed", page="p-x", into="p-gone"), x=(A,))
    assert found.anchors == {"p-x": {A}}


def test_a_dismissed_group_stays_silent_until_the_third_new_account():
    found = folded(at(1, "dismissed", [A, B, C]))
    accounts = {A: "one", B: "two", C: "three"}
    assert silent(found, accounts)
    assert silent(found, {**accounts, D: "four", E: "five"})
    assert silent(found, {**accounts, D: "four", E: "five", F: "five"})
    assert not silent(found, {**accounts, D: "four", E: "five", F: "six"})


def test_a_dismissed_group_comes_back_when_less_than_half_of_it_was_dismissed():
    found = folded(at(1, "dismissed", [A, B]))
    assert silent(found, {A: "one", B: "two", C: "one", D: "two"})
    assert not silent(found, {A: "one", B: "two", C: "one", D: "two", E: "one"})
    assert not silent(found, {A: "one", C: "one", D: "two"})


def test_a_dismissed_group_that_fell_apart_is_one_still():
    found = folded(at(1, "dismissed", [A, B, C]))
    rest = {B: "two", C: "three"}
    assert found.silent([{A: "one", D: "four", E: "five"}, rest, {F: "six", G: "one"}]) == [
        True,
        True,
        False,
    ]
    assert not silent(found, {A: "one", D: "four", E: "five", F: "six"}, rest)
    assert not silent(found, {A: "one", D: "four", E: "four", F: "four", G: "four"}, rest)


def test_a_group_that_came_back_can_be_put_away_again():
    found = folded(at(1, "dismissed", [A, B, C]), at(2, "dismissed", [A, B, C, D, E, F]))
    accounts = dict(zip(NAMES[:6], "123456", strict=True))
    assert silent(found, accounts)


def test_an_insight_that_says_something_else_by_now_is_asked_about_anew():
    changed = DIGESTS | {B: "item1:" + "0" * 16}
    found = folded(at(1, "same", [A, B]), at(2, "different", [B], [C]), digests=changed)
    assert found.together(A) == {A, B}
    assert not found.judged(A, B)
    assert not found.judged(B, C)
    assert found.judged(A, C)
    newer = at(3, "same", [A, B])
    newer = newer._replace(subjects=tuple(Subject(i, changed[i]) for i in (A, B)))
    assert folded(at(1, "same", [A, B]), newer, digests=changed).judged(A, B)


def test_a_dismissal_is_about_the_wording_of_then():
    changed = DIGESTS | {B: "item1:" + "0" * 16, C: "item1:" + "1" * 16}
    accounts = {A: "one", B: "two", C: "three"}
    assert not silent(folded(at(1, "dismissed", [A, B, C]), digests=changed), accounts)


def test_insights_that_are_gone_hold_others_together_and_are_not_told_of():
    here = {name: digest for name, digest in DIGESTS.items() if name != B}
    found = folded(at(1, "same", [A, B]), at(2, "same", [B, C]), digests=here)
    assert found.together(A) == {A, C}
    assert folded(at(1, "different", [A, B]), digests=here).different == frozenset()


def test_a_line_with_two_ids_is_one_insight():
    found = fold([at(1, "same", [A, B])], {A: DIGESTS[A], C: DIGESTS[B]}, {}, {B: C})
    assert found.together(A) == {A, C}


ids = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)
pages = st.sampled_from(("p-x", "p-y", "p-z"))
moments = st.integers(0, 9)
events = st.lists(
    st.one_of(
        st.builds(lambda m, i: at(m, "same", i), moments, ids),
        st.builds(lambda m, i: at(m, "different", i[:1], i[1:]), moments, ids),
        st.builds(lambda m, i, p: at(m, "accepted", i, page=p), moments, ids, pages),
        st.builds(lambda m, p, q: at(m, "absorbed", page=p, into=q), moments, pages, pages),
        st.builds(lambda m, i: at(m, "dismissed", i), moments, ids),
    ),
    max_size=12,
)


@given(events, st.randoms())
def test_the_fold_is_the_same_in_any_order_and_with_events_twice(found, chance):
    wanted = folded(*found, x=(A, B), y=(C,), z=())
    mixed = [*found, *found[:3]]
    chance.shuffle(mixed)
    assert folded(*mixed, x=(A, B), y=(C,), z=()) == wanted


@given(events)
def test_nothing_is_together_and_apart_and_no_two_principles_share_an_insight(found):
    decided = folded(*found, x=(A, B), y=(C,), z=())
    for one in NAMES:
        together = decided.together(one)
        assert one in together
        for other in together:
            assert decided.together(other) == together
            assert not decided.apart(one, other)
    members = [insight for ids in decided.anchors.values() for insight in ids]
    assert len(members) == len(set(members))
    for page, ids in decided.anchors.items():
        assert all(decided.principle_of([insight]) == page for insight in ids)


@given(events, events, st.lists(st.booleans(), min_size=12, max_size=12))
def test_clones_that_merge_either_way_decide_alike(first, second, taken):
    def file(some, data=None):
        for one in some:
            data = decisions.append(data, one, "ja")
        return data

    unique = {one.id: one for one in [*first, *second]}.values()
    base = file([one for one, both in zip(unique, [*taken, *taken], strict=False) if both])
    start = [] if base is None else decisions.parse(base)
    known = {one.id for one in start}
    here = file([one for one in first if one.id not in known], base)
    there = file([one for one in second if one.id not in known], base)
    if here is None or there is None:
        return
    mine, yours = (
        decisions.parse(merge(base, *pair).data) for pair in ((there, here), (here, there))
    )
    assert folded(*mine, x=(A, B), y=(C,), z=()) == folded(*yours, x=(A, B), y=(C,), z=())
    assert {one.id for one in mine} == {one.id for one in [*first, *second]} | known
