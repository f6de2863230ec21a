"""A line that is sent twice is written once: the key that it came with stands in its commit.

A browser that got no answer sends again, maybe to a server that was started anew and remembers
nothing. The commit does.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.work.context import Context

KEY = re.compile(r"[0-9a-f]{32}")
"""What a key looks like: 128 bits that nobody else has drawn."""
TRAILER = "Kb-Once"
BACK = 200
"""How many changes of the document are looked through, from the newest."""


def trailers(ctx: "Context") -> list[tuple[str, str]]:
    """Return what the commit of a line bears that came with a key."""
    return [(TRAILER, ctx.once)] if ctx.once else []


def written_before(ctx: "Context", ref: str, key: str) -> bool:
    """Tell whether a line that came with this key stands in the document's history already."""
    from kb.work.places import target

    where = target(ctx, ref)
    return any(
        (TRAILER, key) in revision.trailers for revision in ctx.store.history(where.path, BACK)
    )
