"""`kb init`: a new store."""

from pathlib import Path

import click

from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import current, t


@kb_command(
    help=t(
        "Make a new store in DIR, a new or an empty folder, with templates and the starter "
        "playbook. You become its first member.",
        "DIR（新しいか空のフォルダー）にストアを、ひな形とプレイブックつきで作ります。"
        "作った人が最初のメンバーになります。",
    ),
    examples=["kb init team-store", 'kb init team-store --lang ja --name "東日本チーム"'],
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    help=t("The language of screens and new documents.", "画面と新しい文書の言語。"),
)
@click.option("--name", metavar="TEAM", help=t("The team's name.", "チームの名前。"))
def init(run: Run, folder: Path, lang: str | None, name: str | None) -> None:
    """Make the store and say what to do next."""
    from kb import wiring

    started = wiring.start_store(folder, run.member, lang=lang or current(), team=name or "")
    run.emit(
        {"store": str(started.root), "created": list(started.created)},
        [
            t(
                f"Made the store {folder}: {len(started.created)} files.",
                f"ストア {folder} を作りました（{len(started.created)}ファイル）。",
            ),
            t("Next:", "次にすること:"),
            f"  cd {folder}",
            t(
                '  kb account add acme --name "Acme Inc."',
                "  kb account add acme --name アクメ株式会社",
            ),
            "  kb meeting new acme",
        ],
    )
