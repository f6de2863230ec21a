"""A text whose lines were written at different times, shown as it was at any moment."""

import re
from datetime import datetime
from typing import NamedTuple

_BLANK = re.compile(r"\n{3,}")


class Line(NamedTuple):
    """One line with its line end: when it was written, and when its box was ticked."""

    text: str
    born: datetime
    ticked: datetime | None = None


class Event(NamedTuple):
    """Somebody writes: when, which member, the sentence for the history, and its trailers."""

    when: datetime
    member: str
    message: str
    trailers: tuple[tuple[str, str], ...] = ()


class Edit(NamedTuple):
    """A passage that was worded otherwise: until `when` the text had `was` instead of `now`."""

    when: datetime
    member: str
    message: str
    now: str
    was: str


def shown(lines: list[Line], edits: tuple[Edit, ...], moment: datetime) -> str:
    """Return what had been written at `moment`; one blank line where sections are still empty."""
    written = [
        line.text.replace("[x]", "[ ]", 1) if line.ticked and line.ticked > moment else line.text
        for line in lines
        if line.born <= moment
    ]
    text = "".join(written)
    undone = [edit for edit in edits if edit.when > moment]
    if len(written) == len(lines) and not undone:
        return text
    for edit in sorted(undone, key=lambda edit: edit.when, reverse=True):
        text = text.replace(edit.now, edit.was)
    text = _BLANK.sub("\n\n", text).strip("\n")
    return f"{text}\n" if text else ""
