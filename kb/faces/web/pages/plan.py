"""When a meeting takes place: moved to another day or time, or called off."""

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.paths import meeting_path
from kb.work import accounts, meetings, moving


def show(ask: Ask) -> Response:
    """Show both forms."""
    return _page(ask)


def change(ask: Ask) -> Response:
    """Move the meeting or call it off, and look at it."""
    row, _ = meetings.find(ask.ctx, ref_of(ask))
    try:
        if ask.typed("form") == "cancel":
            done = moving.cancel(ask.ctx, ref_of(ask))
        else:
            times = {name: ask.typed(name) or None for name in ("start", "end")}
            done = moving.move(ask.ctx, ref_of(ask), ask.typed("date"), **times)
    except KbError as error:
        return _page(ask, error)
    return go(meeting_path(row.account, done.id))


def _page(ask: Ask, error: KbError | None = None) -> Response:
    row, meeting = meetings.find(ask.ctx, ref_of(ask))
    return ask.show(
        "plan.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="accounts",
        meeting=meeting,
        account=accounts.one(ask.ctx, row.account),
        path=meeting_path(row.account, row.id),
        form=dict(ask.form),
        error=trouble.told(ask, error) if error else None,
    )
