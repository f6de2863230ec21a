"""Names of people as pages show them."""

import re
from collections.abc import Mapping

from kb.model.people import Person
from kb.work.context import Context

_HANDLE = re.compile(r"(?<![\w@.])@([\w-]+)(?: (?=さん))?", re.ASCII)


def names_of(ctx: Context, people: Mapping[str, Person]) -> dict[str, str]:
    """Return the name of each handle: the customer's people, and our members before them."""
    names = {key: person.name for key, person in people.items()}
    return names | {key: member.name for key, member in ctx.settings.members.items()}


def handles(text: str) -> set[str]:
    """Return the handles in a sentence of ours."""
    return {found[1] for found in _HANDLE.finditer(text)} if "@" in text else set()


def named(text: str, names: Mapping[str, str]) -> str:
    """Return a sentence of ours with the names of people in place of their handles."""
    return _HANDLE.sub(lambda found: names.get(found[1], found[0]), text)
