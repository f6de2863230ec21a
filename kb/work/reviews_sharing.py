"""A phrase of a review that is worth sharing becomes an insight, with who said it and where."""

from typing import TYPE_CHECKING, NamedTuple

from kb.errors import KbError, WrongUse
from kb.messages import say
from kb.text.ids import normal
from kb.work import reviews
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.model.meeting import Insight
    from kb.text.thread import Event
    from kb.work.context import Context
    from kb.work.reviews import Review


class Shared(NamedTuple):
    """The insight that was written: where it stands, whose words it is, and from which event.

    `commit` is None when it stood there before, `event` when the phrase stands in no event of the
    review: then it is the sharer's.
    """

    id: str | None
    path: str
    line: int
    commit: str | None
    by: str
    review: str
    event: str | None


def share(ctx: "Context", word: str, text: str) -> Shared:
    """Write a phrase into the reviewed meeting's insights, with a note of who said it where.

    The phrase of a page's review goes to the meeting that the comment was about. Raises
    `WrongUse` ("text-empty", "share-no-meeting") and what `kb.work.capture.add_all` raises.
    """
    from kb.text.compose import New
    from kb.work.capture import add_all
    from kb.work.reviews_asking import member

    refuse_nul(text)
    if not visible(text):
        raise WrongUse("text-empty")
    review = reviews.find(ctx, word)
    event = _said(review, text)
    by = event.member if event else member(ctx)
    ref = _meeting(ctx, review, event)
    place = f"{review.id} {event.id}" if event else review.id
    there = _there(ctx, ref, text)
    if there is not None:
        where = ctx.catalogue.line(f"{ref.partition('/')[0]}#^{there.id}")
        found = (there.id, where.path, there.line, None)
        return Shared(*found, by, review.id, event.id if event else None)
    note = say("share-note", ctx.settings.lang, by=by, place=place)[0]
    [changed] = add_all(ctx, ref, [New("insight", text, notes=(note,))], exact=True)
    return Shared(*changed[:4], by, review.id, event.id if event else None)


def _there(ctx: "Context", ref: str, text: str) -> "Insight | None":
    """Return the insight of the meeting that says a phrase already, or None."""
    from kb.work.meetings import wall

    row = ctx.catalogue.meeting(ref, wall(ctx))
    wanted = normal(text)
    return next(
        (one for one in ctx.catalogue.whole(row).insights if normal(one.text) == wanted), None
    )


def _said(review: "Review", text: str) -> "Event | None":
    """Return the event in which a phrase stands, the first to have it."""
    wanted = normal(text).casefold()
    found = (one for one in review.events if wanted in normal(one.body).casefold())
    return next(found, None)


def _meeting(ctx: "Context", review: "Review", event: "Event | None") -> str:
    """Return the meeting in whose insights a phrase belongs, as a command names it."""
    subject = review.subject
    if subject is not None and subject.row is not None:
        return f"{subject.account}/{subject.row.id}"
    on = event.value("on") if event else None
    try:
        line = ctx.catalogue.line(on or "")
    except KbError:
        raise WrongUse("share-no-meeting", id=review.id) from None
    return f"{line.account}/{line.meeting.id}"
