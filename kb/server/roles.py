"""What people may do: four roles, each with all that the ones before it may.

`kb.toml` knows members and leads; admins and viewers are made on a server, where they log in.
"""

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from kb.config import Settings

Role = Literal["viewer", "member", "lead", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


def enough(role: Role, least: Role) -> bool:
    """Tell whether who has `role` may do what needs at least `least`."""
    return ROLES.index(role) >= ROLES.index(least)


def of_member(settings: "Settings", key: str | None) -> Role:
    """Return the role that `kb.toml` gives a person: "lead" or "member".

    Whoever leads a unit is a lead; where nobody leads, everybody may do what a lead may.
    """
    leads = {one.key for one in settings.members.values() if one.role == "lead"}
    leads |= {unit.lead for unit in settings.units.values() if unit.lead in settings.members}
    return "lead" if not leads or key in leads else "member"
