"""What requests to the API may bring, key by key; the work layer has the rules of the values."""

from typing import Annotated, Literal, get_args

from msgspec import Meta

from kb.faces.web.api.shape import Given, Paged, Percent, Takes

Kind = Literal[
    "hypothesis", "topic", "stance", "said", "decision", "todo", "insight", "request", "memo"
]
KINDS: tuple[str, ...] = get_args(Kind)
Verdict = Literal["supported", "refuted", "mixed", "untested"]
Comment = Literal["evidence", "stance", "impact", "so-what", "customers-words", "wording"]
Some = Annotated[tuple[Given, ...], Meta(min_length=1, max_length=100)]
Few = Annotated[tuple[Given, ...], Meta(max_length=100)]


class AccountsWanted(Paged, frozen=True):
    """Which accounts."""

    archived: bool = False


class AccountNew(Takes, frozen=True):
    """A new account."""

    account: str
    name: str
    csm: Given | None = None
    unit: Given | None = None
    segment: Given | None = None
    mrr: Annotated[int, Meta(ge=0, le=10**15)] | None = None


class Renamed(Takes, frozen=True):
    """Another short name."""

    account: str


class MeetingsWanted(Paged, frozen=True):
    """Which meetings."""

    account: Given | None = None
    since: Given | None = None
    until: Given | None = None


class MeetingNew(Takes, frozen=True):
    """A new meeting; `people` attend it, else those of the last one."""

    date: Given | None = None
    start: Given | None = None
    end: Given | None = None
    title: Given | None = None
    people: Few = ()


class Closing(Takes, frozen=True):
    """When the minutes were complete, and how the meeting felt."""

    at: Given | None = None
    gut: Literal["green", "lime", "yellow", "red"] | None = None
    why: Given | None = None


class Redated(Takes, frozen=True):
    """Another day."""

    date: str
    start: Given | None = None
    end: Given | None = None


class LineNew(Takes, frozen=True):
    """One line for a meeting."""

    kind: Kind
    text: str
    under: Given | None = None
    owners: Few = ()
    due: Given | None = None
    confidence: Percent | None = None
    because: Given | None = None
    test: Given | None = None
    impact: Given | None = None
    stance: Given | None = None


class LinesNew(Takes, frozen=True):
    """Several lines for a meeting, written in one change or not at all."""

    lines: Annotated[tuple[LineNew, ...], Meta(min_length=1, max_length=500)]


class LineEdit(Takes, frozen=True):
    """Other words for what stands at a line in version `base`."""

    base: str
    fields: dict[str, str]


class LineGone(Takes, frozen=True):
    """The version in which the line was seen that is to go."""

    base: str


class Judgement(Takes, frozen=True):
    """Whether a hypothesis held."""

    verdict: Verdict
    quote: Given | None = None


class TodosWanted(Paged, frozen=True):
    """Which TODOs."""

    owner: Given | None = None
    account: Given | None = None
    overdue: bool = False
    all: bool = False


class Everybody(Takes, frozen=True):
    """One's own, or everybody's."""

    all: bool = False


class Wanted(Takes, frozen=True):
    """What is searched for, and where."""

    q: str
    kind: Given | None = None
    account: Given | None = None
    since: Given | None = None
    until: Given | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 10
    meaning: bool = False
    explain: bool = False


class ReviewsWanted(Paged, frozen=True):
    """Which reviews."""

    open: bool = False
    mine: bool = False


class ReviewNew(Takes, frozen=True):
    """A review that is asked for, of a meeting or of a page of the playbook."""

    of: str
    kind: Literal["pre", "post", "adoption"] | None = None
    to: Few = ()
    text: str = ""


class CommentNew(Takes, frozen=True):
    """A comment on a line, or an answer."""

    text: str
    on: Given | None = None
    type: Comment | None = None


class SuggestionNew(Takes, frozen=True):
    """Other words for a line."""

    text: str
    on: str
    old: Given | None = None
    why: str = ""


class Taking(Takes, frozen=True):
    """The suggestion that is taken over."""

    event: str


class Remark(Takes, frozen=True):
    """A word with it."""

    text: str = ""


class Words(Takes, frozen=True):
    """The words of it."""

    text: str


class InsightsWanted(Paged, frozen=True):
    """Which insights."""

    account: Given | None = None
    since: Given | None = None


class Like(Takes, frozen=True):
    """An insight's id, or a text, to which neighbours are looked for."""

    to: str
    limit: Annotated[int, Meta(ge=1, le=100)] = 5


class Groups(Takes, frozen=True):
    """Only what may be proposed, or all groups."""

    all: bool = False


class InsightJudgement(Takes, frozen=True):
    """Whether insights are one lesson."""

    kind: Literal["same", "different", "dismissed"]
    insights: Some
    why: Given | None = None


class PrinciplesWanted(Paged, frozen=True):
    """Which principles."""

    status: Literal["candidate", "adopted", "superseded", "retired"] | None = None


class PrincipleNew(Takes, frozen=True):
    """A candidate, made from insights, hypotheses or a group."""

    title: str
    sources: Some
    id: Given | None = None


class Evidence(Takes, frozen=True):
    """More evidence for a principle, or against it."""

    sources: Some
    counter: bool = False


class Reason(Takes, frozen=True):
    """Why."""

    why: str


class Successor(Takes, frozen=True):
    """What takes the place of a principle."""

    by: str
    why: Given | None = None


class Revision(Takes, frozen=True):
    """Whom to ask about a changed text, and why it changed."""

    to: Few = ()
    why: str = ""


class PlayNew(Takes, frozen=True):
    """A new play."""

    title: str
    principle: Given | None = None
    use_when: Few = ()
    id: Given | None = None


class ManualNew(Takes, frozen=True):
    """A new manual."""

    title: str
    play: Given | None = None
    id: Given | None = None


class BoardWanted(Takes, frozen=True):
    """Whose meetings count, from which day on."""

    since: Given | None = None
    unit: Given | None = None
    member: Given | None = None


class HowMany(Takes, frozen=True):
    """How many questions."""

    count: Annotated[int, Meta(ge=1, le=1000)] = 10


class Prediction(Takes, frozen=True):
    """How likely a hypothesis was to be supported."""

    id: str
    probability: Annotated[int, Meta(ge=5, le=95)]


class Moment(Takes, frozen=True):
    """A moment: a day means its end; or the id of a commit."""

    at: str
