"""Who has changed a document since a version of it was read."""

from typing import TYPE_CHECKING, NamedTuple

from kb.store.objects import blob_id

if TYPE_CHECKING:
    from kb.work.context import Context

BACK = 50
"""How many changes are looked through, from the newest."""


class Since(NamedTuple):
    """Who changed it since ("" when it was more than one, or an editor), and when, "HH:MM"."""

    name: str
    at: str


def since(ctx: "Context", path: str, base: str) -> Since:
    """Return who has changed the file at `path` since it was blob `base`, if it was one person."""
    names: dict[str, str] = {}
    for revision in ctx.store.history(path, BACK):
        data = ctx.store.at(revision.commit, revision.path)
        if data is not None and blob_id(data) == base:
            break
        member = ctx.settings.member_of(revision.email)
        name = member.name if member else revision.name
        names.setdefault(name, revision.at.astimezone(ctx.settings.tz).strftime("%H:%M"))
    return Since(*next(iter(names.items()))) if len(names) == 1 else Since("", "")
