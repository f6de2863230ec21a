"""`kb meeting`: prepare, list, show, check, close, move and cancel meetings."""

from typing import TYPE_CHECKING

import click

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t

if TYPE_CHECKING:
    from kb.work.meetings import Found

REF_HELP = t(
    "REF is an account (acme: the meeting going on, else the next), acme/2026-11-25, "
    "acme/2026-11-25T14:00 or an id (m-4k7q2x).",
    "REF は顧客名(acme: 進行中、なければ次のミーティング)、acme/2026-11-25、"
    "acme/2026-11-25T14:00、id(m-4k7q2x)のどれかです。",
)


@kb_group(
    help=t(
        "Prepare, list, show, check and close meetings.",
        "ミーティングを準備・一覧・表示・点検・完了します。",
    )
    + " "
    + REF_HELP,
    examples=["kb meeting new acme --date 2026-11-25 --start 14:00", "kb meeting show acme"],
)
def meeting(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "new",
    group=meeting,
    help=t(
        "Put a new meeting on top of the account's document, prepared from the template, with "
        "open TODOs and undecided topics of earlier meetings as links.",
        "顧客の文書のいちばん上に、ひな形から新しいミーティングを作ります。前回までの未完了の"
        "TODOと、決まっていない論点はリンクで入ります。",
    ),
    examples=[
        "kb meeting new acme --date 2026-11-25 --start 14:00 --end 14:50 --title 定例",
        "kb meeting new acme --with tanaka --with sato --edit",
    ],
)
@click.argument("slug")
@click.option("--date", metavar="YYYY-MM-DD", help=t("The day; else today.", "日付。なければ今日。"))
@click.option("--start", metavar="HH:MM", help=t("When it starts.", "開始時刻。"))
@click.option("--end", metavar="HH:MM", help=t("When it ends.", "終了時刻。"))
@click.option("--title", help=t("What it is about.", "何のミーティングか。"))
@click.option(
    "--with",
    "people",
    multiple=True,
    metavar=t("PERSON", "人"),
    help=t(
        "Who attends, once for each: a handle or a name; else as last time.",
        "出席する人。一人ずつ指定します。なければ前回と同じ。",
    ),
)
@click.option(
    "--edit",
    is_flag=True,
    help=t("Open the document in $EDITOR afterwards.", "作ったあと、文書を $EDITOR で開きます。"),
)
def new(
    run: Run,
    slug: str,
    date: str | None,
    start: str | None,
    end: str | None,
    title: str | None,
    people: tuple[str, ...],
    *,
    edit: bool,
) -> None:
    """Make the meeting and say where it stands."""
    from kb.work import preparing

    ctx = run.context
    made = preparing.new(
        ctx, slug, date=date, start=start, end=end, title=title, people=people
    )
    if edit:
        made = _edited(run, made)
    _emit(run, made, lambda: _made(made))


def _edited(run: Run, made: "Found") -> "Found":
    """Open the document in the person's editor and take in what they wrote."""
    from kb.errors import WrongUse
    from kb.work import meetings

    ctx = run.context
    path = ctx.store.root / made.row.path
    try:
        click.edit(filename=str(path))
    except click.ClickException:
        raise WrongUse("no-editor", path=made.row.path) from None
    ctx.store.adopt([made.row.path], actor=ctx.actor, when=ctx.now)
    ctx.catalogue.catch_up()
    return meetings.find(ctx, f"{made.row.account}/{made.row.id}")


def _made(made: "Found") -> str:
    from kb.faces.cli import wording

    meeting = made.meeting
    lines = [
        t("Made ", "作成しました: ")
        + f"{meeting.account}  {wording.when(meeting)}  {meeting.title}  {meeting.id}",
        f"  {meeting.path}:{meeting.line}",
    ]
    continued = [topic for topic in meeting.topics if topic.link]
    if meeting.carried:
        lines.append(
            t(
                f"  Open TODOs from before: {len(meeting.carried)}",
                f"  前回までの未完了TODO: {len(meeting.carried)}件",
            )
        )
    if continued:
        lines.append(
            t(
                f"  Topics still undecided: {len(continued)}",
                f"  決まっていない論点: {len(continued)}件",
            )
        )
    ref = f"{meeting.account}/{meeting.date}"
    lines.append(
        t("Next: ", "次にすること: ")
        + f'kb add {ref} hypothesis "…" --because "…" --test "…" --impact "…" --confidence 70'
    )
    return "\n".join(lines)


def _emit(run: Run, found: "Found", text: "str | None | object" = None) -> None:
    from kb.work import meetings

    data = meetings.as_json(found.meeting, meetings.wall(run.context))
    run.emit(data, text)  # type: ignore[arg-type]


@kb_command(
    "list",
    group=meeting,
    help=t("List meetings, the newest first.", "ミーティングを新しい順に一覧にします。"),
    examples=["kb meeting list acme", "kb meeting list --since 2026-11-01 --until 2026-11-30"],
)
@click.argument("slug", required=False)
@click.option("--since", metavar="YYYY-MM-DD", help=t("From this day on.", "この日から。"))
@click.option("--until", metavar="YYYY-MM-DD", help=t("Up to this day.", "この日まで。"))
def list_(run: Run, slug: str | None, since: str | None, until: str | None) -> None:
    """Show one line a meeting."""
    from kb.faces.cli import wording
    from kb.faces.cli.layout import columns
    from kb.work import meetings

    ctx = run.context
    rows = meetings.listed(ctx, slug, since, until)
    now = meetings.wall(ctx)
    items = [meetings.row_json(row, now) for row in rows]

    def table() -> str:
        if not rows:
            return t("No meetings.", "ミーティングはありません。")
        head = (t("When", "日時"), t("Account", "顧客"), t("Title", "題"), t("State", "状態"), "id")
        return columns(
            head,
            [
                (wording.when(row), row.account, row.title, wording.state(row, now), row.id)
                for row in rows
            ],
        )

    run.emit({"items": items, "total": len(items)}, table)


@kb_command(
    "show",
    group=meeting,
    help=t("Show one meeting. ", "ミーティングを一つ表示します。") + REF_HELP,
    examples=["kb meeting show acme", "kb meeting show acme/2026-11-25 --json"],
)
@click.argument("ref")
def show(run: Run, ref: str) -> None:
    """Show all of the meeting."""
    from kb.faces.cli.showing import meeting_text
    from kb.work import accounts, meetings

    ctx = run.context
    found = meetings.find(ctx, ref)
    _emit(
        run,
        found,
        lambda: meeting_text(
            found.meeting, accounts.one(ctx, found.row.account).name, meetings.wall(ctx)
        ),
    )
