"""What people decided about insights, folded: which belong together, which never do.

The fold is a function of the set of decisions, so it gives the same whatever way two clones
merged them. It goes from the newest decision to the oldest: an older one that contradicts what
stands already is overruled, and listed. What the pages of principles say of themselves counts as
older than every decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.text.decisions import Decision, Subject

Pairs = frozenset[frozenset[str]]


class Dismissal(NamedTuple):
    """Insights that are not to be proposed as one lesson until `until` new accounts join them."""

    insights: frozenset[str]
    until: int
    decision: Decision


class Contradiction(NamedTuple):
    """A decision that a newer one overrules, and the insights (or principles) both are about."""

    older: Decision
    newer: Decision
    about: tuple[str, ...]


class Decided(NamedTuple):
    """All decisions, folded.

    `groups` has for each insight those that it belongs with, itself included, if there are any;
    `same` says it in pairs (n - 1 for n insights). `different` are pairs that never meet.
    `anchors` are the insights of each principle, by its page, those included that *same* linked
    to them; `accepted` only those that the page or an acceptance names. `absorbed` says which
    principle took another one's insights over. `reworded` are judged pairs of which one says
    something else by now: ask anew.
    """

    groups: Mapping[str, frozenset[str]] = {}
    same: Pairs = frozenset()
    different: Pairs = frozenset()
    anchors: Mapping[str, frozenset[str]] = {}
    accepted: Mapping[str, frozenset[str]] = {}
    dismissals: tuple[Dismissal, ...] = ()
    absorbed: Mapping[str, str] = {}
    contradictions: tuple[Contradiction, ...] = ()
    reworded: Pairs = frozenset()

    def together(self, insight: str) -> frozenset[str]:
        """Return the insights that people put together with this one, itself included."""
        return self.groups.get(insight) or frozenset((insight,))

    def apart(self, one: str, other: str) -> bool:
        """Tell whether people said that two insights are different lessons."""
        mine, theirs = self.together(one), self.together(other)
        return any(frozenset((a, b)) in self.different for a in mine for b in theirs)

    def judged(self, one: str, other: str) -> bool:
        """Tell whether people answered already whether two insights are the same lesson."""
        if frozenset((one, other)) in self.reworded:
            return False
        return other in self.together(one) or self.apart(one, other)

    def principle_of(self, members: Iterable[str]) -> str | None:
        """Return the principle that a group belongs to, by most of its members, or None."""
        inside = frozenset(members)
        counts = [(len(inside & ids), page) for page, ids in sorted(self.anchors.items())]
        count, page = max(counts, key=lambda one: one[0], default=(0, ""))
        return page if count else None

    def silent(self, groups: Sequence[Mapping[str, str]]) -> list[bool]:
        """Tell of each group whether it is dismissed; a group is its members with accounts.

        It stays so while half of its members were dismissed together and fewer than `until`
        accounts joined since. Where the dismissed insights lie in several groups by now, these
        count as one: nobody is asked again because a group fell apart.
        """
        found = [False] * len(groups)
        for one in self.dismissals:
            near = [n for n, group in enumerate(groups) if one.insights & group.keys()]
            whole = {name: account for n in near for name, account in groups[n].items()}
            for n in near:
                found[n] |= _silences(one, whole) or _silences(one, groups[n])
        return found


def _silences(one: Dismissal, accounts: Mapping[str, str]) -> bool:
    old = one.insights & accounts.keys()
    known = {accounts[insight] for insight in old}
    joined = {accounts[insight] for insight in accounts.keys() - old} - known
    return 2 * len(old) >= len(accounts) and len(joined) < one.until


def fold(
    decisions: Iterable[Decision],
    digests: Mapping[str, str],
    pages: Mapping[str, Sequence[str]],
    aliases: Mapping[str, str] | None = None,
) -> Decided:
    """Fold the decisions; `digests` are today's insights by id, with the digest of their wording.

    `pages` are the principles that there are, with the insights that each names as its own;
    `aliases` lead from a line's further ids to its first. Insights that are no more still hold
    others together, but stand in nothing that is returned.
    """
    known = aliases or {}
    unique = {(one.at, one.id, line): one for one in decisions for line in [repr(one)]}
    newest_first = [unique[key] for key in sorted(unique, reverse=True)]
    work = _Fold(digests, pages)
    for one in newest_first:
        if one.kind == "absorbed":
            work.absorb(one)
    for one in newest_first:
        work.take(_named(one, known))
    for page, insights in sorted(pages.items()):
        work.accept(page, [known.get(insight, insight) for insight in insights], None)
    return work.result()


def _named(decision: Decision, aliases: Mapping[str, str]) -> Decision:
    """Return a decision with every insight called by its first id."""

    def first(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
        return tuple(one._replace(id=aliases.get(one.id, one.id)) for one in subjects)

    return decision._replace(subjects=first(decision.subjects), others=first(decision.others))


@dataclass(eq=False, slots=True)
class _Group:
    """Insights that belong together so far, and the principle that they belong to."""

    members: set[str] = field(default_factory=set)
    page: str | None = None


class _Fold:
    """Takes decisions from the newest to the oldest; what stands is never taken back."""

    def __init__(self, digests: Mapping[str, str], pages: Mapping[str, Sequence[str]]) -> None:
        self.digests = digests
        self.pages = pages
        self.group: dict[str, _Group] = {}
        self.of_page: dict[str, _Group] = {}
        self.links: dict[str, list[tuple[str, Decision]]] = {}
        self.forbidden: dict[frozenset[str], Decision] = {}
        self.barred: dict[str, set[str]] = {}
        self.accepted: dict[str, set[str]] = {}
        self.absorbing: dict[str, Decision] = {}
        self.dismissals: list[Dismissal] = []
        self.contradictions: list[Contradiction] = []
        self.answered: dict[frozenset[str], bool] = {}

    def take(self, one: Decision) -> None:
        """Take one decision about insights."""
        ids = [subject.id for subject in one.subjects]
        if one.kind == "same":
            self._answer(one.subjects, one.subjects)
            self._join(ids, one)
        elif one.kind == "different":
            first, rest = one.subjects, one.others
            if not rest:
                first, rest = one.subjects[:1], one.subjects[1:]
            self._answer(first, rest)
            for pair in ((a.id, b.id) for a in first for b in rest):
                self._part(*pair, one)
        elif one.kind == "accepted" and one.page is not None:
            self.accept(one.page, ids, one)
        elif one.kind == "dismissed":
            now = (s.id for s in one.subjects if self.digests.get(s.id) == s.digest)
            self.dismissals.append(Dismissal(frozenset(now), one.until, one))

    def absorb(self, one: Decision) -> None:
        """Let a principle's insights count for another one; a newer word on either stands."""
        assert one.page is not None
        assert one.into is not None
        newer = self.absorbing.get(one.page)
        if one.into not in self.pages or (newer is not None and newer.into == one.into):
            return
        if newer is None and self._end(one.into) == one.page:
            newer = self.absorbing.get(one.into)
            if newer is None:
                return  # into itself
        if newer is not None:
            self.contradictions.append(Contradiction(one, newer, (one.page, one.into)))
            return
        self.absorbing[one.page] = one

    def accept(self, page: str, ids: Sequence[str], by: Decision | None) -> None:
        """Put insights together as those of a principle."""
        name = self._end(page)
        if name not in self.pages:
            self._join(ids, by)
            return
        group = self.of_page.setdefault(name, _Group(page=name))
        self._join(ids, by, group)
        kept = (one for one in ids if one in group.members)
        self.accepted.setdefault(name, set()).update(kept)

    def result(self) -> Decided:
        """Return what stands, about insights that are there."""
        today = self.digests.keys()
        groups: dict[str, frozenset[str]] = {}
        same: set[frozenset[str]] = set()
        for group in {id(one): one for one in self.group.values()}.values():
            here = frozenset(group.members & today)
            if len(here) > 1:
                groups |= dict.fromkeys(here, here)
                first = min(here)
                same |= {frozenset((first, other)) for other in here if other != first}
        anchors = {
            page: frozenset(group.members & today)
            for page, group in sorted(self.of_page.items())
            if group.members & today
        }
        return Decided(
            groups=groups,
            same=frozenset(same),
            different=frozenset(pair for pair in self.forbidden if pair <= today),
            anchors=anchors,
            accepted={page: ids & self.accepted[page] for page, ids in anchors.items()},
            dismissals=tuple(self.dismissals),
            absorbed={page: self._end(page) for page in sorted(self.absorbing)},
            contradictions=tuple(self.contradictions),
            reworded=frozenset(pair for pair, stale in self.answered.items() if stale),
        )

    def _join(self, ids: Sequence[str], by: Decision | None, group: _Group | None = None) -> None:
        """Put insights together, those first that the fewest others of them must not meet."""
        wanted = list(dict.fromkeys(ids))
        clashes = {a: len(self.barred.get(a, set()).intersection(wanted)) for a in wanted}
        for insight in sorted(wanted, key=lambda one: (clashes[one], wanted.index(one))):
            mine = self.group.setdefault(insight, _Group({insight}))
            if group is None:
                group = mine
            if mine is group:
                continue
            clash = self._clash(mine, group)
            if clash is not None:
                if by is not None:
                    about = tuple(sorted(clash))
                    self.contradictions.append(Contradiction(by, self.forbidden[clash], about))
            elif mine.page is None or group.page is None:  # else both principles rest on it
                self._unite(group, mine, insight, by)
                group = self.group[insight]

    def _unite(self, group: _Group, more: _Group, insight: str, by: Decision | None) -> None:
        """Make one group of two; the one that is a principle's stays itself."""
        if by is not None and group.members:
            other = min(group.members)
            self.links.setdefault(insight, []).append((other, by))
            self.links.setdefault(other, []).append((insight, by))
        if more.page is not None:
            group, more = more, group
        group.members |= more.members
        for one in more.members:
            self.group[one] = group

    def _part(self, one: str, other: str, by: Decision) -> None:
        """Keep two insights apart, unless something newer put them together."""
        pair = frozenset((one, other))
        if len(pair) < 2 or pair in self.forbidden:
            return
        if one in self.group and self.group[one] is self.group.get(other):
            newer = self._newest_between(one, other)
            self.contradictions.append(Contradiction(by, newer, tuple(sorted(pair))))
            return
        self.forbidden[pair] = by
        self.barred.setdefault(one, set()).add(other)
        self.barred.setdefault(other, set()).add(one)

    def _answer(self, first: Sequence[Subject], rest: Sequence[Subject]) -> None:
        """Note of each pair whether its newest answer is about the wording of today."""
        for a in first:
            for b in rest:
                if a.id != b.id:
                    stale = any(self.digests.get(s.id, s.digest) != s.digest for s in (a, b))
                    self.answered.setdefault(frozenset((a.id, b.id)), stale)

    def _clash(self, one: _Group, other: _Group) -> frozenset[str] | None:
        """Return a pair of two groups that must not meet: of several the newest decision's."""
        found = [
            frozenset((a, b))
            for a in one.members
            for b in self.barred.get(a, set()) & other.members
        ]
        return max(found, key=lambda pair: (self.forbidden[pair].at, sorted(pair)), default=None)

    def _newest_between(self, one: str, other: str) -> Decision:
        """Return the newest of the decisions that put two insights together."""
        came: dict[str, tuple[str, Decision]] = {}
        waiting = [one]
        for at in waiting:
            for to, by in self.links.get(at, ()):
                if to not in came and to != one:
                    came[to] = (at, by)
                    waiting.append(to)
        way: list[Decision] = []
        at = other
        while at != one:
            at, by = came[at]
            way.append(by)
        return max(way, key=lambda by: (by.at, by.id))

    def _end(self, page: str) -> str:
        """Return the principle that stands for `page` today."""
        while page in self.absorbing:
            page = str(self.absorbing[page].into)
        return page
