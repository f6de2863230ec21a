"""What a request brought, made into the type that its operation takes, or a sentence why not."""

import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from kb.errors import WrongUse
from kb.faces.web.api.shape import Nothing, Takes
from kb.faces.web.api.written import loaded
from kb.text.escape import breaks

T = TypeVar("T", bound=Takes)
_PLACE = re.compile(r" - at `\$(?:\.(?P<place>[^`]*)|\[[^`]*)`$")
_EXTRA = re.compile(r"unknown field `(?P<name>[^`]*)`")
_EMPTY = "Expected `str` of length >= 1"
_LACKS = re.compile(r"missing required field `(?P<name>[^`]*)`")


def from_query(query: Mapping[str, str], kind: type[T]) -> T:
    """Return the query as `kind`; raises what `from_body` raises for its fields."""
    for name, value in query.items():
        if "\0" in name + value:
            raise WrongUse("text-nul")
    return _made(dict(query), kind, strict=False)


def from_body(raw: bytes, said: str, kind: type[T]) -> T:
    """Return a JSON body as `kind`; `said` is its content type.

    Raises `WrongUse` ("api-not-json", "api-bad-json", "api-no-object", "api-unknown-field",
    "api-missing-field", "api-empty-field", "api-bad-field" and what reading raises). What takes
    nothing needs no body.
    """
    if not raw and kind is Nothing:
        return kind()
    named, _, more = said.partition(";")
    charset = more.strip().lower().replace('"', "")
    if named.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise WrongUse("api-not-json")
    found = loaded(raw)
    if not isinstance(found, dict):
        raise WrongUse("api-no-object")
    return _made(found, kind, strict=True)


def one_line(value: str | None, field: str) -> None:
    """Raise `WrongUse("api-one-line")` for a title of several lines."""
    if value is not None and "\n" in breaks(value):
        raise WrongUse("api-one-line", field=field)


def _made(found: Mapping[str, object], kind: type[T], *, strict: bool) -> T:
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    unknown = [name for name in found if name not in known]
    if unknown:
        raise _unknown(unknown, known)
    try:
        return msgspec.convert(found, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from None


def _unknown(names: list[str], known: list[str]) -> WrongUse:
    shown = ", ".join(names)
    return WrongUse("api-unknown-field", fields=shown, known=", ".join(known) or "—")


def _told(said: str) -> WrongUse:
    """Return which field it was, and what is wrong with it: the library says so in English."""
    at = _PLACE.search(said)
    place = (at["place"] or "") if at else ""
    extra, lacks = _EXTRA.search(said), _LACKS.search(said)
    if extra:
        return _unknown([f"{place}.{extra['name']}".lstrip(".")], [])
    if lacks:
        return WrongUse("api-missing-field", field=f"{place}.{lacks['name']}".lstrip("."))
    if said.startswith(_EMPTY):
        return WrongUse("api-empty-field", field=place)
    return WrongUse("api-bad-field", field=place or "—", why=_PLACE.sub("", said))
