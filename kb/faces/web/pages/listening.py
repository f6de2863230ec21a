"""Streams that an open page may hear: of a meeting, its customer's view, an account's document."""

from collections.abc import Callable, Hashable

from starlette.responses import Response

from kb.faces.web.ask import Ask
from kb.faces.web.events import Stream, Watched
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.watching import meeting_watched, safe_watched
from kb.work import accounts, meetings


def of_meeting(ask: Ask) -> Response:
    """Tell of every change of a meeting's page."""
    row, _ = meetings.find(ask.ctx, ref_of(ask))
    return listen(ask, meeting_watched(ask.site, ask.ctx, row))


def of_projected(ask: Ask) -> Response:
    """Tell of every change of what the customer sees of a meeting."""
    row, _ = meetings.find(ask.ctx, ref_of(ask))
    return listen(ask, safe_watched(ask.site, ask.ctx, row))


def of_account(ask: Ask) -> Response:
    """Tell of every change of an account's document."""
    one = accounts.one(ask.ctx, ask.path["account"])
    path = ask.ctx.root / one.path
    watched = Watched(("account", one.path), one.account, (path,), path.read_bytes)
    return listen(ask, watched)


def listen(
    ask: Ask,
    watched: Watched,
    whose: Hashable = None,
    alive: Callable[[], bool] | None = None,
) -> Response:
    """Answer with the stream about what is `watched`.

    It is the session's own unless said otherwise, and ends with it.
    """
    site, session = ask.site, ask.session

    def inside() -> bool:
        return session is not None and site.doors.lasts(session)

    return Stream(site.live, watched, whose or session, alive or inside)
