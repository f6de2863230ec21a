"""The id of a page: made from its title by one rule, checked by the same."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import WrongUse
from kb.text.pagename import page_name, page_path

RULE = re.compile(r"(?:p|play|manual)-[a-z0-9]+(?:-[a-z0-9]+)*")


def test_an_english_title_gives_its_words_any_other_six_characters():
    assert page_name("principle", "Ask for the unit cost") == "p-ask-unit-cost"
    assert page_name("play", "The") == "play-the"
    japanese = page_name("principle", "更新の90日前に示す")
    assert re.fullmatch(r"p-[0-9a-hjkmnp-tv-z]{6}", japanese)
    assert page_name("principle", "更新の９０日前に示す") == japanese
    assert page_path("manual", "manual-x") == "playbooks/manuals/manual-x.md"


def test_a_taken_one_gets_a_number():
    assert page_name("play", "Send a gift", taken={"play-send-gift"}) == "play-send-gift-2"


@given(st.text(min_size=1, max_size=80))
def test_whatever_the_title_the_rule_holds(title):
    name = page_name("principle", title)
    assert RULE.fullmatch(name)
    assert len(name) <= 64


@given(st.text(max_size=80))
def test_whatever_is_asked_for_is_by_the_rule_or_refused(asked):
    with suppress(WrongUse):
        name = page_name("manual", "x", asked)
        assert RULE.fullmatch(name)
        assert len(name) <= 64


@pytest.mark.parametrize("asked", ["p-a--b", "p-a\n", "p-CON", "p-a.md", "p-\u202ea"])
def test_what_breaks_the_rule_is_refused(asked):
    with pytest.raises(WrongUse):
        page_name("principle", "x", asked)
