"""What needs me today or this week: one line each, with the reason in it."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.messages import say
from kb.work.today_seen import seen, whole

if TYPE_CHECKING:
    from kb.catalogue.lists import Account, Listed, TodoRow
    from kb.work.context import Context

MINUTES_BACK = 14
"""How many days back minutes that are not complete are asked for, whatever the meeting."""
VERDICT_AFTER = 14
"""How many days after a meeting a hypothesis without a verdict is asked for."""
VERDICT_BACK = 180
"""How many days back hypotheses are looked through."""
AHEAD = 7
"""How many days beyond the last one a preparation is asked for."""

ORDER = (
    *("kept", "meeting", "minutes", "review", "promise", "todo", "preparation", "verdict"),
    *("waiting", "insight"),
)
"""The kinds of lines, the most urgent first."""
_PLACE = {kind: place for place, kind in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that needs somebody: `reason` says why now, `ref` what to name in a command.

    `when` sorts lines of a kind; `due` is the day by which it is wanted, or None. `row` says where
    the meeting stands, if the line is about one as a whole.
    """

    kind: str
    account: str | None
    ref: str
    message: str
    reason: str
    due: str | None
    when: str
    row: "Listed | None" = None


class Day(NamedTuple):
    """The lines of some days, the most urgent first; `counts` has how many there are by kind."""

    lines: list[Line]
    counts: Counter[str]


def lines(ctx: "Context", *, days: int = 1, everybody: bool = False) -> list[Line]:
    """Return what needs the member within `days` days (today counts), the most urgent first.

    A lead and somebody who is no member see everybody's, as does anyone with `everybody`.
    """
    return day(ctx, days=days, everybody=everybody, most=sys.maxsize).lines


def day(ctx: "Context", *, days: int, everybody: bool, most: int) -> Day:
    """Return the same lines with their number.

    TODOs of a kind, meetings within these days and minutes beyond `most` are only counted.
    """
    at = _Day(ctx, days, _whose(ctx, everybody), most)
    found = sorted(
        at.lines(), key=lambda one: (_PLACE[one.kind], one.when, one.account or "", one.ref)
    )
    return Day(found, Counter(one.kind for one in found) + at.left)


def as_json(line: Line) -> dict[str, Any]:
    """Return a line as the command line's contract has it."""
    return {
        "kind": line.kind,
        "account": line.account,
        "ref": line.ref,
        "message": line.message,
        "reason": line.reason,
        "due": line.due,
    }


def _whose(ctx: "Context", everybody: bool) -> str | None:  # noqa: FBT001 (as the caller was asked)
    member = ctx.settings.members.get(ctx.me) if ctx.me else None
    return None if everybody or member is None or member.role == "lead" else member.key


class _Day:
    """Goes over the lists once; `mine` is the member whose lines are wanted, None for all."""

    def __init__(self, ctx: "Context", days: int, mine: str | None, most: int) -> None:
        self.ctx = ctx
        self.mine = mine
        self.most = most
        self.left = Counter[str]()
        self.now = ctx.now.replace(tzinfo=None)
        self.today = ctx.today
        self.last = ctx.today + timedelta(days=days - 1)
        self.accounts: dict[str, Account] = {
            one.account: one for one in ctx.catalogue.accounts(self.now)
        }

    def lines(self) -> Iterator[Line]:
        yield from self._kept()
        yield from self._coming()
        yield from self._past()
        yield from self._reviews()
        yield from self._todos()
        yield from self._insights()

    def _say(self, code: str, **params: object) -> str:
        return say(code, self.ctx.lang, **params)[0]

    def _name(self, account: str) -> str:
        known = self.accounts.get(account)
        return known.name if known else account

    def _whose(self, account: str) -> str:
        """Return the CSM's handle behind a line, where lines of several people stand together."""
        csm = self._csm(account) if self.mine is None else None
        return f" @{csm}" if csm else ""

    def _is_mine(self, row: "Listed") -> bool:
        """Tell whether a meeting is the member's: they are the account's CSM, or attend."""
        if self.mine in (None, self._csm(row.account)):
            return True
        return (found := seen(self.ctx, row)) is not None and self.mine in found.ours

    def _days_from(self, day: str) -> int:
        return (date.fromisoformat(day) - self.today).days

    # Texts that were kept

    def _kept(self) -> Iterator[Line]:
        for text in self.ctx.store.kept():
            since = text.at.astimezone(self.ctx.settings.tz)
            yield Line(
                kind="kept",
                account=None,
                ref=text.id,
                message=self._say("today-kept", path=text.path),
                reason=self._say("today-kept-why", at=f"{since:%Y-%m-%d %H:%M}"),
                due=None,
                when=since.isoformat(),
            )

    # Meetings to come

    def _coming(self) -> Iterator[Line]:
        since = (self.today - timedelta(days=1)).isoformat()
        until = (self.last + timedelta(days=AHEAD)).isoformat()
        last, now = self.last.isoformat(), self.now.isoformat()
        shown = 0
        for row in self.ctx.catalogue.coming(since, until):  # by their beginning, as lines are
            if row.ends <= now or not self._is_mine(row):
                continue
            if row.date <= last and shown >= self.most:
                self.left["meeting"] += 1
                continue
            if (missing := self._missing(row)) is None:
                continue
            if row.date <= last or missing or not shown:  # the next one even when it is prepared
                yield self._meeting(row, missing, within=row.date <= last or not (shown or missing))
            shown += 1

    def _meeting(self, row: "Listed", missing: list[str], *, within: bool) -> Line:
        what = self._say("today-list-mark").join(missing)
        ready = self._say("today-ready")
        code = "today-meeting-now" if row.begins <= self.now.isoformat() else "today-meeting"
        return Line(
            kind="meeting" if within else "preparation",
            account=row.account,
            ref=row.id,
            message=self._say(
                code, when=self._when(row), name=self._name(row.account), title=row.title
            )
            + self._whose(row.account),
            reason=self._say("today-missing", what=what) if missing else ready,
            due=row.date,
            when=row.begins,
            row=row,
        )

    def _when(self, row: "Listed") -> str:
        """Return when a meeting is, in as few words as today allows."""
        days = self._days_from(row.date)
        clock = row.start or ""
        if days == 0:
            return clock or self._say("today-all-day")
        near = {1: "today-tomorrow", -1: "today-yesterday"}
        day = self._say(near[days]) if days in near else self._short(row.date)
        return f"{day} {clock}".strip()

    def _short(self, day: str) -> str:
        at = date.fromisoformat(day)
        weekday = "月火水木金土日"[at.weekday()]
        return (
            f"{at.month}/{at.day}({weekday})"
            if self.ctx.lang == "ja"
            else f"{at:%a} {at.day} {at:%b}"
        )

    def _missing(self, row: "Listed") -> list[str] | None:
        """Return what the preparation lacks, less what is switched off; None if it was changed."""
        if (found := seen(self.ctx, row)) is None:
            return None
        levels = self.ctx.settings.policies.checks
        count = {code: n for code, n in found.lacks.items() if levels[code] != "off"}
        if count.keys() & {"only-carried", "small-talk"}:
            count.pop("no-stance", None)  # the whole agenda is to be thought over
        return [self._say(f"today-{code}", count=n) for code, n in count.items()]

    # Meetings that are over

    def _past(self) -> Iterator[Line]:
        since = (self.today - timedelta(days=VERDICT_BACK)).isoformat()
        recent = (self.today - timedelta(days=MINUTES_BACK + 1)).isoformat()
        rows = self.ctx.catalogue.unfinished(since, recent, self.today.isoformat())
        asked = self.ctx.settings.policies.checks["not-closed"] != "off"
        now, shown = self.now.isoformat(), 0
        for row in rows:
            if row.ends > now or not self._may_be_mine(row):
                continue
            ended = datetime.fromisoformat(row.ends)
            fresh = (self.now - ended).days < MINUTES_BACK
            # An older one only if it was surely prepared here: imported notes know no minutes line.
            if asked and not row.minutes and (fresh or (row.given and row.prepared)):
                if shown < self.most:
                    yield self._minutes(row, ended)
                else:
                    self.left["minutes"] += 1
                shown += 1
            if (found := seen(self.ctx, row)) and found.waits:
                yield from self._verdicts(row, ended)

    def _may_be_mine(self, row: "Listed") -> bool:
        """Tell the same of one that is over: who attended counts where nobody is the CSM."""
        csm = self._csm(row.account)
        return self.mine in (None, csm) or (csm is None and self._is_mine(row))

    def _csm(self, account: str) -> str | None:
        known = self.accounts.get(account)
        return known.csm if known else None

    def _minutes(self, row: "Listed", ended: datetime) -> Line:
        at = f"{ended:%H:%M}" if row.start else ""
        when = f"{self._when_ended(row)} {at}".strip()
        return Line(
            kind="minutes",
            account=row.account,
            ref=row.id,
            message=self._say("today-minutes", name=self._name(row.account), title=row.title)
            + self._whose(row.account),
            reason=self._say("today-minutes-why", when=when),
            due=row.date,
            when=row.ends,
            row=row,
        )

    def _when_ended(self, row: "Listed") -> str:
        days = self._days_from(row.date)
        if days == 0:
            return self._say("today-today")
        return self._say("today-yesterday") if days == -1 else self._short(row.date)

    def _verdicts(self, row: "Listed", ended: datetime) -> Iterator[Line]:
        from kb.text.dates import day

        meeting = whole(self.ctx, row)
        for claim in meeting.hypotheses if meeting else ():
            if claim.verdict is not None:
                continue
            wanted = day(claim.verdict_due) if claim.verdict_due else None
            due = wanted or (ended + timedelta(days=VERDICT_AFTER)).date().isoformat()
            if due > self.last.isoformat():
                continue
            code = "today-verdict-due" if wanted else "today-verdict-open"
            days = -self._days_from(row.date)
            yield Line(
                kind="verdict",
                account=row.account,
                ref=claim.id,
                message=self._say("today-verdict", name=self._name(row.account), text=claim.text)
                + self._whose(row.account),
                reason=self._say(code, due=self._short(due), days=days, date=self._short(row.date)),
                due=due,
                when=due,
            )

    # Reviews

    def _reviews(self) -> Iterator[Line]:
        me = self.ctx.me
        if me is None or not (self.ctx.root / "reviews").is_dir():
            return
        from kb.work.reviews_today import wanted

        for number, one in enumerate(wanted(self.ctx, me)):
            subject = one.review.subject
            account = subject.account if subject else None
            day = one.due.astimezone(self.ctx.settings.tz).date().isoformat() if one.due else None
            name = self._name(account) if account else one.review.of
            until = self._say("today-review-until", due=self._short(day)) if day else ""
            yield Line(
                kind="review",
                account=account,
                ref=one.review.id,
                message=f"{name} {subject.title if subject else ''}".strip(),
                reason=f"{self._say(one.code, who=one.who)} {until}".strip(),
                due=day,
                when=f"{number:04}",
            )

    # TODOs

    def _todos(self) -> Iterator[Line]:
        count = Counter[str]()
        edge: dict[str, tuple[str, str]] = {}  # lines of one day and account may change places
        last, members = self.last.isoformat(), self.ctx.settings.members
        for todo in self.ctx.catalogue.todos(self.today.isoformat()):  # by due date, as lines are
            if todo.due is None or todo.due > last:
                break
            ours = [owner for owner in todo.owners if owner in members]
            mine = self.mine in (None, *ours)
            if not mine and (ours or self._csm(todo.account) != self.mine):
                continue
            kind = "waiting" if todo.owners and not ours else "promise" if todo.promise else "todo"
            if kind == "waiting" and not todo.overdue:
                continue
            at = (todo.due, todo.account)
            if count[kind] < self.most or edge[kind] == at:
                count[kind] += 1
                edge[kind] = at
                yield self._todo(kind, todo)
            else:
                self.left[kind] += 1

    def _todo(self, kind: str, todo: "TodoRow") -> Line:
        assert todo.due is not None
        days = -self._days_from(todo.due)
        if days > 0:
            reason = self._say(f"today-{kind}-late", days=days, due=self._short(todo.due))
        elif days == 0:
            reason = self._say(f"today-{kind}-now")
        else:
            reason = self._say(f"today-{kind}-soon", due=self._short(todo.due))
        who = " ".join(f"@{owner}" for owner in todo.owners)
        shown = who if self.mine is None or kind == "waiting" else ""
        return Line(
            kind=kind,
            account=todo.account,
            ref=todo.id,
            message=self._say(
                "today-todo", name=self._name(todo.account), text=todo.text, who=shown
            ).strip(),
            reason=reason,
            due=todo.due,
            when=todo.due,
        )

    # Lessons that recur

    def _insights(self) -> Iterator[Line]:
        """Yield what the last look over all insights left to a lead."""
        member = self.ctx.settings.members.get(self.ctx.me or "")
        if member is None or member.role != "lead":
            return
        from kb.work import insights_triage

        left = insights_triage.waiting(self.ctx)
        for one in left.groups[: insights_triage.SHOWN]:
            accounts = len({insight.account for insight in one.members})
            yield Line(
                kind="insight",
                account=None,
                ref=one.id,
                message=self._say("today-insight", text=one.members[-1].text),
                reason=self._say("today-insight-why", accounts=accounts),
                due=None,
                when="",
            )
        if left.fresh >= insights_triage.MANY:
            yield Line(
                kind="insight",
                account=None,
                ref="kb insight recurring",
                message=self._say("today-insights", count=left.fresh),
                reason=self._say("today-insights-why"),
                due=None,
                when="9",
            )
