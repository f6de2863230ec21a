"""Earlier states of an account's document: what changed when, and going back to one of them.

Going back is a change like any other: made on the text that was looked at, merged with what came
since, and taken back in its turn.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.work.changes import AsOf, Past, of_meeting, past_of, state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kb.catalogue.lists import Listed
    from kb.store.ports import Revision, Saved, Snapshot
    from kb.text.document import Meeting
    from kb.text.outline import Document
    from kb.work.context import Context

NAMED = 12
"""How many characters of a state's name stand in an address."""
_NAME = re.compile(r"[0-9a-f]{7,64}")
_BLOB = re.compile(r"[0-9a-f]{40,64}")


class State(NamedTuple):
    """The document after one change: its name, the change, and how far its time can be believed.

    `source` is "clock" (the time of somebody's own machine), "imported" or "server".
    """

    name: str
    past: Past
    source: str
    meetings: tuple[str, ...]


class Section(NamedTuple):
    """A meeting of an earlier state that reads otherwise now, or is not there any more (`gone`)."""

    key: str
    date: str
    title: str
    gone: bool


class Looked(NamedTuple):
    """An earlier state beside what was before it (None: nothing) and what stands now.

    `base` names the present text for `restore`; `sections` are the meetings that differ.
    """

    account: str
    state: State
    before: bytes | None
    then: bytes
    now: bytes
    base: str
    sections: tuple[Section, ...]
    last: bool


def states(ctx: "Context", slug: str) -> list[State]:
    """Return the states that an account's document had, newest first; what `account` raises."""
    path = ctx.catalogue.account(slug).path
    received = _received(ctx, path)
    return [_state(ctx, one, received) for one in ctx.store.history(path)]


def states_of_meeting(ctx: "Context", row: "Listed") -> list[State]:
    """Return the states in which one meeting was changed, newest first."""
    received = _received(ctx, row.path)
    return [_state(ctx, one, received) for one in of_meeting(ctx, row)]


def _received(ctx: "Context", path: str) -> "dict[str, datetime]":
    """Return when a team's server had each change of a file; {} where none keeps receipts."""
    if ctx.receive is None:
        return {}
    return {one.commit: one.received for one in ctx.past.versions(path) if one.received}


def at(ctx: "Context", slug: str, moment: "datetime") -> State | None:
    """Return the state in which an account's document was at a moment, None before its first."""
    path = ctx.catalogue.account(slug).path
    received = _received(ctx, path)
    revisions = ctx.store.history(path)
    found = next((one for one in revisions if received.get(one.commit, one.at) <= moment), None)
    return _state(ctx, found, received) if found else None


def whole(ctx: "Context", slug: str, name: str) -> AsOf:
    """Return an account's document as it was in an earlier state; `NotFound("no-state")`."""
    place = ctx.catalogue.account(slug)
    revisions = ctx.store.history(place.path)
    revision = revisions[_place(revisions, name)]
    at = revision.at.astimezone(ctx.settings.tz)
    return state(ctx, place, at, revision.commit, _text(ctx, revision))


def _state(ctx: "Context", revision: "Revision", received: "Mapping[str, datetime]") -> State:
    from kb.work.past import SOURCES

    trailers = dict(revision.trailers)
    meetings = tuple(value for key, value in revision.trailers if key == "Kb-Meeting")
    source = SOURCES.get(trailers.get("Kb-Source", ""), "clock")
    past = past_of(ctx, revision)
    if revision.commit in received:
        source = "server"
        past = past._replace(at=received[revision.commit].astimezone(ctx.settings.tz))
    return State(revision.commit[:NAMED], past, source, meetings)


def look(ctx: "Context", slug: str, name: str) -> Looked:
    """Return one earlier state of an account's document; `NotFound("no-state")`."""
    place = ctx.catalogue.account(slug)
    revisions = ctx.store.history(place.path)
    at = _place(revisions, name)
    revision = revisions[at]
    then = _text(ctx, revision)
    now = _now(ctx, place.path)
    earlier = revisions[at + 1] if at + 1 < len(revisions) else None
    return Looked(
        account=place.account,
        state=_state(ctx, revision, _received(ctx, place.path)),
        before=ctx.store.at(earlier.commit, earlier.path) if earlier else None,
        then=then,
        now=now.data,
        base=now.blob,
        sections=_differing(ctx, then, now.data),
        last=at == 0,
    )


def _place(revisions: "list[Revision]", name: str) -> int:
    if _NAME.fullmatch(name):
        for at, one in enumerate(revisions):
            if one.commit.startswith(name):
                return at
    raise NotFound("no-state")


def _text(ctx: "Context", revision: "Revision") -> bytes:
    data = ctx.store.at(revision.commit, revision.path)
    if data is None:  # the change took the document away
        raise NotFound("no-state")
    return data


def _now(ctx: "Context", path: str) -> "Snapshot":
    found = ctx.store.read_for_edit(path)
    if found is None:
        raise NotFound("no-file", path=path)
    return found


def _differing(ctx: "Context", then: bytes, now: bytes) -> tuple[Section, ...]:
    from kb.text.outline import parse

    old, new = parse(then, ctx.names), parse(now, ctx.names)
    found = []
    for meeting in old.meetings:
        if not meeting.counts:
            continue
        other = _same(new, meeting)
        if other is None or _bytes(old, meeting) != _bytes(new, other):
            key = _key(meeting)
            found.append(Section(key, meeting.date, meeting.title, other is None))
    return tuple(found)


def _key(meeting: "Meeting") -> str:
    """Return what names a meeting in its own state of the document: its id, else its place."""
    return meeting.ids[0] if meeting.ids else f"l-{meeting.root.line}"


def _bytes(document: "Document", meeting: "Meeting") -> bytes:
    return document.data[meeting.root.span.start : meeting.root.span.stop].rstrip()


def _same(document: "Document", meeting: "Meeting") -> "Meeting | None":
    """Return the meeting of another state that is this one: by its id, else by day and title."""
    there = document.meetings
    found = next((one for one in there if set(one.ids) & set(meeting.ids)), None)
    if found is None:
        same_day = [one for one in there if one.date == meeting.date and one.counts]
        alike = [
            one for one in same_day if (one.start, one.title) == (meeting.start, meeting.title)
        ]
        both_named = bool(meeting.ids) and all(one.ids for one in alike)
        found = alike[0] if alike and not both_named else None
    return found


def restore(
    ctx: "Context", slug: str, name: str, base: str, *, section: str | None = None
) -> "Saved":
    """Make a document, or the meeting `section` of it, what it was in the state `name`.

    `base` names the text that was looked at: what was written since is merged in. Raises
    `NotFound` ("no-state", "no-section"), `WrongUse("text-unsafe")`, and what a save raises.
    """
    from kb.store.ports import Put
    from kb.text import frontmatter
    from kb.text.arrange import set_front

    place = ctx.catalogue.account(slug)
    revisions = ctx.store.history(place.path)
    revision = revisions[_place(revisions, name)]
    then = _text(ctx, revision)
    current = ctx.store.blob(base) if _BLOB.fullmatch(base) else None
    if current is None:
        raise WrongUse("state-old-form")
    moment = revision.at.astimezone(ctx.settings.tz)
    told = {"account": place.account, "at": f"{moment:%Y-%m-%d %H:%M}"}
    trailers = []
    if section is None:
        wanted = then
        if frontmatter.scalar(then, "account") not in (None, place.account):
            wanted = set_front(then, "account", place.account)  # it was renamed since
        message = say("did-restore", ctx.settings.lang, **told)[0]
    else:
        meeting, wanted = _with_meeting(ctx, then, current, section)
        trailers = [("Kb-Meeting", one) for one in meeting.ids[:1]]
        told["date"] = meeting.date
        message = say("did-restore-meeting", ctx.settings.lang, **told)[0]
    saved = ctx.store.save(
        [Put(place.path, wanted, base)],
        actor=ctx.actor,
        message=message,
        trailers=trailers,
        when=ctx.now,
    )
    ctx.tell(place.path, saved)
    return saved


def _with_meeting(ctx: "Context", then: bytes, current: bytes, key: str) -> "tuple[Meeting, bytes]":
    """Return the meeting of an earlier text, and the present text with it in its place."""
    from kb.text.arrange import insert_meeting
    from kb.text.lines import decode, encode, newline_of
    from kb.text.outline import parse
    from kb.work.moving import at_level_two

    old, new = parse(then, ctx.names), parse(current, ctx.names)
    meeting = next((one for one in old.meetings if _key(one) == key), None)
    if meeting is None:
        raise NotFound("no-section")
    lines = "\n".join(decode(_bytes(old, meeting)).splitlines())
    other = _same(new, meeting)
    if other is None:
        return meeting, insert_meeting(new, at_level_two(lines, old.level)).document.data
    span = other.root.span
    whole = current[span.start : span.stop]
    tail = whole[len(whole.rstrip()) :]
    text = encode(lines).replace(b"\n", newline_of(current))
    made = current[: span.start] + text + tail + current[span.stop :]
    _refuse_swallowing(new, parse(made, ctx.names), other)
    return meeting, made


def _refuse_swallowing(before: "Document", after: "Document", meeting: "Meeting") -> None:
    """Refuse a section whose open comment or heading would change what stands around it."""
    at = next(n for n, c in enumerate(before.chunks) if c.span.start == meeting.root.span.start)
    rest = [before.data[c.span.start : c.span.stop] for c in before.chunks]
    made = [after.data[c.span.start : c.span.stop] for c in after.chunks]
    if len(rest) != len(made) or rest[:at] + rest[at + 1 :] != made[:at] + made[at + 1 :]:
        raise WrongUse("text-unsafe")
