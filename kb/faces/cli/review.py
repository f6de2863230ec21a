"""`kb review`: ask for a review, look at it, comment, suggest, approve, ask for changes."""

from typing import TYPE_CHECKING

import click

from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.words import Word
from kb.model.review import COMMENTS, KINDS

if TYPE_CHECKING:
    from kb.work.reviews import Review

KIND_WORDS: dict[str, str] = {"事前": "pre", "事後": "post", "採用": "adoption"}
KIND_WORDS |= {word: word for word in KINDS}
TYPE_WORDS = {word: word for word in COMMENTS} | {
    "根拠": "evidence",
    "スタンス": "stance",
    "効果": "impact",
    "だから何": "so-what",
    "お客様の言葉": "customers-words",
    "言い回し": "wording",
}
ID_HELP = t(
    "ID is the review's (r-8w139p), or the meeting (acme/2026-11-25) or page (p-handover-30) "
    "where that has only one.",
    "レビューの指定（ID）は、レビューの id（r-8w139p）か、レビューが一つだけなら "
    "ミーティング（acme/2026-11-25）やページ（p-handover-30）です。",
)

named = click.argument("id_", metavar="ID")
"""Which review."""


@kb_group(
    help=t(
        "Ask colleagues to look at hypotheses before a meeting, at minutes after it, or at a "
        "principle before it is adopted; answer, suggest, approve.\n\n",
        "ミーティング前の事前仮説、ミーティング後の議事録、採用前の行動原則を、同僚に見てもらいます。"
        "コメント、直しの案、承認ができます。\n\n",
    )
    + ID_HELP,
    examples=["kb review request acme", "kb review next", "kb review approve acme/2026-11-25"],
)
def review(run: Run) -> None:
    """Do nothing by itself."""
    del run


@kb_command(
    "request",
    group=review,
    help=t(
        "Ask for a review of a meeting or a page of the playbook.\n\n"
        "Before a meeting its hypotheses and agenda, after it the minutes. Without --to it goes "
        "to whose turn it is in the unit, never to who wrote it. TEXT says what to look at.",
        "ミーティングやプレイブックのページのレビューを依頼します。\n\n"
        "ミーティングの前なら事前仮説とアジェンダ、終わったあとなら議事録が対象です。"
        "--to がなければユニットの中の順番で頼み、書いた本人には回しません。"
        "文（TEXT）には、見てほしいところを書けます。",
    ),
    examples=[
        "kb review request acme/2026-11-25",
        'kb review request acme "二つ目の仮説の検証の仕方を見てください" --to takahashi',
        "kb review request p-handover-30",
    ],
)
@click.argument("ref")
@click.argument("text", default="")
@click.option(
    "--kind",
    type=Word(KIND_WORDS),
    metavar="pre|post|adoption",
    help=t("Which review; else what fits.", "レビューの種類。なければ時期に合うもの。"),
)
@click.option(
    "--to",
    multiple=True,
    metavar=t("MEMBER", "メンバー"),
    help=t("Whom to ask, once for each.", "頼む相手。一人ずつ指定します。"),
)
def request(run: Run, ref: str, text: str, kind: str | None, to: tuple[str, ...]) -> None:
    """Ask, and say whom."""
    from kb.work import reviews_asking, reviews_coaching, reviews_json

    ctx = run.context
    chosen = next((one for one in KINDS if one == kind), None)
    made = reviews_asking.request(ctx, ref, kind=chosen, to=to, text=text)
    often = reviews_coaching.often(ctx, ctx.me or "")

    def said() -> str:
        from kb.faces.cli import reviewing

        return reviewing.asked(made, often)

    data = reviews_json.as_json(ctx, made) | {"often": reviews_coaching.as_json(often)}
    run.emit(data, said)


@kb_command(
    "list",
    group=review,
    help=t(
        "List reviews, those that are waiting first.",
        "レビューを一覧にします。待っているものが先です。",
    ),
    examples=["kb review list", "kb review list --open --json"],
)
@click.option(
    "--open", "alive", is_flag=True, help=t("Without closed ones.", "終了したものを除きます。")
)
@click.option(
    "--mine", is_flag=True, help=t("Only those that wait for me.", "自分を待っているものだけ。")
)
def list_(run: Run, *, alive: bool, mine: bool) -> None:
    """Show one line a review."""
    from kb.work import reviews_json, reviews_next

    ctx = run.context
    found = reviews_next.listed(ctx, alive=alive, mine=mine)
    items = [reviews_json.as_json(ctx, one) for one in found] if run.json else []

    def text() -> str:
        from kb.faces.cli import reviewing

        return reviewing.table(ctx, found)

    run.emit({"items": items, "total": len(found)}, text)


@kb_command(
    "show",
    group=review,
    help=t("Show a review and what was said in it.\n\n", "レビューとその経緯を表示します。\n\n")
    + ID_HELP,
    examples=["kb review show r-8w139p", "kb review show acme/2026-11-25 --json"],
)
@named
def show(run: Run, id_: str) -> None:
    """Show the thread, and what changed since it was approved."""
    from kb.work import reviews

    _show(run, reviews.find(run.context, id_))


@kb_command(
    "next",
    group=review,
    help=t(
        "Show the review that waits for you, the oldest due first.\n\n"
        "With what changed since you looked, how earlier hypotheses of this customer ended, and "
        "similar ones of other accounts.",
        "あなたを待っているレビューを、期限の近いものから一つ示します。\n\n"
        "前に見たあとの変更、このお客様のこれまでの仮説の判定、ほかの顧客の似た仮説の判定も添えます。",
    ),
    examples=["kb review next", "kb review next --json"],
)
def next_(run: Run) -> None:
    """Show what to look at, and what helps."""
    from kb.work import answers, reviews_next

    ctx = run.context
    found = reviews_next.next_one(ctx)

    def text() -> str:
        from kb.faces.cli import reviewing

        if found is None:
            return t("No review waits for you.", "あなたを待っているレビューはありません。")
        return reviewing.next_one(ctx, found)

    run.emit(answers.next_review(ctx, found), text)


@kb_command(
    "comment",
    group=review,
    help=t(
        "Comment on a line, or answer.\n\nWithout --type it is an answer. ",
        "行にコメントするか、返事を書きます。\n\n--type がなければ返事になります。",
    )
    + ID_HELP,
    examples=[
        'kb review comment r-8w139p --on h-6hg8ez --type evidence "5月の数字はどうでしたか"',
        'kb review comment acme "取り入れました"',
    ],
)
@named
@click.argument("text")
@click.option(
    "--on",
    metavar=t("TARGET", "対象"),
    help=t(
        "What it is about: the id of a line, a page, or an event (e-…).",
        "何についてか。行の id、ページ、書き込み（e-…）。",
    ),
)
@click.option(
    "--type",
    "about",
    type=Word(TYPE_WORDS),
    metavar=t("TYPE", "観点"),
    help=t(
        "evidence, stance, impact, so-what, customers-words or wording.",
        "根拠、スタンス、効果、だから何、お客様の言葉、言い回し。",
    ),
)
def comment(run: Run, id_: str, text: str, on: str | None, about: str | None) -> None:
    """Write the comment."""
    from kb.work import reviews_saying

    made = reviews_saying.comment(run.context, id_, text, on=on, about=about)
    _answer(run, made, t("Commented", "コメントしました"))


@kb_command(
    "suggest",
    group=review,
    help=t(
        "Suggest other words for a line; one step takes them over.\n\n"
        "A TEXT that begins with a label (Test: …) is meant for that field of the line. ",
        "行の直しの案を出します。書き手は一度の操作で取り入れられます。\n\n"
        "文（TEXT）が「検証: …」のように始まるときは、その欄への案になります。",
    )
    + ID_HELP,
    examples=[
        'kb review suggest acme --on h-78wymp "検証: 最初の質問が価格か使い方かを記録する"',
        'kb review suggest p-handover-30 --on p-handover-30 --old "待つ" "様子を見て待つ"',
    ],
)
@named
@click.argument("text")
@click.option(
    "--on",
    required=True,
    metavar=t("TARGET", "対象"),
    help=t("The line's id, or the page.", "行の id か、ページ。"),
)
@click.option(
    "--old",
    metavar=t("TEXT", "文"),
    help=t("Words of the line as it is, to pick it.", "直したい行にある、いまの文言。"),
)
@click.option("--why", default="", metavar=t("TEXT", "文"), help=t("Why.", "理由。"))
def suggest(run: Run, id_: str, text: str, on: str, old: str | None, why: str) -> None:
    """Suggest, and say how it is taken."""
    from kb.work import reviews_wording

    made = reviews_wording.suggest(run.context, id_, on, text, old=old, why=why)
    event = made.events[-1].id
    take = f"kb review accept {made.id} {event}"
    _answer(run, made, t(f"Suggested ({take})", f"直しの案を出しました（{take}）"))


@kb_command(
    "accept",
    group=review,
    help=t(
        "Take a suggestion: its line gets the new words. EVENT is the suggestion's id (e-…). ",
        "直しの案を取り入れ、行の文言を替えます。EVENT は案の id（e-…）です。",
    )
    + ID_HELP,
    examples=["kb review accept r-8w139p e-v3pgsw"],
)
@named
@click.argument("event")
def accept(run: Run, id_: str, event: str) -> None:
    """Put the words in."""
    from kb.work import reviews_wording

    made = reviews_wording.accept(run.context, id_, event)
    _answer(run, made, t("Took the suggestion", "案を取り入れました"))


@kb_command(
    "approve",
    group=review,
    help=t(
        "Approve what is reviewed as it is now.\n\n"
        "Adding ids, what the customer said or a verdict keeps the approval; changing a word of "
        "a claim does not. Who wrote it can't approve. ",
        "いまの内容を承認します。\n\n"
        "id やお客様の声、判定を書き足しても承認はそのままです。"
        "仮説の文言を変えると無効になります。"
        "書いた本人は承認できません。",
    )
    + ID_HELP,
    examples=["kb review approve r-8w139p", 'kb review approve acme "よい準備です"'],
)
@named
@click.argument("text", default="")
def approve(run: Run, id_: str, text: str) -> None:
    """Approve."""
    from kb.work import reviews_saying

    _answer(run, reviews_saying.approve(run.context, id_, text), t("Approved", "承認しました"))


@kb_command(
    "changes",
    group=review,
    help=t(
        "Ask for changes before it can be approved; TEXT says which. ",
        "承認の前に直してほしいことを伝えます（差し戻し）。文（TEXT）に直してほしい点を書きます。",
    )
    + ID_HELP,
    examples=['kb review changes acme "根拠に数字を一つ足してください"'],
)
@named
@click.argument("text")
def changes(run: Run, id_: str, text: str) -> None:
    """Ask for changes."""
    from kb.work import reviews_saying

    made = reviews_saying.changes(run.context, id_, text)
    _answer(run, made, t("Asked for changes", "差し戻しました"))


@kb_command(
    "close",
    group=review,
    help=t(
        "End a review: nothing more goes into it. ",
        "レビューを終了します。以後は書き足せません。",
    )
    + ID_HELP,
    examples=['kb review close acme/2026-11-25 "判定は支持でした"'],
)
@named
@click.argument("text", default="")
def close(run: Run, id_: str, text: str) -> None:
    """End it."""
    from kb.work import reviews_saying

    made = reviews_saying.close(run.context, id_, text)
    _answer(run, made, t("Ended the review", "レビューを終了しました"))


@kb_command(
    "share",
    group=review,
    help=t(
        "Make a phrase that is worth sharing an insight, with who said it and where.\n\n"
        "It goes into the insights of the reviewed meeting. ",
        "広めたい言葉を、だれがどこで言ったかつきで気づきにします。\n\n"
        "レビューしているミーティングの気づきに入ります。",
    )
    + ID_HELP,
    examples=['kb review share acme "質問が減った、は利用率より強い根拠になる"'],
)
@named
@click.argument("text")
def share(run: Run, id_: str, text: str) -> None:
    """Write the insight, and say whose words it holds."""
    from kb.work import reviews_sharing

    made = reviews_sharing.share(run.context, id_, text)
    words = t(f"Shared what @{made.by} said", f"@{made.by} さんの言葉を気づきにしました")
    if made.commit is None:
        words = t("It is an insight already", "すでに気づきになっています")
    words += f": {made.path}:{made.line} ({made.id})"
    run.emit(made._asdict(), words)
    from kb.faces.cli import asking

    asking.ask(run, id_=made.id)


def _answer(run: Run, made: "Review", done: str) -> None:
    """Say what was done, and where the review stands now."""
    from kb.work import reviews_json

    ctx = run.context

    def text() -> str:
        from kb.faces.cli import reviewing

        return f"{done}: {reviewing.head(made)}"

    run.emit(reviews_json.as_json(ctx, made), text)


def _show(run: Run, found: "Review") -> None:
    from kb.work import reviews_json

    ctx = run.context

    def text() -> str:
        from kb.faces.cli import reviewing

        return reviewing.whole(ctx, found)

    run.emit(reviews_json.as_json(ctx, found, since=True), text)
