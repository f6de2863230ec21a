"""List items: where each stands in the bytes, its label, and what is read from its right end."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.text.dates import day
from kb.text.document import Item
from kb.text.lines import Lines, Span, shown
from kb.text.names import Names

if TYPE_CHECKING:
    from markdown_it.token import Token

ID = r"\^([mhadtiqr])-([0-9a-hjkmnp-tv-z]{6})"
_BEFORE = r"(?:^|(?<=[\s\u3000]))"
_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_TAIL = re.compile(
    _BEFORE
    + r"(?:"
    + rf"(?P<id>{ID})"
    + rf"|(?:due|期限|締切|締め切り)[:：]\s?(?P<due>{_DATE})"
    + rf"|📅\ufe0f?\s*(?P<due2>{_DATE})"
    + rf"|\[due::\s*(?P<due3>{_DATE})\s*\]"
    + rf"|✅\ufe0f?\s*(?P<done>{_DATE})"
    + r"|[@＠](?P<owner>[\w][\w.-]{0,63})"
    + r"|#(?P<tag>[^\W\d_][\w-]{0,63}|\d+[^\W\d_][\w-]*)"
    + r")[\s\u3000]*$"
)
_BOX = re.compile(r"\[([ xX])\](?:[ \t\u3000]+|$)")
LINK = re.compile(r"(?<!\\)\[\[([^\[\]\n|]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_LINK_END = re.compile(LINK.pattern + r"[\s\u3000]*$")


class Tail(NamedTuple):
    """What stands at the right end of a text, and the text that is left."""

    text: str
    ids: tuple[str, ...]
    owners: tuple[str, ...]
    due: str | None
    done_on: str | None
    tags: tuple[str, ...]


def read_tail(value: str) -> Tail:
    """Read ids, dates, owners and tags from the right end; reading stops at anything else."""
    ids: list[str] = []
    owners: list[str] = []
    tags: list[str] = []
    due = done_on = None
    text = value
    while found := _TAIL.search(text, max(0, len(text) - 300)):
        if found["id"]:
            ids.insert(0, found["id"][1:])
        elif found["owner"]:
            owners.insert(0, found["owner"].rstrip("."))
        elif found["tag"]:
            tags.insert(0, found["tag"])
        else:
            written = day(found["due"] or found["due2"] or found["due3"] or found["done"])
            if written is None:
                break
            if found["done"]:
                done_on = written
            else:
                due = written
        text = text[: found.start()]
    return Tail(text.rstrip(), tuple(ids), tuple(owners), due, done_on, tuple(tags))


_IDS_END = re.compile(rf"(?:{_BEFORE}{ID}[\s\u3000]*)+$")


def read_ids(heading: str) -> tuple[str, tuple[str, ...]]:
    """Return a heading's text without the ids at its right end, and those ids."""
    found = _IDS_END.search(heading)
    if not found:
        return heading.strip(), ()
    return heading[: found.start()].strip(), tuple(i[1:] for i in found[0].split())


def ending_link(text: str) -> str | None:
    """Return the item that the wikilink at the end of `text` points to (`acme#^t-8f3kq0`).

    None when there is none; a link to a page, as in a hypothesis, is text.
    """
    found = _LINK_END.search(text)
    return found[1] if found and "#^" in found[1] else None


def read_items(
    tokens: Sequence["Token"], lines: Lines, names: Names, first: int, last: int
) -> list[Item]:
    """Return the items of all lists that stand directly in `tokens[first:last]`.

    Token line numbers must be those of `lines`; items inside quotes are content, not items.
    """
    items: list[Item] = []
    at = first
    while at < last:
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            end = _close(tokens, at)
            items += _list(tokens, lines, names, at + 1, end)
            at = end + 1
        elif token.nesting == 1:
            at = _close(tokens, at) + 1
        else:
            at += 1
    return items


def _close(tokens: Sequence["Token"], at: int) -> int:
    """Return the index of the token that closes the one at `at`."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _list(
    tokens: Sequence["Token"], lines: Lines, names: Names, first: int, last: int
) -> list[Item]:
    items: list[Item] = []
    at = first
    while at < last:
        end = _close(tokens, at)
        item = _item(tokens, lines, names, at, end)
        if item is not None:
            items.append(item)
        at = end + 1
    return items


_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")


class _Paragraph(NamedTuple):
    """An item's first paragraph: `text` begins after the box, at `column` of `first_line`."""

    span: Span
    first_line: int
    column: int
    text: str
    box: bool | None
    box_at: int | None


def _item(tokens: Sequence["Token"], lines: Lines, names: Names, at: int, end: int) -> Item | None:
    opening = tokens[at]
    assert opening.map is not None
    top, bottom = opening.map
    while bottom - 1 > top and not lines.texts[bottom - 1].strip(" \t"):
        bottom -= 1  # blank lines after an item belong to nobody
    source = shown(lines.texts[top])
    marker = _MARKER.match(source)
    indent = len(source) - len(source.lstrip(" \t"))
    paragraph = _paragraph(tokens, lines, at, end)
    if paragraph is None:
        return None
    label, word, value, skipped = _label(paragraph.text, names)
    children = tuple(read_items(tokens, lines, names, at + 1, end))
    tail = read_tail(value)
    column = paragraph.column + skipped
    return Item(
        span=Span(lines.starts[top], lines.starts[bottom]),
        para=paragraph.span,
        line=lines.first + top,
        indent=indent,
        content_indent=marker.end() if marker else indent,
        marker=opening.info + opening.markup,
        box=paragraph.box,
        box_at=paragraph.box_at,
        label=label,
        label_word=word,
        value=value,
        value_at=lines.column(paragraph.first_line, column),
        text=tail.text,
        text_end=_text_end(value, tail.text, lines, paragraph.first_line, column),
        ids=tail.ids,
        owners=tail.owners,
        due=tail.due,
        done_on=tail.done_on,
        tags=tail.tags,
        link=ending_link(tail.text),
        children=children,
        hollow=not value and _hollow(lines, top, bottom, paragraph, children),
    )


def _hollow(
    lines: Lines, top: int, bottom: int, paragraph: "_Paragraph", children: tuple[Item, ...]
) -> bool:
    """Tell whether each line of an item belongs to its paragraph or to a nested item."""
    if paragraph.text:
        stop = paragraph.first_line + paragraph.text.count("\n") + 1
    else:
        marked = _MARKER.match(shown(lines.texts[top]))
        nested = bool(children) and children[0].line == lines.first + top
        written = marked is None or bool(lines.texts[top][marked.end() :].strip(" \t"))
        if written and not nested and paragraph.box is None:
            return False
        stop = top + 1
    at = lines.starts[stop]
    for child in children:
        if lines.data[at - lines.starts[0] : child.span.start - lines.starts[0]].strip():
            return False
        at = max(at, child.span.stop)
    return not lines.data[at - lines.starts[0] : lines.starts[bottom] - lines.starts[0]].strip()


def _paragraph(tokens: Sequence["Token"], lines: Lines, at: int, end: int) -> _Paragraph | None:
    """Find an item's first paragraph in its source; None when it can't be told where it stands."""
    opening = tokens[at]
    assert opening.map is not None
    top = opening.map[0]
    inline = tokens[at + 2] if at + 2 < end and tokens[at + 1].type == "paragraph_open" else None
    if inline is None or inline.map is None or not inline.content:
        empty = lines.end(top)
        return _Paragraph(Span(empty, empty), top, len(lines.texts[top]), "", None, None)
    first = inline.map[0]
    parts = inline.content.split("\n")
    final = first + len(parts) - 1
    source = shown(lines.texts[first]).rstrip()
    opening_words = parts[0].rstrip()
    if final >= len(lines) or not source.endswith(opening_words):
        return None  # an over-long line that was blanked, or a tab inside the indent
    column = len(source) - len(opening_words)
    stop = lines.column(final, len(shown(lines.texts[final]).rstrip()))
    text = inline.content
    box = box_at = None
    if found := _BOX.match(text):
        box = found[1] != " "
        box_at = lines.column(first, column + 1)
        column += found.end()
        text = text[found.end() :]
    return _Paragraph(Span(lines.column(first, column), stop), first, column, text, box, box_at)


def _label(text: str, names: Names) -> tuple[str | None, str, str, int]:
    """Return (label key, word as written, value, characters before the value)."""
    found = names.label_pattern.match(text)
    if not found:
        return None, "", text, 0
    rest = text[found.end() :]
    value = rest.lstrip(" \t\u3000")
    skipped = found.end() + len(rest) - len(value)
    return names.label(found["word"]), found["word"], value, skipped


def _text_end(value: str, text: str, lines: Lines, first_line: int, column: int) -> int:
    """Return the byte after the last character of `text`, which is a prefix of `value`."""
    parts = text.split("\n")
    if len(parts) == 1:
        return lines.column(first_line, column + len(text))
    final = first_line + len(parts) - 1
    whole = value.split("\n")[len(parts) - 1].rstrip()
    before = len(shown(lines.texts[final]).rstrip()) - len(whole)
    return lines.column(final, before + len(parts[-1]))
