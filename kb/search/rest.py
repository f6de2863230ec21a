"""What was written in a document besides its items: paragraphs, tables, quotes, front matter.

Everything that somebody wrote can be found, whether it was understood or not. A line counts as
rest when its words stand in none of the entries of its meeting.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.search.entries import shown
from kb.search.ports import Entry
from kb.text.escape import plain
from kb.text.names import DEFAULT_NAMES

_LEAD = re.compile(r"^(?:[-*+>|\s　・•]|\d+[.)]\s|\[[ xX]\]\s)+")
_TRAIL = re.compile(r"(?:\s+(?:@\S+|due:\S+|#\S+|\^\S+|📅\s*\S+|\[due::[^\]]*\]))+\s*$")
_RULE = re.compile(r"^[\s|:=_*-]*$")
_KEY = re.compile(r"(?:^\s*|[{,]\s*)[\w-]+:\s*(?:\{\s*[\w-]+:\s*)?|\}\s*$")
_CARRIED = re.compile(r"\[\[[^\[\]|]*#\^[^\[\]]*\]\]\s*$")
"""An open TODO or topic of an earlier meeting: it is found where it stands."""
_ELSEWHERE = frozenset(
    "time minutes attendees confidence verdict verdict-due see value-level".split()
)
"""Labels whose values are no sentences, or stand in an entry in another form."""


def of_lines(lines: Sequence[str], entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, text) of each run of lines that no entry holds; headings are left out."""
    known = _joined("\n".join(f"{entry.text}\n{entry.title}" for entry in entries))
    first, run = 0, list[str]()
    for number, line in enumerate(lines):
        text = "" if line.lstrip().startswith("#") else _text(line)
        if text and not _holds(known, text):
            first = first if run else number
            run.append(text)
        elif run:
            yield first, "\n".join(run)
            run = []
    if run:
        yield first, "\n".join(run)


def of_document(unit: str, lines: Sequence[str], account: str, name: str) -> Iterator[Entry]:
    """Yield the entry of what stands before a document's first meeting, front matter included."""
    words = [_KEY.sub(" ", line) for line in lines]
    text = "\n".join(word for line in words if (word := _text(line.lstrip("#"))))
    if text:
        yield Entry(unit, 0, "note", None, 0, name, text, account, account)


def _text(line: str) -> str:
    """Return the words of a line; nothing when it has none, or only such as stand elsewhere."""
    line = " ".join(line.split())  # or a long row of blanks would be read again from each of them
    if _RULE.match(line) or _CARRIED.search(line):
        return ""
    text = _TRAIL.sub("", shown(_LEAD.sub("", line))).replace("|", " ").strip()
    label = DEFAULT_NAMES.label_pattern.match(text)
    if label:
        if DEFAULT_NAMES.label(label["word"]) in _ELSEWHERE:
            return ""
        text = text[label.end() :].strip()
    return text


def _holds(known: str, text: str) -> bool:
    """Tell whether a line is known as it stands there, or as what was typed."""
    return _joined(text) in known or ("\\" in text and _joined(plain(text)) in known)


def _joined(text: str) -> str:
    return "".join(text.split())
