"""Earlier states of an account's document: what changed when, and going back to one of them.

Going back is a change like any other: made on the text that was looked at, merged with what came
since, and taken back in its turn.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.text.restoring import Piece, differing, put_back
from kb.work.changes import AsOf, Past, of_meeting, past_of, state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kb.catalogue.lists import Listed
    from kb.store.ports import Revision, Saved, Snapshot
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


class Looked(NamedTuple):
    """An earlier state beside what was before it (None: nothing) and what stands now.

    `base` names the present text for `restore`; `pieces` are the meetings that differ.
    """

    account: str
    state: State
    before: bytes | None
    then: bytes
    now: bytes
    base: str
    pieces: tuple[Piece, ...]
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
        pieces=differing(then, now.data, ctx.names),
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


def restore(
    ctx: "Context", slug: str, name: str, base: str, *, section: str | None = None
) -> "Saved":
    """Make a document, or the meeting or part `section` of it, what it was in the state `name`.

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
        meeting, wanted = put_back(then, current, section, ctx.names)
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
