"""Reviews over the API: ask for one, comment, suggest, take over, approve, ask for changes."""

from typing import Any

from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing
from kb.faces.web.api.taken import (
    CommentNew,
    Remark,
    ReviewNew,
    ReviewsWanted,
    SuggestionNew,
    Taking,
    Words,
)
from kb.faces.web.api.taking import one_line
from kb.work import (
    answers,
    reviews,
    reviews_asking,
    reviews_coaching,
    reviews_json,
    reviews_next,
    reviews_saying,
    reviews_sharing,
    reviews_wording,
)

Json = dict[str, Any]


def every(call: Call, given: ReviewsWanted) -> list[Json]:
    """Return reviews, those that are waiting first."""
    found = reviews_next.listed(call.ctx, alive=given.open, mine=given.mine)
    return [reviews_json.as_json(call.ctx, one) for one in found]


def next_one(call: Call, given: Nothing) -> Json:
    """Return the review that waits for who asks."""
    del given
    return answers.next_review(call.ctx, reviews_next.next_one(call.ctx))


def one(call: Call, given: Nothing) -> Json:
    """Return a review and what changed since it was approved."""
    del given
    found = reviews.find(call.ctx, call.path["review"])
    return reviews_json.as_json(call.ctx, found, since=True)


def request(call: Call, given: ReviewNew) -> Json:
    """Ask for a review of a meeting, or of a page of the playbook."""
    ctx = call.ctx
    to = tuple(given.to)
    made = reviews_asking.request(ctx, given.of, kind=given.kind, to=to, text=given.text)
    often = reviews_coaching.often(ctx, ctx.me or "")
    return reviews_json.as_json(ctx, made) | {"often": reviews_coaching.as_json(often)}


def comment(call: Call, given: CommentNew) -> Json:
    """Comment on a line, or answer."""
    return _said(
        call,
        reviews_saying.comment(
            call.ctx, call.path["review"], given.text, on=given.on, about=given.type
        ),
    )


def suggest(call: Call, given: SuggestionNew) -> Json:
    """Suggest other words for a line."""
    one_line(given.text, "text")
    return _said(
        call,
        reviews_wording.suggest(
            call.ctx, call.path["review"], given.on, given.text, old=given.old, why=given.why
        ),
    )


def accept(call: Call, given: Taking) -> Json:
    """Take a suggestion over."""
    return _said(call, reviews_wording.accept(call.ctx, call.path["review"], given.event))


def approve(call: Call, given: Remark) -> Json:
    """Approve what is reviewed as it is now."""
    return _said(call, reviews_saying.approve(call.ctx, call.path["review"], given.text))


def changes(call: Call, given: Words) -> Json:
    """Ask for changes."""
    return _said(call, reviews_saying.changes(call.ctx, call.path["review"], given.text))


def close(call: Call, given: Remark) -> Json:
    """End a review."""
    return _said(call, reviews_saying.close(call.ctx, call.path["review"], given.text))


def share(call: Call, given: Words) -> Json:
    """Make a phrase an insight."""
    return reviews_sharing.share(call.ctx, call.path["review"], given.text)._asdict()


def _said(call: Call, made: reviews.Review) -> Json:
    return reviews_json.as_json(call.ctx, made)
