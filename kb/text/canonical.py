"""Canonical text and digests: what stays equal when ids, line ends and trailing space change.

Approvals, evidence and derived ids rest on these texts, so each digest carries the version of
its rule in its name.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from kb.text.document import Item, Meeting, Section
from kb.text.ids import normal
from kb.text.items import ID, read_tail
from kb.text.lines import decode
from kb.text.names import CLAIM_FIELDS

_PREFIX = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|#{1,6}(?:[ \t]+|$))?")
_BOX = re.compile(r"\[([ xX])\](?:[ \t\u3000]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_TOKEN = re.compile(r"📅\ufe0f?\s*[\d/.-]+|✅\ufe0f?\s*[\d/.-]+|\[due::[^\]]*\]|due:\s?\S+|\S+")
_ID = re.compile(ID)
_ID_IN_TAIL = re.compile(rf"(?:^|(?<=[\s\u3000])){ID}(?=[\s\u3000]|$)")
_OF_VERDICT = ("verdict", "verdict-due")


class Parts(NamedTuple):
    """A line of an item or a heading, taken apart: marker, box, text, and its right end.

    `box` is "" where there is none, else the character in it. `tail` holds dates, owners and
    tags as written; `closing` the hashes that close a heading.
    """

    prefix: str
    box: str
    text: str
    tail: tuple[str, ...]
    ids: tuple[str, ...]
    closing: str


def take_apart(line: str) -> Parts:
    """Take a line (without its line end) apart; ids come off first, wherever in the tail."""
    found = _PREFIX.match(line)
    assert found is not None
    prefix, rest = found[0], line[found.end() :]
    closing = ""
    if prefix.lstrip().startswith("#") and (closed := _CLOSING.search(rest)):
        closing, rest = closed[0], rest[: closed.start()]
    box = ""
    if boxed := _BOX.match(rest):
        box, rest = boxed[1], rest[boxed.end() :]
    text = read_tail(rest).text
    tokens = [token.strip() for token in _TOKEN.findall(rest[len(text) :])]
    ids = tuple(token[1:] for token in tokens if _ID.fullmatch(token))
    tail = tuple(token for token in tokens if not _ID.fullmatch(token))
    return Parts(prefix, box, text, tail, ids, closing)


def without_ids(line: str) -> str:
    """Return a line without the ids of its right end and without trailing space."""
    if "^" not in line:
        return line.rstrip()
    closed = _CLOSING.search(line) if line.lstrip().startswith("#") else None
    body = line[: closed.start()] if closed else line
    text = read_tail(body).text
    kept = " ".join(_ID_IN_TAIL.sub("", body[len(text) :]).split())
    return f"{text} {kept}".rstrip() + (closed[0].rstrip() if closed else "")


def canonical(data: bytes) -> str:
    """Return text with LF line ends, without ids and trailing space at each line's end."""
    lines = [without_ids(decode(line)) for line in data.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def normalised(text: str) -> str:
    """Return the form of an item's or heading's text from which ids are derived.

    NFC, white space folded, and without ids, dates, owners and tags at its right end: what two
    people typed alike gives the same id. (NFKC would make ① and 1 the same claim.)
    """
    return normal(read_tail(text).text)


def item_digest(data: bytes, item: Item) -> str:
    """Return `item1:` and 16 hex digits over an item of `data` with all that is nested in it."""
    return f"item1:{_hex(_dedented(data[item.span.start : item.span.stop]))[:16]}"


def text_digest(text: str) -> str:
    """Return `item1:` and 16 hex digits over one text by itself, an insight for instance."""
    return f"item1:{_hex(normalised(text))[:16]}"


def pre_digest(meeting: Meeting) -> str:
    """Return `pre1:` and SHA-256 of what a pre-review approves (`pre_text`)."""
    return f"pre1:{_hex(pre_text(meeting))}"


def post_digest(meeting: Meeting) -> str:
    """Return `post1:` and SHA-256 of what a post-review approves (`post_text`)."""
    return f"post1:{_hex(post_text(meeting))}"


def claim_digest(claim: Item, fields: Iterable[Item]) -> str:
    """Return `claim1:` and 16 hex digits over a claim and its fields except the verdict.

    `fields` may be nested in the claim or follow it; what stands nested is taken once.
    """
    lines = _claim(claim, "claim")
    for field in fields:
        if field not in claim.children:
            lines += _claim(field, "more")
    return f"claim1:{_hex(chr(10).join(lines))[:16]}"


def pre_text(meeting: Meeting) -> str:
    """Return the claims with their fields except the verdict, topic titles and stances."""
    lines: list[str] = []
    for section in _sections(meeting.root):
        if section.kind == "hypotheses":
            for item in section.items:
                lines += _claim(item, "claim")
        elif section.kind == "topic" and section.heading:
            lines.append(f"topic {_value(section.heading)}")
        for item in section.items:
            for inner in item.walk():
                if inner.label == "stance" and inner.text:
                    lines.append(f"stance {_value(inner.value)}")
    return "\n".join(lines)


def post_text(meeting: Meeting) -> str:
    """Return what was said and decided, the TODOs' texts, verdicts and insights."""
    lines: list[str] = []
    for section in _sections(meeting.root):
        for item in section.items:
            for inner in item.walk():
                kind = _outcome(inner, section.kind if inner is item else "")
                if kind and inner.text:
                    lines.append(f"{kind} {_value(inner.text)}")
    return "\n".join(lines)


def _sections(section: Section) -> Iterator[Section]:
    """Yield the sections that are under review: memos never, unknown ones only by their parts."""
    if section.kind == "memo":
        return
    if section.kind != "other":
        yield section
    for child in section.children:
        yield from _sections(child)


def _outcome(item: Item, section: str) -> str | None:
    """Return which outcome of a meeting an item is, or None; `section` if it stands right in it."""
    if item.box is not None or item.label == "todo":
        return "todo"
    if item.label in ("customer", "decision", "verdict"):
        return item.label
    plain = {"decisions": "decision", "todos": "todo", "insights": "insight"}
    return plain.get(section) if item.label is None and not _carried(item) else None


def _claim(item: Item, kind: str) -> list[str]:
    """Return an item of the hypotheses and what is nested in it, verdicts left out.

    Depth does not count: fields may stand below their claim or at its level.
    """
    if item.label in _OF_VERDICT or item.blank or _carried(item):
        return []
    lines = [f"{item.label if item.label in CLAIM_FIELDS else kind} {_value(item.value)}"]
    for child in item.children:
        lines += _claim(child, "more")
    return lines


def _carried(item: Item) -> bool:
    """Tell whether an item only shows one of an earlier meeting."""
    return item.link is not None and "#^" in item.link


def _value(text: str) -> str:
    """Return a value without its ids, on one line."""
    lines = [without_ids(line) for line in text.split("\n")]
    return " ".join(" ".join(lines).split())


def _dedented(data: bytes) -> str:
    """Return canonical text without the indent of its first line."""
    text = canonical(data)
    indent = len(text) - len(text.lstrip(" \t"))
    lines = text.split("\n")
    return "\n".join(x[indent:] if not x[:indent].strip() else x.lstrip() for x in lines)


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
