"""Bytes of a notes file to text: encodings that are met in the wild, and what is refused."""

import codecs
import re
from typing import NamedTuple

LIMIT = 20 * 1024 * 1024
"""A larger source file (bytes) is refused."""

SUFFIXES = (".md", ".markdown", ".txt")
"""File names that `kb import` reads."""

_LINES = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Skipped(NamedTuple):
    """Why a file was not read: a message code."""

    code: str


def decode(data: bytes) -> tuple[str, ...] | Skipped:
    """Return the lines of `data` without line ends, or why it can't be read.

    UTF-8 (with or without byte order mark), UTF-16 with one, ISO-2022-JP, CP932 and EUC-JP are
    read. Lines end at CR LF, CR or LF; form feeds and the like stay inside a line. A final line
    end does not make another line.
    """
    if len(data) > LIMIT:
        return Skipped("import-large")
    text = _text(data)
    if text is None:
        return Skipped("import-not-text")
    if not text.strip(" \t\r\n\u3000\ufeff\u200b"):
        return Skipped("import-empty")
    lines = _LINES.split(text)
    if lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _text(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    if b"\x00" in data:
        return None
    body = data.removeprefix(codecs.BOM_UTF8)
    if b"\x1b$" in body:
        found = _strict(body, "iso2022_jp")
        if found is not None:
            return found
    for encoding in ("utf-8", "cp932", "euc_jp"):
        found = _strict(body, encoding)
        if found is not None:
            return None if len(_CONTROL.findall(found)) > len(found) // 100 + 2 else found
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
