"""Rows of one sign, as long as a line may be, cost about as much as other words."""

import time

import pytest

from kb.search.entries import shown
from kb.search.rest import of_lines

SECONDS = 2.0
"""Far more than it takes; when each sign was read again from each other it was over a minute."""


@pytest.mark.parametrize("sign", ["[", "[[", "![", "[[a#^", " ", "\t", "*a ", "`", "<!--", "|"])
def test_a_long_row_of_one_sign_is_read_once(sign):
    line = "- " + sign * (30_000 // len(sign)) + "x"
    began = time.process_time()
    for _ in range(3):
        shown(line)
        list(of_lines([line], []))
    assert time.process_time() - began < SECONDS


def test_links_are_shown_as_what_they_name():
    assert (
        shown("見て [[p-handover-30]] と [[acme#^t-8f3kq0|送る]]")
        == "見て p-handover-30 と acme#^t-8f3kq0"
    )
