"""`kb principle`: from insights to what the team stands for, and who says so."""

from typing import TYPE_CHECKING, Any

import click

from kb.errors import WrongUse
from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns, cut
from kb.faces.cli.playbookwords import (
    counts_line,
    evidence_lines,
    lost_line,
    principle_page,
    rests_on,
    state_of_quote,
    status_word,
)

if TYPE_CHECKING:
    from kb.work.ladder_pages import Written
    from kb.work.tracing import Due, Trace

_ID = t("ID", "ID")


@kb_group(
    help=t(
        "Propose, list, trace and adopt behaviour principles.",
        "行動原則を提案・一覧・検証・採用します。",
    ),
    examples=["kb principle list", "kb principle trace p-handover-30"],
)
def principle(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "propose",
    group=principle,
    help=t(
        "Make a candidate from insights, judged hypotheses or a recurring group.\n\nIts evidence "
        "is made, not typed: the customer's words, where they stand, and the commit.",
        "気づき、判定した仮説、くり返し現れる気づきの組から、行動原則の候補を作ります。\n\n"
        "根拠は書き写す必要がありません。お客様の言葉と出どころが入ります。",
    ),
    examples=[
        "kb principle propose --title 公開の前に書き込みを用意する --from i-rzs479 i-jqkv2a",
        "kb principle propose --title 'Ask for the unit cost first' --from h-b2v91n --id p-cost",
    ],
)
@click.option("--title", required=True, help=t("What to do, in one sentence.", "題。何をするか。"))
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar=_ID,
    help=t("Ids of insights, hypotheses or a group.", "気づき、仮説、または組の id。"),
)
@click.option("--id", "id_", metavar=_ID, help=t("Its id; else from the title.", "ページの id。"))
@click.argument("more", nargs=-1, metavar=f"[{_ID}]...")
def propose(
    run: Run, title: str, sources: tuple[str, ...], id_: str | None, more: tuple[str, ...]
) -> None:
    """Propose, and show what came of it."""
    from kb.work import ladder

    made = ladder.propose(run.context, title, (*sources, *more), id_=id_)
    _answer(run, made, t(f"Proposed {made.id}.", f"候補 {made.id} を作りました。"))


@kb_command(
    "evidence",
    group=principle,
    help=t(
        "Put more evidence on a principle's page.\n\nWords of a refuted hypothesis that cited the "
        "principle go against it.",
        "行動原則のページに根拠を足します。\n\n"
        "この行動原則を引いて棄却された仮説の言葉は、反証に入ります。",
    ),
    examples=["kb principle evidence p-value-90 --from h-b2v91n i-8tj6cf"],
)
@click.argument("id_", metavar=_ID)
@click.option(
    "--from",
    "sources",
    multiple=True,
    required=True,
    metavar=_ID,
    help=t("Ids of insights or hypotheses.", "気づきか仮説の id。"),
)
@click.option(
    "--counter", is_flag=True, help=t("It speaks against the principle.", "反証として足します。")
)
@click.argument("more", nargs=-1, metavar=f"[{_ID}]...")
def evidence(
    run: Run, id_: str, sources: tuple[str, ...], more: tuple[str, ...], *, counter: bool
) -> None:
    """Add, and show the page."""
    from kb.work import ladder

    made = ladder.add_evidence(run.context, id_, (*sources, *more), against=counter)
    _answer(
        run,
        made,
        t(f"Added to {made.id}.", f"{made.id} に足しました。")
        if made.commit
        else t(f"{made.id} has all of it already.", f"{made.id} にはすでにあります。"),
    )


def _answer(run: Run, made: "Written", said: str) -> None:
    """Show a page that was written, with what the person should know of it."""
    found = _whole(run, made.id)
    _warn(run, found)
    run.emit(
        {"principle": made.id, "commit": made.commit, **found},
        lambda: "\n".join([said, t("Page: ", "ページ: ") + made.path, *evidence_lines(found)]),
    )


def _whole(run: Run, name: str) -> dict[str, Any]:
    from kb.work import playbook_answers
    from kb.work.playbook import Shelf

    shelf = Shelf(run.context)
    return playbook_answers.whole(run.context, shelf, shelf.one(name, "principle"))


def _warn(run: Run, found: dict[str, Any]) -> None:
    if found["badge"]:
        run.context.hints.append(("unproven", {"id": found["id"]}))


@kb_command(
    "list",
    group=principle,
    help=t(
        "List the principles: what they rest on, and how hypotheses that cite them ended.",
        "行動原則を、根拠の数と、引いた仮説の当たり外れと一緒に並べます。",
    ),
    examples=["kb principle list", "kb principle list --status candidate"],
)
@click.option(
    "--status",
    type=click.Choice(["candidate", "adopted", "superseded", "retired"]),
    help=t("Only of this status.", "この状態のものだけ。"),
)
def list_(run: Run, status: str | None) -> None:
    """Show one line a principle."""
    from kb.work import playbook_answers
    from kb.work.playbook import Shelf

    shelf = Shelf(run.context)
    rows = [
        playbook_answers.row(shelf, one)
        for one in shelf.of_kind("principle")
        if status in (None, one.page.status)
    ]
    run.emit({"items": rows, "total": len(rows)}, lambda: _table(rows))


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return t("There is no principle here.", "行動原則はありません。")
    head = (
        "ID",
        t("Status", "状態"),
        t("Rests on", "根拠"),
        t("Held", "当たり"),
        t("Failed", "外れ"),
        t("Title", "題"),
    )
    lines = [
        (
            row["id"],
            status_word(row["status"]),
            rests_on(row),
            str(row["held"]),
            str(row["failed"]),
            cut(row["title"], 60),
        )
        for row in rows
    ]
    return columns(head, lines, right=(3, 4))


@kb_command(
    "show",
    group=principle,
    help=t("Show one principle, and what it rests on.", "行動原則を一つ、根拠と一緒に示します。"),
    examples=["kb principle show p-handover-30"],
)
@click.argument("id_", metavar=_ID)
def show(run: Run, id_: str) -> None:
    """Show what the page says and what speaks for and against it."""
    found = _whole(run, id_)
    _warn(run, found)
    run.emit(found, lambda: principle_page(found))


@kb_command(
    "trace",
    group=principle,
    help=t(
        "Find every quote of a principle as the documents stand today.\n\nfound: its line holds "
        "it. moved: it stands elsewhere. drifted: the line is there, the words are not. missing: "
        "neither.",
        "行動原則の言葉が、いまの文書のどこにあるかを調べます。\n\n"
        "あり: その行にある。移動: 別の場所にある。変化: 行はあるが言葉がない。"
        "なし: どちらもない。",
    ),
    examples=["kb principle trace p-handover-30"],
)
@click.argument("id_", metavar=_ID)
def trace(run: Run, id_: str) -> None:
    """Show each quote with its state, who wrote it down, and where."""
    from kb.work import tracing

    told = tracing.trace(run.context, id_)
    answer = tracing.as_json(told)
    run.emit(answer, lambda: _trace(told, answer))


def _trace(told: "Trace", answer: dict[str, Any]) -> str:
    page = told.shelved.page
    lines = [f"{page.title} ({page.id})", f"  {counts_line(answer)}"]
    for segment, counts in answer["by_segment"].items():
        lines.append(
            f"  {segment}: "
            + t(
                f"held {counts['held']} / failed {counts['failed']}",
                f"当たり {counts['held']} / 外れ {counts['failed']}",
            )
        )
    return "\n".join([*lines, *evidence_lines(answer)])


@kb_command(
    "verify",
    group=principle,
    help=t(
        "List principles that need a look: due within 14 days, or with quotes that are gone.",
        "見直しが必要な行動原則を並べます。期日まで14日以内のもの、言葉が見つからないもの。",
    ),
    examples=["kb principle verify", "kb principle verify p-handover-30 --json"],
)
@click.argument("id_", metavar=f"[{_ID}]", required=False)
@click.option(
    "--until",
    metavar=t("DATE", "日付"),
    help=t("It was looked at; the day of the next look.", "見直したので、次に見直す日。"),
)
def verify(run: Run, id_: str | None, until: str | None) -> None:
    """Show what needs a look; exit 1 when something does."""
    from kb.work import ladder_status, tracing

    if until is not None:
        if id_ is None:
            raise WrongUse("until-of-one")
        ladder_status.look_again(run.context, id_, until)
    found = tracing.verify(run.context, id_)
    items = [tracing.due_json(one) for one in found]
    if items:
        run.finish(1)
    run.emit({"items": items, "total": len(items)}, lambda: _due_table(found))


def _due_table(found: "list[Due]") -> str:
    if not found:
        return t("Nothing needs a look.", "見直しの必要なものはありません。")
    lines = []
    for one in found:
        page = one.shelved.page
        reasons = " · ".join(_reason(reason, page.verify_by or "") for reason in one.reasons)
        lines.append(f"{page.id}  {reasons}  {page.title}")
        lines += [lost_line(quote) for quote in one.quotes]
    return "\n".join(lines)


def _reason(reason: str, day: str) -> str:
    if reason == "due":
        return t(f"due by {day}", f"見直し {day}")
    if reason == "edited":
        return t("edited since its adoption", "採用の後に書き換え")
    return state_of_quote(reason)


@kb_command(
    "adopt",
    group=principle,
    help=t(
        "Adopt a principle whose review has its quorum.\n\nIt takes evidence from enough "
        "accounts and CSMs, and enough approvals by others: see [quorum] in kb.toml. Its review is "
        "closed with it.",
        "レビューで承認された行動原則を採用します。\n\n根拠の会社とCSMの数、ほかの人の承認の数が、"
        "kb.toml の [quorum] に足りている必要があります。レビューも一緒に完了します。",
    ),
    examples=["kb principle adopt p-sponsor-kickoff"],
)
@click.argument("id_", metavar=_ID)
def adopt(run: Run, id_: str) -> None:
    """Adopt, or say all that is missing."""
    from kb.work import ladder_status

    made = ladder_status.adopt(run.context, id_)
    _answer(run, made, t(f"{made.id} is adopted.", f"{made.id} を採用しました。"))


@kb_command(
    "revise",
    group=principle,
    help=t(
        "Put the changed text of an adopted principle up for review.\n\nEdit the page, then ask; "
        "it stays adopted until `kb principle adopt` takes the new text over.",
        "採用した行動原則の新しい文面を、レビューに出します。\n\nページを直してから依頼します。"
        "`kb principle adopt` で新しい文面になるまで、採用のままです。",
    ),
    examples=["kb principle revise p-value-90 --why 'The number has to be theirs.'"],
)
@click.argument("id_", metavar=_ID)
@click.option(
    "--to",
    multiple=True,
    metavar=t("MEMBER", "メンバー"),
    help=t("Who reviews it; else whose turn it is.", "レビューする人。なければ順番の人。"),
)
@click.option("--why", default="", help=t("Why it is changed.", "改める理由。"))
def revise(run: Run, id_: str, to: tuple[str, ...], why: str) -> None:
    """Begin the review, and say who is asked."""
    from kb.work import ladder_status

    made, review = ladder_status.revise(run.context, id_, to=to, why=why)
    run.emit(
        {
            "principle": made.id,
            "review": review.id,
            "reviewers": list(review.reviewers),
            "path": review.path,
            "commit": made.commit,
        },
        [
            t(f"{made.id} is up for review.", f"{made.id} をレビューに出しました。"),
            t("Asked: ", "依頼した人: ") + " ".join(f"@{who}" for who in review.reviewers),
            t("Thread: ", "レビュー: ") + f"{review.path} ({review.id})",
        ],
    )


@kb_command(
    "retire",
    group=principle,
    help=t(
        "Give a principle up, and say why.\n\nThe page stays, with the reason.",
        "行動原則を廃止し、理由を残します。\n\nページは理由と一緒に残ります。",
    ),
    examples=["kb principle retire p-mass-welcome --why 'Nobody read the mails.'"],
)
@click.argument("id_", metavar=_ID)
@click.option("--why", required=True, help=t("The reason.", "理由。"))
def retire(run: Run, id_: str, why: str) -> None:
    """Retire and show the page."""
    from kb.work import ladder_status

    made = ladder_status.retire(run.context, id_, why)
    _answer(run, made, t(f"{made.id} is retired.", f"{made.id} を廃止しました。"))


@kb_command(
    "supersede",
    group=principle,
    help=t(
        "Replace a principle by another; both pages say so.",
        "行動原則を別のもので置き換えます。どちらのページにも書かれます。",
    ),
    examples=["kb principle supersede p-mass-welcome --by p-one-to-one"],
)
@click.argument("id_", metavar=_ID)
@click.option("--by", required=True, metavar=_ID, help=t("What takes its place.", "後継の id。"))
@click.option("--why", help=t("The reason.", "理由。"))
def supersede(run: Run, id_: str, by: str, why: str | None) -> None:
    """Supersede and show the page."""
    from kb.work import ladder_status

    made = ladder_status.supersede(run.context, id_, by, why)
    said = t(f"{made.id} is superseded by {by}.", f"{made.id} を {by} で置き換えました。")
    _answer(run, made, said)
