"""Three-way merge of trees: of headings, list items, keys and blocks, each by what it is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from kb.text.canonical import Parts, without_ids
from kb.text.lines import decode, encode
from kb.text.merge3 import Conflict, bare, merge_rows
from kb.text.merge_match import (
    order,
    pair_filled,
    pair_insertions,
    pair_replaced,
    pair_versions,
)
from kb.text.merge_tree import Node

T = TypeVar("T")


class Trio(NamedTuple):
    """One node in the three versions; None where it is not."""

    base: Node | None
    upstream: Node | None
    ours: Node | None


Arrange = Callable[[list[int], dict[int, Trio]], list[int]]


class Weaver:
    """Merges rows of nodes; conflicts gather in `conflicts`."""

    def __init__(self, line_end: bytes, turned: bytes | None = None) -> None:
        """Write new lines with `line_end`; `turned` is what one side made of every line end."""
        self.line_end = line_end
        self.turned = turned
        self.conflicts: list[Conflict] = []

    def weave(
        self,
        base: Sequence[Node],
        upstream: Sequence[Node],
        ours: Sequence[Node],
        where: str,
        arrange: Arrange | None = None,
        *,
        fresh: bool = False,
    ) -> list[bytes]:
        """Return the lines of three rows of nodes, merged; `arrange` may reorder whole chunks.

        `fresh` tells that what they stand in was new on both sides.
        """
        rows = _symbols(base, upstream, ours, chunks=arrange is not None, fresh=fresh)
        trios = _trios(rows, (base, upstream, ours))
        kept = {symbol for symbol, trio in trios.items() if _stays(trio)}
        if arrange is None:
            kept -= _filled(trios, kept)
        row = order(*rows, kept)
        if arrange is not None:
            row = arrange(row, trios)
        beside = [set(zip([None, *side], side, strict=False)) for side in rows[1:]]
        out: list[bytes] = []
        before: int | None = None
        for symbol in row:
            trio = trios[symbol]
            above = trios[before] if before is not None else None
            near = [(before, symbol) in side for side in beside]
            blanks = self._lead(trio, above, near)
            if not any(near) and out:
                blanks = [bare(line) + _end(out[-1]) for line in blanks]
            out += blanks
            lines = self._node(trio, where)
            if arrange is not None and self.turned and trio.base is not None:
                lines = [bare(line) + self.turned for line in lines]
            out += lines
            before = symbol
        return out

    def _lead(self, trio: Trio, above: Trio | None, near: list[bool]) -> list[bytes]:
        """Return the blank lines before a node: those of the version where `above` is above it.

        Where there is no such version, one is put between two nodes that would melt without.
        """
        base, upstream, ours = trio
        node = upstream or ours
        assert node is not None
        if upstream and ours:
            unchanged = base is not None and upstream.lead == base.lead
            node = (
                ours if (near == [False, True] or (near[0] == near[1] and unchanged)) else upstream
            )
        lead = list(node.lead)
        if any(near):
            return lead
        if lead and above is not None and node.kind == "item" and _both_new(trio, above):
            return []
        first = above is not None and any(other is not None and other.first for other in trio)
        kinds = {other.kind for other in (*(above or ()), node) if other is not None}
        return lead or ([self.line_end] if first or "block" in kinds else [])

    def _node(self, trio: Trio, where: str) -> list[bytes]:
        base, upstream, ours = trio
        if upstream is None or ours is None:
            node = upstream or ours
            assert node is not None
            return node.lines()
        theirs, mine = upstream.lines(), ours.lines()
        if theirs == mine:
            return theirs
        was = base.lines() if base is not None else None
        if was == theirs:
            return mine
        if was == mine:
            return theirs
        if upstream.kind == "section":
            where = upstream.parts[0].text if upstream.parts else where
        head = self._head(base, upstream, ours, where)
        return head + self.weave(
            base.children if base else (),
            upstream.children,
            ours.children,
            where,
            fresh=base is None,
        )

    def _head(self, base: Node | None, upstream: Node, ours: Node, where: str) -> list[bytes]:
        if upstream.kind == "preamble":
            return []
        if upstream.kind in ("block", "key"):
            rows = [node.head if node else () for node in (base, upstream, ours)]
            if upstream.kind == "key" or base is None:
                return self._choose(rows, where)
            lines, clashes = merge_rows(*rows)
            self.conflicts += (Conflict(b"".join(a), b"".join(b), where) for a, b in clashes)
            return lines
        if len(upstream.head) == 1 == len(ours.head) and (base is None or len(base.head) == 1):
            return [self._line(base, upstream, ours, where)]
        plain = [_plain(node) for node in (base, upstream, ours)]
        chosen = ours if plain[1] == plain[0] else upstream
        if plain[1] not in (plain[0], plain[2]) and plain[2] != plain[0]:
            self.conflicts.append(Conflict(b"".join(upstream.head), b"".join(ours.head), where))
        return [*chosen.head[:-1], _with_ids(chosen.head[-1], chosen, (upstream, ours))]

    def _choose(self, rows: Sequence[Sequence[bytes]], where: str) -> list[bytes]:
        """Return the side that changed; upstream and a conflict if both did."""
        was, theirs, mine = ([bare(line) for line in row] for row in rows)
        if was not in (theirs, mine) and theirs != mine:
            self.conflicts.append(Conflict(b"".join(rows[1]), b"".join(rows[2]), where))
        return list(rows[2] if theirs == was else rows[1])

    def _line(self, base: Node | None, upstream: Node, ours: Node, where: str) -> bytes:
        """Merge one line by its parts: marker, box, text, and dates, owners and tags apart."""
        b, u, o = (node.parts[0] if node else None for node in (base, upstream, ours))
        assert u is not None
        assert o is not None
        clashes: list[bool] = []

        def pick(part: Callable[[Parts], T], *, clash: bool = True) -> T:
            was, theirs, mine = part(b) if b else None, part(u), part(o)
            if theirs != mine and was not in (theirs, mine):
                clashes.append(clash)
            return mine if theirs == was else theirs

        text = pick(lambda p: p.text)
        tail: tuple[str, ...] = ()
        for kind in _KINDS:
            tail += pick(partial(_of_kind, kind))
        if any(clashes):
            self.conflicts.append(Conflict(upstream.head[0], ours.head[0], where))
        merged = Parts(
            pick(lambda p: p.prefix, clash=False),
            pick(lambda p: p.box.lower(), clash=False),
            text,
            tail,
            (),
            pick(lambda p: p.closing, clash=False),
        )
        sides = [(upstream, u), (ours, o)]
        if base is not None and upstream.head == base.head:
            sides.reverse()
        for node, parts in sides:
            if _comparable(parts) == _comparable(merged):
                return _with_ids(node.head[0], node, (upstream, ours))
        box = f"[{merged.box}] " if merged.box else ""
        words = " ".join([merged.text, *merged.tail]) if merged.text else " ".join(merged.tail)
        line = encode(f"{merged.prefix}{box}{words}{merged.closing}")
        return _with_ids(line + (_end(upstream.head[0]) or self.line_end), None, (upstream, ours))


def _stays(trio: Trio) -> bool:
    """Tell whether a node is in the result; what one side deleted and the other changed is."""
    base, upstream, ours = trio
    if base is None or (upstream is not None and ours is not None):
        return True
    left = upstream or ours
    return left is not None and left.full != base.full


_KINDS = ("owner", "due", "done", "tag", "other")


def _kind(token: str) -> str:
    """Return what a token of a line's right end is."""
    if token.startswith(("@", "＠")):
        return "owner"
    if token.startswith(("due:", "📅", "[due::")):
        return "due"
    if token.startswith("✅"):
        return "done"
    return "tag" if token.startswith("#") else "other"


def _end(line: bytes) -> bytes:
    return line[len(bare(line)) :]


def _of_kind(kind: str, parts: Parts) -> tuple[str, ...]:
    return tuple(token for token in parts.tail if _kind(token) == kind)


def _comparable(parts: Parts) -> tuple[object, ...]:
    return (parts.prefix, parts.box.lower(), parts.text, sorted(parts.tail), parts.closing)


def _plain(node: Node | None) -> list[str] | None:
    return [without_ids(decode(bare(line))) for line in node.head] if node else None


def _with_ids(line: bytes, has: Node | None, nodes: Sequence[Node]) -> bytes:
    """Return a line with the ids of all nodes; those that it has stay where they are."""
    there = set(has.ids) if has else set[str]()
    wanted = dict.fromkeys(name for node in nodes for name in node.ids)
    missing = [name for name in wanted if name not in there]
    if not missing:
        return line
    text = bare(line)
    end = line[len(text) :]
    closing = b""
    if text.startswith(b"#") and (stripped := text.rstrip(b" \t")).endswith(b"#"):
        opened = stripped.rstrip(b"#").rstrip(b" \t")
        closing, text = text[len(opened) :], opened
    ids = b" ".join(b"^" + encode(name) for name in missing)
    return text.rstrip(b" \t") + b" " + ids + closing + end


def _symbols(
    base: Sequence[Node],
    upstream: Sequence[Node],
    ours: Sequence[Node],
    *,
    chunks: bool,
    fresh: bool,
) -> tuple[list[int], list[int], list[int]]:
    """Return three rows of numbers, the same number for the same node."""
    theirs, mine = pair_versions(base, upstream), pair_versions(base, ours)
    pair_filled(base, upstream, ours, theirs, mine)
    if not chunks:
        pair_replaced(base, upstream, ours, theirs, mine)
    to_theirs = {y: x for x, y in theirs.items()}
    to_ours = {y: x for x, y in mine.items()}
    new_theirs = [y for y in range(len(upstream)) if y not in to_theirs]
    new_ours = [y for y in range(len(ours)) if y not in to_ours]
    both = pair_insertions(
        [upstream[y] for y in new_theirs], [ours[y] for y in new_ours], chunks=chunks, fresh=fresh
    )
    number = len(base)
    for y in new_theirs:
        to_theirs[y] = number
        number += 1
    for x, y in both.items():
        to_ours[new_ours[y]] = to_theirs[new_theirs[x]]
    for y in new_ours:
        if y not in to_ours:
            to_ours[y] = number
            number += 1
    return (
        list(range(len(base))),
        [to_theirs[y] for y in range(len(upstream))],
        [to_ours[y] for y in range(len(ours))],
    )


def _trios(
    rows: tuple[list[int], list[int], list[int]],
    nodes: tuple[Sequence[Node], Sequence[Node], Sequence[Node]],
) -> dict[int, Trio]:
    sides = [dict(zip(row, side, strict=True)) for row, side in zip(rows, nodes, strict=True)]
    return {
        symbol: Trio(*(side.get(symbol) for side in sides))
        for symbol in sorted({s for row in rows for s in row})
    }


def _filled(trios: dict[int, Trio], kept: set[int]) -> set[int]:
    """Return blank insertions of one side that the other side brings filled in."""
    new = [trios[symbol] for symbol in kept if trios[symbol].base is None]
    theirs = {t.upstream.shape for t in new if t.upstream and not t.upstream.blank}
    mine = {t.ours.shape for t in new if t.ours and not t.ours.blank}
    gone = set()
    for symbol in kept:
        base, upstream, ours = trios[symbol]
        if base is not None:
            continue
        if ours is None and upstream and upstream.blank and upstream.shape in mine:
            gone.add(symbol)
        if upstream is None and ours and ours.blank and ours.shape in theirs:
            gone.add(symbol)
    return gone


def _both_new(trio: Trio, before: Trio) -> bool:
    """Tell whether a node and the one before it were inserted at one place by the two sides."""
    return (
        trio.base is None
        and before.base is None
        and (trio.upstream is None) != (before.upstream is None)
        and any(node is not None and node.kind == "item" for node in before)
    )
