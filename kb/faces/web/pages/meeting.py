"""A meeting: what was prepared, what is being written down, what is still missing."""

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from kb.errors import KbError, NotFound
from kb.faces.web.ask import Ask
from kb.faces.web.pages import trouble
from kb.faces.web.pages.choices import days_of
from kb.faces.web.pages.reviews_beside import reviews_of
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.people import names_of
from kb.faces.web.plainly import felt, without_commands
from kb.faces.web.shown import loose
from kb.faces.web.watching import meeting_shown
from kb.model.people import read_people
from kb.model.state import ends, starts, state
from kb.text import frontmatter
from kb.work import accounts, checks, meetings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting

LATE = timedelta(hours=12)
"""How long after the end of a meeting the page counts the minutes."""


class Clock(NamedTuple):
    """How the time of a meeting stands: to its end, or since it; whole minutes.

    The meeting took `length` seconds, and its minutes should be done `within` so many minutes.
    """

    code: str
    minutes: int
    share: int
    length: int
    within: int


def show(ask: Ask) -> Response:
    """Show a meeting with the forms to write into it."""
    return page(ask)


def written(ask: Ask) -> Response:
    """Show a meeting as it stands in the document, with what no other page shows."""
    row, meeting = meetings.find(ask.ctx, ref_of(ask))
    found = ask.ctx.store.read(row.path)
    if found is None:
        raise NotFound("no-file", path=row.path)
    text = _text_of(ask, found.data, row.line)
    return ask.show(
        "written.html.j2",
        here="accounts",
        meeting=meeting,
        account=accounts.one(ask.ctx, row.account),
        text=text,
        path=meeting_path(row.account, row.id),
    )


def _text_of(ask: Ask, data: bytes, line: int) -> str:
    from kb.text.find import meeting_index
    from kb.text.lines import decode
    from kb.text.outline import parse

    document = parse(data, ask.ctx.names)
    span = document.chunks[meeting_index(document, line)].span
    _, _, below = decode(data[span.start : span.stop]).partition("\n")
    return below


def ref_of(ask: Ask) -> str:
    """Return the words that name the meeting of the path."""
    return f"{ask.path['account']}/{ask.path['id']}"


def page(ask: Ask, error: KbError | None = None) -> Response:
    """Return the page; with `error`, what was typed stands in its form again."""
    ctx = ask.ctx
    row, meeting = meetings.find(ctx, ref_of(ask))
    one = accounts.one(ctx, row.account)
    found = ctx.store.read_for_edit(row.path)  # what is edited here must be known again
    people = read_people(frontmatter.read(found.data)) if found else {}
    now = meetings.wall(ctx)
    begun = starts(meeting) <= now
    said = [said.text for topic in meeting.topics for said in topic.said]
    late = {"over": int((now - ends(meeting)).total_seconds())}
    values = {
        "here": "accounts",
        "meeting": meeting,
        "one": one,
        "path": meeting_path(row.account, row.id),
        "version": row.blob,
        "live": ask.site.live.digest(meeting_shown(ctx, row, meeting)),
        "account_path": account_path(row.account),
        "state": state(meeting, now),
        "clock": _clock(meeting, now, ctx.settings.policies.done_within_minutes),
        "going": begun and now < ends(meeting) and not (meeting.cancelled or meeting.minutes),
        "problems": [*_missing(ask, row, meeting), *(_unwritten(ask, meeting) if begun else ())],
        "felt": felt(meeting.gut),
        "names": names_of(ctx, people),
        "days": days_of(ask, row.account),
        "owners": [*ctx.settings.members, *people],
        "today": ctx.today,
        "loose": loose(meeting),
        "begun": begun,
        "review": reviews_of(ask, row, meeting),
        "beside": ask.form.get("form") in _forms(meeting, begun=begun),
        "requests": {one.line for one in meeting.requests},
        "said": list(dict.fromkeys(said)),
        "form": dict(ask.form),
        "error": trouble.told(ask, error) if error else None,
    }
    if error is None:
        return ask.show_again("meeting.html.j2", late, **values)
    return ask.show("meeting.html.j2", status=trouble.status_of(error), **late, **values)


def anchor(id_: str | None, line: int) -> str:
    """Return where a line stands on the page; a request is one of the customer's words there."""
    return id_ if id_ and not id_.startswith("q-") else f"l-{line}"


def _forms(meeting: "Meeting", *, begun: bool) -> set[str]:
    """Return the names of the forms on the page, beside which a failure is shown."""
    names = {"inside", "new-topic", "attach"}
    names |= {f"topic-{n + 1}" for n in range(len(meeting.topics))}
    names |= {f"stance-{n + 1}" for n, topic in enumerate(meeting.topics) if not topic.stance}
    if begun and not meeting.cancelled:
        names.add("closing")
    if begun:
        names |= {f"verdict-{n + 1}" for n in range(len(meeting.hypotheses))}
    if not begun or not meeting.hypotheses:
        names.add("new-claim")
    return names


def _missing(ask: Ask, row: "Listed", meeting: "Meeting") -> list[str]:
    """Return what is still missing; that it is not complete yet is what the button says."""
    found = checks.problems(ask.ctx, row, meeting)
    shown = [without_commands(one.message) for one in found if one.code != "not-closed"]
    return [one for one in dict.fromkeys(shown) if one]


def _unwritten(ask: Ask, meeting: "Meeting") -> "Iterator[str]":
    """Yield what minutes still lack, in the order of the page, while they are written."""
    if meeting.cancelled or meeting.minutes:
        return
    for n, topic in enumerate(meeting.topics, 1):
        if topic.title and not topic.decisions:
            yield ask.words("web-left-decision", n=n)
    for n, claim in enumerate(meeting.hypotheses, 1):
        if claim.verdict is None:
            yield ask.words("web-left-verdict", n=n)


def _clock(meeting: "Meeting", now: "datetime", within: int) -> Clock | None:
    """Return how long the meeting goes on, or how long ago it ended while minutes are open."""
    if meeting.start is None or meeting.cancelled or meeting.minutes:
        return None
    begin, end = starts(meeting), ends(meeting)
    told = (int((end - begin).total_seconds()), within)
    if begin <= now < end:
        left = int((end - now).total_seconds() // 60)
        return Clock("web-clock-left", left, int(100 * (now - begin) / (end - begin)), *told)
    if end <= now < end + LATE:
        over = int((now - end).total_seconds() // 60)
        code = "web-clock-over" if over < within else "web-clock-late"
        return Clock(code, over, min(100, int(100 * over / max(1, within))), *told)
    return None
