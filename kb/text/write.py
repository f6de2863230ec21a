"""Add one line to a meeting, in the right place and in the document's own manner.

The first blank line of a template is filled; otherwise the line stands after the last of its
kind; a section that is missing is made, in the usual order. What was typed stays exactly one item
(`kb.text.escape`), and the guard of `kb.text.splice` has the last word.
"""

from collections.abc import Container
from typing import NamedTuple

from kb.errors import NotFound, WrongUse
from kb.text import ids
from kb.text.compose import LABELLED, MEMO, Composer, New
from kb.text.document import Item, Section
from kb.text.escape import escape, escape_title, lines_of, one_line, plain
from kb.text.lines import LONG_LINE, Span, encode, line_count, newline_of
from kb.text.names import SECTIONS, written
from kb.text.outline import Document
from kb.text.splice import Entry, splice

ORDER = ("hypotheses", "agenda", "decisions", "todos", "insights", "memo")
"""The order in which the sections of a meeting stand."""

HOME = {
    "hypothesis": "hypotheses",
    "topic": "agenda",
    "stance": "agenda",
    "said": "agenda",
    "request": "agenda",
    "decision": "decisions",
    "todo": "todos",
    "insight": "insights",
    "memo": "memo",
}
"""The section in which each kind stands when no topic is named."""


class Written(NamedTuple):
    """The new document, the line (from 1) of what was added, its id (None: stance, said, memo)."""

    document: Document
    line: int
    id: str | None


def add(
    document: Document,
    index: int,
    new: New,
    *,
    lang: str,
    account: str,
    taken: Container[str] = (),
) -> Written:
    """Add a line to the meeting whose chunk is at `index`.

    Raises `WrongUse` when the text is empty, too long or can't be placed safely, and `NotFound`
    when `under` names no topic (or more than one).
    """
    if not lines_of(new.text):
        raise WrongUse("text-empty")
    if any(len(encode(line)) > LONG_LINE // 2 for line in lines_of(new.text)):
        raise WrongUse("text-too-long", limit=LONG_LINE // 2048)
    return _Writer(document, index, new, lang, account, taken).write()


class _Writer:
    def __init__(
        self,
        document: Document,
        index: int,
        new: New,
        lang: str,
        account: str,
        taken: Container[str],
    ) -> None:
        self.document = document
        self.root = document.section(index)
        self.date = document.meeting(index).date
        self.new = new
        self.lang = lang
        self.account = account
        self.taken = taken
        self.newline = newline_of(document.data)
        self.words = Composer(new, document.names, lang, account, self.date, taken)

    def write(self) -> Written:
        kind = self.new.kind
        if kind == "topic":
            return self._topic()
        if kind == "hypothesis":
            return self._into_section("hypotheses", self.words.claim())
        if kind in ("stance", "said", "request") or self.new.under is not None:
            return self._under_topic()
        insight = kind == "insight"
        lines = self.words.insight() if insight else [self.words.line(labelled=False)]
        return self._into_section(HOME[kind], lines)

    # --- where it is written ---------------------------------------------------------------

    def _into_section(self, kind: str, lines: list[str]) -> Written:
        section = next(
            (s for s in self.root.walk() if s.kind == kind and s.level <= self._level()), None
        ) or next((s for s in self.root.walk() if s.kind == kind), None)
        if section is None:
            return self._new_section(kind, lines)
        blank = next((i for i in section.items if i.blank and self._fits(i)), None)
        if blank is not None:
            keep = frozenset(c.label for c in blank.children if c.label)
            filled = self.words.claim(keep) if kind == "hypotheses" else lines
            return self._replace_item(blank, filled)
        if section.items:
            return self._after(section.items[-1], lines)
        return self._into_empty(section, lines)

    def _fits(self, item: Item) -> bool:
        """Tell whether a blank line of a template is of the new line's kind."""
        return item.label is None and (item.box is None) == (self.new.kind != "todo")

    def _level(self) -> int:
        """Return the heading level at which the meeting's own sections stand."""
        levels = [s.level for s in self.root.children if s.kind in ORDER]
        return min(levels, default=self.root.level + 1)

    def _under_topic(self) -> Written:
        topic = self._named_topic() if self.new.under is not None else self._current_topic()
        if topic is None:
            return self._into_section("agenda", [self.words.line(labelled=True)])
        labelled = self.new.kind in LABELLED
        key = LABELLED.get(self.new.kind)
        lines = [self.words.line(labelled=True)]
        blank = next((i for i in topic.items if i.blank and i.label == key), None)
        if blank is not None and labelled:
            return self._replace_item(blank, lines)
        before = [i for i in topic.items if self._rank(i) <= self._rank_new()]
        if before:
            return self._after(before[-1], lines)
        if topic.items:
            return self._before(topic.items[0], lines)
        return self._into_empty(topic, lines)

    def _rank_new(self) -> int:
        ranks = {"stance": 0, "said": 1, "request": 1, "decision": 2, "todo": 3}
        return ranks.get(self.new.kind, 4)

    def _rank(self, item: Item) -> int:
        """Return the place of an item in a topic: stance, said, decision, TODO, anything else."""
        if item.box is not None:
            return 3
        return {"stance": 0, "customer": 1, "decision": 2, "todo": 3}.get(item.label or "", 4)

    def _topics(self) -> list[Section]:
        return [s for s in self.root.walk() if s.kind == "topic" and not s.blank]

    def _named_topic(self) -> Section:
        wanted = (self.new.under or "").strip()
        topics = self._topics()
        if wanted.isdigit() and 1 <= int(wanted) <= len(topics):
            return topics[int(wanted) - 1]
        bare = wanted.removeprefix("^")
        found = [t for t in topics if bare in t.ids or self._topic_id(t) == bare]
        if not found and wanted:
            found = [t for t in topics if plain(t.heading).startswith(wanted)]
            found = [t for t in found if plain(t.heading) == wanted] or found
        if len(found) == 1:
            return found[0]
        titles = "、".join(plain(t.heading) for t in found or topics)
        code = "topic-ambiguous" if found else "no-topic"
        raise (WrongUse if found else NotFound)(code, topic=wanted, topics=titles)

    def _topic_id(self, topic: Section) -> str:
        return ids.derive("topic", self.account, self.date, plain(topic.heading))

    def _current_topic(self) -> Section | None:
        """Return the topic that the meeting has come to: the last one with a word of theirs."""
        topics = self._topics()
        reached = [t for t in topics if any(self._rank(i) > 0 and i.text for i in t.items)]
        if reached:
            return reached[-1]
        if topics:
            return topics[0]
        return next((s for s in self.root.walk() if s.kind == "topic"), None)

    # --- the topic itself ------------------------------------------------------------------

    def _topic(self) -> Written:
        title = escape_title(self.new.text)
        id_ = ids.derive("topic", self.account, self.date, one_line(self.new.text), 0, self.taken)
        agenda = next((s for s in self.root.walk() if s.kind == "agenda"), None)
        stance = self.new.stance
        label = self.words.label("stance")
        names = self.document.names
        if names.section(title) not in (None, "agenda"):
            raise WrongUse("title-is-section", title=title)
        said = label + (escape(stance, names, labelled=True, owned=False) if stance else "")
        below = ["", *self._item_lines([said], "", "-")]
        if agenda is None:
            level = "#" * (self._level() + 1)
            return self._new_section("agenda", [f"{level} {title} ^{id_}", *below])
        blank = next((s for s in agenda.children if s.kind == "topic" and s.blank), None)
        if blank is not None:
            return self._fill_topic(blank, f"{title} ^{id_}", said)
        depth = min((s.level for s in agenda.children if s.kind == "topic"), default=0)
        hashes = "#" * (depth or min(agenda.level + 1, 6))
        at = max([s.span.stop for s in agenda.children if s.kind == "topic"] or [agenda.body.stop])
        return self._block(at, [f"{hashes} {title} ^{id_}", *below])

    def _fill_topic(self, blank: Section, heading: str, stance: str) -> Written:
        item = next((i for i in blank.items if i.label == "stance" and i.blank), None)
        hashes = "#" * blank.level
        if item is None:
            lines = [f"{hashes} {heading}", "", *self._item_lines([stance], "", "-")]
            end = blank.head.stop
            keep = b""
        else:
            end = item.span.start + item.indent
            keep = self.document.data[blank.head.stop : end]
            lines = [f"{hashes} {heading}"]
        new = self._bytes(lines) + keep
        if item is not None:
            inner = self._item_lines([stance], self._indent(item), item.marker)
            new += self.newline.join(map(encode, inner))[item.indent :]
            end = item.para.stop
            while self.document.data[end : end + 1] in (b" ", b"\t"):
                end += 1  # the blank that the template left after its colon
        return self._splice(Span(blank.head.start, end), new)

    # --- splices ---------------------------------------------------------------------------

    def _bytes(self, lines: list[str]) -> bytes:
        return b"".join(encode(line) + self.newline for line in lines)

    def _item_lines(self, lines: list[str], indent: str, marker: str) -> list[str]:
        """Return item lines with marker and indent; inner line breaks are indented below it."""
        pad = " " * (len(marker) + 1)
        shown = []
        for number, line in enumerate(lines):
            nested = number > 0
            first, *rest = line.split("\n")
            if nested:
                body = first.lstrip()
                shown.append(indent + pad + body)
                shown += [indent + pad + "  " + part for part in rest]
            else:
                shown.append(f"{indent}{marker} {first}")
                shown += [indent + pad + part for part in rest]
        return shown

    def _replace_item(self, item: Item, lines: list[str]) -> Written:
        indent = self._indent(item)
        stop = item.span.stop
        new = self._bytes(self._item_lines(lines, indent, item.marker))
        if not self.document.data[:stop].endswith((b"\n", b"\r")):
            new = new[: -len(self.newline)]
        return self._splice(Span(item.span.start, stop), new)

    def _indent(self, item: Item) -> str:
        start = item.span.start
        return self.document.data[start : start + item.indent].decode("ascii", "replace")

    def _after(self, item: Item, lines: list[str]) -> Written:
        marker = _next_marker(item.marker)
        new = self._bytes(self._item_lines(lines, self._indent(item), marker))
        at = item.span.stop
        if not self.document.data[:at].endswith((b"\n", b"\r")):
            new = self.newline + new
        return self._splice(Span(at, at), new)

    def _before(self, item: Item, lines: list[str]) -> Written:
        new = self._bytes(self._item_lines(lines, self._indent(item), item.marker))
        at = item.span.start
        return self._splice(Span(at, at), new)

    def _into_empty(self, section: Section, lines: list[str]) -> Written:
        """Write the first item of a section that has none, after whatever else stands there."""
        return self._block(section.body.stop, self._item_lines(lines, "", "-"))

    def _new_section(self, kind: str, lines: list[str]) -> Written:
        level = self._level()
        heading = "#" * level + " " + written(SECTIONS, kind, self.lang)
        later = ORDER[ORDER.index(kind) + 1 :]
        following = next(
            (s for s in self.root.children if s.kind in later and s.level == level), None
        )
        at = following.span.start if following else self.root.span.stop
        body = (
            lines
            if kind == "agenda" and lines[0].startswith("#")
            else self._item_lines(lines, "", "-")
        )
        return self._block(at, [heading, "", *body])

    def _block(self, at: int, lines: list[str]) -> Written:
        """Write lines as a block of their own at `at`, one blank line before and after."""
        data = self.document.data
        begin = len(data[:at].rstrip(b" \t\r\n"))
        begin = max(begin, self._floor(at))
        gap = self.newline * (2 if begin and data[begin - 1 : begin] not in b"\r\n" else 1)
        new = gap + self._bytes(lines)
        if at < len(data):
            new += self.newline
        return self._splice(Span(begin, at), new)

    def _floor(self, at: int) -> int:
        """Return the start of white space before `at` that belongs to the meeting."""
        return min(self.root.head.start, at)

    def _splice(self, at: Span, new: bytes) -> Written:
        done = splice(self.document, at, new, self._accept)
        mine = next(e for e in done.entries if self._is_mine(e))
        line = line_count(done.document.data[: mine.start]) + 1
        id_ = next((i for i in mine.ids if i[0] == ids.KINDS.get(self.new.kind)), None)
        return Written(done.document, line, id_)

    def _is_mine(self, entry: Entry) -> bool:
        """Tell whether an entry is what was to be added."""
        heading = entry.body.startswith(b"#")
        if self.new.kind == "topic":
            same = plain(entry.text) == one_line(self.new.text)
            return heading and entry.kind == "topic" and same
        text = _half_width("\n".join(lines_of(self.words.typed)))
        got = _half_width(plain(entry.text))
        if self.new.kind == "memo" and entry.label in MEMO:
            return text.endswith(got)
        label = LABELLED.get(self.new.kind)
        return not heading and entry.label in (label, None) and got.startswith(text)

    def _accept(self, inside: tuple[Entry, ...]) -> bool:
        mine = [e.depth for e in inside if self._is_mine(e)]
        if mine.count(min(mine, default=0)) != 1:  # a note below may begin with the same words
            return False
        owned = [i for e in inside for i in e.ids]
        return len(owned) == len(set(owned))


def _half_width(text: str) -> str:
    """Return a text as it may come back: what had to be escaped is half-width then."""
    return text.replace("：", ":").replace("＠", "@")


def _next_marker(marker: str) -> str:
    """Return the marker of the item after one with `marker`: "2." after "1."."""
    number = marker[:-1]
    return f"{int(number) + 1}{marker[-1]}" if number.isdigit() else marker
