"""Reviews as they stand: threads read, checked against who really wrote them, and folded."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from kb.catalogue import claims as records
from kb.errors import KbError, NotFound, WrongUse
from kb.model import review as model
from kb.text.ids import short
from kb.text.lines import decode, encode
from kb.text.thread import (
    Event,
    Thread,
    event_lines,
    event_of,
    has_front,
    is_thread,
    parse_thread,
)
from kb.work.former import key_of
from kb.work.reviews_subject import Subject, subject_of
from kb.work.reviews_text import authors, digest

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.review import Kind, State
    from kb.work.context import Context

FOLDER = "reviews"
_STEM = re.compile(r"[\w-]{1,128}")


class Standing(NamedTuple):
    """How far the review of a text is: "none" when there is no thread (`path` None then).

    `approvals` are the members whose approval of the present text counts, `outstanding` those
    who wait for changes, `authors` those who may not approve; `result` what it was closed with.
    """

    state: Literal["none", "open", "approved", "changes", "stale", "closed"]
    approvals: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    path: str | None = None
    id: str | None = None
    result: str | None = None
    authors: tuple[str, ...] = ()


class Review:
    """One thread with all that its state rests on; looked up when it is first asked for."""

    def __init__(self, ctx: "Context", path: str, thread: Thread) -> None:
        """Hold a thread that was read from `path`."""
        self._ctx = ctx
        self.path = path
        self.thread = thread
        self.id = _scalar(thread, "review") or review_id(path)
        kind = _scalar(thread, "kind")
        self.kind: Kind = next((one for one in model.KINDS if one == kind), "pre")
        self.of = _scalar(thread, "of")
        self.author = _scalar(thread, "author") or None
        self.reviewers = model.asked(thread.events)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events of the kinds that reviews know."""
        return tuple(event for event in self.thread.events if event.type in model.TYPES)

    @cached_property
    def due(self) -> datetime | None:
        """When the review is wanted; None when nobody said.

        As the thread says, unless the meeting was moved to another day since.
        """
        zone = self._ctx.settings.tz
        subject = self.subject if self.kind == "pre" else None
        before = due_before(self._ctx, subject.row) if subject and subject.row else None
        try:
            found = datetime.fromisoformat(_scalar(self.thread, "due"))
        except ValueError:
            return before
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        return before if before and abs(found - before) > timedelta(days=1) else found

    @property
    def needed(self) -> int:
        """How many approvals of one text it takes."""
        return needed(self._ctx, self.kind)

    @cached_property
    def subject(self) -> Subject | None:
        """What is reviewed, or None when it is gone."""
        try:
            return subject_of(self._ctx, self.of)
        except KbError:
            return None

    @cached_property
    def digest(self) -> str | None:
        """The digest of the text as it is now, or None when it is gone."""
        return digest(self._ctx, self.subject, self.kind) if self.subject else None

    @cached_property
    def authors(self) -> frozenset[str]:
        """Who wrote what is reviewed: the CSM, the one who asked for it, and who changed it."""
        found = authors(self._ctx, self.subject, self.kind) if self.subject else frozenset()
        found = frozenset(key_of(self._ctx, who) for who in found)
        return found | ({self.author} if self.author else frozenset())

    @cached_property
    def verified(self) -> frozenset[str]:
        """The lines of those events whose member made the commit in which they first stand."""
        return verified(self._ctx, self.path)

    def counts(self, event: Event) -> bool:
        """Tell whether an event was written by the member whom it names."""
        return event.head in self.verified

    def is_late(self, event: Event) -> bool:
        """Tell whether an event of a review before a meeting came after that had begun."""
        row = self.subject.row if self.subject and self.kind == "pre" else None
        if row is None:
            return False
        return event.moment > datetime.fromisoformat(row.begins).replace(
            tzinfo=self._ctx.settings.tz
        )

    @cached_property
    def state(self) -> "State":
        """Where the review stands."""
        return model.fold(
            self.events,
            digest=self.digest,
            needed=self.needed,
            authors=self.authors,
            counts=self.counts,
        )

    @cached_property
    def taken(self) -> frozenset[str]:
        """The ids of the suggestions that were taken."""
        return model.accepted(filter(self.counts, self.events))

    def waits_for(self, member: str) -> bool:
        """Tell whether it is a member's turn."""
        events = [event for event in self.events if self.counts(event) or _asks(event)]
        return model.waits_for(member, events, self.state, self.digest, self.authors)


def _asks(event: Event) -> bool:
    return event.type == "requested"


def _scalar(thread: Thread, key: str) -> str:
    value = thread.front.get(key)
    return value if isinstance(value, str) else ""


def review_id(path: str) -> str:
    """Return the id of the thread at a path: derived from its name, so that clones agree."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    return f"r-{short(chr(31).join(('r', stem)))}"


def needed(ctx: "Context", kind: "Kind") -> int:
    """Return how many approvals a review of a kind takes."""
    return ctx.settings.quorum.approvals if kind == "adoption" else 1


def due_before(ctx: "Context", row: "Listed") -> datetime:
    """Return when a review before a meeting is wanted."""
    start = datetime.fromisoformat(row.begins).replace(tzinfo=ctx.settings.tz)
    return start - timedelta(hours=ctx.settings.policies.hours_before)


def is_alive(ctx: "Context", review: Review) -> bool:
    """Tell whether a review can still be of use: not once the meeting to prepare is over.

    A thread that was copied in whole from elsewhere is believed that it is closed.
    """
    from kb.work.meetings import wall

    subject = review.subject
    if subject is None:
        return False
    if any(event.type == "closed" for event in review.events):
        came = ctx.past.versions(review.path)
        if len(came) == 1 and len({event.member for event in review.events}) > 1:
            return False
    row = subject.row
    if row is None or review.kind != "pre":
        return row is None or not row.cancelled
    return not row.cancelled and row.ends > wall(ctx).isoformat()


# Finding threads


def every(ctx: "Context", *, naming: str = "") -> list[Review]:
    """Return all reviews, by path; with `naming` those whose text has that name."""
    return list(_all(ctx, naming.encode()))


def _all(ctx: "Context", naming: bytes) -> Iterator[Review]:
    folder = ctx.root / FOLDER
    if not folder.is_dir():
        return
    for file in sorted(folder.glob("*.md")):
        path = f"{FOLDER}/{file.name}"
        data = text_of(ctx, path)
        if data is not None and naming in data and is_thread(data):
            yield Review(ctx, path, parse_thread(data))


def text_of(ctx: "Context", path: str) -> bytes | None:
    """Return the text of a thread, or None for what is no file of the store.

    What somebody wrote over a thread, so that it is none any more, hides the saved one not.
    """
    from kb.work import places

    try:
        data = places.text_of(ctx, path)
    except KbError:
        return None  # a link, or a name that no file of a store may have
    if data is None or has_front(data):
        return data
    head = ctx.store.head()
    saved = ctx.store.at(head, path) if head else None
    return saved if saved is not None and has_front(saved) else data


def at(ctx: "Context", path: str) -> Review:
    """Return the review at a path; `NotFound("no-review")`."""
    data = text_of(ctx, path)
    if data is None or not is_thread(data):
        raise NotFound("no-review", ref=path)
    return Review(ctx, path, parse_thread(data))


def find(ctx: "Context", word: str) -> Review:
    """Return the review that a word names: its id, or what it reviews where that is one review.

    Of several threads on one thing the one that is not closed is meant. Raises
    `NotFound("no-review")`, `WrongUse("review-ambiguous")` with the ids, and for a meeting what
    the catalogue raises.
    """
    name = word.strip().removeprefix("[[").removesuffix("]]").removeprefix("^")
    page = name in ctx.catalogue.pages()  # a thread may have the very name of its page
    named = (not page and _called(ctx, name)) or _on(ctx, name, word)
    if not named:
        raise NotFound("no-review", ref=word)
    alive = [one for one in named if len(named) == 1 or one.state.state != "closed"]
    if len(alive) != 1:
        ids = ", ".join(f"{one.id} ({one.kind})" for one in alive or named)
        raise WrongUse("review-ambiguous", ref=word, ids=ids)
    return alive[0]


def _called(ctx: "Context", name: str) -> list[Review]:
    """Return the review of an id, or of a thread's own name."""
    path = f"{FOLDER}/{name}.md"
    data = text_of(ctx, path) if _STEM.fullmatch(name) else None
    if data is not None and is_thread(data):
        return [Review(ctx, path, parse_thread(data))]
    if not name.startswith("r-"):
        return []
    found = [one for one in every(ctx, naming=name) if one.id == name]
    return found or [one for one in every(ctx) if one.id == name]


def _on(ctx: "Context", name: str, word: str) -> list[Review]:
    """Return the reviews of what a word names; raises what the catalogue raises."""
    if name in ctx.catalogue.pages():
        return [one for one in every(ctx, naming=name) if one.of == name]
    from kb.work.meetings import wall

    try:
        row = ctx.catalogue.meeting(name.replace("#^", "/"), wall(ctx))
    except (NotFound, WrongUse):
        if name.startswith(("r-", "p-")):
            raise NotFound("no-review", ref=word) from None
        raise
    return [one for one in every(ctx, naming=row.id) if is_of(one, row)]


def is_of(review: Review, row: "Listed") -> bool:
    """Tell whether a review is of the meeting of a row."""
    _, mark, id_ = review.of.partition("#^")
    return bool(mark) and id_ == row.id


def threads_on(ctx: "Context", of: str, kind: "Kind") -> list[Review]:
    """Return the reviews of one kind on one thing, the one that was begun last at the end."""
    wanted = of.partition("#^")[2] or of
    found = [
        one
        for one in every(ctx, naming=wanted)
        if one.kind == kind and (one.of.partition("#^")[2] or one.of) == wanted
    ]
    return sorted(found, key=_begun)


def _begun(review: Review) -> tuple[bool, float, str]:
    first = review.events[0].moment.timestamp() if review.events else 0.0
    return review.state.state != "closed", first, review.path


def standing(ctx: "Context", of: str, kind: "Kind") -> Standing:
    """Return how far the review of a meeting (`acme#^m-…`, `m-…`) or of a page is.

    Of several adoptions of a page the open one counts, else the last.
    """
    found = threads_on(ctx, of, kind)
    if not found:
        return Standing("none")
    one = found[-1]
    state = one.state
    return Standing(
        state.state,
        state.approvals,
        state.outstanding,
        one.path,
        one.id,
        state.result,
        tuple(sorted(one.authors)),
    )


# Who wrote an event


def verified(ctx: "Context", path: str) -> frozenset[str]:
    """Return the lines of a thread's events that their own member committed first.

    Who left, or has another address today, is known by the address that was theirs.
    """
    versions = [(one, key_of(ctx, one.by[0])) for one in ctx.past.versions(path) if one.by]
    marks = [f"{one.commit} {who}" for one, who in versions]
    name = f"{path}#verified"
    remembered = ctx.catalogue.rows(lambda db: records.remembered(db, [name])).get(name)
    done, own, others = _continued(remembered, marks) if remembered else (0, set(), set())
    if done == len(versions):
        return frozenset(own)
    read: set[bytes] = set()
    for version, who in versions[done:]:
        lines = event_lines(ctx.past.text(version)) - read
        read |= lines
        for event in map(event_of, lines):
            if event and event.head not in own and event.head not in others:
                (own if who == event.member else others).add(event.head)
    body = "\n".join([str(len(own)), *sorted(own), *sorted(others)])
    row = (name, _mark(marks), encode(body))
    ctx.catalogue.rows(lambda db: records.remember(db, [row]))
    return frozenset(own)


def _continued(remembered: tuple[str, bytes], marks: list[str]) -> tuple[int, set[str], set[str]]:
    """Return how many versions were read before, and the events in them: members' own, others'.

    None of it counts when the past is another one by now, or an address somebody else's.
    """
    mark, body = remembered
    count = mark.partition(":")[0]
    done = int(count) if count.isdecimal() and len(count) < 10 else 0
    if not done or done > len(marks) or mark != _mark(marks[:done]):
        return 0, set(), set()
    first, *heads = decode(body).split("\n")
    return done, set(heads[: int(first)]), set(heads[int(first) :])


def _mark(marks: list[str]) -> str:
    return f"{len(marks)}:{sha256(chr(10).join(marks).encode()).hexdigest()}"
