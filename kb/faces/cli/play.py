"""`kb play`: what we do, and which principle it serves."""

from typing import Any

import click

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns, cut
from kb.faces.cli.playbookwords import counts_line, rests_on

_ID = t("ID", "ID")


@kb_group(
    help=t("List, show and add plays: what we do.", "施策（プレイ）を一覧・表示・追加します。"),
    examples=["kb play list", "kb play show play-handover-session"],
)
def play(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "list",
    group=play,
    help=t(
        "List the plays with the principle that each serves.",
        "施策を、もとになる行動原則と一緒に並べます。",
    ),
)
def list_(run: Run) -> None:
    """Show one line a play."""
    rows = layer(run, "play")
    run.emit({"items": rows, "total": len(rows)}, lambda: _table(rows))


def layer(run: Run, kind: str) -> list[dict[str, Any]]:
    """Return the pages of a layer as rows of a list."""
    from kb.work import playbook_answers
    from kb.work.playbook import Shelf

    shelf = Shelf(run.context)
    return [playbook_answers.row(shelf, one) for one in shelf.of_kind(kind)]


def page_of(run: Run, word: str, kind: str) -> dict[str, Any]:
    """Return a whole page of a layer; what is unproven becomes a hint."""
    from kb.work import playbook_answers
    from kb.work.playbook import Shelf

    shelf = Shelf(run.context)
    found = playbook_answers.whole(run.context, shelf, shelf.one(word, kind))
    if found["badge"]:
        run.context.hints.append(("unproven", {"id": found["id"]}))
    return found


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return t("There is no play yet.", "施策はまだありません。")
    head = (
        "ID",
        t("Serves", "行動原則"),
        t("Rests on", "根拠"),
        t("Cited", "引用"),
        t("Title", "題"),
    )
    lines = [
        (
            row["id"],
            row["principle"] or t("(none)", "(なし)"),
            rests_on(row),
            str(row["cited"]),
            cut(row["title"], 60),
        )
        for row in rows
    ]
    return columns(head, lines, right=(3,))


@kb_command("show", group=play, help=t("Show one play.", "施策を一つ表示します。"))
@click.argument("id_", metavar=_ID)
def show(run: Run, id_: str) -> None:
    """Show what the play says, and what it hangs between."""
    found = page_of(run, id_, "play")
    run.emit(found, lambda: _page(found))


def _page(found: dict[str, Any]) -> str:
    lines = [
        f"{found['title']} ({found['id']})",
        t("  Serves: ", "  行動原則: ") + (found["principle"] or t("(none)", "(なし)")),
        t("  Manuals: ", "  手順書: ") + (" ".join(found["manuals"]) or t("(none)", "(なし)")),
        f"  {rests_on(found)}",
        f"  {counts_line(found)}",
    ]
    parts = (
        (t("Use when", "使うとき"), found["use_when"]),
        (t("Aim", "ねらい"), (found["aim"] or "").splitlines()),
        (t("Steps", "進め方"), (found["steps"] or "").splitlines()),
        (t("Measure", "測り方"), (found["measure"] or "").splitlines()),
    )
    for heading, texts in parts:
        if texts:
            lines += ["", heading, *(f"  {text}" for text in texts)]
    return "\n".join(lines)


@kb_command(
    "new",
    group=play,
    help=t(
        "Add a play: a page to be filled in, tied to the principle that it serves.",
        "施策のページを作り、もとになる行動原則と結びます。",
    ),
    examples=[
        "kb play new --title 三者引き継ぎ会 --principle p-handover-30 --use-when 交代がわかった日"
    ],
)
@click.option("--title", required=True, help=t("What it is called.", "題。"))
@click.option(
    "--principle", metavar=_ID, help=t("The principle that it serves.", "もとになる行動原則。")
)
@click.option(
    "--use-when",
    multiple=True,
    help=t("When to use it; may be given several times.", "使うとき。何度でも書けます。"),
)
@click.option("--id", "id_", metavar=_ID, help=t("Its id; else from the title.", "ページの id。"))
def new(
    run: Run, title: str, principle: str | None, use_when: tuple[str, ...], id_: str | None
) -> None:
    """Make the page and say where it is."""
    from kb.work import playbook_new

    made = playbook_new.play(run.context, title, principle=principle, use_when=use_when, id_=id_)
    found = page_of(run, made.id, "play")
    run.emit(
        {"play": made.id, "commit": made.commit, **found},
        [
            t(f"Added {made.id}.", f"施策 {made.id} を作りました。"),
            t("Page: ", "ページ: ") + made.path,
        ],
    )
