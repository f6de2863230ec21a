"""The lines of a hit worth showing, and where in them the words stand.

Counted in characters of the plain text, so that no character and no tag can be cut: whoever shows
it escapes first and marks afterwards.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from kb.remembered import Remembered
from kb.search.query import Query
from kb.search.stem import stem
from kb.search.tokens import folded

WIDTH = 100
"""Characters of a snippet, about; a Japanese line on a terminal holds forty."""

_LATIN = re.compile(r"[a-z0-9]+")
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_PIECES = f"(?s)(?P<own>[ -~\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]+(?![{_MARKS}]))|.[{_MARKS}]*"
"""A run of characters that are each compared by themselves; else one with the marks on it.

Compiled when it is needed, which is seldom.
"""


class Snippet(NamedTuple):
    """A piece of text on one line and the spans (start, stop in characters) to highlight."""

    text: str
    marks: tuple[tuple[int, int], ...]


_shown: Remembered[tuple[str, Snippet]] = Remembered(400_000, lambda shown: 1_000 + len(shown[0]))
"""Pieces that were shown last, each with its text: most are shown again once a question is asked by
meaning, too. What they hold is counted in characters; a long text is held with each question.
"""


def snippet(text: str, query: Query, width: int = WIDTH) -> Snippet:
    """Return the piece of `text` in which most of the query stands."""
    key = (text, query.groups, query.question, width)
    known = _shown.get(key) or _shown.put(key, (text, _piece(text, query, width)))
    return known[1]


def _piece(text: str, query: Query, width: int) -> Snippet:
    line, compared, places = _prepared(text)
    spans = _spans(compared, places, query)
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


def _spans(text: str, places: "_Pieces | None", query: Query) -> list[tuple[int, int]]:
    """Return where words of the query stand in a line that is compared, merged, in order."""
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


class _Pieces:
    """Where in a line the characters of its compared form come from."""

    def __init__(self) -> None:
        self.length = 0
        self._begins: list[int] = []
        self._spans: list[tuple[int, int, bool]] = []

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self._begins)

    def add(self, text: str, start: int, stop: int, *, own: bool) -> None:
        """Note that `text` comes next; each character from one of its `own`, or all from all."""
        self._begins.append(self.length)
        self._spans.append((start, stop, own and len(text) == stop - start))
        self.length += len(text)

    def __getitem__(self, at: int) -> tuple[int, int]:
        """Return from where to where in the line the character at `at` comes from."""
        piece = bisect_right(self._begins, at) - 1
        start, stop, own = self._spans[piece]
        if not own:
            return start, stop
        start += at - self._begins[piece]
        return start, start + 1


def _compared(line: str) -> tuple[str, _Pieces | None]:
    """Return the compared form of `line`, and where in `line` each of its characters comes from.

    Without places they are the same. A character and the marks that belong to it go together.
    """
    if line.isascii():
        return line.lower(), None
    if unicodedata.is_normalized("NFC", line) and "ﾞ" not in line and "ﾟ" not in line:
        text = folded(line)  # each character becomes one or more of its own
        if len(text) == len(line):
            return text, None
    parts: list[str] = []
    places = _Pieces()
    for piece in re.finditer(_PIECES, line):
        text = folded(piece[0])
        if text:
            parts.append(text)
            places.add(text, *piece.span(), own=piece["own"] is not None)
    return "".join(parts), places


def _size(prepared: tuple[str, str, _Pieces | None]) -> int:
    """Return about what a line holds: three numbers for each piece, where there are any."""
    line, compared, places = prepared
    return len(line) + len(compared) + (100 * places.count if places else 0)


_lines: Remembered[tuple[str, str, _Pieces | None]] = Remembered(1_000_000, _size)
"""What is found once is mostly found again, while somebody types or asks for more."""


def _prepared(text: str) -> tuple[str, str, _Pieces | None]:
    """Return a text on one line, and that line as it is compared."""
    known = _lines.get(text)
    if known is not None:
        return known
    line = " ".join(text.split())
    return _lines.put(text, (line, *_compared(line)))


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
    starts, stops = [a for a, _ in spans], [b for _, b in spans]
    until = [0, *accumulate(b - a for a, b in spans)]
    best, held = 0, -1
    for start in starts:
        begin = max(0, min(start - width // 4, len(line) - width))
        first, after = bisect_right(stops, begin), bisect_left(starts, begin + width)
        inside = until[after] - until[first]
        inside -= max(0, begin - starts[first]) + max(0, stops[after - 1] - begin - width)
        if inside > held:
            best, held = begin, inside
    return best
