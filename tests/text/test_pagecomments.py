"""Comments are what a reader does not see; escaped ones and code are seen."""

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
        ("\\\\<!-- b -->", "\\\\ "),
        ("none", "none"),
    ],
)
def test_what_is_hidden(text, shown):
    assert without_comments(text) == shown
    assert len(blanked(text)) == len(text)
    assert blanked(text).count("\n") == text.count("\n")
    assert blanked(text).split() == shown.split()
