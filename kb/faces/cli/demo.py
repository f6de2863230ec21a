"""`kb demo`: the sample team's store."""

from pathlib import Path

import click

from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t


@kb_command(
    help=t(
        "Build the sample team's store in DIR (kb-demo if none is named), meeting by meeting, so "
        "that it has a real history. An older demo is replaced unless somebody wrote in it.",
        "見本チームのストアを DIR（なければ kb-demo）に、ミーティングの履歴ごと作ります。"
        "前に作った見本は、だれも書き足していなければ作り直します。",
    ),
    examples=["kb demo", "kb demo /tmp/team && cd /tmp/team && kb today"],
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def demo(run: Run, folder: Path | None) -> None:
    """Build it and say how to look around."""
    from kb.work.demo import build

    run.progress(t("Building…", "作成中…"))
    built = build(folder or Path("kb-demo"))
    run.progress("")
    run.emit(
        {
            "store": str(built.store),
            "accounts": built.accounts,
            "meetings": built.meetings,
            "commits": built.commits,
            "url": None,
        },
        [
            t(
                f"Made the sample store {built.store}: {built.accounts} accounts, "
                f"{built.meetings} meetings, {built.commits} changes.",
                f"見本のストア {built.store} を作りました（顧客{built.accounts}社、"
                f"ミーティング{built.meetings}回、変更{built.commits}件）。",
            ),
            t("Look around:", "見てみましょう:"),
            f"  cd {built.store}",
            "  kb today",
            "  kb todo",
            "  kb history minasoko",
        ],
    )
