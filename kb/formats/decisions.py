"""Decisions: after markers (RESOLVED, Decision:, 【決定】) and under headings (決定事項)."""

import re
from collections.abc import Iterator, Sequence

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, fold, plain
from kb.formats.people import soften
from kb.formats.records import NoteDecision
from kb.formats.tables import cells, pieces

_MARKER = re.compile(
    r"^(?:[→⇒➡►▶]\s*|[-=]>\s*)*(?:"
    r"\[(?:RESOLVED|Resolved|DECISION|Decision|DECIDED|決定|結論|合意)\]\s*[:：]?"
    r"|[【〔](?:決定(?:事項)?|結論|合意|決議)[】〕]\s*[:：]?"
    r"|(?:RESOLVED|RESOLUTION|DECISION|DECIDED)\b\s*(?:[:：]|[-–—]\s|(?=\s[A-Z]))"
    r"|(?:Resolved|Resolution|Decision|Decisions|Decided|Conclusion|Consensus|Agreed|decision|resolved|resolution|conclusion|consensus|Group decision|Final decision)\s*[:：]"
    r"|(?:決定(?:事項)?|結論|合意(?:事項)?|決議|確定)\s*[:：]"
    r")\s*(?P<text>.*)$",
    re.DOTALL,
)
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?:RESOLVED|Resolved|DECISION|Decision|Decided|決定)(?:\*\*|__)\s+(?P<text>\S.*)$", re.DOTALL)


def decisions(lines: Sequence[Line], first: int) -> Iterator[NoteDecision]:
    """Yield the decisions of one meeting; `first` is the source line number of `lines[0]`."""
    heading = 0  # level of an open decision heading
    group: int | None = None  # indent of an item or label whose entries are decisions
    base: int | None = None
    for index, line in enumerate(lines):
        if line.hidden or line.blank:
            continue
        if line.level:
            group = base = None
            if words.decision_head(line.text):
                heading = line.level
            elif heading and (line.level <= heading or line.level >= BOLD_LEVEL):
                heading = 0
            continue
        if group is not None and line.indent <= group:
            group = base = None
        row = cells(line.raw)
        if row is not None:
            if words.decision_head(row[0]):
                for entry in pieces(row[1]):
                    text = re.sub(r"^(?:[-*・•]|\d+[.)])\s*", "", soften(entry))
                    if not words.nothing(text):
                        yield NoteDecision(text, first + index)
            continue
        text = soften(line.text)
        match = _MARKER.match(text) or _BOLD.match(line.text)
        if match:
            said = soften(match["text"])
            if said and not words.nothing(said):
                yield NoteDecision(said, first + index)
            elif not said:
                group, base = line.indent if line.item else line.indent - 1, None
            continue
        if words.decision_head(text) and len(fold(text)) < 30 and (line.item or plain(text).endswith((":", "："))):
            group, base = line.indent if line.item else -1, None
            continue
        if not (heading or group is not None):
            continue
        if not line.item and (heading and heading < BOLD_LEVEL or group is not None):
            fresh = index == 0 or lines[index - 1].blank or bool(lines[index - 1].level)
            if not fresh or group is not None or plain(text).endswith((":", "：")):
                continue
        elif line.item:
            if base is None or line.indent < base:
                base = line.indent
            if line.indent > base:
                continue
        if not words.nothing(text):
            yield NoteDecision(text, first + index)
