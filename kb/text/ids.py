"""Ids of lines: derived from what a line says, so that two clones give a line the same id."""

import re
import unicodedata
from collections.abc import Container
from hashlib import sha256

KINDS = {
    "meeting": "m",
    "hypothesis": "h",
    "topic": "a",
    "decision": "d",
    "todo": "t",
    "insight": "i",
    "request": "q",
}
"""The letter with which the id of each kind begins."""

PATTERN = re.compile(r"[mhadtiqr]-[0-9a-hjkmnp-tv-z]{6}")
"""A whole id without its `^`."""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def normal(text: str) -> str:
    """Return the text as ids see it: composed (NFC), runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def short(body: str) -> str:
    """Return six characters of Crockford base32 (30 bits of SHA-256) of `body`."""
    number = int.from_bytes(sha256(body.encode("utf-8", "surrogatepass")).digest()[:4]) >> 2
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(25, -1, -5))


def derive(
    kind: str, account: str, date: str, text: str, ordinal: int = 0, taken: Container[str] = ()
) -> str:
    """Return the id of a line: kind letter, `-`, six characters.

    `ordinal` counts lines of the same kind and text in one meeting from 0; an id that is already
    `taken` in the account (a chance of one in a thousand million) moves on to the next ordinal.
    """
    letter = KINDS[kind]
    while True:
        body = chr(31).join((letter, account, date, normal(text), str(ordinal)))
        found = f"{letter}-{short(body)}"
        if found not in taken:
            return found
        ordinal += 1
