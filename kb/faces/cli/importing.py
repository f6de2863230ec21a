"""`kb import`: existing notes into running documents."""

from pathlib import Path

import click

from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t
from kb.work import importing
from kb.work.import_result import plan_text


@kb_command(
    "import",
    help=t(
        "Take existing notes (.md, .markdown, .txt; folders too) over into running documents. What "
        "is not understood is kept word for word. Importing again changes nothing.",
        "いまある議事録(.md、.markdown、.txt、フォルダーも可)をランニングドキュメントに"
        "取り込みます。読み取れない部分も原文のまま残します。もう一度取り込んでも増えません。",
    ),
    examples=[
        "kb import notes/acme --account acme --dry-run",
        "kb import 議事録.txt --account acme --name アクメ株式会社 --year 2025",
    ],
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option(
    "--account",
    metavar="SLUG",
    help=t("Whose notes they are; made if unknown.", "どの顧客の議事録か。なければ作ります。"),
)
@click.option(
    "--name", metavar=t("NAME", "名前"), help=t("The name of a new account.", "新しい顧客の名前。")
)
@click.option(
    "--year",
    type=int,
    metavar=t("YEAR", "年"),
    help=t("The year of dates that have none.", "年のない日付の年。"),
)
@click.option(
    "--dry-run", is_flag=True, help=t("Only say what would be done.", "何をするかだけを示します。")
)
def import_(
    run: Run,
    paths: tuple[Path, ...],
    account: str | None,
    name: str | None,
    year: int | None,
    *,
    dry_run: bool,
) -> None:
    """Import, and say what was understood."""
    result = importing.run(
        run.context,
        paths,
        account,
        name,
        year,
        dry_run=dry_run,
        progress=lambda done, total: run.progress(f"{done}/{total}"),
    )
    run.progress("")
    run.emit(result.as_json(), lambda: plan_text(result, run.context.lang))
