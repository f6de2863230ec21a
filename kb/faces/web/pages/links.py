"""Links for guests: made for what was seen just before, and withdrawn at once."""

from starlette.responses import Response

from kb.errors import KbError, NotAllowed, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.pages import sharing as pages
from kb.faces.web.pages.links_shown import Given, moment
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.paths import meeting_path
from kb.work import meetings, sharing


def make(ask: Ask) -> Response:
    """Make a link and show its address, this once."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    try:
        door = _door(ask)
        if ask.typed("seen") != sharing.digest(found.safe):
            raise WrongUse("web-guest-changed")
        typed = ask.typed("days")
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 4):
            raise WrongUse("guest-days", days=typed)
        id_ = sharing.pinned(ask.ctx, ref_of(ask))
        by = ask.member or (ask.session.name if ask.session else "")
        made = door.links.make(found.account, id_, by, int(typed))
    except KbError as error:
        return pages.page(ask, found, error=error)
    given = Given(door.address(made.secret), moment(ask, made.link.until))
    return pages.page(ask, found, made=given)


def withdraw(ask: Ask) -> Response:
    """Let a link open no more."""
    row, _ = meetings.find(ask.ctx, ref_of(ask))
    door = _door(ask)
    door.follow(ask.ctx, row.account, row.id)
    door.links.withdraw(ask.path["link"], row.account, row.id)
    return go(f"{meeting_path(row.account, row.id)}/share", "links")


def _door(ask: Ask) -> GuestDoor:
    if ask.site.guests is None:
        raise NotAllowed("web-guest-closed")
    return ask.site.guests
