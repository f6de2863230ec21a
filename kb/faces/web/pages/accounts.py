"""The list of accounts, and a new one."""

from urllib.parse import urlencode

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.paths import account_path
from kb.faces.web.people import names_of
from kb.work import accounts

AT_ONCE = 100
"""How many accounts stand on one page."""


def show(ask: Ask) -> Response:
    """Show all accounts by name, or those whose name holds what was typed."""
    return _list(ask)


def add(ask: Ask) -> Response:
    """Make an account and go to its page."""
    try:
        made = accounts.add(ask.ctx, ask.typed("account"), ask.typed("name"))
    except KbError as error:
        return _list(ask, error)
    return go(account_path(made.account))


def _list(ask: Ask, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    wanted = ask.query.get("q", "").strip()
    rows = accounts.listed(ctx)
    total = len(rows)
    if wanted:
        word = wanted.casefold()
        rows = [one for one in rows if word in one.name.casefold() or word in one.account]
    mine = ask.query.get("mine") == "1"
    if mine:
        rows = [one for one in rows if one.csm == ctx.me]
    asked = ask.query.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    part = part if part * AT_ONCE < len(rows) else 0
    kept = {name: ask.query[name] for name in ("q", "mine") if ask.query.get(name)}
    units = {key: unit.name for key, unit in ctx.settings.units.items()}
    further = max(0, len(rows) - (part + 1) * AT_ONCE)
    values: dict[str, object] = {
        "here": "accounts",
        "rows": rows[part * AT_ONCE : (part + 1) * AT_ONCE],
        "before": _path(kept, part - 1) if part else "",
        "further": further,
        "after": _path(kept, part + 1) if further else "",
        "total": total,
        "wanted": wanted,
        "mine": mine,
        "units": units,
        "names": names_of(ctx, {}),
        "path_of": account_path,
        "today": ctx.today,
        "form": dict(ask.form),
        "error": trouble.told(ask, error) if error else None,
    }
    if error is None:
        return ask.show_again("accounts.html.j2", {}, **values)
    return ask.show("accounts.html.j2", status=trouble.status_of(error), **values)


def _path(kept: dict[str, str], part: int) -> str:
    """Return where another part of the same list is."""
    return "/accounts?" + urlencode(kept | {"part": part})
