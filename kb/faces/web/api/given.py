"""What the API answers about accounts, meetings and their lines, key by key."""

from typing import Literal

from kb.faces.web.api.shape import Changes, Count, Gives, Hint, Listed

State = Literal["planned", "prepared", "held", "closed", "cancelled"]
Verdict = Literal["supported", "refuted", "mixed", "untested"]


class Account(Gives, frozen=True):
    """A customer."""

    account: str
    name: str
    csm: str | None
    unit: str | None
    segment: str | None
    stage: str | None
    mrr: int | None
    meetings: Count
    last: str | None
    next: str | None
    open_todos: Count
    path: str
    archived: bool


class Accounts(Listed, frozen=True):
    """Accounts by name."""

    items: list[Account]


class AccountMade(Changes, frozen=True):
    """A new account, and where its document is."""

    account: str
    path: str


class AccountPlaced(Changes, frozen=True):
    """An account after a change; `commit` is null when nothing had to be changed."""

    account: str
    path: str
    commit: str | None


class MeetingRow(Gives, frozen=True):
    """A meeting in a list."""

    account: str
    id: str
    date: str
    start: str | None
    end: str | None
    title: str
    state: State


class Meetings(Listed, frozen=True):
    """Meetings, newest first."""

    items: list[MeetingRow]


class Attendees(Gives, frozen=True):
    """Who attends: the customer's people, and ours."""

    customer: list[str]
    ours: list[str]


class HypothesisThen(Gives, frozen=True):
    """A claim with its fields and its verdict."""

    id: str
    text: str
    because: str | None
    test: str | None
    impact: str | None
    confidence: int | None
    refs: list[str]
    verdict: Verdict | None
    quote: str | None
    verdict_due: str | None
    line: int


class Hypothesis(HypothesisThen, frozen=True):
    """A claim, and since when it is registered."""

    registered_at: str | None
    registered_source: str | None
    before_meeting: bool | None


class Claim(Hypothesis, frozen=True):
    """A hypothesis, and the meeting in which it stands."""

    account: str
    meeting: str
    path: str


class Said(Gives, frozen=True):
    """The customer's words."""

    text: str
    line: int


class Decision(Gives, frozen=True):
    """What was decided."""

    id: str
    text: str
    line: int


class Todo(Gives, frozen=True):
    """A TODO of a meeting; a promise is one that we owe the customer."""

    id: str
    text: str
    owner: str | None
    due: str | None
    done: bool
    promise: bool
    line: int


class Topic(Gives, frozen=True):
    """An agenda item with what was said on it."""

    id: str
    title: str
    continues: str | None
    stance: str | None
    said: list[Said]
    decisions: list[Decision]
    todos: list[Todo]
    line: int


class Carried(Gives, frozen=True):
    """An open TODO of an earlier meeting, shown again."""

    text: str
    link: str
    done: bool
    line: int


class Insight(Gives, frozen=True):
    """A lesson of a meeting."""

    id: str
    text: str
    tags: list[str]
    line: int


class Request(Gives, frozen=True):
    """What the customer asks of the product."""

    id: str
    text: str
    line: int


class Other(Gives, frozen=True):
    """A section with a heading that is not known: kept, internal."""

    heading: str
    line: int


class MeetingReview(Gives, frozen=True):
    """A review of a meeting, in short."""

    review: str
    kind: str
    state: str


class MeetingThen(Gives, frozen=True):
    """A whole meeting as data; `digest` names this state of its text."""

    account: str
    id: str
    date: str
    start: str | None
    end: str | None
    title: str
    state: State
    attendees: Attendees
    hypotheses: list[HypothesisThen]
    topics: list[Topic]
    decisions: list[Decision]
    todos: list[Todo]
    carried: list[Carried]
    insights: list[Insight]
    requests: list[Request]
    memo: str | None
    gut: str | None
    minutes: str | None
    other: list[Other]
    path: str
    line: int
    digest: str


class Meeting(MeetingThen, frozen=True):
    """A whole meeting, and its reviews."""

    hypotheses: list[Hypothesis]  # type: ignore[assignment]  # the same with more
    reviews: list[MeetingReview]


class MeetingMade(Meeting, frozen=True):
    """A meeting as it was made."""

    hints: list[Hint]


class Missing(Gives, frozen=True):
    """What a meeting lacks, with the mend."""

    code: str
    message: str
    line: int
    severity: Literal["error", "warning"]


class Checked(Gives, frozen=True):
    """What a check found."""

    problems: list[Missing]


class Closed(Changes, frozen=True):
    """When the minutes were complete."""

    id: str
    ended: str
    closed: str
    minutes_after_end: float
    within_target: bool
    unjudged: list[str]
    undecided: list[str]
    commit: str | None


class MeetingPlaced(Changes, frozen=True):
    """A meeting whose heading was changed; `commit` is null when nothing had to be."""

    id: str
    path: str
    commit: str | None


class Line(Gives, frozen=True):
    """A line that was written: its id (null for what bears none) and where it stands."""

    id: str | None
    path: str
    line: int
    commit: str | None
    topic: str | None


class LineMade(Line, frozen=True):
    """A line that was added to a meeting; `neighbours` is always null here, as in `kb add`."""

    neighbours: None
    hints: list[Hint]


class LinesMade(Changes, frozen=True):
    """Lines that were added to a meeting in one change, in the order in which they were sent."""

    items: list[Line]
    commit: str | None


class LineChanged(Changes, frozen=True):
    """A line that was changed; `commit` is null when it said so already."""

    id: str | None
    path: str
    line: int
    commit: str | None


class Opened(Gives, frozen=True):
    """What stands at a line, by field, in version `base`; `below` lines would go with it."""

    kind: str
    line: int | None
    base: str
    fields: dict[str, str]
    below: Count
    removable: bool


class Edited(Changes, frozen=True):
    """Where an edited line stands now (0: nowhere); `commit` is null when nothing was changed."""

    line: int
    commit: str | None


class TodoRow(Gives, frozen=True):
    """A TODO in the list of all."""

    id: str
    text: str
    owner: str | None
    due: str | None
    done: bool
    overdue: bool
    promise: bool
    account: str
    date: str
    path: str
    line: int


class Todos(Listed, frozen=True):
    """TODOs, the earliest due first."""

    items: list[TodoRow]
