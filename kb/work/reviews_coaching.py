"""What reviewers ask somebody for most often: told to that person alone, when it can still help."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.model import review as model
from kb.work import reviews

if TYPE_CHECKING:
    from kb.work.context import Context

BACK = timedelta(days=180)
"""How far back comments are looked at."""
ENOUGH = 3
"""So many comments of one type make it worth saying."""


class Often(NamedTuple):
    """The type of comment that somebody's texts got most often: how many, of how many in all."""

    type: str
    times: int
    of: int


def often(ctx: "Context", author: str) -> Often | None:
    """Return what others asked of an author's texts most often lately; None if nothing stands out.

    Only typed comments count, and only those that their member really wrote.
    """
    since = ctx.now - BACK
    types = Counter(
        about
        for review in reviews.every(ctx, naming=author)
        if author == review.author
        for event in review.events
        if event.member != author
        and event.moment >= since
        and (about := event.value("type")) in model.COMMENTS
        and review.counts(event)
    )
    ranked = types.most_common(2)
    if not ranked or ranked[0][1] < ENOUGH or [one[1] for one in ranked].count(ranked[0][1]) > 1:
        return None
    return Often(str(ranked[0][0]), ranked[0][1], types.total())


def as_json(found: Often | None) -> dict[str, Any] | None:
    """Return it for the command line."""
    return None if found is None else found._asdict()
