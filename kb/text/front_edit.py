"""Changing the front matter: one key, or one of the customer's people; all other lines stay.

What was written is read again and must be what was meant: YAML has many ways to say a thing, and
where one of them stands that we would not leave whole, nothing is changed.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from kb.errors import WrongUse
from kb.text import frontmatter
from kb.text.arrange import set_front
from kb.text.frontmatter import body_span, front_span
from kb.text.lines import decode, encode, newline_of

_PLAIN = re.compile(r"[^\W_][\w ・ー（）()/.+-]*(?<! )")
_KEY = re.compile(
    r"""(?P<indent>[ ]+)(?P<quote>["']?)(?P<key>[^\s"':#{}\[\],]+)(?P=quote):(?=\s|$)"""
)
_BLANK = re.compile(r"[ \t]*(?:#.*)?")


def with_key(data: bytes, key: str, value: str | None) -> bytes:
    """Return the document with one plain key set, or without it (None).

    Raises `WrongUse("front-unsafe")` when anything else would change.
    """
    before = _front(data)
    made = _without(data, key) if value is None else set_front(data, key, value)
    wanted = {name: old for name, old in before.items() if name != key}
    return _checked(made, wanted if value is None else {**wanted, key: " ".join(value.split())})


def _front(data: bytes) -> dict[str, Any]:
    if frontmatter.problem(data) is not None:
        raise WrongUse("front-unsafe")
    return frontmatter.read(data)


def _checked(made: bytes, wanted: Mapping[str, Any]) -> bytes:
    if frontmatter.problem(made) is not None or frontmatter.read(made) != wanted:
        raise WrongUse("front-unsafe")
    return made


def _without(data: bytes, key: str) -> bytes:
    lines = _lines(data)
    at = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if at is None:
        return data
    del lines[at : _end(lines, at, 0)]
    return _put(data, lines)


def with_person(data: bytes, key: str, fields: Mapping[str, str | None]) -> bytes:
    """Return the document with these fields of one of its people; None takes a field out.

    Somebody new comes last; fields that are not named stay. Raises `WrongUse("front-unsafe")`.
    """
    before = _front(data)
    people = before.get("people") or {}
    if not isinstance(people, dict):
        raise WrongUse("front-unsafe")
    old = people.get(key, {})
    person: dict[str, Any] = dict(old) if isinstance(old, dict) else {"name": old}
    person |= {name: " ".join(value.split()) for name, value in fields.items() if value is not None}
    person = {name: value for name, value in person.items() if fields.get(name, "") is not None}
    wanted = {**before, "people": {**people, key: person}}
    if front_span(data).stop == 0:
        data = set_front(data, "people", "")
    lines = _lines(data)
    at = next((n for n, line in enumerate(lines) if line.startswith("people:")), None)
    if at is None:
        lines += ["people:", f"  {_person(key, person)}"]
        return _checked(_put(data, lines), wanted)
    end = _end(lines, at, 0)
    if lines[at].rstrip() == "people:" and any(_KEY.match(line) for line in lines[at + 1 : end]):
        _place(lines, at, end, key, person)
    else:  # all of them on one line, or none yet
        lines[at:end] = ["people:", *(f"  {_person(k, v)}" for k, v in wanted["people"].items())]
    return _checked(_put(data, lines), wanted)


def _place(lines: list[str], at: int, end: int, key: str, person: Mapping[str, Any]) -> None:
    """Put one person into a block of people, in their own place or behind the others."""
    first = next(found for line in lines[at + 1 : end] if (found := _KEY.match(line)))
    indent = first["indent"]
    shown = indent + _person(key, person)
    for n in range(at + 1, end):
        found = _KEY.match(lines[n])
        if found and found["indent"] == indent and found["key"] == key:
            lines[n : _end(lines, n, len(indent))] = [shown]
            return
    lines.insert(end, shown)


def _person(key: str, fields: Any) -> str:  # noqa: ANN401 (what YAML holds)
    if isinstance(fields, str):
        return f"{_scalar(key)}: {_scalar(fields)}"
    if not isinstance(fields, dict) or not all(isinstance(one, str) for one in fields.values()):
        raise WrongUse("front-unsafe")
    inside = ", ".join(f"{_scalar(name)}: {_scalar(value)}" for name, value in fields.items())
    return f"{_scalar(key)}: {{{inside}}}"


def _scalar(value: str) -> str:
    """Return a value as YAML reads it back inside braces, plain where that is safe."""
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _end(lines: list[str], at: int, indent: int) -> int:
    """Return where the lines end that belong to the key at a line: those indented deeper.

    Comments and empty lines behind them belong to what follows.
    """
    end = at + 1
    for n in range(at + 1, len(lines)):
        line = lines[n]
        if _BLANK.fullmatch(line):
            continue
        if len(line) - len(line.lstrip(" ")) <= indent:
            break
        end = n + 1
    return end


def _lines(data: bytes) -> list[str]:
    span = body_span(data)
    return decode(data[span.start : span.stop]).splitlines()


def _put(data: bytes, lines: list[str]) -> bytes:
    span = body_span(data)
    newline = newline_of(data)
    body = b"".join(encode(line) + newline for line in lines)
    return data[: span.start] + body + data[span.stop :]
