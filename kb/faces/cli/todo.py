"""`kb todo`: what is to be done, by whom, until when."""

from typing import TYPE_CHECKING

import click

from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t
from kb.work import todos

if TYPE_CHECKING:
    from kb.catalogue.lists import TodoRow


@kb_command(
    help=t(
        "List open TODOs of all accounts, the earliest due first. One that was carried over from "
        "meeting to meeting is listed once.",
        "すべての顧客の未完了のTODOを、期日の早い順に並べます。"
        "次のミーティングに持ち越したTODOも1回だけ数えます。",
    ),
    examples=["kb todo --owner sato", "kb todo --account acme --all", "kb todo --overdue --json"],
)
@click.option(
    "--owner", metavar=t("MEMBER", "メンバー"), help=t("Only theirs.", "この人の分だけ。")
)
@click.option(
    "--account", metavar=t("SLUG", "顧客"), help=t("Only of this account.", "この顧客の分だけ。")
)
@click.option("--overdue", is_flag=True, help=t("Only late ones.", "期日を過ぎたものだけ。"))
@click.option("--all", "every", is_flag=True, help=t("Done ones too.", "完了したものも含めます。"))
def todo(run: Run, owner: str | None, account: str | None, *, overdue: bool, every: bool) -> None:
    """Show one line a TODO."""
    found = todos.listed(run.context, owner=owner, account=account, overdue=overdue, every=every)
    items = [todos.as_json(row) for row in found] if run.json else []
    run.emit({"items": items, "total": len(found)}, lambda: _table(found))


def _table(found: "list[TodoRow]") -> str:
    if not found:
        return t("Nothing to do.", "TODOはありません。")
    from kb.faces.cli.layout import columns

    head = (
        "ID",
        t("Due", "期日"),
        t("Owner", "担当"),
        t("Account", "顧客"),
        t("TODO", "TODO"),
    )
    rows = [
        (row.id, _due(row), f"@{row.owner}" if row.owner else "", row.account, _text(row))
        for row in found
    ]
    return columns(head, rows)


def _due(row: "TodoRow") -> str:
    late = t(" late", " 超過") if row.overdue else ""
    return (row.due or "") + late


def _text(row: "TodoRow") -> str:
    text = " ".join(row.text.split())
    return t(f"(done) {text}", f"(完了) {text}") if row.done else text
