"""Who says so? Every quote of a principle is looked for as the documents stand today.

The id of the line and the quote itself are what is looked for; the commit that a page names is a
hint, and what is found in the history today is what is told.
"""

from typing import TYPE_CHECKING, NamedTuple

from kb.model.principle import Evidence, Page
from kb.text.ids import normal
from kb.work.playbook import Counts, Shelf, Shelved, by_segment, counted, rate
from kb.work.tracing_quotes import Documents, Spot, account_of, holds
from kb.work.tracing_then import Then, former

if TYPE_CHECKING:
    from kb.catalogue.citing import Cited
    from kb.work.context import Context
    from kb.work.past import Version

SOON = 14
"""So many days before `verify_by` a principle is due to be looked at again."""
ASKED = ("candidate", "adopted")
"""Principles of these states are looked after; what was given up is history."""


class Traced(NamedTuple):
    """A quote and what became of it: found, moved, drifted or missing.

    `account`, `ref`, `path` and `line` are where it stands today (a drifted one: where its line
    stands), else where the page says. `author` wrote it down, in `commit`, as far as the history
    tells; `changed`: the line reads otherwise than it did, although the quote is there.
    `written` is False for a refuted hypothesis that nobody put on the page.
    """

    evidence: Evidence
    state: str
    account: str
    ref: str | None
    path: str | None
    line: int | None
    author: str | None
    commit: str | None
    changed: bool
    written: bool = True


class Trace(NamedTuple):
    """All that speaks for a principle and against it."""

    shelved: Shelved
    evidence: tuple[Traced, ...]
    counter: tuple[Traced, ...]
    counts: Counts
    segments: dict[str, Counts]


class Due(NamedTuple):
    """A principle that needs a look, with the reasons: due, drifted, missing, edited."""

    shelved: Shelved
    reasons: tuple[str, ...]
    quotes: tuple[Traced, ...]


def trace(ctx: "Context", word: str) -> Trace:
    """Find every quote of a principle today, through history.

    Raises `NotFound("no-page")`, `WrongUse("other-layer")`.
    """
    shelf = Shelf(ctx)
    return traced(ctx, shelf, shelf.one(word, "principle"), Documents(ctx))


def traced(
    ctx: "Context", shelf: Shelf, one: Shelved, documents: Documents, *, history: bool = True
) -> Trace:
    """Return the trace of a page; without `history` nobody is named and git is not asked."""
    page = one.page
    cited = shelf.citing(page.id)
    written = [_quote(ctx, documents, found, history=history) for found in page.counter]
    known = {(found.evidence.account, found.evidence.ref) for found in written}
    known |= {(found.account, found.ref or "") for found in written}
    against = [c for c in cited if c.verdict == "refuted" and (c.account, c.id) not in known]
    return Trace(
        one,
        tuple(_quote(ctx, documents, found, history=history) for found in page.evidence),
        (*written, *(_refuted(ctx, documents, found, history=history) for found in against)),
        counted(cited),
        by_segment(cited),
    )


def verify(ctx: "Context", word: str | None = None) -> list[Due]:
    """Return the principles that need a look: due within 14 days, or with quotes not to be found.

    Those given up are left out unless `word` names one. Raises `NotFound("no-page")`.
    """
    shelf = Shelf(ctx)
    wanted = (
        [shelf.one(word, "principle")]
        if word is not None
        else [one for one in shelf.of_kind("principle") if one.page.status in ASKED]
    )
    documents = Documents(ctx)
    found = []
    for one in wanted:
        told = traced(ctx, shelf, one, documents, history=False)
        lost = tuple(
            quote
            for quote in (*told.evidence, *told.counter)
            if quote.state in ("drifted", "missing")
        )
        reasons = [*(["due"] if due(ctx, one.page) else [])]
        reasons += sorted({quote.state for quote in lost})
        reasons += ["edited"] if edited(ctx, shelf, one.page) else []
        if reasons:
            found.append(Due(one, tuple(reasons), lost))
    return found


def due(ctx: "Context", page: Page) -> bool:
    """Tell whether a principle is to be looked at again: its day is past, or within 14 days."""
    from datetime import date

    try:
        day = date.fromisoformat(page.verify_by or "")
    except ValueError:
        return False
    return page.status in ASKED and (day - ctx.today).days <= SOON


def edited(ctx: "Context", shelf: Shelf, page: Page) -> bool:
    """Tell whether an adopted text was changed after its review, with no review of the change."""
    from kb.work.reviews import standing

    if page.status != "adopted" or page.id not in shelf.reviewed:
        return False
    found = standing(ctx, page.id, "adoption")
    adopted = found.state == "closed" and found.result == "adopted"
    return adopted and len(found.approvals) < ctx.settings.quorum.approvals


def _quote(ctx: "Context", documents: Documents, found: Evidence, *, history: bool) -> Traced:
    """Return what became of one quote.

    Found: the line of its id holds it. Moved: the exact quote stands elsewhere (while the line is
    still there: where it did not stand before). Drifted: the line is there, the quote is not.
    Missing: neither.
    """
    quote = normal(found.quote)
    own = documents.with_id(found.account, found.ref) or _renamed(ctx, documents, found)
    here = next((spot for spot in own if quote in spot.text), None)
    state, spot = "found", here
    if here is None:
        then = Then(ctx, documents.path(found.account), found.ref, quote)
        places = documents.elsewhere(quote, found.account)
        arrived = (spots for there in places if (spots := then.new(there) if own else there))
        state, spot = "moved", next(arrived, [None])[0]
    if spot is None:
        spot = own[0] if own else None
        state = "drifted" if own else "missing"
    version = None
    if history:
        # Who first wrote the words down did so where they were quoted from, not where they went.
        written = (
            documents.path(found.account),
            *former(ctx, found.account),
            spot.path if spot and state != "drifted" else None,
        )
        paths = dict.fromkeys(path for path in written if path)
        version = next(
            (v for path in paths if (v := first_with(ctx, path, quote, found.commit))), None
        )
    return Traced(
        evidence=found,
        state=state,
        account=spot.account if spot else found.account,
        ref=spot.id if spot else found.ref,
        path=spot.path if spot else None,
        line=spot.line if spot else None,
        author=version.by[0] if version and version.by else None,
        commit=version.commit if version else None,
        changed=bool(
            here is not None and found.digest and here.digest and here.digest != found.digest
        ),
    )


def _renamed(ctx: "Context", documents: Documents, found: Evidence) -> list[Spot]:
    """Return the lines of an id in the document that had the quote's account, if none has it now.

    A document that is in no commit yet is that one when it bears the id: it was moved by hand.
    """
    if documents.path(found.account) is not None:
        return []
    return [
        spot
        for spot in documents.anywhere(found.ref)
        if _had(ctx, spot.path, found.account, found.ref)
    ]


def _had(ctx: "Context", path: str, account: str, id_: str) -> bool:
    """Tell whether a document was that account's in a version that bears the id."""
    mark = f"^{id_}".encode()
    own = ctx.past.versions(path)
    versions = own or tuple(one for name in former(ctx, account) for one in ctx.past.versions(name))
    return any(
        mark in data and account_of(data, one.path) == account
        for one in reversed(versions)
        for data in [ctx.past.text(one)]
    )


def _refuted(ctx: "Context", documents: Documents, one: "Cited", *, history: bool) -> Traced:
    """Return a refuted hypothesis that cited the principle, which nobody put on the page."""
    line = ctx.catalogue.line(f"{one.account}#^{one.id}")
    claims = ctx.catalogue.whole(line.meeting).hypotheses
    claim = next((claim for claim in claims if claim.id == one.id), None)
    words = normal(claim.quote) if claim and claim.quote else ""
    evidence = Evidence(words, one.account, one.id, one.date, None, None, None, one.line)
    version = first_with(ctx, one.path, words, None) if history and words else None
    return Traced(
        evidence=evidence,
        state="found",
        account=one.account,
        ref=one.id,
        path=one.path,
        line=one.line,
        author=version.by[0] if version and version.by else documents.csm(one.account),
        commit=version.commit if version else None,
        changed=False,
        written=False,
    )


def first_with(ctx: "Context", path: str, quote: str, hint: str | None) -> "Version | None":
    """Return the version of a document that first held a quote, or None.

    The commit that a page names is believed if it is there and holds the quote. Else one looks
    back from the newest version that holds it, halving: what was written stays, most often.
    """
    versions = ctx.past.versions(path)
    if hint:
        named = next((v for v in versions if v.commit.startswith(hint)), None)
        if named is not None and holds(ctx.past.text(named), quote):
            return named
    stop = len(versions)
    while stop and not holds(ctx.past.text(versions[stop - 1]), quote):
        stop -= 1
    if not stop:
        return None
    low, high = 0, stop - 1
    while low < high:
        middle = (low + high) // 2
        if holds(ctx.past.text(versions[middle]), quote):
            high = middle
        else:
            low = middle + 1
    return versions[low]


def as_json(told: Trace) -> dict[str, object]:
    """Return a trace as the command line's contract has it."""
    return {
        "principle": told.shelved.page.id,
        "evidence": [quote_json(quote) for quote in told.evidence],
        "counter": [quote_json(quote) for quote in told.counter],
        **counts_json(told.counts),
        "by_segment": segments_json(told.segments),
    }


def segments_json(segments: dict[str, Counts]) -> dict[str, object]:
    """Return the counts of each segment; "—" for accounts that say none."""
    return {key or "—": counts_json(those) for key, those in segments.items()}


def quote_json(told: Traced) -> dict[str, object]:
    """Return a quote as the command line's contract has it."""
    found = told.evidence
    return {
        "quote": found.quote or None,
        "account": told.account if told.state in ("found", "moved") else found.account,
        "ref": found.ref,
        "author": told.author,
        "date": found.date,
        "commit": told.commit or found.commit,
        "state": told.state,
        "now": f"{told.account}#^{told.ref}" if told.state == "moved" and told.ref else None,
        "path": told.path,
        "line": told.line,
        "changed": told.changed,
        "reading": found.reading,
        "written": told.written,
    }


def counts_json(counts: Counts) -> dict[str, object]:
    """Return how hypotheses ended; `rate` is None below twenty."""
    return {**counts._asdict(), "rate": rate(counts)}


def due_json(one: Due) -> dict[str, object]:
    """Return a principle that needs a look."""
    page = one.shelved.page
    return {
        "id": page.id,
        "title": page.title,
        "status": page.status,
        "owner": page.owner,
        "verify_by": page.verify_by,
        "reasons": list(one.reasons),
        "evidence": [quote_json(quote) for quote in one.quotes],
        "path": one.shelved.path,
    }
