"""One meeting as text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kb.faces.cli import reviewing, wording
from kb.faces.cli.language import t
from kb.faces.cli.layout import indented
from kb.model.state import state

if TYPE_CHECKING:
    from kb.model.meeting import Hypothesis, Meeting, Topic
    from kb.work.registration import Registered
    from kb.work.reviews import Review


def meeting_text(
    meeting: "Meeting",
    account: str,
    now: datetime,
    registered: "Mapping[str, Registered]",
    reviews: "Sequence[Review]" = (),
) -> str:
    """Return the whole meeting; `account` is the account's name, `now` the team's own time.

    `registered` says of each hypothesis, by its id, when it was first committed as it stands.
    """
    return "\n".join(_lines(meeting, account, now, registered, reviews)).rstrip()


def _lines(
    meeting: "Meeting",
    account: str,
    now: datetime,
    registered: "Mapping[str, Registered]",
    reviews: "Sequence[Review]",
) -> Iterator[str]:
    yield f"{account}  {wording.when(meeting)}  {meeting.title}  [{wording.state(meeting, now)}]"
    yield f"{meeting.id}  {meeting.path}:{meeting.line}"
    theirs = t(", ", "、").join(meeting.attendees.customer)
    ours = " ".join(f"@{name}" for name in meeting.attendees.ours)
    if theirs or ours:
        yield t("Attendees: ", "出席: ") + " / ".join(side for side in (theirs, ours) if side)
    if meeting.minutes:
        yield t("Minutes complete: ", "議事録の完了: ") + meeting.minutes
    for review in reviews:
        yield f"{reviewing.kind(review)}: {reviewing.state(review)}  {review.id}"
    ahead = state(meeting, now) in ("planned", "prepared")
    nothing = [t("(none yet)", "(まだありません)")] if ahead else []
    yield from _section(t("Hypotheses", "事前仮説"), list(_claims(meeting, registered)) or nothing)
    yield from _section(t("Agenda", "アジェンダ"), list(_topics(meeting, now)) or nothing)
    under = {todo.line for topic in meeting.topics for todo in topic.todos}
    decided = {decision.line for topic in meeting.topics for decision in topic.decisions}
    rest = [f"- {indented(d.text, '  ')}" for d in meeting.decisions if d.line not in decided]
    yield from _section(t("Decisions", "決定事項"), rest)
    yield from _section(t("TODO", "TODO"), _todos(meeting, now, under))
    yield from _section(
        t("Insights", "気づき"),
        [
            f"- {indented(insight.text, '  ')}" + "".join(f" #{tag}" for tag in insight.tags)
            for insight in meeting.insights
        ],
    )
    if meeting.memo:
        yield from _section(t("Internal memo", "社内メモ"), meeting.memo.splitlines())
    others = [f"{other.heading} ({t('line', '行')} {other.line})" for other in meeting.other]
    yield from _section(t("Other headings", "そのほかの見出し"), others)


def _section(title: str, lines: "list[str] | Iterator[str]") -> Iterator[str]:
    """Yield a heading and its lines; nothing when there are none."""
    body = list(lines)
    if body:
        yield ""
        yield f"■ {title}"
        yield from body


def _claims(meeting: "Meeting", registered: "Mapping[str, Registered]") -> Iterator[str]:
    for number, claim in enumerate(meeting.hypotheses, 1):
        yield f"{number}. {indented(claim.text, '   ')}  {claim.id}"
        for name, value in _fields(claim):
            if value:
                yield f"   {name}: {indented(value, '     ')}"
        if said := wording.registered(registered.get(claim.id)):
            yield f"   {t('Registered', '登録')}: {said}"


def _fields(claim: "Hypothesis") -> Iterator[tuple[str, str]]:
    yield t("Why", "根拠"), claim.because or ""
    yield t("Test", "検証"), claim.test or ""
    yield t("Impact", "効果"), claim.impact or ""
    yield t("Confidence", "確信度"), wording.percent(claim.confidence)
    yield t("See", "参照"), " ".join(claim.refs)
    quote = f" 「{claim.quote}」" if claim.quote else ""
    on = f" ({claim.verdict_on})" if claim.verdict_on else ""
    yield (
        t("Verdict", "判定"),
        f"{wording.verdict(claim.verdict)}{quote}{on}" if claim.verdict else "",
    )
    yield t("Verdict due", "判定予定"), (claim.verdict_due or "") if not claim.verdict else ""


def _topics(meeting: "Meeting", now: datetime) -> Iterator[str]:
    for number, topic in enumerate(meeting.topics, 1):
        if number > 1:
            yield ""
        yield from _topic(number, topic, now)


def _topic(number: int, topic: "Topic", now: datetime) -> Iterator[str]:
    title = topic.title or t("(no title)", "(見出しなし)")
    more = t(f"  continues {topic.link}", f"  {topic.link} の続き") if topic.link else ""
    yield f"{number}. {title}  {topic.id}{more}"
    if topic.stance:
        yield f"   {t('Stance', 'スタンス')}: {indented(topic.stance, '     ')}"
    for said in topic.said:
        yield f"   {t('Customer', 'お客様')}: {indented(said.text, '     ')}"
    for decision in topic.decisions:
        yield f"   {t('Decision', '決定')}: {indented(decision.text, '     ')}"
    for todo in topic.todos:
        overdue = bool(todo.due and todo.due < now.date().isoformat())
        yield f"   {wording.todo_line(todo, overdue=overdue)}"


def _todos(meeting: "Meeting", now: datetime, under: set[int]) -> Iterator[str]:
    for todo in meeting.todos:
        if todo.line not in under:
            overdue = bool(todo.due and todo.due < now.date().isoformat())
            yield wording.todo_line(todo, overdue=overdue)
    for carried in meeting.carried:
        box = "[x] " if carried.done else ""
        id_ = carried.link.rpartition("^")[2]
        yield t("from before: ", "前回まで: ") + f"{box}{carried.text}  {id_}"
