"""Near misses at the beginning of lines: bullets, boxes, indents, headings, open ends."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.text.dates import heading_date
from kb.text.document import Section
from kb.text.lines import Lines, Span, line_count
from kb.text.names import Names
from kb.text.outline import markdown


class Miss(NamedTuple):
    """One near miss: the line (from 1), a code of `kb.messages`, and what fills its sentence."""

    line: int
    code: str
    params: dict[str, str]


_MAY_HIDE = re.compile(r"[`~<>\t]| {4}")
"""What every code, quote, tag and comment has somewhere; most meetings have none of it."""


class View:
    """The lines of a chunk, and which of them are plain text."""

    def __init__(self, lines: Lines) -> None:
        """Look at the lines of one chunk."""
        self.lines = lines
        text = lines.markdown()
        self.tokens = markdown().parse(text) if _MAY_HIDE.search(text) else []
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
HASHES = re.compile(r"^(?P<hashes>#{1,6})(?P<rest>[^#\s].*)$")
WIDE_HASHES = re.compile(r"^[ \t\u3000]*(?P<hashes>[#＃]*＃[#＃]*)[ \t\u3000]*(?P<rest>\S.*)$")
_INDENTED_HASHES = re.compile(
    r"^(?:\u3000[ \t\u3000]*| {4,}|\t)(?P<hashes>#{1,6})[ \t]+(?P<rest>\S.*)$"
)


def plain_lines(view: View, root: Section, names: Names) -> Iterator[Miss]:
    """Yield the near misses at the beginnings of the meeting's plain lines, at most one each."""
    last = view.lines.first + len(view.lines.texts)
    free = _internal_lines(root, last) | _inner_lines(view, root)
    for at, text in enumerate(view.lines.texts):
        if at not in view.plain or not text.strip():
            continue
        number = view.lines.first + at
        yield from _line(text, number, names, free=number in free)


def _internal_lines(root: Section, last: int) -> set[int]:
    """Return the lines below memos and unknown headings: there people write as they like.

    No line stands at `last` or below it.
    """
    found: set[int] = set()
    order = list(root.walk())
    for number, section in enumerate(order):
        if section.kind in ("memo", "other"):
            end = order[number + 1].line if number + 1 < len(order) else last
            found |= set(range(section.line + 1, end))
    return found


def _inner_lines(view: View, root: Section) -> set[int]:
    """Return the lines that are indented as the further text of an item."""
    found: set[int] = set()
    for item in root.all_items():
        last = item.line + line_count(view.lines.data[slice(*_within(view, item.para))])
        for number in range(item.line + 1, last + 1):
            text = view.lines.texts[number - view.lines.first]
            if len(text) - len(text.lstrip(" ")) >= item.content_indent:
                found.add(number)
    return found


def _within(view: View, span: Span) -> Span:
    return span.shifted(-view.lines.starts[0])


def _line(text: str, number: int, names: Names, *, free: bool) -> Iterator[Miss]:
    """Yield what is wrong with the beginning of a line; at most one thing."""
    if found := WIDE_HASHES.match(text) or _INDENTED_HASHES.match(text):
        hashes = "#" * len(found["hashes"])
        yield Miss(number, "miss-hash", {"mend": f"{hashes} {found['rest']}"})
    elif (found := HASHES.match(text)) and _is_heading(found, names):
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
