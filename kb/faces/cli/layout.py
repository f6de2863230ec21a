"""Text in columns and paragraphs on a terminal, where Japanese letters take two places."""

import unicodedata
from collections.abc import Collection, Sequence


def width(text: str) -> int:
    """Return how many places `text` takes on a terminal."""
    return sum(_places(letter) for letter in text)


def _places(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def padded(text: str, places: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `places`, on its left if it is to stand `right`."""
    space = " " * max(0, places - width(text))
    return space + text if right else text + space


def cut(text: str, places: int) -> str:
    """Return `text` in at most `places`, on one line, with `…` where something was left out."""
    one = " ".join(text.split())
    if width(one) <= places:
        return one
    room, kept = places - 1, []
    for letter in one:
        room -= _places(letter)
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Return rows below a head, each column as wide as its widest cell; `right` are numbers.

    A column that is empty in every row is left out, head and all.
    """
    used = [at for at in range(len(head)) if any(row[at] for row in rows)]
    wide = {at: max(width(row[at]) for row in (head, *rows)) for at in used}
    lines = [
        "  ".join(padded(row[at], wide[at], right=at in right) for at in used).rstrip()
        for row in (head, *rows)
    ]
    return "\n".join(lines)


def indented(text: str, by: str) -> str:
    """Return `text` with `by` before each further line, as the inner lines of one item."""
    return ("\n" + by).join(text.splitlines())
