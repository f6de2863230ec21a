"""Change what stands in a document: tick a box, write an id, a verdict, a heading's date.

Each function returns a new `Document`; every byte beside the changed span stays (`splice`).
"""

from kb.text.dates import heading_date
from kb.text.document import Item, Section
from kb.text.escape import escape, one_line
from kb.text.lines import Span, decode, encode, newline_of
from kb.text.names import LABELS, VERDICTS, written
from kb.text.outline import Document
from kb.text.splice import Entry, splice

CANCELLED = {"ja": "[中止]", "en": "[Cancelled]"}
"""What stands before the title of a meeting that was called off."""


def tick(document: Document, item: Item, id_: str | None = None, *, done: bool = True) -> Document:
    """Tick (or clear) a TODO's box; a TODO without a box gets one. `id_` is written with it."""
    start = item.span.start + item.indent
    line = document.data[start : item.para.stop]
    mark = b"x" if done else b" "
    if item.box_at is not None:
        at = item.box_at - start
        line = line[:at] + mark + line[at + 1 :]
    else:
        width = len(encode(item.marker)) + 1
        if item.label == "todo":
            line = (
                line[:width] + b"[" + mark + b"] " + document.data[item.value_at : item.para.stop]
            )
        else:
            line = line[:width].rstrip() + b" [" + mark + b"] " + line[width:].lstrip()
    if id_ is not None:
        line += encode(f" ^{id_}")
    return _one(document, Span(start, item.para.stop), line, item.text)


def give_id(document: Document, place: Item | Section, id_: str) -> Document:
    """Write an id at the right end of an item's first paragraph, or of a heading."""
    if isinstance(place, Item):
        start = place.span.start + place.indent
        new = document.data[start : place.para.stop] + encode(f" ^{id_}")
        return _one(document, Span(start, place.para.stop), new, place.text)
    head = _heading_span(document, place)
    text = document.data[head.start : head.stop]
    first, newline, rest = text.partition(b"\n")  # a setext heading has its line below
    closing = len(first) - len(first.rstrip(b"# \t\r")) if first.startswith(b"#") else 0
    bare = first[: len(first) - closing].rstrip()
    tail = first[len(bare) :].rstrip()
    new = bare + encode(f" ^{id_}") + ((b" " + tail.strip()) if tail.strip() else b"")
    if newline:
        new += (b"\r" if first.endswith(b"\r") else b"") + newline + rest
    return _heading(document, head, new, place)


def verdict(
    document: Document,
    claim: Item,
    fields: tuple[Item, ...],
    key: str,
    *,
    quote: str | None,
    on: str | None,
    lang: str,
    id_: str | None = None,
) -> Document:
    """Write a verdict below a hypothesis; one that is already there stays, the later wins.

    When the last one says the very same, no second line is written.

    `claim` and `fields` come from `kb.model.reading.claims`. `on` (YYYY-MM-DD) stands behind a
    verdict later than the meeting. A blank verdict line of the template is filled.
    """
    words = [written(VERDICTS, key, lang)]
    if quote:
        said = escape(one_line(quote), document.names, labelled=True)
        pair = said[:1] + said[-1:]
        bare = said[1:-1] if pair in ("「」", '""', "“”") else said
        words.append(f"「{bare}」" if lang == "ja" else f'"{bare}"')
    if on:
        words.append(f"({on})")
    text = f"{written(LABELS, 'verdict', lang)}: {' '.join(words)}"
    judged = [field for field in fields if field.label == "verdict" and field.text]
    if judged and _says(document, judged[-1], text):
        return document if id_ is None else give_id(document, claim, id_)
    if id_ is not None:
        document = give_id(document, claim, id_)
        grown = len(encode(f" ^{id_}"))
        claim_stop = claim.span.stop + grown
        fields = tuple(_shift(field, grown) for field in fields)
    else:
        claim_stop = claim.span.stop
    newline = newline_of(document.data)
    blank = next((f for f in fields if f.label == "verdict" and not f.text), None)
    if blank is not None:
        start = blank.span.start + blank.indent
        end = _line_end(document.data, blank.para.stop)
        return splice(document, Span(start, end), encode(f"{blank.marker} {text}")).document
    nested = [f for f in fields if f.span.start < claim_stop]
    pattern = nested[-1] if nested else fields[-1] if fields else None
    at = pattern.span.stop if pattern is not None and not nested else claim_stop
    if pattern is not None:
        indent = decode(document.data[pattern.span.start : pattern.span.start + pattern.indent])
        marker = pattern.marker
    else:
        indent, marker = " " * claim.content_indent, "-"
    if marker[0] not in "-*+":
        marker = "-"
    new = encode(f"{indent}{marker} {text}") + newline
    if not document.data[:at].endswith((b"\n", b"\r")):
        new = newline + new
    return splice(document, Span(at, at), new, _is_verdict).document


def _says(document: Document, field: Item, text: str) -> bool:
    """Tell whether a field is written exactly so."""
    return decode(document.data[field.para.start : field.para.stop]).strip() == text


def _is_verdict(found: tuple[Entry, ...]) -> bool:
    return len(found) == 1 and found[0].label == "verdict"


def _shift(item: Item, by: int) -> Item:
    return item._replace(
        span=item.span.shifted(by),
        para=item.para.shifted(by),
        value_at=item.value_at + by,
        text_end=item.text_end + by,
    )


def set_head_field(document: Document, index: int, label: str, value: str, lang: str) -> Document:
    """Write `- label: value` among the lines below a meeting's heading; an older one is replaced.

    A new line stands after the last of time, attendees and minutes, else below the heading.
    """
    root = document.section(index)
    text = f"{written(LABELS, label, lang)}: {value}"
    old = next((item for item in root.items if item.label == label), None)
    if old is not None:
        start = old.span.start + old.indent
        end = _line_end(document.data, old.para.stop)
        return splice(document, Span(start, end), encode(f"{old.marker} {text}")).document
    newline = newline_of(document.data)
    heads = [i for i in root.items if i.label in ("time", "attendees", "minutes")]
    if heads:
        at = heads[-1].span.stop
        new = encode(f"{heads[-1].marker} {text}") + newline
        if not document.data[:at].endswith((b"\n", b"\r")):
            new = newline + new
    else:
        at = root.head.stop
        new = newline + encode(f"- {text}") + newline
        if not document.data[:at].endswith((b"\n", b"\r")):
            new = newline + new
        if document.data[at : at + 1] not in (b"\n", b"\r", b""):
            new += newline
    return splice(
        document, Span(at, at), new, lambda found: len(found) == 1 and found[0].label == label
    ).document


def redate(document: Document, index: int, date: str, start: str | None = None) -> Document:
    """Write another date (and start) into a meeting's heading; its place is not changed."""
    meeting = document.meeting(index)
    head = _heading_span(document, meeting.root)
    text = decode(document.data[head.start : head.stop])
    at = next(i for i in range(len(text)) if heading_date(text[i:]))
    dated = heading_date(text[at:])
    assert dated is not None
    rest = text[at:]
    title_at = rest.find(dated.title) if dated.title else -1
    tail = rest[title_at:] if title_at > 0 else " ".join(f"^{i}" for i in meeting.ids)
    begins = start or meeting.start
    shown = f"{date} {begins}" if begins and (start or dated.start) else date
    new = f"{text[:at]}{shown} {tail}".rstrip()
    return _heading(document, head, encode(new), meeting.root)


def mark_cancelled(document: Document, index: int, lang: str) -> Document:
    """Write into the heading that the meeting was called off; twice is once."""
    meeting = document.meeting(index)
    if meeting.cancelled:
        return document
    head = _heading_span(document, meeting.root)
    text = decode(document.data[head.start : head.stop])
    at = text.rfind(meeting.title) if meeting.title else -1
    if at < 0:
        at = text.find(" ^") if " ^" in text else len(text.rstrip())
        new = f"{text[:at]} {CANCELLED[lang]}{text[at:]}"
    else:
        new = f"{text[:at]}{CANCELLED[lang]} {text[at:]}"
    return _heading(document, head, encode(new), meeting.root)


def _heading_span(document: Document, section: Section) -> Span:
    """Return the span of a heading's text without its line end."""
    head = document.data[section.head.start : section.head.stop]
    return Span(section.head.start, section.head.start + len(head.rstrip(b"\r\n")))


def _heading(document: Document, head: Span, new: bytes, old: Section) -> Document:
    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and found[0].kind == old.kind and found[0].depth <= old.level

    return splice(document, head, new, accept).document


def _one(document: Document, at: Span, new: bytes, text: str) -> Document:
    def accept(found: tuple[Entry, ...]) -> bool:
        return len(found) == 1 and text in found[0].text

    return splice(document, at, new, accept).document


def _line_end(data: bytes, at: int) -> int:
    """Return where the line that holds byte `at` ends, before its line end."""
    stops = [i for i in (data.find(b"\n", at), data.find(b"\r", at)) if i >= 0]
    return min(stops, default=len(data))
