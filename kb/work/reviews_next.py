"""Which review is next: those that wait for a member, the oldest due first."""

from typing import TYPE_CHECKING, NamedTuple

from kb.work import reviews
from kb.work.reviews_asking import member

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.reviews import Review
    from kb.work.reviews_context import Known
    from kb.work.reviews_since import Since

_RANK = {"stale": 0, "open": 0, "changes": 1, "approved": 2, "closed": 3}


class Next(NamedTuple):
    """The review to do now, how many wait in all, and what helps with it.

    `lines` are those to be looked at, as (part, words); `since` what changed since the last look.
    """

    review: "Review"
    waiting: int
    lines: tuple[tuple[str, str], ...]
    since: "Since | None"
    known: "Known"


def next_one(ctx: "Context") -> Next | None:
    """Return the review that waits for who asks, the oldest due first; None when none does."""
    from kb.model.review_diff import parts
    from kb.work.reviews_context import known
    from kb.work.reviews_since import edited_since
    from kb.work.reviews_text import present_text

    who = member(ctx)
    found = waiting(ctx, who)
    if not found:
        return None
    one = found[0]
    assert one.subject is not None
    text = present_text(ctx, one.subject, one.kind)
    lines = parts(text, page=one.subject.row is None)
    return Next(one, len(found), lines, edited_since(ctx, one, who), known(ctx, one))


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
