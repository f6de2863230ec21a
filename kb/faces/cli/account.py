"""`kb account`: add, list, show, rename and archive accounts."""

from typing import TYPE_CHECKING

import click

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns

if TYPE_CHECKING:
    from kb.catalogue.lists import Account


@kb_group(
    help=t(
        "Add, list, show, rename and archive accounts.",
        "顧客を追加・一覧・表示・改名・保管します。",
    ),
    examples=["kb account list", "kb account add acme --name アクメ株式会社"],
)
def account(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "add",
    group=account,
    help=t(
        "Make the running document of a new account.\n\nSLUG is its short name in links and "
        "commands: letters, digits, - and _, at most 64.",
        "新しい顧客のランニングドキュメントを作ります。\n\n"
        "短い名前（SLUG）は、指定やリンクに使います。文字、数字、-、_ を64字まで使えます。",
    ),
    examples=[
        "kb account add acme --name アクメ株式会社",
        "kb account add acme --name アクメ株式会社 --csm sato --segment enterprise --mrr 450000",
    ],
)
@click.argument("slug")
@click.option("--name", required=True, help=t("The account's full name.", "顧客の正式な名前。"))
@click.option(
    "--csm",
    metavar=t("MEMBER", "メンバー"),
    help=t("Who looks after it; else you.", "担当するメンバー。なければあなた。"),
)
@click.option(
    "--unit",
    metavar=t("UNIT", "ユニット"),
    help=t("Its unit; else the CSM's.", "ユニット。なければ担当のユニット。"),
)
@click.option(
    "--segment",
    metavar=t("SEGMENT", "区分"),
    help=t("Such as enterprise.", "区分（例: enterprise）。"),
)
@click.option(
    "--mrr",
    type=click.IntRange(min=0, max=10**15),
    metavar=t("N", "金額"),
    help=t("Revenue a month.", "月額。"),
)
def add(
    run: Run,
    slug: str,
    name: str,
    csm: str | None,
    unit: str | None,
    segment: str | None,
    mrr: int | None,
) -> None:
    """Make the document and say what to do next."""
    from kb.work import accounts

    made = accounts.add(run.context, slug, name, csm=csm, unit=unit, segment=segment, mrr=mrr)
    run.emit(
        {"account": made.account, "path": made.path},
        [
            t(f"Added {name} ({made.account}).", f"{name}（{made.account}）を追加しました。"),
            t("Its document: ", "文書: ") + made.path,
            t("Next: ", "次にすること: ") + f"kb meeting new {made.account}",
        ],
    )


@kb_command("list", group=account, help=t("List all accounts.", "顧客を一覧にします。"))
@click.option("--archived", is_flag=True, help=t("Archived ones too.", "保管した顧客も含めます。"))
def list_(run: Run, *, archived: bool) -> None:
    """Show one line an account."""
    from kb.work import accounts

    found = accounts.listed(run.context, archived=archived)
    items = [accounts.as_json(one) for one in found]
    run.emit({"items": items, "total": len(items)}, lambda: _table(found))


def _table(found: "list[Account]") -> str:
    if not found:
        return t(
            "There is no account yet. `kb account add` makes one.",
            "まだ顧客がいません。`kb account add` で追加できます。",
        )
    head = (
        t("Account", "顧客"),
        t("Name", "名前"),
        t("CSM", "担当"),
        t("Meetings", "回数"),
        t("Last", "前回"),
        t("Next", "次回"),
        t("Open TODOs", "未完了TODO"),
    )
    rows = [
        (
            one.account,
            one.name + (t(" (archived)", " (保管)") if one.archived else ""),
            f"@{one.csm}" if one.csm else "",
            str(one.meetings),
            one.last or "",
            one.next or "",
            str(one.open_todos or ""),
        )
        for one in found
    ]
    return columns(head, rows, right=(3, 6))


@kb_command(
    "show",
    group=account,
    help=t("Show one account.", "顧客を一つ表示します。"),
    examples=["kb account show acme"],
)
@click.argument("slug")
def show(run: Run, slug: str) -> None:
    """Show what is known of the account, its meetings and open TODOs."""
    from kb.work import accounts

    one = accounts.one(run.context, slug)
    run.emit(accounts.as_json(one), lambda: _page(run, one))


def _page(run: Run, one: "Account") -> str:
    from kb.faces.cli import wording
    from kb.work import meetings

    ctx = run.context
    facts = [
        (t("CSM", "担当"), wording.who(ctx, one.csm) if one.csm else ""),
        (t("Unit", "ユニット"), one.unit or ""),
        (t("Segment", "区分"), one.segment or ""),
        (t("Stage", "段階"), one.stage or ""),
        (t("A month", "月額"), f"{one.mrr:,}" if one.mrr is not None else ""),
        (t("Document", "文書"), one.path),
    ]
    lines = [
        f"{one.name} ({one.account})" + (t(" — archived", " — 保管済み") if one.archived else "")
    ]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    listed = meetings.listed(ctx, one.account, None, None)
    now = meetings.wall(ctx)
    lines += ["", t(f"Meetings ({len(listed)})", f"ミーティング ({len(listed)}回)")]
    for row in listed[:5]:
        lines.append(f"  {wording.when(row)}  {row.title}  [{wording.state(row, now)}]")
    if len(listed) > 5:
        lines.append(
            "  "
            + t(
                f"… and {len(listed) - 5} more: kb meeting list {one.account}",
                f"… ほか{len(listed) - 5}回は kb meeting list {one.account}",
            )
        )
    todos = ctx.catalogue.todos(ctx.today.isoformat(), account=one.account)
    lines += ["", t(f"Open TODOs ({len(todos)})", f"未完了のTODO ({len(todos)}件)")]
    lines += [f"  {wording.todo_line(todo, overdue=todo.overdue)}" for todo in todos]
    return "\n".join(lines)


@kb_command(
    "rename",
    group=account,
    help=t(
        "Give an account another short name.\n\nIts document moves and all links follow.",
        "顧客の短い名前を変えます。\n\n文書の場所が変わり、リンクもすべて付いていきます。",
    ),
    examples=["kb account rename acme acme-holdings"],
)
@click.argument("slug")
@click.argument("new")
def rename(run: Run, slug: str, new: str) -> None:
    """Rename and say where the document is now."""
    from kb.work import accounts

    done = accounts.rename(run.context, slug, new)
    run.emit(
        {"account": done.account, "path": done.path, "commit": done.commit},
        t(
            f"{slug} is now {done.account}; its document is {done.path}.",
            f"{slug} を {done.account} に改名しました。文書は {done.path} です。",
        ),
    )


@kb_command(
    "archive",
    group=account,
    help=t(
        "Put an account aside.\n\nLists leave it out, its document and links stay.",
        "顧客を保管します。\n\n一覧には出なくなりますが、文書とリンクはそのまま残ります。",
    ),
    examples=["kb account archive acme"],
)
@click.argument("slug")
def archive(run: Run, slug: str) -> None:
    """Archive and say how to get it back."""
    from kb.work import accounts

    done = accounts.archive(run.context, slug)
    said = (
        t(
            f"{done.account} is archived. To bring it back, take the line `archived:` out of "
            f"{done.path}.",
            f"{done.account} を保管しました。"
            f"戻すには {done.path} の `archived:` の行を消してください。",
        )
        if done.commit
        else t(
            f"{done.account} was archived already; nothing was changed.",
            f"{done.account} はすでに保管されています。何も変えていません。",
        )
    )
    run.emit({"account": done.account, "path": done.path, "commit": done.commit}, said)
