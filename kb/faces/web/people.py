"""Names of people as pages show them."""

from collections.abc import Mapping

from kb.model.people import Person
from kb.work.context import Context


def names_of(ctx: Context, people: Mapping[str, Person]) -> dict[str, str]:
    """Return the name of each handle: the customer's people, and our members before them."""
    names = {key: person.name for key, person in people.items()}
    return names | {key: member.name for key, member in ctx.settings.members.items()}
