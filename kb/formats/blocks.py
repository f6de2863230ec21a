"""What each line of a notes file is: heading, list item, box, code, comment, plain text.

Markdown is read by the same parser as the store's documents; on top of it come the headings that
people write without Markdown: a bold line, `■`, `【…】`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.formats.dates_loose import narrow

BOLD_LEVEL = 7
"""Level of a heading that is only a bold line: below every Markdown heading."""

LONG_LINE = 64 * 1024
"""A longer line (characters) is kept and not read."""

_READ = 4000
"""Characters of a line that are read; the rest is only kept."""

_SIGNS = "■◆▼★●◎▽◇▲＊※"
_SIGN = re.compile(rf"^(?P<sign>[{_SIGNS}])[ \t\u3000]*(?P<text>.+)$")
_BRACKETS = re.compile(r"^[【＜《≪](?P<text>[^】＞》≫]{1,60})[】＞》≫][ \t\u3000]*$")
_BOLD = re.compile(r"^(\*\*|__)(?P<text>(?:(?!\1).){1,160})\1[ \t\u3000]*(?P<rest>.{0,80})$")
_ITEM = re.compile(
    r"^(?P<indent>[ \t\u3000]*)(?P<quote>(?:>[ \t]?)*)(?P<inner>[ \t\u3000]*)"
    r"(?P<marker>[-*+•‣◦・‐––](?=[ \t\u3000\[]|$)|[・‣•◦○](?=\S)|\d{1,3}[.)．）](?=[ \t\u3000]|$)|"
    r"[(（]\d{1,2}[)）]|[①-⑳]|[□☐☑☒✅✔](?=[ \t\u3000]?\S))?"
    r"(?P<gap>[ \t\u3000]*)(?P<text>.*)$",
    re.DOTALL,
)
_BOX = re.compile(r"^\\?\[(?P<mark>[ xX\u3000✓✔]?)\\?\][ \t\u3000]*(?P<text>.*)$", re.DOTALL)
_SIGN_BOX = {"□": False, "☐": False, "☑": True, "☒": True, "✅": True, "✔": True}
_ANCHOR = re.compile(r"\s*\{#[^{}\s]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One source line, read.

    `level` is the heading level (1–6, `BOLD_LEVEL` and above for headings without Markdown, 0 for
    no heading); `text` is what it says without marker, box, quote and heading signs. `indent`
    counts columns. `hidden` lines (fenced code, comments, front matter) carry no meaning.
    """

    raw: str
    text: str
    indent: int = 0
    marker: str = ""
    box: bool | None = None
    level: int = 0
    hidden: bool = False
    code: bool = False
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether nothing is written on the line."""
        return not self.raw.strip(" \t\u3000\u200b>")

    @property
    def item(self) -> bool:
        """Tell whether the line is a list item."""
        return bool(self.marker)


def read_lines(lines: Sequence[str], front: int) -> list[Line]:
    """Classify `lines`; the first `front` of them are front matter."""
    headings, hidden, code = _markdown(lines, front)
    result: list[Line] = []
    for index, raw in enumerate(lines):
        if index < front or index in hidden:
            result.append(Line(raw, raw.strip(), hidden=True, code=index in code))
        elif len(raw) > LONG_LINE:
            result.append(Line(raw, "", hidden=True))
        elif index in headings:
            level, text = headings[index]
            result.append(Line(raw, text, level=level))
        else:
            result.append(_plain(raw, lines[index - 1] if index else "", code=index in code))
    return result


def _plain(raw: str, before: str, *, code: bool) -> Line:
    """Read a line that is no Markdown heading."""
    flat = _heading_without_markdown(raw, before)
    if flat is not None:
        return Line(raw, flat[1], level=flat[0], code=code)
    match = _ITEM.match(raw)
    assert match is not None  # every part is optional
    text, marker, box = match["text"], match["marker"] or "", None
    if marker in _SIGN_BOX:
        box = _SIGN_BOX[marker]
    found = _BOX.match(text)
    if found and (marker or found["mark"] == " " or found["mark"] in "xX"):
        # `[](…)` and `[x](…)` are links, `[name]` is no box
        if not found["text"].startswith("(") and (found["mark"] or found["text"]):
            box, text = found["mark"] not in ("", " ", "\u3000"), found["text"]
    elif box is None and marker and text[:1] in _SIGN_BOX:
        box, text = _SIGN_BOX[text[0]], text[1:].lstrip("\ufe0f")
    indent = _columns(match["indent"] + match["inner"])
    text = text[:_READ].strip()
    return Line(raw, text, indent, marker, box, code=code, quoted=bool(match["quote"]))


def _heading_without_markdown(raw: str, before: str) -> tuple[int, str] | None:
    stripped = raw.strip(" \t\u3000")
    if not stripped or raw[0] in " \t":
        return None
    match = _BOLD.match(stripped)
    if match:
        rest = match["rest"].strip(" *_~\\:：")
        standing = not before.strip() or before.strip().endswith("\\")
        if not rest or (standing and rest.startswith(("(", "[", "-", "–", "（"))):
            return BOLD_LEVEL, (match["text"] + " " + match["rest"]).strip()
        return None
    match = _SIGN.match(stripped)
    if match and len(stripped) <= 120 and match["sign"] not in "※＊":
        return BOLD_LEVEL + 1 + _SIGNS.index(match["sign"]), match["text"].strip()
    match = _BRACKETS.match(stripped)
    if match:
        return BOLD_LEVEL + 20, match["text"].strip()
    return None


def _columns(blanks: str) -> int:
    column = 0
    for char in blanks:
        column += 4 - column % 4 if char == "\t" else 2 if char == "\u3000" else 1
    return column


def _markdown(
    lines: Sequence[str], front: int
) -> tuple[dict[int, tuple[int, str]], set[int], set[int]]:
    """Return headings by line, hidden lines (fences, comments) and lines of indented code."""
    from kb.text.outline import markdown

    source = "\n".join(
        "" if index < front or len(line) > LONG_LINE else line.replace("\x00", "\ufffd")
        for index, line in enumerate(lines)
    )
    headings: dict[int, tuple[int, str]] = {}
    hidden: set[int] = set()
    code: set[int] = set()
    tokens = markdown().parse(source)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open" and token.level == 0:
            text = _ANCHOR.sub("", tokens[index + 1].content)
            if token.markup.startswith("#") or last - first == 2:
                headings[first] = (int(token.tag[1]), text)
                if not token.markup.startswith("#"):
                    hidden.add(last - 1)  # the underline
        elif token.type == "fence":
            hidden.update(range(first, _fence_end(lines, first, last)))
            code.update(range(first, last))
        elif token.type == "code_block":
            code.update(range(first, last))
        elif token.type == "html_block" and token.content.lstrip().startswith("<!--"):
            closed = "-->" in token.content
            hidden.update(range(first, last if closed else first + 1))
    return headings, hidden, code


def _fence_end(lines: Sequence[str], first: int, last: int) -> int:
    """Return where a fence's lines stop to be code for us: an unclosed one ends at a heading."""
    sign = lines[first].strip(" \t>")[:1]
    if sign and lines[last - 1].strip(" \t>").startswith(sign * 3) and last - 1 > first:
        return last
    for index in range(first + 1, last):
        if re.match(r"#{1,6} .*\d", lines[index]):
            return index
    return last


_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(
    r"\*\*|__|~~|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
)


_MARKUP = re.compile(r"[*_~`\[\\{]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|@&])")
_BLANKS = re.compile(r"\s{2,}|\t")
_NUMBERING = re.compile(r"^(?:第?\d{1,2}[.)、:章]\s*|\(\d{1,2}\)\s*|[■◆●▼◎]\s*)")


@lru_cache(maxsize=16384)  # each line is looked at several times
def plain(text: str) -> str:
    """Return `text` without Markdown's marks: links as their words, no emphasis, no escapes."""
    if _MARKUP.search(text):
        text = _ANCHOR.sub("", text)
        text = _LINK.sub(r"\1", text)
        text = _EMPHASIS.sub("", text)
        text = _ESCAPED.sub(r"\1", text).rstrip("\\")
    return _BLANKS.sub(" ", text).strip(" \t\u3000")


def fold(text: str) -> str:
    """Return `text` for comparing: NFKC, lower case, without marks, colons and numbering."""
    text = unicodedata.normalize("NFKC", plain(narrow(text))).casefold()
    return _NUMBERING.sub("", text).strip(" \t:-–—。.【】[]<>()*_!📝✅").strip()
