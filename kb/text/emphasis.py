"""Which stars and underlines shape the words beside them, and which somebody typed as themselves.

As in CommonMark, with one difference: a star between two operands (`単価*数量*月数`, `2*3*4`) is a
multiplication sign, and one before an ending (`*.csv`) stands for a name. Who types that into a
field must not see another number go out.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_TIMES = re.compile(
    r"(?<=[\w)\]}）］｝%％])(?<!_)\*(?=[^\W_]|[(\[{（［｛]|[$¥￥€£.+−-]\d)"
    r"|(?<=\d)\*\*(?=\d)|(?<!\*)\*(?=\.[A-Za-z0-9])"
)
_RUN = re.compile(r"\n|\*+|_+")


def bare(text: str) -> str:
    """Return a text without the signs of emphasis that pair up on a line; others are its words."""
    if "*" not in text and "_" not in text:
        return text
    opened: dict[str, tuple[int, int]] = {}
    signs: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        sign, (start, stop) = run[0], run.span()
        before, after = text[max(0, start - 1) : start], text[stop : stop + 1]
        if sign == "\n":
            opened.clear()
        elif len(sign) > 3 or _TIMES.match(text, start):
            continue
        elif before.strip() and sign in opened and not _within(sign, after):
            signs += [opened.pop(sign), (start, stop)]
        elif after.strip() and not _within(sign, before):
            opened[sign] = (start, stop)
    kept, at = list[str](), 0
    for start, stop in sorted(signs):
        kept.append(text[at:start])
        at = stop
    return "".join([*kept, text[at:]])


def _within(sign: str, beyond: str) -> bool:
    """Tell whether a word goes on beyond underlines, which are a part of it then."""
    return sign[0] == "_" and beyond.isalnum()


def keep_times(parser: "MarkdownIt") -> None:
    """Have a parser of lines keep stars that are multiplication signs."""
    parser.inline.ruler.before("emphasis", "times", _times)


def _times(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 (markdown-it's own)
    found = _TIMES.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True
