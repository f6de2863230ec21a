"""People judge: which insights are one lesson, which are not, and what became of them.

Every judgement is one event and one commit; the insights that it names get their ids written.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.store.ports import Edit
from kb.text import decisions as events
from kb.text.decisions import Decision
from kb.work import insights as noticed
from kb.work.insights import Insight
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.store.ports import Change
    from kb.text.outline import Document
    from kb.work.context import Context


class Judged(NamedTuple):
    """A judgement that was written: its event's id, kind, insights, principles, file, commit.

    `id` and `commit` are None when people had said so already and nothing was changed.
    """

    id: str | None
    kind: str
    insights: tuple[str, ...]
    principles: tuple[str, ...]
    path: str | None
    commit: str | None


def judge(ctx: "Context", kind: str, words: Sequence[str], why: str | None = None) -> Judged:
    """Write that insights are the "same" lesson, "different" ones, or "dismissed" as one.

    `words` are ids of insights, or groups as `kb insight recurring` names them. The first is
    *different* from all others. Raises `WrongUse` ("insights-too-few", "insight-twice",
    "why-missing", "insights-two-principles", and what `noticed.find` raises) and `NotFound`
    ("no-group", "no-id").
    """
    refuse_nul(why)
    if kind == "dismissed" and not visible(why or ""):
        raise WrongUse("why-missing")
    everything = noticed.all_of(ctx)
    chosen = [_expanded(ctx, word, everything) for word in words]
    if kind == "different":  # from the rest of the group that it stands in
        chosen[1:] = [_without(part, chosen[0]) for part in chosen[1:]]
    insights = [one for part in chosen for one in part]
    _distinct(insights, words)
    decided = noticed.decided(ctx, everything)
    ids = [one.id for one in insights]
    principles = sorted({page for one in ids if (page := decided.principle_of([one]))})
    if kind == "dismissed" and principles:
        ctx.hints.append(("insight-has-principle", {"principle": principles[0]}))
    if kind == "same" and len(principles) > 1:
        raise WrongUse("insights-two-principles", principles=" ".join(principles))
    first = len(chosen[0]) if kind == "different" else len(insights)
    if kind == "same":
        known = all(one in decided.together(ids[0]) for one in ids)
        known = known and not any(pair <= set(ids) for pair in decided.reworded)
    elif kind == "different":
        pairs = [(a, b) for a in ids[:first] for b in ids[first:]]
        known = all(decided.apart(*pair) and decided.judged(*pair) for pair in pairs)
    else:
        known = any(one.insights == set(ids) for one in decided.dismissals)
        known = known and decided.silent([{one.id: one.account for one in insights}]) == [True]
    if known:
        return Judged(None, kind, tuple(ids), (), None, None)
    subjects = tuple(one.subject for one in insights)
    decision = Decision(
        at=ctx.now,
        kind=kind,
        member=_member(ctx),
        subjects=subjects[:first],
        others=subjects[first:],
        why=(why or "").strip(),
    )
    return _save(ctx, decision, insights)


def absorb(ctx: "Context", source: str, into: str) -> Judged:
    """Let the insights of principle (or group) `source` count for the principle `into`.

    Raises `NotFound` ("no-such-principle", "no-group") and `WrongUse("absorb-itself")`.
    """
    pages = noticed.principles(ctx)
    _principle(into, pages)
    everything = noticed.all_of(ctx)
    decided = noticed.decided(ctx, everything)
    if source.startswith("g-"):
        insights = _expanded(ctx, source, everything)
        decision = Decision(
            at=ctx.now,
            kind="accepted",
            member=_member(ctx),
            subjects=tuple(one.subject for one in insights),
            page=into,
        )
        return _save(ctx, decision, insights)
    _principle(source, pages)
    if source == into:
        raise WrongUse("absorb-itself", principle=into)
    if decided.absorbed.get(source) == into:
        return Judged(None, "absorbed", (), (source, into), None, None)
    decision = Decision(at=ctx.now, kind="absorbed", member=_member(ctx), page=source, into=into)
    return _save(ctx, decision, ())


def _expanded(ctx: "Context", word: str, among: Sequence[Insight]) -> list[Insight]:
    """Return the insights that a word names: one by its id, or all of a group."""
    if word.startswith("g-"):
        from kb.work.insights_finding import resolve_group

        return list(resolve_group(ctx, word))
    return [noticed.find(ctx, word, among)]


def _without(group: list[Insight], some: Sequence[Insight]) -> list[Insight]:
    """Return a group less some of its members; what is no group stays, to be refused."""
    return [one for one in group if one not in some] if len(group) > 1 else group


def _distinct(insights: Sequence[Insight], words: Sequence[str]) -> None:
    """Refuse fewer than two insights, and one that is named twice."""
    ids = [one.id for one in insights]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise WrongUse("insight-twice", id=twice)
    if len(ids) < 2:
        raise WrongUse("insights-too-few", given=" ".join(words))


def _principle(name: str, pages: Iterable[str]) -> None:
    known = sorted(pages)
    if name not in known:
        raise NotFound("no-such-principle", id=name, known=" ".join(known))


def _member(ctx: "Context") -> str:
    """Return the name by which the one who acts stands in a thread."""
    key = ctx.actor.key or ctx.actor.email.partition("@")[0]
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in key)[:64] or "-"


# Writing


def _save(ctx: "Context", decision: Decision, insights: Sequence[Insight]) -> Judged:
    changes, path, made = _changes(ctx, decision, insights)
    pages = tuple(page for page in (decision.page, decision.into) if page)
    ids = tuple(one.id for one in insights)
    message = say(f"did-insight-{decision.kind}", ctx.settings.lang, ids=" ".join((*ids, *pages)))[
        0
    ]
    saved = ctx.store.save(changes, actor=ctx.actor, message=message, when=ctx.now)
    ctx.tell(path, saved)
    id_ = events.identified(made[-1]).id
    return Judged(id_, decision.kind, ids, pages, path, saved.commit)


def _changes(
    ctx: "Context", decision: Decision, insights: Sequence[Insight]
) -> "tuple[list[Change], str, list[Decision]]":
    """Return the changes that write a decision, its file, and (when saved) how it was written."""
    there = dict(noticed.files(ctx))
    earlier = {path: events.parse(data) for path, data in there.items()}
    at = events.stamp((one for some in earlier.values() for one in some), decision.at)
    path = events.file_of(at.isoformat())
    others = [one for name, some in earlier.items() if name != path for one in some]
    made: list[Decision] = []

    def apply(data: bytes | None) -> bytes:
        here = events.parse(data) if data else []
        when = events.stamp([*others, *here], decision.at)
        made.append(decision._replace(at=when))
        return events.append(data, made[-1], ctx.settings.lang)

    changes: list[Change] = [Edit(path, apply)]
    nameless: dict[str, list[Insight]] = {}
    for one in insights:
        if not one.given:
            nameless.setdefault(one.path, []).append(one)
    changes += [_naming(ctx, path, some) for path, some in nameless.items()]
    return changes, path, made


def _naming(ctx: "Context", path: str, insights: Sequence[Insight]) -> Edit:
    """Return the change that writes the ids of insights that have none yet."""

    def apply(data: bytes | None) -> bytes:
        from kb.work.places import read_document

        if data is None:
            raise NotFound("no-file", path=path)
        document = read_document(ctx, data, path)
        for one in insights:
            document = _named(document, one)
        return document.data

    return Edit(path, apply)


def _named(document: "Document", insight: Insight) -> "Document":
    """Return the document with the insight's id written at its line, wherever that is now."""
    from kb.model.reading import Reader
    from kb.text.change import give_id
    from kb.text.find import by_id, item_at

    if by_id(document, insight.id) is not None:
        return document
    reader = Reader(
        document.data,
        document.names,
        account=insight.account,
        path=insight.path,
        members=(),
        people={},
    )
    for meeting in document.meetings:
        if meeting.date == insight.date:
            for one in reader.read(meeting).insights:
                if one.id == insight.id:
                    return give_id(document, item_at(document, one.line), insight.id)
    raise NotFound("no-id", id=insight.id)
