"""A meeting of the model as compact JSON and back, with lines counted from its heading.

Only positions, no names: forty thousand meetings are read and written in a moment.
"""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.model.meeting import Decision, Meeting, Todo
    from kb.text.document import Meeting as MeetingText

CODEC = 5
"""Version of this form and of what the model reads; older rows are read again from the files."""


def dump(value: object) -> bytes:
    """Return a value as JSON; bytes of a file that are no UTF-8 survive as surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def load(body: bytes) -> Any:  # noqa: ANN401 (JSON)
    """Return the value of `dump`; raises `ValueError` for anything else."""
    return json.loads(body.decode("utf-8", "surrogatepass"))


def pack(m: "Meeting", found: "MeetingText") -> bytes:
    """Return a meeting as JSON, without the account, path and place that its file gives it.

    `found` is the text that it was read from: what the model has no use for is taken from there.
    """
    line = m.line
    return dump(
        (
            (m.id, m.given, m.digest, m.date, m.start, m.end, m.title, m.cancelled, m.minutes),
            (found.counts, m.prepared, _ends(m), _also(m, found), m.gut, m.memo),
            (m.attendees.customer, m.attendees.ours),
            [
                (
                    *(h.id, h.given, h.line - line),
                    (h.text, h.because, h.test, h.impact, h.confidence),
                    h.refs,
                    (h.verdict, h.quote, h.verdict_on, h.verdict_due, h.value_level),
                )
                for h in m.hypotheses
            ],
            [
                (
                    *(t.id, t.given, t.line - line, t.title, t.link, t.stance),
                    [(said.text, said.line - line) for said in t.said],
                    [m.decisions.index(decision) for decision in t.decisions],
                    [m.todos.index(todo) for todo in t.todos],
                    t.value_level,
                )
                for t in m.topics
            ],
            [(d.id, d.given, d.line - line, d.text, d.internal) for d in m.decisions],
            [
                (
                    *(t.id, t.given, t.line - line, t.text, t.owners, t.due),
                    *(t.done, t.promise, t.internal),
                )
                for t in m.todos
            ],
            [(i.id, i.given, i.line - line, i.text, i.tags) for i in m.insights],
            [(r.id, r.given, r.line - line, r.text) for r in m.requests],
            [(c.text, c.link, c.line - line, c.done) for c in m.carried],
            [(o.heading, o.line - line) for o in m.other],
            [(p.kind, p.heading, p.text, p.line - line) for p in m.passages],
        )
    )


def unpack(body: bytes, account: str, path: str, line: int) -> "Meeting":
    """Return the meeting whose heading stands at `line` of `path`; the inverse of `pack`."""
    from kb.model import meeting as model
    from kb.model.people import Attendees

    head, more, (customer, ours), hypotheses, topics, *rest = load(body)
    decisions, todos, insights, requests, carried, other, passages = rest
    id_, given, digest, date, start, end, title, cancelled, minutes = head
    _counts, _prepared, _ends_at, _further_ids, gut, memo = more
    all_decisions: list[Decision] = [
        model.Decision(i, g, line + at, text, internal) for i, g, at, text, internal in decisions
    ]
    all_todos: list[Todo] = [
        model.Todo(i, g, line + at, text, tuple(owners), due, done, promise, internal)
        for i, g, at, text, owners, due, done, promise, internal in todos
    ]
    return model.Meeting(
        account=account,
        path=path,
        id=id_,
        given=given,
        line=line,
        digest=digest,
        date=date,
        start=start,
        end=end,
        title=title,
        cancelled=cancelled,
        minutes=minutes,
        attendees=Attendees(tuple(customer), tuple(ours)),
        hypotheses=tuple(
            model.Hypothesis(
                *(i, g, line + at, text, because, test, impact, confidence),
                *(tuple(refs), verdict, quote, on, due, level),
            )
            for i, g, at, (text, because, test, impact, confidence), refs, judged in hypotheses
            for verdict, quote, on, due, level in (judged,)
        ),
        topics=tuple(
            model.Topic(
                *(i, g, line + at, topic_title, link, stance),
                tuple(model.Said(text, line + where) for text, where in said),
                tuple(all_decisions[index] for index in decided),
                tuple(all_todos[index] for index in to_do),
                level,
            )
            for i, g, at, topic_title, link, stance, said, decided, to_do, level in topics
        ),
        decisions=tuple(all_decisions),
        todos=tuple(all_todos),
        insights=tuple(
            model.Insight(i, g, line + at, text, tuple(tags)) for i, g, at, text, tags in insights
        ),
        requests=tuple(model.Request(i, g, line + at, text) for i, g, at, text in requests),
        carried=tuple(
            model.Carried(text, link, line + at, done) for text, link, at, done in carried
        ),
        gut=gut,
        memo=memo,
        other=tuple(model.Other(heading, line + at) for heading, at in other),
        passages=tuple(
            model.Passage(kind, heading, text, line + at) for kind, heading, text, at in passages
        ),
    )


def _also(m: "Meeting", found: "MeetingText") -> list[tuple[str, int]]:
    """Return further ids of lines, with their lines: a merge may leave a line with two."""
    said = {one.id for kind in (m.hypotheses, m.topics, m.decisions, m.todos) for one in kind}
    said.update({m.id}, *({one.id for one in kind} for kind in (m.insights, m.requests)))
    written = [(id_, part.line) for part in found.root.walk() for id_ in part.ids]
    written += [(id_, item.line) for item in found.root.all_items() for id_ in item.ids]
    return [(id_, line - m.line) for id_, line in written if id_ not in said]


def _ends(meeting: "Meeting") -> str:
    """Return when the meeting ends, as text that sorts."""
    from kb.model.state import ends

    return ends(meeting).isoformat(timespec="minutes")
