"""What changed between two texts, as a page shows it: places, and lines with their marks."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from kb.faces.web.pages.reviews_marks import Stretch, stretches
from kb.faces.web.people import named
from kb.faces.web.words import Words
from kb.formats.attached import LINK
from kb.model.rewriting import Line, places
from kb.text.lines import decode

MOST = 400
"""How many changed lines one page shows."""
LONGEST = 4000
"""Lines with more characters are shown whole, as taken out and put in."""
_DUE = re.compile(r"(?<!\S)due:(\d{4}-\d{2}-\d{2})(?!\S)")
_FILE = re.compile(rf"!?\[(?P<what>[^\]]*)\]\({LINK.pattern}\)")


class Marked(NamedTuple):
    """One changed line: the code of the word for it, and its stretches."""

    code: str
    parts: tuple[Stretch, ...]


class Where(NamedTuple):
    """A place with changed lines; `code` names one without a heading of its own."""

    meeting: str
    section: str
    code: str
    lines: tuple[Marked, ...]


class Changes(NamedTuple):
    """All places that are shown, and how many changed lines are not."""

    places: tuple[Where, ...]
    more: int


def plainly(words: Words, names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what shows a line with the names of people, and days in words."""

    def show(line: str) -> str:
        shown = _DUE.sub(lambda due: words("history-due", day=due[1]), line)
        shown = _FILE.sub(lambda file: words("history-attached", what=file["what"]), shown)
        return named(shown, names)

    return show


def changes(before: bytes | None, after: bytes, show: Callable[[str], str]) -> Changes:
    """Return what changed from one text of a document to another (None: there was none).

    `show` makes a line fit for people.
    """
    found = places(decode(before or b""), decode(after))
    shown, left = [], MOST
    for one in found:
        lines = tuple(_marked(line, show) for line in one.lines[:left])
        if lines:
            code = "history-front" if one.front else "history-top"
            shown.append(Where(one.meeting, one.section, code, lines))
        left -= len(lines)
    total = sum(len(one.lines) for one in found)
    return Changes(tuple(shown), total - (MOST - left))


def _marked(line: Line, show: Callable[[str], str]) -> Marked:
    was, now = (None if side is None else show(side) for side in line)
    if was is None:
        return Marked("history-added", stretches(None, now))
    if now is None:
        return Marked("history-taken-out", stretches(was, None))
    if len(was) + len(now) > LONGEST:
        return Marked("history-reworded", (Stretch("del", was), Stretch("ins", now)))
    return Marked("history-reworded", stretches(was, now))
