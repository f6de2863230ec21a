"""The chunks of a document as a merge sees them: which have to be read, and where new ones go."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.text.dates import heading_date
from kb.text.lines import decode
from kb.text.merge3 import bare, same_rows
from kb.text.merge_items import Trio, Weaver
from kb.text.merge_tree import Node, read_tree
from kb.text.names import Names
from kb.text.outline import find_boundaries

_DATED = re.compile(rb"(#{1,6})[ \t]+\d{4}(?:[-/.]|\xe5\xb9\xb4)\d")


def weave_chunks(weaver: Weaver, rows: Sequence[Sequence[bytes]], names: Names) -> list[bytes]:
    """Merge the lines after the front matter (of base, upstream, ours), reading what changed."""
    levels = [next((len(m[1]) for line in row if (m := _DATED.match(line))), 0) for row in rows]
    head, tail = _window(rows, max(levels))
    out = same_rows(*(row[:head] for row in rows))
    middles = [row[head : len(row) - tail] for row in rows]
    blanks = [_blank_tail(middle) for middle in middles]
    segments = [
        _segments(middle[: len(middle) - blank], level)
        for middle, blank, level in zip(middles, blanks, levels, strict=True)
    ]
    alike = _alike(segments)
    known: dict[bytes, Node] = {}
    base, upstream, ours = (
        _chunks(side, alike, known, names, level, whole=not head)
        for side, level in zip(segments, levels, strict=True)
    )
    newest_first = _newest_first(rows[1] or rows[2])

    def arrange(row: list[int], trios: dict[int, Trio]) -> list[int]:
        return _by_date(row, trios, newest_first=newest_first)

    out += weaver.weave(base, upstream, ours, "", arrange)
    was, theirs, mine = (m[len(m) - n :] for m, n in zip(middles, blanks, strict=True))
    out += mine if theirs == was else theirs
    return out + same_rows(*(row[len(row) - tail :] for row in rows))


def _window(rows: Sequence[Sequence[bytes]], level: int) -> tuple[int, int]:
    """Return how many lines at the start and at the end all three share and need no reading.

    Both stop at a dated heading after a blank line, so that what is between is whole meetings.
    """
    keys = [[bare(line) for line in row] for row in rows]
    shortest = min(map(len, keys))
    head = next(
        (i for i in range(shortest) if not keys[0][i] == keys[1][i] == keys[2][i]), shortest
    )
    tail = 0
    most = shortest - head
    while tail < most and keys[0][-1 - tail] == keys[1][-1 - tail] == keys[2][-1 - tail]:
        tail += 1
    base = keys[0]
    while head > 0 and not (head < len(base) and _opens(base, head, level)):
        head -= 1
    while head > 0 and not base[head - 1].strip():
        head -= 1  # blank lines belong to what follows
    for _ in range(2):  # one meeting more: what follows the last change stays its neighbour
        tail = max(0, tail - 1)
        while tail > 0 and not _opens(base, len(base) - tail, level):
            tail -= 1
    return head, tail


def _opens(lines: Sequence[bytes], at: int, level: int) -> bool:
    found = _DATED.match(lines[at])
    return bool(found and len(found[1]) == level and at > 0 and not lines[at - 1].strip())


def _blank_tail(lines: Sequence[bytes]) -> int:
    count = 0
    while count < len(lines) and not lines[-1 - count].strip(b" \t\r\n"):
        count += 1
    return count


def _segments(lines: Sequence[bytes], level: int) -> list[list[bytes]]:
    """Cut lines before each dated heading that follows a blank line, a good guess at meetings."""
    cuts = [at for at in range(1, len(lines)) if _opens(lines, at, level)]
    return [list(lines[a:b]) for a, b in pairwise([0, *cuts, len(lines)]) if a < b]


def _alike(sides: Sequence[Sequence[Sequence[bytes]]]) -> set[bytes]:
    """Return the texts of the segments that stand as often in each version, byte for byte."""
    counts = [Counter(b"".join(segment) for segment in side) for side in sides]
    return {text for text in counts[0] if len({count[text] for count in counts}) == 1}


def _chunks(
    segments: list[list[bytes]],
    alike: set[bytes],
    known: dict[bytes, Node],
    names: Names,
    level: int,
    *,
    whole: bool,
) -> list[Node]:
    """Read segments into the nodes of their chunks, those that are `alike` everywhere unread.

    `known` remembers what a chunk was read as: three versions have most of them in common.
    """
    nodes: list[Node] = []
    lead: list[bytes] = []
    run: list[bytes] = []
    for segment in [*segments, []]:
        text = b"".join(segment)
        if segment and text not in alike:
            run += segment
            continue
        if run:
            read, lead = _read_chunks(lead, run, known, names, level, whole=whole and not nodes)
            nodes += read
            run = []
        if segment:
            blank = _blank_tail(segment)
            head = tuple(segment[: len(segment) - blank])
            nodes.append(Node("block", tuple(lead), head, names=names))
            lead = segment[len(segment) - blank :]
    return nodes


def _read_chunks(
    lead: list[bytes],
    lines: list[bytes],
    known: dict[bytes, Node],
    names: Names,
    level: int,
    *,
    whole: bool,
) -> tuple[list[Node], list[bytes]]:
    """Read lines into the nodes of their chunks; return them and the blank lines at the end.

    Blank lines go with the chunk after them, `lead` with the first one.
    """
    found = find_boundaries(b"".join(lines), names, None if whole else level or 2)[1]
    starts = [line - 1 for _, _, line in found]
    nodes: list[Node] = []
    for (kind, _, _), start, stop in zip(found, starts, [*starts[1:], len(lines)], strict=True):
        part = lines[start:stop]
        blank = _blank_tail(part)
        if len(part) > blank:
            said = part[: len(part) - blank]
            key = kind[:1].encode() + b"".join(said)
            if key not in known:
                known[key] = read_tree(said, names, headed=kind != "preamble")
            nodes.append(replace(known[key], lead=tuple(lead), first=whole and not nodes))
            lead = []
        lead = lead + part[len(part) - blank :]
    return nodes, lead


def _newest_first(lines: Sequence[bytes]) -> bool:
    """Tell whether a document's meetings stand newest first (also when there is no telling)."""
    dates = [
        dated.date
        for line in lines
        if _DATED.match(line) and (dated := heading_date(decode(bare(line)).lstrip("# \t")))
    ]
    falling = sum(a > b for a, b in pairwise(dates))
    rising = sum(a < b for a, b in pairwise(dates))
    return falling >= rising


def _by_date(row: list[int], trios: dict[int, Trio], *, newest_first: bool) -> list[int]:
    """Put meetings that both sides inserted at one place into the document's order."""
    done: list[int] = []
    at = 0
    while at < len(row):
        theirs = _run(row, at, lambda t: t.base is None and t.ours is None, trios)
        mine = _run(row, at + len(theirs), lambda t: t.base is None and t.upstream is None, trios)
        if theirs and mine:
            done += _zip(_groups(theirs, trios), _groups(mine, trios), newest_first=newest_first)
        else:
            done += theirs + mine or [row[at]]
        at += len(theirs) + len(mine) or 1
    return done


def _run(
    row: list[int], at: int, wanted: Callable[[Trio], bool], trios: dict[int, Trio]
) -> list[int]:
    stop = at
    while stop < len(row) and wanted(trios[row[stop]]):
        stop += 1
    return row[at:stop]


def _groups(run: list[int], trios: dict[int, Trio]) -> list[tuple[str, list[int]]]:
    """Cut a run at its meetings; what is undated goes with the meeting before it."""
    groups: list[tuple[str, list[int]]] = []
    for symbol in run:
        node = trios[symbol].upstream or trios[symbol].ours
        assert node is not None
        dated = heading_date(node.parts[0].text) if node.parts else None
        if dated or not groups:
            groups.append((f"{dated.date} {dated.start or ''}" if dated else "", [symbol]))
        else:
            groups[-1][1].append(symbol)
    return groups


def _zip(
    theirs: list[tuple[str, list[int]]], mine: list[tuple[str, list[int]]], *, newest_first: bool
) -> list[int]:
    """Merge two runs of meetings by date, each in its own order; upstream first if equal."""
    if not (theirs[0][0] and mine[0][0]):
        return [symbol for _, group in (*theirs, *mine) for symbol in group]
    done: list[int] = []
    left, right = list(theirs), list(mine)
    while left and right:
        ours_next = right[0][0] > left[0][0] if newest_first else right[0][0] < left[0][0]
        done += (right if ours_next else left).pop(0)[1]
    return done + [symbol for _, group in (*left, *right) for symbol in group]
