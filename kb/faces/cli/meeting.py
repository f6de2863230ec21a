"""`kb meeting`: prepare, list, show, check, close, move and cancel meetings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kb.faces.cli import asking
from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t

if TYPE_CHECKING:
    from kb.work.altering import Moved
    from kb.work.closing import Closed
    from kb.work.meetings import Found

REF_HELP = t(
    "REF is an account (acme: the meeting going on, else the next), acme/2026-11-25, "
    "acme/2026-11-25T14:00 or an id (m-4k7q2x).",
    "ミーティングの指定（REF）は、顧客の短い名前（acme: 進行中、なければ次のミーティング）、"
    "acme/2026-11-25、acme/2026-11-25T14:00、id（m-4k7q2x）のどれかです。",
)


@kb_group(
    help=t(
        "Prepare, list, show, check and close meetings.",
        "ミーティングを準備・一覧・表示・点検・完了します。",
    )
    + "\n\n"
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
        "Put a new meeting on top of the account's document.\n\n"
        "It is prepared from the template, with open TODOs and undecided topics of earlier "
        "meetings as links.",
        "顧客の文書のいちばん上に、新しいミーティングを作ります。\n\n"
        "ひな形から作り、前回までの未完了のTODOと、決まっていない論点をリンクで入れます。",
    ),
    examples=[
        "kb meeting new acme --date 2026-11-25 --start 14:00 --end 14:50 --title 定例",
        "kb meeting new acme --with tanaka --with sato --edit",
    ],
)
@click.argument("slug")
@click.option(
    "--date", metavar="YYYY-MM-DD", help=t("The day; else today.", "日付。なければ今日。")
)
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
    made = preparing.new(ctx, slug, date=date, start=start, end=end, title=title, people=people)
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


def _emit(run: Run, found: "Found", text: Callable[[], str]) -> None:
    from kb.work import meetings

    run.emit(meetings.as_json(found.meeting, meetings.wall(run.context)), text)


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
    help=t("Show one meeting.\n\n", "ミーティングを一つ表示します。\n\n") + REF_HELP,
    examples=["kb meeting show acme", "kb meeting show acme/2026-11-25 --json"],
)
@click.argument("ref")
def show(run: Run, ref: str) -> None:
    """Show all of the meeting."""
    from kb.faces.cli.showing import meeting_text
    from kb.work import accounts, answers, meetings, registration, reviews_policy

    ctx = run.context
    row, found = shown = meetings.find(ctx, ref)
    registered = registration.of_meeting(ctx, row, found)
    seen = reviews_policy.standing_of(ctx, row)
    run.emit(
        answers.meeting(ctx, shown, registered, seen),
        lambda: meeting_text(
            found, accounts.one(ctx, row.account).name, meetings.wall(ctx), registered, seen
        ),
    )


@kb_command(
    "check",
    group=meeting,
    help=t(
        "Name what the preparation or the minutes lack.\n\n"
        "Each has its line and the mend; exit 1 when the team requires what is missing. ",
        "準備や議事録に足りないものを示します。\n\n"
        "行番号と直し方つきです。チームが必須とするものが足りないと終了コード1で終わります。",
    )
    + REF_HELP,
    examples=["kb meeting check acme", "kb meeting check m-4k7q2x --json"],
)
@click.argument("ref")
def check(run: Run, ref: str) -> None:
    """Show the problems by line."""
    from kb.work import checks

    row, found = checks.check(run.context, ref)

    def text() -> str:
        from kb.faces.cli import wording

        lines = [f"{row.account}  {wording.when(row)}  {row.title}"]
        for one in found:
            lines.append(f"{row.path}:{one.line}  {_grade(one.severity)}  {one.code}")
            lines.append(f"    {one.message}")
        if not found:
            lines.append(t("Nothing is missing.", "足りないものはありません。"))
        return "\n".join(lines)

    run.emit({"problems": [checks.as_json(one) for one in found]}, text)
    if any(one.severity == "error" for one in found):
        run.finish(1)


def _grade(severity: str) -> str:
    return t("required", "必須") if severity == "error" else t("reminder", "確認")


@kb_command(
    "close",
    group=meeting,
    help=t(
        "Record that the minutes are complete.\n\n"
        "Now, or at --at. Lines without an id get theirs. ",
        "議事録の完了を記録します。\n\n"
        "時刻は今か、--at で指定します。id のない行には id がつきます。",
    )
    + REF_HELP,
    examples=[
        "kb meeting close acme",
        'kb meeting close acme/2026-11-25 --at 14:54 --gut lime --why "質問が企画に変わった"',
    ],
)
@click.argument("ref")
@click.option(
    "--at",
    metavar=t("TIME", "時刻"),
    help=t(
        "When the minutes were complete: 14:54, or 2026-11-25T14:54.",
        "議事録を書き終えた時刻: 14:54 か 2026-11-25T14:54。",
    ),
)
@click.option(
    "--gut",
    metavar=t("COLOUR", "色"),
    help=t(
        "How it felt: green, lime, yellow or red; goes into the internal memo.",
        "体感の色: green、lime、yellow、red。社内メモに残ります。",
    ),
)
@click.option("--why", metavar=t("TEXT", "理由"), help=t("Why that colour.", "その色の理由。"))
def close(run: Run, ref: str, at: str | None, gut: str | None, why: str | None) -> None:
    """Close, and say how long after the end that was."""
    from kb.work import answers, closing

    done = closing.close(run.context, ref, at=at, gut=gut, why=why)
    run.emit(answers.closed(done), lambda: _closed(run, done))
    asking.ask(run, meeting=done.id if done.commit else None)


def _closed(run: Run, done: "Closed") -> str:
    target = run.context.settings.policies.done_within_minutes
    after = f"{done.minutes_after_end:.2f}".rstrip("0").rstrip(".")
    if done.commit is None:
        first = t(
            f"The minutes of {done.id} were complete already; nothing was changed.",
            f"{done.id} の議事録はすでに完了しています。何も変えていません。",
        )
    elif done.within_target:
        first = t(
            f"Minutes complete {after} minutes after the end: within the {target} you aim at.",
            f"議事録が完了しました。終了から{after}分、目標の{target}分以内です。",
        )
    else:
        first = t(
            f"Minutes complete {after} minutes after the end (you aim at {target}).",
            f"議事録が完了しました。終了から{after}分でした（目標は{target}分以内）。",
        )
    lines = [first]
    if done.undecided:
        titles = t(", ", "、").join(done.undecided)
        lines.append(t(f"Still undecided: {titles}", f"決まらなかった論点: {titles}"))
    if done.unjudged:
        ids = " ".join(done.unjudged)
        lines.append(t(f"Waiting for a verdict: {ids}", f"判定待ちの仮説: {ids}"))
        lines.append(f'  kb verdict {done.unjudged[0]} supported --quote "…"')
    return "\n".join(lines)


@kb_command(
    "move",
    group=meeting,
    help=t(
        "Give a meeting another day.\n\nIt goes where that day belongs, links to it stay. ",
        "ミーティングの日を変えます。\n\n"
        "文書の中でも日付の順の場所に移り、リンクはそのまま使えます。",
    )
    + REF_HELP,
    examples=[
        "kb meeting move acme/2026-11-25 2026-12-02",
        "kb meeting move acme 2026-12-02 --start 15:00",
    ],
)
@click.argument("ref")
@click.argument("date", metavar="DATE")
@click.option("--start", metavar="HH:MM", help=t("Another start.", "新しい開始時刻。"))
@click.option("--end", metavar="HH:MM", help=t("Another end.", "新しい終了時刻。"))
def move(run: Run, ref: str, date: str, start: str | None, end: str | None) -> None:
    """Move, and say where to."""
    from kb.work import moving

    done = moving.move(run.context, ref, date, start=start, end=end)
    run.emit(
        {"id": done.id, "path": done.path, "commit": done.commit},
        t(
            f"Moved {_name(run, done)} from {done.date} to {date} ({done.id}).",
            f"{_name(run, done)} の {done.date} のミーティング（{done.id}）を{date} に移しました。",
        )
        if done.commit
        else t("It is on that day already.", "すでにその日になっています。何も変えていません。"),
    )


def _name(run: Run, done: "Moved") -> str:
    """Return the customer's name for people."""
    from kb.work import accounts

    return accounts.one(run.context, done.account).name


@kb_command(
    "cancel",
    group=meeting,
    help=t(
        "Mark a meeting as called off.\n\nEverything in it stays. ",
        "ミーティングを中止にします。\n\n書いたものはすべて残ります。",
    )
    + REF_HELP,
    examples=["kb meeting cancel acme/2026-11-25"],
)
@click.argument("ref")
def cancel(run: Run, ref: str) -> None:
    """Cancel."""
    from kb.work import moving

    done = moving.cancel(run.context, ref)
    run.emit(
        {"id": done.id, "path": done.path, "commit": done.commit},
        t(
            f"Cancelled: {_name(run, done)} on {done.date} ({done.id}).",
            f"{_name(run, done)} の {done.date} のミーティング（{done.id}）を中止にしました。",
        )
        if done.commit
        else t("It was cancelled already.", "すでに中止になっています。何も変えていません。"),
    )
