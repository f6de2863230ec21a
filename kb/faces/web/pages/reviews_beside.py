"""What a meeting's page shows of its reviews, and the form that asks for one."""

from typing import TYPE_CHECKING, NamedTuple

from kb.faces.web.pages import reviews_shown as shown
from kb.work import reviews_policy

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.faces.web.ask import Ask
    from kb.model.meeting import Meeting


class Beside(NamedTuple):
    """The reviews of a meeting, and whom one may ask for one (nobody: there is no form)."""

    rows: tuple[shown.Row, ...]
    members: tuple[tuple[str, str], ...]
    kind: str


def reviews_of(ask: "Ask", row: "Listed", meeting: "Meeting") -> Beside:
    """Return the reviews of a meeting as its page shows them."""
    from kb.work.meetings import wall

    ctx = ask.ctx
    rows = tuple(shown.row(ask, one) for one in reviews_policy.standing_of(ctx, row))
    kind = "post" if row.ends <= wall(ctx).isoformat() else "pre"
    over = any(one.kind == kind and one.state.startswith("closed") for one in rows)
    others = tuple((key, one.name) for key, one in ctx.settings.members.items() if key != ctx.me)
    may = ctx.me and not over and not meeting.cancelled
    return Beside(rows, others if may else (), kind)
