"""`kb doctor` and `kb reindex`: is the store well, and the lists anew."""

import click

from kb.errors import NeedsRepair
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import current, t
from kb.messages import say
from kb.work import upkeep


@kb_command(
    help=t(
        "Check the store: its history, saves that were interrupted, documents that can't be read. "
        "With --repair what can be mended safely is mended.",
        "ストアを点検します（履歴、途中で止まった保存、読み取れない文書）。"
        "--repair を付けると、安全に直せるものを直します。",
    ),
    examples=["kb doctor", "kb doctor --repair"],
)
@click.option(
    "--repair", is_flag=True, help=t("Mend what can be mended.", "直せるものを直します。")
)
def doctor(run: Run, *, repair: bool) -> None:
    """Say what was found; exit 5 while something needs repair."""
    found = upkeep.doctor(run.context, repair=repair)
    lines = []
    for problem in found.problems:
        sentence, hint = say(problem.code, current(), **problem.params)
        if problem.repaired:
            lines.append(t(f"Mended: {sentence}", f"直しました: {sentence}"))
        else:
            lines += [sentence, f"  {hint}"] if hint else [sentence]
    run.emit(
        {
            "problems": [
                {
                    "code": problem.code,
                    "message": say(problem.code, current(), **problem.params)[0],
                    "repaired": problem.repaired,
                }
                for problem in found.problems
            ],
            "parsed": found.parsed,
        },
        lines or t("All is well.", "問題はありません。"),
    )
    if found.needs_repair:
        run.finish(NeedsRepair.exit_code)


@kb_command(
    help=t(
        "Build the lists anew from the files. Nothing in the documents changes.",
        "一覧のもとを文書から作り直します。文書は変わりません。",
    ),
)
def reindex(run: Run) -> None:
    """Build them and say how much was read."""

    def tell(done: int, total: int) -> None:
        run.progress(f"{done}/{total}")

    built = upkeep.reindex(run.context, tell)
    run.progress("")
    run.emit(
        built._asdict(),
        t(
            f"Documents read: {built.documents}, items: {built.items}, in {built.took_ms} ms.",
            f"{built.documents}件の文書から{built.items}項目を{built.took_ms}ミリ秒で読みました。",
        ),
    )
