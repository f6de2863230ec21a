"""Asking for a review: of what, by whom, until when; the first request begins the thread."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import KbError, NotAllowed, NotFound, WrongUse
from kb.messages import say
from kb.model.review_turn import Load, in_turn, is_away
from kb.store.ports import Edit
from kb.text.thread import append, begin, has_front, new_event, parse_thread, stamp
from kb.work import reviews
from kb.work.reviews import Review
from kb.work.reviews_subject import Subject, of_meeting, subject_of
from kb.work.reviews_text import authors, csm_of, owner_of, present_text
from kb.work.typed import refuse_nul

if TYPE_CHECKING:
    from kb.catalogue.lists import Account
    from kb.model.review import Kind
    from kb.store.ports import Actor
    from kb.work.context import Context


class _Begun(NamedTuple):
    """A thread that is to be written to: its path and id, and the front matter of a new one."""

    path: str
    id: str
    front: dict[str, str | None]
    title: str


def request(
    ctx: "Context",
    ref: str,
    *,
    kind: "Kind | None" = None,
    to: tuple[str, ...] = (),
    text: str = "",
) -> Review:
    """Ask for a review of the meeting or page that `ref` names, and return it.

    Without `kind` a page is to be adopted, a meeting that is over is reviewed after, any other
    before. Without `to` those are asked who were asked before, else whose turn it is. Raises
    `WrongUse` ("review-kind", "review-empty", "review-not-held", "review-cancelled",
    "unknown-member", "no-reviewer", "review-no-member"), `NotAllowed` ("review-closed",
    "review-to-author") and what finding the meeting or page raises.
    """
    refuse_nul(text)
    me = member(ctx)
    subject = _subject(ctx, ref)
    chosen = _kind(ctx, subject, kind)
    if not present_text(ctx, subject, chosen).strip():
        raise WrongUse("review-empty", what=shown(subject))
    before = reviews.threads_on(ctx, subject.name, chosen)
    last = before[-1] if before else None
    if last is not None and last.state.state == "closed":
        if chosen != "adoption":
            raise NotAllowed("review-closed", id=last.id)
        last = None
    begun = (
        _Begun(last.path, last.id, {}, "")
        if last is not None
        else _new(ctx, subject, chosen, len(before))
    )
    wrote = last.authors if last else authors(ctx, subject, chosen)
    asked = _asked(ctx, subject, chosen, last, to, wrote | {me})
    words = (f"to:{','.join(f'@{name}' for name in asked)}",)

    there = reviews.text_of(ctx, begun.path) if last is not None else None

    def apply(data: bytes | None) -> bytes:
        if data is None or not has_front(data):
            data = there  # what somebody wrote where the thread is to stand is none
        thread = data if data is not None else begin(begun.front, begun.title)
        time = stamp(parse_thread(thread).events, ctx.now)
        return append(thread, new_event(begun.id, time, "requested", me, words, text.strip()))

    edits = [Edit(begun.path, apply)]
    if subject.row is not None:
        edits.insert(0, ids_given(ctx, subject))
    save(ctx, edits, "did-review-request", subject, begun.id)
    return reviews.at(ctx, begun.path)


def member(ctx: "Context") -> str:
    """Return the key of the member who acts; `WrongUse("review-no-member")` for a stranger."""
    key = ctx.actor.key
    if key is None:
        known = " ".join(ctx.settings.members)
        raise WrongUse("review-no-member", email=ctx.actor.email, known=known)
    return key


def shown(subject: Subject) -> str:
    """Return what is reviewed as people name it: `acme/2026-11-25`, or a page's name."""
    return f"{subject.account}/{subject.date}" if subject.account else subject.name


def _in_history(subject: Subject) -> str:
    return f"{subject.account} {subject.date}" if subject.account else subject.name


def save(ctx: "Context", edits: list[Edit], code: str, subject: Subject, review: str) -> str | None:
    """Save what belongs to one event of a review in one commit; return the commit's id."""
    actor: Actor = ctx.actor
    trailers = [("Kb-Review", review)]
    if subject.row is not None and len(edits) > 1:
        trailers.append(("Kb-Meeting", subject.row.id))
    message = say(code, ctx.settings.lang, what=_in_history(subject))[0]
    saved = ctx.store.save(edits, actor=actor, message=message, trailers=trailers, when=ctx.now)
    ctx.catalogue.note_saved(saved.blobs)
    ctx.__dict__.pop("past", None)  # it ends before this commit
    ctx.tell(edits[0].path, saved)
    return saved.commit


def ids_given(ctx: "Context", subject: Subject) -> Edit:
    """Return the change that writes the ids of a meeting and of its lines that have none yet."""
    from kb.text import change
    from kb.work.altering import place_in
    from kb.work.closing import give_ids
    from kb.work.places import target

    assert subject.row is not None
    where = target(ctx, f"{subject.row.account}/{subject.row.id}")

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=where.path)
        place = place_in(ctx, data, where.path, where.find)
        root = place.document.meeting(place.index)
        if place.id not in root.ids:
            place.document = change.give_id(place.document, root.root, place.id)
        give_ids(ctx, place)
        return place.document.data

    return Edit(where.path, apply)


def _subject(ctx: "Context", ref: str) -> Subject:
    """Return what a person's words name: a page of the playbook, else a meeting."""
    from kb.work.meetings import wall

    word = ref.strip().removeprefix("[[").removesuffix("]]")
    if word in ctx.catalogue.pages():
        return subject_of(ctx, word)
    if word.startswith("p-"):
        try:
            return of_meeting(ctx.catalogue.meeting(word, wall(ctx)))
        except KbError:
            raise NotFound("review-no-page", page=word) from None
    return of_meeting(ctx.catalogue.meeting(word.replace("#^", "/"), wall(ctx)))


def _kind(ctx: "Context", subject: Subject, kind: "Kind | None") -> "Kind":
    from kb.work.meetings import wall

    row = subject.row
    if row is None:
        if kind not in (None, "adoption"):
            raise WrongUse("review-kind", what=shown(subject), kind=kind)
        return "adoption"
    if kind == "adoption":
        raise WrongUse("review-kind", what=shown(subject), kind=kind)
    if row.cancelled:
        raise WrongUse("review-cancelled", what=shown(subject))
    now = wall(ctx).isoformat()
    if kind == "post" and row.begins > now:
        raise WrongUse("review-not-held", what=shown(subject))
    return kind or ("post" if row.ends <= now else "pre")


def _new(ctx: "Context", subject: Subject, kind: "Kind", before: int) -> _Begun:
    """Return the thread to begin; the same on every clone, so that two of them merge."""
    lang: str = ctx.settings.lang
    if subject.row is None:
        while (ctx.root / reviews.FOLDER / f"{subject.name}-adoption-{before + 1}.md").exists():
            before += 1
        stem, name = f"{subject.name}-adoption-{before + 1}", ""
        wrote = owner_of(ctx, subject) or ctx.actor.key
    else:
        account = _account(ctx, subject)
        stem = f"{subject.row.id}-{kind}"
        name, lang = f"{account.name} {subject.date} ", account.lang or lang
        wrote = csm_of(ctx, subject) or ctx.actor.key
    path = f"{reviews.FOLDER}/{stem}.md"
    id_ = reviews.review_id(path)
    due = None
    if kind == "pre" and subject.row is not None:
        due = reviews.due_before(ctx, subject.row).isoformat(timespec="seconds")
    front = {"review": id_, "kind": kind, "of": subject.name, "author": wrote}
    title = f"{say(f'review-title-{kind}', lang)[0]}: {name}{subject.title}"
    return _Begun(path, id_, {**front, "due": due}, title)


def _account(ctx: "Context", subject: Subject) -> "Account":
    from kb.work import accounts

    return accounts.one(ctx, subject.account or "")


# Whose turn it is


def _asked(
    ctx: "Context",
    subject: Subject,
    kind: "Kind",
    last: Review | None,
    to: tuple[str, ...],
    wrote: frozenset[str],
) -> list[str]:
    """Return whom to ask: who was named, else who was asked before, else whose turn it is."""
    named = [name.strip().lstrip("@＠") for part in to for name in part.split(",")]
    for name in named:
        if name not in ctx.settings.members:
            raise WrongUse("unknown-member", member=name, known=" ".join(ctx.settings.members))
        if name in wrote:
            raise NotAllowed("review-to-author", member=name)
    again = [name for name in (last.reviewers if last else ()) if name not in wrote]
    found = list(dict.fromkeys(named)) or again
    if not found:
        wanted = reviews.needed(ctx, kind)
        found = in_turn(_candidates(ctx, subject, wrote), _loads(ctx))[:wanted]
    if not found:
        raise WrongUse("no-reviewer", what=shown(subject))
    return found


def _candidates(ctx: "Context", subject: Subject, wrote: frozenset[str]) -> list[str]:
    """Return who may be asked: the unit's members and lead, or everybody if it has nobody left."""
    days = [ctx.today]
    unit: tuple[str, ...] = ()
    if subject.row is not None:
        days.append(max(ctx.today, datetime.fromisoformat(subject.row.begins).date()))
        unit = _unit(ctx, subject)
    free = [
        key
        for key, one in ctx.settings.members.items()
        if key not in wrote and not any(is_away(one.away, day) for day in days)
    ]
    return [key for key in free if key in unit] or free


def _unit(ctx: "Context", subject: Subject) -> tuple[str, ...]:
    """Return the members and the lead of the account's unit; () where reviews go round all."""
    if not ctx.settings.policies.within_unit:
        return ()
    account = _account(ctx, subject)
    units = ctx.settings.units
    unit = units.get(account.unit or "")
    if unit is None:
        of_csm = [u for u in units.values() if account.csm in (*u.members, u.lead)]
        unit = of_csm[0] if of_csm else None
    return (*unit.members, unit.lead) if unit else ()


def _loads(ctx: "Context") -> dict[str, Load]:
    """Return what each member has to review now, and when they were asked last."""
    found: dict[str, Load] = {}
    for review in reviews.every(ctx):
        for event in review.events:
            for name in event.members("to") if event.type == "requested" else ():
                load = found.get(name, Load())
                at = event.moment if load.asked is None else max(load.asked, event.moment)
                found[name] = load._replace(asked=at)
        for name in review.reviewers:
            if reviews.is_alive(ctx, review) and review.waits_for(name):
                found[name] = found[name]._replace(open=found[name].open + 1)
    return found
