"""Meetings over the API: list, show, prepare, check, close, move, cancel."""

from typing import Any

from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing
from kb.faces.web.api.taken import Closing, MeetingNew, MeetingsWanted, Redated
from kb.faces.web.api.taking import one_line
from kb.work import (
    answers,
    changes,
    checks,
    closing,
    meetings,
    moving,
    preparing,
    registration,
    reviews_policy,
)
from kb.work.altering import Moved

Json = dict[str, Any]


def every(call: Call, given: MeetingsWanted) -> list[Json]:
    """Return meetings, newest first."""
    found = meetings.listed(call.ctx, given.account, given.since, given.until)
    now = meetings.wall(call.ctx)
    return [meetings.row_json(row, now) for row in found]


def one(call: Call, given: Nothing) -> Json:
    """Return the whole meeting as data."""
    del given
    ctx = call.ctx
    found = meetings.find(ctx, call.meeting)
    registered = registration.of_meeting(ctx, found.row, found.meeting)
    return answers.meeting(ctx, found, registered, reviews_policy.standing_of(ctx, found.row))


def new(call: Call, given: MeetingNew) -> Json:
    """Put a new meeting into the account's document."""
    ctx = call.ctx
    one_line(given.title, "title")
    made = preparing.new(
        ctx,
        call.path["account"],
        date=given.date,
        start=given.start,
        end=given.end,
        title=given.title,
        people=tuple(given.people),
    )
    registered = registration.of_meeting(ctx, made.row, made.meeting)
    return answers.meeting(ctx, made, registered, reviews_policy.standing_of(ctx, made.row))


def check(call: Call, given: Nothing) -> Json:
    """Name what the preparation or the minutes lack."""
    del given
    _, found = checks.check(call.ctx, call.meeting)
    return {"problems": [checks.as_json(one) for one in found]}


def close(call: Call, given: Closing) -> Json:
    """Record that the minutes are complete."""
    one_line(given.why, "why")
    done = closing.close(call.ctx, call.meeting, at=given.at, gut=given.gut, why=given.why)
    return answers.closed(done)


def move(call: Call, given: Redated) -> Json:
    """Give a meeting another day."""
    done = moving.move(call.ctx, call.meeting, given.date, start=given.start, end=given.end)
    return _placed(done)


def cancel(call: Call, given: Nothing) -> Json:
    """Mark a meeting as called off."""
    del given
    return _placed(moving.cancel(call.ctx, call.meeting))


def _placed(done: Moved) -> Json:
    return {"id": done.id, "path": done.path, "commit": done.commit}


def history(call: Call, given: object) -> list[Json]:
    """Return how a meeting came to be."""
    del given
    row = meetings.find(call.ctx, call.meeting).row
    found = changes.history(call.ctx, f"{row.account}/{row.id}")
    return [changes.past_json(past) for past in found]
