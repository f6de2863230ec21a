"""Who was there: attendance lists, label lines, ticked names."""

import re
from collections.abc import Sequence

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, plain
from kb.formats.tables import cells

_SEPARATOR = re.compile(r"\s*(?:,|、|，|;|・(?=\S{2}))\s*")
_TEMPLATE = re.compile(
    r"^(?:name|your name|github id|affiliation|add your name|none|n/?a|tbd|なし|icebreaker|everyone|text)\b|^[_(.?\-]|https?:|[。!?]|\bplease\b|recording",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?P<label>[^:：<>\[\]]{2,24})\s*[:：]\s*(?P<names>\S.*)$")


def attendees(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of those present at one meeting, in the order written, without `@`.

    In a list of boxes where any is ticked, only the ticked ones were there.
    """
    found: list[tuple[str, bool | None]] = []
    level = 0  # of an open attendance heading
    group: int | None = None
    absent = False
    for index, line in enumerate(lines):
        if line.hidden or line.blank:
            continue
        text = plain(line.text)
        if line.level:
            here = words.attendee_head(text)
            away = words.absent_head(text)
            if here or away:
                group, absent = None, away
                level = level if level and line.level > level else line.level
            elif level and line.level <= level:
                level, group = 0, None
            elif level:
                level = level if line.level >= BOLD_LEVEL and len(text) < 20 else 0
                group = None
            continue
        row = cells(line.raw)
        if row is not None:
            if words.attendee_head(row[0]):
                found += [(name, None) for name in _names(plain(re.sub(r"<br\s*/?>", ", ", row[1])))]
            continue
        if group is not None and line.indent <= group:
            group = None
        match = _LABELLED.match(text)
        if match and words.attendee_head(match["label"]):
            found += [(name, None) for name in _names(match["names"])]
            continue
        if words.attendee_head(text.rstrip(":：")) and (line.item or text.endswith((":", "："))):
            group, absent = line.indent if line.item else -1, False
            continue
        if words.absent_head(text.rstrip(":：")) or (match and words.absent_head(match["label"])):
            absent = True
            continue
        if absent or not (level or group is not None):
            continue
        if line.item:
            found += [(name, line.box) for name in _names(text)[:12]]
        elif group == -1 and index and not lines[index - 1].blank and len(text) < 200:
            found += [(name, line.box) for name in _names(text)]
        elif group == -1:
            group = None
    ticked = any(box for _, box in found)
    names = [name for name, box in found if not ticked or box is not False]
    return tuple(dict.fromkeys(names))[:200]


def _names(text: str) -> list[str]:
    names = []
    for part in _SEPARATOR.split(text):
        name = re.split(r"\s+/\s+|\s+[-–—|]\s+|[(（\[<]", part)[0]
        name = name.strip(" \t\u3000*_.@＠:：")
        if name and len(name) <= 40 and not re.search(r"[:：?!]", name) and not _TEMPLATE.search(name) and len(name.split()) <= 5:
            names.append(name)
    return names
