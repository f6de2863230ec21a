"""`kb board`: where knowledge flows and where it stalls."""

import click

from kb.faces.cli import wording
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t


@kb_command(
    help=t(
        "Show where knowledge flows and where it stalls: from notes to insights, principles and "
        "use; how far the habits reach; what the next step needs. Every rate has its denominator, "
        "and there is none below 20.",
        "知恵がどこで流れ、どこで止まっているかを示します。記録から気づき、行動原則、活用まで、"
        "習慣の行き届き方、次の一歩に足りないもの。割合には必ず分母を添え、20件に満たないものは"
        "割合を出しません。",
    ),
    examples=["kb board", "kb board --unit east --since 2026-07-01", "kb board --member sato"],
)
@click.option(
    "--since",
    metavar=t("DATE", "日付"),
    help=t("Only meetings from this day on.", "この日からのミーティングだけ。"),
)
@click.option(
    "--unit", metavar=t("UNIT", "ユニット"), help=t("Only this unit.", "このユニットだけ。")
)
@click.option(
    "--member",
    metavar=t("MEMBER", "メンバー"),
    help=t("Only your own; nobody else's are shown.", "自分の分だけ。ほかの人の分は見られません。"),
)
def board(run: Run, since: str | None, unit: str | None, member: str | None) -> None:
    """Show the page."""
    from kb.work import board as work

    found = work.board(run.context, work.Scope(since, unit, member), wording.reading(run))
    run.progress("")

    def text() -> str:
        from kb.faces.cli.board_page import page

        return page(run.context, found)

    run.emit(work.as_json(found), text)
