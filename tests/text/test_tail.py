"""What is read from the right end of a line."""

import pytest

from kb.text import items


@pytest.mark.parametrize(
    "written",
    ["due:2026-11-30", "期限:2026-11-30", "期限：2026/11/30", "締切: 2026.11.30", "📅 2026-11-30"],
)
def test_a_day_is_read_as_people_write_it(written):
    tail = items.read_tail(f"見積もりを送る @sato {written}")
    assert (tail.text, tail.owners, tail.due) == ("見積もりを送る", ("sato",), "2026-11-30")


def test_a_word_that_only_ends_like_one_is_text():
    assert items.read_tail("有効期限:2026-11-30").due is None
