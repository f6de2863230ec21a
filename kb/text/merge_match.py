"""Which node of one version is which of another, and in what order merged nodes stand."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise

from kb.text.align import matching
from kb.text.dates import heading_date
from kb.text.merge_tree import Node

_NEAR = 60
"""Among many changed nodes, one is looked for among the so many before and behind its place."""
_ALIKE = 0.5
"""From this share of common letters or lines on, two nodes between the same neighbours are one."""


def pair_versions(old: Sequence[Node], new: Sequence[Node]) -> dict[int, int]:
    """Return which node of `old` (index) became which of `new`.

    By ids, then by equal text in order, then what is left: equal text anywhere (it moved), the
    same heading or key, and last, between the same neighbours, what reads alike.
    """
    found = _by_id(old, new)
    tokens_old, tokens_new = _tokens(old, new, found)
    chain = matching(tokens_old, tokens_new)
    found |= dict(chain)
    _pair_equal(old, new, found, lambda node: node.full)
    edges = [(-1, -1), *chain, (len(old), len(new))]
    taken = set(found.values())
    for (x0, y0), (x1, y1) in pairwise(edges):
        if x1 > x0 + 1 and y1 > y0 + 1:
            _pair_gap(old, new, found, taken, range(x0 + 1, x1), range(y0 + 1, y1))
    _pair_unique(old, new, found)
    return found


def pair_insertions(
    theirs: Sequence[Node], ours: Sequence[Node], *, chunks: bool, fresh: bool
) -> dict[int, int]:
    """Return which insertions of both sides are the same one.

    Equal ids or equal text always. Of meetings (`chunks`) also those of one day, time and title;
    without a time they stay two. Inside a meeting also the same item, section name, key,
    single-valued label or linked heading; and where both wrote all that stands around them
    (`fresh`) the same heading, and the title of the document.
    """
    found = _by_id(theirs, ours)
    _pair_equal(theirs, ours, found, lambda node: node.full)
    _pair_equal(theirs, ours, found, lambda node: node.kind == "preamble" or None)
    if chunks:
        _pair_equal(theirs, ours, found, _timed)
        return found
    _pair_equal(theirs, ours, found, _same_item)
    _pair_equal(theirs, ours, found, _known)
    _pair_equal(theirs, ours, found, _heading if fresh else _linked)
    if fresh:
        _pair_equal(theirs, ours, found, _title)
    return found


def pair_replaced(
    base: Sequence[Node],
    upstream: Sequence[Node],
    ours: Sequence[Node],
    theirs: dict[int, int],
    mine: dict[int, int],
) -> None:
    """Pair an item or block whose text both sides changed with what stands in its place.

    Two texts in the place of one contradict each other, however little they read alike. A text
    that one side left as it was is not looked for: there, the other one deleted and inserted.
    """
    sides = (upstream, theirs), (ours, mine)
    instead = [_stand_ins(base, side, found) for side, found in sides]
    used = [set(theirs.values()), set(mine.values())]
    for x, node in enumerate(base):
        places: list[int] = []
        for (side, found), stand_ins, gone in zip(sides, instead, used, strict=True):
            if x in found:
                near = [found[x]] if _said(side[found[x]]) != _said(node) else []
            else:
                near = [y for y in stand_ins.get(x, ()) if y not in gone]
            if near:
                places.append(max(near, key=lambda y: (likeness(node, side[y]), -y)))
        if len(places) < 2 or (x in theirs and x in mine):
            continue
        for (_, found), gone, y in zip(sides, used, places, strict=True):
            found[x] = y
            gone.add(y)


def _stand_ins(
    base: Sequence[Node], side: Sequence[Node], found: dict[int, int]
) -> dict[int, list[int]]:
    """Return which nodes of a side may stand where one of base stood, between its neighbours.

    In order, and of the same kind, label and box; of several, those near by.
    """
    taken = set(found.values())
    places: dict[int, list[int]] = {}
    for above, below in pairwise([-1, *sorted(found), len(base)]):
        if below - above < 2:
            continue
        low = found[above] + 1 if above >= 0 else 0
        high = found[below] if below < len(base) else len(side)
        new = _by_shape(side, (y for y in range(low, high) if y not in taken))
        for shape, old in _by_shape(base, range(above + 1, below)).items():
            here = new.get(shape, [])
            more = len(here) - len(old)
            for i, x in enumerate(old):
                places[x] = here[max(0, i + min(0, more)) : i + max(0, more) + 1][:_NEAR]
    return places


def _by_shape(nodes: Sequence[Node], at: Iterable[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for x in at:
        if nodes[x].kind in ("item", "block") and not nodes[x].blank:
            found.setdefault(nodes[x].shape, []).append(x)
    return found


def _said(node: Node) -> Hashable:
    """Return a node's own text; a tick, an owner or a date more does not change it."""
    return tuple(parts.text for parts in node.parts) if node.kind == "item" else node.body


def pair_filled(
    base: Sequence[Node],
    upstream: Sequence[Node],
    ours: Sequence[Node],
    theirs: dict[int, int],
    mine: dict[int, int],
) -> None:
    """Pair a blank topic or claim of the template with what both sides made of it.

    Only where one side wrote its text and the other merely something below it; two texts are
    two topics.
    """
    for x, node in enumerate(base):
        if not (node.blank and node.children) or x in theirs or x in mine:
            continue
        y, z = _grown(x, node, upstream, theirs), _grown(x, node, ours, mine)
        if y is None or z is None:
            continue
        texts = {side[at].parts[0].text for side, at in ((upstream, y), (ours, z))} - {""}
        if len(texts) < 2:
            theirs[x], mine[x] = y, z


def _grown(x: int, blank: Node, side: Sequence[Node], found: dict[int, int]) -> int | None:
    """Return which node of a side stands where the blank one stood."""
    taken = set(found.values())
    at = next((found[i] + 1 for i in range(x - 1, -1, -1) if i in found), 0)
    while at < len(side) and at not in taken:
        node = side[at]
        if node.shape == blank.shape and node.level == blank.level and not node.blank:
            return at
        at += 1
    return None


def _same_item(node: Node) -> Hashable:
    return node.body if node.kind == "item" and not node.blank else None


def _known(node: Node) -> Hashable:
    """Return the name of a node that stands once by its nature; other headings may come twice."""
    if node.blank or (node.kind == "section" and not node.known):
        return None
    return node.name


def _timed(node: Node) -> Hashable:
    dated = heading_date(node.parts[0].text) if node.kind == "section" and node.parts else None
    return node.parts[0].text if dated and dated.start else None


def _heading(node: Node) -> Hashable:
    return (node.level, node.name) if node.kind == "section" and not node.blank else None


def _linked(node: Node) -> Hashable:
    """Return the name of a heading that ends in a link: a topic carried over."""
    return _heading(node) if node.parts and node.parts[0].text.endswith("]]") else None


def _title(node: Node) -> Hashable:
    """Tell the heading that gives a document its title; the root of a meeting has level 0."""
    return (node.level == 1 and not node.known and not node.blank) or None


def _by_id(a: Sequence[Node], b: Sequence[Node]) -> dict[int, int]:
    """Pair nodes that share an id which occurs once on each side."""
    in_a = Counter(name for node in a for name in node.ids)
    in_b = Counter(name for node in b for name in node.ids)
    place = {name: y for y, node in enumerate(b) for name in node.ids if in_b[name] == 1}
    found: dict[int, int] = {}
    for x, node in enumerate(a):
        for name in node.ids:
            y = place.get(name)
            if y is not None and in_a[name] == 1 and y not in found.values():
                found[x] = y
                break
    return found


def _tokens(
    a: Sequence[Node], b: Sequence[Node], found: dict[int, int]
) -> tuple[list[Hashable], list[Hashable]]:
    """Return what to align by: nodes that were paired share a token of their own."""
    back = {y: x for x, y in found.items()}
    return (
        [("pair", x) if x in found else node.full for x, node in enumerate(a)],
        [("pair", back[y]) if y in back else node.full for y, node in enumerate(b)],
    )


def _pair_equal(
    a: Sequence[Node],
    b: Sequence[Node],
    found: dict[int, int],
    key: Callable[[Node], Hashable],
) -> None:
    """Pair what is left and has an equal key that is not None, from first to last."""
    taken = set(found.values())
    places: dict[Hashable, list[int]] = {}
    for y in range(len(b) - 1, -1, -1):
        if y not in taken and (name := key(b[y])) is not None:
            places.setdefault(name, []).append(y)
    for x, node in enumerate(a):
        if x not in found and (name := key(node)) is not None and places.get(name):
            found[x] = places[name].pop()


def _pair_gap(
    a: Sequence[Node],
    b: Sequence[Node],
    found: dict[int, int],
    taken: set[int],
    xs: range,
    ys: range,
) -> None:
    """Pair what was changed between two neighbours that stayed; in a long stretch, near by."""
    left = [x for x in xs if x not in found and not a[x].blank]
    right = [y for y in ys if y not in taken and not b[y].blank]
    scores = [
        (likeness(a[x], b[y]), -abs((x - xs.start) - (y - ys.start)), -x, -y)
        for i, x in enumerate(left)
        for y in right[max(0, i - _NEAR) : i + _NEAR + 1]
        if a[x].kind == b[y].kind
    ]
    for score, _, minus_x, minus_y in sorted(scores, reverse=True):
        if score < _ALIKE:
            break
        if -minus_x not in found and -minus_y not in taken:
            found[-minus_x] = -minus_y
            taken.add(-minus_y)


def likeness(a: Node, b: Node) -> float:
    """Return how alike two nodes of a kind are, from 0 to 1 (2 and more: the same name)."""
    inside = _share(a.inner, b.inner)
    if a.name is not None or b.name is not None:
        if a.name == b.name:
            return 2 + inside
        if a.kind != "section":
            return 0
        return inside if min(len(a.inner), len(b.inner)) > 1 else 0
    head = _share(a.words, b.words)
    return max(head, (head + inside) / 2 if a.children and b.children else 0)


def _share(a: frozenset[object] | frozenset[str], b: frozenset[object] | frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _pair_unique(a: Sequence[Node], b: Sequence[Node], found: dict[int, int]) -> None:
    """Pair what is left and is the only one of its name or head on both sides."""
    for key in (_name, _body, _title):
        taken = set(found.values())
        in_a = Counter(key(node) for x, node in enumerate(a) if x not in found)
        in_b = Counter(key(node) for y, node in enumerate(b) if y not in taken)
        place = {key(node): y for y, node in enumerate(b) if y not in taken}
        for x, node in enumerate(a):
            name = key(node)
            if x not in found and name is not None and in_a[name] == 1 and in_b[name] == 1:
                found[x] = place[name]


def _name(node: Node) -> Hashable:
    return node.name


def _body(node: Node) -> Hashable:
    return None if node.blank else node.body


def order(
    base: Sequence[int], upstream: Sequence[int], ours: Sequence[int], kept: set[int]
) -> list[int]:
    """Return the symbols of `kept` in merged order.

    The side that moved what was there before gives the order (upstream if both did); what only
    the other side has follows what it follows there, upstream's insertions before ours.
    """
    common = kept.intersection(base, upstream, ours)

    def moved(side: Sequence[int]) -> bool:
        return [s for s in side if s in common] != [s for s in base if s in common]

    ours_leads = moved(ours) and not moved(upstream)
    lead, follow = (ours, upstream) if ours_leads else (upstream, ours)
    placed, there = kept.intersection(lead), set(follow)
    behind: dict[int | None, list[int]] = {}  # what only `follow` has, by what it stands behind
    anchor: int | None = None
    for symbol in follow:
        if symbol in placed:
            anchor = symbol
        elif symbol in kept:
            behind.setdefault(anchor, []).append(symbol)
    merged: list[int] = []
    waiting = behind.get(None, [])
    for symbol in lead:
        if symbol not in kept:
            continue
        if ours_leads or symbol in there:
            merged += waiting
            waiting = []
        merged.append(symbol)
        waiting = waiting or behind.get(symbol, [])
    return merged + waiting
