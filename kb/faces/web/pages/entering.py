"""Coming in and going out, and what is answered to anybody: the style sheets, "I am alive"."""

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kb.errors import NotFound
from kb.faces.web import cookies
from kb.faces.web.ask import Ask
from kb.faces.web.assets import assets

FOREVER = "public, max-age=31536000, immutable"


def health(ask: Ask) -> Response:
    """Answer that the server runs, and nothing about the store."""
    del ask
    return PlainTextResponse("ok\n")


def static(ask: Ask) -> Response:
    """Answer with a style sheet or a picture of ours."""
    found = assets().get(ask.path["name"])
    if found is None:
        return PlainTextResponse("", status_code=404)
    fresh = ask.query.get("v") == found.digest
    headers = {"cache-control": FOREVER if fresh else "no-cache"}
    return Response(found.data, media_type=found.kind, headers=headers)


def enter(ask: Ask) -> Response:
    """Open a session with the address that was printed, and lead on without it."""
    session = ask.site.doors.enter(ask.path["secret"])
    if session is None:
        raise NotFound("web-used-address")
    return cookies.put(RedirectResponse("/", status_code=303), ask.site, session.secret)


def leave(ask: Ask) -> Response:
    """End the session, in the browser and here; what was typed and not sent goes from it, too."""
    assert ask.session is not None
    ask.site.doors.leave(ask.session)
    answer = cookies.drop(ask.show("left.html.j2", here=""), ask.site)
    answer.headers["clear-site-data"] = '"storage"'
    return answer
