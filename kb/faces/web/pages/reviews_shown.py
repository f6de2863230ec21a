"""Reviews as pages show them: rows of a list, and the thread in people's words."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

from kb.faces.web.pages.reviews_marks import Stretch, stretches
from kb.faces.web.paths import meeting_path
from kb.faces.web.people import names_of
from kb.model import review as model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.faces.web.ask import Ask
    from kb.text.thread import Event
    from kb.work.reviews import Review
    from kb.work.reviews_since import Since

_MARKS = ("- old:", "- new:")


class Row(NamedTuple):
    """A review in a list: what it is of, where it stands and by whose word, until when."""

    path: str
    kind: str
    what: str
    title: str
    state: str
    who: str
    approvals: str
    due: str
    late: bool
    asked_by: str


class Offered(NamedTuple):
    """A suggestion: how the line would change, whether it was taken, whether one may take it."""

    change: tuple[Stretch, ...]
    taken: bool
    open: bool


class Said(NamedTuple):
    """One event: `code` is what was done; `marks` are the codes of what is to be said of it."""

    id: str
    who: str
    mine: bool
    at: str
    code: str
    about: str
    to: str
    text: str
    marks: tuple[str, ...]
    offered: Offered | None
    shareable: bool


class Changed(NamedTuple):
    """One line that changed since somebody looked: how, which part, and the words."""

    code: str
    part: str
    change: tuple[Stretch, ...]


def path_of(review: "Review") -> str:
    """Return where a review's page is."""
    return f"/reviews/{quote(review.id)}"


def subject_path(review: "Review") -> str:
    """Return where what is reviewed stands, "" when it is gone."""
    subject = review.subject
    if subject is None:
        return ""
    if subject.row is None:
        return f"/playbook/{quote(subject.name)}"
    return meeting_path(subject.row.account, subject.row.id)


def what_of(ask: "Ask", review: "Review") -> str:
    """Return whose meeting or which page is reviewed, in words."""
    subject = review.subject
    if subject is None:
        return review.of
    if subject.account is None:
        return subject.title or subject.name
    known = {one.account: one.name for one in ask.ctx.catalogue.accounts(ask.ctx.now)}
    return known.get(subject.account, subject.account)


def row(ask: "Ask", review: "Review") -> Row:
    """Return a review as a row of a list."""
    subject, state = review.subject, review.state
    named = {"approved": state.approvals, "changes": state.outstanding, "stale": state.outdated}
    alive = state.state != "closed"
    requests = [event for event in review.events if event.type == "requested"]
    several = alive and review.needed > 1
    return Row(
        path=path_of(review),
        kind=review.kind,
        what=what_of(ask, review),
        title=subject.title if subject and subject.account else "",
        state=f"{state.state}-{state.result}"
        if state.result in ("adopted", "rejected")
        else state.state,
        who=people(ask, named.get(state.state, ())),
        approvals=f"{len(state.approvals)}/{review.needed}" if several else "",
        due=moment(ask, review.due) if review.due and alive else "",
        late=bool(alive and review.due and review.due < ask.ctx.now and state.state != "approved"),
        asked_by=people(ask, [requests[-1].member]) if requests else "",
    )


def people(ask: "Ask", keys: "tuple[str, ...] | list[str]") -> str:
    """Return members by their names."""
    names = names_of(ask.ctx, {})
    return ask.words("web-list-mark").join(names.get(key, key) for key in keys)


def moment(ask: "Ask", at: datetime) -> str:
    """Return a moment on the team's own clock, its year where that is not this one."""
    here = at.astimezone(ask.ctx.settings.tz)
    day = ask.words.short(here.date().isoformat(), ask.ctx.today)
    return f"{day} {here:%H:%M}"


def day(ask: "Ask", review: "Review") -> str:
    """Return when the reviewed meeting is, "" for a page."""
    row = review.subject.row if review.subject else None
    if row is None:
        return ""
    return f"{ask.words.short(row.date, ask.ctx.today)} {row.start or ''}".strip()


def asked_for(review: "Review") -> str:
    """Return what was to be looked at, in the words of who asked last; "" when none were said."""
    bodies = [event.body for event in review.events if event.type == "requested"]
    return bodies[-1] if bodies else ""


def changes(since: "Since") -> list[Changed] | None:
    """Return what changed since an event, line by line; None when nobody can tell any more."""
    if since.changes is None:
        return None
    found = []
    for one in since.changes:
        code = "added" if one.was is None else "removed" if one.now is None else "reworded"
        found.append(Changed(code, one.part, stretches(one.was, one.now)))
    return found


def _gone(old: str, lines: "Iterable[str]") -> bool:
    """Tell whether the line that a suggestion rewords was reworded otherwise since."""
    there = [_plain(line) for line in lines]
    return bool(there and old.strip()) and not any(
        _plain(old).endswith(one) for one in there if one
    )


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def said(ask: "Ask", review: "Review", event: "Event", lines: "Iterable[str]" = ()) -> Said:
    """Return an event as it stands in the thread; `lines` are what the reviewed text says now."""
    ctx = ask.ctx
    marks = []
    if not review.counts(event):
        marks.append("page-review-unverified")
    if event.type == "approved" and not model.current(event, review.digest):
        marks.append("page-review-other-text")
    if event.type == "approved" and review.is_late(event):
        marks.append("page-review-was-late")
    suggestion = model.suggestion(event)
    offered = None
    if suggestion is not None:
        mine = ctx.me in review.authors and review.state.state != "closed"
        change = stretches(suggestion.old or None, suggestion.new)
        untaken = event.id not in review.taken
        gone = untaken and _gone(suggestion.old, lines)
        if gone:
            marks.append("page-review-offer-gone")
        offered = Offered(change, not untaken, mine and untaken and not gone)
    kinds = model.COMMENTS
    about = event.value("type") or ""
    code = "answered" if event.type == "commented" and about not in kinds else event.type
    if event.type == "closed" and event.value("result") in ("adopted", "rejected"):
        code = f"closed-{event.value('result')}"
    return Said(
        id=event.id,
        who=people(ask, [event.member]),
        mine=event.member == ctx.me,
        at=moment(ask, event.moment),
        code=f"page-review-did-{code}",
        about=about if about in kinds else "",
        to=people(ask, event.members("to")),
        text=_text(event) if offered else event.body,
        marks=tuple(marks),
        offered=offered,
        shareable=event.type == "commented" and event.member != ctx.me and "\n" not in event.body,
    )


def _text(event: "Event") -> str:
    """Return why something was suggested."""
    return "\n".join(line for line in event.body.split("\n") if not line.startswith(_MARKS)).strip()


def by_block(review: "Review", names: "set[str]") -> "dict[str, list[Event]]":
    """Return the events under what they are about; those of the whole review under "".

    An event about another event stands where that one stands. That a suggestion was taken shows
    on the suggestion.
    """
    place: dict[str, str] = {}
    found: dict[str, list[Event]] = {}
    for event in review.events:
        on = (event.value("on") or "").rpartition("^")[2]
        where = on if on in names else place.get(on, "")
        place[event.id] = where
        if event.type != "accepted":
            found.setdefault(where, []).append(event)
    return found
