"""Taking added lines out of a text in which others wrote since, below an added heading too."""

import re
from bisect import bisect_right
from difflib import SequenceMatcher

_HEADING = re.compile(rb"(#{1,6})(?:\s|$)")
_MOST = 2_000
"""Lines between the first and the last difference up to which two texts are compared."""


def without_added(before: bytes, after: bytes, now: bytes) -> bytes | None:
    """Return `now` without the lines that stand in `after` and not in `before`.

    A heading among them stays when others wrote below it. None when the change did more than add
    lines in one place, when one of them was changed or built upon since, and when there is nothing
    to take out but headings that stay.
    """
    old, new, text = (data.splitlines(keepends=True) for data in (before, after, now))
    first = _alike(old, new)
    count = len(new) - len(old)
    if count <= 0 or old[first:] != new[first + count :]:
        return None
    block = range(first, first + count)
    where = _places(new, text)
    said = {n for n in block if new[n].strip() and not _HEADING.match(new[n])}
    gone = _found(said, new, text, where)
    if not gone:
        return None
    titles = [where[n] for n in block if n in where and _HEADING.match(new[n])]
    for at in reversed(titles):
        if not any(text[n].strip() and n not in gone for n in _below(text, at)):
            gone.add(at)
    if any(_has_children(text, n, gone) for n in gone if not _HEADING.match(text[n])):
        return None
    blank = {where[n] for n in block if n in where and not new[n].strip()}
    left: list[bytes] = []
    for n, line in enumerate(text):
        after_blank = not left or not left[-1].strip()
        if n not in gone and not (n in blank and after_blank):
            left.append(line)
    return b"".join(left)


def _alike(one: list[bytes], other: list[bytes]) -> int:
    """Return with how many equal lines two texts begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _places(new: list[bytes], text: list[bytes]) -> dict[int, int]:
    """Return on which line of `text` each line of `new` stands, for those that still do."""
    head = _alike(new, text)
    tail = min(_alike(new[::-1], text[::-1]), min(len(new), len(text)) - head)
    found = {n: n for n in range(head)}
    found |= {len(new) - n: len(text) - n for n in range(1, tail + 1)}
    one, other = new[head : len(new) - tail], text[head : len(text) - tail]
    if max(len(one), len(other)) <= _MOST:
        for match in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
            found |= {head + match.a + n: head + match.b + n for n in range(match.size)}
    return found


def _found(
    said: set[int], new: list[bytes], text: list[bytes], where: dict[int, int]
) -> set[int] | None:
    """Return where the added lines stand under their heading, or None when one does no more.

    Of equal lines below one heading any may be it: two people wrote the same.
    """
    titles, others = _titles(new), _titles(text)
    found: set[int] = set()
    for n in sorted(said):
        like = (n, *(m for m in range(len(new)) if m not in said and new[m] == new[n]))
        at = next(
            (
                where[m]
                for m in like
                if m in where
                and where[m] not in found
                and _title(new, titles, m) == _title(new, titles, n)
                and _title(text, others, where[m]) == _title(new, titles, n)
            ),
            None,
        )
        if at is None:
            return None
        found.add(at)
    return found


def _titles(lines: list[bytes]) -> list[int]:
    return [n for n, line in enumerate(lines) if _HEADING.match(line)]


def _title(lines: list[bytes], titles: list[int], n: int) -> tuple[bytes, ...]:
    """Return the nearest heading above a line, and the nearest one of a meeting."""
    above = [lines[m] for m in titles[: bisect_right(titles, n)]]
    meeting = next((line for line in reversed(above) if line.startswith(b"## ")), b"")
    return (meeting.strip(), above[-1].strip()) if above else ()


def _below(text: list[bytes], at: int) -> range:
    """Return the lines below a heading, up to the next one that is no smaller."""
    found = _HEADING.match(text[at])
    level = len(found[1]) if found else 0
    for n in range(at + 1, len(text)):
        other = _HEADING.match(text[n])
        if other and len(other[1]) <= level:
            return range(at + 1, n)
    return range(at + 1, len(text))


def _has_children(text: list[bytes], at: int, gone: set[int]) -> bool:
    """Tell whether what stands below a line belongs to it and would be left without it."""
    below = next((n for n in range(at + 1, len(text)) if n not in gone), len(text))
    return (
        below < len(text) and bool(text[below].strip()) and _depth(text[below]) > _depth(text[at])
    )


def _depth(line: bytes) -> int:
    return len(line) - len(line.lstrip())
