"""The links of a meeting as its members see them: who made each, until when, when it was opened."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kb.faces.web.ask import Ask
    from kb.work.sharing import Shared


class Given(NamedTuple):
    """A link that was made just now: its address, which is told once, and its last day."""

    address: str
    until: str


class Row(NamedTuple):
    """One link: `over` says why it opens no more, `ended` since when."""

    id: str
    open: bool
    made: str
    by: str
    until: str
    opened: str
    over: str
    ended: str


def links_of(ask: "Ask", found: "Shared") -> list[Row]:
    """Return the links of a meeting, those that open first."""
    assert ask.site.guests is not None
    ask.site.guests.follow(ask.ctx, found.account, found.id)
    links = ask.site.guests.links
    members = ask.ctx.settings.members
    rows = []
    for link in links.of(found.account, found.id):
        member = members.get(link.by_whom)
        withdrawn = link.withdrawn is not None
        rows.append(
            Row(
                id=link.id,
                open=links.opens(link),
                made=moment(ask, link.made),
                by=member.name if member else link.by_whom,
                until=moment(ask, link.until),
                opened=moment(ask, link.opened) if link.opened is not None else "",
                over="web-guest-withdrawn" if withdrawn else "web-guest-over",
                ended=moment(ask, link.withdrawn or link.until),
            )
        )
    return sorted(rows, key=lambda row: not row.open)


def moment(ask: "Ask", seconds: float) -> str:
    """Return a moment as the team's clock shows it."""
    at = datetime.fromtimestamp(seconds, ask.ctx.settings.tz)
    return f"{ask.words.short(at.date().isoformat(), ask.ctx.today)} {at:%H:%M}"
