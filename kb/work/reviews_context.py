"""What a reviewer should know of a preparation: how earlier and similar hypotheses ended.

Whoever wrote them: nobody's name stands beside a verdict, and no person is counted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kb.catalogue.judged import Judged
    from kb.catalogue.lists import Listed
    from kb.insight.finder import Finder
    from kb.work.context import Context
    from kb.work.reviews import Review

EARLIER = 12
"""So many earlier meetings of the account are looked through."""
SIMILAR = 5
"""At most so many similar hypotheses of other accounts are shown."""
POOL = 2_000
"""The newest judged hypotheses among which similar ones are looked for."""
LIKE = 0.23
"""How near (0 to 1) a hypothesis must be to be called similar."""


class Ended(NamedTuple):
    """A hypothesis of before and how it ended.

    `verdict` is an English key, None while it waits; `quote` the customer's words; `similarity`
    (0 to 1) says how near it is, None for one of the same account.
    """

    id: str
    text: str
    verdict: str | None
    quote: str | None
    account: str
    date: str
    similarity: float | None = None


class Known(NamedTuple):
    """What is known: of this customer (or citing this page), and of other accounts."""

    earlier: tuple[Ended, ...]
    similar: tuple[Ended, ...]


def known(ctx: "Context", review: "Review", *, elsewhere: bool = True) -> Known:
    """Return the earlier hypotheses of the customer, newest first, and similar ones elsewhere.

    Of a page's review: those that cite the page. Without `elsewhere` no similar ones are
    looked for, which takes the model of sentences.
    """
    subject = review.subject
    if subject is None:
        return Known((), ())
    if subject.row is None:
        return Known(_citing(ctx, subject.name), ())
    similar = _similar(ctx, subject.row) if elsewhere else ()
    return Known(_earlier(ctx, subject.row), similar)


def _earlier(ctx: "Context", row: "Listed") -> tuple[Ended, ...]:
    before = [
        one
        for one in ctx.catalogue.meetings(row.account, None, row.date)
        if one.begins < row.begins and not one.cancelled
    ]
    return tuple(
        Ended(claim.id, claim.text, claim.verdict, claim.quote, one.account, one.date)
        for one in before[:EARLIER]
        for claim in ctx.catalogue.whole(one).hypotheses
    )


def _citing(ctx: "Context", page: str) -> tuple[Ended, ...]:
    from kb.catalogue.citing import cited

    found = []
    for one in reversed(ctx.catalogue.rows(lambda db: cited(db, page))):
        claim = _claim(ctx, one.account, one.meeting, one.id)
        if claim is not None:
            found.append(claim)
    return tuple(found)


def _claim(ctx: "Context", account: str, meeting: str, id_: str) -> Ended | None:
    """Return a hypothesis with its verdict and quote, as its meeting has it."""
    from kb.errors import KbError
    from kb.work.meetings import wall

    try:
        row = ctx.catalogue.meeting(f"{account}/{meeting}", wall(ctx))
    except KbError:
        return None
    for claim in ctx.catalogue.whole(row).hypotheses:
        if claim.id == id_:
            return Ended(id_, claim.text, claim.verdict, claim.quote, account, row.date)
    return None


def _similar(ctx: "Context", row: "Listed") -> tuple[Ended, ...]:
    """Return judged hypotheses of other accounts that are near to those of a meeting."""
    claims = [claim.text for claim in ctx.catalogue.whole(row).hypotheses]
    pool = _pool(ctx, row) if claims else []
    best: dict[str, float] = {}
    if not pool:
        return ()
    finder = _finder(ctx, pool)
    for claim in claims:
        for near in finder.neighbours(claim, SIMILAR, account=row.account):
            if near.similarity >= LIKE:
                best[near.id] = max(near.similarity, best.get(near.id, 0.0))
    ranked = sorted(best.items(), key=lambda one: (-one[1], one[0]))[:SIMILAR]
    by_id = {one.id: one for one in pool}
    found = []
    for id_, similarity in ranked:
        one = by_id[id_]
        whole = _claim(ctx, one.account, one.meeting, id_)
        if whole is not None:
            found.append(whole._replace(similarity=similarity))
    return tuple(found)


def _pool(ctx: "Context", row: "Listed") -> "list[Judged]":
    from kb.catalogue.judged import judged

    return ctx.catalogue.rows(lambda db: judged(db, row.begins, POOL))


def _finder(ctx: "Context", pool: "Sequence[Judged]") -> "Finder":
    from kb.insight.finder import Finder
    from kb.insight.notes import Note

    notes = [Note(one.id, one.text, one.account, "") for one in pool]
    masks = [name for one in ctx.catalogue.accounts(ctx.now) for name in (one.account, one.name)]
    return Finder(notes, _encode(ctx), masks=masks)


def _encode(ctx: "Context") -> Any:  # noqa: ANN401 (numpy's types are loaded with numpy)
    """Return what makes vectors of texts, kept in the catalogue; None without the encoder."""
    from kb.catalogue.vectors import vectors
    from kb.insight.encoder import load

    encoder = load()
    if encoder is None:
        return None
    return lambda texts: ctx.catalogue.rows(lambda db: vectors(db, encoder, texts))


def as_json(found: Known) -> dict[str, Any]:
    """Return what is known for the command line."""
    return {
        "earlier": [one._asdict() for one in found.earlier],
        "similar": [one._asdict() for one in found.similar],
    }
