"""What of a meeting, a page or a review can be found: one entry for each item."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.model.meeting import Meeting
from kb.search.ports import Entry
from kb.text.emphasis import bare
from kb.text.names import TAGS

LONGEST = 20_000
"""Characters of one entry that are indexed; a longer memo is found by its beginning."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# A link has no bracket inside: a row of brackets must not be read again from each of them.
_MARKS = re.compile(r"(?:^|(?<=\s))\^[a-z]-[0-9a-z]{6}|\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]|`{1,3}")


def of_meeting(meeting: Meeting, unit: str, name: str) -> Iterator[Entry]:
    """Yield the entries of a meeting; lines count from its heading, `name` is the customer's."""
    around = f"{name} {meeting.account}"
    title = meeting.title
    order = 0

    def entry(kind: str, id_: str | None, line: int, text: str, **more: Any) -> Entry:  # noqa: ANN401
        nonlocal order
        order += 1
        below = more.pop("below", "")
        return Entry(
            unit=unit,
            order=order,
            kind=kind,
            id=id_,
            line=line - meeting.line,
            title=title,
            text=shown(text),
            around=f"{below} {around}".strip(),
            account=meeting.account,
            date=meeting.date,
            **more,
        )

    people = " ".join((*meeting.attendees.customer, *meeting.attendees.ours))
    yield entry("meeting", meeting.id, meeting.line, f"{title} {people}".strip())
    for claim in meeting.hypotheses:
        parts = (claim.text, claim.because, claim.test, claim.impact, claim.quote)
        yield entry("hypothesis", claim.id, claim.line, "\n".join(p for p in parts if p))
    below: dict[int, str] = {}
    requests = {request.line for request in meeting.requests}
    for topic in meeting.topics:
        if topic.title or topic.stance:
            text = "\n".join(part for part in (topic.title, topic.stance) if part)
            yield entry("topic", topic.id, topic.line, text)
        for said in topic.said:
            if said.line not in requests:
                yield entry("said", None, said.line, said.text, below=topic.title)
        below |= {d.line: topic.title for d in topic.decisions}
        below |= {t.line: topic.title for t in topic.todos}
    for decision in meeting.decisions:
        above = below.get(decision.line, "")
        yield entry("decision", decision.id, decision.line, decision.text, below=above)
    for todo in meeting.todos:
        yield entry(
            *("todo", todo.id, todo.line, todo.text),
            below=below.get(todo.line, ""),
            owners=todo.owners,
            status="done" if todo.done else "open",
            due=todo.due,
        )
    for insight in meeting.insights:
        yield entry("insight", insight.id, insight.line, insight.text, tags=insight.tags)
    for request in meeting.requests:
        yield entry("request", request.id, request.line, request.text, tags=TAGS["request"])
    for passage in meeting.passages:
        yield entry(passage.kind, None, passage.line, passage.text, below=passage.heading)


def of_page(unit: str, kind: str, front: Mapping[str, Any], name: str, body: str) -> Entry:
    """Return the entry of a playbook page; `body` is its Markdown below the front matter."""
    title = front.get("title")
    tags = front.get("tags")
    status = front.get("status")
    owner = front.get("owner")
    return Entry(
        unit=unit,
        order=0,
        kind=kind,
        id=name,
        line=0,
        title=title if isinstance(title, str) else name,
        text=shown(body),
        around=name,
        owners=(owner,) if isinstance(owner, str) else (),
        tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
        status=status if isinstance(status, str) else None,
    )


def unproven(entry: Entry) -> Entry:
    """Return the entry of a page that no meeting speaks for; one that was given up stays that."""
    return entry if entry.status in ("superseded", "retired") else entry._replace(status="unproven")


def of_review(unit: str, data: bytes) -> Iterator[Entry]:
    """Yield the words of each event of a review thread; lines count from the file's first."""
    from kb.text.thread import parse_thread

    thread = parse_thread(data)
    for number, event in enumerate(thread.events):
        if event.body.strip():
            yield Entry(
                unit=unit,
                order=number,
                kind="review",
                id=event.id,
                line=event.line - 1,
                title=thread.title,
                text=shown(event.body),
                date=event.time[:10],
                owners=(event.member,),
            )


def shown(text: str) -> str:
    """Return Markdown as words: no comments, ids, emphasis; a link as what it names."""
    words = _COMMENT.sub(" ", text[: LONGEST * 2])
    words = _MARKS.sub(lambda m: m[1] or "", bare(words))
    return words.strip()[:LONGEST]
