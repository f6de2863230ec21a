"""What goes out to the customer of a meeting: seen before it does, as mail, on paper, as a file.

Everything here is made of `kb.work.sharing`, so of `SafeMeeting`, and of nothing else.
"""

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kb.errors import KbError, NotFound, WrongUse
from kb.faces.web import render
from kb.faces.web.ask import Ask
from kb.faces.web.pages import trouble
from kb.faces.web.pages.links_shown import Given, links_of
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.paths import meeting_path
from kb.server.guests import DAYS, USUAL_DAYS
from kb.server.roles import enough
from kb.work import accounts, letter, meetings, paper, sharing
from kb.work.sharing_words import Polite

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.work.sharing import Shared


def show(ask: Ask) -> Response:
    """Show what the customer would get, and the ways to give it to them."""
    return page(ask, sharing.shared(ask.ctx, ref_of(ask)))


def page(
    ask: Ask, found: "Shared", *, made: "Given | None" = None, error: KbError | None = None
) -> Response:
    """Return the page about what goes out; with the link that was `made`, or why none was."""
    door = ask.site.guests
    return ask.show(
        "share.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="accounts",
        safe=found.safe,
        polite=Polite(found.lang),
        title=title(found),
        path=meeting_path(found.account, found.id),
        may_link=enough(ask.role, "member"),
        door=door is not None,
        links=links_of(ask, found) if door else [],
        days=DAYS,
        usual=USUAL_DAYS,
        seen=sharing.digest(found.safe),
        made=made,
        error=trouble.told(ask, error) if error else None,
    )


def mail(ask: Ask) -> Response:
    """Show the mail to be copied, in the language of the customer's document."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    member = ask.ctx.settings.members.get(ask.member or "")
    return ask.show(
        "mail.html.j2",
        here="accounts",
        letter=letter.letter(
            found.safe,
            found.lang,
            sender=member.name if member else "",
            before=meetings.wall(ask.ctx) < found.begins,
        ),
        lang=found.lang,
        title=title(found),
        path=meeting_path(found.account, found.id),
    )


def sheet(ask: Ask) -> Response:
    """Show the minutes alone, to be printed."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    return _sheets(ask, [found], title(found))


def sheets(ask: Ask) -> Response:
    """Show all minutes of an account as its customer may see them, to be printed."""
    found = sharing.document(ask.ctx, ask.path["account"])
    if not found:
        raise NotFound("no-meetings-yet", account=ask.path["account"])
    shown = Polite(found[0].lang).to(found[0].safe.account)
    return _sheets(ask, found, shown)


def _sheets(ask: Ask, found: "list[Shared]", shown: str) -> Response:
    page = render.page(
        "print.html.j2",
        polite=Polite(found[0].lang),
        meetings=[one.safe for one in found],
        title=shown,
        words=ask.words,
    )
    return HTMLResponse(page)


def docx(ask: Ask) -> Response:
    """Answer with the minutes as a Word document."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    return document(found)


def document(found: "Shared") -> Response:
    """Return the answer that hands the minutes over as a file."""
    from kb.formats.docx import KIND

    name = quote(f"{sharing.file_name(found.safe)}.docx", safe="")
    told = f"attachment; filename=\"minutes-{found.safe.date}.docx\"; filename*=UTF-8''{name}"
    data = paper.docx(found.safe, found.lang)
    return Response(data, media_type=KIND, headers={"content-disposition": told})


def data(ask: Ask) -> Response:
    """Answer with what the customer may see as JSON."""
    found = sharing.shared(ask.ctx, ref_of(ask))
    return JSONResponse(sharing.as_json(found.safe))


def by_id(ask: Ask) -> Response:
    """Lead from a meeting's id alone to its customer's view; name them where it has several."""
    named = ask.path["id"]
    try:
        row = ask.ctx.catalogue.meeting(named, ask.ctx.now)
    except WrongUse as error:
        rows = [row for row in ask.ctx.catalogue.meetings() if row.id == named]
        if error.code != "ambiguous-id" or len(rows) < 2:
            raise
        names = {one.account: one.name for one in accounts.listed(ask.ctx)}
        found = [(_projected(row), names.get(row.account, row.account), row) for row in rows]
        return ask.show("which.html.j2", status=300, here="accounts", found=found)
    return RedirectResponse(_projected(row), 303)


def _projected(row: "Listed") -> str:
    return f"{meeting_path(row.account, row.id)}/projected"


def title(found: "Shared") -> str:
    """Return how a page about these minutes is called."""
    polite = Polite(found.lang)
    return polite("title", title=polite.title(found.safe), account=found.safe.account)
