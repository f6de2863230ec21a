"""What became another text since it was looked at: line by line, in words and not in marks."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_KINDS = frozenset(
    {"claim", "more", "why", "test", "impact", "confidence", "see", "value-level", "topic"}
    | {"stance", "todo", "customer", "decision", "insight", "verdict"}
)


class Difference(NamedTuple):
    """One line that changed: which part of a text it is ("text" on a page), before and after.

    None where there was, or is, no such line.
    """

    part: str
    was: str | None
    now: str | None


def differences(then: str, now: str, *, page: bool = False) -> tuple[Difference, ...]:
    """Return how two canonical texts differ (`pre_text`, `post_text`; of a `page` `adopt_text`)."""
    before, after = (parts(text, page=page) for text in (then, now))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += _pairs(before[i1:i2], after[j1:j2])
    return tuple(found)


def parts(text: str, *, page: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the lines of a canonical text, each as (which part it is, its words)."""
    return tuple(_part(row, page=page) for row in text.split("\n") if row.strip())


def _part(row: str, *, page: bool) -> tuple[str, str]:
    if page:
        return "text", row.lstrip("#-*+ ").strip() or row
    part, _, value = row.partition(" ")
    return (part, value) if part in _KINDS else ("text", row)


def _pairs(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> list[Difference]:
    """Pair lines that took each other's place: the most alike of the same part."""
    left = list(after)
    found = []
    for part, was in before:
        near = [(_alike(was, now), -at) for at, (kind, now) in enumerate(left) if kind == part]
        best = max(near, default=None)
        if best is not None and (best[0] >= 0.3 or len(near) == 1):
            _, now = left.pop(-best[1])
            found.append(Difference(part, was, now))
        else:
            found.append(Difference(part, was, None))
    return found + [Difference(part, None, now) for part, now in left]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
