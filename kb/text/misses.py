"""Near misses of the format: what somebody surely meant, and kb can't read as it stands.

Reading is generous and never complains; `kb meeting check` asks here for what was nearly written
in the format, so that the person can mend it. Only lines that are plain text are looked at: what
stands in code, comments and quotes was meant to stay there.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kb.text.dates import day, heading_date, times
from kb.text.document import Item, Section
from kb.text.items import ID
from kb.text.lines import Lines, Span, decode, line_count
from kb.text.names import Names, verdict_key
from kb.text.outline import Document, markdown


class Miss(NamedTuple):
    """One near miss: the line (from 1), a code of `kb.messages`, and what fills its sentence."""

    line: int
    code: str
    params: dict[str, str]


def near_misses(document: Document, index: int, handles: Collection[str]) -> list[Miss]:
    """Return the near misses that concern the meeting whose chunk is at `index`, by line.

    `handles` are the names that may stand after `@`: the members' and the customer's people's.
    What hides a whole meeting (a heading that is nearly dated) is found wherever it stands.
    """
    found: set[tuple[int, str]] = set()
    misses: list[Miss] = []
    for miss in _all(document, index, handles):
        if (miss.line, miss.code) not in found:
            found.add((miss.line, miss.code))
            misses.append(miss)
    return sorted(misses, key=lambda miss: (miss.line, miss.code))


def open_ends(document: Document) -> list[Miss]:
    """Return the comments and fences that hide everything up to the next meeting or the end."""
    found: list[Miss] = []
    for chunk in document.chunks:
        part = document.data[chunk.span.start : chunk.span.stop]
        view = _View(Lines(part, chunk.span.start, chunk.line))
        found += [m for m in view.open_ends() if m.code in ("miss-comment", "miss-fence")]
    return found


def _all(document: Document, index: int, handles: Collection[str]) -> Iterator[Miss]:
    names = document.names
    for number, chunk in enumerate(document.chunks):
        lines = Lines(
            document.data[chunk.span.start : chunk.span.stop], chunk.span.start, chunk.line
        )
        if number == index:
            view = _View(lines)
            root = document.section(index)
            yield from view.open_ends()
            yield from _plain_lines(view, root, names)
            yield from _sections(root, names)
            yield from _items(root, names, handles)
            yield from _ids(document, view)
        elif chunk.kind != "meeting":
            yield from _hidden_meetings(lines)


# Lines


class _View:
    """The lines of a chunk, and which of them are plain text."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.tokens = markdown().parse(lines.markdown())
        self.plain = set(range(len(lines)))
        for token in self.tokens:
            if token.map and token.type in ("fence", "code_block", "html_block", "blockquote_open"):
                self.plain -= set(range(*token.map))

    def open_ends(self) -> Iterator[Miss]:
        """Yield comments and fences that hide all that follows."""
        for token in self.tokens:
            if token.map is None:
                continue
            top, below = token.map
            number = self.lines.first + top
            if token.type == "html_block":
                text = "\n".join(self.lines.texts[top:below])
                before, opened, rest = text.partition("<!--")
                if opened and not before.strip() and not _closed(rest):
                    yield Miss(number, "miss-comment", {})
            elif token.type == "inline":
                text = _CODE.sub("", token.content)
                at = text.rfind("<!--")
                if at >= 0 and "-->" not in text[at:] and text[at - 1 : at] != "\\":
                    yield Miss(number + text.count("\n", 0, at), "miss-comment-inline", {})
            elif token.type == "fence" and token.level == 0:  # one in a quote ends with the quote
                last = self.lines.texts[below - 1].strip()
                if below - 1 == top or not _closes(last, token.markup):
                    yield Miss(number, "miss-fence", {"fence": token.markup})


def _closed(comment: str) -> bool:
    """Tell whether a comment ends before another one begins."""
    inside, end, _ = comment.partition("-->")
    return bool(end) and "<!--" not in inside


_CODE = re.compile(r"(`+)[^`].*?\1")


def _closes(line: str, markup: str) -> bool:
    return line.startswith(markup) and not line.strip(markup[0])


_BULLET = re.compile(
    r"^[ \t\u3000]*(?P<bullet>[・･•◦‣●○■□◆◇▶►＊‐–—－ー])[ \t\u3000]*(?P<rest>\S.*)$"
)
_DECORATION = "‐–—－ー■□◆◇●"
"""Signs that also adorn lines which nobody meant as items."""

_WIDE_INDENT = re.compile(r"^[ \t]*\u3000[ \t\u3000]*(?P<rest>(?:[-*+]|\d{1,9}[.)])[ \t]+\S.*)$")
_BOX_CLOSE = re.compile(
    r"^[ \t\u3000]*(?P<marker>[-*+])[ \t]*\[(?P<in>[ xX\u3000]?)\](?P<rest>.*)$"
)
_WIDE_BOX = re.compile(
    r"^[ \t\u3000]*(?P<marker>[-*+])[ \t\u3000]*"
    r"(?:[［\[](?P<in>[ xXｘＸ\u3000✓✔レ]?)[］\]]|(?P<sign>[☐□☑✅]))[ \t\u3000]*(?P<rest>\S.*)$"
)
_GOOD_BOX = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\](?:[ \t\u3000]+\S|$)")
_NO_SPACE = re.compile(r"^[ \t]*(?P<marker>[-*+])(?P<rest>[^\s\d*+-].*)$")
_HASHES = re.compile(r"^(?P<hashes>#{1,6})(?P<rest>[^#\s].*)$")
_WIDE_HASHES = re.compile(r"^[ \t\u3000]*(?P<hashes>[#＃]*＃[#＃]*)[ \t\u3000]*(?P<rest>\S.*)$")
_INDENTED_HASHES = re.compile(
    r"^(?:\u3000[ \t\u3000]*| {4,}|\t)(?P<hashes>#{1,6})[ \t]+(?P<rest>\S.*)$"
)


def _plain_lines(view: _View, root: Section, names: Names) -> Iterator[Miss]:
    free = _internal_lines(root) | _inner_lines(view, root)
    for at, text in enumerate(view.lines.texts):
        if at not in view.plain or not text.strip():
            continue
        number = view.lines.first + at
        yield from _line(text, number, names, free=number in free)


def _internal_lines(root: Section) -> set[int]:
    """Return the lines below memos and unknown headings: there people write as they like."""
    found: set[int] = set()
    order = list(root.walk())
    for number, section in enumerate(order):
        if section.kind in ("memo", "other"):
            end = order[number + 1].line if number + 1 < len(order) else section.line + 100_000
            found |= set(range(section.line + 1, end))
    return found


def _inner_lines(view: _View, root: Section) -> set[int]:
    """Return the lines that are indented as the further text of an item."""
    found: set[int] = set()
    for item in root.all_items():
        last = item.line + line_count(view.lines.data[slice(*_within(view, item.para))])
        for number in range(item.line + 1, last + 1):
            text = view.lines.texts[number - view.lines.first]
            if len(text) - len(text.lstrip(" ")) >= item.content_indent:
                found.add(number)
    return found


def _within(view: _View, span: Span) -> Span:
    return span.shifted(-view.lines.starts[0])


def _line(text: str, number: int, names: Names, *, free: bool) -> Iterator[Miss]:
    """Yield what is wrong with the beginning of a line; at most one thing."""
    if found := _WIDE_HASHES.match(text) or _INDENTED_HASHES.match(text):
        hashes = "#" * len(found["hashes"])
        yield Miss(number, "miss-hash", {"mend": f"{hashes} {found['rest']}"})
    elif (found := _HASHES.match(text)) and _is_heading(found, names):
        yield Miss(number, "miss-hash", {"mend": f"{found['hashes']} {found['rest']}"})
    elif _GOOD_BOX.match(text):
        return
    elif (found := _BOX_CLOSE.match(text) or _WIDE_BOX.match(text)) and _is_box(found):
        yield Miss(number, "miss-box", {"mend": _box(found)})
    elif found := _WIDE_INDENT.match(text):
        yield Miss(number, "miss-indent", {"mend": f"  {found['rest']}"})
    elif found := _BULLET.match(text):
        if _matters(found["rest"], names) or not (free or found["bullet"] in _DECORATION):
            yield Miss(number, "miss-bullet", {"mend": f"- {found['rest']}"})
    elif (found := _NO_SPACE.match(text)) and _matters(found["rest"], names):
        yield Miss(number, "miss-space", {"mend": f"- {found['rest']}"})


def _is_heading(found: re.Match[str], names: Names) -> bool:
    rest = found["rest"]
    if heading_date(rest) or names.section(rest.split("^")[0]):
        return True
    return len(found["hashes"]) > 1


def _is_box(found: re.Match[str]) -> bool:
    """Tell a box from a link or a word in brackets: nothing or a mark is inside it."""
    rest = found["rest"]
    return bool(rest.strip()) and not rest.startswith(("(", ":", "["))


def _box(found: re.Match[str]) -> str:
    inside = found["in"] or found.groupdict().get("sign") or ""
    mark = " " if inside.strip() in ("", "☐", "□") else "x"
    return f"- [{mark}] {found['rest'].strip()}"


def _matters(rest: str, names: Names) -> bool:
    """Tell whether a line begins with a label or a box, so that its reading makes a difference."""
    return bool(names.label_pattern.match(rest.lstrip())) or bool(
        re.match(r"[\[［][ xX\u3000]?[\]］]", rest.lstrip())
    )


# Headings

_LOOKS_DATED = re.compile(
    r"\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*[/／月]\s*\d{1,2}(?!\d)"
    r"|(?:令和|平成|[RH])\s*\d{1,2}\s*[年.]"
)
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)．、]?|[①-⑳]|[■◆●▼□◇○【\[(（「『])[\s\u3000]*")
_COUNTED = re.compile(r"[\s\u3000]*(?:[】\])）」』]|[(（][^()（）]*[)）])+$")


def _hidden_meetings(lines: Lines) -> Iterator[Miss]:
    """Yield headings outside all meetings that were surely meant to start one."""
    view = _View(lines)
    for at, text in enumerate(lines.texts):
        if at not in view.plain:
            continue
        number = lines.first + at
        if (wide := _WIDE_HASHES.match(text) or _HASHES.match(text)) and heading_date(wide["rest"]):
            hashes = "#" * len(wide["hashes"])
            yield Miss(number, "miss-hash", {"mend": f"{hashes} {wide['rest']}"})
        elif text.startswith("#"):
            yield from _undated(text.lstrip("#").strip(), number)
    yield from view.open_ends()


def _undated(heading: str, number: int) -> Iterator[Miss]:
    found = _LOOKS_DATED.match(heading)
    if found and not heading_date(heading):
        yield Miss(number, "miss-date", {"date": found[0]})


def _sections(root: Section, names: Names) -> Iterator[Miss]:
    for section in root.walk():
        if section.kind in ("topic", "other") and section.heading:
            bare = _COUNTED.sub("", _NUMBERED.sub("", section.heading))
            if bare != section.heading and names.section(bare):
                yield Miss(section.line, "miss-section", {"mend": bare})
            elif section.kind == "other":
                yield from _undated(section.heading, section.line)
        if section.kind == "other":
            for item in section.items:
                for inner in item.walk():
                    if inner.box is not None and inner.text:
                        params = {"heading": section.heading}
                        yield Miss(inner.line, "miss-box-place", params)


# Items

_DUE = re.compile(
    r"(?P<whole>(?:\bdue[:：]|\[due::|📅)\s*(?P<date>[^\s\]]*)|[(（]?(?:期日|期限|〆切|締切|締め切り)"
    r"\s*[:：]?\s*(?P<words>\d[\d/.\-年月日]*)[)）]?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?:^|(?<=[\s\u3000、,(（/]))[@＠](?P<name>\w[\w.-]{0,63})")
_BRACKETED = re.compile(
    r"^[【\[［〔](?P<word>[^】\]］〕]{1,20})[】\]］〕][\s\u3000:：]*(?P<rest>\S.*)", re.DOTALL
)
_GAP = re.compile(
    r"^(?P<word>[^\s\u3000:：;；→⇒=＝‐–—-]{1,20})"
    r"(?:[\u3000 ]*[;；→⇒=＝][\u3000 ]*|[ \u3000]+[–—-][ \u3000]+|[ \u3000]+)(?P<rest>\S.*)",
    re.DOTALL,
)
_LATIN = re.compile(r"[A-Za-z]")


def _items(root: Section, names: Names, handles: Collection[str]) -> Iterator[Miss]:
    known = {unicodedata.normalize("NFC", name) for name in handles}
    for section in root.walk():
        for top in section.items:
            for item in top.walk():
                yield from _item(item, section, names, known)


def _item(item: Item, section: Section, names: Names, known: Collection[str]) -> Iterator[Miss]:
    todo = item.box is not None or (section.kind == "todos" and item.label is None)
    if item.box is not None and item.label == "verdict-due":  # `- [ ] due:2026-12-01 …`
        yield Miss(item.line, "miss-due-place", {"due": f"{item.label_word}:{item.text}"})
    elif todo or "due:" in item.text:
        yield from _due(item)
    for owner in _handles(item, todo=todo):
        if unicodedata.normalize("NFC", owner) not in known:
            yield Miss(item.line, "miss-handle", {"name": owner})
    if (
        item.label is None
        and item.box is None
        and section.kind in ("topic", "agenda", "hypotheses")
    ):
        yield from _label(item, names)
    if item.label == "verdict" and item.value and verdict_key(_first_word(item.value)) is None:
        yield Miss(item.line, "miss-verdict", {"word": _first_word(item.value)})
    if item.label == "confidence" and item.value and not re.search(r"\d", _narrow(item.value)):
        yield Miss(item.line, "miss-confidence", {"word": item.value})
    if item.label == "time" and item.value and times(item.value) == (None, None):
        yield Miss(item.line, "miss-time", {"word": item.value})


def _due(item: Item) -> Iterator[Miss]:
    found = _DUE.search(item.text)
    if found is None:
        return
    date = found["date"] if found["date"] is not None else found["words"]
    if found["words"] is not None and item.due is not None:
        return
    code = "miss-due" if day(date) is None else "miss-due-place"
    yield Miss(item.line, code, {"due": found["whole"].strip()})


def _handles(item: Item, *, todo: bool) -> Iterator[str]:
    """Yield the names after `@` in the places where they say who does or attends something."""
    if item.label == "attendees":
        yield from (found["name"].rstrip(".") for found in _HANDLE.finditer(item.value))
    elif todo:
        yield from item.owners
        yield from (found["name"].rstrip(".") for found in _HANDLE.finditer(item.text))


def _label(item: Item, names: Names) -> Iterator[Miss]:
    """Yield a label that lacks its colon: `決定 …`, `【決定】…`, `Decision - …`."""
    found = _BRACKETED.match(item.value)
    if found is None:
        found = _GAP.match(item.value)
        if found and _LATIN.match(found["word"]) and _only_space(item.value, found):
            found = None  # "Customer wants …" is a sentence
    if found is None:
        return
    key = names.label(found["word"])
    if key is not None and key not in ("time", "minutes", "internal", "todo"):
        yield Miss(item.line, "miss-label", {"mend": f"- {found['word']}: {found['rest']}"})


def _only_space(text: str, found: re.Match[str]) -> bool:
    return not text[found.end("word") : found.start("rest")].strip(" \u3000")


def _first_word(value: str) -> str:
    return re.split(r"[\s\u3000「\"“(（、,。]", value.strip(), maxsplit=1)[0] or value.strip()


def _narrow(value: str) -> str:
    return unicodedata.normalize("NFKC", value)


# Ids

_ID_SHAPED = re.compile(r"(?<![\\#\w\[`])\^(?P<id>[A-Za-z][-_‐–－][0-9A-Za-z]+)")
_ID = re.compile(ID[2:])


def _ids(document: Document, view: _View) -> Iterator[Miss]:
    """Yield ids that are none, and ids that a second line of the document has too."""
    everywhere = [found["id"] for found in _ID_SHAPED.finditer(decode(document.data))]
    for at, text in enumerate(view.lines.texts):
        if at not in view.plain or "^" not in text:
            continue
        for found in _ID_SHAPED.finditer(text):
            number, id_ = view.lines.first + at, found["id"]
            if not _ID.fullmatch(id_):
                yield Miss(number, "miss-id", {"id": f"^{id_}"})
            elif everywhere.count(id_) > 1:
                yield Miss(number, "miss-id-twice", {"id": f"^{id_}"})
