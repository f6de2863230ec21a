"""The ladder from insight to principle: proposing one, with evidence that nobody has to type."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from kb.errors import NotFound, WrongUse
from kb.model.principle import Evidence, Page, evidence_lines, read_page
from kb.store.ports import Edit
from kb.text.arrange import set_front
from kb.text.escape import escape, one_line
from kb.text.names import DEFAULT_NAMES
from kb.text.pagename import page_path
from kb.text.pageparts import add_to_part, put_part
from kb.work import ladder_evidence as making
from kb.work.ladder_pages import (
    Written,
    charter,
    checked_title,
    free_name,
    owner_of,
    save,
    template,
)
from kb.work.playbook import Shelf
from kb.work.tracing import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.catalogue.refs import Line
    from kb.work.context import Context

LOOKED_AT_AFTER = timedelta(days=182)
"""A new principle is to be looked at again after half a year."""


def propose(
    ctx: "Context", title: str, words: Sequence[str] = (), *, id_: str | None = None
) -> Written:
    """Make a candidate from insights, hypotheses or a recurring group, as one commit.

    `words` are ids. Lines that had no id get one in the same commit, and insights are noted as
    accepted for the principle. Raises `WrongUse` ("bad-page-title", "bad-page-id",
    "page-exists", "not-evidence", "no-words" and what ids raise), `NotFound`, and what a template
    or the store raises.
    """
    shown = checked_title(title)
    name = free_name(ctx, "principle", shown, id_)
    gathered = making.gather(ctx, words, name)
    evidence = making.evidence_of(ctx, gathered.sources)
    path = page_path("principle", name)
    data = _page(ctx, name, shown, evidence, gathered.insights)

    def fresh(current: bytes | None) -> bytes:
        if current is not None:
            raise WrongUse("page-exists", id=name)
        return data

    changes = [Edit(path, fresh), *_beside(ctx, name, gathered)]
    _tell_of_others(ctx, gathered)
    saved = save(ctx, changes, "did-principle-propose", name, shown)
    return Written(name, path, saved.commit)


def _tell_of_others(ctx: "Context", gathered: making.Gathered) -> None:
    """Hint at principles that rest on some of the same insights already."""
    wanted = {(line.account, line.id) for line, _ in gathered.insights}
    for one in Shelf(ctx).of_kind("principle"):
        both = [id_ for account, id_ in one.page.insights if (account, id_) in wanted]
        if both and one.page.status in ASKED:
            told = {"ids": " ".join(both), "id": one.page.id, "title": one.page.title}
            ctx.hints.append(("insights-taken", dict(told)))


def add_evidence(
    ctx: "Context", word: str, words: Sequence[str], *, against: bool = False
) -> Written:
    """Put more evidence on a principle's page, or more that speaks `against` it.

    Words of a refuted hypothesis that cited the principle always speak against it.

    What the page quotes already is left as it is; `commit` is None when all of it is there. Raises
    `NotFound("no-page")`, and of `propose` what ids raise.
    """
    one = Shelf(ctx).one(word, "principle")
    page = one.page
    gathered = making.gather(ctx, words, page.id, against=against)
    made = making.evidence_of(ctx, gathered.sources)

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=one.path)
        now = read_page(data, one.path, lang=ctx.settings.lang)
        known = {(e.account, e.ref, e.quote) for e in (*now.evidence, *now.counter)}
        for key, side in (("evidence", False), ("counter", True)):
            new = [e for e, against in made if against is side]
            fresh = [e for e in new if (e.account, e.ref, e.quote) not in known]
            lines = [line for e in fresh for line in evidence_lines(e, now.lang, _escaped(e))]
            data = add_to_part(data, key, lines, now.lang) if lines else data
        links = [
            f"- [[{line.account}#^{line.id}]]"
            for line, _ in gathered.insights
            if (line.account, line.id) not in now.insights
        ]
        return add_to_part(data, "insights", links, now.lang) if links else data

    changes = [Edit(one.path, apply), *_beside(ctx, page.id, gathered, page)]
    saved = save(ctx, changes, "did-principle-evidence", page.id, page.title)
    return Written(page.id, one.path, saved.commit)


def _beside(
    ctx: "Context", name: str, gathered: making.Gathered, page: Page | None = None
) -> list[Edit]:
    """Return what is saved with a page: ids of its lines, the decision on its insights."""
    lines = [line for line, _ in gathered.insights]
    givers = making.id_givers(ctx, gathered.sources, lines)
    changes = [Edit(path, partial(_where_there_is, give)) for path, give in givers.items()]
    known = set(page.insights) if page is not None else set()
    new = [one for one in gathered.insights if (one[0].account, one[0].id) not in known]
    if new and ctx.actor.key:
        changes.append(_accepted(ctx, name, new))
    return changes


def _where_there_is(give: "Callable[[bytes], bytes]", current: bytes | None) -> bytes | None:
    return None if current is None else give(current)


def _page(
    ctx: "Context",
    name: str,
    title: str,
    evidence: Iterable[tuple[Evidence, bool]],
    insights: "Iterable[tuple[Line, str]]",
) -> bytes:
    """Return the page out of the team's template, its evidence exactly as it was made."""
    from kb.adapters.templates import render

    lang = ctx.settings.lang
    both = list(evidence)
    support = [one for one, against in both if not against]
    front = {
        "principle": name,
        "title": title,
        "status": "candidate",
        "owner": owner_of(ctx),
        "proposed": ctx.today.isoformat(),
        "verify_by": (ctx.today + LOOKED_AT_AFTER).isoformat(),
    }
    links = [(f"[[{line.account}#^{line.id}]]", text) for line, text in insights]
    values = {
        "id": name,
        "title": title,
        "owner": front["owner"],
        "today": front["proposed"],
        "verify_by": front["verify_by"],
        "mission": charter(ctx, "mission"),
        "evidence": [_for_template(one) for one in support],
        "insights": [{"link": link, "text": text} for link, text in links],
    }
    source = f"templates/{lang}/principle.md.j2"
    text = render(template(ctx, source), values, name=source).strip("\n") + "\n"
    data = text.encode()
    for key, value in front.items():
        data = set_front(data, key, value)
    against = [one for one, is_against in both if is_against]
    path = page_path("principle", name)
    for key, those in (("evidence", support), ("counter", against)):
        if not _same(getattr(read_page(data, path, lang=lang), key), those):
            lines = [line for one in those for line in evidence_lines(one, lang, _escaped(one))]
            data = put_part(data, key, lines, lang)
    if set(read_page(data, path, lang=lang).insights) != {
        (line.account, line.id) for line, _ in insights
    }:
        data = put_part(data, "insights", [f"- {link}" for link, _ in links], lang)
    read = read_page(data, path, lang=lang)
    told = (read.id, read.title, read.status)
    if told != (name, title, "candidate") or not _same(read.evidence, support):
        raise WrongUse("template-page", name=source)
    return data


def _same(read: Iterable[Evidence], made: Iterable[Evidence]) -> bool:
    """Tell whether a page reads back exactly the evidence that was made for it."""
    return [one._replace(line=0) for one in read] == [one._replace(line=0) for one in made]


def _escaped(one: Evidence) -> str:
    return escape(one_line(one.quote), DEFAULT_NAMES, labelled=True)


def _for_template(one: Evidence) -> dict[str, str]:
    return {
        "quote": one.quote,
        "link": f"[[{one.account}#^{one.ref}]]",
        "date": one.date or "",
        "digest": (one.digest or "").removeprefix("item1:"),
        "commit": one.commit or "",
    }


def _accepted(ctx: "Context", name: str, insights: "Iterable[tuple[Line, str]]") -> Edit:
    """Return the change that notes people's decision: these insights made this principle."""
    from kb.text import decisions
    from kb.text.canonical import text_digest

    subjects = tuple(decisions.Subject(line.id, text_digest(text)) for line, text in insights)
    where = decisions.file_of(ctx.now.isoformat())

    def note(current: bytes | None) -> bytes:
        earlier = decisions.parse(current) if current else []
        decision = decisions.Decision(
            at=decisions.stamp(earlier, ctx.now),
            kind="accepted",
            member=owner_of(ctx),
            subjects=subjects,
            page=name,
        )
        return decisions.append(current, decision, ctx.settings.lang)

    return Edit(where, note)
