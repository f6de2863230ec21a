"""The board: where knowledge flows and where it stalls, how far the habits reach, what is next.

A long history is long to read once. The page never waits for it longer than a moment: it is read
beside the pages, the page says how far it is, and what was read is remembered.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from kb.faces.web.ask import Ask
from kb.faces.web.behind import Behind
from kb.faces.web.pages import board_shown as shown
from kb.faces.web.people import named, names_of
from kb.work import board as work
from kb.work import board_pages
from kb.work.playbook import Shelf

if TYPE_CHECKING:
    from kb.faces.web.behind import Told

PATIENCE = 2.0
"""Seconds that the page waits for the history, when it isn't remembered yet."""
WEEKS = 8
"""The last weeks that are shown."""
BOARDS: Behind[work.Board] = Behind()


def show(ask: Ask) -> Response:
    """Show the board of the team, of a unit, or of oneself; or how far the history is read."""
    ctx = ask.ctx
    mine = ask.query.get("mine") == "1"
    scope = work.Scope(
        ask.query.get("since") or None,
        ask.query.get("unit") or None,
        (ctx.me or "") if mine else None,
    )
    key = (ask.site, ctx.store.head(), ctx.now.date(), ctx.lang, ctx.me, scope)
    job = BOARDS.begin(key, lambda told: _count(ask, scope, told))
    views = _views(ask, scope)
    if not job.wait(PATIENCE):
        return ask.show(
            "board_wait.html.j2", here="board", done=job.done, of=job.of, again=_address(scope)
        )
    BOARDS.forget(key)
    found = job.result()
    shelf = Shelf(ctx)
    words, names = ask.words, names_of(ctx, {})
    return ask.show(
        "board.html.j2",
        here="board",
        views=views,
        found=found,
        whose=_whose(ask, found),
        since=scope.since or "",
        flow=shown.flow(found.flow),
        coverage=shown.coverage(found, WEEKS),
        weeks=found.weeks[-WEEKS:],
        units=found.units if len(found.units) > 1 else (),
        unit_names={key: unit.name for key, unit in ctx.settings.units.items()},
        calibration=shown.calibration(found.calibration),
        own=shown.calibration(found.own) if found.own and found.own.n else None,
        steps=shown.steps(found.steps),
        lacks=lambda one: named(words("web-list-mark").join(one.why), names),
        ready=[one.page for one in board_pages.ready(ctx, shelf)],
        unused=[shelf.pages[id_].page for id_ in found.unused if id_ in shelf.pages],
        path_of=lambda name: f"/playbook/{quote(name)}",
        search_for=lambda words: "/search?" + urlencode({"q": words}),
        today=ctx.today,
    )


def _count(ask: Ask, scope: work.Scope, told: "Told") -> work.Board:
    """Return the board, counted in a context of its own: this is another thread."""
    ctx = ask.apart()
    try:
        return work.board(ctx, scope, told)
    finally:
        ctx.close()


def _whose(ask: Ask, found: work.Board) -> str:
    settings = ask.ctx.settings
    if found.unit:
        return settings.units[found.unit].name
    if found.member:
        return settings.members[found.member].name
    return settings.name


def _views(ask: Ask, scope: work.Scope) -> list[dict[str, Any]]:
    """Return whose board can be looked at: the team's, each unit's, one's own."""
    units = ask.ctx.settings.units
    words = ask.words
    found = [(words("board-view-team"), work.Scope(scope.since))]
    if len(units) > 1:
        found += [(one.name, work.Scope(scope.since, key)) for key, one in units.items()]
    if ask.ctx.me:
        found.append((words("board-view-mine"), work.Scope(scope.since, None, ask.ctx.me)))
    return [{"name": name, "path": _address(one), "here": one == scope} for name, one in found]


def _address(scope: work.Scope) -> str:
    query = {"since": scope.since, "unit": scope.unit, "mine": "1" if scope.member else None}
    given = {name: value for name, value in query.items() if value}
    return "/board" + (f"?{urlencode(given)}" if given else "")
