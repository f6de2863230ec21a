"""Search, and where a link to a line leads."""

import re

from starlette.responses import HTMLResponse, Response

from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import meanings, results
from kb.faces.web.pages.meeting import anchor
from kb.faces.web.paths import meeting_path
from kb.faces.web.searcher import Question
from kb.work import searching

LONGEST = 500
"""The most characters of a question that are looked for."""
_ACCOUNT = re.compile(r"[\w-]{1,64}")


def _wanted(ask: Ask) -> results.Wanted:
    kind, account, since = (ask.query.get(name, "") for name in ("kind", "account", "since"))
    return results.Wanted(
        ask.query.get("q", "").strip()[:LONGEST],
        kind if kind in searching.kinds() else "",
        account if _ACCOUNT.fullmatch(account) else "",
        since if since in results.SINCE else "",
        plain=ask.query.get("meaning") == "0",
        quick=ask.query.get("quick") == "1",
        more=ask.query.get("more") == "1",
    )


def show(ask: Ask) -> Response:
    """Show what was found for the words that were typed, or how to ask."""
    asked = _wanted(ask)
    ctx = ask.ctx
    searcher = ask.site.searcher
    whole = bool(asked.q) and not (asked.plain or asked.quick)
    prepared = not asked.q or meanings.words_ready(ask.site, ctx)
    meaning = whole and prepared and meanings.ready(ask.site)
    soon = not prepared or (whole and not meaning and searching.knows_meanings())
    page = results.Page(asked, ctx.lang, soon, *ask.frame())
    if not (asked.q and prepared):
        if prepared and searcher is not None:
            searcher.begin(page)
        return HTMLResponse(results.made(ctx, page, None))
    limit = results.MORE if asked.more else results.SHOWN
    question = Question(asked.q, asked.where(ctx.today), limit, meaning, asked.quick)
    made = None
    if searcher is not None and searcher.makes_pages:
        made = searcher.page(ctx, question, page)
        ctx.elsewhere = None  # it was asked
    if made is None:
        if meaning and searcher is not None and searcher.hangs():  # words for now; it ends soon
            question, page = question._replace(meaning=False), page._replace(soon=True)
        answer = searching.search(
            *(ctx, question.text, question.where),
            limit=limit,
            meaning=question.meaning,
            typing=question.typing,
        )
        made = results.made(ctx, page, answer)
        if searcher is not None and not ctx.catalogue.in_memory:
            searcher.begin(page)
    return HTMLResponse(made)


def go_to(ask: Ask) -> Response:
    """Lead to the meeting of a line, at the line."""
    account, id_ = ask.path["account"], ask.path["id"]
    line = ask.ctx.catalogue.line(f"{account}#^{id_}")
    path = meeting_path(line.account, line.meeting.id)
    return go(path) if line.kind == "meeting" else go(path, anchor(line.id, line.line))
