"""Merge two versions of a document: by meetings, sections, items and keys, then by lines.

The rules: what only one side changed is taken; what both inserted at one place is all kept,
upstream's first; new meetings follow the document's order; ids come off first and the union is
put back; where both changed the same, upstream stands and ours is reported. A last check makes
sure that no line of either side got lost or doubled; a merge that fails it is made by lines, and
if that fails too, the whole text is a conflict.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.text.dates import heading_date
from kb.text.frontmatter import front_span
from kb.text.lines import decode, newline_of
from kb.text.merge3 import Conflict, Merged, bare, ended, join, merge_lines, same_rows
from kb.text.merge_check import is_whole
from kb.text.names import DEFAULT_NAMES, Names

if TYPE_CHECKING:
    from kb.text.merge_items import Trio, Weaver
    from kb.text.merge_tree import Node

__all__ = ["Conflict", "Merged", "merge", "merge_for", "merge_lines", "merge_thread"]

_DATED = re.compile(rb"(#{1,6})[ \t]+\d{4}(?:[-/.]|\xe5\xb9\xb4)\d")
_BOM = b"\xef\xbb\xbf"
_EVENT = re.compile(rb"## (\d{4}-\d\d-\d\dT\S+) [a-z-]+ @.*\^(e-[0-9a-z]+)[ \t]*$")


def merge(base: bytes | None, upstream: bytes, ours: bytes, names: Names = DEFAULT_NAMES) -> Merged:
    """Merge `ours` into `upstream`; `base` is what both came from (None: neither existed).

    `data` never holds markers; `conflicts` holds what could not be placed.
    """
    if ours in (upstream, base):
        return Merged(upstream)
    if upstream == base:
        return Merged(ours)
    if _events(upstream) and _events(ours):
        return merge_thread(base, upstream, ours)
    merged = _merge_document(base or b"", upstream, ours, names)
    if is_whole(base or b"", upstream, ours, merged, names):
        return merged
    merged = merge_lines(base, upstream, ours)
    if is_whole(base or b"", upstream, ours, merged, names):
        return merged
    return Merged(upstream, (Conflict(upstream, ours),))


def merge_for(path: str) -> Callable[[bytes | None, bytes, bytes], Merged]:
    """Return how the file at `path` (of the store, with `/`) is merged."""
    if not path.endswith(".md"):
        return _checked_lines
    if path.startswith(("reviews/", "insights/")):
        return merge_thread
    return merge


def _checked_lines(base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
    if ours in (upstream, base):
        return Merged(upstream)
    return Merged(ours) if upstream == base else merge_lines(base, upstream, ours)


def _merge_document(base: bytes, upstream: bytes, ours: bytes, names: Names) -> Merged:
    from kb.text.merge_items import Weaver

    texts = (base, upstream, ours)
    line_end = newline_of(upstream or ours)
    marks = [text.startswith(_BOM) for text in texts]
    rows = [
        (text[3:] if mark else text).splitlines(keepends=True)
        for text, mark in zip(texts, marks, strict=True)
    ]
    fronts = [_front(row) for row in rows]
    weaver = Weaver(line_end)
    out = _weave_fronts(weaver, fronts)
    rows = [row[len(front) :] for row, front in zip(rows, fronts, strict=True)]
    levels = [next((len(m[1]) for line in row if (m := _DATED.match(line))), 0) for row in rows]
    head, tail = _window(rows, max(levels))
    middles = [row[head : len(row) - tail] for row in rows]
    out += same_rows(*(row[:head] for row in rows))
    blanks = [_blank_tail(middle) for middle in middles]
    segments = [
        _segments(middle[: len(middle) - blank], level)
        for middle, blank, level in zip(middles, blanks, levels, strict=True)
    ]
    alike = _alike(segments)
    chunks = [
        _chunks(side, alike, names, level, whole=not head)
        for side, level in zip(segments, levels, strict=True)
    ]
    newest_first = _newest_first(rows[1] or rows[2])

    def arrange(row: list[int], trios: "dict[int, Trio]") -> list[int]:
        return _by_date(row, trios, newest_first=newest_first)

    out += weaver.weave(chunks[0], chunks[1], chunks[2], "", arrange)
    after = [m[len(m) - n :] for m, n in zip(middles, blanks, strict=True)]
    out += after[2] if after[1] == after[0] else after[1]
    out += same_rows(*(row[len(row) - tail :] for row in rows))
    data = join(out, line_end, ended=ended(*texts))
    mark = marks[2] if marks[1] == marks[0] else marks[1]
    return Merged((_BOM if mark else b"") + data, tuple(weaver.conflicts))


def _front(lines: Sequence[bytes]) -> list[bytes]:
    """Return the lines of the front matter, fences included."""
    stop = front_span(b"".join(lines)).stop
    count, at = 0, 0
    while at < stop:
        at += len(lines[count])
        count += 1
    return list(lines[:count])


def _weave_fronts(weaver: "Weaver", fronts: list[list[bytes]]) -> list[bytes]:
    was, theirs, mine = fronts
    if mine in (theirs, was):
        return theirs
    if theirs == was:
        return mine
    if list(map(bare, was)) == list(map(bare, theirs)) == list(map(bare, mine)):
        return same_rows(was, theirs, mine)
    from kb.text.merge_tree import read_front

    nodes = [read_front(front) if front else [] for front in fronts]
    return weaver.weave(nodes[0], nodes[1], nodes[2], "---")


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


def _segments(lines: list[bytes], level: int) -> list[list[bytes]]:
    """Cut lines before each dated heading that follows a blank line, a good guess at meetings."""
    cuts = [at for at in range(1, len(lines)) if _opens(lines, at, level)]
    return [lines[a:b] for a, b in pairwise([0, *cuts, len(lines)]) if a < b]


def _alike(sides: Sequence[Sequence[Sequence[bytes]]]) -> set[bytes]:
    """Return the texts of the segments that stand as often in each version, byte for byte."""
    counts = [Counter(b"".join(segment) for segment in side) for side in sides]
    return {text for text in counts[0] if len({count[text] for count in counts}) == 1}


def _chunks(
    segments: list[list[bytes]], alike: set[bytes], names: Names, level: int, *, whole: bool
) -> "list[Node]":
    """Read segments into the nodes of their chunks, those that are `alike` everywhere unread."""
    from kb.text.merge_tree import Node

    nodes: list[Node] = []
    lead: list[bytes] = []
    run: list[bytes] = []
    for segment in [*segments, []]:
        text = b"".join(segment)
        if segment and text not in alike:
            run += segment
            continue
        if run:
            read, lead = _read_chunks(lead, run, names, level, whole=whole and not nodes)
            nodes += read
            run = []
        if segment:
            blank = _blank_tail(segment)
            head = tuple(segment[: len(segment) - blank])
            nodes.append(Node("block", tuple(lead), head, names=names))
            lead = segment[len(segment) - blank :]
    return nodes


def _read_chunks(
    lead: list[bytes], lines: list[bytes], names: Names, level: int, *, whole: bool
) -> "tuple[list[Node], list[bytes]]":
    """Read lines into the nodes of their chunks; return them and the blank lines at the end.

    Blank lines go with the chunk after them, `lead` with the first one.
    """
    from dataclasses import replace

    from kb.text.merge_tree import read_tree
    from kb.text.outline import find_boundaries

    found = find_boundaries(b"".join(lines), names, None if whole else level or 2)[1]
    starts = [line - 1 for _, _, line in found]
    nodes: list[Node] = []
    for (kind, _, _), start, stop in zip(found, starts, [*starts[1:], len(lines)], strict=True):
        part = lines[start:stop]
        blank = _blank_tail(part)
        if len(part) > blank:
            node = read_tree(part[: len(part) - blank], names, headed=kind != "preamble")
            nodes.append(replace(node, lead=tuple(lead), first=whole and not nodes))
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


def _by_date(row: list[int], trios: "dict[int, Trio]", *, newest_first: bool) -> list[int]:
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
    row: list[int], at: int, wanted: "Callable[[Trio], bool]", trios: "dict[int, Trio]"
) -> list[int]:
    stop = at
    while stop < len(row) and wanted(trios[row[stop]]):
        stop += 1
    return row[at:stop]


def _groups(run: list[int], trios: "dict[int, Trio]") -> list[tuple[str, list[int]]]:
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


def _events(data: bytes) -> bool:
    """Tell whether a text is a thread of events."""
    return any(_EVENT.match(line) for line in data.splitlines())


def merge_thread(base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
    """Merge two versions of an append-only thread: the union of its events by id, by time.

    An event that both sides hold with other words is merged by lines; none is ever dropped.
    """
    if ours in (upstream, base):
        return Merged(upstream)
    if upstream == base:
        return Merged(ours)
    sides = [_thread((text or b"").splitlines(keepends=True)) for text in (base, upstream, ours)]
    keys = sorted(dict.fromkeys(key for side in sides[1:] for key in side))
    out = b""
    conflicts: list[Conflict] = []
    for key in keys:
        was, theirs, mine = (side.get(key) for side in sides)
        if theirs is None or mine is None:
            part = Merged(b"".join(theirs or mine or []))
        else:
            texts = [b"".join(lines or []) for lines in (was, theirs, mine)]
            part = merge_lines(*texts) if texts[1] != texts[2] else Merged(texts[1])
        out += part.data
        conflicts += part.conflicts
    return Merged(out, tuple(conflicts))


def _thread(lines: list[bytes]) -> dict[tuple[bytes, bytes, int], list[bytes]]:
    """Return a thread's events by (time, id, occurrence); what stands before them by ("", "")."""
    found: dict[tuple[bytes, bytes, int], list[bytes]] = {}
    current: list[bytes] = []
    found[b"", b"", 0] = current
    for line in lines:
        if event := _EVENT.match(bare(line)):
            number = 0
            while (event[1], event[2], number) in found:
                number += 1
            current = found.setdefault((event[1], event[2], number), [])
        current.append(line)
    return found
