"""The description of the API in OpenAPI 3.1, made from the same table that checks requests."""

import re
from functools import cache
from typing import Any

import msgspec

from kb import __version__
from kb.faces.web.api.operation import ROOT, Operation
from kb.faces.web.api.shape import Nothing, Paged, Problem, Takes
from kb.faces.web.api.table import GROUPS, OPERATIONS
from kb.faces.web.words import Words

Json = dict[str, Any]
_PART = re.compile(r"\{(\w+)\}")
_ALWAYS = (400, 401, 403, 404, 405, 409, 429, 500, 503)
_UNSAFE = (413, 415, 422)
_HEADERS: dict[str, Json] = {
    "Idempotency-Key": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
_TEMPLATE = "#/components/schemas/{name}"


@cache
def described(lang: str) -> Json:
    """Return the whole description, its sentences in `lang`."""
    words = Words(lang)
    kinds: dict[type, None] = {Problem: None}
    for one in OPERATIONS:
        kinds[one.gives] = None
        if one.or_gives:
            kinds[one.or_gives] = None
        if one.takes is not Nothing:
            kinds[one.takes] = None
    schemas, components = msgspec.json.schema_components(tuple(kinds), ref_template=_TEMPLATE)
    by_kind = dict(zip(kinds, schemas, strict=True))
    for schema in components.values():
        schema.pop("description", None)  # what the code says to its readers, in one language
    for takes in (one.takes for one in OPERATIONS):
        for name, schema in components.get(takes.__name__, {}).get("properties", {}).items():
            schema["description"] = words(f"api-field-{name}")
    renamed = components[Problem.__name__]["properties"]["account"]
    renamed["description"] = words("api-problem-account")
    paths: dict[str, Json] = {}
    for group, members in GROUPS.items():
        for one in members:
            paths.setdefault(one.path, {})[one.method.lower()] = _operation(
                one, group, words, by_kind, components
            )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words("api-title"),
            "version": __version__,
            "description": words("api-lead"),
        },
        "servers": [{"url": ROOT}],
        "security": [{"token": []}, {"session": []}],
        "tags": [{"name": group, "description": words(f"api-group-{group}")} for group in GROUPS],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "header", "name": "X-Kb-Token"},
            },
        },
    }


def _operation(
    one: Operation, group: str, words: Words, by_kind: dict[type, Json], components: Json
) -> Json:
    gives = by_kind[one.gives]
    if one.or_gives:
        gives = {"anyOf": [gives, by_kind[one.or_gives]]}
    found: Json = {
        "operationId": one.name,
        "summary": words(f"api-op-{one.name}"),
        "tags": [group],
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "string", "minLength": 1},
                "description": words(f"api-field-{name}"),
            }
            for name in _PART.findall(one.path)
        ],
        "responses": _responses(one, gives, words),
    }
    if one.safe:
        found["parameters"] += [*_query(one.takes, components), _header("If-None-Match", words)]
    else:
        found["parameters"].append(_header("Idempotency-Key", words))
        if one.of:
            found["parameters"].append(_header("If-Match", words))
        if one.takes is not Nothing:
            body = {"application/json": {"schema": by_kind[one.takes]}}
            found["requestBody"] = {"required": True, "content": body}
    return found


def _query(takes: type[Takes], components: Json) -> list[Json]:
    schema = components.get(takes.__name__, {})
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": {key: value for key, value in one.items() if key != "description"},
            "description": one["description"],
        }
        for name, one in schema.get("properties", {}).items()
    ]


def _header(name: str, words: Words) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "schema": _HEADERS.get(name, {"type": "string"}),
        "description": words(f"api-header-{name.lower()}"),
    }


def _responses(one: Operation, gives: Json, words: Words) -> Json:
    taken = () if one.takes is Nothing else (422,)
    statuses = [*_ALWAYS, *(taken if one.safe else _UNSAFE), *((412,) if one.of else ())]
    done: Json = {
        "description": words("api-done"),
        "content": {"application/json": {"schema": gives}},
    }
    if one.safe:
        done["headers"] = {"ETag": {"schema": {"type": "string"}}}
        if issubclass(one.takes, Paged):
            done["headers"]["Link"] = {"schema": {"type": "string"}}
    found: Json = {str(one.status): done}
    if one.safe:
        found["304"] = {"description": words("api-title-304")}
    problem = {"application/problem+json": {"schema": {"$ref": _TEMPLATE.format(name="Problem")}}}
    for status in sorted(statuses):
        found[str(status)] = {
            "description": words(f"api-title-{status}"),
            "content": problem,
        }
    return found
