"""What was known of an account on a day: its document as it stood then, to be read only."""

from urllib.parse import urlencode

from starlette.responses import Response

from kb.errors import NotFound
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages.account import AT_ONCE
from kb.faces.web.pages.earlier import state_path
from kb.faces.web.paths import account_path
from kb.faces.web.people import names_of
from kb.faces.web.shown import Sections
from kb.model.people import read_people
from kb.text import frontmatter
from kb.text.lines import encode
from kb.work import accounts, changes, earlier


def show(ask: Ask) -> Response:
    """Show the document as of a day (`on`), or in one of its earlier states (`state`)."""
    ctx = ask.ctx
    one = accounts.one(ctx, ask.path["account"])
    path = account_path(one.account)
    on, name = ask.query.get("on", "").strip(), ask.query.get("state", "").strip()
    if not (on or name):
        return go(f"{path}/earlier")
    key = one.account
    then = earlier.whole(ctx, key, name) if name else changes.as_of(ctx, on, key)
    last = earlier.at(ctx, one.account, then.at)
    if last is None:
        raise NotFound("not-yet", account=one.account, when=on or f"{then.at:%Y-%m-%d}")
    people = read_people(frontmatter.read(encode(then.text)))
    names = names_of(ctx, people)
    part = _part(ask, len(then.meetings))
    sections = Sections(ask.words, then.at.date(), names)
    shown = then.meetings[part * AT_ONCE : (part + 1) * AT_ONCE]
    asked = {"state": name} if name else {"on": on}
    return ask.show(
        "asof.html.j2",
        here="accounts",
        one=one,
        path=path,
        day=then.at.date().isoformat(),
        shown=[(meeting, sections.of(meeting)) for meeting in shown],
        people=list(people.values()),
        last=last,
        last_path=state_path(one.account, last.name),
        writer=names.get(last.past.by, last.past.by),
        left=max(0, len(then.meetings) - (part + 1) * AT_ONCE),
        older=f"{path}/asof?{urlencode({**asked, 'part': part + 1})}",
        today=ctx.today,
    )


def _part(ask: Ask, meetings: int) -> int:
    asked = ask.query.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    return part if part * AT_ONCE < meetings else 0
