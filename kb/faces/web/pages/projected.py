"""What the customer sees on the projector: made from `SafeMeeting` and nothing else."""

from starlette.responses import HTMLResponse, Response

from kb.faces.web import render
from kb.faces.web.ask import Ask
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.people import names_of
from kb.faces.web.words import Words
from kb.model.people import read_people
from kb.model.share import customer_view
from kb.text import frontmatter
from kb.work import accounts, meetings


def show(ask: Ask) -> Response:
    """Show the customer's view, in the language of the customer's document."""
    ctx = ask.ctx
    row, meeting = meetings.find(ctx, ref_of(ask))
    one = accounts.one(ctx, row.account)
    found = ctx.store.read(row.path)
    people = read_people(frontmatter.read(found.data)) if found else {}
    upcoming = [
        later.date
        for later in ctx.catalogue.meetings(row.account)
        if later.begins > row.begins and not later.cancelled
    ]
    safe = customer_view(
        meeting,
        names_of(ctx, people),
        account=one.name,
        next_date=min(upcoming, default=None),
    )
    words = Words(one.lang if one.lang in ("ja", "en") else ctx.settings.lang)
    return HTMLResponse(render.page("projected.html.j2", words=words, safe=safe))
