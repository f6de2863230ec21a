"""What is asked of who has just written an insight: whether some others are the same lesson.

Answers are judgements like all others. *Later* leaves no trace; *never* is remembered for one
insight and one person, on this machine only, beside the store's other work in progress.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.work import insights as noticed
from kb.work import insights_judging
from kb.work.insights import Insight

if TYPE_CHECKING:
    from kb.model.recurrence import Decided
    from kb.work.context import Context
    from kb.work.insights_finding import Progress

MOST = 3
"""How many neighbours are shown at once."""


class Question(NamedTuple):
    """Whether `insight` and `other`, of another account, are the same lesson."""

    insight: Insight
    other: Insight
    similarity: float


class Asking:
    """The questions about some insights, put one after the other; answers change what is left."""

    def __init__(self, ctx: "Context", decided: "Decided", questions: Iterable[Question]) -> None:
        """Take what `begin` found."""
        self._ctx = ctx
        self._decided = decided
        self._left = list(questions)
        self.count = len(self._left)
        """How many there were at the start."""

    def next(self) -> Question | None:
        """Return the next question that is still open, or None."""
        while self._left:
            one = self._left.pop(0)
            if not self._decided.judged(one.insight.id, one.other.id):
                return one
        return None

    def answer(self, question: Question, kind: str) -> None:
        """Write down "same" or "different"; raises what `judge` and saving raise."""
        insights_judging.judge(self._ctx, kind, [question.insight.id, question.other.id])
        self._decided = noticed.decided(self._ctx, noticed.all_of(self._ctx))

    def never(self, question: Question) -> None:
        """Ask no more about this insight."""
        name = question.insight.id
        self._left = [one for one in self._left if one.insight.id != name]
        file = _file(self._ctx)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{name}\n")


def begin(
    ctx: "Context", *, id_: str | None, meeting: str | None, progress: "Progress | None" = None
) -> Asking:
    """Return the questions about one insight, or about those of a meeting: at most three.

    Only neighbours of other accounts about which nobody was asked yet; the nearest come first.
    """
    from kb.model.recurrence import Decided
    from kb.work.insights_finding import pool

    ctx.catalogue.catch_up()
    silent = _never(ctx)
    found: list[Question] = []
    insights = noticed.all_of(ctx)
    wanted = [
        one
        for one in insights
        if (one.id == id_ or (meeting is not None and one.meeting == meeting))
        and one.id not in silent
    ]
    if not wanted or len(insights) == len(wanted):
        return Asking(ctx, Decided(), ())
    whole = pool(ctx, progress)
    near = whole.questions([one.id for one in wanted], MOST)
    for one in wanted:
        found += [Question(one, n.insight, n.similarity) for n in near[one.id]]
    found.sort(key=lambda one: (-one.similarity, one.insight.id, one.other.id))
    return Asking(ctx, whole.decided, found[:MOST])


def _file(ctx: "Context") -> Path:
    return ctx.store.git_dir / "kb" / "asking" / f"{ctx.me or 'anybody'}.txt"


def _never(ctx: "Context") -> frozenset[str]:
    try:
        return frozenset(_file(ctx).read_text("utf-8").split())
    except (OSError, UnicodeDecodeError):
        return frozenset()
