"""The board: where knowledge flows and where it stalls, how far the habits reach, what is next.

Pages of the playbook are the team's; meetings, hypotheses and insights may be a unit's or one's
own. Every rate has its denominator, and there is none below twenty.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue import claims
from kb.catalogue.insights import insights
from kb.errors import NotAllowed, NotFound
from kb.model import flow_adoption, flow_coverage, policy
from kb.model.calibration import OUTCOMES, Calibration, Forecast, Share, calibrate
from kb.model.flow import Note, Principle, Step, flow
from kb.work import board_pages, board_reviews, registration
from kb.work.records import begins, records

if TYPE_CHECKING:
    from kb.catalogue.claims import ClaimRow
    from kb.catalogue.insights import InsightRow
    from kb.catalogue.lists import Account, Listed
    from kb.work.board_pages import Gap, Stalled
    from kb.work.context import Context
    from kb.work.records import Claim, Progress, Record

VERDICTS = ("supported", "refuted", "mixed", "untested")
_MINUTES = re.compile(r"(?:(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ])?(?P<clock>\d{1,2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board says. `own` is the calibration of whoever looks, None for a stranger.

    `registered` are the claims of held meetings that stood there when the meeting began, and
    `sources` whose clock says so of each claim.
    """

    since: str | None
    unit: str | None
    member: str | None
    first: str | None
    reach: flow_coverage.Reach
    units: tuple[flow_coverage.Reach, ...]
    weeks: tuple[flow_coverage.Reach, ...]
    hypotheses: int
    verdicts: dict[str, int]
    registered: Share
    sources: dict[str, int]
    calibration: Calibration
    own: Calibration | None
    insights: int
    candidates: int
    principles: int
    flow: tuple[Step, ...]
    steps: tuple[flow_adoption.Step, ...]
    unused: tuple[str, ...]
    stalled: "tuple[Stalled, ...]"
    gaps: "tuple[Gap, ...]"


class Scope(NamedTuple):
    """Whose meetings count (`unit`, `member`; None: all) and from which day on."""

    since: str | None = None
    unit: str | None = None
    member: str | None = None


def board(ctx: "Context", scope: Scope, progress: "Progress | None" = None) -> Board:
    """Return the board of a scope; `progress` is told (documents read, documents to read).

    Raises `NotAllowed` ("board-others", "board-stranger") for anybody else's numbers,
    `NotFound("no-unit")`, `WrongUse("bad-date")`.
    """
    from kb.work.meetings import date_of

    since = date_of(scope.since) if scope.since else None
    member = _oneself(ctx, scope.member)
    if scope.unit is not None and scope.unit not in ctx.settings.units:
        raise NotFound("no-unit", unit=scope.unit, known=" ".join(ctx.settings.units))
    return _Counter(ctx, Scope(since, scope.unit, member), progress).board()


def _oneself(ctx: "Context", member: str | None) -> str | None:
    """Return the member whose numbers are wanted, if that is whoever looks."""
    if member is None:
        return None
    wanted = member.strip().lstrip("@＠")
    if ctx.me is None:
        raise NotAllowed("board-stranger")
    if wanted != ctx.me:
        raise NotAllowed("board-others", member=wanted, me=ctx.me)
    return wanted


class _Counter:
    """Goes over the lists once and counts."""

    def __init__(self, ctx: "Context", scope: Scope, progress: "Progress | None") -> None:
        self.ctx = ctx
        self.scope = scope
        self.progress = progress
        self.now = ctx.now.replace(tzinfo=None).isoformat(timespec="minutes")
        self.every: list[Listed] = [row for row in ctx.catalogue.meetings() if not row.cancelled]
        self.accounts: dict[str, Account] = {
            one.path: one for one in ctx.catalogue.accounts(ctx.now)
        }

    def board(self) -> Board:
        held = [row for row in self.rows if row.ends <= self.now]
        facts = self._habits(held)
        told = self._claims()
        ended = {(row.path, row.id) for row in held}
        past = [one for one in told if (one[0].path, one[0].meeting) in ended]
        shelf = board_pages.Shelf(self.ctx)
        pages = board_pages.principles(self.ctx, shelf)
        total = flow_coverage.reach("", facts)
        return Board(
            *self.scope,
            first=min((row.date for row in held), default=None),
            reach=total,
            units=flow_coverage.by(lambda one: one.unit, facts),
            weeks=flow_coverage.by(lambda one: one.week, facts),
            hypotheses=len(told),
            verdicts=_verdicts(row for row, _ in told),
            registered=Share(
                sum(claim is not None and claim.stood is not None for _, claim in past), len(past)
            ),
            sources=self._sources(past),
            calibration=calibrate(_forecasts(told, self.scope.member)),
            own=self._own(),
            insights=len(self._insights),
            candidates=sum(page.status == "candidate" for page in pages),
            principles=sum(page.status == "adopted" for page in pages),
            flow=self._flow(held, pages),
            steps=self._steps(total, shelf),
            unused=board_pages.unused(self.ctx, shelf),
            stalled=board_pages.stalled(self.ctx, shelf),
            gaps=board_pages.gaps(self.ctx, self.scope.since),
        )

    @cached_property
    def rows(self) -> "list[Listed]":
        """The meetings of the scope, those to come included."""
        return [row for row in self.every if self._inside(row)]

    def _inside(self, row: "Listed") -> bool:
        account = self.accounts.get(row.path)
        since, unit, member = self.scope
        return (
            (since is None or row.date >= since)
            and (unit is None or self._unit(row.path) == unit)
            and (member is None or (account is not None and account.csm == member))
        )

    def _unit(self, path: str) -> str:
        """Return the unit of an account: its own word, else its CSM's; "" for none."""
        account = self.accounts.get(path)
        if account is None:
            return ""
        if account.unit:
            return account.unit
        units = self.ctx.settings.units.values()
        return next((u.key for u in units if account.csm in (u.lead, *u.members)), "")

    @cached_property
    def records(self) -> "dict[str, Record]":
        """The past of all documents, by path."""
        return records(self.ctx, self.every, self.progress)

    @cached_property
    def _all_claims(self) -> "list[tuple[ClaimRow, Claim | None]]":
        """All claims that stand in the documents today, each with its past."""
        found = []
        for row in self.ctx.catalogue.rows(claims.claims):
            record = self.records.get(row.path)
            found.append((row, record.claims.get((row.meeting, row.id)) if record else None))
        return found

    def _sources(self, told: "Iterable[tuple[ClaimRow, Claim | None]]") -> dict[str, int]:
        begin = {(row.path, row.id): begins(self.ctx, row) for row in self.rows}
        counted = Counter(
            registration.registered(claim.now, begin[row.path, row.meeting]).source
            for row, claim in told
            if claim is not None
        )
        return {shown: counted[source] for source, shown in registration.SOURCES.items()}

    def _claims(self) -> "list[tuple[ClaimRow, Claim | None]]":
        """Return the claims of the scope: a member's are those that they wrote."""
        member = self.scope.member
        if member is not None:
            return [
                (row, claim)
                for row, claim in self._all_claims
                if claim is not None
                and member in claim.now.by
                and row.date >= (self.scope.since or "")
            ]
        inside = {(row.path, row.id) for row in self.rows}
        return [one for one in self._all_claims if (one[0].path, one[0].meeting) in inside]

    def _own(self) -> Calibration | None:
        me = self.ctx.me
        return calibrate(_forecasts(self._all_claims, me)) if me else None

    def _habits(self, held: "list[Listed]") -> list[flow_coverage.Held]:
        """Return for each meeting that was held what it had."""
        guessed = {(row.path, row.meeting) for row, _ in self._all_claims}
        before = {
            (row.path, row.meeting)
            for row, claim in self._all_claims
            if claim is not None and claim.stood is not None
        }
        approved = board_reviews.approvals(self.ctx)
        found = []
        for row in held:
            key = (row.path, row.id)
            begin = begins(self.ctx, row)
            had = {
                "with_hypothesis": key in guessed,
                "preregistered": key in before,
                "pre_reviewed": any(at <= begin for at in approved.get(row.id, ())),
                "closed": bool(row.minutes),
                "minutes_within_5": self._in_time(row),
            }
            habits = frozenset(habit for habit, there in had.items() if there)
            day = date.fromisoformat(row.date)
            found.append(flow_coverage.Held(day, self._unit(row.path), habits))
        return found

    def _in_time(self, row: "Listed") -> bool:
        """Tell whether the minutes were complete within the team's minutes after the end."""
        from kb.text.dates import day

        told = _MINUTES.search(row.minutes or "")
        on = day(told["day"]) if told and told["day"] else row.date
        if told is None or on is None:
            return False
        try:
            closed = datetime.fromisoformat(f"{on}T{told['clock']:0>5}")
        except ValueError:
            return False
        within = self.ctx.settings.policies.done_within_minutes
        return policy.within_target(datetime.fromisoformat(row.ends), closed, within)

    @cached_property
    def _every_insight(self) -> "list[InsightRow]":
        return self.ctx.catalogue.rows(insights)

    @cached_property
    def _insights(self) -> dict[str, date]:
        """The day on which each insight of the scope was written, by `account#^id`."""
        inside = {(row.path, row.id) for row in self.rows}
        found = {}
        for one in self._every_insight:
            if (one.path, one.meeting) in inside:
                record = self.records.get(one.path)
                mark = record.insights.get(one.id) if record else None
                day = mark.at.date() if mark else date.fromisoformat(one.date)
                found[f"{one.account}#^{one.id}"] = day
        return found

    def _flow(self, held: "list[Listed]", pages: list[Principle]) -> tuple[Step, ...]:
        of: dict[tuple[str, str], list[str]] = {}
        for one in self._every_insight:
            of.setdefault((one.path, one.meeting), []).append(f"{one.account}#^{one.id}")
        notes = [
            Note(date.fromisoformat(row.date), tuple(of.get((row.path, row.id), ())))
            for row in held
        ]
        return flow(notes, self._insights, pages, self.ctx.today)

    def _steps(
        self, total: flow_coverage.Reach, shelf: board_pages.Shelf
    ) -> tuple[flow_adoption.Step, ...]:
        policies = self.ctx.settings.policies
        levels = {
            "minutes": policies.minutes,
            "hypothesis": policies.hypothesis,
            "pre_review": policies.pre_review,
        }
        adopted = {
            one.page.id for one in shelf.of_kind("principle") if one.page.status == "adopted"
        }
        served = adopted & {one.page.principle for one in shelf.of_kind("play")}
        plays = Share(len(served), len(adopted))
        return flow_adoption.steps(levels, total.shares, len(adopted), plays)


def _verdicts(rows: "Iterable[ClaimRow]") -> dict[str, int]:
    counted = Counter(row.verdict for row in rows)
    return {**{verdict: counted[verdict] for verdict in VERDICTS}, "waiting": counted[None]}


def _forecasts(
    told: "Iterable[tuple[ClaimRow, Claim | None]]", member: str | None
) -> list[Forecast]:
    """Return what was stated when the meetings began, of claims that ended one way or the other."""
    return [
        Forecast(claim.stood.confidence, OUTCOMES[row.verdict])
        for row, claim in told
        if row.verdict in OUTCOMES
        and claim is not None
        and claim.stood is not None
        and claim.stood.confidence is not None
        and (member is None or member in claim.stood.mark.by)
    ]


def as_json(found: Board) -> dict[str, Any]:
    """Return the board as the contract of the command line has it."""
    shares = {habit: share.as_json() for habit, share in found.reach.shares.items()}
    return {
        "since": found.since,
        "unit": found.unit,
        "member": found.member,
        "meetings": found.reach.meetings,
        **shares,
        "hypotheses": found.hypotheses,
        "verdicts": found.verdicts,
        "registered": {"before_meeting": found.registered.as_json(), "sources": found.sources},
        "calibration": found.calibration.as_json(),
        "own": found.own.as_json() if found.own else None,
        "insights": found.insights,
        "candidates": found.candidates,
        "principles": found.principles,
        "lead_time_days": {step.name: step.lead_json() for step in found.flow},
        "flow": [step.as_json() for step in found.flow],
        "units": [one.as_json("unit") for one in found.units],
        "weeks": [one.as_json("week") for one in found.weeks],
        "steps": [step.as_json() for step in found.steps],
        "unused": list(found.unused),
        "stalled": [one.id for one in found.stalled],
        "stalled_why": [one._asdict() for one in found.stalled],
        "gaps": [one._asdict() for one in found.gaps],
        "enough": found.calibration.enough,
    }
