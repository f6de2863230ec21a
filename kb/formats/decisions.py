"""Decisions: after markers (RESOLVED, Decision:, 【決定】) and under headings (決定事項)."""

import re
from collections.abc import Iterator, Sequence

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, fold, plain
from kb.formats.people import soften
from kb.formats.records import NoteDecision
from kb.formats.tables import cells, entry_of, pieces

_MARKER = re.compile(
    r"^(?:[→⇒➡►▶]\s*|[-=]>\s*)*(?:"
    r"\[(?:RESOLVED|Resolved|DECISION|Decision|DECIDED|決定|結論|合意)\]\s*[:：]?"
    r"|[【〔](?:決定(?:事項)?|結論|合意|決議)[】〕]\s*[:：]?"
    r"|(?:RESOLVED|RESOLUTION|DECISION|DECIDED)\b\s*(?:[:：]|[-–—]\s|(?=\s[A-Z]))"
    r"|(?:[Rr]esolved|[Rr]esolution|[Dd]ecisions?|Decided|[Cc]onclusion|[Cc]onsensus|Agreed"
    r"|Group decision|Final decision)\s*(?:\([^()]{1,40}\)\s*)?[:：]"
    r"|(?:決定(?:事項)?|結論|合意(?:事項)?|決議|確定)\s*[:：]"
    r")\s*(?P<text>.*)$",
    re.DOTALL,
)
_BOLD = re.compile(
    r"^\s*(?:\*\*|__)(?:RESOLVED|Resolved|DECISION|Decision|Decided|決定)(?:\*\*|__)\s+"
    r"(?P<text>\S.*)$",
    re.DOTALL,
)
_REMARK = re.compile(r"\([^()]{1,40}\)\W*")  # "Resolved: (Niko)", and then the list


def decisions(lines: Sequence[Line], first: int) -> Iterator[NoteDecision]:
    """Yield the decisions of one meeting; `first` is the source line number of `lines[0]`."""
    reader = _Reader(lines)
    for index, line in enumerate(lines):
        if line.hidden or line.blank:
            continue
        if line.level:
            reader.heading(line)
            continue
        for text in reader.line(index, line):
            if not words.nothing(text):
                yield NoteDecision(text, first + index)


class _Reader:
    """Knows while it walks down a meeting whether decisions are being listed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.level = 0  # of an open decision heading
        self.group: int | None = None  # indent of an item or label whose entries are decisions
        self.base: int | None = None  # indent of the list being read

    def heading(self, line: Line) -> None:
        """Open or close the list of decisions at a heading."""
        self.group = self.base = None
        if words.decision_head(line.text):
            self.level = line.level
        elif self.level and (line.level <= self.level or line.level >= BOLD_LEVEL):
            self.level = 0

    def line(self, index: int, line: Line) -> Iterator[str]:
        """Yield what this line says was decided."""
        if self.group is not None and line.indent <= self.group:
            self.group = self.base = None
        row = cells(line.raw)
        if row is not None:
            if words.decision_head(row[0]):
                for piece in pieces(row[1]):
                    yield entry_of(soften(piece)).text
            return
        text = soften(line.text)
        match = _MARKER.match(text) or _BOLD.match(line.text)
        if match:
            said = soften(match["text"])
            if said and not _REMARK.fullmatch(said):
                yield said
            else:
                self._open(line.indent if line.item else line.indent - 1)
        elif self._announces(line, text):
            self._open(line.indent if line.item else -1)
        elif self._lists(index, line, text):
            yield text

    def _open(self, indent: int) -> None:
        self.group, self.base = indent, None

    @staticmethod
    def _announces(line: Line, text: str) -> bool:
        label = line.item or plain(text).endswith((":", "："))
        return label and words.decision_head(text) and len(fold(text)) < 30

    def _lists(self, index: int, line: Line, text: str) -> bool:
        """Tell whether the line is an entry of an open list of decisions."""
        if not self.level and self.group is None:
            return False
        if line.item:
            if self.base is None or line.indent < self.base:
                self.base = line.indent
            return line.indent <= self.base
        if self.group is not None or self.level >= BOLD_LEVEL:
            return self.group is None
        before = self.lines[index - 1] if index else None
        fresh = before is None or before.blank or bool(before.level)
        return fresh and not plain(text).endswith((":", "："))
