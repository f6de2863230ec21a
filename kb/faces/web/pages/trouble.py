"""What could not be done: what happened, where the text is, what can be done, in that order."""

from starlette.responses import HTMLResponse, Response

from kb.errors import KbError, Kept
from kb.faces.web import render
from kb.faces.web.ask import Ask
from kb.faces.web.people import named, names_of
from kb.faces.web.plainly import without_options
from kb.faces.web.words import Words, wanted
from kb.messages import say

STATUS = {1: 409, 2: 400, 3: 404, 4: 409, 5: 503, 6: 403}
"""The status of an answer by the exit code that the command line would end with."""

UNOPENED = 503
"""The status of an answer while the store can't be opened."""
SECRET = {"token", "password", "new", "again"}
"""The fields of forms that are not shown again."""


def status_of(error: KbError) -> int:
    """Return the status with which an error is answered."""
    return STATUS.get(error.exit_code, 500)


def told(ask: Ask, error: KbError) -> dict[str, str]:
    """Return what a page shows of an error: sentence, hint, and the text that it gives back.

    Handles stay in the hint: it may say what to type.
    """
    sentence, hint = say(error.code, ask.ctx.lang, **error.params)
    sentence, hint = named(sentence, names_of(ask.ctx, {})), without_options(hint)
    return {"sentence": sentence, "hint": hint, "text": str(error.params.get("text_back") or "")}


def show(ask: Ask, error: KbError) -> Response:
    """Answer with the page of an error; what was typed stands on it, to be copied.

    Only of a form that was sent it says that nothing was saved: looking saves nothing.
    """
    if ask.unopened is not None:
        return _unopened(ask, ask.unopened)
    if ask.session is None:
        words = Words(wanted(ask.accepts) or "ja")
        page = render.page("refused.html.j2", words=words, code=error.code)
        return HTMLResponse(page, status_of(error))
    kept = {name: text for name, text in ask.form.items() if name != "token" and "\n" in text}
    kept |= {name: text for name, text in ask.form.items() if name in ("text", "quote", "why")}
    return ask.show(
        "trouble.html.j2",
        status=status_of(error),
        here="",
        sent=bool(ask.form),
        error=told(ask, error),
        typed=[text for text in kept.values() if text.strip()],
    )


def of_store(ask: Ask, error: KbError) -> KbError:
    """Return what may be told of a store that can't be opened: who looks on learns no line of it.

    A sentence with a place on the server's disk is for nobody on a page.
    """
    inside = ask.session is not None and ask.session.role != "viewer"
    return error if inside and "path" not in error.params else Kept("web-unopened")


def _unopened(ask: Ask, error: KbError) -> Response:
    """Answer without anything of the store; no link is shown, each would lead here again."""
    error = of_store(ask, error)
    lang = wanted(ask.accepts) or "ja"
    sentence, hint = say(error.code, lang, **error.params)
    page = render.page(
        "unopened.html.j2",
        words=Words(lang),
        sentence=sentence,
        hint=without_options(hint),
        typed=_typed(ask),
    )
    return HTMLResponse(page, UNOPENED)


def _typed(ask: Ask) -> list[str]:
    return [text for name, text in ask.form.items() if name not in SECRET and text.strip()]


def fault(ask: Ask, error: BaseException) -> Response:
    """Answer for a fault of ours, which is written down beside the store."""
    where = ask.site.fault(error)
    words = Words(wanted(ask.accepts) or "ja")
    page = render.page("fault.html.j2", words=words, where=where, typed=_typed(ask))
    return HTMLResponse(page, 500)
