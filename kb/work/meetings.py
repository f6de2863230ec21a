"""Meetings: find, show, list; close, move and cancel them."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import WrongUse
from kb.text.dates import day

if TYPE_CHECKING:
    from datetime import datetime

    from kb.catalogue.lists import Listed
    from kb.model.meeting import Decision, Meeting, Todo
    from kb.work.context import Context

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


class Found(NamedTuple):
    """A meeting with the row that says where it stands."""

    row: "Listed"
    meeting: "Meeting"


def wall(ctx: "Context") -> "datetime":
    """Return the present moment as the team's wall clock shows it (naive)."""
    return ctx.now.replace(tzinfo=None)


def find(ctx: "Context", ref: str) -> Found:
    """Return the meeting that `ref` names; raises what `Catalogue.meeting` raises."""
    row = ctx.catalogue.meeting(ref, wall(ctx))
    return Found(row, ctx.catalogue.whole(row))


def date_of(value: str) -> str:
    """Return a day as YYYY-MM-DD; `WrongUse("bad-date")`."""
    found = day(value)
    if found is None:
        raise WrongUse("bad-date", value=value)
    return found


def clock_of(value: str) -> str:
    """Return a time as HH:MM; `WrongUse("bad-time")`."""
    found = _CLOCK.fullmatch(value.strip())
    if found is None:
        raise WrongUse("bad-time", value=value)
    return f"{int(found[1]):02}:{found[2]}"


def listed(
    ctx: "Context", account: str | None, since: str | None, until: str | None
) -> "list[Listed]":
    """Return meetings, newest first, of one account or of all that are not archived.

    `since` and `until` are days, both included. Raises `NotFound("no-account")` and
    `WrongUse("bad-date")`.
    """
    name = ctx.catalogue.account(account).account if account else None
    first, last = (date_of(value) if value else None for value in (since, until))
    return ctx.catalogue.meetings(name, first, last)


def row_json(row: "Listed", now: "datetime") -> dict[str, Any]:
    """Return a listed meeting as the command line's contract has it; `now` is naive."""
    from kb.model.state import state

    return {
        "account": row.account,
        "id": row.id,
        "date": row.date,
        "start": row.start,
        "end": row.end,
        "title": row.title,
        "state": state(row, now),
    }


def as_json(meeting: "Meeting", now: "datetime") -> dict[str, Any]:
    """Return the whole meeting as the command line's contract has it; `now` is naive."""
    from kb.model.state import state

    return {
        "account": meeting.account,
        "id": meeting.id,
        "date": meeting.date,
        "start": meeting.start,
        "end": meeting.end,
        "title": meeting.title,
        "state": state(meeting, now),
        "attendees": {
            "customer": list(meeting.attendees.customer),
            "ours": list(meeting.attendees.ours),
        },
        "hypotheses": [
            {
                "id": claim.id,
                "text": claim.text,
                "because": claim.because,
                "test": claim.test,
                "impact": claim.impact,
                "confidence": claim.confidence,
                "refs": list(claim.refs),
                "verdict": claim.verdict,
                "quote": claim.quote,
                "verdict_due": claim.verdict_due,
                "line": claim.line,
            }
            for claim in meeting.hypotheses
        ],
        "topics": [
            {
                "id": topic.id,
                "title": topic.title,
                "continues": topic.link,
                "stance": topic.stance,
                "said": [{"text": said.text, "line": said.line} for said in topic.said],
                "decisions": [_decision(decision) for decision in topic.decisions],
                "todos": [_todo(todo) for todo in topic.todos],
                "line": topic.line,
            }
            for topic in meeting.topics
        ],
        "decisions": [_decision(decision) for decision in meeting.decisions],
        "todos": [_todo(todo) for todo in meeting.todos],
        "carried": [
            {
                "text": carried.text,
                "link": carried.link,
                "done": carried.done,
                "line": carried.line,
            }
            for carried in meeting.carried
        ],
        "insights": [
            {
                "id": insight.id,
                "text": insight.text,
                "tags": list(insight.tags),
                "line": insight.line,
            }
            for insight in meeting.insights
        ],
        "requests": [
            {"id": request.id, "text": request.text, "line": request.line}
            for request in meeting.requests
        ],
        "memo": meeting.memo,
        "gut": meeting.gut,
        "minutes": meeting.minutes,
        "other": [{"heading": other.heading, "line": other.line} for other in meeting.other],
        "path": meeting.path,
        "line": meeting.line,
        "digest": meeting.digest,
    }


def _decision(decision: "Decision") -> dict[str, Any]:
    return {"id": decision.id, "text": decision.text, "line": decision.line}


def _todo(todo: "Todo") -> dict[str, Any]:
    return {
        "id": todo.id,
        "text": todo.text,
        "owner": todo.owner,
        "due": todo.due,
        "done": todo.done,
        "promise": todo.promise,
        "line": todo.line,
    }
