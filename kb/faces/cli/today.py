"""`kb today` and `kb week`: what needs me, and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t

if TYPE_CHECKING:
    from kb.work.today import Line

WIDE = 96
"""How many places of a terminal a line may take; ids and reasons stand below it."""

_ALL = t("Everybody's, not only mine.", "自分の分だけでなく、全員の分を示します。")
_WHOSE = t(
    "Without --all only yours: accounts you look after, meetings you attend, TODOs you own. "
    "Leads see everybody's.",
    "--all がなければ、自分の担当顧客、出席するミーティング、自分のTODOだけです。"
    "リーダーには全員の分が出ます。",
)


@kb_command(
    "today",
    help=t(
        "Show what needs you today, the most urgent first, with the reason in each line.",
        "今日やることを、急ぐ順に、一行ずつ理由つきで示します。",
    )
    + " "
    + _WHOSE,
    examples=["kb today", "kb today --all --json"],
)
@click.option("--all", "everybody", is_flag=True, help=_ALL)
def today(run: Run, *, everybody: bool) -> None:
    """Show today's lines."""
    _show(run, 1, everybody=everybody)


@kb_command(
    "week",
    help=t(
        "Show what needs you in the seven days from today, with the reason in each line.",
        "今日から7日のうちにやることを、一行ずつ理由つきで示します。",
    )
    + " "
    + _WHOSE,
    examples=["kb week", "kb week --all --json"],
)
@click.option("--all", "everybody", is_flag=True, help=_ALL)
def week(run: Run, *, everybody: bool) -> None:
    """Show the week's lines."""
    _show(run, 7, everybody=everybody)


def _show(run: Run, days: int, *, everybody: bool) -> None:
    from kb.work import today as work

    ctx = run.context
    found = work.lines(ctx, days=days, everybody=everybody)
    data = {
        "date": ctx.today.isoformat(),
        "items": [work.as_json(line) for line in found],
        "total": len(found),
    }
    run.emit(data, lambda: "\n".join(_text(ctx.today.isoformat(), days, found)))


def _text(date: str, days: int, found: "list[Line]") -> Iterator[str]:
    from kb.faces.cli import wording
    from kb.faces.cli.layout import cut

    yield wording.day(date) + (t(" and the six days after", " から7日間") if days > 1 else "")
    if not found:
        yield t("Nothing needs you.", "急ぎの用件はありません。")
        return
    kind = ""
    for line in found:
        if line.kind != kind:
            kind = line.kind
            yield ""
            yield f"■ {_heading(kind)}"
        yield f"- {cut(line.message, WIDE)}"
        yield f"    → {line.reason}  [{line.ref}]"


def _heading(kind: str) -> str:
    return {
        "kept": t("Kept, not saved", "保存されずに取り置かれた文章"),
        "meeting": t("Meetings", "ミーティング"),
        "minutes": t("Minutes to complete", "完了していない議事録"),
        "review": t("Reviews", "レビュー"),
        "promise": t("Promises", "お客様との約束"),
        "todo": t("TODOs", "TODO"),
        "preparation": t("To prepare", "準備が要るミーティング"),
        "verdict": t("Hypotheses without a verdict", "判定待ちの仮説"),
        "waiting": t("Waiting for the customer", "お客様待ち"),
        "insight": t("Lessons that recur", "くり返し現れる気づき"),
    }[kind]
