"""Reviews that need somebody today: to look at, or to answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kb.work import reviews

if TYPE_CHECKING:
    from kb.text.thread import Event
    from kb.work.context import Context
    from kb.work.reviews import Review

_REPLIES = {
    "changes-requested": "today-review-changes",
    "suggested": "today-review-suggested",
    "commented": "today-review-commented",
}


class Wanted(NamedTuple):
    """A review that needs somebody: `code` is why, with `who` it has to do; `due` may be None."""

    review: "Review"
    code: str
    who: str
    due: datetime | None


def wanted(ctx: "Context", me: str) -> list[Wanted]:
    """Return the reviews that wait for `me` or have an answer for me, the oldest due first."""
    found = [one for review in _involving(ctx, me) if (one := _wanted(review, me)) is not None]
    return sorted(found, key=lambda one: (one.due is None, one.due or ctx.now, one.review.path))


def _involving(ctx: "Context", me: str) -> Iterator["Review"]:
    """Yield the reviews that are still of use and name somebody; others are not even read."""
    for review in reviews.every(ctx, naming=me):
        if reviews.is_alive(ctx, review):
            yield review


def _wanted(review: "Review", me: str) -> Wanted | None:
    if review.waits_for(me):
        asked = [event for event in review.events if event.type == "requested"]
        return Wanted(review, "today-review-wait", asked[-1].member, review.due)
    if me not in review.authors or review.state.state in ("closed", "approved"):
        return None
    last = _last_word(review)
    if last is None or last.member in review.authors:
        return None
    return Wanted(review, _REPLIES[last.type], last.member, review.due)


def _last_word(review: "Review") -> "Event | None":
    """Return the last thing that somebody said about the text, or an author did with it."""
    said = [event for event in review.events if review.counts(event)]
    words = [one for one in said if one.type in _REPLIES or one.member in review.authors]
    return words[-1] if words else None
