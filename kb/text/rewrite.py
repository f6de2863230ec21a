"""Write other words where some stand: an item, a title, a field, a stretch as it is written.

What is typed stays exactly one item, as when it is added (`kb.text.escape`); what goes with the
old words (marker, box, label, ids, nested items) stays. The guard of `kb.text.splice` has the last
word.
"""

from collections.abc import Container, Sequence

from kb.errors import WrongUse
from kb.text.compose import MEMO
from kb.text.document import Item, Section
from kb.text.escape import escape, escape_title, lines_of, one_line, plain
from kb.text.items import LINK
from kb.text.lines import LONG_LINE, Span, decode, encode, newline_of
from kb.text.names import LABELS, written
from kb.text.outline import Document
from kb.text.splice import Entry, splice


def words_of(item: Item) -> str:
    """Return the words of an item as a person edits them: as typed, with the tags at their end."""
    return " ".join([plain(item.text), *(f"#{tag}" for tag in item.tags)]).strip()


def rewrite(
    document: Document,
    item: Item,
    value: str,
    *,
    owners: Sequence[str] | None = None,
    due: str | None = None,
    memo: bool = False,
) -> Document:
    """Write `value` as the words of an item; its ids, and what is nested in it, stay.

    With `owners` (handles; None: they stay) these and `due` (YYYY-MM-DD or None) are its owners
    and its day. `memo` lines may begin with the labels of a memo. Words that nobody changed keep
    their bytes. Raises `WrongUse` ("text-empty", "text-too-long", "text-unsafe").
    """
    same = value == words_of(item)
    typed = lines_of(value)
    if not typed:
        raise WrongUse("text-empty")
    if any(len(encode(line)) > LONG_LINE // 2 for line in typed):
        raise WrongUse("text-too-long", limit=LONG_LINE // 2048)
    if same and owners is None:
        return document
    data = document.data
    keep = MEMO if memo else ()
    old = data[item.value_at : item.text_end]
    new = old if same else _indented(document, item, value, keep)
    if owners is None:
        owners, due = item.owners, item.due
    tail = [f"#{tag}" for tag in item.tags] if same else []
    tail += [f"@{owner}" for owner in owners]
    tail += [f"due:{due}"] if due else []
    tail += [f"✅ {item.done_on}"] if item.done_on else []
    tail += [f"^{id_}" for id_ in item.ids]
    start = item.span.start + item.indent
    before = data[start : item.value_at]
    if not before.endswith((b" ", b"\t")) and not before.endswith("：".encode()):
        before += b" "
    line = before + new + encode("".join(f" {part}" for part in tail))
    wanted = "\n".join(typed)

    def accept(found: tuple[Entry, ...]) -> bool:
        if len(found) != 1 or found[0].box != item.box or set(found[0].ids) != set(item.ids):
            return False
        got = _half_width(plain(found[0].text))
        if found[0].label in keep and found[0].label != item.label:
            return True
        return found[0].label == item.label and (same or got.startswith(_half_width(wanted)))

    return splice(document, Span(start, item.para.stop), line, accept).document


def _indented(document: Document, item: Item, value: str, keep: Container[str]) -> bytes:
    named, owned = item.label is not None, item.box is not None
    text = escape(value, document.names, labelled=named, owned=owned, keep=keep)
    pad = newline_of(document.data) + b" " * item.content_indent
    return pad.join(map(encode, text.split("\n")))


def _half_width(text: str) -> str:
    """Return a text as it may come back: what had to be escaped is half-width then."""
    return text.replace("：", ":").replace("＠", "@")


def remove(document: Document, span: Span) -> Document:
    """Take whole lines out: an item with what is nested in it, a heading with all below it."""
    return splice(document, span, b"", lambda found: not found).document


def retitle(document: Document, section: Section, title: str) -> Document:
    """Write another title into the heading of a topic; its ids and the topic it continues stay.

    Raises `WrongUse` ("text-empty", "title-is-section", "text-unsafe").
    """
    line = one_line(title)
    if not line:
        raise WrongUse("text-empty")
    if document.names.section(escape_title(title)) is not None:
        raise WrongUse("title-is-section", title=line)
    link = LINK.search(section.heading) if section.link else None
    tail = ([link[0]] if link else []) + [f"^{id_}" for id_ in section.ids]
    head = document.data[section.head.start : section.head.stop]
    end = section.head.start + len(head.rstrip(b"\r\n"))
    new = " ".join(["#" * section.level, escape_title(title), *tail])

    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and found[0].kind == "topic" and found[0].ids == section.ids

    return splice(document, Span(section.head.start, end), encode(new), accept).document


def name_meeting(document: Document, index: int, title: str) -> Document:
    """Write another title into a meeting's heading; date, time and ids stay.

    Raises `WrongUse("text-unsafe")`.
    """
    meeting = document.meeting(index)
    root = meeting.root
    head = document.data[root.head.start : root.head.stop]
    first = head.splitlines()[0]
    text = decode(first)
    shown = escape_title(title)
    at = text.rfind(meeting.title) if meeting.title else -1
    if at < 0:
        at = text.find(" ^") if " ^" in text else len(text.rstrip())
        new = f"{text[:at]} {shown}{text[at:]}"
    else:
        new = f"{text[:at]}{shown}{text[at + len(meeting.title) :]}"
    span = Span(root.head.start, root.head.start + len(first))

    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and found[0].kind == "meeting" and found[0].ids == root.ids

    changed = splice(document, span, encode(new), accept).document
    now = changed.meeting(index)
    if (now.date, now.start, now.cancelled) != (meeting.date, meeting.start, meeting.cancelled):
        raise WrongUse("text-unsafe")  # the title begins with what reads as a time
    return changed


def add_field(document: Document, claim: Item, label: str, value: str, lang: str) -> Document:
    """Write a field below a hypothesis that has none of this label; after what is nested in it."""
    said = escape(value, document.names, labelled=True)
    text = f"{written(LABELS, label, lang)}: {said}"
    nested = claim.children[-1] if claim.children else None
    if nested is not None:
        start = nested.span.start
        pad, marker = decode(document.data[start : start + nested.indent]), nested.marker
    else:
        pad, marker = " " * claim.content_indent, "-"
    if marker[0] not in "-*+":
        marker = "-"
    newline = newline_of(document.data)
    below = newline + encode(" " * (len(pad) + len(marker) + 1))
    new = encode(f"{pad}{marker} ") + below.join(map(encode, text.split("\n"))) + newline
    at = claim.children[0].span.start if claim.children else claim.para.stop
    at = max([at, *(child.span.stop for child in claim.children if child.label)])
    if not claim.children:
        at = _next_line(document.data, at)
    if not document.data[:at].endswith((b"\n", b"\r")):
        new = newline + new

    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and found[0].label == label

    return splice(document, Span(at, at), new, accept).document


def _next_line(data: bytes, at: int) -> int:
    """Return where the line after the one with byte `at` begins."""
    stops = [i for i in (data.find(b"\n", at), data.find(b"\r", at)) if i >= 0]
    if not stops:
        return len(data)
    end = min(stops)
    return end + (2 if data[end : end + 2] == b"\r\n" else 1)


def body_of(document: Document, section: Section) -> str:
    """Return all that stands below a heading, as it is written, for a person to edit."""
    text = decode(document.data[section.head.stop : section.span.stop])
    return "\n".join(text.splitlines()).strip("\n")


def rewrite_body(document: Document, section: Section, text: str) -> Document:
    """Write `text` as all that stands below a heading; raises `WrongUse("body-unsafe")`.

    Neither the meetings before and after nor the heading itself may read differently then.
    """
    if text.strip("\n") == body_of(document, section):
        return document
    newline = newline_of(document.data)
    old = document.data[section.head.stop : section.span.stop]
    lines = text.strip("\n").split("\n") if text.strip() else []
    gap = newline if not old.strip() or old[:1] in b"\r\n" else b""
    new = gap + b"".join(encode(line) + newline for line in lines)
    if section.span.stop < len(document.data):
        new += newline
    try:
        return splice(document, Span(section.head.stop, section.span.stop), new).document
    except WrongUse as error:
        raise WrongUse("body-unsafe") from error
