"""The reading path: what a newcomer reads first, with a mark for each part that was read."""

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.playbook import page_path
from kb.faces.web.paths import meeting_path
from kb.work import reading
from kb.work.ladder_pages import charter
from kb.work.training_results import member


def show(ask: Ask) -> Response:
    """Show the parts in their order, and what was read of them."""
    return _page(ask)


def mark(ask: Ask) -> Response:
    """Mark a part as read, or as not read, and stay there."""
    key = ask.typed("page")
    try:
        reading.mark(ask.ctx, key, read=ask.typed("read") == "1")
    except KbError as error:
        return _page(ask, error)
    return go("/reading", f"r-{key}")


def _page(ask: Ask, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    member(ctx)
    names = {one.account: one.name for one in ctx.catalogue.accounts(ctx.now, archived=True)}
    return ask.show(
        "reading.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="playbook",
        way=reading.path(ctx),
        questions=reading.QUESTIONS,
        mission=charter(ctx, "mission"),
        path_of=page_path,
        names=names,
        to=lambda one: f"{meeting_path(one.account, one.meeting)}#{one.id}",
        today=ctx.today,
        error=trouble.told(ask, error) if error else None,
    )
