"""Stars and underlines that were typed as themselves go out as typed; signs of emphasis shape."""

import re

import pytest

from kb.text.emphasis import bare
from kb.text.plain import plain

TYPED = [
    "2*3*4",
    "単価*数量*月数",
    "単価（税別）*数量*(1-割引)",
    "(a+b)*c*(d)",
    "10%*20%*3",
    "総額=1,200*12*¥500",
    "２＊３と２*３*４",
    "3 * 4 * 5",
    "2**3**4",
    "user_id と report_2026_11.xlsx",
    "*.csv と report_*.csv",
    "5*-1*-2*+3",
    "米印*だけ",
]
SHAPED = [
    ("当社が先に**案**を出したい", "当社が先に案を出したい"),
    ("**SSO**連携を第2**案**で", "SSO連携を第2案で"),
    ("*早く*、_確かに_ 出す", "早く、確かに 出す"),
    ("**2*3*4** は 24", "2*3*4 は 24"),
    ("*2*3* は 6", "2*3 は 6"),
    ("***大事***", "大事"),
    ("This is *important*.", "This is important."),
]


@pytest.mark.parametrize("text", TYPED)
def test_a_calculation_goes_out_as_it_was_typed(text):
    assert plain(text) == text
    assert bare(text) == text
    assert plain(f"**{text} を**確認") == f"{text} を確認"


@pytest.mark.parametrize(("text", "words"), SHAPED)
def test_signs_of_emphasis_still_are_some(text, words):
    assert plain(text) == words
    assert bare(text) == words


def test_a_link_and_code_keep_theirs():
    assert plain("[2*3*4](https://e.com/a*b*c)") == "2*3*4 (https://e.com/a*b*c)"
    assert plain("`2*3*4` と 5\\*6\\*7") == "2*3*4 と 5*6*7"


def test_a_long_row_of_stars_is_read_once():
    import time

    began = time.process_time()
    for sign in ("2*", "*a ", "*a", "**a", "2**", "*.a"):
        text = sign * (30_000 // len(sign))
        assert len(re.sub(r"\*", "", bare(text))) > 1
    assert time.process_time() - began < 2.0  # seconds; far more than it takes
