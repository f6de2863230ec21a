"""What a search found, as its page: made by the process that searched, or by the server."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, quote_plus

from markupsafe import Markup

from kb.faces.web import render
from kb.faces.web.again import page
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.words import Words
from kb.search.ports import Where
from kb.search.words import in_katakana
from kb.text.thread import parse_thread
from kb.work import reviews, searching

if TYPE_CHECKING:
    from kb.work.context import Context

SHOWN, MORE = 20, 100
"""How many results are shown, and how many when more are wanted."""
KINDS = ("meeting", "hypothesis", "insight", "principle", "play", "manual")
"""The kinds that can be chosen beside the results, in their order."""
PAGES = ("principle", "play", "manual")
SINCE = {"30": 30, "365": 365}
"""How many days back can be chosen beside the results."""
FEW = 6
"""How many accounts can be chosen beside the results."""
_quoted = lru_cache(maxsize=256)(quote_plus)
"""A value as an address has it: a page asks for the same ones in each of its links."""
_SIGN = re.compile(r"(?<!\S)(?:#{1,6}|- old:|- (new):)(?:\s+|(?=…?$))")


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
        return "/search?" + "&".join(f"{k}={_quoted(value)}" for k, value in said.items() if value)

    def where(self, today: date) -> Where:
        """Return what was chosen as the search understands it."""
        days = SINCE.get(self.since)
        return Where(
            kinds=(self.kind,) if self.kind else (),
            accounts=(self.account,) if self.account else (),
            since=(today - timedelta(days=days)).isoformat() if days else None,
        )


class Page(NamedTuple):
    """A page of results before anything was found, for whoever makes it.

    `soon` tells that meaning is being prepared. `around` is what stands around each page, `late`
    what of that differs with each look.
    """

    asked: Wanted
    lang: str
    soon: bool
    around: Mapping[str, object]
    late: Mapping[str, object]


class Shown(NamedTuple):
    """A hit as the page shows it; `path` is where it is to be read, "" where no page has it."""

    kind: str
    account: str
    day: str | None
    title: str
    snippet: Markup
    text: str
    path: str


def made(ctx: "Context", wanted: Page, answer: searching.Answer | None) -> bytes:
    """Return the page of an answer in UTF-8; without one it tells how to ask."""
    asked = wanted.asked
    hits = answer.hits if answer else ()
    keys = [hit.account for hit in hits if hit.account]
    names = searching.account_names(ctx, {*keys, asked.account} - {""})
    values = {
        "here": "search",
        "asked": asked,
        "kinds": [one for one in KINDS if one in searching.kinds()],
        "accounts": [(key, names.get(key, key)) for key in _beside(keys, asked.account)],
        "spans": list(SINCE),
        "answer": answer,
        "also": _also(answer) if answer else [],
        "soon": wanted.soon,
        "near": bool(answer and answer.meaning) and not any(map(_by_words, hits)),
        "hits": [_hit(ctx, hit, names) for hit in hits],
    }
    words = Words(wanted.lang)
    return page("search.html.j2", words, {**wanted.around, **values}, wanted.late, again=False)


def _by_words(hit: searching.Hit) -> bool:
    """Tell whether a hit was found by its words, not by its meaning alone."""
    return any(name == "words" and factor > 0 for name, factor in hit.why)


def _beside(keys: Sequence[str], chosen: str) -> list[str]:
    """Return the accounts that can be chosen: the one that is, else the first ones found."""
    return [chosen] if chosen else list(dict.fromkeys(keys))[:FEW]


def _also(answer: searching.Answer) -> list[tuple[str, list[str]]]:
    """Return the words that were typed with the other names that were looked for, too."""
    said = []
    for part in answer.understood.split(" · "):
        typed, *others = (word.strip('"') for word in part.split(" OR "))
        if others := [word for word in others if word != in_katakana(typed)]:
            said.append((typed, others))
    return said


def _hit(ctx: "Context", hit: searching.Hit, accounts: dict[str, str]) -> Shown:
    text, marks = unsigned(hit.snippet, hit.marks)
    return Shown(
        kind=hit.kind,
        account=accounts.get(hit.account or "", hit.account or ""),
        day=hit.date,
        title=hit.title,
        snippet=render.marked(text, marks),
        text=text,
        path=_review(ctx, hit) if hit.kind == "review" else _leads(hit),
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


def _review(ctx: "Context", hit: searching.Hit) -> str:
    """Return where a review is to be read, at the event that was found; "" when it is gone."""
    found = ctx.store.read(hit.path)
    if found is None:
        return ""
    review = reviews.Review(ctx, hit.path, parse_thread(found.data))
    return f"/reviews/{quote(review.id)}" + (f"#{quote(hit.id)}" if hit.id else "")


def _leads(hit: searching.Hit) -> str:
    """Return where a hit is to be read, "" where there is no page for it.

    What stands at the head of an account's document has no day: it is read on the account's page.
    """
    if hit.account is None:
        name = hit.path.rpartition("/")[2].removesuffix(".md")
        return f"/playbook/{quote(name)}" if hit.kind in PAGES else ""
    if hit.id is not None:
        return f"/go/{quote(hit.account)}/{hit.id}"
    if not hit.date:
        return account_path(hit.account)
    return f"{meeting_path(hit.account, hit.date)}#l-{hit.line}"
