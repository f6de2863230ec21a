"""Put imported meetings into a running document once: what is there already is left alone.

A meeting that was imported bears an id derived from account, day and title, and holds lines of
its source. So a second import finds it again, also when a person has edited it since, and only
what is new is written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.errors import WrongUse
from kb.formats.records import NoteMeeting
from kb.formats.running import UNDATED, meeting_text, said, undated_heading, undated_text
from kb.text import ids
from kb.text.arrange import newest_first
from kb.text.dates import heading_date
from kb.text.lines import decode, encode, newline_of
from kb.text.names import DEFAULT_NAMES, Names
from kb.text.outline import Document, parse

_ID = re.compile(r"\^(m-[0-9a-hjkmnp-tv-z]{6})")
_MOST = 0.75
"""The share of common lines from which two texts are one meeting, edited or grown."""

_LINES = re.compile(r"\r\n|\r|\n")
_MARKS = re.compile(r"^[\s>]+")


class Incoming(NamedTuple):
    """A meeting to import, and the name of the source that it comes from."""

    meeting: NoteMeeting
    source: str


class Merged(NamedTuple):
    """The document with what was new in it.

    `added` are indexes of the incoming meetings that were written, `changed` of those that are
    in the document with other lines than the source has now: they were left as they are.
    """

    data: bytes
    added: tuple[int, ...]
    changed: tuple[int, ...]


class _Placed(NamedTuple):
    when: tuple[str, str]
    text: str
    order: int


class Importer:
    """Takes incoming meetings into one document."""

    def __init__(
        self,
        account: str,
        lang: str,
        members: Mapping[str, str],
        names: Names = DEFAULT_NAMES,
    ) -> None:
        """Write in `lang`; `members` as in `kb.formats.running.meeting_text`."""
        self.account = account
        self.lang = lang
        self.members = members
        self.names = names

    def merge(self, data: bytes, incoming: Sequence[Incoming]) -> Merged:
        """Return `data` with those of `incoming` that are not in it yet.

        Raises `WrongUse("import-unsafe")` when the result would not read as intended; then
        nothing is to be written.
        """
        there = _Meetings(data)
        placed: list[_Placed] = []
        loose: list[tuple[str, str]] = []
        added: list[int] = []
        changed: list[int] = []
        undated = there.undated
        claimed: set[tuple[str, str]] = set()  # two meetings of one source are never one here
        for index, (meeting, source) in enumerate(incoming):
            lines = _bag(meeting.body)
            if meeting.date is None:
                title = _held(lines, undated, claimed, source)
                if title is None:
                    title = _free(undated_heading(meeting, source), undated)
                    undated[title] = lines
                    _, _, rest = undated_text(meeting, source).partition("\n")
                    loose.append((title, rest))
                    added.append(index)
                elif lines - undated[title]:
                    changed.append(index)
                claimed.add((source, title))
                continue
            state, id_ = self._known(meeting, lines, there, claimed, source)
            claimed.add((source, id_))
            if state == "new":
                text = meeting_text(
                    meeting, id_=id_, lang=self.lang, members=self.members, names=self.names
                )
                there.add(id_, lines)
                placed.append(_Placed((meeting.date, meeting.start or ""), text, index))
                added.append(index)
            elif state == "changed":
                changed.append(index)
        if not added:
            return Merged(data, (), tuple(changed))
        document = parse(data, self.names)
        whole = _insert(document, placed, loose, self.lang)
        self._check(document, whole, placed)
        return Merged(whole, tuple(added), tuple(changed))

    def _known(
        self,
        meeting: NoteMeeting,
        lines: "Counter[str]",
        there: "_Meetings",
        claimed: set[tuple[str, str]],
        source: str,
    ) -> tuple[str, str]:
        """Return "new", "there" or "changed", and the meeting's id."""
        assert meeting.date is not None
        ordinal = 0
        alike: str | None = None
        while True:
            id_ = ids.derive("meeting", self.account, meeting.date, meeting.title, ordinal)
            held = there.lines(id_)
            if held is None:
                return ("new", id_) if alike is None else ("changed", alike)
            if (source, id_) not in claimed:
                if not lines - held:
                    return "there", id_
                if alike is None and there.old(id_) and _alike(lines, held):
                    alike = id_
            ordinal += 1

    def _check(self, before: Document, data: bytes, placed: Sequence[_Placed]) -> None:
        """Make sure that exactly the meetings meant were added, and no other was touched."""
        after = parse(data, self.names)
        old = Counter(
            before.data[slice(*c.span)].strip() for c in before.chunks if c.kind == "meeting"
        )
        new = Counter(
            after.data[slice(*c.span)].strip() for c in after.chunks if c.kind == "meeting"
        )
        if old - new or sum(new.values()) != sum(old.values()) + len(placed):
            raise WrongUse("import-unsafe")


class _Meetings:
    """What a document holds already: lines of its meetings by id, and of its undated parts.

    Found by its heading lines alone, without a parse: most imports find everything there.
    """

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, list[str]] = {}
        self._bags: dict[str, Counter[str]] = {}
        self.undated: dict[str, Counter[str]] = {}
        loose: dict[str, list[str]] = {}
        inside = False  # of the section for undated material
        part: list[str] = []
        for line in _LINES.split(decode(data)):
            if not line.startswith("#"):
                part.append(line)
                continue
            found = _ID.findall(line)
            title = line.strip("# ")
            if title in UNDATED:
                inside, part = True, []
            elif found or heading_date(title) is not None:
                inside, part = False, []
                for id_ in found:
                    self._parts.setdefault(id_, part)
            elif inside and line.startswith("###"):
                part = loose.setdefault(line, [])
            else:
                part.append(line)
        self.undated = {title: _bag(lines) for title, lines in loose.items()}

    def lines(self, id_: str) -> "Counter[str] | None":
        """Return the lines of the meeting with this id, or None."""
        if id_ not in self._bags and id_ in self._parts:
            self._bags[id_] = _bag(self._parts[id_])
        return self._bags.get(id_)

    def old(self, id_: str) -> bool:
        """Tell whether the meeting was in the document before this import."""
        return id_ in self._parts

    def add(self, id_: str, lines: "Counter[str]") -> None:
        """Remember a meeting that is about to be written."""
        self._bags[id_] = lines


def _bag(lines: Iterable[str]) -> "Counter[str]":
    """Return the lines without quote signs, blanks as one space, and how often each is there."""
    bare = (" ".join(_MARKS.sub("", line).split()) for line in lines)
    return Counter(line for line in bare if line)


def _alike(lines: "Counter[str]", held: "Counter[str]") -> bool:
    """Tell whether most lines of the source are in the meeting, or what is there is of it."""
    total = sum(lines.values())
    common = sum((lines & held).values())
    return not total or common >= _MOST * total or common >= _MOST * sum(held.values())


def _held(
    lines: "Counter[str]",
    blocks: "Mapping[str, Counter[str]]",
    claimed: set[tuple[str, str]],
    source: str,
) -> str | None:
    """Return the title of the part that holds most of `lines`, if one does."""
    free = [title for title in blocks if (source, title) not in claimed]
    best = max(free, key=lambda title: sum((lines & blocks[title]).values()), default=None)
    return best if best is not None and _alike(lines, blocks[best]) else None


def _free(title: str, blocks: Mapping[str, object]) -> str:
    number = 2
    found = title
    while found in blocks:
        found = f"{title} ({number})"
        number += 1
    return found


def _insert(
    document: Document,
    placed: Sequence[_Placed],
    loose: Sequence[tuple[str, str]],
    lang: str,
) -> bytes:
    """Return the document with meetings put in by date and undated material at its end."""
    newest = newest_first(document)
    spots = _spots(document)
    at_end = _undated_at(document)
    inserts: list[tuple[int, tuple[str, str], int, str]] = []
    for item in placed:
        at = next(
            (start for when, start in spots if (when <= item.when if newest else when > item.when)),
            None,
        )
        if at is None:
            at = _after_last(document, at_end)
        inserts.append((at, item.when, item.order, _at_level(item.text, document.level)))
    inserts.sort(key=lambda entry: entry[2])
    inserts.sort(key=lambda entry: entry[1], reverse=newest)
    inserts.sort(key=lambda entry: entry[0])
    pieces: list[str] = []
    result: list[bytes] = []
    newline = newline_of(document.data)
    done = 0
    for number, (at, _, _, text) in enumerate(inserts):
        pieces.append(text)
        if number + 1 < len(inserts) and inserts[number + 1][0] == at:
            continue
        result.append(_blocks(document.data[done:at], pieces, newline))
        pieces, done = [], at
    rest = document.data[done:]
    if loose:
        texts = [f"{title}\n{body}" for title, body in loose]
        hashes = "#" * document.level
        if at_end is None:
            texts.insert(0, f"{hashes} {said(UNDATED, lang)}")
        stop = (len(document.data) if at_end is None else at_end[1]) - done
        result.append(_blocks(rest[:stop], texts, newline, follows=stop < len(rest)))
        rest = rest[stop:]
        return b"".join(result) + rest
    if result and not rest:
        result[-1] = result[-1].rstrip(b"\r\n") + newline
    return b"".join(result) + rest


def _blocks(before: bytes, texts: Sequence[str], newline: bytes, *, follows: bool = True) -> bytes:
    """Return `before` with blocks of text after it, a blank line around each."""
    kept = before
    if before.strip():
        breaks = 0
        for ending in re.findall(rb"(?:\r\n|\r|\n)[ \t]*", before[len(before.rstrip()) :]):
            breaks += bool(ending)
        kept = before + newline * max(0, 2 - breaks)
    blank = newline + newline
    body = blank.join(newline.join(encode(line) for line in text.split("\n")) for text in texts)
    return kept + body + (blank if follows else newline)


def _spots(document: Document) -> list[tuple[tuple[str, str], int]]:
    """Return day, start and byte offset of each meeting in the document's order."""
    spots = []
    for chunk in document.chunks:
        if chunk.kind == "meeting":
            first = decode(document.data[chunk.span.start : chunk.span.stop].split(b"\n", 1)[0])
            dated = heading_date(first.strip().lstrip("#").strip())
            if dated is not None:
                spots.append(((dated.date, dated.start or ""), chunk.span.start))
    return spots


def _after_last(document: Document, undated: tuple[int, int] | None) -> int:
    stops = [chunk.span.stop for chunk in document.chunks if chunk.kind == "meeting"]
    if stops:
        return stops[-1]
    return undated[0] if undated is not None else len(document.data)


def _undated_at(document: Document) -> tuple[int, int] | None:
    """Return where the section for undated material starts and stops, if there is one."""
    for chunk in document.chunks:
        if chunk.kind == "meeting":
            continue
        part = decode(document.data[slice(*chunk.span)])
        for found in re.finditer(r"^#{1,6} (.*?)[ \t]*\r?$", part, re.MULTILINE):
            if found[1] in UNDATED:
                start = chunk.span.start + len(encode(part[: found.start()]))
                return start, chunk.span.stop
    return None


def _at_level(text: str, level: int) -> str:
    """Return a meeting written at level 2 with its own headings at the document's level."""
    if level == 2:
        return text
    return re.sub(
        r"^(#{2,6})(?= )",
        lambda found: "#" * min(6, max(1, len(found[1]) + level - 2)),
        text,
        flags=re.MULTILINE,
    )
