"""The lead's triage: a look over all insights, and what it left to be decided.

Grouping costs too much for every list of the day, so a look is remembered beside the rows, and
only what people decided since is worked out anew.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.work import insights as noticed
from kb.work.insights import Insight

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.insights_finding import Progress, Recurring

SHOWN = 2
"""So many groups stand in the list of the day; the look itself has the rest."""
MANY = 10
"""So many new insights are worth another look."""


class Waiting(NamedTuple):
    """A group that waits for a decision: its name, members, and how firm it is."""

    id: str
    strength: str
    members: tuple[Insight, ...]


class Triage(NamedTuple):
    """What waits since the last look, the firmest first, and how many insights came since."""

    groups: tuple[Waiting, ...]
    fresh: int


def look(ctx: "Context", progress: "Progress | None" = None) -> "Recurring":
    """Group all insights, and remember what was found."""
    from kb.catalogue.insights import keep_look
    from kb.work.insights_finding import pool

    found = pool(ctx, progress).recurring()
    proposed = [
        [one.id, one.strength, [member.id for member in one.members]]
        for one in found.groups
        if one.recurs and one.state == "new"
    ]
    body = json.dumps({"considered": found.considered, "groups": proposed})
    ctx.catalogue.rows(lambda db: keep_look(db, body))
    return found


def waiting(ctx: "Context") -> Triage:
    """Return what the last look left, less what people decided since; nothing before the first."""
    from kb.catalogue.insights import last_look

    body = ctx.catalogue.rows(last_look)
    if body is None:
        return Triage((), 0)
    kept = json.loads(body)
    insights = {one.id: one for one in noticed.all_of(ctx)}
    fresh = max(0, len(insights) - int(kept["considered"]))
    there = [
        Waiting(id_, strength, tuple(insights[name] for name in members))
        for id_, strength, members in kept["groups"]
        if insights.keys() >= set(members)
    ]
    if not there:
        return Triage((), fresh)
    pages = ctx.catalogue.pages().items()  # what they name was known to the look
    known = {name: () for name, page in pages if page.kind == "principle"}
    decided = noticed.decided(ctx, insights.values(), known)
    silent = decided.silent([{m.id: m.account for m in one.members} for one in there])
    open_ = (
        one
        for one, quiet in zip(there, silent, strict=True)
        if not quiet
        and not decided.principle_of(member.id for member in one.members)
        and not _parted(decided.different, one)
    )
    found = sorted(open_, key=lambda one: (one.strength != "strong", -len(one.members), one.id))
    return Triage(tuple(found), fresh)


def _parted(different: frozenset[frozenset[str]], group: Waiting) -> bool:
    """Tell whether people took the group apart since."""
    members = {one.id for one in group.members}
    return any(pair <= members for pair in different)
