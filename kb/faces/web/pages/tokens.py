"""Tokens for programs: made here and shown once, withdrawn here."""

from datetime import datetime
from typing import NamedTuple, cast

from starlette.responses import Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.server.tokens import DAYS, Scope, Token

PATH = "/settings/tokens"


class Row(NamedTuple):
    """A token on the page; `until` and `used` ("": never) are days."""

    id: str
    name: str
    scope: str
    until: str
    used: str


def show(ask: Ask) -> Response:
    """Show one's own tokens."""
    return _page(ask)


def make(ask: Ask) -> Response:
    """Make a token and show it, this once."""
    scope, days = ask.typed("scope"), ask.typed("days")
    try:
        if scope not in ("read", "write"):
            raise WrongUse("web-old-form")
        if not (days.isascii() and days.isdecimal() and len(days) < 5):
            raise WrongUse("token-days")
        name = ask.typed("name")
        secret, made = ask.site.programs.tokens.make(
            _own(ask), name, cast("Scope", scope), int(days)
        )
    except KbError as error:
        return _page(ask, error)
    return _page(ask, secret=secret, made=made)


def withdraw(ask: Ask) -> Response:
    """End a token at once."""
    try:
        ask.site.programs.tokens.withdraw(_own(ask), ask.typed("id"))
    except KbError as error:
        return _page(ask, error)
    return go(PATH)


def _own(ask: Ask) -> str:
    """Return whose tokens they are: whoever logged in; without accounts whoever serves."""
    return (ask.session.person if ask.session else None) or ""


def _page(
    ask: Ask, error: KbError | None = None, *, secret: str = "", made: Token | None = None
) -> Response:
    rows = [_row(ask, one) for one in ask.site.programs.tokens.of(_own(ask))]
    return ask.show(
        "tokens.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="settings",
        rows=rows,
        secret=secret,
        made=made,
        choices=DAYS,
        typed=dict(ask.form) if error else {},
        today=ask.ctx.today,
        error=trouble.told(ask, error) if error else None,
    )


def _row(ask: Ask, token: Token) -> Row:
    def day(at: float | None) -> str:
        if at is None:
            return ""
        return datetime.fromtimestamp(at, ask.ctx.settings.tz).date().isoformat()

    return Row(token.id, token.name, token.scope, day(token.until), day(token.used))
