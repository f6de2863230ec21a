"""Whether words moved to where they stand now, or always stood there too."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kb.text.ids import normal
from kb.text.outline import parse
from kb.work.tracing_quotes import (
    Documents,
    Spot,
    may_hold,
    places_holding,
    places_with_id,
    shown,
)

if TYPE_CHECKING:
    from kb.model.principle import Evidence
    from kb.text.document import Item, Section
    from kb.work.context import Context
    from kb.work.past import Version


def arrived(
    ctx: "Context", documents: Documents, found: "Evidence", spots: Sequence[Spot]
) -> list[Spot]:
    """Return the spots where a quote did not stand yet when its own line last held it.

    The customer's words are often written down twice, in a verdict and below a topic: when the
    line of the evidence is worded otherwise, the other place is no place that they moved to. All
    spots are returned when the history can't tell.
    """
    quote = normal(found.quote)
    path = documents.path(found.account)
    last = _last_held(ctx, path, found.ref, quote) if path else None
    if path is None or last is None:
        return list(spots)
    old = {(path, text) for text in _outside(ctx, last, found.ref, quote)}
    for other in {spot.path for spot in spots} - {path}:
        version = ctx.past.before(other, last.at)
        if version is not None:
            old |= {(other, text) for text in _outside(ctx, version, None, quote)}
    return [spot for spot in spots if (spot.path, spot.text) not in old]


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
