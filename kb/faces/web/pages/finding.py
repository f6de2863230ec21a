"""Search, and where a link to a line leads."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.responses import Response

from kb.faces.web import render
from kb.faces.web.ask import Ask, go, meeting_path
from kb.faces.web.pages import meanings
from kb.faces.web.pages.meeting import anchor
from kb.search.ports import Where
from kb.text.thread import parse_thread
from kb.work import reviews, searching

SHOWN, MORE = 20, 100
"""How many results are shown, and how many when more are wanted."""
LONGEST = 500
"""The most characters of a question that are looked for."""
KINDS = ("meeting", "hypothesis", "insight", "principle", "play", "manual")
"""The kinds that can be chosen beside the results, in their order."""
PAGES = ("principle", "play", "manual")
SINCE = {"30": 30, "365": 365}
"""How many days back can be chosen beside the results."""
FEW = 6
"""How many accounts can be chosen beside the results."""
_SIGN = re.compile(r"(?<!\S)(?:#{1,6}|- old:|- (new):)(?:\s+|(?=…?$))")
_ACCOUNT = re.compile(r"[\w-]{1,64}")


class Wanted(NamedTuple):
    """What was asked for: the words, what was chosen beside them, and how it is looked for.

    `plain` wants words alone, `quick` wants them for now, while somebody types; `more` wants more
    results than are shown at first.
    """

    q: str
    kind: str = ""
    account: str = ""
    since: str = ""
    plain: bool = False
    quick: bool = False
    more: bool = False

    def path(self, **other: object) -> str:
        """Return where the same is asked, or with something chosen otherwise."""
        asked = self._replace(**{"more": False, **other})  # type: ignore[arg-type]
        said = {"q": asked.q, "kind": asked.kind, "account": asked.account, "since": asked.since}
        said |= {"meaning": "0" if asked.plain else "", "more": "1" if asked.more else ""}
        return "/search?" + urlencode({name: value for name, value in said.items() if value})

    def where(self, today: date) -> Where:
        """Return what was chosen as the search understands it."""
        days = SINCE.get(self.since)
        return Where(
            kinds=(self.kind,) if self.kind else (),
            accounts=(self.account,) if self.account else (),
            since=(today - timedelta(days=days)).isoformat() if days else None,
        )


class Shown(NamedTuple):
    """A hit as the page shows it; `path` is where it is to be read, "" where no page has it."""

    kind: str
    account: str
    day: str | None
    title: str
    snippet: Markup
    text: str
    path: str


def _wanted(ask: Ask) -> Wanted:
    kind, account, since = (ask.query.get(name, "") for name in ("kind", "account", "since"))
    return Wanted(
        ask.query.get("q", "").strip()[:LONGEST],
        kind if kind in searching.kinds() else "",
        account if _ACCOUNT.fullmatch(account) else "",
        since if since in SINCE else "",
        plain=ask.query.get("meaning") == "0",
        quick=ask.query.get("quick") == "1",
        more=ask.query.get("more") == "1",
    )


def show(ask: Ask) -> Response:
    """Show what was found for the words that were typed, or how to ask."""
    asked = _wanted(ask)
    ctx = ask.ctx
    answer = None
    whole = bool(asked.q) and not (asked.plain or asked.quick)
    prepared = not asked.q or meanings.words_ready(ask.site, ctx)
    meaning = whole and prepared and meanings.ready(ask.site)
    if asked.q and prepared:
        answer = searching.search(
            *(ctx, asked.q, asked.where(ctx.today)),
            limit=MORE if asked.more else SHOWN,
            meaning=meaning,
            typing=asked.quick,
        )
    elif prepared and ask.site.searcher is not None:
        ask.site.searcher.begin()
    hits = answer.hits if answer else ()
    keys = [hit.account for hit in hits if hit.account]
    names = searching.account_names(ctx, {*keys, asked.account} - {""})
    return ask.show(
        "search.html.j2",
        here="search",
        asked=asked,
        kinds=[one for one in KINDS if one in searching.kinds()],
        accounts=[(key, names.get(key, key)) for key in _beside(keys, asked.account)],
        spans=list(SINCE),
        answer=answer,
        also=_also(answer) if answer else [],
        soon=not prepared or (whole and not meaning and searching.knows_meanings()),
        hits=[_hit(ask, hit, names) for hit in hits],
    )


def _beside(keys: Sequence[str], chosen: str) -> list[str]:
    """Return the accounts that can be chosen: the one that is, else the first ones found."""
    return [chosen] if chosen else list(dict.fromkeys(keys))[:FEW]


def _also(answer: searching.Answer) -> list[tuple[str, list[str]]]:
    """Return the words that were typed with the other names that were looked for, too."""
    groups = [part.split(" OR ") for part in answer.understood.split(" · ")]
    return [
        (words[0].strip('"'), [w.strip('"') for w in words[1:]]) for words in groups if words[1:]
    ]


def _hit(ask: Ask, hit: searching.Hit, accounts: dict[str, str]) -> Shown:
    text, marks = unsigned(hit.snippet, hit.marks)
    return Shown(
        kind=hit.kind,
        account=accounts.get(hit.account or "", hit.account or ""),
        day=hit.date,
        title=hit.title,
        snippet=render.marked(text, marks),
        text=text,
        path=_review(ask, hit) if hit.kind == "review" else _leads(hit),
    )


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
