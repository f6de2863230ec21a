"""Front matter: only at the first byte (after a byte order mark), all scalars read as strings."""

import re
from functools import lru_cache
from typing import Any

from kb.text.lines import Span, decode

_FRONT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*(?>\r\n|\r|\n)"
    rb"(?P<body>(?:[^\r\n]*(?>\r\n|\r|\n))*?)"  # atomic: CR LF read in two ways takes forever
    rb"(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"
)
_SIMPLE = re.compile(r"([\w.-]+):[ \t]+([^\s\[{&*!|>'\"#%@`][^#]*?)[ \t]*$")


def front_span(data: bytes) -> Span:
    """Return the span of the front matter with both fences; Span(0, 0) when there is none.

    A byte order mark before text that has no front matter is not part of the span.
    """
    if not data.startswith((b"---", b"\xef\xbb\xbf---")):
        return Span(0, 0)
    found = _FRONT.match(data)
    return Span(0, found.end()) if found else Span(0, 0)


def text_start(data: bytes) -> int:
    """Return where the Markdown begins: after the front matter or a byte order mark."""
    return front_span(data).stop or (3 if data.startswith(b"\xef\xbb\xbf") else 0)


def body_span(data: bytes) -> Span:
    """Return the span of the YAML between the fences."""
    found = _FRONT.match(data)
    return Span(*found.span("body")) if found else Span(0, 0)


def read(data: bytes) -> dict[str, Any]:
    """Return the front matter as strings, lists and mappings; {} when absent or unreadable.

    `no`, `on` and dates stay the strings that were written. Whether it could be read at all is
    told by `problem`. What is returned is remembered, and not to be changed.
    """
    return _load(data)[0]


def problem(data: bytes) -> int | None:
    """Return the line (from 1) at which the front matter can't be read, or None if it can."""
    return _load(data)[1]


def scalar(data: bytes, key: str) -> str | None:
    """Return one plain top-level value without loading a YAML parser when it is simple."""
    span = body_span(data)
    for line in decode(data[span.start : span.stop]).splitlines():
        if line.startswith(f"{key}:"):
            found = _SIMPLE.fullmatch(line)
            if found:
                return found[2]
            value = read(data).get(key)
            return value if isinstance(value, str) else None
    return None


def _load(data: bytes) -> tuple[dict[str, Any], int | None]:
    span = body_span(data)
    return ({}, None) if span.start == span.stop else _loaded(data[span.start : span.stop])


@lru_cache(maxsize=512)
def _loaded(body: bytes) -> tuple[dict[str, Any], int | None]:
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = decode(body)
    try:
        loaded = yaml.load(text, Loader=loader)  # noqa: S506 (a base loader: strings only)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return {}, 2 + (mark.line if mark else 0)
    if loaded is None or loaded == "":
        return {}, None
    return (loaded, None) if isinstance(loaded, dict) else ({}, 2)
