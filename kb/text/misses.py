"""Near misses of the format: what somebody surely meant, and kb can't read as it stands.

Reading is generous and never complains; `kb meeting check` asks here for what was nearly written
in the format, so that the person can mend it. Only lines that are plain text are looked at: what
stands in code, comments and quotes was meant to stay there.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from kb.text import frontmatter
from kb.text.dates import day, heading_date, times
from kb.text.document import Item, Section
from kb.text.items import ID, LINK
from kb.text.lines import Lines, decode
from kb.text.misslines import HASHES, WIDE_HASHES, Miss, View, plain_lines
from kb.text.names import Names, verdict_key
from kb.text.outline import Document


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
        view = View(Lines(part, chunk.span.start, chunk.line))
        found += [m for m in view.open_ends() if m.code in ("miss-comment", "miss-fence")]
    return found


def _all(document: Document, index: int, handles: Collection[str]) -> Iterator[Miss]:
    names = document.names
    yield from _front(document.data)
    for number, chunk in enumerate(document.chunks):
        lines = Lines(
            document.data[chunk.span.start : chunk.span.stop], chunk.span.start, chunk.line
        )
        if number == index:
            view = View(lines)
            root = document.section(index)
            yield from view.open_ends()
            yield from plain_lines(view, root, names)
            yield from _sections(root, names)
            yield from _items(root, names, handles)
            yield from _ids(document, view)
        elif chunk.kind != "meeting":
            yield from _hidden_meetings(lines)


def _front(data: bytes) -> Iterator[Miss]:
    """Yield what keeps the front matter from being read."""
    line = frontmatter.problem(data)
    if line is not None:
        yield Miss(line, "miss-front", {})
    elif _OPEN_FRONT.match(data) and frontmatter.front_span(data).stop == 0:
        yield Miss(1, "miss-front-open", {})


_OPEN_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\r|\n)[\w-]+:[ \t\r\n]")


# Headings

_LOOKS_DATED = re.compile(
    r"\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*[/／月]\s*\d{1,2}(?!\d)"
    r"|(?:令和|平成|[RH])\s*\d{1,2}\s*[年.]"
)
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)．、]?|[①-⑳]|[■◆●▼□◇○【\[(（「『])[\s\u3000]*")
_COUNTED = re.compile(r"[\s\u3000]*(?:[】\])）」』]|[(（][^()（）]*[)）])+$")


def _hidden_meetings(lines: Lines) -> Iterator[Miss]:
    """Yield headings outside all meetings that were surely meant to start one."""
    view = View(lines)
    for at, text in enumerate(lines.texts):
        if at not in view.plain:
            continue
        number = lines.first + at
        if (wide := WIDE_HASHES.match(text) or HASHES.match(text)) and heading_date(wide["rest"]):
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
_TAG = re.compile(r"(?<![\\`])[#＃](?P<tag>[\w-]+)")
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_SHOWN = ("topic", "agenda", "decisions", "todos")
"""The sections of which customers see lines."""
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
    if section.kind in _SHOWN and item.label != "internal":
        yield from _tag(item, names)
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


def _tag(item: Item, names: Names) -> Iterator[Miss]:
    """Yield a tag like #社内 that stands within the words, so that it is none."""
    if any(map(names.inside, item.tags)):
        return
    for word in LINK.sub(" ", item.text).split():
        for found in _TAG.finditer(word):
            if names.inside(found["tag"]) and not _ADDRESS.search(word, 0, found.start()):
                yield Miss(item.line, "miss-tag", {"tag": found[0]})
                return


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
        words = found["rest"].split("\n", 1)[0]
        yield Miss(item.line, "miss-label", {"mend": f"- {found['word']}: {words}"})


def _only_space(text: str, found: re.Match[str]) -> bool:
    return not text[found.end("word") : found.start("rest")].strip(" \u3000")


def _first_word(value: str) -> str:
    return re.split(r"[\s\u3000「\"“(（、,。]", value.strip(), maxsplit=1)[0] or value.strip()


def _narrow(value: str) -> str:
    return unicodedata.normalize("NFKC", value)


# Ids

_ID_SHAPED = re.compile(r"(?<![\\#\w\[`])\^(?P<id>[A-Za-z][-_‐–－][0-9A-Za-z]+)")
_ID = re.compile(ID[2:])


def _ids(document: Document, view: View) -> Iterator[Miss]:
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
