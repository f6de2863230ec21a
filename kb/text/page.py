"""What of a playbook page an adoption approves: its canonical text, and the digest over it."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from kb.text.canonical import canonical
from kb.text.document import Section
from kb.text.outline import Document, parse

ADOPTED_PARTS: dict[str, tuple[str, ...]] = {
    "statement": ("行動", "Statement"),
    "why": ("なぜ", "Why"),
    "do": ("すること", "Do"),
    "dont": ("しないこと", "Don't", "Don’t"),
    "use-when": ("使うとき", "Use when", "When to use"),
}
"""The sections that an adoption approves besides the title: Japanese, English, other spellings."""


def folded(heading: str) -> str:
    """Return a heading as it is compared: width and case don't count."""
    return unicodedata.normalize("NFKC", heading).strip().casefold()


_WANTED = frozenset(folded(name) for names in ADOPTED_PARTS.values() for name in names)


def adopt_text(data: bytes) -> str:
    """Return what an adoption approves: title, statement, why, do, don't, use when.

    Evidence, counter-evidence and the front matter may change without making it another text.
    """
    return "\n".join(
        section.heading
        if section.level == 1
        else canonical(data[section.span.start : section.span.stop])
        for section in adopted_sections(parse(data))
    )


def adopted_sections(doc: Document) -> Iterator[Section]:
    """Yield the title and the sections of a page that an adoption approves."""
    for index in range(len(doc.chunks)):
        for section in doc.section(index).walk():
            if section.level == 1 or folded(section.heading) in _WANTED:
                yield section


@lru_cache(maxsize=512)
def adopt_digest(data: bytes) -> str:
    """Return `adopt1:` and SHA-256 of what an adoption approves (`adopt_text`)."""
    text = adopt_text(data).encode("utf-8", "surrogateescape")
    return f"adopt1:{sha256(text).hexdigest()}"
