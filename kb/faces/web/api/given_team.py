"""What the API answers about the day, the board, the search, training and history, key by key."""

from msgspec import UNSET, UnsetType, field

from kb.faces.web.api.given import MeetingThen
from kb.faces.web.api.given_playbook import Rate
from kb.faces.web.api.shape import Changes, Count, Gives, Listed


class Need(Gives, frozen=True):
    """One thing that needs somebody, and why now."""

    kind: str
    account: str | None
    ref: str
    message: str
    reason: str
    due: str | None


class Day(Gives, frozen=True):
    """What needs one, the most urgent first."""

    date: str
    items: list[Need]
    total: Count


class Hit(Gives, frozen=True):
    """One place that was found; `marks` are where the words stand in the snippet."""

    id: str | None
    kind: str
    account: str | None
    date: str | None
    title: str
    snippet: str
    marks: list[tuple[int, int]]
    score: float
    path: str
    line: int
    why: dict[str, float] | UnsetType = UNSET


class Found(Gives, frozen=True):
    """What a search brought; `meaning` is there when it was asked for."""

    query: str
    total: Count
    took_ms: float
    hits: list[Hit]
    suggestion: str | None
    understood: str
    meaning: bool | UnsetType = UNSET


class Bin(Gives, frozen=True):
    """Forecasts of a range of percents, and how many of those held."""

    start: int = field(name="from")
    stop: int = field(name="to")
    n: Count
    held: Count


class Calibration(Gives, frozen=True):
    """How forecasts did."""

    n: Count
    held: Count
    brier: float | None
    base_rate: float | None
    bins: list[Bin]
    enough: bool


class Verdicts(Gives, frozen=True):
    """How many hypotheses ended how."""

    supported: Count
    refuted: Count
    mixed: Count
    untested: Count
    waiting: Count


class Sources(Gives, frozen=True):
    """Whose clock says when claims were registered."""

    server: Count
    clock: Count = field(name="own clock")
    imported: Count


class Registered(Gives, frozen=True):
    """How many claims were there before their meeting."""

    before_meeting: Rate
    sources: Sources


class Habits(Gives, frozen=True):
    """How far the habits reach."""

    meetings: Count
    with_hypothesis: Rate
    preregistered: Rate
    pre_reviewed: Rate
    closed: Rate
    minutes_within_5: Rate


class Unit(Habits, frozen=True):
    """The habits in a unit."""

    unit: str


class Week(Habits, frozen=True):
    """The habits in a week."""

    week: str


class Lead(Gives, frozen=True):
    """How many days a step takes."""

    median: float | None
    n: Count


class Waiting(Gives, frozen=True):
    """What has not taken a step yet."""

    n: Count
    median_age_days: float | None
    oldest_days: float | None


class Flow(Gives, frozen=True):
    """One step of the flow of knowledge."""

    step: str
    n: Count
    of: Count
    rate: float | None
    lead_time_days: Lead
    waiting: Waiting


class Lack(Gives, frozen=True):
    """What a step of the adoption lacks."""

    code: str
    what: str
    n: Count | UnsetType = UNSET
    of: Count | UnsetType = UNSET
    rate: float | UnsetType | None = UNSET


class Step(Gives, frozen=True):
    """A step of the adoption."""

    step: int
    name: str
    policies: dict[str, str]
    coverage: dict[str, Rate]
    threshold: float
    ready: bool
    missing: list[Lack]


class Stalled(Gives, frozen=True):
    """A candidate that nobody moved."""

    id: str
    title: str
    age_days: int | None
    idle_days: int | None
    why: list[str]


class Gap(Gives, frozen=True):
    """What was searched for and not found."""

    query: str
    n: Count
    last: str


class Board(Habits, frozen=True):
    """Where knowledge flows and where it stalls."""

    since: str | None
    unit: str | None
    member: str | None
    hypotheses: Count
    verdicts: Verdicts
    registered: Registered
    calibration: Calibration
    own: Calibration | None
    insights: Count
    candidates: Count
    principles: Count
    lead_time_days: dict[str, Lead]
    flow: list[Flow]
    units: list[Unit]
    weeks: list[Week]
    steps: list[Step]
    unused: list[str]
    stalled: list[str]
    stalled_why: list[Stalled]
    gaps: list[Gap]
    enough: bool


class Question(Gives, frozen=True):
    """A hypothesis as it stood before its meeting."""

    id: str
    account: str
    as_of: str
    as_of_at: str
    text: str
    because: str | None
    test: str | None
    segment: str | None
    stage: str | None


class Questions(Gives, frozen=True):
    """The next questions."""

    items: list[Question]
    total: Count


class Reading(Gives, frozen=True):
    """Something to read."""

    kind: str
    ref: str
    title: str
    path: str


class Answered(Changes, frozen=True):
    """What happened to the hypothesis that was asked about."""

    id: str
    probability: int
    held: bool
    verdict: str
    quote: str | None
    account: str
    name: str
    meeting: str
    date: str
    title: str
    confidence: int | None
    counted: bool
    refs: list[Reading]
    reading: list[Reading]


class Score(Gives, frozen=True):
    """How well one predicts; `shared` is always null here."""

    answered: Count
    brier: float | None
    baseline: float | None
    calibration: list[Bin]
    enough: bool
    shared: None


class Change(Gives, frozen=True):
    """One change in the history."""

    at: str
    by: str
    message: str
    commit: str


class History(Listed, frozen=True):
    """Changes, newest first."""

    items: list[Change]


class AsOf(Gives, frozen=True):
    """What was known of an account at a moment: its text and its meetings as they were."""

    account: str
    path: str
    at: str
    commit: str
    meetings: list[MeetingThen]
    text: str
