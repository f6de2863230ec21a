"""`kb add`, `kb done`, `kb verdict`: writing down what a meeting brings."""

from typing import Any

import click

from kb.faces.cli import adding
from kb.faces.cli.adding import answer
from kb.faces.cli.command import Run, kb_command
from kb.faces.cli.language import t
from kb.faces.cli.words import Word
from kb.text.compose import New
from kb.work import capture

VERDICT_WORDS = {
    **{word: word for word in ("supported", "refuted", "mixed", "untested")},
    "支持": "supported",
    "棄却": "refuted",
    "一部": "mixed",
    "未検証": "untested",
}


@kb_command(
    help=t(
        "Write one line into the right place of the meeting REF and save it.\n\n"
        "REF is an account (its current meeting), a meeting like acme/2026-11-25 or "
        "acme/2026-11-25T14:00, or an id like m-4k7q2x. KIND is one of: hypothesis "
        "topic stance said decision todo insight request memo. TEXT - reads the text from "
        "standard input.",
        "ミーティングの決まった場所に一行書いて保存します。\n\n"
        "ミーティングの指定（REF）は、顧客の短い名前（いまのミーティング）、acme/2026-11-25 や "
        "acme/2026-11-25T14:00、または m-4k7q2x のような id です。"
        "文（TEXT）を - にすると標準入力から読みます。"
        "種類（KIND）は次のどれかで、日本語でも英語でも書けます。\n\n\b\n"
        "事前仮説 hypothesis\n論点 topic\nスタンス stance\nお客様の声 said\n決定事項 decision\n"
        "TODO todo\n気づき insight\n要望 request\n社内メモ memo",
    ),
    examples=[
        'kb add acme said "初回は管理者だけでよい" --under 再オン',
        'kb add acme/2026-11-25 todo "招待状を送る" --owner sato --due 2026-11-28',
        'kb add acme hypothesis "引き継ぎがない" --because "利用率 61→48%" --confidence 70',
    ],
)
@click.argument("ref")
@click.argument("kind", metavar="KIND", type=Word(capture.KIND_WORDS))
@click.argument("text")
@click.option(
    "--under",
    metavar=t("TOPIC", "論点"),
    help=t(
        "The topic: its id, its number, or the start of its title.",
        "論点。id、番号、または題名の先頭。",
    ),
)
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar=t("MEMBER", "メンバー"),
    help=t("Who does it.", "担当者。"),
)
@click.option("--due", metavar=t("DATE", "日付"), help=t("Until when.", "期日。"))
@click.option(
    "--confidence",
    type=int,
    metavar=t("PERCENT", "％"),
    help=t("How sure we are, 5 to 95 percent.", "確信度（5〜95％）。"),
)
@click.option("--because", metavar=t("TEXT", "文"), help=t("What it rests on.", "根拠。"))
@click.option("--test", metavar=t("TEXT", "文"), help=t("How it will be tested.", "検証のしかた。"))
@click.option("--impact", metavar=t("TEXT", "文"), help=t("What it would bring.", "効果。"))
@click.option("--stance", metavar=t("TEXT", "文"), help=t("What we propose.", "当社のスタンス。"))
def add(run: Run, ref: str, **fields: Any) -> None:  # noqa: ANN401 -- as declared above
    """Write the line and say where it is now."""
    adding.add(run, ref, New(**fields))


@kb_command(
    help=t(
        "Tick the TODO with this id off, wherever it stands.",
        "この id のTODOを、どこに書かれていても完了にします。",
    ),
    examples=["kb done t-8f3kq0", "kb done 'acme#^t-8f3kq0'"],
)
@click.argument("item", metavar="ID")
def done(run: Run, item: str) -> None:
    """Tick the TODO off."""
    changed = capture.done(run.context, item)
    words = (
        t("Done", "完了にしました") if changed.commit else t("Done before", "すでに完了しています")
    )
    answer(run, changed, words)


@kb_command(
    help=t(
        "Say whether the hypothesis with this id held: supported, refuted, mixed or untested. An "
        "earlier verdict stays in the document; the new one counts.",
        "この id の事前仮説に判定をつけます。前の判定も文書に残り、新しいほうが有効になります。"
        "判定（VERDICT）は次のどれかで、日本語でも英語でも書けます。\n\n\b\n"
        "支持 supported\n棄却 refuted\n一部 mixed\n未検証 untested",
    ),
    examples=['kb verdict h-3f9a7c supported --quote "引き継ぎ資料がなかった"'],
)
@click.argument("item", metavar="ID")
@click.argument("key", metavar="VERDICT", type=Word(VERDICT_WORDS))
@click.option(
    "--quote",
    metavar=t("TEXT", "文"),
    help=t("The customer's own words that show it.", "そう言える、お客様の言葉そのもの。"),
)
def verdict(run: Run, item: str, key: str, quote: str | None) -> None:
    """Write the verdict."""
    changed = capture.verdict(run.context, item, key, quote)
    words = (
        t("Verdict written", "判定を書きました")
        if changed.commit
        else t("That verdict is there already", "同じ判定がすでに書かれています")
    )
    answer(run, changed, words)
