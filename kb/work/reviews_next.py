"""Which review is next: those that wait for a member, the oldest due first."""

from typing import TYPE_CHECKING

from kb.work import reviews
from kb.work.reviews_asking import member

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.reviews import Review

_RANK = {"stale": 0, "open": 0, "changes": 1, "approved": 2, "closed": 3}


def listed(ctx: "Context", *, alive: bool = False, mine: bool = False) -> "list[Review]":
    """Return reviews: those that wait first, by due time; closed ones last.

    `alive` leaves out closed ones, `mine` keeps those that wait for who asks.
    """
    if mine:
        return waiting(ctx, member(ctx))
    found = [one for one in reviews.every(ctx) if not alive or one.state.state != "closed"]
    return sorted(found, key=lambda one: (_RANK[one.state.state], *_due(one)))


def waiting(ctx: "Context", who: str) -> "list[Review]":
    """Return the reviews that wait for a member, the oldest due first."""
    found = [
        one
        for one in reviews.every(ctx)
        if who in one.reviewers and reviews.is_alive(ctx, one) and one.waits_for(who)
    ]
    return sorted(found, key=_due)


def _due(review: "Review") -> tuple[float, str]:
    """Return the place in the order: when it is wanted, else when it was asked for."""
    asked = [event.moment for event in review.events if event.type == "requested"]
    at = review.due or (max(asked) if asked else None)
    return (at.timestamp() if at else float("inf")), review.path
