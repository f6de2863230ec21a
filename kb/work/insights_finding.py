"""The machine finds: insights that may hold one lesson, and groups of them; people judge.

Vectors come from the catalogue, which keeps those that were made; where no encoder is installed
the finder goes by the letters alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.text.ids import short
from kb.work import insights as noticed
from kb.work.insights import Insight
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.config import Member
    from kb.insight.finder import Finder
    from kb.insight.notes import Group as Found
    from kb.insight.notes import Links
    from kb.model.recurrence import Decided
    from kb.work.context import Context

_SPARE = 12
"""So many more neighbours are looked at for a question, as some were answered already."""
_LIKE_ID = re.compile(r"(?:\[\[)?(?:[^\s#]+#)?\^?[a-z]-[0-9a-z]{6}(?:\]\])?")
_NAME = re.compile(r"[^\W\d_]{3}|[^\W\d_\x00-\x7f]{2}")
ACCOUNTS = 3
AUTHORS = 2
"""How many accounts and how many people a lesson takes to be proposed."""
Progress = Callable[[int, int], None]
Encode = Callable[[Sequence[str]], Any]
"""Makes vectors of texts, one row each (numpy is loaded when it runs)."""


class Near(NamedTuple):
    """An insight that may hold the same lesson, and how alike the two are (0 to 1)."""

    insight: Insight
    similarity: float


class Group(NamedTuple):
    """Insights that may hold one lesson.

    `state` is "principle" (it has one, named by `principle`), "dismissed" or "new"; `joined` are
    the members that came after people accepted the principle. `linked` tells whether people put
    some of the members together. `terms` and `similarity` (0 to 1) are why.
    """

    id: str
    strength: str
    members: tuple[Insight, ...]
    accounts: int
    authors: int
    terms: tuple[str, ...]
    similarity: float
    linked: bool
    state: str
    principle: str | None
    joined: tuple[str, ...]

    @property
    def recurs(self) -> bool:
        """Tell whether enough accounts and people noticed it for a proposal."""
        return self.accounts >= ACCOUNTS and self.authors >= AUTHORS


class Recurring(NamedTuple):
    """All groups, the firmest first, over so many insights; `decided` is what people said."""

    groups: tuple[Group, ...]
    considered: int
    decided: "Decided"

    @property
    def ungrouped(self) -> int:
        """Return how many insights are in no group."""
        return self.considered - sum(len(group.members) for group in self.groups)


class Pool:
    """Insights, ready to be compared: those of the store, or those of a file."""

    def __init__(
        self,
        insights: Sequence[Insight],
        decided: "Decided",
        encode: Encode | None,
        masks: Iterable[str],
        author: Callable[[Insight], str] | None = None,
    ) -> None:
        """Take the insights and what is decided about them; `author` tells who wrote one."""
        self.insights = {one.id: one for one in insights}
        self.decided = decided
        self._encode = encode
        self._masks = tuple(masks)
        self._author = author

    def neighbours(self, limit: int, ids: Iterable[str] | None = None) -> dict[str, list[Near]]:
        """Return for each insight (of `ids`) the nearest of other accounts, best first.

        Those that people called another lesson are left out.
        """
        wanted = self.insights if ids is None else ids
        return {name: near[:limit] for name, near in self._nearest(limit, wanted, self._apart)}

    def questions(self, ids: Iterable[str], limit: int) -> dict[str, list[Near]]:
        """Return for each of `ids` the nearest of other accounts that nobody was asked about."""
        return {name: near[:limit] for name, near in self._nearest(limit, ids, self.decided.judged)}

    def similar(self, text: str, limit: int) -> list[Near]:
        """Return the insights nearest to a text that is none itself, of all accounts."""
        return self._near(self._finder().neighbours(text, limit))

    def _nearest(
        self, limit: int, ids: Iterable[str], hidden: Callable[[str, str], bool]
    ) -> Iterator[tuple[str, list[Near]]]:
        finder = self._finder()
        spare = _SPARE if self.decided.groups or self.decided.different else 0
        for name in ids:
            near = self._near(finder.neighbours(name, limit + spare))
            yield name, [one for one in near if not hidden(name, one.insight.id)]

    def _apart(self, one: str, other: str) -> bool:
        asked_anew = frozenset((one, other)) in self.decided.reworded
        return not asked_anew and self.decided.apart(one, other)

    def recurring(self) -> Recurring:
        """Return all groups: those of principles first, then by strength and size."""
        from kb.insight.notes import Links

        decided = self.decided
        finder = self._finder(Links(decided.same, decided.different, decided.anchors))
        groups = [self._group(one) for one in finder.groups(every=True) if len(one.members) > 1]
        silent = self.decided.silent([{m.id: m.account for m in one.members} for one in groups])
        told = (
            one._replace(state="dismissed") if quiet and one.state == "new" else one
            for one, quiet in zip(groups, silent, strict=True)
        )
        return Recurring(tuple(told), len(self.insights), self.decided)

    def _group(self, found: "Found") -> Group:
        wrote = {name: self._wrote(self.insights[name]) for name in found.members}
        members = [self.insights[name]._replace(author=wrote[name]) for name in found.members]
        members.sort(key=lambda one: (one.date, one.account, one.id))
        accounts = {one.id: one.account for one in members}
        principle = self.decided.principle_of(accounts)
        accepted = self.decided.accepted.get(principle, frozenset()) if principle else frozenset()
        return Group(
            id=name_of(accounts),
            strength=found.strength,
            members=tuple(members),
            accounts=len(set(accounts.values())),
            authors=len(set(wrote.values()) - {""}),
            terms=tuple(found.terms),
            similarity=found.similarity,
            linked=any(pair <= accounts.keys() for pair in self.decided.same),
            state="principle" if principle else "new",
            principle=principle,
            joined=tuple(one.id for one in members if principle and one.id not in accepted),
        )

    def _wrote(self, one: Insight) -> str:
        return self._author(one) if self._author is not None else one.author

    def _near(self, found: Iterable[Any]) -> list[Near]:
        return [Near(self.insights[one.id], one.similarity) for one in found]

    def _finder(self, links: "Links | None" = None) -> "Finder":
        from kb.insight.finder import Finder
        from kb.insight.notes import NONE, Note

        notes = [
            Note(one.id, one.text, one.account, one.author, one.lang)
            for one in self.insights.values()
        ]
        return Finder(notes, self._encode, masks=self._masks, links=links or NONE)


def pool(ctx: "Context", progress: Progress | None = None) -> Pool:
    """Return the insights of the store with what people decided about them."""
    insights = noticed.all_of(ctx)
    decided = noticed.decided(ctx, insights)
    authors = noticed.Authors(ctx)
    return Pool(insights, decided, encoder(ctx, progress), masks(ctx, insights), authors.of)


def similar(ctx: "Context", what: str, limit: int, progress: Progress | None = None) -> list[Near]:
    """Return the insights nearest to an insight (by its id; other accounts only) or to a text.

    Raises `WrongUse("text-empty")` and what `kb.work.insights.find` raises.
    """
    refuse_nul(what)
    if not visible(what):
        raise WrongUse("text-empty")
    found = pool(ctx, progress)
    if _LIKE_ID.fullmatch(what.strip()):
        one = noticed.find(ctx, what, list(found.insights.values()))
        return found.neighbours(limit, [one.id])[one.id]
    return found.similar(what, limit)


def name_of(members: Iterable[str]) -> str:
    """Return the name of a group: it is derived from its members, so another group has another."""
    return f"g-{short(' '.join(sorted(members)))}"


def resolve_group(ctx: "Context", name: str) -> tuple[Insight, ...]:
    """Return the members of the group of that name as it is today.

    Raises `NotFound("no-group")`: also when its members changed since it was shown.
    """
    for group in pool(ctx).recurring().groups:
        if group.id == name:
            return group.members
    raise NotFound("no-group", id=name)


def encoder(ctx: "Context | None", progress: Progress | None = None) -> Encode | None:
    """Return what makes vectors of texts, with those that are kept; None without an encoder."""
    from kb.insight import encoder as sentences

    found = sentences.load()
    if found is None or ctx is None:
        return None if found is None else found.encode
    from kb.catalogue.vectors import vectors

    catalogue = ctx.catalogue

    def encode(texts: Sequence[str]) -> object:
        return catalogue.rows(lambda db: vectors(db, found, texts, progress))

    return encode


# Names say nothing of a lesson


def masks(ctx: "Context", insights: Iterable[Insight]) -> tuple[str, ...]:
    """Return the names that are no part of a lesson: accounts, people, members, the product."""
    from kb.model.people import read_people
    from kb.text import frontmatter

    names = {one.account: one.name for one in ctx.catalogue.accounts(ctx.now, archived=True)}
    found = {*names, *names.values()}
    for path in sorted({one.path for one in insights}):
        text = ctx.store.read(path)
        people = read_people(frontmatter.read(text.data)) if text else {}
        found |= {word for one in people.values() for word in (one.key, one.name)}
    found |= {word for one in ctx.settings.members.values() for word in _words_of(one)}
    team: Mapping[str, Any] = ctx.settings.raw.get("team", {})  # type: ignore[assignment]
    found |= {str(team.get("product", "")), *team.get("features", ())}
    return speaking(found)


def speaking(words: Iterable[str]) -> tuple[str, ...]:
    """Return those words that can be a name in a text: no numbers, no two letters of Latin."""
    bare = {word.strip() for word in words}
    return tuple(sorted(one for one in bare if _NAME.search(one)))


def _words_of(member: "Member") -> Iterable[str]:
    return (member.key, member.name, *member.name.split())
