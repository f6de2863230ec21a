"""Answers of people, over others too."""

from hypothesis import given
from hypothesis import strategies as st

from kb.insight.judged import Judged
from kb.insight.notes import Links

NAMES = st.sampled_from("abcdefg")
PAIRS = st.frozensets(st.frozensets(NAMES, min_size=2, max_size=2), max_size=6)


def test_same_as_a_different_one_is_different() -> None:
    judged = Judged(Links())
    judged.say("a", "b", same=True)
    judged.say("b", "c", same=False)
    judged.say("c", "d", same=True)
    assert judged.done("a") == {"a", "b", "c", "d"}
    assert judged.done("e") == {"e"}
    assert judged.parts() == [("a", "b"), ("c", "d")]


def test_insights_of_a_principle_are_one() -> None:
    judged = Judged(Links(anchors={"p-x": frozenset({"a", "b"}), "p-y": frozenset()}))
    assert judged.part("a") == {"a", "b"}


@given(same=PAIRS, different=PAIRS)
def test_done_is_mutual(
    same: frozenset[frozenset[str]], different: frozenset[frozenset[str]]
) -> None:
    judged = Judged(Links(same, different))
    for one in "abcdefg":
        for other in judged.done(one):
            assert one in judged.done(other)
