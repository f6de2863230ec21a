"""What becomes of a principle: adopted with a quorum, revised, superseded, retired."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotAllowed, NotFound, WrongUse
from kb.messages import say
from kb.model.principle import Page, read_page
from kb.store.ports import Change, Edit
from kb.text import frontmatter
from kb.text.arrange import set_front
from kb.text.escape import escape, one_line
from kb.text.names import DEFAULT_NAMES
from kb.text.pageparts import add_to_part
from kb.work.ladder_pages import Written, save
from kb.work.places import text_of
from kb.work.playbook import Shelf, Shelved
from kb.work.tracing import traced
from kb.work.tracing_quotes import Documents
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.reviews import Review, Standing

GIVEN_UP = ("superseded", "retired")


class Ground(NamedTuple):
    """What an adoption has to stand on: accounts and CSMs of quotes that can be found today."""

    accounts: tuple[str, ...]
    csms: tuple[str, ...]
    standing: "Standing"


def ground(ctx: "Context", shelf: Shelf, one: Shelved) -> Ground:
    """Return what speaks for adopting a principle today.

    Only quotes that are found, or found elsewhere, count; the CSM is the account's.
    """
    from kb.work.reviews import standing

    documents = Documents(ctx)
    told = traced(ctx, shelf, one, documents, history=False)
    accounts = {quote.account for quote in told.evidence if quote.state in ("found", "moved")}
    csms = {csm for account in accounts if (csm := documents.csm(account))}
    return Ground(
        tuple(sorted(accounts)), tuple(sorted(csms)), standing(ctx, one.page.id, "adoption")
    )


def lacking(ctx: "Context", found: Ground) -> list[tuple[str, dict[str, object]]]:
    """Return what an adoption lacks, as codes with parameters; [] when it lacks nothing."""
    quorum = ctx.settings.quorum
    standing = found.standing
    closed = standing.state in ("none", "closed")
    approvals = 0 if closed else len(standing.approvals)
    needs = (
        ("lack-accounts", len(found.accounts), quorum.accounts),
        ("lack-csms", len(found.csms), quorum.csms),
        ("lack-approvals", approvals, quorum.approvals),
    )
    lacks: list[tuple[str, dict[str, object]]] = [
        (code, {"has": has, "needs": need}) for code, has, need in needs if has < need
    ]
    if closed:
        lacks.append(("lack-review", {}))
    elif standing.outstanding:
        who = ", ".join(f"@{member}" for member in standing.outstanding)
        lacks.append(("lack-changes", {"who": who}))
    return lacks


def adopt(ctx: "Context", word: str) -> Written:
    """Adopt a principle whose review has its quorum, and close the review, as one commit.

    An adopted one whose revision was approved is adopted anew. Raises
    `NotAllowed("principle-short")` with all that is missing, `WrongUse` ("principle-adopted",
    "principle-given-up", "review-no-member"), and what finding the page raises.
    """
    from kb.work import reviews
    from kb.work.reviews_saying import closing

    shelf = Shelf(ctx)
    one = shelf.one(word, "principle")
    page = one.page
    _alive(page)
    found = ground(ctx, shelf, one)
    if page.status == "adopted" and found.standing.state in ("none", "closed"):
        raise WrongUse("principle-adopted", id=page.id, day=page.adopted or "—")
    lacks = lacking(ctx, found)
    if lacks:
        told = say("lack-and", ctx.lang)[0].join(say(code, ctx.lang, **p)[0] for code, p in lacks)
        raise NotAllowed("principle-short", id=page.id, missing=told)
    day = ctx.today.isoformat()
    anew = page.status == "adopted"

    def turn(data: bytes) -> bytes:
        data = set_front(data, "status", "adopted")
        return set_front(data, "revised" if anew else "adopted", day)

    assert found.standing.path is not None
    review = reviews.find(ctx, found.standing.path.rpartition("/")[2].removesuffix(".md"))
    changes = [_edit(ctx, one, turn), closing(ctx, review, "adopted", _grounds(ctx, found))]
    return _saved(ctx, one, changes, "did-principle-adopt")


def _grounds(ctx: "Context", found: Ground) -> str:
    return say(
        "adopted-because",
        ctx.settings.lang,
        accounts=len(found.accounts),
        csms=len(found.csms),
        approvals=len(found.standing.approvals),
    )[0]


def revise(
    ctx: "Context", word: str, *, to: tuple[str, ...] = (), why: str = ""
) -> "tuple[Written, Review]":
    """Put the changed text of an adopted principle up for a review of its own.

    It stays adopted meanwhile. Raises `WrongUse` ("principle-not-adopted", "principle-given-up",
    "revision-same"), `NotAllowed("revision-open")`, and what asking for a review raises.
    """
    from kb.work import reviews, reviews_asking

    one = Shelf(ctx).one(word, "principle")
    page = one.page
    _alive(page)
    if page.status != "adopted":
        raise WrongUse("principle-not-adopted", id=page.id)
    before = reviews.standing(ctx, page.id, "adoption")
    if before.state not in ("none", "closed"):
        raise NotAllowed("revision-open", id=page.id, review=before.id)
    if _as_adopted(ctx, page):
        raise WrongUse("revision-same", id=page.id, path=one.path)
    review = reviews_asking.request(ctx, page.id, kind="adoption", to=to, text=why)
    return Written(page.id, one.path, ctx.store.head()), review


def _as_adopted(ctx: "Context", page: Page) -> bool:
    """Tell whether a page still says what the review of its last adoption approved."""
    from kb.work import reviews

    threads = reversed(reviews.threads_on(ctx, page.id, "adoption"))
    last = next((one.state for one in threads if one.state.result == "adopted"), None)
    return last is not None and len(last.approvals) >= ctx.settings.quorum.approvals


def retire(ctx: "Context", word: str, why: str) -> Written:
    """Give a principle up, and say why on its page; an open review of it is closed.

    Raises `WrongUse` ("why-empty", "principle-given-up", "principle-superseded").
    """
    one = Shelf(ctx).one(word, "principle")
    page = one.page
    _alive(page)
    said = _reason(why)
    note = say("story-retired", page.lang, why=_item(said), day=ctx.today.isoformat())[0]

    def turn(data: bytes) -> bytes:
        data = set_front(data, "status", "retired")
        data = set_front(data, "retired", ctx.today.isoformat())
        data = set_front(data, "why", said)
        return add_to_part(data, "story", [f"- {note}"], page.lang)

    changes: list[Change] = [_edit(ctx, one, turn), *_closings(ctx, page, said)]
    return _saved(ctx, one, changes, "did-principle-retire")


def supersede(ctx: "Context", word: str, by: str, why: str | None = None) -> Written:
    """Replace a principle by another; both pages say so.

    A successor that is a candidate still becomes a hint. Raises `WrongUse`
    ("supersedes-itself", "principle-given-up", "principle-superseded").
    """
    shelf = Shelf(ctx)
    one, other = shelf.one(word, "principle"), shelf.one(by, "principle")
    page, heir = one.page, other.page
    if page.id == heir.id:
        raise WrongUse("supersedes-itself", id=page.id)
    _alive(page)
    _alive(heir)
    if heir.status == "candidate":
        ctx.hints.append(("heir-candidate", {"id": heir.id}))
    said = _reason(why) if why is not None else ""
    day = ctx.today.isoformat()
    reason = f"{_item(said)} " if said else ""
    note = say("story-superseded", page.lang, by=heir.id, why=reason, day=day)[0]

    def turn(data: bytes) -> bytes:
        data = set_front(data, "status", "superseded")
        data = set_front(data, "superseded_by", heir.id)
        data = set_front(data, "superseded", day)
        if said:
            data = set_front(data, "why", said)
        return add_to_part(data, "story", [f"- {note}"], page.lang)

    def take_over(data: bytes) -> bytes:
        known = read_page(data, other.path, lang=ctx.settings.lang).supersedes
        return set_front(data, "supersedes", list(dict.fromkeys((*known, page.id))))

    changes: list[Change] = [
        _edit(ctx, one, turn),
        _edit(ctx, other, take_over),
        *_closings(ctx, page, said),
    ]
    return _saved(ctx, one, changes, "did-principle-supersede")


def look_again(ctx: "Context", word: str, day: str) -> Written:
    """Write when a principle is to be looked at next, after somebody looked at it now.

    Raises `WrongUse` ("bad-date", "until-past", "principle-given-up"), `NotFound("no-page")`.
    """
    from kb.work.meetings import date_of

    one = Shelf(ctx).one(word, "principle")
    _alive(one.page)
    until = date_of(day)
    if until < ctx.today.isoformat():
        raise WrongUse("until-past", day=until)
    changes = [_edit(ctx, one, lambda data: set_front(data, "verify_by", until))]
    return _saved(ctx, one, changes, "did-principle-verify")


def _alive(page: Page) -> None:
    if page.status in GIVEN_UP:
        if page.superseded_by:
            raise WrongUse("principle-superseded", id=page.id, by=page.superseded_by)
        raise WrongUse("principle-given-up", id=page.id)


def _edit(ctx: "Context", one: Shelved, turn: Callable[[bytes], bytes]) -> Edit:
    """Return the change of a page, refused if its front matter could not be read back."""
    head = ctx.store.head()
    saved = ctx.store.at(head, one.path) if head else None
    written = text_of(ctx, one.path, settled=True)
    if written is not None:
        _readable(one.path, written, saved)

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=one.path)
        _readable(one.path, data, saved)
        now = read_page(data, one.path, lang=ctx.settings.lang)
        if now.id != one.page.id or now.status != one.page.status:
            raise WrongUse("page-changed", id=one.page.id)
        turned = turn(data)
        if frontmatter.problem(turned) is not None:
            raise WrongUse("front-matter", path=one.path, line=2)
        return turned

    return Edit(one.path, apply)


def _readable(path: str, data: bytes, saved: bytes | None) -> None:
    """Raise `WrongUse` for a front matter that can't be read, is not closed, or went since."""
    line = frontmatter.problem(data)
    if line is not None:
        raise WrongUse("front-matter", path=path, line=line)
    if frontmatter.front_span(data).stop:
        return
    begun = data.startswith((b"---", b"\xef\xbb\xbf---"))
    if begun or (saved and frontmatter.front_span(saved).stop):
        raise WrongUse("page-no-front", path=path)


def _closings(ctx: "Context", page: Page, why: str) -> list[Edit]:
    """Return what closes the open review of a principle that is given up, by a member's hand."""
    from kb.work import reviews
    from kb.work.reviews_saying import closing

    standing = reviews.standing(ctx, page.id, "adoption")
    if standing.path is None or standing.state == "closed" or ctx.actor.key is None:
        return []
    review = reviews.find(ctx, standing.path.rpartition("/")[2].removesuffix(".md"))
    return [closing(ctx, review, "rejected", why)]


def _saved(ctx: "Context", one: Shelved, changes: Sequence[Change], code: str) -> Written:
    saved = save(ctx, changes, code, one.page.id, one.page.title)
    return Written(one.page.id, one.path, saved.commit)


def _reason(why: str) -> str:
    refuse_nul(why)
    if not visible(why):
        raise WrongUse("why-empty")
    return one_line(why)


def _item(text: str) -> str:
    """Return what was typed as it may stand inside an item."""
    return escape(text, DEFAULT_NAMES, labelled=True)
