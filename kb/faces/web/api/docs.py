"""The description of the API as a page for people."""

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kb.faces.web.api import problems
from kb.faces.web.api.openapi import described
from kb.faces.web.api.operation import ROOT, Operation
from kb.faces.web.api.table import GROUPS

if TYPE_CHECKING:
    from starlette.responses import Response

    from kb.faces.web.ask import Ask


class Field(NamedTuple):
    """One thing that an operation takes, as the page shows it."""

    name: str
    text: str
    kind: str
    required: bool


class Told(NamedTuple):
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    text: str
    fields: list[Field]
    gives: str


class Group(NamedTuple):
    """Operations of one subject as the page shows them."""

    name: str
    title: str
    operations: list[Told]


def show(ask: "Ask") -> "Response":
    """Show every operation with what it takes."""
    team = ask.site.team
    return ask.show(
        "api.html.j2",
        here="",
        groups=[
            Group(name, ask.words(f"api-group-{name}"), [_told(ask, one) for one in members])
            for name, members in GROUPS.items()
        ],
        statuses=[(status, ask.words(f"api-title-{status}")) for status in sorted(problems.TITLES)],
        root=ROOT,
        address=(team.url if team else f"http://127.0.0.1:{ask.site.port}") + ROOT,
    )


def _told(ask: "Ask", one: Operation) -> Told:
    schemas = described(ask.words.lang)["components"]["schemas"]
    properties = schemas.get(one.takes.__name__, {}).get("properties", {})
    fields = [
        Field(
            field.encode_name,
            ask.words(f"api-field-{field.encode_name}"),
            _kind(properties[field.encode_name]),
            field.required,
        )
        for field in msgspec.structs.fields(one.takes)
    ]
    text = ask.words(f"api-op-{one.name}")
    return Told(one.name, one.method, ROOT + one.path, text, fields, one.gives.__name__)


def _kind(schema: dict[str, Any]) -> str:
    """Return in short what a value has to be."""
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"] if one is not None)
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}[]"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    least, most = schema.get("minimum"), schema.get("maximum")
    span = f" {least}–{most}" if most is not None else ""
    return f"{schema.get('type', '')}{span}"
