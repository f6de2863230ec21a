"""From the sample to a team of one's own: three fields, and its page is open."""

import shlex

from starlette.responses import RedirectResponse, Response

from kb.errors import KbError, NotFound, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.sample import Sample, Wanted
from kb.faces.web.words import Words
from kb.messages import LANGUAGES

LONGEST = 80
"""The most characters that a name may have."""


def show(ask: Ask) -> Response:
    """Show the three fields, or the team that was begun."""
    return _page(ask)


def begin(ask: Ask) -> Response:
    """Make the store, serve it, and say where it is."""
    sample = _sample(ask)
    wanted = Wanted(ask.typed("team"), ask.typed("name"), ask.typed("lang"))
    try:
        if not (wanted.team and wanted.name) or wanted.lang not in LANGUAGES:
            raise WrongUse("web-begin-three")
        if max(len(wanted.team), len(wanted.name)) > LONGEST:
            raise WrongUse("web-begin-long", most=LONGEST)
        if sample.full:
            raise WrongUse("web-begin-enough")
        sample.start(wanted)
    except KbError as error:
        return _page(ask, error)
    return go("/start")


def enter(ask: Ask) -> Response:
    """Lead to the team that was begun last, by a new one-time address."""
    begun = _sample(ask).begun
    return RedirectResponse(begun[-1].address() if begun else "/start", status_code=303)


def _sample(ask: Ask) -> Sample:
    if ask.site.sample is None:
        raise NotFound("web-no-page")
    return ask.site.sample


def _page(ask: Ask, error: KbError | None = None) -> Response:
    sample = _sample(ask)
    own = sample.begun[-1] if sample.begun and not ask.query.get("another") else None
    return ask.show(
        "beginning.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="start",
        own=own,
        command=f"kb --store {shlex.quote(str(own.folder))} serve" if own else "",
        languages={lang: Words(lang)("web-lang") for lang in LANGUAGES},
        form=dict(ask.form),
        error=trouble.told(ask, error) if error else None,
    )
