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
from kb.text.frontmatter import front_span
from kb.text.lines import decode

if TYPE_CHECKING:
    from kb.work.context import Context

MOST = 3
ENOUGH = 3.5
"""How much a line must share with what is open: two terms that few pages have."""
USE_WHEN = frozenset({"使うとき", "use when", "when to use"})


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


def suggest(ctx: "Context", about: Iterable[str]) -> list[Suggestion]:
    """Return up to three adopted principles and plays that fit the texts `about`.

    Nothing is suggested when no page's "use when" shares enough with them.
    """
    pages = [page for page in _pages(ctx) if page.lines]
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
            found.append((score, page, line))
    found.sort(key=lambda one: (-one[0], one[1].name))
    verdicts = _verdicts(ctx, [page.name for _, page, _ in found[:MOST]]) if found else {}
    return [
        Suggestion(page.name, page.kind, page.title, line, *verdicts.get(page.name, (0, 0)))
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


def _pages(ctx: "Context") -> list[_Page]:
    """Return the adopted principles and the plays, with the lines that say when to use them."""
    found = []
    for name, page in ctx.catalogue.pages().items():
        if (page.kind == "principle" and page.status == "adopted") or page.kind == "play":
            try:
                data = (ctx.root / page.path).read_bytes()
            except OSError:
                continue
            body = decode(data[front_span(data).stop :])
            found.append(_Page(name, page.kind, page.title, tuple(_use_when(body))))
    return found


def _use_when(body: str) -> list[str]:
    lines: list[str] = []
    inside = False
    for line in body.splitlines():
        if line.startswith("#"):
            inside = line.lstrip("#").strip().casefold() in USE_WHEN
        elif inside and line.strip():
            lines.append(line.strip().removeprefix("- ").strip())
    return lines


def _verdicts(ctx: "Context", names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return (supported, refuted) of the hypotheses that cite each page."""
    found: dict[str, tuple[int, int]] = {}
    for name in names:
        counts = ctx.catalogue.verdicts_citing(name)
        found[name] = (counts.get("supported", 0), counts.get("refuted", 0))
    return found
