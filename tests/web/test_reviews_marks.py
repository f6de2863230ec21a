"""How a line that changed is cut into what stayed, what went and what came."""

from hypothesis import given
from hypothesis import strategies as st

from kb.faces.web.pages.reviews_marks import stretches

LINES = st.text("のをに見る数字12% abc。", max_size=30)


def test_what_stayed_is_not_marked():
    found = stretches("利用率は先月よりかなり戻った。", "利用率は48%から56%まで戻った。")
    assert found[0] == ("same", "利用率は")
    assert ("del", "先月よりかなり") in found
    assert found[-1] == ("same", "戻った。")


def test_a_line_that_is_new_or_gone_is_one_stretch():
    assert stretches(None, "検証: 尋ねる") == (("ins", "検証: 尋ねる"),)
    assert stretches("様子を見る", None) == (("del", "様子を見る"),)


def test_lines_with_little_in_common_are_not_mixed():
    found = stretches("質問は六件から一件に減った", "Users write less")
    assert [one.kind for one in found] == ["del", "ins"]


@given(LINES, LINES)
def test_both_lines_can_be_read_from_the_marks(was, now):
    found = stretches(was, now)
    assert "".join(one.text for one in found if one.kind != "ins") == was
    assert "".join(one.text for one in found if one.kind != "del") == now
