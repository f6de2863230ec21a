"""What kind of file some bytes are, told by the bytes themselves; and links to attachments.

A name or a header says nothing: whoever sends a file chooses both. Only text is all alike, so
there the name may choose among kinds that a browser never runs.
"""

import re
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

LARGEST = 10 * 1024 * 1024
"""The most bytes that an attachment may have."""
PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
"""Kinds that are shown on a page, and the type that a browser is told."""
TEXTS = ("txt", "csv", "md")
OFFICE = {"docx": b"word/", "xlsx": b"xl/", "pptx": b"ppt/"}
"""Kinds that are archives of parts, and the folder of each in which its main part lies."""
KINDS = (*PICTURES, "pdf", *OFFICE, *TEXTS)
"""Every kind that is taken, by the ending that its file gets."""

MOST_PARTS = 2000
"""An archive that names more parts than these is no document of an office program."""
MOST_DIRECTORY = 512 * 1024
"""The most bytes that the directory of an archive may have; nothing of it is unpacked."""
LINK = re.compile(
    rf"(?:\.\./)+attachments/(?P<folder>[\w-]{{1,64}})/(?P<name>[0-9a-f]{{12}}\.(?P<kind>{'|'.join(KINDS)}))"
)
"""Where a document's link to an attachment leads; an account's folder, and a name made of bytes."""
NAME = re.compile(rf"[0-9a-f]{{12}}\.(?P<kind>{'|'.join(KINDS)})")

_STARTS = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "jpg": b"\xff\xd8\xff",
    "pdf": b"%PDF-",
}
_END = b"PK\x05\x06"
_END_BYTES = 22
_LARGER = b"PK\x06\x07"


class _End(NamedTuple):
    """What the end of an archive says of its directory."""

    parts: int
    size: int


def kind_of(data: bytes, name: str = "") -> str | None:
    """Return the kind of a file, or None for one that is not taken.

    `name` is what the sender calls it; it only tells kinds of text apart.
    """
    for kind, start in _STARTS.items():
        if data.startswith(start):
            return kind
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    ending = name.rpartition(".")[2].casefold()
    return ending if ending in TEXTS and _is_text(data) else None


def _office(data: bytes) -> str | None:
    """Return which office document an archive is; one with macros or too many parts is none."""
    end = _end(data)
    if end is None or end.parts > MOST_PARTS or end.size > MOST_DIRECTORY:
        return None
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = [one.orig_filename.encode("utf-8", "replace") for one in archive.infolist()]
    except (BadZipFile, ValueError, NotImplementedError, UnicodeError, OverflowError):
        return None
    if b"[Content_Types].xml" not in names or any(n.endswith(b"vbaProject.bin") for n in names):
        return None
    there = [kind for kind, folder in OFFICE.items() if any(n.startswith(folder) for n in names)]
    return there[0] if len(there) == 1 else None


def _end(data: bytes) -> _End | None:
    """Read the end of an archive, before anything believes what it says."""
    at = data.rfind(_END, max(0, len(data) - _END_BYTES - 0xFFFF))
    if at < 0 or len(data) - at < _END_BYTES or data[max(0, at - 20) : at].startswith(_LARGER):
        return None  # none, or one that says its true size elsewhere
    return _End(
        int.from_bytes(data[at + 10 : at + 12], "little"),
        int.from_bytes(data[at + 12 : at + 16], "little"),
    )


def _is_text(data: bytes) -> bool:
    """Tell whether bytes are text in UTF-8, or as spreadsheets in Japan write it."""
    if b"\0" in data:
        return False
    for code in ("utf-8", "cp932"):
        try:
            data.decode(code)
        except UnicodeDecodeError:
            continue
        return True
    return False
