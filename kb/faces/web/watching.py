"""What an open page is made of, so that one can hear of its changes.

The customer's view is made of `SafeMeeting` alone: what happens inside does not show in it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kb.faces.web.events import Watched
from kb.work import meetings, sharing

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.faces.web.site import Site
    from kb.model.meeting import Meeting
    from kb.work.context import Context

REVIEWS = ("pre", "post")
"""The kinds of reviews that a meeting's page shows."""


def meeting_watched(site: "Site", ctx: "Context", row: "Listed") -> Watched:
    """Return what the page of a meeting is made of."""
    threads = [f"reviews/{row.id}-{kind}.md" for kind in REVIEWS]
    paths = tuple(ctx.root / path for path in (row.path, *threads))
    ref = f"{row.account}/{row.id}"

    def shown() -> object:
        return _within(site, lambda ctx: meeting_shown(ctx, *meetings.find(ctx, ref)))

    return Watched(("meeting", ref), row.id, paths, shown)


def meeting_shown(ctx: "Context", row: "Listed", meeting: "Meeting") -> object:
    """Return all that the page of a meeting shows, as data."""
    threads = (ctx.store.read(f"reviews/{row.id}-{kind}.md") for kind in REVIEWS)
    return meeting, [one.blob if one else None for one in threads]


def safe_watched(site: "Site", ctx: "Context", row: "Listed") -> Watched:
    """Return what the customer's view of a meeting is made of; nothing internal gets in."""
    ref = f"{row.account}/{row.id}"

    def shown() -> object:
        return _within(site, lambda ctx: sharing.shared(ctx, ref).safe)

    return Watched(("projected", ref), row.id, (ctx.root / row.path,), shown)


def _within(site: "Site", ask: "Callable[[Context], object]") -> object:
    """Return an answer out of a context of its own, in the thread that wants it."""
    ctx = site.open()
    try:
        return ask(ctx)
    finally:
        ctx.close()
