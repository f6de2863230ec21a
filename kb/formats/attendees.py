"""Who was there: attendance lists, label lines, ticked names."""

import re
from collections.abc import Iterator, Sequence

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, plain
from kb.formats.names import is_name
from kb.formats.tables import cells

_SEPARATOR = re.compile(r"\s*(?:,|、|，|;|・(?=\S{2}))\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_REMARK = re.compile(r"\s+/\s+|\s+[-–—|]\s+|[(（\[<]")
_PREFIX = re.compile(r"^(?:[A-Za-z]{2,12}(?: [a-z]{2,12})?|[一-龥ァ-ヴー]{2,10})\s*[:：]\s+")
_TEMPLATE = re.compile(
    r"^(?:name|your name|github id|affiliation|add your name|none|n/?a|tbd|なし|icebreaker|everyone"
    r"|text)\b|^[_(.?\-]|https?:|[。!?:：]|\bplease\b|recording",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?P<label>[^:：<>\[\]]{2,24})\s*[:：]\s*(?P<names>\S.*)$")
_MOST = 200  # people at one meeting


def attendees(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of those present at one meeting, in the order written, without `@`.

    In a list of boxes where any is ticked, only the ticked ones were there.
    """
    reader = _Reader(lines)
    found: list[tuple[str, bool | None]] = []
    for index, line in enumerate(lines):
        if line.hidden or line.blank:
            continue
        if line.level:
            reader.heading(line)
        else:
            found += [(name, line.box) for name in reader.line(index, line)]
    ticked = any(box for _, box in found)
    names = [name for name, box in found if not ticked or box is not False]
    return tuple(dict.fromkeys(names))[:_MOST]


class _Reader:
    """Knows while it walks down a meeting whether people are being listed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.level = 0  # of an open attendance heading
        self.group: int | None = None  # indent of a label whose entries are people, -1 = paragraph
        self.absent = False  # those listed were not there

    def heading(self, line: Line) -> None:
        """Open or close the list of people at a heading."""
        text = plain(line.text)
        if words.attendee_head(text) or words.absent_head(text):
            self.absent = words.absent_head(text)
            self.level = self.level if 0 < self.level < line.level else line.level
        elif line.level <= self.level or line.level < BOLD_LEVEL or len(text) >= 20:
            self.level = 0
        self.group = None

    def line(self, index: int, line: Line) -> Iterator[str]:
        """Yield the people whom this line names as present."""
        row = cells(line.raw)
        if row is not None:
            if words.attendee_head(row[0]):
                yield from _names(plain(_BREAK.sub(", ", row[1])))
            return
        if self.group is not None and line.indent <= self.group:
            self.group = None
        text = plain(line.text)
        match = _LABELLED.match(text)
        if match and words.attendee_head(match["label"]):
            yield from _names(match["names"])
        elif words.attendee_head(text.rstrip(":：")) and (line.item or text[-1:] in ":："):
            self.group, self.absent = (line.indent if line.item else -1), False
        elif words.absent_head((match["label"] if match else text).rstrip(":：")):
            self.absent = True
        elif not self.absent and self._lists(index, line, text):
            yield from _names(text)

    def _lists(self, index: int, line: Line, text: str) -> bool:
        """Tell whether the line is an entry of an open list of people."""
        if line.item:
            return bool(self.level) or self.group is not None
        if self.level and len(text) < 80 and is_name(_REMARK.split(_PREFIX.sub("", text))[0]):
            return True
        if self.group == -1 and index and not self.lines[index - 1].blank and len(text) < 200:
            return True
        self.group = None if self.group == -1 else self.group
        return False


def _names(text: str) -> Iterator[str]:
    for part in _SEPARATOR.split(_PREFIX.sub("", text))[:40]:
        name = _REMARK.split(part)[0].strip(" \t\u3000*_.@＠:：")
        if name and len(name) <= 40 and len(name.split()) <= 5 and not _TEMPLATE.search(name):
            yield name
