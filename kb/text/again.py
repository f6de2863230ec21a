"""Boundaries of a document that was read before and changed in one stretch since.

Only the stretch that changed is parsed, between a chunk that is the same before it and the first
heading that is the same after it; the whole is parsed wherever that can't be shown to be enough.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.text.frontmatter import front_span
from kb.text.names import Names
from kb.text.outline import find_boundaries

Start = tuple[str, int, int]


class Before(NamedTuple):
    """A document as it was read before: meeting level, kind, start and line of chunks, size."""

    level: int
    chunks: Sequence[Start]
    size: int

    def stop(self, index: int) -> int:
        """Return where the chunk at `index` stops."""
        return self.chunks[index + 1][1] if index + 1 < len(self.chunks) else self.size


def boundaries_again(
    data: bytes, names: Names, before: Before, same: Callable[[int, bytes], bool]
) -> tuple[int, tuple[Start, ...]]:
    """Return what `find_boundaries` returns for `data`, parsing no more than has to be.

    `same` tells whether some bytes are those of the chunk at an index before.
    """
    chunks = before.chunks
    shift = len(data) - before.size
    first = 0
    while first < len(chunks) and same(
        first, data[chunks[first][1] : min(before.stop(first), len(data))]
    ):
        first += 1
    last = len(chunks)
    until = chunks[first][1] if first < len(chunks) else before.size
    while last > first and chunks[last - 1][1] + shift >= until:
        begin, stop = chunks[last - 1][1] + shift, before.stop(last - 1) + shift
        if not same(last - 1, data[begin:stop]):
            break
        last -= 1
    return _between(data, names, before, first, last) or find_boundaries(data, names)


def _between(
    data: bytes, names: Names, before: Before, first: int, last: int
) -> tuple[int, tuple[Start, ...]] | None:
    """Parse from the meeting before chunk `first` to the end of chunk `last`; None: not enough."""
    chunks = before.chunks
    shift = len(data) - before.size
    begin = first - 1
    while begin > 0 and chunks[begin][0] != "meeting":
        begin -= 1
    begin = max(begin, 0)
    start = chunks[begin][1] if begin > 0 else 0
    level = before.level if begin > 0 else None
    stop = before.stop(last) + shift if last < len(chunks) else len(data)
    front = front_span(data).stop  # far below a rule may close, or no longer close, what is open
    if front > (before.stop(0) if begin > 0 else front_span(data[:stop]).stop):
        return None
    found_level, found = find_boundaries(data[start:stop], names, level)
    if found_level != before.level or (begin > 0 and (not found or found[0][:2] != ("meeting", 0))):
        return None
    line = chunks[begin][2] if begin > 0 else 1
    middle = [(kind, start + at, line + row - 1) for kind, at, row in found]
    if last == len(chunks):
        return before.level, (*chunks[:begin], *middle)
    kind, at, row = chunks[last]
    if not middle or middle[-1][:2] != (kind, at + shift):
        return None
    moved = middle[-1][2] - row
    rest = [(k, a + shift, r + moved) for k, a, r in chunks[last + 1 :]]
    return before.level, (*chunks[:begin], *middle, *rest)
