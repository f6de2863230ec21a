"""Text without its HTML comments: what a reader of the Markdown does not see."""

import re

# An escaped mark, and one inside a code span, begin nothing. A comment that nobody closed hides
# the rest only where it begins a line; elsewhere it is text.
_HIDDEN = re.compile(
    r"\\.|(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<comment><!--.*?-->|^[ \t]{0,3}<!--.*)",
    re.DOTALL | re.MULTILINE,
)


def without_comments(text: str) -> str:
    """Return the text with a space in each comment's place."""
    if "<!--" not in text:
        return text
    return _HIDDEN.sub(lambda found: " " if found["comment"] else found[0], text)


def blanked(text: str) -> str:
    """Return the text with nothing to see in its comments; length and lines stay."""
    if "<!--" not in text:
        return text
    return _HIDDEN.sub(
        lambda found: re.sub(r"[^\r\n]", " ", found[0]) if found["comment"] else found[0], text
    )
