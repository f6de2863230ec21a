"""`kb train`: past hypotheses as they stood before their meeting, to be predicted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kb.faces.cli import wording
from kb.faces.cli.command import Run, kb_command, kb_group
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns, indented
from kb.model.calibration import rounded
from kb.work import training, training_results

if TYPE_CHECKING:
    from kb.work.context import Context
    from kb.work.training import Answered, Question
    from kb.work.training_results import Score, Shared


@kb_group(
    help=t(
        "Show past hypotheses as they stood before their meeting, and say how likely each was to "
        "be supported. Your own accounts are left out; what you answer is yours alone.",
        "過去の事前仮説を、ミーティングの前に書かれたままの形で示します。支持された見込みを"
        "答えて練習します。ご自分の担当は出ません。答えは本人だけのものです。",
    ),
    examples=["kb train", "kb train --count 3", "kb train answer h-3f9a7c 70", "kb train score"],
    alone=True,
)
@click.option(
    "--count",
    type=click.IntRange(1, 1000),
    default=training.COUNT,
    metavar=t("N", "数"),
    help=t("How many questions (10).", "問題の数（10）。"),
)
def train(run: Run, count: int) -> None:
    """Show the next questions."""
    found = training.questions(run.context, count)
    items = [one.as_json() for one in found]
    run.emit({"items": items, "total": len(items)}, lambda: _questions(run.context, found))


@kb_command(
    "answer",
    group=train,
    help=t(
        "Say how likely the hypothesis was to be supported, 5 to 95 percent; then see what "
        "happened.",
        "仮説が支持された見込みを5〜95％で答えます。そのあとで、実際にどうなったかを示します。",
    ),
    examples=["kb train answer h-3f9a7c 70"],
)
@click.argument("item", metavar="ID")
@click.argument("probability", metavar=t("PROBABILITY", "見込み"))
def answer(run: Run, item: str, probability: str) -> None:
    """Note the answer and show what happened."""
    found = training.answer(run.context, item, probability, wording.reading(run))
    run.progress("")
    so_far = training_results.score(run.context)
    run.emit(training.answered_json(found), lambda: "\n".join(_answered(found, so_far)))


@kb_command(
    "score",
    group=train,
    help=t(
        "Show how well you predict. From 20 answers on it says so in words.",
        "予想の当たり具合を示します。20問になると、言葉でもお伝えします。",
    ),
    examples=["kb train score", "kb train score --share"],
)
@click.option(
    "--share",
    is_flag=True,
    help=t(
        "Commit the day, the count and the score for the team to see; never the answers.",
        "日付と問題数と成績を、チームに見える形で保存します。個々の答えは含みません。",
    ),
)
def score(run: Run, *, share: bool) -> None:
    """Show the score, and share it if asked."""
    found = training_results.score(run.context)
    shared = training_results.share(run.context, found) if share else None
    place = {"path": shared.path, "commit": shared.commit} if shared else None
    run.emit({**found.as_json(), "shared": place}, lambda: "\n".join(_score(found, shared)))


def _questions(ctx: "Context", found: "list[Question]") -> str:
    if not found:
        return t(
            "There is no question yet: no hypothesis of somebody else's was judged.",
            "まだ問題がありません。ほかの方の仮説に判定がつくと出題されます。",
        )
    lines: list[str] = []
    for number, one in enumerate(training.shown(ctx, found), 1):
        lines += [*_question(ctx, number, one), ""]
    first = found[0].id
    lines.append(
        t(
            f"How likely was “supported”? kb train answer {first} 70",
            f"支持された見込みを、5〜95％で答えてください: kb train answer {first} 70",
        )
    )
    return "\n".join(lines)


def _question(ctx: "Context", number: int, one: "Question") -> Iterator[str]:
    about = [one.segment or "", _stage(ctx, one.stage or "")]
    when = t(f"as written by {one.at:%Y-%m-%d}", f"{one.at:%Y-%m-%d} に書かれていたまま")
    yield f"{number}. {one.id}  {' · '.join([*(word for word in about if word), when])}"
    yield f"   {indented(one.text, '   ')}"
    for name, value in ((t("Why", "根拠"), one.because), (t("Test", "検証"), one.test)):
        if value:
            yield f"   {name}: {indented(value, '     ')}"


def _stage(ctx: "Context", id_: str) -> str:
    """Return a stage of the team's roadmap by its name."""
    roadmap = ctx.settings.raw.get("roadmap", {})
    stages = roadmap.get("stages", []) if isinstance(roadmap, dict) else []
    named = [one for one in stages if isinstance(one, dict)] if isinstance(stages, list) else []
    return next((str(one.get("name") or id_) for one in named if one.get("id") == id_), id_)


def _answered(found: "Answered", so_far: "Score") -> Iterator[str]:
    stated = (
        ""
        if found.stated is None
        else t(f"; who wrote it said {found.stated}%", f"（書いた人の確信度は {found.stated}%）")
    )
    yield t(
        f"It was {wording.verdict(found.verdict)}. You said {found.probability}%{stated}.",
        f"判定は「{wording.verdict(found.verdict)}」でした。"
        f"あなたの予想は {found.probability}%{stated}。",
    )
    if found.quote:
        yield "   " + t(f"“{found.quote}”", f"「{found.quote}」")
    yield f"   {found.name}  {wording.when(found.meeting)}  {found.meeting.title}"
    for page in found.refs:
        yield f"   {t('It cited', '参照')}: {page.title}  {page.ref}"
    if found.reading:
        yield ""
        yield t("Worth reading", "読んでおきたいもの")
        yield from (f"   {page.title}  {page.ref}  {page.path}" for page in found.reading)
    yield ""
    if not found.counted:
        yield t(
            "You had answered this before: the first answer counts.",
            "前にも答えた問題です。成績には最初の答えだけを数えます。",
        )
    yield _so_far(so_far)


def _so_far(found: "Score") -> str:
    n = found.calibration.n
    if not found.calibration.enough:
        return t(
            f"{n} answered. From 20 on you see how often your 70% comes true. Only you see this.",
            f"これまで{n}問。20問になると、あなたの「70%」が何%当たるかをお見せします。"
            "この記録が見えるのは、あなただけです。",
        )
    return t(
        f"{n} answered. kb train score shows how well. Only you see this.",
        f"これまで{n}問。kb train score で当たり具合が見られます。見えるのは、あなただけです。",
    )


def _score(found: "Score", shared: "Shared | None") -> Iterator[str]:
    if not found.calibration.enough:
        yield _so_far(found)
    else:
        yield from _judged(found)
    if shared is not None:
        yield ""
        yield t(f"Shared: {shared.path}", f"共有しました: {shared.path}")


def _judged(found: "Score") -> Iterator[str]:
    known = found.calibration
    own, plain = rounded(known.brier), rounded(found.baseline)
    yield t(
        f"{known.n} answered. Brier score {own} (0 is best); who only knew how others had "
        f"ended would have {plain}.",
        f"{known.n}問。ブライアスコア {own}（0に近いほど良い）。"
        f"ほかの仮説の結果だけから答えた場合は {plain}。",
    )
    yield ""
    head = (t("You said", "あなたの予想"), t("Answers", "答えた数"), t("Supported", "支持"))
    rows = [(f"{b.start}–{b.stop}%", str(b.n), str(b.held)) for b in known.bins if b.n]
    yield columns(head, rows, right={1, 2})
    yield ""
    yield t("Only you see this.", "この記録が見えるのは、あなただけです。")
