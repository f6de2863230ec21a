"""Putting a meeting, or one section of it, of an earlier text back into the present one.

What stands around it stays byte for byte; an earlier text that would swallow or end what follows
is refused.
"""

from typing import NamedTuple

from kb.errors import NotFound, WrongUse
from kb.text.arrange import at_level_two, insert_meeting
from kb.text.document import Meeting, Section
from kb.text.lines import Span, decode, encode, newline_of
from kb.text.names import Names
from kb.text.outline import Document, parse


class Part(NamedTuple):
    """A section of a meeting that reads otherwise now; `key` names it for `put_back`."""

    key: str
    title: str


class Piece(NamedTuple):
    """A meeting of an earlier text that reads otherwise now, or is not there any more (`gone`).

    `parts` are those of its sections that differ and stand in the present text, too.
    """

    key: str
    date: str
    title: str
    gone: bool
    parts: tuple[Part, ...] = ()


def differing(then: bytes, now: bytes, names: Names) -> tuple[Piece, ...]:
    """Return the meetings of an earlier text that differ from the present one, in its order."""
    old, new = parse(then, names), parse(now, names)
    found = []
    for meeting in old.meetings:
        if not meeting.counts:
            continue
        other = _same(new, meeting)
        if other is None:
            found.append(Piece(_key(meeting), meeting.date, meeting.title, gone=True))
        elif _text(old, meeting.root) != _text(new, other.root):
            parts = tuple(_parts(old, meeting, new, other))
            found.append(Piece(_key(meeting), meeting.date, meeting.title, gone=False, parts=parts))
    return tuple(found)


def _parts(old: Document, meeting: Meeting, new: Document, other: Meeting) -> "list[Part]":
    found = []
    for number, section in enumerate(meeting.root.children):
        there = _like(other, section)
        if there is not None and _text(old, section) != _text(new, there):
            found.append(Part(f"{_key(meeting)}.{number}", section.heading))
    return found


def put_back(then: bytes, current: bytes, key: str, names: Names) -> tuple[Meeting, bytes]:
    """Return a meeting of an earlier text, and the present text with it, or a part, put back.

    Raises `NotFound("no-section")` and `WrongUse("text-unsafe")`.
    """
    old, new = parse(then, names), parse(current, names)
    name, dot, number = key.partition(".")
    meeting = next((one for one in old.meetings if _key(one) == name), None)
    if meeting is None:
        raise NotFound("no-section")
    other = _same(new, meeting)
    if dot:
        section = _numbered(meeting, number)
        there = _like(other, section) if other and section else None
        if other is None or section is None or there is None:
            raise NotFound("no-section")
        made = _replaced(current, there.span, _text(old, section))
        _refuse_swallowing(new, parse(made, names), other)
        return meeting, made
    if other is None:
        lines = "\n".join(decode(_text(old, meeting.root)).splitlines())
        return meeting, insert_meeting(new, at_level_two(lines, old.level)).document.data
    made = _replaced(current, other.root.span, _text(old, meeting.root))
    _refuse_swallowing(new, parse(made, names), other, whole=True)
    return meeting, made


def _key(meeting: Meeting) -> str:
    """Return what names a meeting in its own text: its id, else its place."""
    return meeting.ids[0] if meeting.ids else f"l-{meeting.root.line}"


def _text(document: Document, section: Section) -> bytes:
    return document.data[section.span.start : section.span.stop].rstrip()


def _same(document: Document, meeting: Meeting) -> Meeting | None:
    """Return the meeting of another text that is this one: by its id, else by day and title."""
    there = document.meetings
    found = next((one for one in there if set(one.ids) & set(meeting.ids)), None)
    if found is None:
        named = (meeting.date, meeting.start, meeting.title)
        alike = [one for one in there if one.counts and (one.date, one.start, one.title) == named]
        both_named = bool(meeting.ids) and all(one.ids for one in alike)
        found = alike[0] if alike and not both_named else None
    return found


def _like(meeting: Meeting, section: Section) -> Section | None:
    """Return the section of a meeting that is of the same kind and name, if there is one such."""
    named = [
        one
        for one in meeting.root.children
        if (one.kind, one.heading) == (section.kind, section.heading)
    ]
    return named[0] if len(named) == 1 else None


def _numbered(meeting: Meeting, number: str) -> Section | None:
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else -1
    return meeting.root.children[at] if 0 <= at < len(meeting.root.children) else None


def _replaced(data: bytes, span: Span, text: bytes) -> bytes:
    """Return the data with another text in a span, in its own line ends; blank ends stay."""
    whole = data[span.start : span.stop]
    tail = whole[len(whole.rstrip()) :]
    lines = "\n".join(decode(text).splitlines())
    shown = encode(lines).replace(b"\n", newline_of(data))
    return data[: span.start] + shown + tail + data[span.stop :]


def _refuse_swallowing(
    before: Document, after: Document, meeting: Meeting, *, whole: bool = False
) -> None:
    """Refuse what would change what stands around it: other meetings, and other sections."""
    at = next(n for n, c in enumerate(before.chunks) if c.span.start == meeting.root.span.start)
    rest = [before.data[c.span.start : c.span.stop] for c in before.chunks]
    made = [after.data[c.span.start : c.span.stop] for c in after.chunks]
    if len(rest) != len(made) or rest[:at] + rest[at + 1 :] != made[:at] + made[at + 1 :]:
        raise WrongUse("text-unsafe")
    if not whole:
        old, new = before.section(at).children, after.section(at).children
        if [(one.kind, one.heading) for one in old] != [(one.kind, one.heading) for one in new]:
            raise WrongUse("text-unsafe")
