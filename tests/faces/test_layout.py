"""Columns and cuts, counted in places of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from kb.faces.cli.layout import columns, cut, indented, padded, width


def test_japanese_letters_take_two_places_and_marks_none():
    assert [width(text) for text in ("abc", "顧客", "ｱ", "Ａ", "e\u0301", "が", "か\u3099")] == [
        *(3, 4, 1, 2),
        *(1, 2, 2),
    ]
    assert padded("顧客", 6) == "顧客  "
    assert padded("12", 4, right=True) == "  12"


def test_columns_stand_below_their_heads_and_empty_ones_are_left_out():
    shown = columns(("顧客", "x", "n"), [("a", "", "1"), ("長い名前", "", "10")], right=(2,))
    assert shown == "顧客       n\na          1\n長い名前  10"


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_is_one_line_and_never_too_wide(text, places):
    shown = cut(text, places)
    assert width(shown) <= places
    assert "\n" not in shown
    if width(" ".join(text.split())) <= places:
        assert shown == " ".join(text.split())


def test_inner_lines_are_indented():
    assert indented("a\nb\nc", "  ") == "a\n  b\n  c"
