"""What a request brings: the fields of a form, files beside them, or bytes; never too much of it.

Bodies are read whole, up to a limit that the route names. There is no parser of other people's:
forms are the standard library's, and a form with files is cut at its boundary, nothing is nested.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from starlette.requests import Request

Kind = Literal["form", "files", "raw"]
"""A form of text fields; one that may have files; any bytes, which the route reads itself."""

LARGEST_FORM = 256 * 1024
"""The most bytes a form may have."""
LARGEST_FILES = 12 * 1024 * 1024
"""The most bytes that a form with files may have: ten megabytes of file, and what goes with it."""
FIELDS = 64
"""The most fields that a form or an address may have."""

_TYPES = {
    "form": "application/x-www-form-urlencoded",
    "files": "multipart/form-data",
}
_BOUNDARY = re.compile(r"""boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))\s*(?:;|$)""")
_NAME = re.compile(rb'(?<![\w*])name="([^"\r\n]*)"')
_FILE = re.compile(rb'(?<![\w*])filename="([^"\r\n]*)"')


class Upload(NamedTuple):
    """A file that was sent: the name that the browser gave it, and its bytes; both are hostile."""

    name: str
    data: bytes


class Body(NamedTuple):
    """What a request brought; empty where it brought nothing of that kind."""

    form: Mapping[str, str] = {}
    files: Mapping[str, Upload] = {}
    raw: bytes = b""


async def read(request: "Request", kind: Kind, limit: int) -> Body | None:
    """Return the body of a request, or None for what is no such thing or is too much."""
    if kind == "raw":
        data = await _bytes(request, limit)
        return None if data is None else Body(raw=data)
    said = request.headers.get("content-type", "")
    named = said.partition(";")[0].strip().lower()
    if kind == "files" and named == _TYPES["form"]:  # a form without a file, sent by a script
        kind, limit = "form", min(limit, LARGEST_FORM)
    if named != _TYPES[kind]:
        return None
    data = await _bytes(request, limit)
    if data is None:
        return None
    try:
        return Body(form=_form(data)) if kind == "form" else _files(data, said)
    except ValueError:
        return None


async def _bytes(request: "Request", limit: int) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def _form(data: bytes) -> dict[str, str]:
    pairs = parse_qsl(
        data.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
    )
    return {name: _typed(value) for name, value in pairs}


def _typed(value: str) -> str:
    """Browsers send CR LF for a line end; documents have their own."""
    return value.replace("\r\n", "\n")


def _files(data: bytes, said: str) -> Body:
    """Cut a form with files into its fields; `ValueError` for what is none."""
    found = _BOUNDARY.search(said)
    if found is None:
        raise ValueError(said)
    mark = b"--" + (found[1] or found[2]).encode("ascii")
    first, *parts, last = (b"\r\n" + data).split(b"\r\n" + mark)
    if first or not last.startswith(b"--") or len(parts) > FIELDS:
        raise ValueError(len(parts))
    form: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in parts:
        head, cut, value = part.partition(b"\r\n\r\n")
        name, file = _NAME.search(head), _FILE.search(head)
        if not cut or not head.startswith(b"\r\n") or name is None:
            raise ValueError(head[:80])
        if file is None:
            form[name[1].decode()] = _typed(value.decode())
        elif value or file[1]:  # a browser sends an empty one where no file was chosen
            files[name[1].decode()] = Upload(file[1].decode(), value)
    return Body(form, files)
