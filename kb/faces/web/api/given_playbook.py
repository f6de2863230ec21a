"""What the API answers about the playbook, key by key."""

from typing import Literal

from kb.faces.web.api.shape import Changes, Count, Gives, Hint, Listed

Status = Literal["candidate", "adopted", "superseded", "retired"]


class Rate(Gives, frozen=True):
    """How often: so many of so many."""

    n: Count
    of: Count
    rate: float | None


class PageBase(Gives, frozen=True):
    """What every page of the playbook says: what it rests on, and how hypotheses with it ended."""

    id: str
    kind: Literal["principle", "play", "manual"]
    title: str
    owner: str | None
    badge: str | None
    meetings: Count
    accounts: Count
    csms: Count
    cited: Count
    last_cited: str | None
    held: Count
    failed: Count
    mixed: Count
    untested: Count
    waiting: Count
    path: str


class PrincipleRow(PageBase, frozen=True):
    """A principle in a list."""

    principle: str
    status: Status
    proposed: str | None
    adopted: str | None
    verify_by: str | None
    superseded_by: str | None
    before_reviews: bool


class Principles(Listed, frozen=True):
    """Principles and candidates."""

    items: list[PrincipleRow]


class Quote(Gives, frozen=True):
    """A quote that a principle rests on, and where it is found today."""

    quote: str | None
    account: str | None
    ref: str | None
    author: str | None
    date: str | None
    commit: str | None
    state: Literal["found", "moved", "drifted", "missing"]
    now: str | None
    path: str | None
    line: int | None
    changed: bool | None
    reading: str | None
    written: bool


class Counts(Gives, frozen=True):
    """How the hypotheses that cite a page ended; `rate` is null below twenty."""

    held: Count
    failed: Count
    mixed: Count
    untested: Count
    waiting: Count
    rate: Rate | None


class Adoption(Gives, frozen=True):
    """What an adoption has of what it needs, as [has, needs]."""

    accounts: list[int]
    csms: list[int]
    approvals: list[int]
    approved_by: list[str]
    outstanding: list[str]
    review: str | None
    state: str | None


class LastChange(Gives, frozen=True):
    """When a page's text changed last."""

    at: str
    by: str | None
    commit: str


class Principle(PrincipleRow, frozen=True, rename={"do_": "do"}):
    """A whole principle."""

    revised: str | None
    superseded: str | None
    retired: str | None
    supersedes: list[str]
    why_given_up: str | None
    statement: str | None
    why: str | None
    do_: list[str]
    dont: list[str]
    use_when: list[str]
    evidence: list[Quote]
    counter: list[Quote]
    insights: list[str]
    rate: Rate | None
    by_segment: dict[str, Counts]
    plays: list[str]
    adoption: Adoption
    version: Count
    changed: LastChange | None
    warnings: list[str]


class PrincipleWritten(Principle, frozen=True):
    """A principle after a change; `commit` is null when nothing had to be changed."""

    commit: str | None
    hints: list[Hint]


class Traced(Counts, frozen=True):
    """Every quote of a principle as the documents stand today."""

    principle: str
    evidence: list[Quote]
    counter: list[Quote]
    by_segment: dict[str, Counts]


class Due(Gives, frozen=True):
    """A principle that needs a look, and why."""

    id: str
    title: str
    status: Status
    owner: str | None
    verify_by: str | None
    reasons: list[str]
    evidence: list[Quote]
    path: str


class Dues(Gives, frozen=True):
    """Principles that need a look."""

    items: list[Due]
    total: Count


class PlayRow(PageBase, frozen=True):
    """A play in a list."""

    principle: str | None
    use_when: list[str]


class Plays(Listed, frozen=True):
    """Plays."""

    items: list[PlayRow]


class Play(PlayRow, frozen=True):
    """A whole play."""

    aim: str | None
    steps: str | None
    measure: str | None
    manuals: list[str]
    warnings: list[str]


class PlayWritten(Play, frozen=True):
    """A play as it was made."""

    play: str
    commit: str | None
    hints: list[Hint]


class ManualRow(PageBase, frozen=True):
    """A manual in a list."""

    play: str | None


class Manuals(Listed, frozen=True):
    """Manuals."""

    items: list[ManualRow]


class Manual(ManualRow, frozen=True):
    """A whole manual, its text as Markdown."""

    text: str
    warnings: list[str]


class ManualWritten(Manual, frozen=True):
    """A manual as it was made."""

    manual: str
    commit: str | None
    hints: list[Hint]


class Finding(Gives, frozen=True):
    """What is wrong with a page."""

    code: str
    path: str
    message: str


class PlaybookChecked(Gives, frozen=True):
    """What a check of the whole playbook found."""

    problems: list[Finding]


class Revised(Changes, frozen=True):
    """A principle whose changed text is up for review."""

    principle: str
    review: str
    reviewers: list[str]
    path: str
    commit: str | None
