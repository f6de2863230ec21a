"""Comments are what a reader does not see; escaped ones and code are seen."""

import time

import pytest

from kb.text.pagecomments import blanked, without_comments


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <!-- b --> c", "a   c"),
        ("a <!-- b\nc --> d", "a   d"),
        (r"a \<!-- b --> c", r"a \<!-- b --> c"),
        ("`<!--` is how one begins --> x", "`<!--` is how one begins --> x"),
        ("one <!-- nobody closed it\ntwo", "one <!-- nobody closed it\ntwo"),
        ("one\n<!-- nobody closed it\ntwo", "one\n "),
        ("one\n  <!-- nobody closed it\ntwo", "one\n "),
        ("`` ` <!-- `` --> x <!-- y -->z", "`` ` <!-- `` --> x  z"),
        ("` <!-- y --> z", "`   z"),
        ("\\\\<!-- b -->", "\\\\ "),
        ("none", "none"),
    ],
)
def test_what_is_hidden(text, shown):
    assert without_comments(text) == shown
    assert len(blanked(text)) == len(text)
    assert blanked(text).count("\n") == text.count("\n")
    assert blanked(text).split() == shown.split()


@pytest.mark.parametrize("text", ["<!--" * 200_000, "`<!--" * 100_000, "<!-- `" * 50_000 + "-->"])
def test_a_hostile_text_takes_no_longer(text):
    began = time.process_time()
    without_comments(text)
    blanked(text)
    assert time.process_time() - began < 2
