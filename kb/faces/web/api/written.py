"""JSON as it is sent and as it is read: nothing that two readers would take for two things."""

import json
import re
from typing import NoReturn

from kb.errors import WrongUse
from kb.text.lines import readable

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


def dumped(data: object) -> bytes:
    """Return `data` as JSON in UTF-8, keys in the order given.

    Bytes of a document that are no text come as lone surrogates; they are shown as U+FFFD.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return readable(text).encode()


def loaded(data: bytes) -> object:
    """Return what a body holds; `WrongUse` ("api-bad-json", "api-twice", "api-no-text")."""
    try:
        found: object = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_nothing)
        _texts(found)
    except (ValueError, RecursionError):
        raise WrongUse("api-bad-json") from None
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise WrongUse("api-twice", field=name)
        found[name] = value
    return found


def _nothing(word: str) -> NoReturn:
    raise ValueError(word)


def _texts(value: object) -> None:
    """Refuse what no document can hold: NUL, control characters, halves of a character."""
    if isinstance(value, str):
        if "\0" in value:
            raise WrongUse("text-nul")
        if _CONTROL.search(value):
            raise WrongUse("api-control")
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise WrongUse("api-no-text")
    elif isinstance(value, dict):
        for name, one in value.items():
            _texts(name)
            _texts(one)
    elif isinstance(value, list):
        for one in value:
            _texts(one)
