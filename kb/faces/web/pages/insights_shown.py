"""Insights as pages show them: whose, from where, and why several may be one lesson."""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from kb.faces.web import render
from kb.faces.web.people import names_of
from kb.work.insights_finding import ACCOUNTS, AUTHORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from kb.faces.web.ask import Ask
    from kb.work.insights import Insight
    from kb.work.insights_finding import Group


class Card(NamedTuple):
    """One insight: its words with what it shares marked, its source, and where it is read."""

    id: str
    text: str
    html: "Markup"
    account: str
    author: str
    date: str
    path: str
    near: str
    joined: bool = False


class Term(NamedTuple):
    """A word that a group shares: so many of its insights have it as it is written here."""

    word: str
    times: int


class Shown(NamedTuple):
    """A group: `head` is its newest insight, `rest` the others; `missing` says what it lacks."""

    id: str
    strong: bool
    state: str
    ids: str
    head: Card
    rest: tuple[Card, ...]
    accounts: int
    authors: int
    size: int
    first: str
    why: str
    terms: tuple[Term, ...]
    similarity: str
    principle: str
    principle_title: str
    missing: str


class Telling:
    """Tells of insights in the words of one page."""

    def __init__(self, ask: "Ask") -> None:
        """Read the names that stand beside insights."""
        ctx = ask.ctx
        self._ask = ask
        self._names = names_of(ctx, {})
        self.accounts = {
            one.account: one.name for one in ctx.catalogue.accounts(ctx.now, archived=True)
        }
        self._pages = {name: page.title for name, page in ctx.catalogue.pages().items()}

    def card(self, one: "Insight", terms: "Sequence[str]" = (), *, joined: bool = False) -> Card:
        """Return one insight, with `terms` marked in it."""
        bare = one.id.rpartition("^")[2]
        return Card(
            id=one.id,
            text=one.text,
            html=render.marked(one.text, _spans(one.text, terms)),
            account=self.accounts.get(one.account, one.account),
            author=self._names.get(one.author, one.author),
            date=self._ask.words.short(one.date, self._ask.ctx.today) if one.date else "",
            path=f"/go/{quote(one.account)}/{quote(bare)}",
            near=f"/insights/{quote(one.id, safe='')}",
            joined=joined,
        )

    def group(self, found: "Group") -> Shown:
        """Return a group, its newest insight first."""
        cards = [
            self.card(one, found.terms, joined=one.id in found.joined)
            for one in reversed(found.members)
        ]
        texts = [one.text.casefold() for one in found.members]
        terms = [Term(word, sum(word.casefold() in text for text in texts)) for word in found.terms]
        first = next((one.date for one in found.members if one.date), "")
        principle = found.principle or ""
        return Shown(
            id=found.id,
            strong=found.strength == "strong",
            state=found.state,
            ids=" ".join(one.id for one in found.members),
            head=cards[0],
            rest=tuple(cards[1:]),
            accounts=found.accounts,
            authors=found.authors,
            size=len(cards),
            first=self._ask.words.short(first, self._ask.ctx.today) if first else "",
            why=self._why(found),
            terms=tuple(one for one in terms if one.times),
            similarity=f"{found.similarity:.2f}",
            principle=principle,
            principle_title=self.title(principle),
            missing=self._missing(found),
        )

    def title(self, principle: str) -> str:
        """Return the title of a principle."""
        return self._pages.get(principle) or principle

    def _why(self, found: "Group") -> str:
        words = self._ask.words
        if found.principle:
            code = "page-insight-why-joined" if found.joined else "page-insight-why-principle"
            return words(code, count=len(found.joined))
        if found.linked:
            return words("page-insight-why-linked")
        near = "wording" if found.strength == "strong" else "near"
        return words(f"page-insight-why-{near}", accounts=found.accounts)

    def _missing(self, found: "Group") -> str:
        """Return what a group lacks to be proposed, "" when it lacks nothing."""
        words = self._ask.words
        lacks = []
        if found.accounts < ACCOUNTS:
            lacks.append(words("page-insight-more-accounts", count=ACCOUNTS - found.accounts))
        if found.authors < AUTHORS:
            lacks.append(words("page-insight-more-people", count=AUTHORS - found.authors))
        return words("web-list-mark").join(lacks)


def _spans(text: str, terms: "Sequence[str]") -> list[tuple[int, int]]:
    """Return where the terms stand in a text, the longer one where two overlap."""
    low = text.casefold()
    if len(low) != len(text):
        return []
    found: list[tuple[int, int]] = []
    for word in sorted({term.casefold() for term in terms if term}, key=len, reverse=True):
        at = low.find(word)
        while at >= 0:
            span = (at, at + len(word))
            if all(span[1] <= start or stop <= span[0] for start, stop in found):
                found.append(span)
            at = low.find(word, span[1])
    return sorted(found)
