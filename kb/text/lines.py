"""Lines of a document: split at CR LF, CR and LF only, counted in bytes.

Offsets are bytes everywhere, because a splice must leave all other bytes as they were; form
feed, U+2028 and the like are ordinary characters of a line.
"""

import re
from typing import NamedTuple

LONG_LINE = 64 * 1024
"""A longer line (bytes) is kept verbatim and not parsed."""

_NO_TEXT = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """A half-open range of bytes."""

    start: int
    stop: int

    def shifted(self, by: int) -> "Span":
        """Return the same range `by` bytes further on."""
        return Span(self.start + by, self.stop + by)


class Lines:
    """The lines of some bytes: where each starts, and its text without the line end."""

    __slots__ = ("data", "first", "starts", "texts")

    def __init__(self, data: bytes, base: int = 0, first: int = 1) -> None:
        """Split `data`, a part of a document from byte `base`, whose first line has number `first`.

        Offsets are those of the document. Bytes that are not UTF-8 survive as surrogates.
        """
        parts = data.splitlines(keepends=True)  # of bytes: only CR LF, CR and LF
        starts = [base]
        at = base
        for part in parts:
            at += len(part)
            starts.append(at)
        self.data = data
        self.first = first
        self.starts = starts
        self.texts = [decode(part.rstrip(b"\r\n")) for part in parts]

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.texts)

    def markdown(self) -> str:
        """Return the text for the Markdown parser: line ends as LF, over-long lines blanked.

        One line in, one line out: token line numbers are line numbers of the bytes. NUL becomes
        U+FFFD as CommonMark wants it, one character for one.
        """
        return "\n".join(shown(text) if len(text) <= LONG_LINE else "x" for text in self.texts)

    def column(self, line: int, characters: int) -> int:
        """Return the byte offset of a character of the line at index `line`."""
        return self.starts[line] + len(encode(self.texts[line][:characters]))

    def end(self, line: int) -> int:
        """Return the byte offset after the text of `line`, before its line end."""
        return self.starts[line] + len(encode(self.texts[line]))


def shown(text: str) -> str:
    """Return a line as the Markdown parser shall see it (characters one for one)."""
    return text.replace("\0", "\ufffd")


def decode(data: bytes) -> str:
    """Return bytes as text; what is not UTF-8 survives a round trip through `encode`."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Return text as bytes; the inverse of `decode`."""
    return text.encode("utf-8", "surrogateescape")


def readable(text: str) -> str:
    """Return text that can be shown and sent: what was no UTF-8 in the file becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _NO_TEXT.sub("\ufffd", text)
    return text


def line_count(data: bytes) -> int:
    """Return how many line ends `data` has."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def newline_of(data: bytes) -> bytes:
    """Return the line end that the document uses: that of its first line, LF if there is none."""
    at = min((i for i in (data.find(b"\n"), data.find(b"\r")) if i >= 0), default=-1)
    if at < 0 or data[at : at + 1] == b"\n":
        return b"\n"
    return b"\r\n" if data[at : at + 2] == b"\r\n" else b"\r"
