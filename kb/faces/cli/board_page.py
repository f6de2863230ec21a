"""The board as a page for a terminal: what stalls first, then the flow, the habits, the steps."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.faces.cli import wording
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns
from kb.model.calibration import ENOUGH, Share, interval, rounded

if TYPE_CHECKING:
    from kb.model.calibration import Bin, Calibration
    from kb.model.flow import Step
    from kb.model.flow_adoption import Lack
    from kb.model.flow_adoption import Step as AdoptionStep
    from kb.model.flow_coverage import Reach
    from kb.work.board import Board
    from kb.work.context import Context

WEEKS = 8
"""The last weeks that are shown one by one; --json has them all."""


def page(ctx: "Context", found: "Board") -> str:
    """Return the whole page."""
    today = ctx.today.isoformat()
    first = found.first or today
    unit = ctx.settings.units[found.unit].name if found.unit else None
    whose = unit or (f"@{found.member}" if found.member else ctx.settings.name)
    n = found.reach.meetings
    lines = [
        t(
            f"SECI board  {whose}  {first} to {today}  {_meetings(n)} held",
            f"SECIボード  {whose}  {first} 〜 {today}  終わったミーティング {n}回",
        )
    ]
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("", _own(found)),
        (t("What stalls", "止まっているもの"), _stalled(found)),
        (t("The flow of knowledge", "知恵の流れ"), _flow(found)),
        (t("How far the habits reach", "どこまで行き届いているか"), _reach(ctx, found)),
        (t(f"By week, the last {WEEKS}", f"週ごと（直近{WEEKS}週）"), _weeks(found)),
        (t("Hypotheses", "事前仮説"), _hypotheses(found)),
    )
    if found.member is None:
        parts = (
            *parts,
            (t("The team's steps", "チームの歩み"), _steps(found)),
            (t("Cited by nobody for 60 days", "60日のあいだ引かれていないページ"), _unused(found)),
            (t("Searched for and not found", "探して見つからなかったもの"), _gaps(found)),
        )
    for title, body in parts:
        shown = [line for line in body if line]
        if shown:
            lines += ["", *([f"■ {title}"] if title else []), *shown]
    lines += ["", t("A person's numbers are shown to that person alone.",
                    "人ごとの数字は、本人にだけ見えます。")]  # fmt: skip
    return "\n".join(lines)


def _meetings(n: int) -> str:
    return "1 meeting" if n == 1 else f"{n} meetings"


def _cell(one: Share) -> str:
    """Return a share for a column: `47/49  96%`, without a rate below twenty."""
    rate = one.rate
    return f"{one.n}/{one.of}" + (f" {rate:>4.0%}" if rate is not None else " " * 5)


def _told(one: Share) -> str:
    """Return a share for a sentence: `47/49 (96%)`, without a rate below twenty."""
    return f"{one.n}/{one.of}" + (f" ({one.rate:.0%})" if one.rate is not None else "")


def _own(found: "Board") -> Iterator[str]:
    own = found.own
    if own is None or not own.n or found.member:
        return
    if not own.enough:
        yield t(
            f"Yours: {own.n} of your hypotheses ended one way or the other. At {ENOUGH} you see how"
            " often you were right.",
            f"あなたの仮説: {own.n}件が支持か棄却になりました。{ENOUGH}件になると、"
            "確信度の当たり具合をお見せします。",
        )
        return
    yield t("Yours, shown to you alone:", "あなたの仮説（見えるのは、あなただけです）:")
    yield from _calibration(own)


def _stalled(found: "Board") -> Iterator[str]:
    for one in found.stalled:
        yield f"{one.id}  {one.title}"
        since = []
        if one.age_days is not None:
            since.append(t(f"proposed {one.age_days} days ago", f"提案から{one.age_days}日"))
        if one.idle_days is not None:
            since.append(t(f"last moved {one.idle_days} days ago",
                           f"最後の動きから{one.idle_days}日"))  # fmt: skip
        lacks = t("; ", "、").join(one.why)
        told = t(", ", "、").join(since)
        yield t(f"   {told}. Lacks: {lacks}", f"   {told}。足りないもの: {lacks}")
    took = found.flow[2].days
    if found.stalled and took:
        lead = _days(found.flow[2])
        few = (
            t(" So few are only a hint.", "まだ少ないので、目安です。")
            if len(took) < ENOUGH
            else ""
        )
        yield t(
            f"The {len(took)} that were adopted took {lead}, in the median.{few}",
            f"採用された{len(took)}件は、提案から採用まで{lead}（中央値）でした。{few}",
        )
    if not found.stalled:
        yield t("Nothing.", "ありません。")


def _days(step: "Step") -> str:
    lead = step.lead_json()["median"]
    if lead is None:
        return ""
    number = f"{lead:g}"
    return t(f"{number} day" if number == "1" else f"{number} days", f"{number}日")


def _flow(found: "Board") -> Iterator[str]:
    words = {
        "note_to_insight": t("Meetings that gave an insight", "気づきを残したミーティング"),
        "insight_to_proposed": t(
            "Insights that a principle rests on", "行動原則のもとになった気づき"
        ),
        "proposed_to_adopted": t("Candidates that were adopted", "採用された候補"),
        "adopted_to_used": t("Principles cited since", "採用後に仮説で引かれた行動原則"),
    }
    head = (
        "",
        t("Count", "件数"),
        t("Days, median (of)", "日数の中央値（件）"),
        t("Not yet", "まだ"),
        t("Oldest", "最も古い"),
    )
    rows = []
    for step in found.flow:
        lead = f"{_days(step)} ({len(step.days)})" if step.days else ""
        oldest = step.waiting[-1] if step.waiting else None
        rows.append(
            (
                *(words[step.name], _cell(step.taken), lead, str(len(step.waiting))),
                "" if oldest is None else t(f"{oldest} days", f"{oldest}日"),
            )
        )
    yield columns(head, rows, right={1, 2, 3, 4})
    yield t(
        f"Insights {found.insights}, candidates {found.candidates}, principles {found.principles}",
        f"気づき {found.insights}件、候補 {found.candidates}件、行動原則 {found.principles}件",
    )


def _habit(name: str) -> str:
    return {
        "with_hypothesis": t("A hypothesis", "事前仮説がある"),
        "preregistered": t("Written before the start", "開始前に書かれていた"),
        "pre_reviewed": t("Reviewed before the start", "事前レビューで承認された"),
        "closed": t("Minutes complete", "議事録を書き終えた"),
        "minutes_within_5": t("Minutes complete in time", "議事録が時間内に終わった"),
        "plays": t("Principles that have a play", "施策のある行動原則"),
    }[name]


def _reach(ctx: "Context", found: "Board") -> Iterator[str]:
    if not found.reach.meetings:
        yield t("No meeting was held yet.", "終わったミーティングは、まだありません。")
        return
    units = found.units if len(found.units) > 1 else ()
    known = ctx.settings.units
    names = [known[u.name].name if u.name in known else u.name for u in units]
    head = ("", t("All", "全体"), *(name or t("(none)", "（なし）") for name in names))
    rows = [
        (_habit(habit), _cell(whole), *(_cell(unit.shares[habit]) for unit in units))
        for habit, whole in found.reach.shares.items()
    ]
    yield columns(head, rows, right=range(1, len(head)))


def _weeks(found: "Board") -> Iterator[str]:
    if not found.weeks:
        return
    short = (
        *(t("Week", "週"), t("Held", "回"), t("Hypothesis", "仮説"), t("Before", "開始前")),
        *(t("Reviewed", "レビュー"), t("Complete", "議事録"), t("In time", "時間内")),
    )
    rows = [_week(one) for one in found.weeks[-WEEKS:]]
    yield columns(short, rows, right=range(1, 7))


def _week(one: "Reach") -> tuple[str, ...]:
    return (one.name, str(one.meetings), *(str(share.n) for share in one.shares.values()))


def _hypotheses(found: "Board") -> Iterator[str]:
    if not found.hypotheses:
        return
    told = [f"{wording.verdict(v)} {found.verdicts[v]}" for v in wording.VERDICTS]
    told.append(t(f"waiting {found.verdicts['waiting']}", f"判定待ち {found.verdicts['waiting']}"))
    yield f"{found.hypotheses}{t(': ', '件: ')}{t(', ', '、').join(told)}"
    proof = found.sources["server"]
    yield t(
        f"Stood there at the start: {_told(found.registered)}; {proof} with a server's "
        "time, which alone is proof",
        f"開始の時点で書かれていたもの {_told(found.registered)}。"
        f"証明になるサーバーの時刻があるもの {proof}件",
    )
    if found.calibration.enough:
        yield from _calibration(found.calibration)
    else:
        n = found.calibration.n
        yield t(
            f"{n} ended one way or the other; at {ENOUGH} the board says how well confidence fits.",
            f"支持か棄却になったもの {n}件。{ENOUGH}件になると、確信度の当たり具合をお見せします。",
        )


def _calibration(known: "Calibration") -> Iterator[str]:
    held = Share(known.held, known.n)
    yield t(
        f"Supported {_told(held)} of those that ended one way or the other; Brier score "
        f"{rounded(known.brier)} (0 is best)",
        f"支持 {_told(held)}（支持か棄却になったもののうち）、ブライアスコア {rounded(known.brier)}"
        "（0に近いほど良い）",
    )
    few = []
    for one in known.bins:
        if one.n >= ENOUGH:
            yield _bin(one)
        elif one.n:
            few.append(t(f"{one.start}–{one.stop}%: {one.held} of {one.n}",
                         f"{one.start}〜{one.stop}%は{one.n}件のうち{one.held}件"))  # fmt: skip
    if few:
        yield (
            "   "
            + t("too few for a rate: ", "割合を出すには少ないもの: ")
            + t("; ", "、").join(few)
        )


def _bin(one: "Bin") -> str:
    low, high = interval(Share(one.held, one.n))
    rate = one.held / one.n
    return t(
        f"   said {one.start}–{one.stop}%: {one.held} of {one.n} supported, {rate:.0%} "
        f"(95 % range {low:.0%}–{high:.0%})",
        f"   確信度{one.start}〜{one.stop}%: {one.n}件のうち{one.held}件が支持、{rate:.0%}"
        f"（95%の幅で{low:.0%}〜{high:.0%}）",
    )


def _steps(found: "Board") -> Iterator[str]:
    names = {
        "visible": t("Share what was said", "見せて、共有する"),
        "hypotheses": t("Guess before every meeting", "事前仮説を書く"),
        "principles": t("Make principles of what recurs", "行動原則にする"),
        "playbook": t("One playbook", "プレイブックにする"),
    }
    for step in found.steps:
        yield f"STEP {step.number}  {names[step.name]}  {_standing(step)}".rstrip()
        if step.missing:
            lacks = t("; ", "、").join(_lack(one, names) for one in step.missing)
            yield t(f"   before it: {lacks}", f"   その前に: {lacks}")


def _standing(step: "AdoptionStep") -> str:
    levels = {
        "off": t("off", "見ない"),
        "remind": t("reminded", "声かけ"),
        "require": t("required", "必須"),
    }
    told = [f"{_switch(name)} {levels[level]}" for name, level in step.policies.items()]
    told += [f"{_habit(name)} {_told(one)}" for name, one in step.coverage.items()]
    return t("; ", "、").join(told)


def _switch(name: str) -> str:
    return {
        "minutes": t("minutes", "議事録は"),
        "hypothesis": t("hypotheses", "事前仮説は"),
        "pre_review": t("reviews", "事前レビューは"),
    }[name]


def _lack(lack: "Lack", names: dict[str, str]) -> str:
    numbers = _told(lack.share) if lack.share else ""
    if lack.code == "earlier":
        return t(f"“{names[lack.what]}” first", f"先に「{names[lack.what]}」")
    if lack.code == "off":
        return t(f"{_switch(lack.what)} switched on", f"{_switch(lack.what)}声かけか必須に")
    if lack.code == "principles":
        return t("an adopted principle", "採用された行動原則を1件")
    habit = _habit(lack.what)
    if lack.code == "few":
        return t(f"“{habit}” counted over {ENOUGH} meetings ({numbers})",
                 f"「{habit}」を{ENOUGH}回のミーティングで（いま {numbers}）")  # fmt: skip
    return t(f"“{habit}” in 80 % (now {numbers})", f"「{habit}」を80%以上に（いま {numbers}）")


def _unused(found: "Board") -> Iterator[str]:
    if found.unused:
        yield t(", ", "、").join(found.unused)


def _gaps(found: "Board") -> Iterator[str]:
    for gap in found.gaps:
        yield t(
            f"{gap.query}  {gap.n}×, last {gap.last}", f"{gap.query}  {gap.n}回、最後は {gap.last}"
        )
