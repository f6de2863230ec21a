"""Search, and where a link to a line leads."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.responses import Response

from kb.faces.web import render
from kb.faces.web.ask import Ask, go, meeting_path
from kb.faces.web.pages.meeting import anchor
from kb.search.ports import Where
from kb.text.thread import parse_thread
from kb.work import reviews, searching

SHOWN = 30
LONGEST = 500
"""The most characters of a question that are looked for."""
KINDS = ("meeting", "hypothesis", "insight", "principle", "play", "manual")
"""The kinds that can be chosen beside the results, in their order."""
PAGES = ("principle", "play", "manual")
_SIGN = re.compile(r"(?<!\S)(?:#{1,6}|- old:|- (new):)\s+")


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
        hits=[_hit(ask, hit, accounts) for hit in answer.hits] if answer else [],
        query_of=lambda q, k="": "/search?" + urlencode({"q": q} | ({"kind": k} if k else {})),
    )


def _hit(ask: Ask, hit: searching.Hit, accounts: dict[str, str]) -> dict[str, object]:
    text, marks = unsigned(hit.snippet, hit.marks)
    return {
        "kind": hit.kind,
        "account": accounts.get(hit.account or "", hit.account or ""),
        "day": hit.date,
        "title": hit.title,
        "snippet": render.marked(text, marks),
        "text": text,
        "path": _review(ask, hit) if hit.kind == "review" else _leads(hit),
    }


def unsigned(
    text: str, marks: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a stretch of a document without the signs of its layout, and its marks moved along.

    Of a suggestion an arrow stands between the old words and the new.
    """
    shown, at = "", 0
    moved = list(marks)
    for sign in _SIGN.finditer(text):
        instead = "→ " if sign[1] else ""
        cut = len(sign[0]) - len(instead)
        moved = [
            (now[0] - cut * (was[0] >= sign.end()), now[1] - cut * (was[1] >= sign.end()))
            for was, now in zip(marks, moved, strict=True)
        ]
        shown += text[at : sign.start()] + instead
        at = sign.end()
    return shown + text[at:], tuple(moved)


def _review(ask: Ask, hit: searching.Hit) -> str:
    """Return where a review is to be read, at the event that was found; "" when it is gone."""
    found = ask.ctx.store.read(hit.path)
    if found is None:
        return ""
    review = reviews.Review(ask.ctx, hit.path, parse_thread(found.data))
    return f"/reviews/{quote(review.id)}" + (f"#{quote(hit.id)}" if hit.id else "")


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
