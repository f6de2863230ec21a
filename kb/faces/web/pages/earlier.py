"""Earlier states of a document: the list, one of them with what changed, and going back to it."""

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from kb.faces.web.ask import Ask, go
from kb.faces.web.pages.changed import changes, plainly
from kb.faces.web.pages.meeting import ref_of
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.people import names_of
from kb.model.people import read_people
from kb.text import frontmatter
from kb.work import accounts, earlier, meetings

if TYPE_CHECKING:
    from kb.catalogue.lists import Account
    from kb.work.earlier import State

AT_ONCE = 100
"""How many changes stand on one page."""


class Row(NamedTuple):
    """One change in the list; `day` begins a day's changes, `now` is the state that stands."""

    day: str
    time: str
    who: str
    what: str
    source: str
    path: str
    now: bool


def of_account(ask: Ask) -> Response:
    """Show the changes of an account's document, newest first."""
    one = accounts.one(ask.ctx, ask.path["account"])
    found = earlier.states(ask.ctx, one.account)
    title = ask.words("history-of-account", name=one.name)
    return _list(ask, found, one, title, account_path(one.account))


def of_meeting(ask: Ask) -> Response:
    """Show the changes of one meeting, newest first."""
    row, meeting = meetings.find(ask.ctx, ref_of(ask))
    found = earlier.states_of_meeting(ask.ctx, row)
    title = ask.words("history-of-meeting", title=f"{meeting.date} {meeting.title}")
    one = accounts.one(ask.ctx, row.account)
    return _list(ask, found, one, title, meeting_path(row.account, row.id))


def _list(ask: Ask, found: "list[State]", one: "Account", title: str, back: str) -> Response:
    asked = ask.query.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    part = part if part * AT_ONCE < len(found) else 0
    shown = found[part * AT_ONCE : (part + 1) * AT_ONCE]
    names = names_of(ask.ctx, {})
    return ask.show(
        "earlier.html.j2",
        here="accounts",
        title=title,
        back=back,
        total=len(found),
        rows=[_row(state, one, names, now=state is found[0]) for state in shown],
        part=part,
        left=max(0, len(found) - (part + 1) * AT_ONCE),
        today=ask.ctx.today,
        asof=f"{account_path(one.account)}/asof",
    )


def _row(state: "State", one: "Account", names: dict[str, str], *, now: bool) -> Row:
    """Return a change as it is listed; the account bears its name, not the short one."""
    past = state.past
    return Row(
        day=past.at.date().isoformat(),
        time=f"{past.at:%H:%M}",
        who=names.get(past.by, past.by),
        what=re.sub(rf"(?<![\w-]){re.escape(one.account)}(?![\w-])", one.name, past.message),
        source=state.source,
        path=state_path(one.account, state.name),
        now=now,
    )


def state_path(account: str, name: str) -> str:
    """Return where an earlier state of an account is shown."""
    return f"{account_path(account)}/earlier/{quote(name)}"


def show(ask: Ask) -> Response:
    """Show one earlier state: what changed then, what is different now, and the way back."""
    ctx = ask.ctx
    one = accounts.one(ctx, ask.path["account"])
    found = earlier.look(ctx, one.account, ask.path["id"])
    names = names_of(ctx, read_people(frontmatter.read(found.now)))
    show = plainly(ask.words, names)
    path = account_path(one.account)
    return ask.show(
        "earlier_one.html.j2",
        here="accounts",
        one=one,
        row=_row(found.state, one, names, now=found.last),
        path=path,
        list_path=f"{path}/earlier",
        asof=f"{path}/asof?state={found.state.name}",
        then=changes(found.before, found.then, show),
        since=None if found.last else changes(found.then, found.now, show),
        base=found.base,
        pieces=found.pieces[:AT_ONCE],
        today=ctx.today,
    )


def restore(ask: Ask) -> Response:
    """Go back to an earlier state, with the whole document or one meeting of it."""
    account = accounts.one(ask.ctx, ask.path["account"]).account
    section = ask.typed("section") or None
    earlier.restore(ask.ctx, account, ask.path["id"], ask.typed("base"), section=section)
    if section and section.startswith("m-"):
        return go(f"/go/{quote(account)}/{quote(section.partition('.')[0])}")
    return go(account_path(account))
