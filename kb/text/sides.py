"""Two texts for one line, side by side: what stands, what was to be written, and the choice.

A merge reports whole lines where both sides changed the same (`kb.text.merge`). Here they become
rows, each with both texts; a person picks one of them or, as long as nothing else is said, keeps
both. Nothing is guessed: a row that can't be found again is refused.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from kb.errors import WrongUse
from kb.text.canonical import take_apart, without_ids
from kb.text.lines import Span, decode, encode, newline_of
from kb.text.merge3 import Merged, bare
from kb.text.names import Names
from kb.text.outline import Document
from kb.text.splice import splice

Pick = Literal["both", "theirs", "mine"]
PICKS: tuple[Pick, ...] = ("both", "theirs", "mine")
SINGLE = frozenset({"confidence", "verdict-due", "time", "attendees", "value-level", "minutes"})
"""Labels of which only one line counts: the other text goes below it."""


class Row(NamedTuple):
    """One line in both texts (None: there is no such line); equal ones are not chosen between."""

    theirs: str | None
    mine: str | None

    @property
    def same(self) -> bool:
        """Tell whether both say the same."""
        return self.theirs == self.mine


class Sides(NamedTuple):
    """One place with two texts: under which heading, its bytes in the merged text, its rows."""

    where: str
    span: Span
    rows: tuple[Row, ...]


def sides(document: Document, index: int, merged: Merged, turned: Merged) -> tuple[Sides, ...]:
    """Return the places of one meeting where both sides changed the same.

    `document` is the text of `merged`, in which theirs stand; `turned` is the same merge with the
    sides exchanged. Raises `WrongUse("edit-too-far")` when a place is not found beyond doubt.
    """
    within = document.section(index).span
    found: list[Sides] = []
    for conflict in merged.conflicts:
        span = _place(document.data, conflict.upstream, within)
        if span is None:
            raise WrongUse("edit-too-far")
        mine = _place(turned.data, conflict.ours, Span(0, len(turned.data)))
        ours = turned.data[mine.start : mine.stop] if mine else conflict.ours
        rows = _rows(_lines(document.data[span.start : span.stop]), _lines(ours))
        found.append(Sides(conflict.where, span, rows))
    found.sort(key=lambda one: one.span)
    if any(one.span.stop > other.span.start for one, other in pairwise(found)):
        raise WrongUse("edit-too-far")
    return tuple(found)


def choices(places: Sequence[Sides]) -> list[Row]:
    """Return the rows between which a person chooses, in order."""
    return [row for place in places for row in place.rows if not row.same]


def digest(places: Sequence[Sides]) -> str:
    """Return what names these two texts: a choice counts for what was looked at only."""
    return sha256(repr([place.rows for place in places]).encode()).hexdigest()[:16]


def settle(document: Document, places: Sequence[Sides], picks: Sequence[Pick]) -> Document:
    """Write what was picked, row by row; raises `WrongUse("text-unsafe")`."""
    left = list(picks)
    chosen = []
    for place in places:
        count = sum(not row.same for row in place.rows)
        chosen.append(left[:count])
        del left[:count]
    for place, picked in reversed(list(zip(places, chosen, strict=True))):  # spans before stay
        new = _settled(document, place, picked)
        if new != document.data[place.span.start : place.span.stop]:
            document = splice(document, place.span, new).document
    return document


def _settled(document: Document, place: Sides, picks: Sequence[Pick]) -> bytes:
    names = document.names
    newline = newline_of(document.data)
    after = decode(document.data[place.span.stop : place.span.stop + 400]).partition("\n")[0]
    left = iter(picks)
    lines: list[str] = []
    for row in place.rows:
        if row.same:
            lines.append(row.theirs or "")
            continue
        pick = next(left)
        if pick != "both" or row.theirs is None or row.mine is None:
            kept = row.mine if pick == "mine" else row.theirs
            if pick == "both":
                kept = row.theirs if row.theirs is not None else row.mine
            lines += [kept] if kept is not None else []
        else:
            lines += _both(row.theirs, row.mine, names, nested=_deeper(after, row.theirs))
    return b"".join(encode(line) + newline for line in lines)


def _both(theirs: str, mine: str, names: Names, *, nested: bool) -> list[str]:
    """Return both texts as lines of their own; where only one can count, mine stands below."""
    one = take_apart(theirs)
    other = without_ids(mine)
    if theirs.lstrip().startswith("#"):
        title = take_apart(mine).text
        known = f"{one.text} / {title}" if title != one.text else one.text
        return [theirs.replace(one.text, known, 1) if one.text else theirs]
    found = names.label_pattern.match(one.text)
    if found and names.label(found["word"]) in SINGLE:
        pad = " " * len(one.prefix)
        value = other.strip().lstrip("-*+ ")
        return [theirs, f"{pad}- {value.replace(':', chr(92) + ':', 1)}"]
    return [other, theirs] if nested else [theirs, other]


def _deeper(after: str, line: str) -> bool:
    """Tell whether the line after an item is nested in it."""
    indent = len(line) - len(line.lstrip(" \t"))
    return bool(after.strip()) and len(after) - len(after.lstrip(" \t")) > indent


def _rows(theirs: list[str], mine: list[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    matcher = SequenceMatcher(None, theirs, mine, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            rows += [Row(line, line) for line in theirs[a:b]]
        else:
            rows += [Row(*pair) for pair in zip_longest(theirs[a:b], mine[c:d])]
    return tuple(rows)


def _lines(data: bytes) -> list[str]:
    return [decode(bare(line)) for line in data.splitlines()]


def _place(data: bytes, lines: bytes, within: Span) -> Span | None:
    """Return where these lines stand inside a stretch, None when nowhere or more than once.

    The end of the first line (dates, owners, ids) may have been merged already.
    """
    wanted = _lines(lines)
    if not wanted:
        return None
    rows = data[within.start : within.stop].splitlines(keepends=True)
    texts = [decode(bare(row)) for row in rows]
    ways = (list, lambda some: [take_apart(line).text for line in some])
    for way in ways:
        have, want = way(texts), way(wanted)
        at = [i for i in range(len(have)) if have[i : i + len(want)] == want]
        if len(at) == 1:
            start = within.start + sum(map(len, rows[: at[0]]))
            return Span(start, start + sum(map(len, rows[at[0] : at[0] + len(want)])))
        if len(at) > 1:
            return None
    return None
