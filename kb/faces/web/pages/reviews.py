"""Reviews: which wait for me, one of them with what helps to judge it, and what is answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from kb.errors import KbError, Kept, NotFound, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import meeting as meetings_page
from kb.faces.web.pages import reviews_shown as shown
from kb.faces.web.pages import trouble
from kb.faces.web.pages.instead import told
from kb.faces.web.pages.reviews_lines import blocks, suggested
from kb.model.review import COMMENTS
from kb.work import (
    reviews,
    reviews_asking,
    reviews_coaching,
    reviews_context,
    reviews_next,
    reviews_saying,
    reviews_sharing,
    reviews_since,
    reviews_wording,
)
from kb.work.ladder_pages import charter

if TYPE_CHECKING:
    from kb.work.reviews import Review
    from kb.work.reviews_since import Since

CLOSED = 30
"""How many reviews that are over stand in the list."""


def show_all(ask: Ask) -> Response:
    """Show those that wait for me, then those of my own texts, then the others."""
    ctx, me = ask.ctx, ask.ctx.me
    waiting = reviews_next.waiting(ctx, me) if me else []
    found = {one.path: one for one in reviews_next.listed(ctx)}
    for one in waiting:
        found.pop(one.path, None)
    over = [one for one in found.values() if one.state.state == "closed"]
    alive = [one for one in found.values() if one.state.state != "closed"]
    mine = [one for one in alive if me in one.authors]
    others = [one for one in alive if me not in one.authors]
    over.sort(key=lambda one: one.events[-1].moment, reverse=True)
    groups = {"waiting": waiting, "mine": mine, "others": others, "closed": over[:CLOSED]}
    return ask.show(
        "reviews.html.j2",
        here="reviews",
        groups={key: [shown.row(ask, one) for one in some] for key, some in groups.items()},
        older=max(0, len(over) - CLOSED),
        total=len(waiting) + len(found),
    )


def next_one(ask: Ask) -> Response:
    """Go to the review that waits for me, the oldest due first; to the one `after` another."""
    me = ask.ctx.me
    waiting = [one.id for one in reviews_next.waiting(ask.ctx, me)] if me else []
    after = ask.query.get("after", "")
    if after in waiting:
        place = waiting.index(after)
        waiting = waiting[place + 1 :] + waiting[:place]
    return go(f"/reviews/{quote(waiting[0])}") if waiting else go("/reviews")


def show(ask: Ask) -> Response:
    """Show one review."""
    return page(ask)


def page(ask: Ask, error: KbError | None = None) -> Response:
    """Return the page of a review; with `error`, what was typed stands in its form again."""
    ctx, me = ask.ctx, ask.ctx.me
    review = _asked(ask)
    alive = review.state.state != "closed"
    author = me in review.authors
    since = reviews_since.edited_since(ctx, review, me) if alive else None
    waiting = reviews_next.waiting(ctx, me) if me else []
    parts = blocks(ask, review)
    lines = [line.text for one in parts for line in (one.head, *one.lines)]
    events = shown.by_block(review, {block.on for block in parts})
    similar = ask.query.get("similar") == "1"
    known = reviews_context.known(ctx, review, elsewhere=similar)
    order = [one.id for one in waiting]
    return ask.show(
        "review.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="reviews",
        review=review,
        row=shown.row(ask, review),
        path=shown.path_of(review),
        subject=review.subject,
        subject_path=shown.subject_path(review),
        date=shown.day(ask, review),
        alive=alive,
        author=author,
        may_judge=bool(alive and me and not author and review.digest),
        approved=me in review.state.approvals,
        waits=review.id in order,
        place=order.index(review.id) + 1 if review.id in order else 0,
        waiting=len(order),
        mission=charter(ctx, "mission"),
        asked_for=shown.asked_for(review),
        since=since,
        since_who=_looked(ask, since),
        changes=shown.changes(since) if since else None,
        authors=shown.people(ask, sorted(review.authors)),
        reviewers=shown.people(ask, review.reviewers),
        blocks=parts,
        said={
            key: [shown.said(ask, review, one, lines) for one in some]
            for key, some in events.items()
        },
        types=COMMENTS,
        known=known,
        similar=similar,
        counts=lambda some: _counts(ask, some),
        accounts={one.account: one.name for one in ctx.catalogue.accounts(ctx.now, archived=True)},
        often=reviews_coaching.often(ctx, me) if me and author else None,
        may_close=_may_close(ask, review) if alive else False,
        may_share=alive and review.subject is not None and review.subject.row is not None,
        shared=_shared(ask, review),
        today=ctx.today,
        form=dict(ask.form),
        error=told(ask, error) if error else None,
    )


def _asked(ask: Ask) -> "Review":
    """Return the review of the path; a name that leads to one elsewhere is no address here."""
    id_ = ask.path["id"]
    if not id_.startswith("r-"):
        raise NotFound("no-review", ref=id_)
    return reviews.find(ask.ctx, id_)


def _looked(ask: Ask, since: "Since | None") -> dict[str, object]:
    """Return whose look the changes are since, and when it was."""
    if since is None:
        return {}
    return {
        "who": shown.people(ask, [since.event.member]),
        "mine": since.event.member == ask.ctx.me,
        "at": shown.moment(ask, since.event.moment),
        "approved": since.event.type == "approved",
    }


def _counts(ask: Ask, some: "tuple[reviews_context.Ended, ...]") -> str:
    """Return how hypotheses ended, as counts: their number is the denominator."""
    found = [
        f"{ask.words(f'web-verdict-{key}')} {count}"
        for key in ("supported", "mixed", "refuted", "untested")
        if (count := sum(one.verdict == key for one in some))
    ]
    return " · ".join(found)


def _may_close(ask: Ask, review: "Review") -> bool:
    """Tell whether the page offers to end a review; who may is decided when it is done."""
    member = ask.ctx.settings.members.get(ask.ctx.me or "")
    theirs = {*review.authors, *review.reviewers}
    return member is not None and (ask.ctx.me in theirs or member.role == "lead")


def _shared(ask: Ask, review: "Review") -> str:
    """Return where the insight stands that was made just now, "" when none was."""
    id_ = ask.query.get("shared", "")
    subject = review.subject
    if not id_.startswith("i-") or subject is None or subject.row is None:
        return ""
    meeting = ask.ctx.catalogue.whole(subject.row)
    there = any(one.id == id_ for one in meeting.insights)
    return f"/go/{quote(subject.row.account)}/{quote(id_)}" if there else ""


# What is answered


def comment(ask: Ask) -> Response:
    """Write a comment on a line, or an answer to all."""
    about = ask.typed("about") or None
    on = ask.typed("on") or None

    def write() -> "Review":
        if about is not None and about not in COMMENTS:
            raise WrongUse("page-review-bad-type")
        text = ask.typed("text")
        return reviews_saying.comment(ask.ctx, ask.path["id"], text, on=on, about=about)

    return _written(ask, write)


def suggest(ask: Ask) -> Response:
    """Suggest other words for a line."""

    def write() -> "Review":
        review = _asked(ask)
        text = ask.typed("text")
        if text:
            text = suggested(ask, review, ask.typed("label"), text)
        on, old, why = ask.typed("on"), ask.typed("old") or None, ask.typed("why")
        return reviews_wording.suggest(ask.ctx, review.id, on, text, old=old, why=why)

    return _written(ask, write)


def accept(ask: Ask) -> Response:
    """Take a suggestion into the document."""
    event = ask.typed("event")

    def write() -> "Review":
        return reviews_wording.accept(ask.ctx, ask.path["id"], event)

    return _written(ask, write, event)


def approve(ask: Ask) -> Response:
    """Approve the text that was shown, and no other."""

    def write() -> "Review":
        _as_shown(ask)
        return reviews_saying.approve(ask.ctx, ask.path["id"], ask.typed("text"))

    return _written(ask, write, "top")


def changes(ask: Ask) -> Response:
    """Ask for changes in the text that was shown."""

    def write() -> "Review":
        _as_shown(ask)
        return reviews_saying.changes(ask.ctx, ask.path["id"], ask.typed("text"))

    return _written(ask, write, "top")


def close(ask: Ask) -> Response:
    """End the review."""

    def write() -> "Review":
        return reviews_saying.close(ask.ctx, ask.path["id"], ask.typed("text"))

    return _written(ask, write, "top")


def share(ask: Ask) -> Response:
    """Make a phrase an insight of the reviewed meeting, and say where it is."""
    try:
        made = reviews_sharing.share(ask.ctx, ask.path["id"], ask.typed("text"))
    except KbError as error:
        return page(ask, error)
    return go(f"/reviews/{quote(made.review)}?shared={quote(made.id or '')}", "shared")


def request(ask: Ask) -> Response:
    """Ask for a review of a meeting, and look at it."""
    to = (ask.typed("to"),) if ask.typed("to") else ()
    try:
        ref = meetings_page.ref_of(ask)
        made = reviews_asking.request(ask.ctx, ref, to=to, text=ask.typed("note"))
    except KbError as error:
        return meetings_page.page(ask, error)
    return go(shown.path_of(made), "top")


def _as_shown(ask: Ask) -> None:
    """Refuse to judge a text that became another one since its page was shown."""
    if ask.typed("digest") != _asked(ask).digest:
        raise Kept("page-review-moved-on", kept=None)


def _written(ask: Ask, write: "Callable[[], Review]", anchor: str = "") -> Response:
    """Write an event and come back to it; what could not be written is told on the page."""
    try:
        made = write()
    except KbError as error:
        return page(ask, error)
    return go(shown.path_of(made), anchor or made.events[-1].id)
