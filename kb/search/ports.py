"""What a search engine is given and gives back; any engine that does this can be chosen."""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple, Protocol

from kb.search.query import Query

ALL = 10_000_000
"""As many entries as there are."""


class Entry(NamedTuple):
    """One thing that can be found: an item of a meeting, a page, a comment.

    `unit` names what it is part of (one meeting as it reads now, one page) and `order` its place
    in there. `text` is its own, `title` the meeting's, topic's or page's, `around` what else may
    name it (the account). `line` counts from the unit's first line (0). `date` is YYYY-MM-DD,
    `status` a page's or "open" / "done" of a TODO; `owners` and `tags` are as written.
    """

    unit: str
    order: int
    kind: str
    id: str | None
    line: int
    title: str
    text: str
    around: str = ""
    account: str | None = None
    date: str | None = None
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    status: str | None = None
    due: str | None = None


class Found(NamedTuple):
    """An entry that an engine found: its `key` there, and what its rank depends on.

    `score` says how well it fits, higher is better. The factor `synonym` is in it; below 1 it says
    that words which were typed are met by other names of them only.
    """

    key: int
    score: float
    kind: str
    status: str | None = None
    date: str | None = None
    synonym: float = 1.0


class Where(NamedTuple):
    """What a hit must be besides fitting the words; empty tuples and None ask for nothing.

    `accounts` are names of accounts; `state` is open, done or overdue (before `today`).
    """

    kinds: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    state: str | None = None
    today: str = ""


class Told(NamedTuple):
    """What entries came and went: (key, title, text) of those `added`, keys of those `gone`.

    When it is the `whole`, all that was told before is void. `mark` says until when it is; as long
    as there are some `left`, they are told under it.
    """

    mark: object
    whole: bool
    added: list[tuple[int, str, str]]
    gone: list[int]
    left: int = 0


class IndexDamaged(Exception):
    """What an engine kept can't be read: it is to be cleared and filled again."""


class EntryGone(Exception):
    """An entry was taken out since it was found: somebody saved meanwhile."""


class SearchEngine(Protocol):
    """Keeps entries by unit and finds them by words.

    `batch` is how many units are best taken in at once. `mark` tells the index from one that was
    filled earlier, from other rows: whoever fills it remembers the mark, and fills it anew when
    it is another.
    """

    batch: int

    @property
    def mark(self) -> str:
        """Return what tells this index from one that was filled earlier."""

    @property
    def version(self) -> Hashable:
        """Return what is another one whenever something else is indexed; it can be a key."""

    def clear(self) -> None:
        """Take everything out; the mark may be another one afterwards."""

    def units(self, start: str = "") -> set[str]:
        """Return the units that are indexed and begin with `start`."""

    def apply(self, added: Iterable[Entry], removed: Iterable[str]) -> None:
        """Take out the units in `removed`, then put in the entries in `added`; all or nothing."""

    def settle(self, *, much: bool) -> None:
        """Tidy up for the sake of speed, outside of a transaction; thoroughly if `much` changed."""

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries that were found under these keys, in that order; or `EntryGone`."""

    def fitting(self, query: Query, where: Where) -> Sequence[int]:
        """Return the keys of all entries that meet all groups and filters, in any order."""

    def facts(self, keys: Sequence[int]) -> dict[int, Found]:
        """Return what the rank of entries depends on, by key; those that went have none."""

    def told(self, mark: object) -> Told:
        """Return which entries came and went since what was told under `mark` (None: nothing was).

        A key is never another entry's as long as it is not told as a whole.
        """

    def tags(self) -> list[str]:
        """Return the tags that entries have, in their compared form."""

    def by_id(self, id_: str) -> list[Entry]:
        """Return the entries that have this id."""

    def near(self, word: str, limit: int) -> list[str]:
        """Return indexed terms that begin like `word`, the most frequent first."""
