"""`kb manual`: how it is done, step by step, and for which play."""

from typing import Any

import click

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns, cut
from kb.faces.cli.play import layer, page_of

_ID = t("ID", "ID")


@kb_group(
    help=t("List, show and add manuals: how we do it.", "手順書を一覧・表示・追加します。"),
    examples=["kb manual list", "kb manual show manual-value-report"],
)
def manual(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "list",
    group=manual,
    help=t("List the manuals with the play that each is for.", "手順書を、施策と一緒に並べます。"),
)
def list_(run: Run) -> None:
    """Show one line a manual."""
    rows = layer(run, "manual")
    run.emit({"items": rows, "total": len(rows)}, lambda: _table(rows))


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return t("There is no manual yet.", "手順書はまだありません。")
    head = ("ID", t("For", "施策"), t("Title", "題"))
    lines = [
        (row["id"], row["play"] or t("(none)", "(なし)"), cut(row["title"], 60)) for row in rows
    ]
    return columns(head, lines)


@kb_command("show", group=manual, help=t("Show one manual.", "手順書を一つ表示します。"))
@click.argument("id_", metavar=_ID)
def show(run: Run, id_: str) -> None:
    """Show the manual as it is written."""
    found = page_of(run, id_, "manual")
    run.emit(found, lambda: _page(found))


def _page(found: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"{found['title']} ({found['id']})",
            t("  For: ", "  施策: ") + (found["play"] or t("(none)", "(なし)")),
            "",
            *(f"  {line}".rstrip() for line in found["text"].splitlines()),
        ]
    )


@kb_command(
    "new",
    group=manual,
    help=t(
        "Add a manual: a page to be filled in, tied to its play.",
        "手順書のページを作り、施策と結びます。",
    ),
    examples=["kb manual new --title 引き継ぎ会の点検表 --play play-handover-session"],
)
@click.option("--title", required=True, help=t("What it is called.", "題。"))
@click.option("--play", metavar=_ID, help=t("The play that it is for.", "どの施策のためか。"))
@click.option("--id", "id_", metavar=_ID, help=t("Its id; else from the title.", "ページの id。"))
def new(run: Run, title: str, play: str | None, id_: str | None) -> None:
    """Make the page and say where it is."""
    from kb.work import playbook_new

    made = playbook_new.manual(run.context, title, play=play, id_=id_)
    found = page_of(run, made.id, "manual")
    run.emit(
        {"manual": made.id, "commit": made.commit, **found},
        [
            t(f"Added {made.id}.", f"手順書 {made.id} を作りました。"),
            t("Page: ", "ページ: ") + made.path,
        ],
    )
