"""`kb history`, `asof`, `undo`, `kept`, `sync`: looking back, taking back, meeting the others."""

from typing import TYPE_CHECKING

import click

from kb.errors import Kept
from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import current, t
from kb.messages import say
from kb.work import changes

if TYPE_CHECKING:
    from kb.store.ports import Synced


@kb_command(
    help=t(
        "Show how an account's document, or one meeting in it, came to be: newest first.",
        "顧客の文書、またはその中のミーティングがどう変わってきたかを、新しい順に示します。",
    ),
    examples=["kb history acme", "kb history acme/2026-11-25"],
)
@click.argument("ref", metavar="SLUG|REF")
def history(run: Run, ref: str) -> None:
    """Show one line a change."""
    found = changes.history(run.context, ref)
    items = [changes.past_json(past) for past in found]
    run.emit(
        {"items": items, "total": len(items)},
        [f"{past.at:%Y-%m-%d %H:%M}  {past.by}  {past.message}" for past in found],
    )


@kb_command(
    help=t(
        "Show what was known of an account at DATE: its document as it stood then. A day means "
        "its end; a time may be added, or a commit be named.",
        "DATE の時点で分かっていたこと、つまりその時の顧客の文書を示します。"
        "日付だけならその日の終わり、時刻も付けられます。コミットでも指定できます。",
    ),
    examples=["kb asof 2026-11-24 acme", "kb asof 2026-11-25T14:00 acme"],
)
@click.argument("date")
@click.argument("slug")
def asof(run: Run, date: str, slug: str) -> None:
    """Show the text, or with --json its meetings too."""
    from kb.work import answers

    found = changes.as_of(run.context, date, slug)
    run.emit(answers.as_of(run.context, found) if run.json else {}, found.text)


@kb_command(
    help=t(
        "Take back your own last change, unless somebody built on it. Again takes back the one "
        "before.",
        "自分の最後の変更を取り消します。ほかの人がその上に書いていれば取り消しません。"
        "もう一度行うと、その前の変更を取り消します。",
    ),
)
def undo(run: Run) -> None:
    """Take it back and say what it was."""
    undone = changes.undo(run.context)
    run.emit(
        {
            "undone": {"message": undone.message, "commit": undone.undone},
            "commit": undone.commit,
        },
        t(f"Took back: {undone.message}", f"取り消しました: {undone.message}"),
    )


@kb_group(
    help=t(
        "Texts that could not be saved are kept until you decide. Alone it lists them.",
        "保存できなかった文章は、どうするか決めるまで取り置いてあります。単独では一覧を示します。",
    ),
    examples=["kb kept", "kb kept show k-4q7x2m", "kb kept apply k-4q7x2m"],
    alone=True,
)
def kept(run: Run) -> None:
    """List the kept texts."""
    _list(run)


@kb_command("list", group=kept, help=t("List the kept texts.", "取り置いた文章を一覧にします。"))
def list_(run: Run) -> None:
    """List the kept texts."""
    _list(run)


def _list(run: Run) -> None:
    found = changes.kept(run.context)
    items = [changes.aside_json(aside) for aside in found]
    nothing = t("Nothing is kept.", "取り置いた文章はありません。")
    run.emit({"items": items, "total": len(items)}, [_line(aside) for aside in found] or nothing)


def _line(aside: changes.Aside) -> str:
    first = next((line.strip() for line in aside.added if line.strip()), "")
    return f"{aside.id}  {aside.at:%Y-%m-%d %H:%M}  {aside.path}  {first}"


@kb_command(
    "show",
    group=kept,
    help=t("Show a kept text: what it would add.", "取り置いた文章が加える行を示します。"),
)
@click.argument("name", metavar="ID")
def show(run: Run, name: str) -> None:
    """Show why it was kept, and its lines that are nowhere else."""
    aside = changes.kept_text(run.context, name)
    why = say(
        aside.reason,
        current(),
        kept=aside.id,
        path=aside.path,
        branch=run.context.settings.branch,
    )[0]
    run.emit(changes.aside_json(aside), [_line(aside), why, "", *aside.added])


@kb_command(
    "apply",
    group=kept,
    help=t(
        "Put a kept text in after all, beside what was written since.",
        "取り置いた文章を、その後に書かれたことを残したまま反映します。",
    ),
)
@click.argument("name", metavar="ID")
def apply(run: Run, name: str) -> None:
    """Save the text and forget that it was kept."""
    aside, commit = changes.apply_kept(run.context, name)
    words = (
        t(f"Put in: {aside.path}", f"反映しました: {aside.path}")
        if commit
        else t(f"It was in already: {aside.path}", f"すでに反映されています: {aside.path}")
    )
    run.emit({"id": aside.id, "path": aside.path, "commit": commit}, words)


@kb_command(
    "drop",
    group=kept,
    help=t("Throw a kept text away.", "取り置いた文章を捨てます。"),
)
@click.argument("name", metavar="ID")
def drop(run: Run, name: str) -> None:
    """Forget the text; it is printed a last time."""
    aside = changes.drop_kept(run.context, name)
    head = t(f"Dropped: {aside.id} ({aside.path})", f"捨てました: {aside.id} ({aside.path})")
    run.emit(changes.aside_json(aside), [head, *aside.added])


@kb_command(
    help=t(
        "Bring your changes and the team's together. Where both changed the same place the "
        "team's text stands and yours is kept.",
        "自分の変更とチームの変更を合わせます。同じ箇所を両方が変えていた場合は"
        "チームの文を残し、自分の文は取り置いておきます。",
    ),
)
def sync(run: Run) -> None:
    """Say what came, what went, and what was kept; exit 4 when something was."""
    synced = changes.sync(run.context)
    run.emit(
        {
            "pulled": synced.pulled,
            "pushed": synced.pushed,
            "merged": list(synced.merged),
            "conflicts": [one._asdict() for one in synced.conflicts],
            "kept": list(synced.kept),
        },
        _synced(synced),
    )
    if synced.conflicts or synced.kept:
        run.finish(Kept.exit_code)


def _synced(synced: "Synced") -> list[str]:
    lines = [
        t(
            f"Changes taken in: {synced.pulled}, given: {synced.pushed}.",
            f"{synced.pulled}件の変更を取り込み、{synced.pushed}件を渡しました。",
        )
    ]
    lines += [t(f"Merged: {path}", f"合わせた文書: {path}") for path in synced.merged]
    renamed = [one for one in synced.conflicts if one.theirs == one.path]
    for one in renamed:
        lines.append(
            t(
                f"Both renamed one document; theirs stands: {one.path} (yours was {one.ours}).",
                f"同じ文書の名前を両方が変えていたため、チームの名前 {one.path} にまとめました"
                f"（ご自身の変更は {one.ours}）。",
            )
        )
    for path in dict.fromkeys(one.path for one in synced.conflicts if one not in renamed):
        lines.append(
            t(
                f"Kept, not saved: both changed the same place of {path}; theirs stands.",
                f"保存せずに取り置きました。{path} の同じ箇所はチームの文を残しています。",
            )
        )
    lines += [f"  kb kept show {name}" for name in synced.kept]
    return lines
