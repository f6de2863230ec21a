"""A meeting as the team speaks of it: hypotheses, topics, decisions, TODOs, insights.

Plain frozen data with the lines (from 1) at which they stand; `kb.model.reading` builds it. An
`id` is the one that is written, or the one that the line would be given (`given` tells which).
"""

from typing import NamedTuple

from kb.model.people import Attendees


class Hypothesis(NamedTuple):
    """A claim written before the meeting; `confidence` in percent, `verdict` an English key."""

    id: str
    given: bool
    line: int
    text: str
    because: str | None
    test: str | None
    impact: str | None
    confidence: int | None
    refs: tuple[str, ...]
    verdict: str | None
    quote: str | None
    verdict_on: str | None
    verdict_due: str | None
    value_level: int | None


class Said(NamedTuple):
    """The customer's words on a topic."""

    text: str
    line: int


class Decision(NamedTuple):
    """What was decided; `internal` when it stands where customers never look."""

    id: str
    given: bool
    line: int
    text: str
    internal: bool


class Todo(NamedTuple):
    """Something to do. `owner` is the first of `owners`; `promise`: we owe it to the customer."""

    id: str
    given: bool
    line: int
    text: str
    owners: tuple[str, ...]
    due: str | None
    done: bool
    promise: bool
    internal: bool

    @property
    def owner(self) -> str | None:
        """Return who does it, as written, without `@`; None when nobody was named."""
        return self.owners[0] if self.owners else None


class Insight(NamedTuple):
    """A short, general lesson."""

    id: str
    given: bool
    line: int
    text: str
    tags: tuple[str, ...]


class Request(NamedTuple):
    """What the customer asks of the product."""

    id: str
    given: bool
    line: int
    text: str


class Topic(NamedTuple):
    """One agenda item. `link` is the topic it continues; `id` of that one is not its own."""

    id: str
    given: bool
    line: int
    title: str
    link: str | None
    stance: str | None
    said: tuple[Said, ...]
    decisions: tuple[Decision, ...]
    todos: tuple[Todo, ...]
    value_level: int | None


class Carried(NamedTuple):
    """A bullet that shows an open TODO of an earlier meeting: its text and the TODO's link.

    `done` tells that its own box is ticked (then the TODO that it shows is done), or in a list
    that goes by all meetings that the TODO is done, wherever it was ticked.
    """

    text: str
    link: str
    line: int
    done: bool = False


class Other(NamedTuple):
    """A section with an unknown heading: internal content."""

    heading: str
    line: int


class Passage(NamedTuple):
    """Internal text as one can look for it: `kind` is memo or note (under an unknown heading)."""

    kind: str
    heading: str
    text: str
    line: int


class Meeting(NamedTuple):
    """One meeting of one account. `line` is its heading's; `digest` changes with any byte of it.

    `decisions` and `todos` hold all of the meeting, those under topics too; `minutes` is when
    the minutes were complete ("YYYY-MM-DD HH:MM") or None.
    """

    account: str
    path: str
    id: str
    given: bool
    line: int
    digest: str
    date: str
    start: str | None
    end: str | None
    title: str
    cancelled: bool
    minutes: str | None
    attendees: Attendees
    hypotheses: tuple[Hypothesis, ...]
    topics: tuple[Topic, ...]
    decisions: tuple[Decision, ...]
    todos: tuple[Todo, ...]
    insights: tuple[Insight, ...]
    requests: tuple[Request, ...]
    carried: tuple[Carried, ...]
    gut: str | None
    memo: str | None
    other: tuple[Other, ...]
    passages: tuple[Passage, ...]

    @property
    def prepared(self) -> bool:
        """Tell whether there is a hypothesis or a stance."""
        return bool(self.hypotheses) or any(topic.stance for topic in self.topics)
