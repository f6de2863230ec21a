"""Action items: under action headings, after markers, and boxes that name somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, plain
from kb.formats.due import Day, take_due
from kb.formats.markers import bracketed, has_marker, is_done, marked, midline, without_done
from kb.formats.names import People
from kb.formats.people import assigned, owners_of, soften
from kb.formats.records import NoteTodo
from kb.formats.tables import cells, entry_of, pieces

_ARROW = re.compile(r"^(?:[-=]{1,2}>|[→⇒:：,])\s*")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|<?https?://\S+>?")
_LISTING = re.compile(r"^(?:<?http)|action|todo|list", re.IGNORECASE)
_COLUMN = re.compile(r"item|task|owner|担当|内容", re.IGNORECASE)


class _Hit(NamedTuple):
    """A line that is an action item: its index, text and what stands around it.

    `owners` are a marker's own when `certain`, else of the list around it, for an item that names
    nobody. `listed` items stand in a list of action items or after a marker.
    """

    at: int
    text: str
    owners: tuple[str, ...] = ()
    listed: bool = True
    done: bool = False
    certain: bool = False


class _Parent(NamedTuple):
    """An item above others: `holds` them as their heading, in the name of `owners`."""

    indent: int
    holds: bool
    owners: tuple[str, ...]


@dataclass(slots=True)
class _Scope:
    """Where action items are listed: below a heading, a label, or an item with nested ones.

    `weak` ones are listed only when they name somebody, those of one that `follows` up other
    meetings only when their sentence does; `base` is the indent of the list, `count`
    its items so far, `loose` one with blank lines between them.
    """

    kind: str  # one of "heading", "label", "group"
    level: int
    indent: int
    weak: bool = False
    follows: bool = False
    owners: tuple[str, ...] = ()
    base: int | None = None
    count: int = 0
    loose: bool = False
    parents: list[_Parent] = field(default_factory=list)


def todos(
    lines: Sequence[Line], first: int, people: People, meeting: Day | None
) -> Iterator[NoteTodo]:
    """Yield the action items of one meeting.

    `lines` are the meeting's, `first` the source line number of the first one, `people` those of
    the file; `meeting` lends a due date its year.
    """
    for hit in _Reader(lines, people).run():
        line = lines[hit.at]
        cleaned, due = take_due(without_done(hit.text), meeting)
        owned = owners_of(cleaned, people, listed=hit.listed)
        text = re.sub(r"\s+", " ", owned.text).strip(" \t\u3000")
        if words.nothing(text):
            continue
        text = _ARROW.sub("", text).rstrip(" -–—:：") if len(text) > 3 else soften(line.text)
        owners = hit.owners if hit.certain else owned.owners or hit.owners
        done = hit.done or bool(line.box) or is_done(line.text)
        yield NoteTodo(text, owners, done, due, first + hit.at)


class _Reader:
    """Walks the lines of a meeting and tells which of them are action items."""

    def __init__(self, lines: Sequence[Line], people: People) -> None:
        self.lines = lines
        self.people = people
        self.scopes: list[_Scope] = []
        self.attendance = 0  # level of an attendance heading that is open, 0 = none

    def run(self) -> Iterator[_Hit]:
        """Yield what looks like an action item, in the order of the lines."""
        for index, line in enumerate(self.lines):
            if line.hidden or line.blank:
                continue
            if line.level:
                self._heading(index, line)
                continue
            while self.scopes and self._leaves(index, line, self.scopes[-1]):
                self.scopes.pop()
            yield from self._line(index, line)

    # --- where lists of action items begin and end -------------------------------------------

    def _heading(self, index: int, line: Line) -> None:
        self.scopes = [
            scope for scope in self.scopes if scope.kind == "heading" and scope.level < line.level
        ]
        text = plain(line.text)
        if self.attendance and line.level <= self.attendance:
            self.attendance = 0
        if words.attendee_head(text):
            self.attendance = line.level
        if words.action_head(text) or words.weak_head(text) or words.follow_head(text):
            weak = not words.action_head(text) or self._has_markers(index, line.level)
            follows = words.follow_head(text)
            self.scopes.append(_Scope("heading", line.level, -1, weak=weak, follows=follows))
        elif self.scopes:
            owners = tuple(self.people.names_in(text.rstrip(":：")))
            if owners:
                self.scopes.append(_Scope("heading", line.level, -1, owners=owners))
            elif line.level >= BOLD_LEVEL or words.other_head(text):
                self.scopes = []

    def _has_markers(self, index: int, level: int) -> bool:
        """Tell whether the entries below a heading carry markers of their own (`ACTION: …`)."""
        for line in self.lines[index + 1 :]:
            if 0 < line.level <= level:
                return False
            if line.text and not line.hidden and has_marker(soften(line.text)):
                return True
        return False

    def _leaves(self, index: int, line: Line, scope: _Scope) -> bool:
        """Tell whether a list of action items ended before this line."""
        after_blank = index > 0 and self.lines[index - 1].blank
        if scope.kind == "group":
            return line.indent <= scope.indent and (line.item or after_blank or scope.base is None)
        if scope.kind != "label":
            return False
        if not line.item:
            ended = after_blank and scope.base is not None
            return line.indent == 0 and (ended or words.is_label(line.text))
        if after_blank and scope.count > 1 and not scope.loose:
            return True  # another list after the list of this label
        scope.loose = scope.loose or (after_blank and scope.count == 1)
        return False

    # --- what a line is ----------------------------------------------------------------------

    def _line(self, index: int, line: Line) -> Iterator[_Hit]:
        row = cells(line.raw)
        if row is not None:
            yield from self._row(index, row)
            return
        text = soften(line.text)
        found = marked(text, self.people)
        if found is not None:
            if not self._announces(index, line, found.text, several=found.several):
                yield self._marked(index, line)
            elif line.item or found.several or self._adjoining(index):
                kind = "group" if line.item or self._nested(index, line) else "label"
                self.scopes.append(_Scope(kind, 0, line.indent, owners=found.owners))
            return
        if words.action_head(text) and (line.item or text.endswith((":", "："))):
            self.scopes.append(_Scope("group" if line.item else "label", 0, line.indent))
            return
        apart = bracketed(text, self.people)
        if apart is None and not self.scopes:
            apart = midline(text, self.people)
        if apart is not None:
            listed = not apart.certain
            yield _Hit(index, apart.text, apart.owners, listed=listed, certain=apart.certain)
        else:
            yield from self._listed(index, line)

    def _announces(self, index: int, line: Line, text: str, *, several: bool) -> bool:
        """Tell whether a marker only announces what is nested below it."""
        if not text.strip(" :*"):
            return True
        return several and text.endswith(":") and self._nested(index, line)

    def _adjoining(self, index: int) -> bool:
        return index + 1 < len(self.lines) and self.lines[index + 1].item

    def _marked(self, index: int, line: Line) -> _Hit:
        found = marked(soften(line.text), self.people)
        assert found is not None
        alone = [] if found.owners else self.people.names_in(found.text)
        if alone and all(name.isupper() or self.people.knows(name) for name in alone):
            return _Hit(index, line.text, tuple(alone), listed=False, certain=True)
        text = self._joined(index, found.text)
        return _Hit(index, text, found.owners, done=found.done, certain=bool(found.owners))

    def _listed(self, index: int, line: Line) -> Iterator[_Hit]:
        text = self._joined(index, line.text)
        scope = self.scopes[-1] if self.scopes else None
        if scope is None:
            if line.box is not None and line.text and not self.attendance:
                owners = assigned(text, self.people)
                if owners:
                    yield _Hit(index, text, owners, listed=False)
        elif not line.item:
            if self._paragraph(index, line, scope):
                yield _Hit(index, text, self._owners())
        elif (owners_above := self._entry(index, line, scope, text)) is not None:
            yield _Hit(index, text, owners_above or self._owners())

    def _entry(self, index: int, line: Line, scope: _Scope, text: str) -> tuple[str, ...] | None:
        """Return the owners above a list item that is an action item; None if it is none."""
        while scope.parents and scope.parents[-1].indent >= line.indent:
            scope.parents.pop()
        scope.count += 1
        if scope.base is None or line.indent < scope.base:
            scope.base = line.indent
        above = scope.parents[-1] if scope.parents else None
        top = line.indent <= scope.base or (above is not None and above.holds)
        mine = self._parent(index, line, text)
        scope.parents.append(mine)
        if mine.holds or not line.text or _only_link(line.text):
            return None
        doubtful = (line.box is None or scope.follows) and (scope.weak or not top)
        if doubtful and not assigned(text, self.people, by_sentence=scope.follows):
            return None
        return above.owners if above is not None else ()

    def _owners(self) -> tuple[str, ...]:
        return next((scope.owners for scope in reversed(self.scopes) if scope.owners), ())

    def _parent(self, index: int, line: Line, text: str) -> _Parent:
        """Tell whether an item only holds others: a person's name or a part of the list."""
        if not self._nested(index, line):
            return _Parent(line.indent, holds=False, owners=())
        shown = plain(text)
        owners = tuple(self.people.names_in(shown.rstrip(":： ")))
        if owners and line.box is None:
            return _Parent(line.indent, holds=True, owners=owners)
        holds = len(shown) < 60 and shown.endswith((":", "："))
        return _Parent(line.indent, holds=holds, owners=())

    def _nested(self, index: int, line: Line) -> bool:
        """Tell whether the next line with text is a list item nested below this line."""
        for other in self.lines[index + 1 :]:
            if not other.blank:
                return other.item and not other.level and other.indent > line.indent
        return False

    def _paragraph(self, index: int, line: Line, scope: _Scope) -> bool:
        """Tell whether a line that is no list item is an action item of its own."""
        if line.indent > 3 or len(line.text) > 300 or words.is_label(line.text):
            return False
        before = self.lines[index - 1] if index else None
        named = bool(owners_of(line.text, self.people).owners)
        if scope.kind == "heading":  # below ■ 宿題 every line is an entry
            fresh = before is None or before.blank or bool(before.level)
            return (fresh and named) if scope.level <= BOLD_LEVEL else True
        if scope.kind == "label" and before is not None and not before.blank:
            scope.count += 1
            return True
        return named

    # --- tables ------------------------------------------------------------------------------

    def _row(self, index: int, row: tuple[str, str]) -> Iterator[_Hit]:
        """Read a row of two columns: a label with its entries, or any text with markers."""
        head, value = row
        entries = [entry_of(piece) for piece in pieces(value)]
        if words.action_head(head):
            for entry in entries:
                yield _Hit(index, entry.text, done=bool(entry.box))
            return
        if self.scopes and self.scopes[-1].kind == "heading":
            owners = tuple(self.people.names_in(head))
            if owners and entries:
                yield _Hit(index, value, owners, certain=True)
                return
            owners = tuple(self.people.names_in(value))
            if owners and not words.nothing(head) and not _COLUMN.search(head):
                yield _Hit(index, head, owners, certain=True)
                return
        for entry in entries:
            if has_marker(soften(entry.text)):
                found = marked(soften(entry.text), self.people)
                if found is not None:
                    yield _Hit(index, found.text, found.owners, done=found.done)

    def _joined(self, index: int, text: str) -> str:
        """Return `text` with the lines that only wrap it."""
        parts = [text]
        line = self.lines[index]
        for other in self.lines[index + 1 : index + 6] if line.item else ():
            if other.blank or other.item or other.level or other.hidden:
                break
            if other.indent <= line.indent or cells(other.raw) or has_marker(soften(other.text)):
                break
            parts.append(other.text)
        return " ".join(parts)


def _only_link(text: str) -> bool:
    """Tell whether an entry is nothing but a link to a list of action items."""
    stripped = soften(text).strip()
    return bool(_LINK.fullmatch(stripped) and _LISTING.search(stripped))
