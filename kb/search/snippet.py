"""The lines of a hit worth showing, and where in them the words stand.

Counted in characters of the plain text, so that no character and no tag can be cut: whoever shows
it escapes first and marks afterwards.
"""

import re
import unicodedata
from typing import NamedTuple

from kb.search.query import Query

WIDTH = 100
"""Characters of a snippet, about; a Japanese line on a terminal holds forty."""

_JOINED = re.compile(r"[\u0300-\u036f\u3099\u309a\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


class Snippet(NamedTuple):
    """A piece of text on one line and the spans (start, stop in characters) to highlight."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, query: Query, width: int = WIDTH) -> Snippet:
    """Return the piece of `text` in which most of the query stands."""
    line = " ".join(text.split())
    spans = _spans(line, query)
    start = _best_start(line, spans, width)
    stop = min(len(line), start + width)
    while start > 0 and _JOINED.match(line[start]):
        start -= 1
    while stop < len(line) and _JOINED.match(line[stop]):
        stop += 1
    lead = "…" if start > 0 else ""
    trail = "…" if stop < len(line) else ""
    marks = [
        (max(a, start) - start + len(lead), min(b, stop) - start + len(lead))
        for a, b in spans
        if b > start and a < stop
    ]
    return Snippet(f"{lead}{line[start:stop]}{trail}", tuple(marks))


def _spans(line: str, query: Query) -> list[tuple[int, int]]:
    """Return where words of the query stand in `line`, merged, in order."""
    folded, places = _folded(line)
    wanted: set[str] = set()
    for group in query.groups:
        for word in group:
            wanted.add(word.text)
            if query.question or word.text not in folded:
                wanted.update((*word.terms, *word.other))
    found = []
    for text in wanted:
        at = folded.find(text) if text else -1
        while at >= 0:
            if not text.isascii() or _begins(folded, at):
                found.append((places[at], places[at + len(text) - 1] + 1))
            at = folded.find(text, at + 1)
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _folded(line: str) -> tuple[str, list[int]]:
    """Return the compared form of `line` and the place in `line` of each of its characters."""
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(line):
        for one in unicodedata.normalize("NFKC", character).lower():
            folded.append(one)
            places.append(at)
    return "".join(folded), places


def _begins(text: str, start: int) -> bool:
    """Tell whether a Latin word begins here (its end may be an ending that stemming drops)."""
    return start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())


def _best_start(line: str, spans: list[tuple[int, int]], width: int) -> int:
    if not spans or len(line) <= width:
        return 0
    best, held = 0, -1
    for start, _ in spans:
        begin = max(0, min(start - width // 4, len(line) - width))
        inside = sum(
            min(b, begin + width) - max(a, begin)
            for a, b in spans
            if b > begin and a < begin + width
        )
        if inside > held:
            best, held = begin, inside
    return best
