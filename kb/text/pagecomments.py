"""Text without its HTML comments: what a reader of the Markdown does not see."""

import re
from collections.abc import Iterator

from kb.text.lines import Span

_MARK = re.compile(r"\\.|`+|<!--", re.DOTALL)
_TICKS = re.compile(r"`+")
FAR = 500
"""Characters after which a code span is looked for no longer."""

_AT_START = re.compile(r"(?:^|[\r\n])[ \t]{0,3}\Z")


def without_comments(text: str) -> str:
    """Return the text with a space in each comment's place."""
    parts, at = [], 0
    for span in _comments(text):
        parts += [text[at : span.start], " "]
        at = span.stop
    return "".join([*parts, text[at:]]) if parts else text


def blanked(text: str) -> str:
    """Return the text with nothing to see in its comments; length and lines stay."""
    parts, at = [], 0
    for span in _comments(text):
        parts += [text[at : span.start], re.sub(r"[^\r\n]", " ", text[span.start : span.stop])]
        at = span.stop
    return "".join([*parts, text[at:]]) if parts else text


def _comments(text: str) -> Iterator[Span]:
    """Yield where comments stand, in one pass whatever the text is.

    An escaped mark, and one inside a code span of one line, begin nothing. A comment that nobody
    closed hides the rest where it begins a line; elsewhere it is text.
    """
    if "<!--" not in text:
        return
    at, last = 0, text.rfind("-->")
    while found := _MARK.search(text, at):
        at = found.end()
        if found[0].startswith("`"):
            at = _after_code(text, found)
        elif found[0] == "<!--":
            if at <= last:
                at = text.index("-->", at) + 3
                yield Span(found.start(), at)
            elif _AT_START.search(text, max(0, found.start() - 4), found.start()):
                yield Span(found.start() - _indent(text, found.start()), len(text))
                return


def _after_code(text: str, opened: re.Match[str]) -> int:
    """Return where a code span ends, or its marks if no such run follows on the line."""
    far = opened.end() + FAR
    end = text.find("\n", opened.end(), far)
    end = far if end < 0 else end
    closings = (
        run.end() for run in _TICKS.finditer(text, opened.end(), end) if run[0] == opened[0]
    )
    return next(closings, opened.end())


def _indent(text: str, at: int) -> int:
    return len(text[:at]) - len(text[:at].rstrip(" \t")) if at else 0
