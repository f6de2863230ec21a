"""The lines of a hit worth showing, and where in them the words stand.

Counted in characters of the plain text, so that no character and no tag can be cut: whoever shows
it escapes first and marks afterwards.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from kb.search.query import Query
from kb.search.stem import stem
from kb.search.tokens import folded

WIDTH = 100
"""Characters of a snippet, about; a Japanese line on a terminal holds forty."""

_LATIN = re.compile(r"[a-z0-9]+")


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
    while start > 0 and _joined(line[start]):
        start -= 1
    while stop < len(line) and _joined(line[stop]):
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
    text, places = _compared(line)
    found = []
    whole: set[str] = set()
    stems: set[str] = set()
    for group in query.groups:
        for word in group:
            if word.text in text:
                whole.add(word.text)
                if not query.question:
                    continue
            for term in (*word.terms, *word.other):
                (stems if term.isascii() else whole).add(term)
    for wanted in whole:
        inside = not wanted.isascii()
        found += [
            (at, at + len(wanted)) for at in _places(text, wanted) if inside or _begins(text, at)
        ]
    for wanted in stems:
        for at in _places(text, wanted.removesuffix("i")):
            latin = _LATIN.match(text, at)
            if latin and _begins(text, at) and stem(latin[0]) == wanted:
                found.append(latin.span())
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        span = (start, stop) if places is None else (places[start][0], places[stop - 1][1])
        if merged and span[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(span[1], merged[-1][1]))
        else:
            merged.append(span)
    return merged


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _compared(line: str) -> tuple[str, list[tuple[int, int]] | None]:
    """Return the compared form of `line`, and where in `line` each of its characters comes from.

    Without places they are the same. A character and the marks that belong to it go together.
    """
    if unicodedata.is_normalized("NFC", line) and "ﾞ" not in line and "ﾟ" not in line:
        text = folded(line)  # each character becomes one or more of its own
        if len(text) == len(line):
            return text, None
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in re.finditer(r"(?s).[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", line):
        text = folded(piece[0])
        parts.append(text)
        places += [piece.span()] * len(text)
    return "".join(parts), places


def _begins(text: str, start: int) -> bool:
    """Tell whether a Latin word begins here (its end may be an ending that stemming drops)."""
    return start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())


def _joined(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return (
        unicodedata.combining(character) > 0
        or character in "\u200d\uff9e\uff9f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


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
