"""What the customer sees on the projector: made from `SafeMeeting` and nothing else."""

from starlette.responses import HTMLResponse, Response

from kb.faces.web import render
from kb.faces.web.ask import Ask
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.words import Words
from kb.work import sharing
from kb.work.sharing_words import Polite


def show(ask: Ask) -> Response:
    """Show the customer's view, in the language of the customer's document."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    words = Words(found.lang)
    live = ask.site.live.digest(found.safe)
    who = Polite(found.lang).who(found.safe)
    page = render.page("projected.html.j2", words=words, safe=found.safe, who=who, live=live)
    return HTMLResponse(page)
