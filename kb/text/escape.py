"""What a person typed, as text that stays exactly one item, and back again.

Everything typed is hostile to the structure: a line break could start a new item, `- [ ]` a TODO,
`<!--` hide the rest of the document, `^t-…` steal an id. Escapes are CommonMark's own backslashes,
so every Markdown reader shows what was typed.
"""

import re
from collections.abc import Container

from kb.text.items import ID, ending_link, read_tail
from kb.text.names import Names

_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_CODE = r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
_ESCAPED = re.compile(rf"\\(?P<mark>{_PUNCTUATION})|{_CODE}", re.DOTALL)
_ALWAYS = rf"\\(?={_PUNCTUATION}|$)|<(?=!--)|(?<!\S)(?={ID})"
_BESIDE_CODE = re.compile(rf"{_ALWAYS}|{_CODE}")
_EVERYWHERE = re.compile(rf"{_ALWAYS}|`")
_MARKER = re.compile(
    r"(?:#{1,6}|[-+*])(?=\s|$)|[>|<]|```|~~~|=+\s*$|([-*_])(?:[ \t]*\1){2,}[ \t]*$"
)
_TABLE_RULE = re.compile(r"[:-][-:| \t]*$")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BOX_OR_REFERENCE = re.compile(r"\[(?:[ xX]\](?:\s|$)|[^\]]*(?:\]:|$))")
_DAY = re.compile(r"(?<=\d{4})(?=[-/.]\d)")


def one_line(value: str) -> str:
    """Return what was typed on one line: a heading's title has no second."""
    return " ".join(lines_of(value))


def lines_of(value: str) -> list[str]:
    """Return the non-empty lines of what was typed, without control characters or outer space."""
    parts = (_CONTROL.sub(" ", part).strip() for part in _BREAKS.split(value))
    return [part for part in parts if part]


def breaks(value: str) -> str:
    """Return a text with LF for whatever ends a line in it."""
    return _BREAKS.sub("\n", value)


def escape(
    value: str,
    names: Names,
    *,
    labelled: bool = False,
    owned: bool = True,
    keep: Container[str] = (),
) -> str:
    """Return `value` as the text of one item: lines joined by LF, each safe where it stands.

    `labelled` says that a label precedes it on its first line. An owner or a date at its end is
    one when the item is `owned` (a TODO), else a part of the text. Labels in `keep` may be typed.
    """
    shown = []
    lines = lines_of(value)
    for number, line in enumerate(lines):
        # over a line break, or behind an escaped fence, a code span would keep our escapes
        text = _literal(line, code=len(lines) == 1 and not line.startswith("```"))
        if number or not labelled:
            text = _safe_start(text)
        if number == 0 and not labelled:
            text = _unlabel(text, names, keep)
        shown.append(text)
    return _keep_end("\n".join(shown), labelled=labelled, owned=owned)


def escape_title(value: str) -> str:
    """Return `value` as the text of a heading: no id, no comment, no closing hashes."""
    line = one_line(value)
    text = _literal(line, code="[[" not in line).replace("[[", "\\[[")
    return re.sub(r"(?<=\s)(#+)$|^(#+)$", r"\\\g<0>", text)


def plain(text: str) -> str:
    """Return an item's text as it was typed: backslash escapes outside code undone."""
    return _ESCAPED.sub(lambda m: m["mark"] or m[0], text) if "\\" in text else text


def _literal(text: str, *, code: bool) -> str:
    """Escape what would escape, begin a comment or be an id; code spans stay as they are.

    Without `code` nothing is to be a code span: backticks are escaped too.
    """
    if not code:
        return _EVERYWHERE.sub(lambda m: "\\" + m[0], text)
    return _BESIDE_CODE.sub(lambda m: m[0] if m["ticks"] else "\\" + m[0], text)


def _keep_end(text: str, *, labelled: bool, owned: bool) -> str:
    """Keep the end of a text from being read as something that it was not meant to be.

    A text that is nothing but an owner, a tag or a date is a text. A bullet that ends in a link
    to an item would be that item's shadow: its link is shown.
    """
    tail = read_tail(text)
    rest = text[len(tail.text) :]
    if not tail.text or (not owned and (tail.owners or tail.due or tail.done_on)):
        marks = "([@#])" if not tail.text else "(@)"
        text = tail.text + re.sub(marks, r"\\\1", _DAY.sub(r"\\", rest.replace("＠", "@")))
    if not labelled and ending_link(read_tail(text).text):
        at = text.rindex("[[")
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _safe_start(text: str) -> str:
    if _MARKER.match(text) or _TABLE_RULE.match(text) or _BOX_OR_REFERENCE.match(text):
        return "\\" + text
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text


def _unlabel(text: str, names: Names, keep: Container[str]) -> str:
    """Escape the colon of a text that would read as a label."""
    found = names.label_pattern.match(text)
    if not found or names.label(found["word"]) in keep:
        return text
    colon = max(text.find(":", 0, found.end()), text.find("：", 0, found.end()))
    return f"{text[:colon]}\\:{text[colon + 1 :]}"
