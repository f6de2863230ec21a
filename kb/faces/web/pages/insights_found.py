"""What the machine finds among insights: looked for beside the pages, and remembered.

What is remembered is known by all that it rests on: the insights, what people decided on them,
and the principles. So a page never shows what was found before a decision.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from kb.faces.web.behind import Behind, Job
from kb.work import insights, insights_asking, insights_triage
from kb.work.insights_asking import Question
from kb.work.insights_finding import Recurring

if TYPE_CHECKING:
    from kb.faces.web.ask import Ask
    from kb.work.context import Context

T = TypeVar("T")
LOOKS: Behind[Recurring] = Behind()
QUESTIONS: Behind[tuple[Question, ...]] = Behind()


def recurring(ask: "Ask") -> Job[Recurring]:
    """Return the look over all insights; it is begun when nobody looked at these yet."""
    key = (ask.site, _rests_on(ask.ctx))
    return LOOKS.begin(key, lambda told: _apart(ask, lambda ctx: insights_triage.look(ctx, told)))


def questions(ask: "Ask", id_: str) -> Job[tuple[Question, ...]]:
    """Return what is asked of one insight: which others may be the same lesson."""

    def find(ctx: "Context") -> tuple[Question, ...]:
        asking = insights_asking.begin(ctx, id_=id_, meeting=None)
        found = []
        while (one := asking.next()) is not None:
            found.append(one)
        return tuple(found)

    key = (ask.site, ask.ctx.me, id_, _rests_on(ask.ctx))
    return QUESTIONS.begin(key, lambda _: _apart(ask, find))


def _apart(ask: "Ask", find: "Callable[[Context], T]") -> T:
    """Find in a context of its own: this is another thread."""
    ctx = ask.apart()
    try:
        return find(ctx)
    finally:
        ctx.close()


def _rests_on(ctx: "Context") -> str:
    """Return a digest of all that the finding rests on."""
    names = sorted((one.account, one.name) for one in ctx.catalogue.accounts(ctx.now))
    about = (insights.all_of(ctx), list(insights.files(ctx)), insights.principles(ctx), names)
    return sha256(repr(about).encode("utf-8", "surrogatepass")).hexdigest()
