"""`kb demo`: the sample team's store, and its page."""

from pathlib import Path

import click

from kb.errors import WrongUse
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t


@kb_command(
    help=t(
        "Build the sample team's store in DIR (kb-demo if none is named), meeting by meeting, so "
        "that it has a real history. An older demo is replaced unless somebody wrote in it. With "
        "--serve its page opens in the browser, on the team's own day; Enter prints another "
        "address, Ctrl+C stops.",
        "見本チームのストアを DIR（なければ kb-demo）に、ミーティングの履歴ごと作ります。"
        "前に作った見本は、だれも書き足していなければ作り直します。--serve を付けると、"
        "見本の日のままブラウザーで開きます。Enterで新しいアドレス、Ctrl+Cで終わります。",
    ),
    examples=["kb demo", "kb demo --serve", "kb demo /tmp/team && cd /tmp/team && kb today"],
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--serve", is_flag=True, help=t("Open its page in the browser.", "ブラウザーで開きます。")
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help=t("The port of the page; see `kb serve`.", "ポート番号（`kb serve` と同じ）。"),
)
@click.option(
    "--no-browser",
    is_flag=True,
    help=t("Print the address only.", "アドレスを表示するだけにします。"),
)
def demo(run: Run, folder: Path | None, port: int | None, *, serve: bool, no_browser: bool) -> None:
    """Build it, and serve it or say how to look around."""
    from kb.work.demo import build

    place = folder or Path("kb-demo")
    built = None
    run.progress(t("Building…", "作成中…"))
    try:
        built = build(place)
    except WrongUse as error:
        if not serve or error.code != "demo-changed":
            raise
    run.progress("")
    if serve or built is None:
        from kb.faces.cli import demo_page

        demo_page.serve(run, place.absolute(), built, port=port, browser=not no_browser)
        return
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
