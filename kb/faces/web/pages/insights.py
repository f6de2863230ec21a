"""Insights: what was noticed, what recurs over customers, and what people say of it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import insights_found as found
from kb.faces.web.pages import trouble
from kb.faces.web.pages.insights_shown import Telling
from kb.faces.web.pages.instead import told
from kb.faces.web.words import Words
from kb.work import insights, insights_judging, insights_triage, ladder

if TYPE_CHECKING:
    from kb.work.insights_finding import Group

PATIENCE = 2.0
"""Seconds that a page waits for what the machine finds, when it isn't remembered yet."""
AT_ONCE = 50
"""How many insights stand on one page of the list."""
STATES = ("new", "few", "principle", "dismissed")
REASONS = ("principle", "obvious", "chance", "mixed")
"""Why a group is put away, to be chosen from."""
GROUPS = "/insights?groups=1"
_GROUP = re.compile(r"g-[0-9a-z]{6}")


def show(ask: Ask) -> Response:
    """Show the list, the newest first, or what recurs."""
    return groups(ask) if ask.query.get("groups") == "1" else _list(ask)


def _list(ask: Ask) -> Response:
    ctx = ask.ctx
    telling = Telling(ask)
    account = ask.query.get("account", "")
    account = account if account in telling.accounts else ""
    rows = insights.listed(ctx, account=account or None)
    asked = ask.query.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    part = part if part * AT_ONCE < len(rows) else 0
    triage = insights_triage.waiting(ctx)

    def path(number: int) -> str:
        query = {"account": account, "part": str(number) if number else ""}
        given = {name: value for name, value in query.items() if value}
        return "/insights" + (f"?{urlencode(given)}" if given else "")

    return ask.show(
        "insights.html.j2",
        here="insights",
        total=len(rows),
        cards=[telling.card(one) for one in rows[part * AT_ONCE : (part + 1) * AT_ONCE]],
        accounts=sorted(telling.accounts.items(), key=lambda one: one[1]),
        account=account,
        newer=path(part - 1) if part else "",
        older=path(part + 1) if (part + 1) * AT_ONCE < len(rows) else "",
        waiting=len(triage.groups),
        fresh=triage.fresh,
    )


def groups(ask: Ask, error: KbError | None = None) -> Response:
    """Show what recurs; with `error`, what was typed stands in its form again."""
    job = found.recurring(ask)
    if not job.wait(PATIENCE):
        return _wait(ask, job.done, job.of, GROUPS, error)
    look = job.result()
    telling = Telling(ask)
    by_state: dict[str, list[Group]] = {state: [] for state in STATES}
    for group in look.groups:
        few = group.state == "new" and not group.recurs
        by_state["few" if few else group.state].append(group)
    wanted = ask.query.get("state", "")
    state = wanted if wanted in STATES else "new"
    return ask.show(
        "insights_groups.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="insights",
        groups=[telling.group(one) for one in by_state[state]],
        state=state,
        counts={key: len(some) for key, some in by_state.items()},
        path_of=lambda key: f"{GROUPS}&state={key}" if key != "new" else GROUPS,
        considered=look.considered,
        grouped=look.considered - look.ungrouped,
        found=len(look.groups),
        reasons=REASONS,
        form=dict(ask.form),
        error=told(ask, error) if error else None,
    )


def one(ask: Ask) -> Response:
    """Show one insight, and ask which others are the same lesson."""
    return _one(ask, ask.path["id"])


def _one(ask: Ask, word: str, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    among = insights.all_of(ctx)
    insight = insights.find(ctx, word, among)
    later = [part for part in ask.query.get("later", "").split(",") if part]
    path = f"/insights/{quote(insight.id, safe='')}"
    job = found.questions(ask, insight.id)
    if not job.wait(PATIENCE):
        return _wait(ask, job.done, job.of, path, error)
    telling = Telling(ask)
    wrote = insights.Authors(ctx)
    decided = insights.decided(ctx, among)
    principle = decided.principle_of([insight.id]) or ""
    together = decided.together(insight.id) - {insight.id}
    questions = [each for each in job.result() if each.other.id not in later]
    return ask.show(
        "insight.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="insights",
        card=telling.card(insight._replace(author=wrote.of(insight))),
        path=path,
        principle=principle,
        principle_title=telling.title(principle),
        same=[telling.card(each) for each in among if each.id in together],
        questions=[
            {
                "card": telling.card(each.other._replace(author=wrote.of(each.other))),
                "similarity": f"{each.similarity:.2f}",
                "later": f"{path}?{urlencode({'later': ','.join([*later, each.other.id])})}",
            }
            for each in questions
        ],
        form=dict(ask.form),
        error=told(ask, error) if error else None,
    )


def _wait(ask: Ask, done: int, of: int, again: str, error: KbError | None) -> Response:
    """Show how far the comparing is; what could not be written is told without waiting for it."""
    if error is not None:
        raise error
    return ask.show("insights_wait.html.j2", here="insights", done=done, of=of, again=again)


# What people say


def judge(ask: Ask) -> Response:
    """Write that insights are the same lesson, that one is another, or that a group is put away."""

    def write() -> None:
        kind = ask.typed("kind")
        if kind not in ("same", "different", "dismissed"):
            raise WrongUse("page-insight-no-kind")
        ids = ask.typed("ids").split()
        apart = ask.typed("apart")
        if kind == "different" and apart:
            ids = [apart, *(id_ for id_ in ids if id_ != apart)]
        insights_judging.judge(ask.ctx, kind, ids, _why(ask) if kind == "dismissed" else None)

    return _written(ask, write)


def propose(ask: Ask) -> Response:
    """Make a candidate out of a group, and look at it."""
    try:
        made = ladder.propose(ask.ctx, ask.typed("title"), ask.typed("ids").split())
    except KbError as error:
        return groups(ask, error)
    return go(f"/playbook/{quote(made.id)}", "top")


def _why(ask: Ask) -> str:
    """Return the reason that was chosen and what was typed beside it, in the team's language."""
    words = Words(ask.ctx.settings.lang)
    reason = ask.typed("reason")
    chosen = words(f"page-insight-reason-{reason}") if reason in REASONS else ""
    mark = words("page-insight-reason-mark")
    return mark.join(part for part in (chosen, ask.typed("why")) if part)


def _written(ask: Ask, write: "Callable[[], None]") -> Response:
    """Write a judgement and come back to where it was made; to the group after it."""
    of = ask.typed("of")
    try:
        write()
    except KbError as error:
        return _one(ask, of, error) if of else groups(ask, error)
    if of:
        return go(f"/insights/{quote(of, safe='')}")
    after = ask.typed("after")
    return go(GROUPS, after if _GROUP.fullmatch(after) else "")
