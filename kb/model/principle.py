"""A page of the playbook as the team speaks of it: what it says, what it rests on, what it serves.

One reader for all three layers: principles (how we want to be), plays (what we do), manuals (how
we do it). Nothing here looks anything up.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from kb.text import frontmatter
from kb.text.document import Item
from kb.text.escape import plain
from kb.text.ids import PATTERN, normal
from kb.text.items import LINK
from kb.text.lines import decode
from kb.text.outline import Document
from kb.text.pagecomments import blanked
from kb.text.pageparts import Part, in_japanese, read_parts

LAYERS = ("principle", "play", "manual")
"""The layers of the playbook, from being over what to how."""

_QUOTES = (("「", "」"), ("“", "”"), ('"', '"'), ("『", "』"))
_SOURCE = re.compile(
    r"(?:出典|Source)[ \t\u3000]*[:：]\s*\[\[(?P<account>[^\]#|]+)#\^(?P<id>[a-z]-[0-9a-z]{6})"
    r"(?:\|[^\]]*)?\]\]\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_READING = re.compile(r"(?:読み方|[Rr]eading)[ \t\u3000]*[:：]\s*(?P<text>.+)", re.DOTALL)
_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_DIGEST = re.compile(r"\bitem1:[0-9a-f]{16}\b")
_COMMIT = re.compile(r"\bcommit:([0-9a-f]{7,64})\b")


class Evidence(NamedTuple):
    """A quote that a page rests on, or that speaks against it, and where it was said.

    `ref` is the id of the line in the account's document that holds the quote; `date` the day of
    its meeting. `digest` (`item1:…`) and `commit` are hints from the day it was written down;
    `reading` is how the team understands it. `line` counts from 1.
    """

    quote: str
    account: str
    ref: str
    date: str | None
    digest: str | None
    commit: str | None
    reading: str | None = None
    line: int = 0


class Link(NamedTuple):
    """A wikilink of a page as it is written (`p-handover-30`, `acme#^i-8f3kq0`), and its line."""

    target: str
    line: int


class Page(NamedTuple):
    """A page of the playbook. `status` is None for plays and manuals.

    `principle`, `play` and `manuals` are what a play or a manual names in its front matter.
    `texts` are the known sections by key; `insights` are (account, id). `links` are all links
    below the front matter, those of evidence too.
    """

    id: str
    kind: str
    title: str
    status: str | None
    owner: str | None
    proposed: str | None
    adopted: str | None
    revised: str | None
    superseded: str | None
    retired: str | None
    verify_by: str | None
    supersedes: tuple[str, ...]
    superseded_by: str | None
    why_given_up: str | None
    tags: tuple[str, ...]
    principle: str | None
    play: str | None
    manuals: tuple[str, ...]
    lang: str
    texts: Mapping[str, str]
    use_when: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    counter: tuple[Evidence, ...]
    insights: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    unsourced: tuple[int, ...]


@lru_cache(maxsize=512)
def read_page(data: bytes, path: str, *, lang: str = "ja") -> Page:
    """Read a page. Never fails: what is not there is empty; `lang` is the team's.

    `unsourced` are the lines of evidence that don't say where the quote stands. What is returned
    is remembered, and not to be changed.
    """
    front = frontmatter.read(data)
    kind = kind_of(path)
    document, parts = read_parts(data)
    stem = unicodedata.normalize("NFC", path.rpartition("/")[2].removesuffix(".md"))
    unsourced: list[int] = []
    by_key: dict[str, list[Part]] = {}
    for part in parts:
        by_key.setdefault(part.key, []).append(part)
    return Page(
        id=_text(front, kind) or _text(front, "id") or stem,
        kind=kind,
        title=_text(front, "title") or _heading(document) or stem,
        status=_status(front) if kind == "principle" else None,
        owner=_handle(front),
        proposed=_text(front, "proposed"),
        adopted=_text(front, "adopted"),
        revised=_text(front, "revised"),
        superseded=_text(front, "superseded"),
        retired=_text(front, "retired"),
        verify_by=_text(front, "verify_by"),
        supersedes=_names(front, "supersedes"),
        superseded_by=_text(front, "superseded_by"),
        why_given_up=_text(front, "why"),
        tags=_names(front, "tags"),
        principle=_text(front, "principle") if kind != "principle" else None,
        play=_text(front, "play") if kind != "play" else None,
        manuals=_names(front, "manuals"),
        lang="ja" if in_japanese(parts, lang) else "en",
        texts={key: "\n\n".join(p.text for p in found) for key, found in by_key.items()},
        use_when=_lines(by_key.get("use-when", [])),
        do=_lines(by_key.get("do", [])),
        dont=_lines(by_key.get("dont", [])),
        evidence=tuple(_evidence(data, by_key.get("evidence", []), unsourced)),
        counter=tuple(_evidence(data, by_key.get("counter", []), unsourced)),
        insights=tuple(_insights(by_key.get("insights", []))),
        links=tuple(_links(data)),
        unsourced=tuple(unsourced),
    )


def kind_of(path: str) -> str:
    """Return the layer of a page by its folder: principle, play or manual."""
    folder = path.split("/")[1] if path.count("/") > 1 else ""
    return {"principles": "principle", "plays": "play", "manuals": "manual"}.get(folder, "page")


def unquoted(text: str) -> str:
    """Return the words of a quote as they were said: without its marks and escapes, on one line."""
    return unmarked(plain(text))


def unmarked(text: str) -> str:
    """Return the words of a quote without its outer marks, on one line."""
    one = normal(text)
    for opening, closing in _QUOTES:
        if len(one) > 1 and one.startswith(opening) and one.endswith(closing):
            return one[1:-1].strip()
    return one


def evidence_lines(found: Evidence, lang: str, escaped: str) -> list[str]:
    """Return the lines of one piece of evidence; `escaped` is its quote as it may be written."""
    quote = f"「{escaped}」" if lang == "ja" else f'"{escaped}"'
    parts = [f"[[{found.account}#^{found.ref}]]", found.date, found.digest]
    parts.append(f"commit:{found.commit}" if found.commit else None)
    source = " ".join(part for part in parts if part)
    lines = [f"- {quote}", f"  - {'出典' if lang == 'ja' else 'Source'}: {source}"]
    if found.reading:
        lines.append(f"  - {'読み方' if lang == 'ja' else 'Reading'}: {found.reading}")
    return lines


def _evidence(data: bytes, parts: list[Part], unsourced: list[int]) -> Iterator[Evidence]:
    for item in (item for part in parts for item in part.items()):
        quote = unquoted(_raw(data, item))
        inner = [_raw(data, child) for child in item.children]
        source = next((m for text in inner if (m := _SOURCE.match(text))), None)
        if not quote and source is None:
            continue
        if source is None or not quote:
            unsourced.append(item.line)
            continue
        reading = next((m["text"] for text in inner if (m := _READING.match(text))), None)
        rest = source["rest"]
        date, digest, commit = _DATE.search(rest), _DIGEST.search(rest), _COMMIT.search(rest)
        yield Evidence(
            quote=quote,
            account=unicodedata.normalize("NFC", source["account"].strip()),
            ref=source["id"],
            date=date[0] if date else None,
            digest=digest[0] if digest else None,
            commit=commit[1] if commit else None,
            reading=normal(plain(reading)) if reading else None,
            line=item.line,
        )


def _insights(parts: list[Part]) -> Iterator[tuple[str, str]]:
    seen = set()
    for part in parts:
        for found in LINK.finditer(part.text):
            account, mark, id_ = found[1].partition("#^")
            if mark and PATTERN.fullmatch(id_) and (account, id_) not in seen:
                seen.add((account, id_))
                yield unicodedata.normalize("NFC", account.strip()), id_


def _links(data: bytes) -> Iterator[Link]:
    text = decode(data)
    at = len(decode(data[: frontmatter.text_start(data)]))
    text = text[:at] + blanked(text[at:])
    for found in LINK.finditer(text, at):
        yield Link(
            unicodedata.normalize("NFC", found[1].strip()), 1 + text.count("\n", 0, found.start())
        )


def _raw(data: bytes, item: Item) -> str:
    return decode(data[item.para.start : item.para.stop]).strip()


def _lines(parts: list[Part]) -> tuple[str, ...]:
    """Return the lines of a section for people: bullets without their marks, blank ones not."""
    lines = []
    for part in parts:
        for line in part.text.splitlines():
            shown = plain(line.strip().lstrip("-*+").strip())
            if shown:
                lines.append(shown)
    return tuple(lines)


def _heading(document: Document) -> str | None:
    for index in range(len(document.chunks)):
        for section in document.section(index).walk():
            if section.level == 1 and section.heading:
                return plain(section.heading)
    return None


def _status(front: Mapping[str, Any]) -> str:
    return (_text(front, "status") or "candidate").lower()


def _handle(front: Mapping[str, Any]) -> str | None:
    owner = _text(front, "owner")
    return owner.lstrip("@") if owner else None


def _text(front: Mapping[str, Any], key: str) -> str | None:
    value = front.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _names(front: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = front.get(key)
    found = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in found if isinstance(one, str) and one.strip())
