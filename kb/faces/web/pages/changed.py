"""What changed between two texts, as a page shows it: places, and lines with their marks."""

from typing import NamedTuple

from kb.faces.web.pages.reviews_marks import Stretch, stretches
from kb.model.rewriting import places
from kb.text.lines import decode

MOST = 400
"""How many changed lines one page shows."""
LONGEST = 4000
"""Lines with more characters are shown whole, as taken out and put in."""


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


def changes(before: bytes | None, after: bytes) -> Changes:
    """Return what changed from one text of a document to another (None: there was none)."""
    found = places(decode(before or b""), decode(after))
    shown, left = [], MOST
    for one in found:
        lines = tuple(_marked(line.was, line.now) for line in one.lines[:left])
        if lines:
            code = "history-front" if one.front else "history-top"
            shown.append(Where(one.meeting, one.section, code, lines))
        left -= len(lines)
    total = sum(len(one.lines) for one in found)
    return Changes(tuple(shown), total - (MOST - left))


def _marked(was: str | None, now: str | None) -> Marked:
    if was is None:
        return Marked("history-added", stretches(None, now))
    if now is None:
        return Marked("history-taken-out", stretches(was, None))
    if len(was) + len(now) > LONGEST:
        return Marked("history-reworded", (Stretch("del", was), Stretch("ins", now)))
    return Marked("history-reworded", stretches(was, now))
