"""The words of a line without the signs of Markdown, for what shows none: mail, paper, titles."""

import re
from functools import cache
from typing import TYPE_CHECKING

from kb.text.emphasis import keep_times

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# A text with none of these has no signs of Markdown in it.
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!~|^]*")


def plain(text: str) -> str:
    """Return the words of an item's own text: emphasis off, an address in brackets after its words.

    Tags of HTML stay as they were typed. Lines stay lines.
    """
    if _PLAIN.fullmatch(text):
        return text
    shown: list[str] = []
    open_links: list[tuple[int, str]] = []
    for token in inline(text):
        if token.type in ("softbreak", "hardbreak"):
            shown.append("\n")
        elif token.type == "link_open":
            open_links.append((len(shown), str(token.attrs.get("href") or "")))
        elif token.type == "link_close":
            start, href = open_links.pop()
            words = "".join(shown[start:])
            if href.removeprefix("mailto:") != words and href != words:
                shown.append(f" ({href})")
        else:
            shown.append(token.content)
    return "".join(shown)


def inline(text: str) -> "list[Token]":
    """Return what a line consists of, read as Markdown; addresses are as they were typed.

    Whatever looks like a link is one, wherever it leads.
    """
    return _parser().parseInline(text)[0].children or [] if text else []


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"maxNesting": 20})
    made.normalizeLink = _as_typed  # type: ignore[method-assign]
    made.validateLink = _anywhere  # type: ignore[method-assign]
    keep_times(made)
    return made


def _as_typed(url: str) -> str:
    return url


def _anywhere(url: str) -> bool:
    del url
    return True
