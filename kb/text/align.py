"""What two rows have in common: lines matched by unique anchors, then by a shortest edit script."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

_MOST_EDITS = 1000
"""Where lines repeat so much that more edits than these would be needed, nothing is matched."""


def matching(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return pairs (index in `a`, index in `b`) of equal items, rising in both.

    Items that occur once on each side anchor the rest, so that a moved or repeated line does not
    pull its neighbours along.
    """
    pairs: list[tuple[int, int]] = []
    todo = [(0, len(a), 0, len(b))]
    while todo:
        alo, ahi, blo, bhi = todo.pop()
        while alo < ahi and blo < bhi and a[alo] == b[blo]:
            pairs.append((alo, blo))
            alo, blo = alo + 1, blo + 1
        while alo < ahi and blo < bhi and a[ahi - 1] == b[bhi - 1]:
            ahi, bhi = ahi - 1, bhi - 1
            pairs.append((ahi, bhi))
        if alo == ahi or blo == bhi:
            continue
        anchors = _anchors(a, b, alo, ahi, blo, bhi)
        if not anchors:
            pairs += _shortest(a, b, alo, ahi, blo, bhi)
        for x, y in anchors:
            todo.append((alo, x, blo, y))
            pairs.append((x, y))
            alo, blo = x + 1, y + 1
        if anchors:
            todo.append((alo, ahi, blo, bhi))
    return sorted(pairs)


def _anchors(
    a: Sequence[Hashable], b: Sequence[Hashable], alo: int, ahi: int, blo: int, bhi: int
) -> list[tuple[int, int]]:
    """Return the longest rising row of items that are unique in both ranges."""
    in_a = Counter(a[alo:ahi])
    in_b = Counter(b[blo:bhi])
    place = {b[y]: y for y in range(blo, bhi) if in_b[b[y]] == 1}
    found = [(x, place[a[x]]) for x in range(alo, ahi) if in_a[a[x]] == 1 and a[x] in place]
    ends: list[int] = []  # smallest last y of a rising row of each length
    rows: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, y) in enumerate(found):
        at = bisect_left(ends, y)
        before.append(rows[at - 1] if at else -1)
        if at == len(ends):
            ends.append(y)
            rows.append(index)
        else:
            ends[at], rows[at] = y, index
    chain: list[tuple[int, int]] = []
    index = rows[-1] if rows else -1
    while index >= 0:
        chain.append(found[index])
        index = before[index]
    return chain[::-1]


def _shortest(
    a: Sequence[Hashable], b: Sequence[Hashable], alo: int, ahi: int, blo: int, bhi: int
) -> list[tuple[int, int]]:
    """Return the pairs of a shortest edit script of two ranges that have no anchor."""
    if not set(a[alo:ahi]).intersection(b[blo:bhi]):
        return []
    n, m = ahi - alo, bhi - blo
    furthest = {1: 0}
    steps: list[dict[int, int]] = []
    for edits in range(min(n + m, _MOST_EDITS) + 1):
        steps.append(furthest.copy())
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            while x < n and x - k < m and a[alo + x] == b[blo + x - k]:
                x += 1
            furthest[k] = x
            if x >= n and x - k >= m:
                return [(alo + x, blo + y) for x, y in _way_back(steps, n, m)]
    return []


def _way_back(steps: list[dict[int, int]], x: int, y: int) -> Iterator[tuple[int, int]]:
    """Yield the matched pairs of a finished search, last first."""
    for edits in range(len(steps) - 1, -1, -1):
        furthest = steps[edits]
        k = x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        last = k + 1 if down else k - 1
        x0 = furthest[last]
        y0 = x0 - last
        while x > x0 and y > y0 and (edits == 0 or (x > x0 + (not down) and y > y0 + down)):
            x, y = x - 1, y - 1
            yield x, y
        x, y = x0, y0
