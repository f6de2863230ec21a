"""What the customer sees on the projector: made from `SafeMeeting` and nothing else."""

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import HTMLResponse, Response

from kb.faces.web import again
from kb.faces.web.ask import Ask
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.words import Words
from kb.work import meetings, sharing
from kb.work.sharing_words import Polite

if TYPE_CHECKING:
    from kb.work.sharing import Shared


_polite = cache(Polite)


class Clock(NamedTuple):
    """The time of the page and the end of the meeting, in seconds of the day."""

    now: int
    end: int


def show(ask: Ask) -> Response:
    """Show the customer's view, in the language of the customer's document."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    now = meetings.wall(ask.ctx)
    clock = _clock(found, now)
    values = {
        "polite": _polite(found.lang),
        "safe": found.safe,
        "at": sharing.at_topic(found, now),
        "end": clock.end if clock else None,
        "live": ask.site.live.digest(found.safe),
    }
    late = {"now": clock.now if clock else 0}
    return HTMLResponse(
        again.page("projected.html.j2", Words(found.lang), values, late, again=True)
    )


def _clock(found: "Shared", now: datetime) -> Clock | None:
    """Return what the clock counts by, while a meeting with a time goes on."""
    if found.safe.start is None or found.safe.cancelled or not found.begins <= now < found.ends:
        return None
    midnight = datetime.fromisoformat(now.date().isoformat())
    second = timedelta(seconds=1)
    return Clock((now - midnight) // second, (found.ends - midnight) // second)
