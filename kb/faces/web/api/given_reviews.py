"""What the API answers about reviews and about insights, key by key."""

from typing import Literal

from msgspec import UNSET, UnsetType

from kb.faces.web.api.shape import Changes, Count, Gives, Hint, Listed


class ReviewEvent(Gives, frozen=True):
    """One thing that was said or done in a review."""

    id: str
    type: str
    by: str
    at: str
    to: list[str]
    on: str | None
    comment_type: str | None
    text: str | None
    digest: str | None
    result: str | None
    verified: bool
    current: bool | UnsetType = UNSET
    late: bool | UnsetType = UNSET
    old: str | UnsetType = UNSET
    new: str | UnsetType = UNSET
    accepted: bool | UnsetType = UNSET


class Difference(Gives, frozen=True):
    """One line that changed; null where there was, or is, none."""

    part: str
    was: str | None
    now: str | None


class Since(Gives, frozen=True):
    """What changed since a look; `changes` is null when nobody can tell any more."""

    event: str
    by: str
    at: str
    changes: list[Difference] | None


class Review(Gives, frozen=True):
    """A review with its events."""

    review: str
    of: str
    kind: Literal["pre", "post", "adoption"]
    state: Literal["open", "approved", "changes", "stale", "closed"]
    author: str | None
    reviewers: list[str]
    due: str | None
    events: list[ReviewEvent]
    title: str | None
    account: str | None
    date: str | None
    path: str
    approvals: list[str]
    outdated: list[str]
    outstanding: list[str]
    needed: Count
    authors: list[str]
    result: str | None


class Reviews(Listed, frozen=True):
    """Reviews, those that are waiting first."""

    items: list[Review]


class ReviewShown(Review, frozen=True):
    """A review, and what changed since it was approved."""

    edited_since: Since | None


class ReviewSaid(Review, frozen=True):
    """A review after something was said in it."""

    hints: list[Hint]


class Often(Gives, frozen=True):
    """What others ask of one's texts most often."""

    type: str
    times: Count
    of: Count


class ReviewAsked(ReviewSaid, frozen=True):
    """A review that was asked for."""

    often: Often | None


class Ended(Gives, frozen=True):
    """A hypothesis of before, and how it ended."""

    id: str
    text: str
    verdict: str | None
    quote: str | None
    account: str
    date: str
    similarity: float | None


class Part(Gives, frozen=True):
    """A line of what is reviewed."""

    part: str
    text: str


class ReviewNext(Review, frozen=True):
    """The review that waits for one, with what helps."""

    earlier: list[Ended]
    similar: list[Ended]
    lines: list[Part]
    edited_since: Since | None
    waiting: Count


class NoReview(Gives, frozen=True):
    """Nothing waits."""

    review: None
    waiting: Count


class Shared(Changes, frozen=True):
    """A phrase that became an insight."""

    id: str | None
    path: str
    line: int
    commit: str | None
    by: str
    review: str
    event: str | None


class Noticed(Gives, frozen=True):
    """An insight, and who noticed it."""

    id: str
    account: str
    author: str | None
    date: str | None
    text: str
    lang: str


class NoticedRow(Noticed, frozen=True):
    """An insight in the list: where it stands, and its principle."""

    meeting: str | None
    path: str | None
    line: int | None
    principle: str | None


class Insights(Listed, frozen=True):
    """Insights, newest first."""

    items: list[NoticedRow]


class Near(Noticed, frozen=True):
    """A neighbour; `similarity` is 0 to 1."""

    similarity: float


class Nearest(Gives, frozen=True):
    """Neighbours, best first."""

    items: list[Near]
    total: Count


class Why(Gives, frozen=True):
    """Why a group is one."""

    terms: list[str]
    similarity: float | None
    sentence: str


class Group(Gives, frozen=True):
    """Insights that seem to be one lesson."""

    id: str
    strength: Literal["strong", "possible"]
    accounts: Count
    authors: Count
    members: list[Noticed]
    why: Why
    state: Literal["new", "principle", "dismissed"]
    principle: str | None
    joined: list[str]


class Event(Gives, frozen=True):
    """A judgement."""

    id: str
    type: str
    by: str
    at: str


class Contradiction(Gives, frozen=True):
    """A judgement that a later one overruled."""

    about: list[str]
    overruled: Event
    stands: Event


class Recurring(Gives, frozen=True):
    """What recurs over customers."""

    groups: list[Group]
    considered: Count
    ungrouped: Count
    contradictions: list[Contradiction]


class Judged(Changes, frozen=True):
    """A judgement that was written; `commit` is null when people had said so before."""

    id: str | None
    type: str
    insights: list[str]
    principles: list[str]
    path: str | None
    commit: str | None
