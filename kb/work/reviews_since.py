"""What changed in a text since it was approved, or since changes were asked for."""

from typing import TYPE_CHECKING, Any, NamedTuple

from kb.model.review import current
from kb.model.review_diff import Difference, differences
from kb.work.reviews_text import approved_text, present_text

if TYPE_CHECKING:
    from kb.text.thread import Event
    from kb.work.context import Context
    from kb.work.reviews import Review


class Since(NamedTuple):
    """The change since an event that named a text: whose event, when, and what changed.

    `changes` is None when that text is no more to be found in the history.
    """

    event: "Event"
    changes: tuple[Difference, ...] | None


def edited_since(ctx: "Context", review: "Review", member: str | None = None) -> Since | None:
    """Return what changed since the last look at the text, or None if it is still that text.

    The last look is `member`'s own last approval or wish for changes, else anybody's approval.
    """
    looks = [event for event in review.events if event.value("digest") and review.counts(event)]
    own = [event for event in looks if event.member == member]
    approvals = [event for event in looks if event.type == "approved"]
    subject = review.subject
    if subject is None or not (own or approvals):
        return None
    last = (own or approvals)[-1]
    if current(last, review.digest):
        return None
    then = approved_text(ctx, subject, review.kind, last.value("digest") or "")
    if then is None:
        return Since(last, None)
    now = present_text(ctx, subject, review.kind)
    return Since(last, differences(then, now, page=subject.row is None))


def as_json(since: Since | None) -> dict[str, Any] | None:
    """Return a change for the command line: `changes` is None when nobody can tell any more."""
    if since is None:
        return None
    found = since.changes
    return {
        "event": since.event.id,
        "by": since.event.member,
        "at": since.event.time,
        "changes": None if found is None else [one._asdict() for one in found],
    }
