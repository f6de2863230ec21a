"""The team's settings: who is in it, how strict it is, which words it uses."""

from collections.abc import Callable

from starlette.responses import Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.settings_fields import Field, changes, shown
from kb.faces.web.pages.settings_parts import parts
from kb.faces.web.people import names_of
from kb.work import settings

PATH = "/settings"


def show(ask: Ask) -> Response:
    """Show all settings with their forms."""
    return _page(ask)


def change(ask: Ask) -> Response:
    """Write what one form changes, and look at it."""
    part = ask.typed("part")
    doing = _ACTIONS.get(part, _change)
    try:
        doing(ask, part)
    except KbError as error:
        return _page(ask, error)
    return go(PATH, part.partition(":")[0])


def _change(ask: Ask, part: str) -> None:
    for one in parts(ask.words, ask.ctx.settings):
        if one.name == part:
            try:
                settings.change(ask.ctx, changes(one.fields, ask.form))
            except WrongUse as error:
                raise _plainly(error, one.fields) from None
            return
    raise WrongUse("web-old-form")


def _plainly(error: WrongUse, fields: tuple[Field, ...]) -> WrongUse:
    """Return what is wrong with a value by the words that stand before its field."""
    for one in fields:
        if error.code == "config-value" and error.params.get("key") == one.name:
            expected = error.params["expected"]
            return WrongUse("settings-value", label=one.label, expected=expected)
    return error


def _join(ask: Ask, _: str) -> None:
    row = {name: ask.typed(name) for name in ("name", "email", "role", "language")}
    settings.join(ask.ctx, ask.typed("key"), {name: text for name, text in row.items() if text})


def _leave(ask: Ask, _: str) -> None:
    settings.leave(ask.ctx, ask.typed("key"))


def _found_unit(ask: Ask, _: str) -> None:
    settings.found_unit(ask.ctx, ask.typed("key"), ask.typed("name"))


def _close_unit(ask: Ask, _: str) -> None:
    settings.close_unit(ask.ctx, ask.typed("key"))


_ACTIONS: "dict[str, Callable[[Ask, str], None]]" = {
    "join": _join,
    "leave": _leave,
    "found-unit": _found_unit,
    "close-unit": _close_unit,
}


def _page(ask: Ask, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    sent = ask.form.get("part", "") if error else ""
    forms = [
        (
            one,
            [
                shown(field, ctx.settings.raw, ask.form if one.name == sent else {})
                for field in one.fields
            ],
        )
        for one in parts(ask.words, ctx.settings)
    ]
    leads = settings.leads_of(ctx.settings)
    met = ask.site.met
    unproven = settings.unproven(ctx)
    names = names_of(ctx, {})
    return ask.show(
        "settings.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="settings",
        forms={one.name: (one, fields) for one, fields in forms},
        members=ctx.settings.members,
        units=ctx.settings.units,
        names=names,
        leads=ask.words("web-list-mark").join(names[key] for key in leads),
        may_lead=not leads or ctx.me in leads,
        mine=ctx.me or "",
        sent=sent,
        form=dict(ask.form),
        today=ctx.today,
        met=met,
        met_at=f"{met.at:%H:%M}" if met.at else "",
        unproven=unproven and (names.get(unproven.by, unproven.by), unproven.at.date().isoformat()),
        error=trouble.told(ask, error) if error else None,
    )
