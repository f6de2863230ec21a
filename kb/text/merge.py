"""Merge two versions of a document: by meetings, sections, items and keys, then by lines.

The rules: what only one side changed is taken; what both inserted at one place is all kept,
upstream's first; new meetings follow the document's order; ids come off first and the union is
put back; where both changed the same, upstream stands and ours is reported. A last check makes
sure that no line of either side got lost or doubled, and no id either; a merge that fails it is
made by lines, and if that fails too, the whole text is a conflict.
"""

from collections.abc import Callable, Sequence

from kb.text.frontmatter import front_span
from kb.text.lines import newline_of
from kb.text.merge3 import Conflict, Merged, bare, ended, join, merge_lines, same_rows
from kb.text.merge_check import ids_hold, is_whole
from kb.text.merge_chunks import weave_chunks
from kb.text.merge_items import Weaver
from kb.text.merge_thread import has_events, merge_thread
from kb.text.merge_tree import read_front
from kb.text.names import DEFAULT_NAMES, Names

__all__ = ["Conflict", "Merged", "merge", "merge_for", "merge_lines", "merge_thread"]

_BOM = b"\xef\xbb\xbf"


def merge(base: bytes | None, upstream: bytes, ours: bytes, names: Names = DEFAULT_NAMES) -> Merged:
    """Merge `ours` into `upstream`; `base` is what both came from (None: neither existed).

    `data` never holds markers; `conflicts` holds what could not be placed.
    """
    if ours in (upstream, base):
        return Merged(upstream)
    if upstream == base:
        return Merged(ours)
    if has_events(upstream) and has_events(ours):
        return merge_thread(base, upstream, ours)
    sides = (base or b"", upstream, ours)
    merged = _merge_document(*sides, names)
    if _holds(sides, merged, names):
        return merged
    merged = merge_lines(*sides)
    if _holds(sides, merged, names):
        return merged
    return Merged(upstream, (Conflict(upstream, ours),))


def _holds(sides: tuple[bytes, bytes, bytes], merged: Merged, names: Names) -> bool:
    return is_whole(*sides, merged, names) and ids_hold(*sides, merged.data)


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
    texts = (base, upstream, ours)
    line_end = newline_of(upstream or ours)
    marks = [text.startswith(_BOM) for text in texts]
    rows = [
        (text[3:] if mark else text).splitlines(keepends=True)
        for text, mark in zip(texts, marks, strict=True)
    ]
    fronts = [_front(row) for row in rows]
    weaver = Weaver(line_end, _turned(rows))
    out = _weave_fronts(weaver, fronts)
    rows = [row[len(front) :] for row, front in zip(rows, fronts, strict=True)]
    out += weave_chunks(weaver, rows, names)
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


def _weave_fronts(weaver: Weaver, fronts: list[list[bytes]]) -> list[bytes]:
    was, theirs, mine = fronts
    if mine in (theirs, was):
        return theirs
    if theirs == was:
        return mine
    if list(map(bare, was)) == list(map(bare, theirs)) == list(map(bare, mine)):
        return same_rows(was, theirs, mine)
    nodes = [read_front(front) if front else [] for front in fronts]
    lines = weaver.weave(nodes[0], nodes[1], nodes[2], "---")
    return [bare(line) + weaver.turned for line in lines] if was and weaver.turned else lines


def _turned(rows: Sequence[Sequence[bytes]]) -> bytes | None:
    """Return the line end that one side gave to all lines while the other left them, or None.

    What the other side wrote into a meeting meanwhile follows; a meeting that it added stays.
    """
    was, theirs, mine = ({line[len(bare(line)) :] for line in row} - {b""} for row in rows)
    for same, new in ((theirs, mine), (mine, theirs)):
        if was == same and len(new) == 1 and not new & was:
            return next(iter(new))
    return None
