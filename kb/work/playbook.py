"""The playbook as a shelf: its pages in three layers, what each rests on, and who cites it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import citing
from kb.errors import NotFound, WrongUse
from kb.model.principle import LAYERS, Page, read_page
from kb.remembered import Remembered

if TYPE_CHECKING:
    from kb.catalogue.citing import Cited, Placed
    from kb.work.context import Context

UNPROVEN = "unproven"
"""The badge of a principle or a play that no meeting speaks for."""
ENOUGH = 20
"""Below so many verdicts no rate is shown."""


class Shelved(NamedTuple):
    """A page and the path of its file."""

    page: Page
    path: str


class Base(NamedTuple):
    """What a page rests on: how many meetings, accounts and CSMs its evidence comes from."""

    meetings: int
    accounts: tuple[str, ...]
    csms: tuple[str, ...]


class Counts(NamedTuple):
    """How the hypotheses that cite a page ended; `waiting` have no verdict yet."""

    held: int = 0
    failed: int = 0
    mixed: int = 0
    untested: int = 0
    waiting: int = 0


_read: Remembered[Page] = Remembered(1_000)
"""Pages as they were read last."""


def _page(data: bytes, path: str, lang: str) -> Page:
    """Return a page as `read_page` reads it."""
    key = (data, path, lang)
    found = _read.get(key)
    return _read.put(key, read_page(data, path, lang=lang)) if found is None else found


class Shelf:
    """All pages of the playbook, read once, with what the documents say to them."""

    def __init__(self, ctx: "Context") -> None:
        """Read nothing yet."""
        self._ctx = ctx

    @cached_property
    def every(self) -> tuple[Shelved, ...]:
        """All pages in order of paths, also those whose id another one has."""
        from kb.work import places

        found = []
        for path in self._ctx.catalogue.rows(citing.page_files):
            try:
                data = (self._ctx.root / path).read_bytes()
            except OSError:
                continue
            if not data.strip():  # an editor emptied it: what was saved last stands
                data = places.text_of(self._ctx, path) or data
            found.append(Shelved(_page(data, path, self._ctx.settings.lang), path))
        return tuple(found)

    @cached_property
    def pages(self) -> dict[str, Shelved]:
        """The pages by id, in order of ids; of two with one id the first by path."""
        found: dict[str, Shelved] = {}
        for one in self.every:
            found.setdefault(one.page.id, one)
        return dict(sorted(found.items()))

    def of_kind(self, kind: str) -> list[Shelved]:
        """Return the pages of one layer."""
        return [one for one in self.pages.values() if one.page.kind == kind]

    def one(self, word: str, *kinds: str) -> Shelved:
        """Return the page that `word` names.

        Raises `NotFound("no-page")` with pages of like names, and `WrongUse("other-layer")` when
        it is not of one of `kinds`.
        """
        name = word.strip().removeprefix("[[").removesuffix("]]").removesuffix(".md").strip()
        found = self.pages.get(name)
        if found is None:
            from difflib import get_close_matches

            own = [one.page.id for one in self.pages.values() if one.page.kind in kinds]
            near = get_close_matches(name, own, n=3, cutoff=0.5) or own[:3]
            raise NotFound("no-page", id=word, near=", ".join(near) or "—")
        if found.page.kind not in kinds:
            raise WrongUse("other-layer", id=name, kind=found.page.kind, title=found.page.title)
        return found

    @cached_property
    def reviewed(self) -> frozenset[str]:
        """The pages whose adoption was ever put up for review."""
        from kb.work.reviews import every

        return frozenset(one.of for one in every(self._ctx) if one.kind == "adoption")

    def before_reviews(self, page: Page) -> bool:
        """Tell whether a principle was adopted with no review of it in the store."""
        given_up = page.status == "superseded" and page.adopted is not None
        return (page.status == "adopted" or given_up) and page.id not in self.reviewed

    @cached_property
    def cited(self) -> "tuple[Cited, ...]":
        """The hypotheses that cite anything, the oldest first."""
        return tuple(self._ctx.catalogue.rows(citing.cited))

    @cached_property
    def _citing(self) -> "dict[str, list[Cited]]":
        found: dict[str, list[Cited]] = {}
        for one in self.cited:
            for ref in dict.fromkeys(one.refs):
                found.setdefault(ref, []).append(one)
        return found

    def citing(self, page: str) -> "list[Cited]":
        """Return the hypotheses that cite a page, the oldest first."""
        return self._citing.get(page, [])

    def counts(self, page: str) -> Counts:
        """Return how the hypotheses that cite a page ended."""
        return counted(self.citing(page))

    @cached_property
    def _places(self) -> "Mapping[str, list[Placed]]":
        wanted = {
            id_ for one in self.pages.values() for _, id_ in (*_sources(one.page), *_links(one))
        }
        return self._ctx.catalogue.rows(lambda db: citing.placed(db, sorted(wanted)))

    def place(self, account: str, id_: str) -> "Placed | None":
        """Return where a line that a page points at stands today, by the lists alone."""
        there = self._places.get(id_, [])
        return next((one for one in there if one.account == account), None)

    def base(self, page: Page) -> Base:
        """Return what a page rests on.

        A principle rests on its evidence and its insights, a play besides on its principle and on
        hypotheses that cited it and were judged.
        """
        found = [self.place(*one) for one in _sources(page)]
        meetings = {(one.account, one.meeting) for one in found if one}
        accounts = {one.account for one in found if one}
        csms = {one.csm for one in found if one and one.csm}
        if page.kind != "principle":
            judged = [one for one in self.citing(page.id) if one.verdict is not None]
            meetings |= {(one.account, one.meeting) for one in judged}
            accounts |= {one.account for one in judged}
            above = self.pages.get(page.principle or "")
            if above is not None and above.page.kind == "principle":
                base = self.base(above.page)
                accounts |= set(base.accounts)
                csms |= set(base.csms)
                return Base(len(meetings) + base.meetings, _sorted(accounts), _sorted(csms))
        return Base(len(meetings), _sorted(accounts), _sorted(csms))

    def badge(self, page: Page) -> str | None:
        """Return "unproven" for a principle or a play that rests on no meeting."""
        return UNPROVEN if page.kind in LAYERS[:2] and not self.base(page).meetings else None


def counted(cited: "Iterable[Cited]") -> Counts:
    """Return how hypotheses ended."""
    keys = {"supported": 0, "refuted": 1, "mixed": 2, "untested": 3, None: 4}
    numbers = [0, 0, 0, 0, 0]
    for one in cited:
        numbers[keys.get(one.verdict, 4)] += 1
    return Counts(*numbers)


def by_segment(cited: "Iterable[Cited]") -> dict[str, Counts]:
    """Return the same for each segment of accounts; "" for those that say none."""
    found: dict[str, list[Cited]] = {}
    for one in cited:
        found.setdefault(one.segment or "", []).append(one)
    return {segment: counted(those) for segment, those in sorted(found.items())}


def rate(counts: Counts) -> dict[str, object] | None:
    """Return how often it held of all that held or failed; None below twenty."""
    of = counts.held + counts.failed
    return (
        {"n": counts.held, "of": of, "rate": round(counts.held / of, 3)} if of >= ENOUGH else None
    )


def _sources(page: Page) -> list[tuple[str, str]]:
    return [*((one.account, one.ref) for one in page.evidence), *page.insights]


def _links(one: Shelved) -> list[tuple[str, str]]:
    pairs = (link.target.partition("#^") for link in one.page.links)
    return [(account, id_) for account, mark, id_ in pairs if mark]


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
