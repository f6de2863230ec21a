"""Action items: under action headings, after markers, and boxes that name somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.formats import words
from kb.formats.blocks import BOLD_LEVEL, Line, fold, plain
from kb.formats.dates_loose import Found, dates
from kb.formats.people import assigned, names_in, owners_of, soften
from kb.formats.records import NoteTodo
from kb.formats.tables import cells, pieces

_WORD = (
    r"(?:AIs?|A\.I\.|TODOs?|ToDo|To-?[Dd]o|ACTIONS?|ACTION ITEMS?|[Aa]ction [Ii]tems?|[Aa]ctions?|[Aa]ction [Pp]oints?"
    r"|宿題|アクション(?:アイテム)?|ネクストアクション|次アクション|要対応|対応事項|持ち帰り|タスク)"
)
_LEAD = (
    r"(?:(?P<done>:white_check_mark:|:heavy_check_mark:|✅|✔️?|☑️?|【済】|\[済\])\s*)?"
    r"(?:[→⇒➡►▶]\s*|[-=]{1,2}>\s*|:[a-z_]+:\s*|\d+[.)]\s*)*"
    r"(?:\([^()]{1,30}\)\s+(?=AI|TODO|ACTION))?"
    r"(?:(?P<lead>[(\[]?[@＠][\w.-]+[)\]]?|\[[\w.@ ]{2,30}\](?=\s*(?:AI|TODO|ACTION))"
    r"|[A-Za-z][\w.-]{0,24}(?: [A-Z][\w.-]*)?(?=\s*[:：])|[A-Z][\w.-]{1,24}(?= (?:AI|TODO|ACTION)\b))"
    r"\s*[:：]?\s*)?"
)
_MARKER = re.compile(
    rf"^{_LEAD}(?:"
    rf"(?P<word>{_WORD})\s*(?P<who>[(\[（][^()\[\]（）]{{1,60}}[)\]）])?\s*(?:[:：]|\s?(?:--|->|→|⇒)\s?|\s[-–—]\s)\s*"
    rf"|[Aa]ction(?: [Ii]tem)?\s+(?P<named>[\[(][\w.@ ,&-]{{2,40}}[\])])\s+(?=[^\s(])"
    rf"|[(\[【〔](?P<tag>{_WORD})\s*(?:(?:[:：-]|(?=[@＠]))\s*(?P<inner>[^()\[\]【】]*?))?[)\]】〕](?!\()\s*[:：]?\s*"
    r"|(?P<bare>AI|TODO|ACTION(?: ITEM)?)(?=\s*[@(]|\s+\S)\s*"
    r")(?P<text>.*)$",
    re.DOTALL,
)
_MIDLINE = re.compile(
    r"^(?P<before>.*?\S)[\s(\[]+(?P<word>(?:AI|ACTION|TODO)(?= ?[:：])|\[(?:AI|ACTION|TODO)(?=\]))"
    r"[\s:：\])]+(?P<text>.*)$",
    re.DOTALL,
)
_TRAILING = re.compile(r"^(?P<before>.*\S)\s*[:：]\s*TODO[.!]?$", re.DOTALL)
_INLINE = re.compile(
    r"[(\[【](?:AI|ACTION|Action [Ii]tem|Action|TODO|宿題)\s*[:：]\s*(?P<text>[^()\[\]【】]+)[)\]】]"
)
_DONE_TAIL = re.compile(
    r"(?:[(\[（【]\s*(?:done|complete[d]?|closed|済み?|完了|対応済み?)\s*!?[)\]）】]|(?:->|[-–—~])\s*_?\s*(?:done|completed?)\b[^,;]{0,24}|[:→]\s*(?:済|完了|done)|[.。!?)]\s*Done[.!]?|✅|✔️?|☑️?|:white_check_mark:)\s*$",
    re.IGNORECASE,
)
_DONE_HEAD = re.compile(r"^(?:\W*(?:done|completed|済み?|完了)\s*(?:[:：\])】]|[-–—]\s)|✅|✔|:white_check_mark:)", re.IGNORECASE)
_DUE_BEFORE = re.compile(
    r"(?:\bdue(?: date| by| on)?\s*[:：]?|\bby|\buntil|\bbefore|\bdeadline\s*[:：]?|期限\s*[:：]?|締め?切り?\s*[:：]?|〆切?\s*[:：]?|納期\s*[:：]?"
    r"|📅|[(（\[、,\s][~〜～])\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s*)?$",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(r"^\s*(?:[(（][月火水木金土日][)）])?\s*(?:まで(?:に)?|迄|〆|締め?切り?|期限|中に)")
_DUE_PHRASE = re.compile(r"[(（\[]\s*[、,;]?\s*[)）\]]")
_ARROW = re.compile(r"^(?:[-=]{1,2}>|[→⇒:：,])\s*")
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)


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


@dataclass(slots=True)
class _Scope:
    """Where action items are listed: below a heading, a label, or an item with nested ones."""

    kind: str  # one of "heading", "label", "group"
    level: int
    indent: int
    weak: bool = False
    owners: tuple[str, ...] = ()
    base: int | None = None
    count: int = 0
    loose: bool = False
    parents: list[tuple[int, bool, tuple[str, ...]]] = field(default_factory=list)


def todos(
    lines: Sequence[Line],
    first: int,
    known: frozenset[str],
    day: tuple[int | None, int, int] | None,
    day_first: bool = False,
) -> Iterator[NoteTodo]:
    """Yield the action items of one meeting.

    `lines` are the meeting's, `first` the source line number of the first one, `known` the people
    of the file (folded), `day` the meeting's (year or None, month, day), which lends a due date
    its year.
    """
    reader = _Reader(lines, known)
    for hit in reader.run():
        line = lines[hit.at]
        done = hit.done or bool(line.box) or _done(line.text)
        cleaned, due = take_due(_DONE_TAIL.sub("", soften(hit.text)).strip(), day, day_first)
        owned = owners_of(cleaned, known, hit.listed)
        text = re.sub(r"\s+", " ", _DONE_HEAD.sub("", owned.text)).strip(" \t\u3000")
        if words.nothing(text):
            continue
        text = _ARROW.sub("", text).rstrip(" -–—:：") if len(text) > 3 else soften(line.text)
        owners = hit.owners if hit.certain else owned.owners or hit.owners
        yield NoteTodo(text, owners, done, due, first + hit.at)


class _Reader:
    """Walks the lines of a meeting and tells which of them are action items."""

    def __init__(self, lines: Sequence[Line], known: frozenset[str]) -> None:
        self.lines = lines
        self.known = known
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
            self._leave(index, line)
            yield from self._line(index, line)

    def _heading(self, index: int, line: Line) -> None:
        self.scopes = [
            scope for scope in self.scopes if scope.kind == "heading" and scope.level < line.level
        ]
        text = plain(line.text)
        if self.attendance and line.level <= self.attendance:
            self.attendance = 0
        if words.attendee_head(text):
            self.attendance = line.level
        if words.action_head(text) or words.weak_head(text):
            weak = not words.action_head(text) or self._has_markers(index, line.level)
            self.scopes.append(_Scope("heading", line.level, -1, weak=weak))
        elif self.scopes:
            owners = tuple(names_in(text.rstrip(":："), self.known))
            if owners:
                self.scopes.append(_Scope("heading", line.level, -1, owners=owners))
            elif line.level < BOLD_LEVEL and (
                words.decision_head(text) or words.attendee_head(text) or _other_part(text)
            ):
                self.scopes = []
            elif line.level >= BOLD_LEVEL:
                self.scopes = []

    def _has_markers(self, index: int, level: int) -> bool:
        """Tell whether the entries below a heading carry markers of their own (`ACTION: …`)."""
        for line in self.lines[index + 1 :]:
            if 0 < line.level <= level:
                return False
            marked = _MARKER.match(soften(line.text)) if line.text and not line.hidden else None
            if marked and not marked["bare"] and marked["text"].strip():
                return True
        return False

    def _leave(self, index: int, line: Line) -> None:
        """Close the scopes that end before this line."""
        while self.scopes:
            scope = self.scopes[-1]
            if scope.kind == "group" and line.indent <= scope.indent:
                if line.item or (index and self.lines[index - 1].blank) or scope.base is None:
                    self.scopes.pop()
                    continue
            if scope.kind == "label" and not line.item and line.indent == 0:
                after_blank = index > 0 and self.lines[index - 1].blank
                if (after_blank and scope.base is not None) or _label(line.text):
                    self.scopes.pop()
                    continue
            if scope.kind == "label" and line.item and self.lines[index - 1].blank:
                if scope.count > 1 and not scope.loose:
                    self.scopes.pop()  # another list after the list of this label
                    continue
                scope.loose = scope.count == 1
            break

    def _line(self, index: int, line: Line) -> Iterator[_Hit]:
        text = soften(line.text)
        row = cells(line.raw)
        if row is not None:
            yield from self._row(index, row)
            return
        found = False
        marked = _MARKER.match(text) if not line.quoted or "ACTION" in text or "AI" in text else None
        if marked and marked["bare"] == "AI" and not assigned(marked["text"]) and not marked["text"].startswith(("@", "(")):
            marked = None
        if marked and _false_marker(marked, text):
            marked = None
        if marked:
            found = True
            yield from self._marked(index, line, marked)
        elif words.action_head(text) and len(text) < 60 and (line.item or text.endswith((":", "："))):
            kind = "group" if line.item else "label"
            self.scopes.append(_Scope(kind, 0, line.indent))
            return
        elif inline := _INLINE.search(text):
            found = True
            inner = inline["text"].strip()
            owners = names_in(inner, self.known)
            rest = (text[: inline.start()] + " " + text[inline.end() :]).strip()
            if owners and rest:
                yield _Hit(index, rest, tuple(owners), listed=False, certain=True)
            elif "," in inner and (owners := names_in(inner.split(",")[0], self.known)):
                rest = f"{rest} {inner.split(',', 1)[1]}".strip()
                yield _Hit(index, rest, tuple(owners), listed=False, certain=True)
            else:
                yield _Hit(index, inner)
        elif not self.scopes and (hit := self._midline(index, text)) is not None:
            found = True
            yield hit
        if not found:
            yield from self._listed(index, line)

    def _midline(self, index: int, text: str) -> _Hit | None:
        """Read a marker that stands after other words ("… is open. AI: Jim")."""
        match = _TRAILING.match(text)
        if match:
            return _Hit(index, match["before"])
        match = _MIDLINE.match(text)
        if match is None or re.search(r"(?:['’]s|last|previous|the|an?|is|on|in)$", match["before"], re.I):
            return None
        after = match["text"].strip(" ]")
        owners = tuple(names_in(after, self.known))
        if owners or not after:
            return _Hit(index, match["before"], owners, listed=False, certain=True)
        return _Hit(index, after)

    def _marked(self, index: int, line: Line, match: "re.Match[str]") -> Iterator[_Hit]:
        owners: list[str] = []
        for part in (match["who"], match["named"], match["inner"], match["lead"]):
            if part:
                owners += names_in(part.strip("()[]（）"), self.known)
        text = match["text"].strip()
        if match["inner"] and not owners:
            text = f"{match['inner']} {text}".strip()
        plural = fold(match["word"] or match["tag"] or "")
        if not text.strip(" :*") or (plural.endswith("s") and self._nested(index, line) and text.endswith(":")):
            kind = "group" if line.item or self._nested(index, line) else "label"
            below = self.lines[index + 1] if index + 1 < len(self.lines) else None
            if kind == "group" or plural.endswith("s") or (below and below.item):
                self.scopes.append(_Scope(kind, 0, line.indent, owners=tuple(owners)))
            return
        alone = names_in(text, self.known) if not owners else []
        if alone and all(part.isupper() or part.casefold() in self.known for part in alone):
            yield _Hit(index, line.text, tuple(alone), listed=False, certain=True)
            return
        text = self._joined(index, text)
        yield _Hit(index, text, tuple(owners), done=bool(match["done"]), certain=bool(owners))

    def _listed(self, index: int, line: Line) -> Iterator[_Hit]:
        text = self._joined(index, line.text)
        if not self.scopes:
            if line.box is not None and line.text and not self.attendance:
                owners = assigned(text, self.known)
                if owners:
                    yield _Hit(index, text, owners, listed=False)
            return
        scope = self.scopes[-1]
        if not line.item:
            if self._paragraph(index, line, scope):
                yield _Hit(index, text, self._owners())
            return
        while scope.parents and scope.parents[-1][0] >= line.indent:
            scope.parents.pop()
        scope.count += 1
        if scope.base is None or line.indent < scope.base:
            scope.base = line.indent
        inside = scope.parents[-1] if scope.parents else None
        top = line.indent <= scope.base or (inside is not None and inside[1])
        container, owners = self._container(index, line, text)
        scope.parents.append((line.indent, container, owners))
        if container or not line.text:
            return
        if scope.weak and line.box is None and not assigned(text, self.known):
            return
        if not top and line.box is None and not assigned(text, self.known):
            return
        if _only_link(line.text):
            return
        yield _Hit(index, text, (inside[2] if inside else ()) or self._owners())

    def _owners(self) -> tuple[str, ...]:
        return next((scope.owners for scope in reversed(self.scopes) if scope.owners), ())

    def _container(self, index: int, line: Line, text: str) -> tuple[bool, tuple[str, ...]]:
        """Tell whether an item only holds others: a person's name or a part of the list."""
        if not self._nested(index, line):
            return False, ()
        bare = plain(text).rstrip(":： ")
        owners = tuple(names_in(bare, self.known))
        if owners and line.box is None:
            return True, owners
        return len(bare) < 60 and plain(text).endswith((":", "：")), ()

    def _nested(self, index: int, line: Line) -> bool:
        """Tell whether the next line with text is a list item nested below this line."""
        for other in self.lines[index + 1 :]:
            if not other.blank:
                return other.item and not other.level and other.indent > line.indent
        return False

    def _paragraph(self, index: int, line: Line, scope: _Scope) -> bool:
        """Tell whether a line that is no list item is an action item of its own."""
        if line.indent > 3 or len(line.text) > 300 or _label(line.text):
            return False
        before = self.lines[index - 1] if index else None
        fresh = before is None or before.blank or bool(before.level)
        if scope.kind == "heading" and scope.level < BOLD_LEVEL:
            return fresh and bool(owners_of(line.text, self.known, listed=True).owners)
        if scope.kind == "heading" and scope.level == BOLD_LEVEL:
            return fresh and bool(owners_of(line.text, self.known, listed=True).owners)
        if scope.kind == "label" and before is not None and not before.blank:
            scope.count += 1
            return True
        return scope.kind == "heading" or bool(owners_of(line.text, self.known, True).owners)

    def _row(self, index: int, row: tuple[str, str]) -> Iterator[_Hit]:
        """Read a row of two columns: a label with its entries, or any text with markers."""
        head, value = row
        entries = pieces(value)
        if words.action_head(head):
            for entry in entries:
                box = re.match(r"^(?:[-*・•]\s*)?(?:\[([ xX])\]|([□☐])|([☑✅]))\s*", entry)
                text = re.sub(r"^(?:[-*・•]|\d+[.)])\s*", "", entry[box.end() :] if box else entry)
                ticked = bool(box and (box[3] or (box[1] or "").lower() == "x"))
                yield _Hit(index, text, done=ticked)
            return
        if self.scopes and self.scopes[-1].kind == "heading":
            owners = tuple(names_in(head, self.known))
            if owners and entries:
                yield _Hit(index, value, owners, certain=True)
                return
            named = names_in(value, self.known)
            if named and not words.nothing(head) and not re.search(r"item|task|owner|担当|内容", fold(head)):
                yield _Hit(index, head, tuple(named), certain=True)
                return
        for entry in entries:
            match = _MARKER.match(soften(re.sub(r"^(?:[-*・•]|\d+[.)])\s*", "", entry)))
            if match and match["text"].strip() and not match["bare"]:
                yield _Hit(index, match["text"], done=bool(match["done"]))

    def _joined(self, index: int, text: str) -> str:
        """Return `text` with the lines that only wrap it."""
        parts = [text]
        line = self.lines[index]
        for other in self.lines[index + 1 : index + 6]:
            if other.blank or other.item or other.level or other.hidden or not line.item:
                break
            if other.indent <= line.indent or cells(other.raw) or _MARKER.match(soften(other.text)):
                break
            parts.append(other.text)
        return " ".join(parts)


def _false_marker(match: "re.Match[str]", text: str) -> bool:
    word = match["word"] or match["tag"] or match["bare"] or ""
    lead = match["lead"] or ""
    if lead and not lead.startswith(("@", "(", "[", "＠")) and not names_in(lead):
        return True
    if lead and re.search(r"last|previous|suggested|past|old", lead, re.IGNORECASE):
        return True
    if match["bare"] == "TODO":
        return bool(re.match(r"\s*(?:list|item|is|was|comments?|for that|in|があ|は)\b", match["text"]))
    return word in ("action", "actions") and not match["text"].strip()


def _other_part(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"agenda(?: items?)?|notes?|discussions?|minutes|announcements?|topics?|links?|memo|議題|アジェンダ|メモ|議論|報告|"
            r"upcoming meetings?|次回.*|next meeting.*|q&a.*|other|その他|follow-?up discussion",
            fold(text),
        )
    )


def _label(text: str) -> bool:
    bare = plain(text)
    return len(bare) <= 40 and bare.endswith((":", "："))


def _only_link(text: str) -> bool:
    """Tell whether an entry is nothing but a link to a list of action items."""
    stripped = soften(text).strip()
    return bool(
        re.fullmatch(r"\[[^\]]*\]\([^)]*\)|<?https?://\S+>?", stripped)
        and (stripped.startswith(("http", "<")) or re.search(r"action|todo|list", stripped, re.I))
    )


def _done(text: str) -> bool:
    """Tell whether an item's text says that it is done: struck through, or marked."""
    text = text.strip()
    if _DONE_TAIL.search(text) or _DONE_HEAD.match(text):
        return True
    struck = sum(len(part) for part in _STRUCK.findall(text))
    letters = len(re.sub(r"[*_~\s]", "", text))
    return struck > 0 and (text.strip("*_ ").startswith("~~") or struck * 2 >= letters)


def take_due(
    text: str, day: tuple[int | None, int, int] | None, day_first: bool = False
) -> tuple[str, str | None]:
    """Take a due date out of a text; return the text without it, and YYYY-MM-DD or None.

    A due date without a year is the next such day from the meeting on; without the meeting's
    year it stays in the text.
    """
    for found in dates(text, day_first):
        before = _DUE_BEFORE.search(text[: found.start])
        after = _DUE_AFTER.match(text[found.stop :])
        if not before and not after:
            continue
        due = _due(found, day)
        if due is None:
            return text, None
        start = before.start() if before else found.start
        stop = found.stop + (after.end() if after else 0)
        if start > 0 and text[start] in "(（[" and before:
            start += 1
        weekday = re.match(r"\s*[(（][月火水木金土日][)）]", text[stop:])
        stop += weekday.end() if weekday else 0
        left = text[:start].rstrip(" ,、\u3000")
        right = text[stop:].lstrip(" ,、\u3000")
        if left.endswith(("(", "（", "[")) or right.startswith((")", "）", "]", ".", "。")) or not right:
            joined = left + right
        else:
            joined = f"{left} {right}"
        joined = _DUE_PHRASE.sub("", joined).strip(" 　")
        return (joined, due) if joined else (text, due)
    return text, None


def _due(found: Found, day: tuple[int | None, int, int] | None) -> str | None:
    if found.year is not None:
        return found.iso
    if day is None or day[0] is None:
        return None
    year = day[0] + ((found.month, found.day) < (day[1], day[2]))
    return found._replace(year=year).iso
