"""`kb playbook check`: pages that nobody can reach, uses, or can believe."""

from typing import TYPE_CHECKING

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns

if TYPE_CHECKING:
    from kb.work.playbook_check import Finding


@kb_group(
    help=t("Check the whole playbook.", "プレイブック全体を点検します。"),
    examples=["kb playbook check"],
)
def playbook(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "check",
    group=playbook,
    help=t(
        "Check all principles, plays and manuals.\n\nFinds pages without a layer above (orphan), "
        "without evidence (unproven), not cited for 60 days (unused), without a word on when to "
        "use them, links that lead nowhere, and quotes that are gone. Exit code 1 when it finds "
        "something.",
        "行動原則・施策・手順書をすべて点検します。\n\n上の層とつながらないページ、根拠のないページ、"
        "60日間引かれていないページ、使うときのないページ、先のないリンク、"
        "見つからない言葉を並べます。見つかれば終了コードは1です。",
    ),
    examples=["kb playbook check", "kb playbook check --json"],
)
def check(run: Run) -> None:
    """Show what is wrong; exit 1 when something is."""
    from kb.work import playbook_check

    found = playbook_check.check(run.context)
    if found:
        run.finish(1)
    problems = [{"code": one.code, "path": one.path, "message": one.message} for one in found]
    run.emit({"problems": problems}, lambda: _table(found))


def _table(found: "list[Finding]") -> str:
    if not found:
        return t("Nothing was found.", "指摘はありません。")
    rows = [(one.code, one.message, one.path) for one in found]
    return columns((t("Code", "種類"), t("Finding", "指摘"), t("Page", "ページ")), rows)
