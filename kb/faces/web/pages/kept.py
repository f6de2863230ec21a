"""Texts that could not be saved: beside what stands now, until somebody has chosen."""

from typing import NamedTuple

from starlette.responses import Response

from kb.config import NAME
from kb.errors import KbError, NotAllowed
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.changed import LONGEST
from kb.faces.web.pages.reviews_marks import Stretch, stretches
from kb.faces.web.paths import account_path
from kb.messages import say
from kb.model.rewriting import bare
from kb.server.roles import enough
from kb.work import keeping
from kb.work.keeping import PICKS, Hunk, Pick, Sheet

MOST = 60
"""How many places of one text can be chosen between; the rest is as usual."""


class Shown(NamedTuple):
    """A place on the page: both sides with what differs marked; one of them may be empty."""

    now: tuple[Stretch, ...]
    kept: tuple[Stretch, ...]
    usual: Pick


def show_all(ask: Ask) -> Response:
    """List the kept texts, the newest first."""
    return ask.show(
        "kept.html.j2",
        here="today",
        sheets=[(one, _why(ask, one), _name(ask, one)) for one in keeping.waiting(ask.ctx)],
        today=ask.ctx.today,
    )


def show(ask: Ask) -> Response:
    """Show one kept text beside what stands now."""
    return _page(ask)


def put_in(ask: Ask) -> Response:
    """Save what was chosen of a kept text."""
    picks: dict[int, Pick] = {}
    for number in range(MOST):
        said = ask.form.get(f"pick-{number}")
        picked = next((one for one in PICKS if one == said), None)
        if picked is not None:
            picks[number] = picked
    try:
        one = keeping.sheet(ask.ctx, ask.path["id"])
        if one.path == NAME and not enough(ask.role, "lead"):  # as in the settings
            raise NotAllowed("web-needs-lead")
        keeping.put_in(ask.ctx, one.id, ask.typed("base"), picks)
    except KbError as error:
        if error.exit_code == 3:  # somebody has decided just now
            raise
        return _page(ask, error)
    return go(account_path(one.account) if one.account else "/kept")


def drop(ask: Ask) -> Response:
    """Throw a kept text away."""
    keeping.drop(ask.ctx, ask.path["id"])
    return go("/kept")


def _page(ask: Ask, error: KbError | None = None) -> Response:
    one = keeping.sheet(ask.ctx, ask.path["id"])
    return ask.show(
        "kept_one.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="today",
        sheet=one,
        why=_why(ask, one),
        name=_name(ask, one),
        places=[_shown(hunk) for hunk in one.hunks[:MOST]],
        more=max(0, len(one.hunks) - MOST),
        path=account_path(one.account) if one.account else "",
        today=ask.ctx.today,
        error=trouble.told(ask, error) if error else None,
    )


def _why(ask: Ask, one: Sheet) -> str:
    name, branch = _name(ask, one), ask.ctx.settings.branch
    return say(one.reason, ask.ctx.lang, kept=one.id, path=name, branch=branch)[0]


def _name(ask: Ask, one: Sheet) -> str:
    """Return what people call the file: the account's name, else where it lies."""
    if one.account is None:
        return one.path
    there = ask.ctx.catalogue.accounts(ask.ctx.now, archived=True)
    return next((account.name for account in there if account.account == one.account), one.path)


def _shown(hunk: Hunk) -> Shown:
    now, kept = ("\n".join(map(bare, lines)).strip("\n") for lines in (hunk.now, hunk.kept))
    if not (now and kept) or len(now) + len(kept) > LONGEST:
        return Shown(_whole(now), _whole(kept), hunk.usual)
    found = stretches(now, kept)
    return Shown(
        tuple(Stretch(_mark(one), one.text) for one in found if one.kind != "ins"),
        tuple(Stretch(_mark(one), one.text) for one in found if one.kind != "del"),
        hunk.usual,
    )


def _whole(text: str) -> tuple[Stretch, ...]:
    return (Stretch("ins", text),) if text else ()


def _mark(one: Stretch) -> str:
    return "same" if one.kind == "same" else "ins"
