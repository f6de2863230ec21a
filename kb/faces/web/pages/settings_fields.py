"""The fields of the settings' forms: what stands in one, and what was typed into it."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import WrongUse
from kb.work.settings import Change

if TYPE_CHECKING:
    from kb.work.settings import Value

_ENDS = {"list": re.compile(r"[,、，\n]"), "lines": re.compile(r"\n")}
"""What ends one of several values, by the kind of field."""


class Field(NamedTuple):
    """One key of `kb.toml` as a form asks for it.

    `kind` is line, choice, number, flag, list, lines, day or many; `label` stands before it, `hint`
    under it; `choices` are (value, words) of choice and many; `usual` is what holds where the file
    says nothing.
    """

    keys: tuple[str, ...]
    kind: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    usual: "Value" = None

    @property
    def name(self) -> str:
        """The name of the form's field."""
        return ".".join(self.keys)


class Shown(NamedTuple):
    """A field with what stands in it: `text` for its box, `on` for what is ticked, `was` hidden."""

    field: Field
    text: str
    on: frozenset[str]
    was: str


def shown(field: Field, raw: Mapping[str, object], form: Mapping[str, str]) -> Shown:
    """Return a field with what the file has, or with what was typed into `form` already."""
    value = _at(raw, field.keys)
    was = json.dumps(value, ensure_ascii=False, default=str)
    if f"was:{field.name}" in form:
        value, was = _typed(field, form), form[f"was:{field.name}"]
    value = field.usual if value is None else value
    if isinstance(value, list):
        between = "\n" if field.kind == "lines" else ", "
        return Shown(field, between.join(map(str, value)), frozenset(map(str, value)), was)
    if isinstance(value, bool):
        return Shown(field, "", frozenset({"true"}) if value else frozenset(), was)
    return Shown(field, "" if value is None else str(value), frozenset(), was)


def changes(fields: tuple[Field, ...], form: Mapping[str, str]) -> list[Change]:
    """Return what a sent form changes; fields that who looks may not change are not in it.

    Raises `WrongUse`: "settings-number", "settings-day", "web-old-form" for a form of another make.
    """
    sent = [one for one in fields if f"was:{one.name}" in form]
    if not sent:
        raise WrongUse("web-old-form")
    return [Change(one.keys, _was(one, form), _wanted(one, form)) for one in sent]


def _was(field: Field, form: Mapping[str, str]) -> "Value":
    try:
        value = json.loads(form[f"was:{field.name}"])
        if field.kind == "day" and value is not None:
            value = date.fromisoformat(value)
    except (KeyError, ValueError, TypeError):
        raise WrongUse("web-old-form") from None
    read: Value = value
    return read


def _wanted(field: Field, form: Mapping[str, str]) -> "Value":
    """Return what was typed; an empty field takes the key off, unless it was empty in the file."""
    was = _was(field, form)
    wanted = _typed(field, form)
    if field.kind == "flag":
        return was if wanted == bool(field.usual if was is None else was) else wanted
    empty = wanted in ("", None, [])
    if (empty and was in ("", None, [])) or (was is None and wanted == field.usual):
        return was
    if field.kind == "number" and wanted is not None and not isinstance(wanted, int):
        raise WrongUse("settings-number", label=field.label, text=wanted)
    if field.kind == "day" and isinstance(wanted, str) and wanted:
        raise WrongUse("settings-day", label=field.label, text=wanted)
    return None if wanted == "" else wanted


def _typed(field: Field, form: Mapping[str, str]) -> "Value":
    """Return what was typed; text that does not fit its kind stays text."""
    text = " ".join(form.get(field.name, "").split())
    if field.kind == "flag":
        return form.get(field.name) == "true"
    if field.kind == "many":
        return [value for value, _ in field.choices if form.get(f"{field.name}.{value}") == "true"]
    if field.kind in _ENDS:
        words = [" ".join(one.split()) for one in _ENDS[field.kind].split(form.get(field.name, ""))]
        return [one for one in words if one]
    if field.kind == "number":
        # int() reads full-width digits, too.
        return int(text) if text.isdecimal() and len(text) < 6 else text or None
    if field.kind == "day":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _at(raw: Mapping[str, object], keys: tuple[str, ...]) -> object:
    value: object = raw
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
