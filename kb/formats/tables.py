"""Rows of two columns, as spreadsheets and wikis export them: `a | b`, a tab between, HTML."""

import re
from typing import NamedTuple

_PIPES = re.compile(r"^\s*\|(?P<a>(?:\\\||[^|])*)\|(?P<b>(?:\\\||[^|])*)\|?\s*$")
_TAB = re.compile(r"^(?P<a>[^\t]{1,40}?)[ \u3000]*\t+(?P<b>[^\t]*)$")
_HTML = re.compile(
    r"^\s*(?:<tr[^>]*>)?\s*<t[dh][^>]*>(?P<a>.*?)</t[dh]>\s*<t[dh][^>]*>(?P<b>.*?)</t[dh]>",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^(?:[-*・•]|\d+[.)])?\s*(?P<box>\[[ xX]\]|[□☐☑✅])?\s*(?P<text>.*)$", re.DOTALL
)
_RULE = re.compile(r"^[\s|:\-–—=+]*$")


def cells(raw: str) -> tuple[str, str] | None:
    """Return the two cells of a row, or None when the line is no row of two columns."""
    if "|" not in raw and "\t" not in raw and "<t" not in raw:
        return None
    match = _PIPES.match(raw) or (_TAB.match(raw) if raw[:1] not in "\t -*+>" else None)
    match = match or _HTML.match(raw)
    if match is None or _RULE.match(raw):
        return None
    left, right = match["a"].strip(' \t\u3000"'), match["b"].strip(' \t\u3000"')
    return (left, right) if left else None


def pieces(cell: str) -> list[str]:
    """Return the entries of a cell that holds several (`<br>` or `;` between them)."""
    return [
        part.strip()
        for part in re.split(r"<br\s*/?>|\\n", cell, flags=re.IGNORECASE)
        if part.strip()
    ]


class Entry(NamedTuple):
    """An entry of a cell without its marker; `box` is None when it has none."""

    text: str
    box: bool | None


def entry_of(piece: str) -> Entry:
    """Read one entry of a cell: `- [x] text`, `・text`, `1. text`."""
    match = _ENTRY.match(piece)
    assert match is not None  # every part is optional
    box = None if match["box"] is None else match["box"] not in ("[ ]", "□", "☐")
    return Entry(match["text"], box)
