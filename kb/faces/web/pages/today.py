"""Today: what needs me, the reason in each line, and one step to do about it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.ask import Ask
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.people import handles, named, names_of
from kb.faces.web.plainly import without_commands
from kb.messages import say
from kb.model.people import Person, read_people
from kb.text import frontmatter
from kb.work import meetings, today
from kb.work.today import Line

WEEK = 7
MEETINGS = ("minutes", "meeting", "preparation")
"""The kinds of lines that are meetings, and stand in the plan."""
MOST = 30
"""How many lines of a kind are shown: a day has no more, and a lead sees everybody's."""
TICKED = ("promise", "todo", "waiting")
_WHOSE = re.compile(r"(?: @[\w-]+)+$", re.ASCII)


class Planned(NamedTuple):
    """A meeting in the plan of the day; `reason` says what it still lacks, or that it is ready."""

    day: str
    start: str
    next: bool
    account: str
    name: str
    title: str
    path: str
    who: str
    ready: bool
    reason: str
    going: bool


class Wanted(NamedTuple):
    """A line beside the plan: `whole` is all of it, `message` what stands beside the account.

    `path` is where it leads, `target` what a tick names; "" where there is none.
    """

    message: str
    whole: str
    account: str
    reason: str
    path: str
    target: str
    late: bool


class Group(NamedTuple):
    """The most urgent lines of one kind beside the plan; `total` counts those not shown, too."""

    kind: str
    lines: list[Wanted]
    total: int


def show(ask: Ask) -> Response:
    """Show the day, or the week; a member's own lines, or everybody's."""
    days = WEEK if ask.query.get("days") == str(WEEK) else 1
    everybody = ask.query.get("all") == "1"
    ctx = ask.ctx
    lines, count = today.day(ctx, days=days, everybody=everybody, most=MOST)
    plan = list(_plan(ask, [one for kind in MEETINGS for one in _of(lines, kind)]))
    rest = [line for line in lines if line.kind not in MEETINGS]
    last = (ctx.today + timedelta(days=days - 1)).isoformat()
    return ask.show_again(
        "today.html.j2",
        {},
        here="today",
        today=ctx.today.isoformat(),
        days=days,
        everybody=everybody,
        over=[one for one in plan if one[0] == "minutes"],
        now=[one for one in plan if one[0] == "meeting" and one[1].day <= last],
        coming=[one for one in plan if one[0] == "meeting" and one[1].day > last],
        later=[one for one in plan if one[0] == "preparation"],
        count=count,
        lacking=sum(not one.ready for kind, one in plan if kind == "meeting" and one.day <= last),
        groups=_groups(ask, rest, count),
        back=_back(days, everybody=everybody),
        empty_store=not lines and not ctx.catalogue.accounts(ctx.now, archived=True),
    )


def _of(lines: list[Line], kind: str) -> list[Line]:
    """Return the most urgent lines of a kind, as many as are shown."""
    return [line for line in lines if line.kind == kind][:MOST]


def _back(days: int, *, everybody: bool) -> str:
    """Return where to go back to after a tick."""
    asked = [f"days={days}"] if days == WEEK else []
    asked += ["all=1"] if everybody else []
    return "/?" + "&".join(asked) if asked else "/"


def _plan(ask: Ask, lines: list[Line]) -> Iterator[tuple[str, Planned]]:
    ctx, now = ask.ctx, meetings.wall(ask.ctx)
    ready = say("today-ready", ctx.lang)[0]
    called = _called(ask)
    names = names_of(ctx, {})
    first = True
    for line in sorted(lines, key=lambda one: one.when):
        row = line.row
        assert row is not None
        try:
            meeting = ctx.catalogue.whole(row, ticked=False)
        except KbError:
            continue  # it was changed just now: the next look shows it
        theirs = ask.words("web-list-mark").join(meeting.attendees.customer)
        ours = ask.words("web-list-mark").join(names.get(k, k) for k in meeting.attendees.ours)
        yield (
            line.kind,
            Planned(
                day=row.date,
                start=row.start or "",
                next=first and line.kind != "minutes",
                account=account_path(row.account),
                name=called.get(row.account, row.account),
                title=row.title,
                path=meeting_path(row.account, row.id),
                who=" / ".join(side for side in (theirs, ours) if side),
                ready=line.reason == ready,
                reason=line.reason,
                going=datetime.fromisoformat(row.begins) <= now,
            ),
        )
        first = first and line.kind == "minutes"


def _called(ask: Ask) -> dict[str, str]:
    """Return the names of the accounts."""
    found = ask.ctx.catalogue.accounts(ask.ctx.now, archived=True)
    return {one.account: one.name for one in found}


def _groups(ask: Ask, lines: list[Line], count: Counter[str]) -> list[Group]:
    groups: dict[str, Group] = {}
    called = _called(ask)
    ours = names_of(ask.ctx, {})
    people = cache(lambda account: names_of(ask.ctx, _customers(ask, account)))
    for line in (one for kind in today.ORDER for one in _of(lines, kind)):
        group = groups.setdefault(line.kind, Group(line.kind, [], count[line.kind]))
        target = f"{line.account}#^{line.ref}" if line.account else line.ref
        names = ours if handles(line.message) <= ours.keys() else people(line.account)
        message, whose = line.message, ""
        if found := _WHOSE.search(message):
            message = message[: found.start()]
            whose = ask.words("web-list-mark").join(
                names.get(one[1:], one) for one in found[0].split()
            )
        reason = named(without_commands(line.reason), names)
        whole = named(message, names)
        account = called.get(line.account or "", "") if line.kind in TICKED else ""
        lead = say("today-todo", ask.ctx.lang, name=account, text="", who="")[0].strip()
        group.lines.append(
            Wanted(
                message=whole.removeprefix(lead).strip() if account else whole,
                whole=whole,
                account=account,
                reason=f"{whose} · {reason}" if whose else reason,
                path=_where(line),
                target=target if line.kind in TICKED else "",
                late=bool(line.due and line.due < ask.ctx.today.isoformat()),
            )
        )
    return list(groups.values())


def _customers(ask: Ask, account: str | None) -> dict[str, Person]:
    """Return the people of an account's document."""
    if account is None:
        return {}
    try:
        found = ask.ctx.store.read(ask.ctx.catalogue.account(account).path)
    except KbError:
        return {}  # it was renamed just now: the next look names them
    return read_people(frontmatter.read(found.data)) if found else {}


def _where(line: Line) -> str:
    """Return where a line leads, "" when there is no page for it."""
    if line.kind == "kept":
        return f"/kept/{line.ref}"
    if line.kind == "review":
        return f"/reviews/{line.ref}"
    if line.kind == "insight":
        return "/insights?groups=1"
    if line.account is None or line.ref[1:2] != "-":
        return ""
    return f"/go/{line.account}/{line.ref}" if line.ref[0] in "mhadtiq" else ""
