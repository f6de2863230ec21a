"""Looking for a quote in the documents as they are: in the line of an id, else anywhere."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import citing
from kb.text import frontmatter
from kb.text.canonical import item_digest
from kb.text.document import Item, Section
from kb.text.escape import plain
from kb.text.ids import normal
from kb.text.lines import Span, decode
from kb.text.pagecomments import without_comments
from kb.work.places import LARGEST, read_document

if TYPE_CHECKING:
    from kb.text.outline import Document
    from kb.work.context import Context

_LONGEST_RUN = re.compile(r"[^\s\\`*_<>\[\]]+")


COMMON = 50
"""Documents with the same words that are looked at for where a quote may have moved to."""


class Spot(NamedTuple):
    """A line with all that is nested in it: its id if one is written, its text, its digest."""

    account: str
    path: str
    line: int
    id: str | None
    text: str
    digest: str | None


class Documents:
    """The accounts' documents as they stand in the work tree, each read at most once."""

    def __init__(self, ctx: "Context") -> None:
        """Read nothing yet."""
        self._ctx = ctx
        self._read: dict[str, bytes] = {}
        self._parsed: dict[str, Document] = {}

    @cached_property
    def _files(self) -> list[tuple[str, str, str | None, str | None]]:
        return self._ctx.catalogue.rows(citing.account_files)

    def path(self, account: str) -> str | None:
        """Return the path of an account's document, or None."""
        return next((path for name, path, *_ in self._files if name == account), None)

    def csm(self, account: str) -> str | None:
        """Return who looks after an account, or None."""
        return next((csm for name, _, csm, _ in self._files if name == account), None)

    def with_id(self, account: str, id_: str) -> list[Spot]:
        """Return the lines of an account that bear an id; a derived id counts as borne."""
        return [
            spot
            for name, path, *_ in self._files
            if name == account
            for spot in self._bearing(name, path, id_)
        ]

    def anywhere(self, id_: str) -> list[Spot]:
        """Return the lines that bear an id, whichever account they stand in."""
        placed = self._ctx.catalogue.rows(lambda db: citing.placed(db, [id_]))[id_]
        there = {one.path for one in placed}
        return [
            spot
            for name, path, *_ in self._files
            if path in there
            for spot in self._bearing(name, path, id_)
        ]

    def elsewhere(self, quote: str, account: str) -> Iterator[list[Spot]]:
        """Yield where the exact quote stands now, document by document, its own account first.

        In each a line of its own with an id comes first. Of words that everybody says only the
        first fifty documents are looked at.
        """
        files = sorted(self._files, key=lambda file: (file[0] != account, file[1]))
        holding = ((name, path) for name, path, *_ in files if self._may_hold(path, quote))
        for name, path in islice(holding, COMMON):
            found = list(self._holding(name, path, quote))
            if found:
                yield sorted(found, key=lambda spot: spot.id is None)

    def _data(self, path: str) -> bytes:
        if path not in self._read:
            try:
                data = (self._ctx.root / path).read_bytes()
            except OSError:
                data = b""
            self._read[path] = data if len(data) <= LARGEST else b""  # kb touches none such
        return self._read[path]

    def _document(self, path: str) -> "Document":
        if path not in self._parsed:
            self._parsed[path] = read_document(self._ctx, self._data(path), path)
        return self._parsed[path]

    def _may_hold(self, path: str, quote: str) -> bool:
        return may_hold(self._data(path), quote)

    def _bearing(self, account: str, path: str, id_: str) -> Iterator[Spot]:
        document = self._document(path)
        if f"^{id_}".encode() in document.data:
            for place in places_with_id(document, id_):
                yield self._spot(account, path, place, id_)
            return
        for one in self._ctx.catalogue.rows(lambda db: citing.placed(db, [id_]))[id_]:
            if one.path == path and not one.given:
                line = self._ctx.catalogue.line(f"{account}#^{id_}").line
                for item in self._items(document):
                    if item.line == line:
                        yield self._spot(account, path, item, id_)

    def _items(self, document: "Document") -> Iterator[Item]:
        for index in range(len(document.chunks)):
            yield from document.section(index).all_items()

    def _holding(self, account: str, path: str, quote: str) -> Iterator[Spot]:
        """Yield the innermost lines that hold the quote, as items with what is nested in them."""
        for place, id_ in places_holding(self._document(path), quote):
            yield self._spot(account, path, place, id_)

    def _spot(self, account: str, path: str, place: Item | Section, id_: str | None) -> Spot:
        data = self._document(path).data
        digest = item_digest(data, place) if isinstance(place, Item) else None
        return Spot(account, path, place.line, id_, shown(data, place.span), digest)


def places_with_id(document: "Document", id_: str) -> Iterator[Item | Section]:
    """Yield the items and headings that bear an id."""
    mark = f"^{id_}".encode()
    for index, chunk in enumerate(document.chunks):
        if mark in document.data[chunk.span.start : chunk.span.stop]:
            root = document.section(index)
            yield from (section for section in root.walk() if id_ in section.ids)
            yield from (item for item in root.all_items() if id_ in item.ids)


def places_holding(document: "Document", quote: str) -> Iterator[tuple[Item | Section, str | None]]:
    """Yield the innermost lines that hold a quote, each with the nearest id around it."""
    for index, chunk in enumerate(document.chunks):
        if quote not in shown(document.data, chunk.span):
            continue
        root = document.section(index)
        inner = list(_innermost(document.data, root, quote))
        if inner:
            yield from inner
        else:
            yield root, root.ids[0] if root.ids else None


def _innermost(data: bytes, root: Section, quote: str) -> Iterator[tuple[Item, str | None]]:
    """Yield (item, the nearest id around it) for each item that holds the quote by itself."""
    for section in root.walk():
        above = section.ids[0] if section.ids else None
        for item in section.items:
            yield from _inside(data, item, quote, above)


def _inside(
    data: bytes, item: Item, quote: str, above: str | None
) -> Iterator[tuple[Item, str | None]]:
    if quote not in shown(data, item.span):
        return
    id_ = item.ids[0] if item.ids else above
    deeper = [found for child in item.children for found in _inside(data, child, quote, id_)]
    yield from deeper or [(item, id_)]


def account_of(data: bytes, path: str) -> str:
    """Return the account whose document these bytes are: as its front says, else by its name."""
    named = frontmatter.read(data).get("account")
    return (named.strip() if isinstance(named, str) else "") or PurePosixPath(path).stem


def shown(data: bytes, span: Span) -> str:
    """Return a stretch of a document as its reader sees it, on one line: no comments, escapes."""
    return normal(plain(without_comments(decode(data[span.start : span.stop]))))


def may_hold(data: bytes, quote: str) -> bool:
    """Tell whether bytes can hold a quote, before they are looked at closely: its longest word."""
    runs = _LONGEST_RUN.findall(quote)
    return not runs or max(runs, key=len).encode("utf-8", "surrogateescape") in data


def holds(data: bytes, quote: str) -> bool:
    """Tell whether a whole document holds a quote."""
    return bool(quote) and may_hold(data, quote) and quote in shown(data, Span(0, len(data)))
