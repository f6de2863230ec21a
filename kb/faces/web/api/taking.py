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
_EXTRA = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")
_EMPTY = "Expected `str` of length >= 1"
_LACKS = re.compile(r"Object missing required field `(?P<name>[^`]*)`")
_KIND = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`")
_BOUND = re.compile(r"Expected `(?P<what>\w+)`(?: of length)? (?P<sign>[<>]=) (?P<bound>\d+)")
_CHOICE = "Invalid enum value "
_JSON = {"int": "integer", "str": "string", "bool": "boolean", "float": "number"}
"""How the description of the API calls the types that the library names as Python does."""
_BOUNDS = {
    ("int", ">="): "api-why-least",
    ("int", "<="): "api-why-most",
    ("array", ">="): "api-why-few",
    ("array", "<="): "api-why-many",
    ("str", "<="): "api-why-long",
}


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
        raise _told(str(error), kind) from None


def _unknown(names: list[str], known: list[str]) -> WrongUse:
    shown = ", ".join(names)
    return WrongUse("api-unknown-field", fields=shown, known=", ".join(known) or "—")


def _told(said: str, kind: type[Takes]) -> WrongUse:
    """Return which field it was, and what is wrong with it: the library says so in English."""
    at = _PLACE.search(said)
    place = (at["place"] or "") if at else ""
    extra, lacks = _EXTRA.match(said), _LACKS.match(said)
    if extra:
        return _unknown([f"{place}.{extra['name']}".lstrip(".")], [])
    if lacks:
        return WrongUse("api-missing-field", field=f"{place}.{lacks['name']}".lstrip("."))
    if said.startswith(_EMPTY):
        return WrongUse("api-empty-field", field=place)
    why, params = _why(said, kind, place)
    return WrongUse("api-bad-field", field=place or "—", why=why, **params)


def _why(said: str, kind: type[Takes], place: str) -> tuple[str, dict[str, object]]:
    """Return the code and the parameters of the sentence that tells what a field has to be."""
    types, bound = _KIND.match(said), _BOUND.match(said)
    if types:
        return "api-why-type", {name: _named(types[name]) for name in ("wanted", "got")}
    if bound and (code := _BOUNDS.get((bound["what"], bound["sign"]))):
        return code, {"bound": bound["bound"]}
    choices = _choices(kind, place) if said.startswith(_CHOICE) else []
    if choices:
        return "api-why-choice", {"choices": ", ".join(choices)}
    return "api-why-other", {}


def _named(types: str) -> str:
    """Return types such as `int | null` by their names in JSON Schema."""
    return " | ".join(_JSON.get(one, one) for one in types.split(" | "))


def _choices(kind: type[Takes], place: str) -> list[str]:
    """Return the words that a field takes, the field of another in `lines[0].kind`."""
    found: list[msgspec.inspect.Type] = [msgspec.inspect.type_info(kind)]
    for part in place.split("."):
        name = part.partition("[")[0]
        found = [
            inner
            for one in found
            if isinstance(one, msgspec.inspect.StructType)
            for field in one.fields
            if field.encode_name == name
            for inner in _within(field.type)
        ]
    return [
        str(word)
        for one in found
        if isinstance(one, msgspec.inspect.LiteralType)
        for word in one.values
    ]


def _within(kind: msgspec.inspect.Type) -> list[msgspec.inspect.Type]:
    """Return a type, or those that it is one of, or holds many of."""
    if isinstance(kind, msgspec.inspect.UnionType):
        return list(kind.types)
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return [kind.item_type]
    return [kind]
