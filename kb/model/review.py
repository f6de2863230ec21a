"""What a thread of events says of a review: a fold, the same whatever order a merge left."""

import re
from collections.abc import Callable, Container, Iterable
from typing import Literal, NamedTuple

from kb.text.thread import Event, in_order

Kind = Literal["pre", "post", "adoption"]
KINDS: tuple[Kind, ...] = ("pre", "post", "adoption")
COMMENTS = ("evidence", "stance", "impact", "so-what", "customers-words", "wording")
"""What a comment may ask about; one without a type is an answer."""
TYPES = frozenset(
    {"requested", "commented", "suggested", "accepted", "approved", "changes-requested", "closed"}
)
_JUDGED = ("approved", "changes-requested")
_OLD = re.compile(r"(?m)^- old: ?(.*)$")
_NEW = re.compile(r"(?m)^- new: ?(.*)$")


class State(NamedTuple):
    """Where a review stands.

    `approvals` are the members whose approval of the present text counts, `outdated` those who
    approved another text, `outstanding` those who wait for changes; each in the order of events.
    `result` is what a closed one ended with, if that was said.
    """

    state: Literal["open", "approved", "changes", "stale", "closed"]
    approvals: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    result: str | None = None


class Suggestion(NamedTuple):
    """Other words for a line: what it says, and what it should say."""

    old: str
    new: str


def fold(
    events: Iterable[Event],
    *,
    digest: str | None,
    needed: int,
    authors: Container[str] = (),
    counts: Callable[[Event], bool] = lambda _: True,
) -> State:
    """Return the state that events come to, in whatever order they are given.

    `digest` is of the text as it is now (None: it is gone), `needed` how many approvals it takes.
    Only events that `counts` says yes to are looked at, and no author judges their own text.
    """
    latest: dict[str, Event] = {}
    closed: Event | None = None
    for event in in_order(event for event in events if counts(event)):
        if event.type == "closed":
            closed = event
        elif event.type in _JUDGED and event.member not in authors:
            latest.pop(event.member, None)
            latest[event.member] = event
    approved = {who: event for who, event in latest.items() if event.type == "approved"}
    found = State(
        "open",
        tuple(who for who, event in approved.items() if current(event, digest)),
        tuple(who for who, event in approved.items() if not current(event, digest)),
        tuple(who for who, event in latest.items() if event.type == "changes-requested"),
    )
    if closed is not None:
        return found._replace(state="closed", result=closed.value("result"))
    if found.outstanding:
        return found._replace(state="changes")
    if len(found.approvals) >= needed:
        return found._replace(state="approved")
    return found._replace(state="stale" if found.outdated else "open")


def current(event: Event, digest: str | None) -> bool:
    """Tell whether an approval names the text as it is now."""
    return digest is not None and event.value("digest") == digest


def asked(events: Iterable[Event]) -> tuple[str, ...]:
    """Return whom a review was given to, in the order in which they were asked."""
    found = (name for e in in_order(events) if e.type == "requested" for name in e.members("to"))
    return tuple(dict.fromkeys(found))


def waits_for(
    member: str, events: Iterable[Event], state: State, digest: str | None, authors: Container[str]
) -> bool:
    """Tell whether it is `member`'s turn: asked, and not done with the text as it is.

    Who wanted changes is asked again when an author answered or the text became another.
    """
    if state.state in ("closed", "approved") or member in authors or member in state.approvals:
        return False
    known = in_order(events)
    if member not in asked(known):
        return False
    if member not in state.outstanding:
        return True
    mine = [e for e in known if e.member == member and e.type == "changes-requested"]
    said = mine[-1].value("digest")
    return (said is not None and said != digest) or answered(known, mine[-1], authors)


def answered(events: Iterable[Event], event: Event, authors: Container[str]) -> bool:
    """Tell whether an author said or did something in the thread after an event."""
    after = (e for e in events if (e.moment, e.id) > (event.moment, event.id))
    return any(e.member in authors and e.type != "closed" for e in after)


def suggestion(event: Event) -> Suggestion | None:
    """Return what an event suggests, or None when it suggests nothing that can be read."""
    old, new = _OLD.search(event.body), _NEW.search(event.body)
    if event.type != "suggested" or old is None or new is None:
        return None
    return Suggestion(old[1].strip(), new[1].strip())


def accepted(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of the suggestions that were taken."""
    return frozenset(e.value("on") or "" for e in events if e.type == "accepted")
