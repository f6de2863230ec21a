"""A TODO that was carried over to a later meeting is shown as it stands, wherever it is ticked."""

import re

import pytest

ACCOUNT = "/accounts/minasoko"


@pytest.fixture
def carried(writing):
    """The address of a later meeting of Minasoko, and what its first open TODO is sent as."""
    writing.get(ACCOUNT)
    form = {"date": "2026-12-09", "start": "10:00", "end": "10:30", "title": "次の定例"}
    writing.send(f"{ACCOUNT}/meetings", **form)
    path = writing.last.headers["location"].partition("#")[0]
    page = writing.get(path).text
    target = re.search(r'form="ticks" name="todo" value="([^"]+#\^t-\w+)"', page)
    return path, target[1]


def section(page, path):
    """The meeting's part of the account's page."""
    begin = page.index(f'id="{path.rpartition("/")[2]}"')
    end = page.find("<article", begin)
    return page[begin : end if end > 0 else None]


def is_done(page, path, target, anchor=None):
    """Check that the line is done on the page, without a box."""
    assert f'value="{target}"' not in page, "no second box"
    lines = re.findall(r'<div class="todo-line done" id="(l-\d+)"', page)
    assert len(lines) == 1
    assert anchor in (None, lines[0])


def test_a_carried_todo_is_done_where_it_was_ticked_off(writing, carried):
    path, target = carried
    assert 'class="done"' not in section(writing.get(ACCOUNT).text, path).split("前回まで")[1]
    writing.get(path)
    writing.send(f"{path}/tick", todo=target)
    page, anchor = writing.follow()
    is_done(page.text, path, target, anchor)
    shown = section(writing.get(ACCOUNT).text, path).split("前回まで")[1]
    assert shown.count('<li class="done"><span aria-hidden="true">✓') == 1


def test_a_carried_todo_is_done_though_it_was_ticked_elsewhere(writing, carried):
    path, target = carried
    writing.get(ACCOUNT)
    writing.get("/")
    writing.send("/tick", todo=target)
    is_done(writing.get(path).text, path, target)
    shown = section(writing.get(ACCOUNT).text, path).split("前回まで")[1]
    assert shown.count('<li class="done"><span aria-hidden="true">✓') == 1
