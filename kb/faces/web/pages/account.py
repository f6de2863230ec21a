"""An account: its running document, newest meeting first, with who is who and what is open."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.people import names_of
from kb.faces.web.plainly import felt
from kb.faces.web.render import Part
from kb.faces.web.shown import Sections
from kb.model.people import read_people
from kb.text import frontmatter
from kb.work import accounts, meetings, preparing, todos

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed

AT_ONCE = 20
"""How many meetings stand on one page."""
OUTLINED = 60
"""How many meetings the outline names."""


class Shown(NamedTuple):
    """A meeting on the page: its row, its page's path, and its section as HTML."""

    row: "Listed"
    path: str
    html: Part


def show(ask: Ask) -> Response:
    """Show one account, twenty meetings at a time."""
    return _page(ask)


def prepare(ask: Ask) -> Response:
    """Put a new meeting into the document and go to its page."""
    wanted = {name: ask.typed(name) or None for name in ("date", "start", "end", "title")}
    try:
        row, _ = preparing.new(ask.ctx, ask.path["account"], **wanted)  # type: ignore[arg-type]
    except KbError as error:
        return _page(ask, error)
    return go(meeting_path(row.account, row.id))


def _page(ask: Ask, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    one = accounts.one(ctx, ask.path["account"])
    rows = ctx.catalogue.meetings(one.account)
    found = ctx.store.read(one.path)
    front = frontmatter.read(found.data) if found else {}
    people = read_people(front)
    names = names_of(ctx, people)
    if (day := ask.query.get("on", "")) and rows:
        return _jump(rows, one.account, day)
    part = _part(ask, len(rows))
    sections = Sections(ask.words, ctx.today, names)
    here = rows[part * AT_ONCE : (part + 1) * AT_ONCE]
    shown = [
        Shown(row, meeting_path(one.account, row.id), html)
        for row, html in zip(here, sections.those(ctx.catalogue, here), strict=True)
    ]
    open_todos = todos.listed(ctx, account=one.account)
    values = {
        "here": "accounts",
        "one": one,
        "names": names,
        "units": {key: unit.name for key, unit in ctx.settings.units.items()},
        "goal": _text(front, "goal"),
        "renewal": _text(front, "renewal"),
        "days_left": _days_until(_text(front, "renewal"), ctx.today),
        "people": list(people.values()),
        "shown": shown,
        "outline": _outline(rows, one.account),
        "years": _years(rows, one.account),
        "inside": _inside(ask, rows),
        "part": part,
        "older": max(0, len(rows) - (part + 1) * AT_ONCE),
        "oldest": rows[-1].date if rows else "",
        "path": account_path(one.account),
        "live": ask.site.live.digest(found.data) if found else "",
        "promises": [row for row in open_todos if row.promise],
        "open": [row for row in open_todos if not row.promise],
        "decisions": ctx.catalogue.last_decisions(one.account),
        "undecided": ctx.catalogue.undecided(one.account, meetings.wall(ctx)),
        "gut": _gut(ask, rows),
        "today": ctx.today,
        "go": f"/go/{one.account}",
        "form": dict(ask.form),
        "error": trouble.told(ask, error) if error else None,
    }
    if error is None:
        return ask.show_again("account.html.j2", {}, **values)
    return ask.show("account.html.j2", status=trouble.status_of(error), **values)


def _text(front: Mapping[str, Any], key: str) -> str:
    value = front.get(key)
    return value.strip() if isinstance(value, str) else ""


def _days_until(day: str, today: date) -> int | None:
    """Return how many days are left until a day that is to come, None for any other text."""
    try:
        left = (date.fromisoformat(day) - today).days
    except ValueError:
        return None
    return left if left >= 0 else None


def _part(ask: Ask, meetings_: int) -> int:
    """Return which twenty of the meetings are asked for; the newest when it can't be told."""
    asked = ask.query.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    return part if part * AT_ONCE < meetings_ else 0


def _jump(rows: "list[Listed]", account: str, day: str) -> Response:
    """Lead to the meeting of a day, else the last one before it, else the first there was."""
    place = next((n for n, row in enumerate(rows) if row.date <= day), len(rows) - 1)
    return go(_at(account, place), rows[place].id)


def _at(account: str, place: int) -> str:
    """Return the page on which the meeting stands that is at `place`, the newest being 0."""
    path = account_path(account)
    return f"{path}?part={place // AT_ONCE}" if place >= AT_ONCE else path


def _outline(rows: "list[Listed]", account: str) -> list[dict[str, Any]]:
    """Return the meetings of the newest year."""
    return [
        {"day": row.date, "title": row.title, "path": f"{_at(account, place)}#{row.id}"}
        for place, row in enumerate(rows[:OUTLINED])
        if row.date[:4] == rows[0].date[:4]
    ]


def _years(rows: "list[Listed]", account: str) -> list[dict[str, Any]]:
    """Return the years before the newest one, each with its meetings and where they begin."""
    found: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(rows):
        year = row.date[:4]
        if year == rows[0].date[:4]:
            continue
        path = f"{_at(account, place)}#{row.id}"
        one = found.setdefault(year, {"year": year, "count": 0, "path": path})
        one["count"] += 1
    return list(found.values())


def _inside(ask: Ask, rows: "list[Listed]") -> list[tuple[str, str]]:
    """Return the headings of the newest meeting: ids with titles, "" for the hypotheses."""
    if not rows:
        return []
    newest = ask.ctx.catalogue.whole(rows[0])
    claims = [(one.id, "") for one in newest.hypotheses[:1]]
    return claims + [(topic.id, topic.title) for topic in newest.topics if topic.title]


def _gut(ask: Ask, rows: "list[Listed]") -> dict[str, str] | None:
    """Return how the last meeting felt for which somebody said so, among the newest five."""
    for row in rows[:5]:
        gut = ask.ctx.catalogue.whole(row).gut
        if gut:
            return {**felt(gut)._asdict(), "day": row.date}
    return None
