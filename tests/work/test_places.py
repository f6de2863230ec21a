"""A meeting is found in the document's bytes as `kb.model.state` says, reading no more than it must."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFound, WrongUse
from kb.model.reading import Reader
from kb.model.state import meant
from kb.text.outline import parse
from kb.work import places

NOW = datetime.fromisoformat("2026-11-25T12:00")


class Documents:
    """A store that holds texts by path, as far as finding a place needs one."""

    def __init__(self, **texts):
        self.texts = {f"accounts/{name}.md": text.encode() for name, text in texts.items()}

    def read(self, path):
        data = self.texts.get(path)
        return SimpleNamespace(data=data) if data is not None else None


def context(now=NOW, **texts):
    return SimpleNamespace(store=Documents(**texts), now=now, catalogue=None)


def heading(start, *, cancelled=False, time=True, counts=True):
    day = f"{start:%Y-%m-%d %H:%M}" if time else f"{start:%Y-%m-%d}"
    mark = "[中止] " if cancelled else ""
    return f"## {day} {mark}定例\n" + ("\n### TODO\n\n" if counts else "\nただの見出し\n\n")


meetings = st.builds(
    heading,
    st.integers(-24 * 20, 24 * 20).map(lambda hours: NOW + timedelta(hours=hours)),
    cancelled=st.booleans(),
    time=st.booleans(),
    counts=st.integers(0, 9).map(bool),
)


@given(st.lists(meetings, max_size=8), st.integers(0, 59))
def test_an_account_means_the_meeting_that_the_model_says(parts, minutes):
    now = NOW + timedelta(minutes=minutes)
    text = "# 顧客\n\n" + "".join(parts)
    document = parse(text.encode())
    reader = Reader(
        document.data, document.names, account="a", path="accounts/a.md", members=(), people={}
    )
    counting = [found for found in document.meetings if found.counts]
    wanted = meant([reader.read(found) for found in counting], now)
    place = places.target(context(now, a=text), "a")
    if wanted is None:
        with pytest.raises(NotFound):
            place.find(parse(text.encode()))
        return
    found = document.meeting(place.find(document))
    assert (found.date, found.start, found.cancelled) == (
        wanted.date,
        wanted.start,
        wanted.cancelled,
    )


def test_no_older_meeting_is_read_than_can_matter():
    days = [NOW - timedelta(days=7 * week) for week in range(50)]
    text = "# 顧客\n\n" + "".join(heading(day) for day in days)
    document = parse(text.encode())
    read = []
    document.meeting = lambda index: (read.append(index), parse(text.encode()).meeting(index))[1]
    found = places.target(context(a=text), "a").find(document)
    assert document.chunks[found].line == 3
    assert len(read) <= 2


@pytest.mark.parametrize(
    ("ref", "line"),
    [
        ("a/2026-11-25T14:00", 3),
        ("a/2026-11-25T9:30", 7),
        ("a/2026-11-25 09:30", 7),
        ("a/2026/11/18", 11),
        ("a/2026年11月18日", 11),
        (" a/2026-11-18 ", 11),
    ],
)
def test_forms_of_a_reference(ref, line):
    text = "# 顧客\n\n" + "".join(
        heading(datetime.fromisoformat(moment))
        for moment in ("2026-11-25T14:00", "2026-11-25T09:30", "2026-11-18T10:00")
    )
    document = parse(text.encode())
    assert document.chunks[places.target(context(a=text), ref).find(document)].line == line


@pytest.mark.parametrize(
    "ref", ["", "/", "a/", "a/11-25", "a/2026-02-30", "../a", "a b", "a/2026-11-25T25:00", "a/x"]
)
def test_what_is_no_reference(ref):
    with pytest.raises(WrongUse, match="bad-ref"):
        places.target(context(a="# a\n"), ref)


def test_of_two_meetings_of_a_day_the_one_that_takes_place():
    when = datetime.fromisoformat("2026-11-25T14:00")
    text = heading(when, cancelled=True) + heading(when.replace(hour=16))
    document = parse(text.encode())
    assert places.target(context(a=text), "a/2026-11-25").find(document) == 1
    text = heading(when) + heading(when.replace(hour=16))
    with pytest.raises(WrongUse, match="two-meetings"):
        places.target(context(a=text), "a/2026-11-25").find(parse(text.encode()))


def test_the_nearest_days_are_named():
    text = "".join(heading(NOW - timedelta(days=7 * week)) for week in range(5))
    with pytest.raises(NotFound) as refused:
        places.target(context(a=text), "a/2026-11-19").find(parse(text.encode()))
    assert refused.value.params["near"] == "2026-11-11, 2026-11-18, 2026-11-25"
