"""Search, and where a link to a line leads."""

from urllib.parse import quote, urlencode

from starlette.responses import Response

from kb.faces.web import render
from kb.faces.web.ask import Ask, go, meeting_path
from kb.faces.web.pages.meeting import anchor
from kb.search.ports import Where
from kb.work import searching

SHOWN = 30
LONGEST = 500
"""The most characters of a question that are looked for."""
KINDS = ("meeting", "hypothesis", "insight", "principle", "play", "manual")
"""The kinds that can be chosen beside the results, in their order."""
PAGES = ("principle", "play", "manual")


def show(ask: Ask) -> Response:
    """Show what was found for the words that were typed, or how to ask."""
    typed = ask.query.get("q", "").strip()[:LONGEST]
    kind = ask.query.get("kind", "")
    kind = kind if kind in searching.kinds() else ""
    ctx = ask.ctx
    answer = None
    if typed:
        answer = searching.search(ctx, typed, Where(kinds=(kind,) if kind else ()), limit=SHOWN)
    accounts = {one.account: one.name for one in ctx.catalogue.accounts(ctx.now, archived=True)}
    return ask.show(
        "search.html.j2",
        here="search",
        typed=typed,
        kind=kind,
        kinds=[one for one in KINDS if one in searching.kinds()],
        answer=answer,
        hits=[_hit(hit, accounts) for hit in answer.hits] if answer else [],
        query_of=lambda q, k="": "/search?" + urlencode({"q": q} | ({"kind": k} if k else {})),
    )


def _hit(hit: searching.Hit, accounts: dict[str, str]) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "account": accounts.get(hit.account or "", hit.account or ""),
        "day": hit.date,
        "title": hit.title,
        "snippet": render.marked(hit.snippet, hit.marks),
        "text": hit.snippet,
        "path": _leads(hit),
    }


def _leads(hit: searching.Hit) -> str:
    """Return where a hit is to be read, "" where there is no page for it."""
    if hit.account is None:
        name = hit.path.rpartition("/")[2].removesuffix(".md")
        return f"/playbook/{quote(name)}" if hit.kind in PAGES else ""
    if hit.id is not None:
        return f"/go/{quote(hit.account)}/{hit.id}"
    return f"{meeting_path(hit.account, hit.date)}#l-{hit.line}" if hit.date else ""


def go_to(ask: Ask) -> Response:
    """Lead to the meeting of a line, at the line."""
    account, id_ = ask.path["account"], ask.path["id"]
    line = ask.ctx.catalogue.line(f"{account}#^{id_}")
    path = meeting_path(line.account, line.meeting.id)
    return go(path) if line.kind == "meeting" else go(path, anchor(line.id, line.line))
