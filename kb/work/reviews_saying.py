"""What people say in a review: comments, approvals, wishes for changes, and that it is over."""

from typing import TYPE_CHECKING

from kb.errors import KbError, NotAllowed, NotFound, WrongUse
from kb.store.ports import Edit
from kb.text.thread import append, has_front, new_event, parse_thread, stamp
from kb.work import reviews
from kb.work.places import text_of
from kb.work.reviews_asking import ids_given, member, save, shown
from kb.work.reviews_subject import Subject, of_meeting
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.catalogue.refs import Line
    from kb.work.context import Context
    from kb.work.reviews import Review


def comment(
    ctx: "Context", word: str, text: str, *, on: str | None = None, about: str | None = None
) -> "Review":
    """Say something in a review, of a line (`on`) or of all of it; `about` is a type of comment.

    Raises `WrongUse` ("text-empty", "text-nul", "review-no-member", "bad-id"), `NotFound`
    ("no-review", "no-id"), `NotAllowed("review-closed")`.
    """
    body = typed(text)
    review = open_review(ctx, word)
    words = []
    edits = []
    if on is not None:
        name, line = target(ctx, review, on)
        words.append(f"on:{name}")
        edits = ids_of(ctx, line)
    if about is not None:
        words.append(f"type:{about}")
    return say(ctx, review, "commented", words, body, edits)


def approve(ctx: "Context", word: str, text: str = "") -> "Review":
    """Approve the text as it is now; once more is told by a hint and approves nothing twice.

    New words of who approved already become a comment.
    Raises `NotAllowed` ("review-author" for whoever wrote it, "review-closed") and
    `NotFound("review-gone")` when the meeting or page is no more.
    """
    refuse_nul(text)
    review = judged(ctx, open_review(ctx, word))
    me = member(ctx)
    if me in review.state.approvals:
        ctx.hints.append(("review-approved-before", {"id": review.id}))
        mine = {event.body for event in review.events if event.member == me}
        if not visible(text) or text.strip() in mine:
            return review
        return say(ctx, review, "commented", [], text)
    return say(ctx, review, "approved", [f"digest:{review.digest}"], text)


def changes(ctx: "Context", word: str, text: str) -> "Review":
    """Ask for changes before it can be approved; raises what `approve` raises."""
    body = typed(text)
    review = judged(ctx, open_review(ctx, word))
    return say(ctx, review, "changes-requested", [f"digest:{review.digest}"], body)


def close(ctx: "Context", word: str, text: str = "") -> "Review":
    """End a review: for its authors, those who were asked, and leads.

    Raises `NotAllowed` ("review-not-yours", "review-closed").
    """
    refuse_nul(text)
    review = open_review(ctx, word)
    me = member(ctx)
    theirs = {*review.authors, *review.reviewers}
    if me not in theirs and ctx.settings.members[me].role != "lead":
        raise NotAllowed("review-not-yours", id=review.id)
    return say(ctx, review, "closed", [], text)


def closing(ctx: "Context", review: "Review", result: str, text: str = "") -> Edit:
    """Return the change that closes a review with a result, for who saves more with it."""
    words = [f"result:{result}"]
    return Edit(review.path, _appending(ctx, review, "closed", words, text))


def judged(ctx: "Context", review: "Review") -> "Review":
    """Return the review as it stands before somebody judges it.

    What was edited by hand is taken in first: an approval has to be found in the history again.
    Raises `NotFound("review-gone")`, `NotAllowed("review-author")`.
    """
    subject = review.subject
    if subject is None:
        raise NotFound("review-gone", id=review.id, of=review.of)
    me = member(ctx)
    head = ctx.store.head()
    if head and ctx.store.at(head, subject.path) != text_of(ctx, subject.path):
        ctx.store.adopt([subject.path], actor=ctx.actor, when=ctx.now)
        ctx.__dict__.pop("past", None)
        ctx.catalogue.catch_up()
        review = reviews.at(ctx, review.path)
    if review.digest is None:
        raise NotFound("review-gone", id=review.id, of=review.of)
    if me in review.authors:
        raise NotAllowed("review-author", member=me, what=shown(subject))
    return review


def say(
    ctx: "Context",
    review: "Review",
    kind: str,
    words: list[str],
    text: str,
    edits: list[Edit] | None = None,
) -> "Review":
    """Append an event to a review, with `edits` in the same commit; return the review after."""
    subject = review.subject
    append_it = Edit(review.path, _appending(ctx, review, kind, words, text))
    save(ctx, [*(edits or []), append_it], f"did-review-{kind}", _named(review, subject), review.id)
    return reviews.at(ctx, review.path)


def _appending(
    ctx: "Context", review: "Review", kind: str, words: list[str], text: str
) -> "Callable[[bytes | None], bytes]":
    me = member(ctx)
    shown_now = reviews.text_of(ctx, review.path)

    def apply(data: bytes | None) -> bytes:
        if data is not None and not has_front(data):
            data = shown_now  # the thread over which somebody wrote something else
        if data is None:
            raise NotFound("no-review", ref=review.id)
        time = stamp(parse_thread(data).events, ctx.now)
        return append(data, new_event(review.id, time, kind, me, words, text.strip()))

    return apply


def _named(review: "Review", subject: "Subject | None") -> "Subject":
    return subject or Subject(review.of, review.path, review.thread.title)


def open_review(ctx: "Context", word: str) -> "Review":
    """Return the review that a word names, to write into it; `NotAllowed("review-closed")`."""
    review = reviews.find(ctx, word)
    if review.state.state == "closed":
        raise NotAllowed("review-closed", id=review.id)
    return review


def typed(text: str) -> str:
    """Return what was typed; `WrongUse` ("text-nul", "text-empty") for what can't be said."""
    refuse_nul(text)
    if not visible(text):
        raise WrongUse("text-empty")
    return text


# What a comment is about


def target(ctx: "Context", review: "Review", word: str) -> "tuple[str, Line | None]":
    """Return what `on` names, as it is written, and its line where it is one.

    An id in the reviewed meeting, else anywhere; a page; an event of the thread. Raises
    `NotFound("no-id")`, `WrongUse` ("bad-id", "ambiguous-id").
    """
    name = word.strip().removeprefix("[[").removesuffix("]]").removeprefix("^")
    if name in ctx.catalogue.pages() or name in {event.id for event in review.events}:
        return name, None
    account = review.subject.account if review.subject else None
    if account and "#" not in name:
        try:
            line = ctx.catalogue.line(f"{account}#^{name}")
        except NotFound:
            line = None
        if line is not None:
            return line.id, line
    line = ctx.catalogue.line(name)
    try:
        ctx.catalogue.line(line.id)
    except KbError:
        return f"{line.account}#^{line.id}", line  # an id that another account has, too
    return line.id, line


def ids_of(ctx: "Context", line: "Line | None") -> list[Edit]:
    """Return the change that writes the id of a line that something is going to point at."""
    if line is None or line.given:
        return []
    return [ids_given(ctx, of_meeting(line.meeting))]
