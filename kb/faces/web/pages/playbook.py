"""The playbook as a path to read: how we want to be, so what we do, and how; and its pages."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from kb.errors import NotFound
from kb.faces.web.ask import Ask
from kb.faces.web.pages import principle
from kb.faces.web.people import names_of
from kb.work import playbook_answers, playbook_check, playbook_history, reading
from kb.work.ladder_pages import charter
from kb.work.playbook import Shelf, Shelved

if TYPE_CHECKING:
    from kb.work.context import Context

ALIVE = ("adopted", "candidate")
"""What stands in the layers, in this order; what was given up stands below."""


def page_path(name: str) -> str:
    """Return where a page of the playbook is."""
    return f"/playbook/{quote(name)}"


def show(ask: Ask) -> Response:
    """Show the three layers side by side, and what hangs in the air."""
    ctx = ask.ctx
    shelf = Shelf(ctx)
    rows = {id_: playbook_answers.row(shelf, one) for id_, one in shelf.pages.items()}
    principles = sorted(
        (row for row in rows.values() if row.get("status") in ALIVE),
        key=lambda row: (ALIVE.index(row["status"]), -row["held"], row["id"]),
    )
    given_up = [row for row in rows.values() if row.get("status", "adopted") not in ALIVE]
    alive = {row["id"] for row in principles}
    plays = [one for one in shelf.of_kind("play") if one.page.principle not in alive]
    return ask.show(
        "playbook.html.j2",
        here="playbook",
        way=reading.path(ctx, shelf) if ctx.me else None,
        mission=charter(ctx, "mission"),
        counts={
            "adopted": sum(row["status"] == "adopted" for row in principles),
            "candidate": sum(row["status"] == "candidate" for row in principles),
            "play": len(shelf.of_kind("play")),
            "manual": len(shelf.of_kind("manual")),
        },
        layers=[_layer(ctx, shelf, rows, row) for row in principles],
        apart=[_apart(rows, shelf, one) for one in _loose(shelf, plays)],
        given_up=[
            row | {"heir": rows.get(row["superseded_by"] or ""), "still": _still(shelf, row["id"])}
            for row in given_up
        ],
        unused=[rows[one.page.id] for one in playbook_check.unused(ctx, shelf)],
        unused_after=playbook_check.UNUSED_AFTER,
        names=names_of(ctx, {}),
        path_of=page_path,
        today=ctx.today,
    )


def _layer(
    ctx: "Context", shelf: Shelf, rows: dict[str, dict[str, Any]], row: dict[str, Any]
) -> dict[str, Any]:
    """Return a principle with its plays, each with its manuals."""
    plays = []
    for one in shelf.of_kind("play"):
        if one.page.principle == row["id"]:
            found = playbook_answers.whole(ctx, shelf, one)
            plays.append(found | {"manuals": [rows[id_] for id_ in found["manuals"]]})
    return row | {"plays": plays}


def _loose(shelf: Shelf, plays: list[Shelved]) -> list[Shelved]:
    """Return what hangs in the air: orphans, and plays of what is no principle any more."""
    found = {one.page.id: one for one in (*playbook_check.orphans(shelf), *plays)}
    return [found[id_] for id_ in sorted(found)]


def _apart(rows: dict[str, dict[str, Any]], shelf: Shelf, one: Shelved) -> dict[str, Any]:
    above = one.page.principle if one.page.kind == "play" else one.page.play
    return rows[one.page.id] | {"above": above if above in shelf.pages else None}


def _still(shelf: Shelf, id_: str) -> int:
    """Return how many hypotheses without a verdict still cite a page."""
    return shelf.counts(id_).waiting


def read(ask: Ask) -> Response:
    """Show one principle, play or manual."""
    shelf = Shelf(ask.ctx)
    one = shelf.pages.get(ask.path["name"])
    if one is None:
        raise NotFound("web-no-playbook-page", name=ask.path["name"])
    if one.page.kind == "principle":
        return principle.page(ask, shelf, one)
    ctx = ask.ctx
    rows: Callable[[str], dict[str, Any]] = lambda id_: playbook_answers.row(  # noqa: E731
        shelf, shelf.pages[id_]
    )
    found = playbook_answers.whole(ctx, shelf, one)
    above = (one.page.principle if one.page.kind == "play" else one.page.play) or ""
    return ask.show(
        "playbook_page.html.j2",
        here="playbook",
        one=found,
        text=playbook_answers.body_of(ctx, one),
        above=rows(above) if above in shelf.pages else None,
        below=[rows(id_) for id_ in found.get("manuals", ())],
        story=playbook_history.history(ctx, one),
        names=names_of(ctx, {}),
        path_of=page_path,
        today=ctx.today,
    )
