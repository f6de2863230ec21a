"""A TODO that is ticked where it was carried over to is done, everywhere."""

import pytest

ACME = "accounts/acme.md"


@pytest.fixture
def carried(kb, team):
    """A TODO of one meeting, shown by the next; the text of the document with its line ticked."""
    kb("--store", team, "add", "acme/2026-11-25", "todo", "招待状を送る", "--owner", "sato")
    later = "2026-12-02T09:00:00+09:00"
    kb("--store", team, "meeting", "new", "acme", "--date", "2026-12-09", now=later)
    text = (team / ACME).read_text("utf-8")
    line = next(one for one in text.splitlines() if "招待状" in one and "[[" in one)
    return text, line, line.replace("- ", "- [x] ", 1)


def test_a_ticked_carried_line_ticks_the_original(kb, team, carried):
    text, line, ticked = carried
    (team / ACME).write_text(text.replace(line, ticked), "utf-8")
    assert kb("--store", team, "todo", "--json").json["items"] == []
    (row,) = kb("--store", team, "todo", "--all", "--json").json["items"]
    assert (row["done"], row["date"]) == (True, "2026-11-25")
    assert kb("--store", team, "account", "show", "acme", "--json").json["open_todos"] == 0
    old = kb("--store", team, "meeting", "show", "acme/2026-11-25", "--json").json
    assert [todo["done"] for todo in old["todos"]] == [True]
    new = kb("--store", team, "meeting", "show", "acme/2026-12-09", "--json").json
    assert new["todos"] == []
    assert [(one["done"], one["link"]) for one in new["carried"]] == [(True, f"acme#^{row['id']}")]
    today = kb("--store", team, "week", "--json", now="2026-12-09T09:00:00+09:00").json
    assert [one for one in today["items"] if one["kind"] in ("todo", "promise")] == []


def test_the_next_meeting_does_not_carry_it_and_ticks_the_original(kb, team, carried):
    text, line, ticked = carried
    (team / ACME).write_text(text.replace(line, ticked), "utf-8")
    later = "2026-12-10T09:00:00+09:00"
    made = kb(
        "--store", team, "meeting", "new", "acme", "--date", "2026-12-16", "--json", now=later
    )
    assert made.json["carried"] == []
    assert "- [x] 招待状を送る @sato" in (team / ACME).read_text("utf-8")


def test_closing_ticks_the_original_and_gives_the_line_no_id(kb, team, carried):
    text, line, ticked = carried
    (team / ACME).write_text(text.replace(line, ticked), "utf-8")
    kb("--store", team, "meeting", "close", "acme/2026-12-09", now="2026-12-09T18:00:00+09:00")
    closed = (team / ACME).read_text("utf-8")
    assert "- [x] 招待状を送る @sato" in closed
    assert ticked + "\n" in closed


def test_an_empty_box_before_a_link_is_no_todo_of_its_own(kb, team, carried):
    text, line, ticked = carried
    (team / ACME).write_text(text.replace(line, ticked.replace("[x]", "[ ]")), "utf-8")
    found = kb("--store", team, "todo", "--json").json["items"]
    assert [(row["text"], row["date"]) for row in found] == [("招待状を送る", "2026-11-25")]
