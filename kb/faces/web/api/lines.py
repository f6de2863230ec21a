"""Lines of meetings over the API: write them, tick a TODO off, judge a hypothesis."""

from typing import Any

from kb.errors import NotFound, WrongUse
from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing
from kb.faces.web.api.taken import Judgement, LineEdit, LineGone, LineNew, LinesNew, TodosWanted
from kb.faces.web.api.taking import one_line
from kb.text.compose import New
from kb.text.escape import breaks, lines_of
from kb.work import answers, capture, editing, meetings, registration, reviews_policy, todos

Json = dict[str, Any]


def add(call: Call, given: LineNew) -> Json:
    """Write one line into the right place of a meeting."""
    [done] = capture.add_all(call.ctx, call.meeting, [_new(call, given)], exact=True)
    return {**done._asdict(), "neighbours": None}


def add_all(call: Call, given: LinesNew) -> Json:
    """Write several lines in one change, or none of them."""
    news = [_new(call, line) for line in given.lines]
    done = capture.add_all(call.ctx, call.meeting, news, exact=True)
    return {"items": [one._asdict() for one in done], "commit": done[-1].commit}


def _new(call: Call, line: LineNew) -> New:
    """Return a line as the work layer takes it, with a hint at blanks that it will not hold."""
    if line.kind == "topic":
        one_line(line.text, "text")
    texts = (line.text, line.because, line.test, line.impact, line.stance)
    _tell_tidied(call, *texts)
    return New(
        line.kind,
        line.text,
        under=line.under,
        owners=tuple(line.owners),
        due=line.due,
        confidence=line.confidence,
        because=line.because,
        test=line.test,
        impact=line.impact,
        stance=line.stance,
    )


def _tell_tidied(call: Call, *texts: str | None) -> None:
    """Hint at blank lines and at blanks at the ends of lines: an item is one paragraph."""
    if any(text and breaks(text) != "\n".join(lines_of(text)) for text in texts):
        call.ctx.hints.append(("api-tidied", {}))


def opened(call: Call, given: Nothing) -> Json:
    """Return what stands at a line, to be edited."""
    del given
    found = editing.opened(call.ctx, call.meeting, _place(call))
    return {
        "kind": found.kind,
        "line": found.place.line,
        "base": found.base,
        "fields": found.fields,
        "below": found.below,
        "removable": found.removable,
    }


def edit(call: Call, given: LineEdit) -> Json:
    """Put other words where a line stood in the version that was read."""
    change = editing.Change(_place(call), given.base, given.fields)
    return editing.save(call.ctx, call.meeting, change)._asdict()


def remove(call: Call, given: LineGone) -> Json:
    """Take a line out that stood there in the version that was read."""
    change = editing.Change(_place(call), given.base, {}, remove=True)
    return editing.save(call.ctx, call.meeting, change)._asdict()


def _place(call: Call) -> editing.Place:
    word = call.path["line"]
    if not (word.isascii() and word.isdecimal() and len(word) < 8):
        raise NotFound("no-item", item=word)
    return editing.Place("line", int(word))


def todo_list(call: Call, given: TodosWanted) -> list[Json]:
    """Return TODOs, the earliest due first."""
    found = todos.listed(
        call.ctx,
        owner=given.owner,
        account=given.account,
        overdue=given.overdue,
        every=given.all,
    )
    return [todos.as_json(row) for row in found]


def todo(call: Call, given: Nothing) -> Json:
    """Return one TODO, open or done."""
    del given
    line = call.ctx.catalogue.line(call.line("todo"))
    if line.kind != "todo":
        raise WrongUse("not-a-todo", id=line.id, text=line.text)
    found = todos.listed(call.ctx, account=line.account, every=True)
    for row in found:
        if row.id == line.id:
            return todos.as_json(row)
    raise NotFound("no-id", id=line.id)


def done(call: Call, given: Nothing) -> Json:
    """Tick a TODO off."""
    del given
    return _changed(capture.done(call.ctx, call.line("todo")))


def hypothesis(call: Call, given: Nothing) -> Json:
    """Return the meeting in which a hypothesis stands."""
    del given
    ctx = call.ctx
    line = ctx.catalogue.line(call.line("hypothesis"))
    found = meetings.find(ctx, f"{line.account}/{line.meeting.id}")
    registered = registration.of_meeting(ctx, found.row, found.meeting)
    data = answers.meeting(ctx, found, registered, reviews_policy.standing_of(ctx, found.row))
    for claim in data["hypotheses"]:
        if claim["id"] == line.id:
            return {**claim, "account": line.account, "meeting": found.row.id, "path": line.path}
    raise WrongUse("not-a-hypothesis", id=line.id, text=line.text)


def judge(call: Call, given: Judgement) -> Json:
    """Say whether a hypothesis held."""
    name = call.line("hypothesis")
    one_line(given.quote, "quote")
    return _changed(capture.verdict(call.ctx, name, given.verdict, given.quote))


def _changed(changed: capture.Changed) -> Json:
    data = changed._asdict()
    del data["topic"]
    return data
