"""A review as the command line's contract has it."""

from typing import TYPE_CHECKING, Any

from kb.model import review as model
from kb.work.reviews_since import as_json as since_json
from kb.work.reviews_since import edited_since

if TYPE_CHECKING:
    from kb.text.thread import Event
    from kb.work.context import Context
    from kb.work.reviews import Review


def as_json(ctx: "Context", review: "Review", *, since: bool = False) -> dict[str, Any]:
    """Return a review with its events; with `since` also what changed after the last approval."""
    subject = review.subject
    state = review.state
    due = review.due
    found: dict[str, Any] = {
        "review": review.id,
        "of": review.of,
        "kind": review.kind,
        "state": state.state,
        "author": review.author,
        "reviewers": list(review.reviewers),
        "due": due.isoformat(timespec="seconds") if due else None,
        "events": [_event(review, event) for event in review.events],
        "title": subject.title if subject else None,
        "account": subject.account if subject else None,
        "date": subject.date if subject else None,
        "path": review.path,
        "approvals": list(state.approvals),
        "outdated": list(state.outdated),
        "outstanding": list(state.outstanding),
        "needed": review.needed,
        "authors": sorted(review.authors),
        "result": state.result,
    }
    if since:
        found["edited_since"] = since_json(edited_since(ctx, review))
    return found


def _event(review: "Review", event: "Event") -> dict[str, Any]:
    suggested = model.suggestion(event)
    found: dict[str, Any] = {
        "id": event.id,
        "type": event.type,
        "by": event.member,
        "at": event.time,
        "to": list(event.members("to")),
        "on": event.value("on"),
        "comment_type": event.value("type"),
        "text": event.body or None,
        "digest": event.value("digest"),
        "result": event.value("result"),
        "verified": review.counts(event),
    }
    if event.type == "approved":
        found["current"] = model.current(event, review.digest)
        found["late"] = review.is_late(event)
    if suggested is not None:
        found |= {"old": suggested.old, "new": suggested.new}
        found["accepted"] = event.id in review.taken
    return found
