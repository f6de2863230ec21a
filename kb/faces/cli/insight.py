"""`kb insight`: what was learned, what recurs over customers, and what people said of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.faces.cli import insightwords
from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import current, t

if TYPE_CHECKING:
    from kb.work.insights_finding import Pool
    from kb.work.insights_judging import Judged

_FROM = t(
    'Lines of {"id", "text", "account", "author"} instead of the store.',
    'ストアの代わりに、{"id", "text", "account", "author"} の行が並ぶファイルを読みます。',
)
_WHY = t("Why, in a sentence.", "理由（一文）。")
_LIMIT = t("How many to show.", "示す件数。")
_ACCOUNT = t("Only of this account.", "この顧客の分だけ。")
_SINCE = t("From this day on.", "この日から後の分だけ。")
_ALL = t(
    "Also groups of fewer accounts or people, those with a principle, and dismissed ones.",
    "顧客や人の数が足りない組、行動原則のある組、提案から外した組も示します。",
)
_IDS = t(
    "ID is an insight's id, or a group's as `kb insight recurring` shows it.",
    "ID は気づきのid、または `kb insight recurring` に出る組の名前です。",
)


@kb_group(
    "insight",
    help=t(
        "What was learned, what recurs over customers, and what people said of it.",
        "気づきを一覧し、顧客をまたいでくり返すものを探し、同じ教訓かどうかを判断します。",
    ),
)
def insight(run: Run) -> None:
    """Hold the verbs."""
    del run


@kb_command(
    "list",
    group=insight,
    help=t("List insights, the newest first.", "気づきを新しい順に並べます。"),
    examples=["kb insight list", "kb insight list --account acme --json"],
)
@click.option("--account", metavar=t("SLUG", "顧客"), help=_ACCOUNT)
@click.option("--since", metavar=t("DATE", "日付"), help=_SINCE)
def list_(run: Run, account: str | None, since: str | None) -> None:
    """Show one line an insight."""
    from kb.work import answers
    from kb.work import insights as work

    ctx = run.context
    found = work.listed(ctx, account=account, since=_day(since))
    items = answers.insights(ctx, found) if run.json else []
    run.emit({"items": items, "total": len(found)}, lambda: insightwords.table(found))


@kb_command(
    "similar",
    group=insight,
    help=t(
        "Show the insights nearest in meaning to one (of other accounts), or to a text.",
        "気づき（ID）または文に、意味のいちばん近い気づきを示します。"
        "IDを書いたときは、ほかの顧客のものだけです。",
    ),
    examples=["kb insight similar i-8pc0yv", 'kb insight similar "引き継ぎは前任者がいるうちに"'],
)
@click.argument("what", metavar="ID|TEXT")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help=_LIMIT)
def similar(run: Run, what: str, limit: int) -> None:
    """Show the nearest, best first."""
    from kb.work import answers, insights_finding

    near = insights_finding.similar(run.context, what, limit, _progress(run))
    items = [answers.near(one) for one in near]
    run.emit(
        {"items": items, "total": len(items)}, lambda: "\n".join(insightwords.near_lines(near))
    )


@kb_command(
    "neighbours",
    group=insight,
    help=t(
        "Show for every insight the nearest ones of other accounts.",
        "すべての気づきについて、ほかの顧客のいちばん近い気づきを示します。",
    ),
    examples=["kb insight neighbours --json", "kb insight neighbours --from notes.jsonl --limit 5"],
)
@click.option("--from", "file", type=click.Path(path_type=Path), metavar="FILE", help=_FROM)
@click.option("--limit", type=click.IntRange(1, 100), default=3, show_default=True, help=_LIMIT)
def neighbours(run: Run, file: Path | None, limit: int) -> None:
    """Show them, insight by insight."""
    pool = _pool(run, file)
    found = pool.neighbours(limit)
    data = {
        name: [{"id": one.insight.id, "similarity": one.similarity} for one in near]
        for name, near in found.items()
    }
    run.emit({"neighbours": data}, lambda: "\n".join(insightwords.all_near(pool, found)))


@kb_command(
    "recurring",
    group=insight,
    help=t(
        "Show groups of insights that seem to be one lesson: of three accounts and two people at "
        "least, without a principle yet, and not dismissed. People judge; the machine only finds.",
        "同じ教訓らしい気づきの組を示します。3社以上・2人以上のもので、まだ行動原則がなく、"
        "提案から外されていない組です。見つけるのは機械、判断するのは人です。",
    ),
    examples=["kb insight recurring", "kb insight recurring --all --json"],
)
@click.option("--from", "file", type=click.Path(path_type=Path), metavar="FILE", help=_FROM)
@click.option("--all", "every", is_flag=True, help=_ALL)
def recurring(run: Run, file: Path | None, *, every: bool) -> None:
    """Show the groups, the firmest first, each with the reason."""
    from kb.work import answers

    if file is None:
        from kb.work import insights_triage

        found = insights_triage.look(run.context, _progress(run))
    else:
        found = _pool(run, file).recurring()
    shown = found if every else found._replace(groups=tuple(g for g in found.groups if g.recurs))
    run.emit(
        answers.recurring(shown, current()),
        lambda: "\n".join(insightwords.recurring_text(shown, every=every)),
    )


@kb_command(
    "same",
    group=insight,
    help=t(
        "Say that insights are the same lesson: they stay together from now on. ",
        "気づきどうしが同じ教訓だと記録します。以後は必ず同じ組になります。",
    )
    + _IDS,
    examples=["kb insight same i-81dr79 i-s5s4rj", "kb insight same g-4kf75a i-sdrc0r"],
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--why", metavar=t("TEXT", "文"), help=_WHY)
def same(run: Run, ids: tuple[str, ...], why: str | None) -> None:
    """Write it down."""
    _judge(run, "same", ids, why)


@kb_command(
    "different",
    group=insight,
    help=t(
        "Say that the first insight is another lesson than the rest: they never come together. ",
        "最初の気づきが、残りの気づきとは別の教訓だと記録します。以後は同じ組になりません。",
    )
    + _IDS,
    examples=["kb insight different i-ytjr8h i-8pc0yv i-1m9nwd"],
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--why", metavar=t("TEXT", "文"), help=_WHY)
def different(run: Run, ids: tuple[str, ...], why: str | None) -> None:
    """Write it down."""
    _judge(run, "different", ids, why)


@kb_command(
    "dismiss",
    group=insight,
    help=t(
        "Put a group away: it is not proposed again until three more accounts join it. ",
        "組を提案から外します。新たに3社が加わるまで、提案には出ません。",
    )
    + _IDS,
    examples=['kb insight dismiss g-4kf75a --why "話題が同じだけで、教訓は別々"'],
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--why", metavar=t("TEXT", "文"), help=_WHY)
def dismiss(run: Run, ids: tuple[str, ...], why: str | None) -> None:
    """Write it down."""
    _judge(run, "dismissed", ids, why)


@kb_command(
    "absorb",
    group=insight,
    help=t(
        "Let the insights of a principle (or of a group) count for another principle.",
        "ある行動原則（または組）の気づきを、別の行動原則の気づきに加えます。",
    ),
    examples=["kb insight absorb p-owner-first p-handover-30"],
)
@click.argument("source", metavar="P")
@click.argument("into", metavar="Q")
def absorb(run: Run, source: str, into: str) -> None:
    """Write it down."""
    from kb.work import insights_judging

    _answer(run, insights_judging.absorb(run.context, source, into))


def _judge(run: Run, kind: str, ids: tuple[str, ...], why: str | None) -> None:
    from kb.work import insights_judging

    _answer(run, insights_judging.judge(run.context, kind, ids, why))


def _answer(run: Run, done: "Judged") -> None:
    from kb.work import answers

    data = answers.judged(done)
    if done.commit is None:
        words = t(
            "People said so before; nothing was changed.",
            "すでに同じ判断が記録されています。何も変えていません。",
        )
    else:
        into = done.principles[-1] if done.principles else ""
        what = {
            "same": t("Same lesson", "同じ教訓として記録しました"),
            "different": t(
                "The first is another lesson than the rest",
                "最初の気づきを、残りとは別の教訓として記録しました",
            ),
            "dismissed": t("Put away", "提案から外しました"),
            "absorbed": t(f"Absorbed by {into}", f"{into} の気づきに加えました"),
            "accepted": t(f"Absorbed by {into}", f"{into} の気づきに加えました"),
        }[done.kind]
        about = " ".join([*done.insights, *done.principles[:-1]])
        words = f"{what}: {about}  ({done.path})"
    run.emit(data, words)


def _pool(run: Run, file: Path | None) -> "Pool":
    if file is not None:
        from kb.work import insights_rows

        return insights_rows.pool(file)
    from kb.work import insights_finding

    return insights_finding.pool(run.context, _progress(run))


def _progress(run: Run) -> Any:  # noqa: ANN401 (a function of two numbers)
    def tell(done: int, whole: int) -> None:
        words = t(f"Reading insights {done} of {whole}", f"気づきを読んでいます {done}/{whole}")
        run.progress(words if done < whole else "")

    return tell


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    from kb.errors import WrongUse
    from kb.text.dates import day

    found = day(value)
    if found is None:
        raise WrongUse("bad-date", value=value)
    return found
