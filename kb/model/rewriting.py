"""How a document became another: line by line, each below the headings that it stands under."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from kb.text.align import matching
from kb.text.dates import heading_date
from kb.text.ids import PATTERN

MOST_PAIRED = 900
"""Where more pairs of lines than these would have to be compared, all are shown as taken out and
put in."""
ALIKE = 0.3
"""Lines less alike than this did not become one another."""
LONG = 1000
"""Of lines that have more characters together only the letters are compared, not their order."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r"---[ \t]*")
_IDS = re.compile(rf"(?<!\S)\^{PATTERN.pattern}(?![0-9a-z])")
_BULLET = re.compile(r"(?:[-*+][ \t]+)+(?=\S)")
_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


class Line(NamedTuple):
    """One line that changed; None where there was, or is, no such line."""

    was: str | None
    now: str | None


class Place(NamedTuple):
    """Lines that changed below one heading: its meeting's ("" for none), and its own ("" too).

    `front` says that they stand in the facts at the top of the document.
    """

    meeting: str
    section: str
    front: bool
    lines: tuple[Line, ...]


class _Row(NamedTuple):
    words: str
    meeting: str
    section: str
    front: bool

    @property
    def place(self) -> tuple[str, str, bool]:
        return self.meeting, self.section, self.front


def places(before: str, after: str) -> tuple[Place, ...]:
    """Return what changed from one text to the other, in the order of the later one.

    Ids, empty lines and the signs of lists and headings don't count: whoever reads sees the words.
    """
    old, new = tuple(_rows(before)), tuple(_rows(after))
    pairs = matching([row.words for row in old], [row.words for row in new])
    found: list[Place] = []
    at, to = 0, 0
    for x, y in [*pairs, (len(old), len(new))]:
        if x > at or y > to:
            for row, line in _changed(old[at:x], new[to:y]):
                if found and (found[-1].meeting, found[-1].section, found[-1].front) == row.place:
                    found[-1] = found[-1]._replace(lines=(*found[-1].lines, line))
                else:
                    found.append(Place(*row.place, (line,)))
        at, to = x + 1, y + 1
    return tuple(found)


def bare(line: str) -> str:
    """Return the words of a line: without its ids, without the signs of lists and headings."""
    text = _IDS.sub("", line).strip()
    heading = _HEADING.fullmatch(text)
    if heading:
        return heading[2].strip()
    text = _BULLET.sub("", text, count=1)
    box = _BOX.match(text)
    if box:
        text = f"{'□' if box[1] == ' ' else '✓'} {text[box.end() :]}"
    return " ".join(text.split())


def _rows(text: str) -> Iterator[_Row]:
    lines = text.removeprefix("\ufeff").splitlines()
    front = bool(lines) and bool(_FENCE.fullmatch(lines[0]))
    meeting = section = ""
    for number, line in enumerate(lines):
        if front:
            front = number == 0 or not _FENCE.fullmatch(line)
            if front and number and line.strip():
                yield _Row(line.strip(), "", "", front=True)
            continue
        heading = _HEADING.fullmatch(line.strip())
        words = bare(line)
        if heading and heading_date(words):
            meeting, section = words, ""
        elif heading:
            section = words
        if words:
            yield _Row(words, meeting, section, front=False)


def _changed(old: Sequence[_Row], new: Sequence[_Row]) -> list[tuple[_Row, Line]]:
    """Pair lines that took each other's place, the most alike first come; the rest stands alone."""
    if len(old) * len(new) > MOST_PAIRED:
        gone = [(row, Line(row.words, None)) for row in old]
        return gone + [(row, Line(None, row.words)) for row in new]
    left = list(range(len(new)))
    became: dict[int, _Row] = {}
    gone = []
    for row in old:
        near = [(_alike(row.words, new[at].words), -at) for at in left]
        ratio, at = max(near, default=(0.0, 0))
        if ratio >= ALIKE:
            left.remove(-at)
            became[-at] = row
        else:
            gone.append((row, Line(row.words, None)))
    return gone + [
        (row, Line(became[at].words if at in became else None, row.words))
        for at, row in enumerate(new)
    ]


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() if len(one) + len(other) > LONG else matcher.ratio()
