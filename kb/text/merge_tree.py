"""The tree that a merge works on: lines grouped to headings, list items and blocks.

Every line belongs to exactly one node, blank lines to the node that follows them; so nodes
written out in order are the bytes that were read, and moving or dropping one harms no other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kb.text.canonical import Parts, take_apart, without_ids
from kb.text.lines import Lines, decode
from kb.text.merge3 import bare
from kb.text.names import DEFAULT_NAMES, Names
from kb.text.outline import markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEY = re.compile(rb"([ ]*)([^\s#\-\[{&*!|>'\"%@`][^:]*|'[^']*'|\"[^\"]*\"):(?=[ \t\r\n]|$)")
_SINGLE = ("confidence", "verdict-due", "time", "attendees", "value-level", "gut", "minutes")


@dataclass(frozen=True)
class Node:
    """A heading with all below it, a list item with what is nested, a block, or a YAML key.

    `kind` is "section", "item", "block", "key" or "preamble" (what stands before all chunks);
    `head` its own lines, `lead` the blank lines before it, `level` a heading's level (0: the
    root of its chunk). `first` tells that nothing stands before it in its document.
    """

    kind: str
    lead: tuple[bytes, ...]
    head: tuple[bytes, ...]
    children: tuple["Node", ...] = ()
    level: int = 0
    first: bool = False
    names: Names = field(default=DEFAULT_NAMES, repr=False)

    @cached_property
    def parts(self) -> tuple[Parts, ...]:
        """Return the head's lines taken apart; ids count on the first paragraph's last line."""
        return tuple(take_apart(decode(bare(line))) for line in self.head)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of a heading or an item."""
        if self.kind not in ("section", "item"):
            return ()
        return tuple(name for parts in self.parts for name in parts.ids)

    @cached_property
    def body(self) -> tuple[object, ...]:
        """Return what the head says, without marker, ids and trailing space."""
        if self.kind in ("block", "key", "preamble"):
            return (self.kind, *map(bare, self.head))
        first = self.parts[0] if self.parts else take_apart("")
        rest = (without_ids(decode(bare(line))).lstrip(" \t") for line in self.head[1:])
        return (self.kind, first.box.lower(), first.text, first.tail, *rest)

    @cached_property
    def full(self) -> tuple[object, ...]:
        """Return all that the node says; equal nodes differ in ids, markers and blanks at most."""
        return (self.body, *(child.full for child in self.children))

    @cached_property
    def name(self) -> tuple[object, ...] | None:
        """Return what a node is known by among its siblings, None when only by its text."""
        if self.kind == "key":
            found = _KEY.match(self.head[0])
            return ("key", found[2].strip() if found else bare(self.head[0]))
        if self.kind == "section" and not self.blank:
            return ("section", self.parts[0].text if self.parts else "")
        if self.kind == "item" and self.label in _SINGLE:
            return ("label", self.label)
        return None

    @cached_property
    def known(self) -> bool:
        """Tell whether this is a heading that names a section."""
        named = self.kind == "section" and bool(self.parts)
        return named and self.names.section(self.parts[0].text) is not None

    @cached_property
    def label(self) -> str | None:
        """Return the key of an item's label, or None."""
        if self.kind != "item" or not self.parts:
            return None
        found = self.names.label_pattern.match(self.parts[0].text)
        return self.names.label(found["word"]) if found else None

    @cached_property
    def blank(self) -> bool:
        """Tell whether this is an empty line of a template: label, box or hashes and no more."""
        if self.kind not in ("section", "item") or len(self.head) > 1:
            return False
        if self.parts and not says_nothing(self.parts[0], self.names):
            return False
        return not self.ids and all(child.blank for child in self.children)

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """Return what a blank node is replaced by: the same kind, label and box."""
        return (self.kind, self.label, bool(self.parts and self.parts[0].box))

    @cached_property
    def words(self) -> frozenset[str]:
        """Return pairs of neighbouring characters of the head, to tell how alike two nodes are."""
        if self.kind in ("section", "item"):
            text = " ".join(parts.text for parts in self.parts)
        else:
            text = " ".join(decode(bare(line)) for line in self.head)
        text = "".join(text.split()).casefold()
        return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))

    @cached_property
    def inner(self) -> frozenset[object]:
        """Return what all nodes below it say, to tell how alike two sections are."""
        found: set[object] = set()
        for child in self.children:
            found.add(child.body)
            found |= child.inner
        return frozenset(found)

    def lines(self) -> list[bytes]:
        """Return the node's lines without its lead."""
        out = list(self.head)
        for child in self.children:
            out += child.lead
            out += child.lines()
        return out


def says_nothing(parts: Parts, names: Names) -> bool:
    """Tell whether a line has no text but a label."""
    if parts.tail or not parts.text:
        return not parts.tail
    found = names.label_pattern.match(parts.text)
    return found is not None and not parts.text[found.end() :].strip()


def read_tree(lines: Sequence[bytes], names: Names, *, headed: bool) -> Node:
    """Read the lines of one chunk into a node: a section if it is `headed`, else the preamble.

    The chunk begins with a line that is not blank, unless it is the preamble.
    """
    text = Lines(b"".join(lines)).markdown()
    reader = _Reader(list(lines), names)
    tokens = markdown().parse(text)
    flat = reader.children(_blocks(tokens, 0, len(tokens)), 0, len(lines))
    if headed and flat[0].kind != "section":
        flat[0] = Node("section", flat[0].lead, flat[0].head, names=names)
    nodes = _nested(flat, headed=headed)
    return nodes[0] if headed else Node("preamble", (), (), tuple(nodes), names=names)


def _nested(flat: list[Node], *, headed: bool) -> list[Node]:
    """Put each heading's followers below it; all below the first one when `headed`."""
    done: list[Node] = []
    stack: list[tuple[Node, list[Node]]] = []

    def close(level: int) -> None:
        while stack and stack[-1][0].level >= level:
            head, below = stack.pop()
            node = Node("section", head.lead, head.head, tuple(below), head.level, names=head.names)
            (stack[-1][1] if stack else done).append(node)

    for index, node in enumerate(flat):
        if node.kind != "section":
            (stack[-1][1] if stack else done).append(node)
        elif headed and index == 0:
            stack.append((Node("section", node.lead, node.head, names=node.names), []))
        else:
            close(node.level)
            stack.append((node, []))
    close(0)
    return done


# A block of the Markdown parser: its tokens, and its lines (first, after the last).
_Block = tuple[Sequence["Token"], int, int]


def _blocks(tokens: Sequence["Token"], at: int, end: int) -> list[_Block]:
    """Return the blocks that stand directly in tokens[at:end]."""
    found: list[_Block] = []
    while at < end:
        stop = at + 1
        depth = int(tokens[at].nesting)
        while depth > 0 and stop < end:
            depth += tokens[stop].nesting
            stop += 1
        place = tokens[at].map
        if place is not None:
            found.append((tokens[at:stop], place[0], place[1]))
        at = stop
    return found


class _Reader:
    """Turns blocks into nodes so that no line is left out."""

    def __init__(self, lines: list[bytes], names: Names) -> None:
        self.lines = lines
        self.names = names

    def children(self, blocks: list[_Block], low: int, high: int) -> list[Node]:
        """Return the nodes of lines low:high; lines outside all blocks become blocks too."""
        nodes: list[Node] = []
        at = low
        for tokens, first, stop in blocks:
            begin, end = max(first, at), min(self._trimmed(first, stop), high)
            if begin >= end:
                continue
            nodes += self._loose(at, begin)
            nodes += self._block(tokens, begin, end, whole=begin == first)
            at = end
        return nodes + self._loose(at, high)

    def _block(self, tokens: Sequence["Token"], begin: int, end: int, *, whole: bool) -> list[Node]:
        opening = tokens[0]
        if opening.type in ("bullet_list_open", "ordered_list_open") and whole:
            inside = _blocks(tokens, 1, len(tokens) - 1)
            nodes: list[Node] = []
            at = begin
            for item, first, stop in inside:
                start, final = max(first, at), min(self._trimmed(first, stop), end)
                if start < final:
                    nodes += self._loose(at, start)
                    nodes.append(self._item(item, start, final))
                    at = final
            return nodes + self._loose(at, end)
        if opening.type == "heading_open" and opening.markup.startswith("#"):
            return [self._node("section", begin, end, level=int(opening.tag[1]))]
        return [self._node("block", begin, end)]

    def _item(self, tokens: Sequence["Token"], begin: int, end: int) -> Node:
        inside = _blocks(tokens, 1, len(tokens) - 1)
        listed = bool(inside) and inside[0][0][0].type.endswith("_list_open")
        if not inside or (listed and inside[0][1] == begin):
            return self._node("item", begin, end if inside else begin + 1, end)
        head = inside[0][1] if listed else self._trimmed(*inside[0][1:])
        head = max(min(head, end), begin + 1)
        while head > begin + 1 and not self._said(head - 1):
            head -= 1
        rest = inside if listed else inside[1:]
        children = tuple(self.children(rest, head, end))
        return self._node("item", begin, head, children=children)

    def _node(
        self,
        kind: str,
        begin: int,
        end: int,
        until: int | None = None,
        *,
        level: int = 0,
        children: tuple[Node, ...] = (),
    ) -> Node:
        if until is not None:
            children = tuple(self._loose(end, until))
        lead = begin
        while lead > 0 and not self._said(lead - 1):
            lead -= 1
        return Node(
            kind,
            tuple(self.lines[lead:begin]),
            tuple(self.lines[begin:end]),
            children,
            level,
            names=self.names,
        )

    def _loose(self, begin: int, end: int) -> list[Node]:
        """Return lines that no block claims as one block, without blank lines around it."""
        while begin < end and not self._said(begin):
            begin += 1
        end = self._trimmed(begin, end)
        return [self._node("block", begin, end)] if begin < end else []

    def _trimmed(self, begin: int, end: int) -> int:
        while end > begin and not self._said(end - 1):
            end -= 1
        return end

    def _said(self, line: int) -> bool:
        """Tell whether a line is not blank in the sense of Markdown."""
        return bool(self.lines[line].strip(b" \t\r\n"))


def read_front(lines: Sequence[bytes]) -> list[Node]:
    """Read front matter, its fences included, into nodes: one a key, nested keys below it."""
    inner = list(lines[1:-1])
    fences = [Node("block", (), (line,)) for line in (lines[0], lines[-1])]
    return [fences[0], *_keys(inner), fences[1]]


def _keys(lines: list[bytes]) -> list[Node]:
    """Group lines by the keys of their outermost level; what belongs to none stays a block."""
    starts = [i for i, line in enumerate(lines) if _KEY.match(line)]
    if not starts:
        return [Node("block", (), (line,)) for line in lines]
    indent = min(_indent(lines[i]) for i in starts)
    starts = [i for i in starts if _indent(lines[i]) == indent]
    nodes = [Node("block", (), (line,)) for line in lines[: starts[0]]]
    for at, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        nodes.append(Node("key", (), (lines[at],), tuple(_keys(lines[at + 1 : stop]))))
    return nodes


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))
