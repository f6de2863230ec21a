"""What a newcomer reads first, in which order, and what of it they have read.

The marks are the reader's own: nobody else sees them. What changed is to be read again.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound
from kb.work import own_notes
from kb.work.ladder_pages import charter
from kb.work.playbook import Shelf, Shelved
from kb.work.training_results import answers, member

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.catalogue.citing import Cited
    from kb.work.context import Context

KIND = "reading"
MINUTES = 2
"""So many meetings in which a principle held are read with it, and one in which it failed."""
QUESTIONS = 10
"""So many predictions belong to the path."""
STEPS = ("charter", "help", "search", "guess")
"""What is on the path besides the principles and the predictions; each is marked by hand."""


class Mark(NamedTuple):
    """When something was read, and whether it has changed since."""

    day: date
    changed: bool


class Lesson(NamedTuple):
    """A principle to read, with the meetings that it is read beside, newest first."""

    id: str
    title: str
    status: str
    held: int
    failed: int
    meetings: "tuple[Cited, ...]"
    against: "Cited | None"
    mark: Mark | None


class Step(NamedTuple):
    """One of the four steps of the path: how many of its parts are done."""

    done: int
    of: int

    @property
    def open(self) -> bool:
        """Whether something of it is still to be done."""
        return self.done < self.of


class Path(NamedTuple):
    """The way of a newcomer: the marks of its steps, its lessons, and the predictions made."""

    marks: dict[str, Mark | None]
    lessons: list[Lesson]
    predicted: int

    @property
    def done(self) -> int:
        """How many parts are done; what changed since counts as open."""
        marks = [*self.marks.values(), *(one.mark for one in self.lessons)]
        return _read(marks) + (self.predicted >= QUESTIONS)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path in four steps: what we are, the tool, the predictions, an own hypothesis."""
        being = [self.marks["charter"], *(one.mark for one in self.lessons)]
        tool = [self.marks["help"], self.marks["search"]]
        return (
            Step(_read(being), len(being)),
            Step(_read(tool), len(tool)),
            Step(min(self.predicted, QUESTIONS), QUESTIONS),
            Step(_read([self.marks["guess"]]), 1),
        )

    @property
    def of(self) -> int:
        """How many parts there are."""
        return len(self.marks) + len(self.lessons) + 1


def _read(marks: "Iterable[Mark | None]") -> int:
    """Return how many are marked, and have not changed since."""
    return sum(mark is not None and not mark.changed for mark in marks)


def path(ctx: "Context", shelf: Shelf | None = None) -> Path:
    """Return the path of who looks; `WrongUse("train-no-member")` for a stranger.

    Adopted principles come before candidates, and what held most often before the rest.
    """
    who = member(ctx)
    noted = _noted(ctx, who)
    shelf = shelf or Shelf(ctx)
    there = [one for one in shelf.of_kind("principle") if one.page.status in _ALIVE]
    lessons = [_lesson(ctx, shelf, one, noted) for one in there]
    lessons.sort(key=lambda one: (_ALIVE.index(one.status), -one.held, one.id))
    return Path(
        {key: _mark(noted.get(key), _step(ctx, key)) for key in STEPS},
        lessons,
        len({one.id for one in answers(ctx, who)}),
    )


_ALIVE = ("adopted", "candidate")


def mark(ctx: "Context", key: str, *, read: bool) -> None:
    """Note that a step or a page was read, or that it was not.

    Raises `NotFound("no-reading")` for what is not on the path, `WrongUse("train-no-member")`.
    """
    who = member(ctx)
    if key in STEPS:
        digest = _step(ctx, key)
    else:
        one = Shelf(ctx).pages.get(key)
        if one is None or one.page.kind != "principle":
            raise NotFound("no-reading", name=key)
        digest = _digest((ctx.root / one.path).read_bytes())
    at = ctx.now.isoformat(timespec="seconds")
    own_notes.append(ctx, KIND, who, {"at": at, "id": key, "read": digest if read else None})


def _noted(ctx: "Context", who: str) -> dict[str, tuple[str, str]]:
    """Return what is marked as read: the moment and the digest of what was read."""
    found: dict[str, tuple[str, str]] = {}
    for line in own_notes.lines(ctx, KIND, who):
        key, at, read = line.get("id"), line.get("at"), line.get("read")
        if isinstance(key, str):
            found.pop(key, None)
            if isinstance(at, str) and isinstance(read, str):
                found[key] = (at, read)
    return found


def _mark(noted: tuple[str, str] | None, digest: str) -> Mark | None:
    if noted is None:
        return None
    try:
        return Mark(datetime.fromisoformat(noted[0]).date(), noted[1] != digest)
    except ValueError:
        return None


def _lesson(
    ctx: "Context", shelf: Shelf, one: Shelved, noted: dict[str, tuple[str, str]]
) -> Lesson:
    page = one.page
    cited = sorted(shelf.citing(page.id), key=lambda c: c.date, reverse=True)
    counts = shelf.counts(page.id)
    return Lesson(
        page.id,
        page.title,
        page.status or "candidate",
        counts.held,
        counts.failed,
        tuple(c for c in cited if c.verdict == "supported")[:MINUTES],
        next((c for c in cited if c.verdict == "refuted"), None),
        _mark(noted.get(page.id), _digest((ctx.root / one.path).read_bytes())),
    )


def _step(ctx: "Context", key: str) -> str:
    return _digest(charter(ctx, "mission").encode() if key == "charter" else b"")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]
