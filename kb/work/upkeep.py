"""Keeping the store well: what the doctor finds, and building the lists anew."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kb.catalogue.catalogue import Reindexed
    from kb.store.ports import Problem
    from kb.work.context import Context

HARMLESS = frozenset({"edited-outside", "text-kept"})
"""Findings that need no repair: a person may be in the middle of writing, or is to decide."""


class Examined(NamedTuple):
    """What the doctor found, and how many documents this look had to parse."""

    problems: "tuple[Problem, ...]"
    parsed: int

    @property
    def needs_repair(self) -> bool:
        """Tell whether something is left that keeps the store from working as it should."""
        return any(not one.repaired and one.code not in HARMLESS for one in self.problems)


def doctor(context: "Context", *, repair: bool) -> Examined:
    """Examine repository and documents; with `repair` mend what can be mended safely."""
    from kb.store.ports import Problem

    found = context.store.doctor(repair=repair, actor=context.actor if repair else None)
    catalogue = context.catalogue
    parsed = catalogue.catch_up()
    if any(one.code.endswith("-under-way") for one in found):  # files are half merged just now
        return Examined(tuple(found), parsed)
    for account, paths in catalogue.duplicates().items():
        found.append(
            Problem("two-accounts", {"account": account, "paths": ", ".join(paths)}, repaired=False)
        )
    for meeting, paths in catalogue.meetings_twice().items():
        found.append(
            Problem("meeting-twice", {"id": meeting, "paths": ", ".join(paths)}, repaired=False)
        )
    for row in catalogue.accounts(context.now.replace(tzinfo=None), archived=True):
        if row.problem is not None:
            params: dict[str, object] = {"path": row.path, "line": row.problem}
            found.append(Problem("front-matter", params, repaired=False))
    return Examined(tuple(found), parsed)


def reindex(context: "Context", progress: "Callable[[int, int], None] | None") -> "Reindexed":
    """Build the lists from nothing; `progress` is told (files done, files to do)."""
    return context.catalogue.reindex(progress)
