"""Three-way merge of lines, and of anything else that comes in a row.

Two insertions at the same place are both kept, upstream's first; changes that only touch do not
collide; where both sides changed the same lines upstream stands and ours is reported. A line end
is merged with its line: whoever changed it decides.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from kb.text.align import matching
from kb.text.lines import newline_of


class Conflict(NamedTuple):
    """One place where both sides changed the same: both texts, and where (a heading, or "")."""

    upstream: bytes
    ours: bytes
    where: str = ""


class Merged(NamedTuple):
    """What came out: `data` holds upstream's text where `conflicts` says that both changed it."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()


class Region(NamedTuple):
    """A stretch of three rows (half-open ranges): `kind` says what became of it.

    "same": neither side changed it · "upstream", "ours": one side did (or both alike) · "both":
    each side inserted here · "conflict": both changed it, and not alike.
    """

    kind: str
    base: tuple[int, int]
    upstream: tuple[int, int]
    ours: tuple[int, int]


class _Hunk(NamedTuple):
    """Items lo:hi of base became items start:stop of a side."""

    lo: int
    hi: int
    start: int
    stop: int


def _hunks(base: Sequence[Hashable], side: Sequence[Hashable]) -> list[_Hunk]:
    found = []
    lo = start = 0
    for x, y in [*matching(base, side), (len(base), len(side))]:
        if x > lo or y > start:
            found.append(_Hunk(lo, x, start, y))
        lo, start = x + 1, y + 1
    return found


def regions(
    base: Sequence[Hashable], upstream: Sequence[Hashable], ours: Sequence[Hashable]
) -> list[Region]:
    """Return what became of `base` on both sides, from left to right, without gaps."""
    theirs, mine = _hunks(base, upstream), _hunks(base, ours)
    found: list[Region] = []
    at = u = o = 0  # how far each row has been told
    i = j = 0
    while i < len(theirs) or j < len(mine):
        starts = [h[x] for h, x in ((theirs, i), (mine, j)) if x < len(h)]
        lo, hi = min((h.lo, h.hi) for h in starts)
        first_i, first_j = i, j
        while True:  # take every change that collides with those taken
            if i < len(theirs) and _collide(lo, hi, theirs[i]):
                hi = max(hi, theirs[i].hi)
                i += 1
            elif j < len(mine) and _collide(lo, hi, mine[j]):
                hi = max(hi, mine[j].hi)
                j += 1
            else:
                break
        if lo > at:
            same = lo - at
            found.append(Region("same", (at, lo), (u, u + same), (o, o + same)))
            u, o = u + same, o + same
        u2 = u + (hi - lo) + sum((h.stop - h.start) - (h.hi - h.lo) for h in theirs[first_i:i])
        o2 = o + (hi - lo) + sum((h.stop - h.start) - (h.hi - h.lo) for h in mine[first_j:j])
        if first_j == j or (first_i != i and upstream[u:u2] == ours[o:o2]):
            kind = "upstream"
        elif first_i == i:
            kind = "ours"
        else:
            kind = "both" if lo == hi else "conflict"
        found.append(Region(kind, (lo, hi), (u, u2), (o, o2)))
        at, u, o = hi, u2, o2
    if at < len(base):
        found.append(Region("same", (at, len(base)), (u, len(upstream)), (o, len(ours))))
    return found


def _collide(lo: int, hi: int, hunk: _Hunk) -> bool:
    """Tell whether a change belongs to the stretch lo:hi; touching alone is no collision."""
    if (lo, hi) == (hunk.lo, hunk.hi):
        return True
    return hunk.lo < hi and hunk.hi > lo


def shared_ends(a: Sequence[Hashable], b: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many items two rows share at their start and, beyond those, at their end."""
    most = min(len(a), len(b))
    head = next((i for i in range(most) if a[i] != b[i]), most)
    most -= head
    tail = next((i for i in range(most) if a[-1 - i] != b[-1 - i]), most)
    return head, tail


def bare(line: bytes) -> bytes:
    """Return a line without its line end."""
    return line.rstrip(b"\r\n")


def same_rows(
    base: Sequence[bytes], upstream: Sequence[bytes], ours: Sequence[bytes]
) -> list[bytes]:
    """Return lines that say the same in all three, with the line ends of who changed them."""
    rows = zip(base, upstream, ours, strict=True)
    return [mine if theirs == was else theirs for was, theirs, mine in rows]


def join(lines: Sequence[bytes], line_end: bytes, *, ended: bool) -> bytes:
    """Return lines as bytes, each with a line end, the last one only if `ended`.

    A line that ends in CR never melts with an empty one that ends in LF.
    """
    out: list[bytes] = []
    for line in lines:
        text = bare(line)
        end = line[len(text) :] or line_end
        if end == b"\n" and not text and out and out[-1].endswith(b"\r"):
            end = b"\r"
        out.append(text + end)
    if out and not ended:
        out[-1] = bare(out[-1])
    return b"".join(out)


def ended(base: bytes, upstream: bytes, ours: bytes) -> bool:
    """Tell whether the merged text ends in a line end: whoever changed that decides."""
    was, theirs, mine = (data.endswith((b"\n", b"\r")) for data in (base, upstream, ours))
    return mine if theirs == was else theirs


def merge_rows(
    base: Sequence[bytes], upstream: Sequence[bytes], ours: Sequence[bytes]
) -> tuple[list[bytes], list[tuple[list[bytes], list[bytes]]]]:
    """Merge three rows of lines; return the lines and the (upstream, ours) pairs in conflict.

    Lines are compared without their ends. Where one side deleted what the other changed, the
    change stays; nothing contradicts it, so it is not reported.
    """
    keys = [[bare(line) for line in side] for side in (base, upstream, ours)]
    out: list[bytes] = []
    conflicts: list[tuple[list[bytes], list[bytes]]] = []
    for region in regions(*keys):
        theirs = list(upstream[slice(*region.upstream)])
        mine = list(ours[slice(*region.ours)])
        if region.kind == "same":
            out += same_rows(base[slice(*region.base)], theirs, mine)
        elif region.kind == "upstream":
            out += theirs
        elif region.kind == "ours":
            out += mine
        else:
            head, tail = shared_ends(keys[1][slice(*region.upstream)], keys[2][slice(*region.ours)])
            left, right = theirs[head : len(theirs) - tail], mine[head : len(mine) - tail]
            if region.kind == "both":
                middle = left + right
            else:
                middle = left or right
                if left and right:
                    conflicts.append((left, right))
            out += theirs[:head] + middle + theirs[len(theirs) - tail :]
    return out, conflicts


def merge_lines(base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
    """Merge by lines: what any text that is no document gets, and what a document falls back to."""
    base = base or b""
    lines, conflicts = merge_rows(*(x.splitlines(keepends=True) for x in (base, upstream, ours)))
    return Merged(
        join(lines, newline_of(upstream or ours), ended=ended(base, upstream, ours)),
        tuple(Conflict(b"".join(theirs), b"".join(mine)) for theirs, mine in conflicts),
    )
