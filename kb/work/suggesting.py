"""Principles and plays that may help a meeting that is being prepared, each with the reason.

A page says itself when to use it ("使うとき" / "Use when"); the line that shares most with what is
open at this customer is the reason that is shown. Words of the team's word list count as one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from typing import TYPE_CHECKING, NamedTuple

from kb.search.tokens import normal, terms
from kb.search.words import STARTER
from kb.work.playbook import Shelf
from kb.work.tracing import ASKED

if TYPE_CHECKING:
    from kb.work.context import Context

MOST = 3
ENOUGH = 3.5
"""How much a line must share with what is open: two terms that few pages have."""
UNPROVEN = 0.6
"""What a page that no meeting speaks for counts beside one that has evidence."""


class Suggestion(NamedTuple):
    """A page, the line of it that fits (`use_when`), and how hypotheses that cited it ended."""

    id: str
    kind: str
    title: str
    use_when: str
    held: int
    failed: int


class _Page(NamedTuple):
    name: str
    kind: str
    title: str
    lines: tuple[str, ...]
    worth: float


def suggest(ctx: "Context", about: Iterable[str]) -> list[Suggestion]:
    """Return up to three adopted principles and plays that fit the texts `about`.

    Nothing is suggested when no page's "use when" shares enough with them.
    """
    shelf = Shelf(ctx)
    pages = [page for page in _pages(shelf) if page.lines]
    names = _one_name((*ctx.settings.search_words, *STARTER))
    wanted = set(_terms(" \n".join(about), names))
    often = Counter(term for page in pages for term in set(_terms(" ".join(page.lines), names)))
    found = []
    for page in pages:
        score, line = max(
            (
                (_shared(_terms(line, names), wanted, often, len(pages)), line)
                for line in page.lines
            ),
            key=lambda one: one[0],
        )
        if score >= ENOUGH:
            found.append((score * page.worth, page, line))
    found.sort(key=lambda one: (-one[0], one[1].name))
    return [
        Suggestion(page.name, page.kind, page.title, line, *shelf.counts(page.name)[:2])
        for _, page, line in found[:MOST]
    ]


def _shared(line: Iterable[str], wanted: set[str], often: Mapping[str, int], pages: int) -> float:
    """Return how much a line shares: each common term weighs the more the fewer pages have it."""
    return sum(log(1 + pages / often[term]) for term in set(line) & wanted)


def _terms(text: str, names: Mapping[str, str]) -> list[str]:
    """Return terms of a text, and one term for each listed word that stands in it."""
    folded = normal(text)
    listed = [key for name, key in names.items() if name in folded]
    return [*terms(text), *listed]


def _one_name(lines: Iterable[str]) -> dict[str, str]:
    """Return for each word of the word list the one name that stands for all of its line."""
    names: dict[str, str] = {}
    for line in lines:
        words = [word for part in normal(line).split("=") if (word := part.strip())]
        for word in words:
            if len(words) > 1 and len(word) > 1:
                names.setdefault(word, f"={words[0]}")
    return names


def _pages(shelf: Shelf) -> list[_Page]:
    """Return the adopted principles and the plays, with the lines that say when to use them.

    A play whose principle was given up is left out.
    """
    found = []
    for name, one in shelf.pages.items():
        page = one.page
        above = shelf.pages.get(page.principle or "")
        alive = above is None or above.page.status in (*ASKED, None)
        if page.status == "adopted" or (page.kind == "play" and alive):
            worth = UNPROVEN if shelf.badge(page) else 1.0
            found.append(_Page(name, page.kind, page.title, page.use_when, worth))
    return found
