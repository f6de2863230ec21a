"""People: the customer's, as the account's front matter names them, and who a handle is."""

import re
from collections.abc import Container, Mapping
from typing import Any, NamedTuple


class Person(NamedTuple):
    """One of the customer's people; `authority` is decides, influences, operates, none or None.

    `left` is the day (YYYY-MM-DD) on which they went, or None.
    """

    key: str
    name: str
    role: str | None
    authority: str | None
    left: str | None


class Attendees(NamedTuple):
    """Who was there: the customer's names, and the keys or names of ours."""

    customer: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


def read_people(front: Mapping[str, Any]) -> dict[str, Person]:
    """Return the `people:` of a front matter by key; what has another shape is left out."""
    people = front.get("people")
    if not isinstance(people, dict):
        return {}
    found = {}
    for key, value in people.items():
        fields = value if isinstance(value, dict) else {"name": value}
        found[str(key)] = Person(
            key=str(key),
            name=_text(fields.get("name")) or str(key),
            role=_text(fields.get("role")),
            authority=_text(fields.get("authority")),
            left=_text(fields.get("left")),
        )
    return found


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


_SIDES = re.compile(r"(?:^|\s+)[/／](?:\s+|$)")
# What stands in brackets after a name, and all that follows; "(株)" is part of a name.
_ROLE = re.compile(r"(?<=\S)\s*[(（\[［【〔](?![株有同合財社学医][)）]).*$")
_NAMES = re.compile(r"[,、，;；]|\s+(?=@)")


def read_attendees(value: str, members: Container[str], people: Mapping[str, Person]) -> Attendees:
    """Read an attendees line: left of ` / ` the customer's, right of it ours.

    Names are parted by commas or handles, a role in brackets is left off, a customer's handle
    becomes their name. Without ` / ` a handle is ours when it is a member's key.
    """
    sides = _SIDES.split(value.strip(), maxsplit=1)
    left = _split(sides[0])
    if len(sides) == 2:
        theirs, ours = left, _split(sides[1])
    else:
        ours = [name for name in left if name.lstrip("@") in members]
        theirs = [name for name in left if name.lstrip("@") not in members]
    return Attendees(
        tuple(_named(name, people) for name in theirs), tuple(name.lstrip("@＠") for name in ours)
    )


def _split(side: str) -> list[str]:
    depth = 0
    plain = []
    for character in side:  # a comma inside brackets parts nobody
        depth += (character in "(（[［【〔") - (character in ")）]］】〕")
        plain.append(" " if character in ",、，;；" and depth > 0 else character)
    names = (_ROLE.sub("", name).strip() for name in _NAMES.split("".join(plain)))
    return [name for name in names if name]


def _named(name: str, people: Mapping[str, Person]) -> str:
    person = people.get(name.lstrip("@＠")) if name[:1] in "@＠" else None
    return person.name if person else name.lstrip("@＠")
