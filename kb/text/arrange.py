"""Whole meetings and the front matter: put a meeting where it belongs, set one key."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.errors import WrongUse
from kb.text.dates import heading_date
from kb.text.frontmatter import body_span, front_span
from kb.text.lines import Span, encode, newline_of
from kb.text.outline import Document, find_boundaries, parse
from kb.text.splice import Spliced

_PLAIN = re.compile(r"[^\s\[\]{}&*!|>'\"#%@`,:?-][^\[\]{}#\"'\n]*|-?\d[\d-]*")
_UNSHOWN = re.compile(r"[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOSE = re.compile(rf":\s|\s#|:$|{_UNSHOWN.pattern}")
_LISTED = re.compile(r"\w[\w.+/-]*")


def newest_first(document: Document) -> bool:
    """Tell the document's own order; newest first if there is nothing to tell it by."""
    meetings = document.meetings
    counting = [meeting.date for meeting in meetings if meeting.counts]
    dates = counting if len(counting) > 1 else [meeting.date for meeting in meetings]
    pairs = list(pairwise(dates))
    rising = sum(a < b for a, b in pairs)
    return rising <= sum(a > b for a, b in pairs)


def insert_meeting(document: Document, text: str) -> Spliced:
    """Put a meeting (heading and all, LF line ends) where its date belongs.

    Newest first, or as the document does it; a meeting of the same day and time goes on top.
    The heading is written at the document's meeting level, its sections below it. Raises
    `WrongUse("text-unsafe")` when the text is not exactly one meeting or would be swallowed.
    """
    shifted = _at_level(text.strip("\n"), document.level)
    first = shifted.split("\n", 1)[0]
    dated = heading_date(first.lstrip("# "))
    if dated is None:
        raise WrongUse("text-unsafe")
    at = _place(document, (dated.date, dated.start or ""))
    newline = newline_of(document.data)
    data = document.data
    body = newline.join(encode(line) for line in shifted.split("\n"))
    before = data[:at]
    gap = b""
    if before.strip(b"\xef\xbb\xbf"):
        ends = len(before) - len(before.rstrip(b"\r\n \t"))
        tail = before[len(before) - ends :]
        breaks = tail.count(b"\r") if newline == b"\r" else tail.count(b"\n")
        gap = newline * max(0, 2 - breaks)
        if front_span(data).stop == at:
            gap = newline
    new = gap + body + newline + (newline if at < len(data) else b"")
    whole = data[:at] + new + data[at:]
    result = parse(whole, document.names, _with_new(document, at, len(gap), whole, len(new)))
    return Spliced(result, (), Span(at + len(gap), at + len(new)))


def _place(document: Document, when: tuple[str, str]) -> int:
    """Return the byte at which a meeting of `when` (date, start) belongs."""
    newest = newest_first(document)
    last = None
    for index, chunk in enumerate(document.chunks):
        if chunk.kind != "meeting":
            continue
        meeting = document.meeting(index)
        other = (meeting.date, meeting.start or "")
        if (newest and other <= when) or (not newest and other > when):
            return chunk.span.start
        last = chunk
    return last.span.stop if last is not None else len(document.data)


def _with_new(
    document: Document, at: int, gap: int, whole: bytes, grown: int
) -> tuple[int, tuple[tuple[str, int, int], ...]]:
    """Return the boundaries of the new whole; refuse when others than the new one changed."""
    found = find_boundaries(whole, document.names)
    level, old = document.boundaries
    moved = [(kind, start if start < at else start + grown) for kind, start, _ in old]
    starts = {start for kind, start in moved if kind != "preamble"} | {0, at + gap}
    if {start for _, start, _ in found[1]} | {0} != starts or (
        found[0] != level and any(kind == "meeting" for kind, _, _ in old)
    ):
        raise WrongUse("text-unsafe")
    return found


def _at_level(text: str, level: int) -> str:
    """Return a meeting written at level 2 with all its headings at the document's level."""
    by = level - 2
    if by == 0:
        return text
    return re.sub(
        r"^(#{2,6})(?=\s|$)",
        lambda found: "#" * min(6, max(1, len(found[1]) + by)),
        text,
        flags=re.MULTILINE,
    )


def at_level_two(text: str, level: int) -> str:
    """Return a meeting's text as `insert_meeting` takes it: headings from level 2 on."""
    by = 2 - level
    if by == 0:
        return text
    return re.sub(
        r"^(#{1,6})(?=\s|$)",
        lambda found: "#" * min(6, max(1, len(found[1]) + by)),
        text,
        flags=re.MULTILINE,
    )


def set_front(data: bytes, key: str, value: str | Sequence[str]) -> bytes:
    """Return the document with one plain key of its front matter set; all other bytes stay.

    A document without front matter gets one. The value is quoted when YAML would read it as
    anything but a string; several are written as a list on one line.
    """
    newline = newline_of(data)
    shown = quoted(value) if isinstance(value, str) else quoted_list(value)
    line = encode(f"{key}: {shown}")
    body = body_span(data)
    if front_span(data).stop == 0:
        bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        head = newline.join((b"---", line, b"---", b"", b""))
        return bom + head + data[len(bom) :]
    pattern = re.compile(
        rb"^" + re.escape(encode(key)) + rb":[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.MULTILINE
    )
    text = data[body.start : body.stop]
    found = pattern.search(text)
    if found is None:
        return data[: body.stop] + line + newline + data[body.stop :]
    text = text[: found.start()] + line + text[found.end() :]
    return data[: body.start] + text + data[body.stop :]


def quoted(value: str) -> str:
    """Return a YAML scalar that reads as exactly this string, plain when that is safe.

    It stands on one line: the end of a line becomes a blank.
    """
    one = " ".join(value.splitlines()).strip()
    if one and _PLAIN.fullmatch(one) and not _LOOSE.search(one):
        return one
    return _in_quotes(one)


def quoted_list(values: Sequence[str]) -> str:
    """Return a YAML list on one line that reads as exactly these strings."""
    return f"[{', '.join(one if _LISTED.fullmatch(one) else _in_quotes(one) for one in values)}]"


def _in_quotes(value: str) -> str:
    """Return a string in quotes, with what YAML takes nowhere by its number."""
    inside = value.replace("\\", "\\\\").replace('"', '\\"')
    inside = _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", inside)
    return f'"{inside}"'
