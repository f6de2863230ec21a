"""Whether words moved to where they stand now, or always stood there too."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kb.text.outline import parse
from kb.work.tracing_quotes import (
    Spot,
    may_hold,
    places_holding,
    places_with_id,
    shown,
)

if TYPE_CHECKING:
    from kb.text.document import Item, Section
    from kb.work.context import Context
    from kb.work.past import Version


class Then:
    """How it was when the line of a piece of evidence last held its quote.

    The customer's words are often written down twice, in a verdict and below a topic: when the
    line of the evidence is worded otherwise, the other place is no place that they moved to.
    """

    def __init__(self, ctx: "Context", path: str | None, ref: str, quote: str) -> None:
        """Look nothing up yet; `path` is the account's document, `ref` the line's id."""
        self._ctx = ctx
        self._path = path
        self._ref = ref
        self._quote = quote

    @cached_property
    def _last(self) -> "Version | None":
        if self._path is None:
            return None
        return _last_held(self._ctx, self._path, self._ref, self._quote)

    def new(self, spots: Sequence[Spot]) -> list[Spot]:
        """Return those of one document where the quote did not stand then.

        All of them when the history can't tell.
        """
        if self._last is None or not spots:
            return list(spots)
        path = spots[0].path
        own = path == self._path
        version = self._last if own else self._ctx.past.before(path, self._last.at)
        if version is None:
            return list(spots)
        old = set(_outside(self._ctx, version, self._ref if own else None, self._quote))
        return [spot for spot in spots if spot.text not in old]


def former(ctx: "Context", account: str) -> list[str]:
    """Return the paths in the history at which an account's document is or was, by its name."""
    return [
        path
        for path in ctx.past.last_commits()
        if path.startswith("accounts/") and PurePosixPath(path).stem == account
    ]


def _last_held(ctx: "Context", path: str, id_: str, quote: str) -> "Version | None":
    """Return the newest version of a document in which the line of an id holds the quote."""
    for version in reversed(ctx.past.versions(path)):
        data = ctx.past.text(version)
        if may_hold(data, quote) and f"^{id_}".encode() in data:
            document = parse(data, ctx.names)
            if any(quote in shown(data, place.span) for place in places_with_id(document, id_)):
                return version
    return None


def _outside(ctx: "Context", version: "Version", id_: str | None, quote: str) -> Iterator[str]:
    """Yield the lines of a version that hold the quote outside of the line of an id."""
    data = ctx.past.text(version)
    if not may_hold(data, quote):
        return
    document = parse(data, ctx.names)
    own = [place.span for place in places_with_id(document, id_)] if id_ else []

    def outside(place: "Item | Section") -> bool:
        return not any(span.start <= place.span.start < span.stop for span in own)

    for place, _ in places_holding(document, quote):
        if outside(place):
            yield shown(data, place.span)
