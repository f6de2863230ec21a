"""What the board says of the playbook: what stalls and why, what nobody uses, what is missing."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kb.messages import say
from kb.model.flow import Principle
from kb.work import playbook_check
from kb.work.playbook import Shelf

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.playbook import Shelved

__all__ = ["Gap", "Shelf", "Stalled", "gaps", "principles", "ready", "stalled", "unused"]

IDLE = 7
"""Days without a move after which a candidate is said to stall."""
MOST = 10
"""Searches without a result that are named."""


class Stalled(NamedTuple):
    """A candidate that lacks something and that nobody moved: since when, and why, in words.

    `age_days` counts from the proposal, `idle_days` from the last event of its review; None where
    that day is not known.
    """

    id: str
    title: str
    age_days: int | None
    idle_days: int | None
    why: tuple[str, ...]


class Gap(NamedTuple):
    """What was searched for and not found: how often, and on which day last."""

    query: str
    n: int
    last: str


def principles(ctx: "Context", shelf: Shelf) -> list[Principle]:
    """Return the candidates and principles with the days on which they were used."""
    today = ctx.today.isoformat()
    return [
        Principle(
            page.id,
            page.status or "candidate",
            _day(page.proposed),
            _day(page.adopted),
            frozenset(f"{account}#^{id_}" for account, id_ in page.insights),
            tuple(
                date.fromisoformat(one.date) for one in shelf.citing(page.id) if one.date <= today
            ),
        )
        for page, _ in shelf.of_kind("principle")
    ]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def unused(ctx: "Context", shelf: Shelf) -> tuple[str, ...]:
    """Return the pages that nobody cited for 60 days, by name."""
    return tuple(sorted(one.page.id for one in playbook_check.unused(ctx, shelf)))


def stalled(ctx: "Context", shelf: Shelf) -> tuple[Stalled, ...]:
    """Return the candidates that lack something and did not move for a week, the oldest first.

    One that rests on nothing and that nobody put up for review is an offer, not on its way.
    """
    found = []
    for one in shelf.of_kind("principle"):
        if one.page.status in (None, "candidate"):
            stall = _stalled(ctx, shelf, one)
            if stall is not None:
                found.append(stall)
    return tuple(sorted(found, key=lambda one: (-(one.age_days or 0), one.id)))


def ready(ctx: "Context", shelf: Shelf) -> list["Shelved"]:
    """Return the candidates under review that lack nothing any more: somebody has to adopt them."""
    from kb.work.ladder_status import ground, lacking

    found = []
    for one in shelf.of_kind("principle"):
        if one.page.status in (None, "candidate"):
            under = ground(ctx, shelf, one)
            waits = under.standing.state not in ("none", "closed")
            if waits and not lacking(ctx, under):
                found.append(one)
    return found


def _stalled(ctx: "Context", shelf: Shelf, one: "Shelved") -> Stalled | None:
    from kb.work.ladder_status import ground, lacking

    proposed = _day(one.page.proposed) or _first_day(ctx, one.path)
    age = (ctx.today - proposed).days if proposed else None
    if age is not None and age < IDLE:
        return None
    under = ground(ctx, shelf, one)
    moves = [proposed] if proposed else []
    if under.standing.path is not None:
        moves += _moves(ctx, under.standing.path)
    elif not one.page.evidence and not one.page.insights:
        return None
    idle = (ctx.today - max(moves)).days if moves else None
    lacks = lacking(ctx, under)
    if not lacks or (idle is not None and idle < IDLE):
        return None
    why = tuple(say(code, ctx.lang, **params)[0] for code, params in lacks)
    return Stalled(one.page.id, one.page.title, age, idle, why)


def _first_day(ctx: "Context", path: str) -> date | None:
    versions = ctx.past.versions(path)
    return versions[0].at.astimezone(ctx.settings.tz).date() if versions else None


def _moves(ctx: "Context", path: str) -> list[date]:
    """Return the days of a review's events."""
    from kb.text.thread import parse_thread
    from kb.work.reviews import text_of

    data = text_of(ctx, path)
    events = parse_thread(data).events if data is not None else ()
    return [event.moment.astimezone(ctx.settings.tz).date() for event in events]


def gaps(ctx: "Context", since: str | None) -> tuple[Gap, ...]:
    """Return what was searched for here without a result, the most frequent first."""
    try:
        lines = (ctx.store.git_dir / "kb" / "misses.jsonl").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return ()
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        try:
            told = json.loads(line)
            day = datetime.fromisoformat(told["at"]).date().isoformat()
            query = " ".join(str(told["query"]).split())
        except (ValueError, TypeError, KeyError):
            continue
        if query and day >= (since or ""):
            n, last = found.get(query, (0, ""))
            found[query] = (n + 1, max(last, day))
    ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
    return tuple(Gap(query, n, last) for query, (n, last) in ranked[:MOST])
