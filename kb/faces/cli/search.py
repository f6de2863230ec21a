"""`kb search`: find anything that the team wrote."""

import sys
from typing import TYPE_CHECKING

import click

from kb.errors import WrongUse
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t
from kb.search.ports import Where
from kb.work import searching

if TYPE_CHECKING:
    from kb.work.searching import Answer, Hit

KIND_WORDS = {
    "hypothesis": t("hypothesis", "仮説"),
    "topic": t("topic", "論点"),
    "said": t("customer", "お客様"),
    "decision": t("decision", "決定"),
    "todo": "TODO",
    "insight": t("insight", "気づき"),
    "request": t("request", "要望"),
    "memo": t("memo", "社内メモ"),
    "note": t("note", "メモ"),
    "meeting": t("meeting", "ミーティング"),
    "principle": t("principle", "行動原則"),
    "play": t("play", "施策"),
    "manual": t("manual", "手順書"),
    "review": t("review", "レビュー"),
}


@kb_command(
    help=t(
        "Find what fits QUERY: words that must all be there, or a question as you would say it.\n\n"
        'Also understood: "a phrase", -without, this OR that, and kind: account: owner: since: '
        "until: tag: is:open. Words of the team's word list find each other, in both languages.",
        "QUERY に合うものを探します。語を並べると、すべてを含むものを、"
        "文で尋ねると、近いものから順に示します。\n\n"
        '「句」や "句"、-除く語、A OR B、kind: account: owner: since: until: tag: is:open も'
        "使えます。チームの言葉の表にある語は、日本語と英語のどちらでも見つかります。",
    ),
    examples=[
        "kb search 解約",
        "kb search 引き継ぎ 管理者 --kind principle",
        'kb search "when should we show the numbers before a renewal?"',
        'kb search "窓口の方が辞めると報告の道が切れる" --meaning',
        "kb search 見積もり account:acme is:open",
    ],
)
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(searching.kinds()),
    help=t("Only this kind (again for more).", "この種類だけ（繰り返せます）。"),
)
@click.option(
    "--account", metavar=t("SLUG", "顧客"), help=t("Only of this account.", "この顧客だけ。")
)
@click.option("--since", metavar=t("DATE", "日付"), help=t("From this day.", "この日から。"))
@click.option("--until", metavar=t("DATE", "日付"), help=t("Up to this day.", "この日まで。"))
@click.option(
    "--limit",
    type=int,
    default=10,
    show_default=True,
    metavar=t("N", "件数"),
    help=t("How many to show, at most 200.", "表示する件数（200まで）。"),
)
@click.option(
    "--meaning",
    is_flag=True,
    help=t(
        "Find what means the same too, in Japanese and English.",
        "言い回しや言語が違っても、意味の近いものを探します（日本語と英語）。",
    ),
)
@click.option(
    "--explain",
    is_flag=True,
    help=t("Say why each hit stands where it does.", "順位の理由も示します。"),
)
def search(
    run: Run,
    query: tuple[str, ...],
    kinds: tuple[str, ...],
    account: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    *,
    meaning: bool,
    explain: bool,
) -> None:
    """Show the best hits, one after the other."""
    where = Where(
        kinds=kinds,
        accounts=(account,) if account else (),
        since=_day(since),
        until=_day(until),
    )
    words = " ".join(query)
    answer = searching.search(
        run.context,
        words,
        where,
        limit=limit,
        meaning=meaning,
        progress=lambda done, whole: run.progress(
            t(f"Indexing {done} of {whole}", f"索引を作っています {done}/{whole}")
            if done < whole
            else ""
        ),
        reading=lambda done, whole: run.progress(
            t(
                f"Reading what {whole} entries mean: {done}",
                f"意味を読み取っています {done}/{whole}",
            )
            if done < whole
            else ""
        ),
    )
    run.emit(answer.as_json(explain=explain), lambda: _text(answer, explain=explain))


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    from kb.text.dates import day

    found = day(value)
    if found is None:
        raise WrongUse("bad-date", value=value)
    return found


def _text(answer: "Answer", *, explain: bool) -> str:
    if not answer.hits:
        return _nothing(answer)
    blocks = [_hit(hit, explain=explain) for hit in answer.hits]
    more = answer.total - len(answer.hits)
    if more > 0:
        blocks.append(
            t(f"{more} more: --limit {answer.total}", f"ほかに{more}件: --limit {answer.total}")
        )
    return "\n\n".join(blocks)


def _hit(hit: "Hit", *, explain: bool) -> str:
    head = "  ".join(
        part
        for part in (
            KIND_WORDS[hit.kind],
            hit.account or "",
            hit.date or "",
            hit.title,
            hit.id or "",
        )
        if part
    )
    lines = [head, "  " + _marked(hit.snippet, hit.marks), f"  {hit.path}:{hit.line}"]
    if explain:
        lines.append("  " + " ".join(f"{name} {factor:g}" for name, factor in hit.why))
    return "\n".join(lines)


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """Return a snippet with its words in bold on a terminal, plain elsewhere."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    if not sys.stdout.isatty():
        return clean
    for start, stop in reversed(marks):
        clean = f"{clean[:start]}{click.style(clean[start:stop], bold=True)}{clean[stop:]}"
    return clean


def _nothing(answer: "Answer") -> str:
    lines = [
        t("Nothing found.", "見つかりませんでした。"),
    ]
    if answer.understood:
        words = answer.understood
        lines.append(t(f"Understood: {words}", f"このように読みました: {words}"))
    if answer.suggestion:
        lines.append(t(f"Did you mean: {answer.suggestion}", f"もしかして: {answer.suggestion}"))
    return "\n".join(lines)
