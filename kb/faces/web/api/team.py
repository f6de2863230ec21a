"""The team's day over the API: today, week, search, board, training."""

from typing import Any

from kb.errors import WrongUse
from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing
from kb.faces.web.api.taken import BoardWanted, Everybody, HowMany, Prediction, Wanted
from kb.search.ports import Where
from kb.text.dates import day
from kb.work import board as boards
from kb.work import searching, training, training_results
from kb.work import today as days

Json = dict[str, Any]


def today(call: Call, given: Everybody) -> Json:
    """Return what needs one today."""
    return _day(call, 1, everybody=given.all)


def week(call: Call, given: Everybody) -> Json:
    """Return what needs one in the seven days from today."""
    return _day(call, 7, everybody=given.all)


def _day(call: Call, many: int, *, everybody: bool) -> Json:
    found = days.lines(call.ctx, days=many, everybody=everybody)
    return {
        "date": call.ctx.today.isoformat(),
        "items": [days.as_json(line) for line in found],
        "total": len(found),
    }


def search(call: Call, given: Wanted) -> Json:
    """Find anything that anybody wrote."""
    kinds = tuple(part for part in (given.kind or "").split(",") if part)
    for kind in kinds:
        if kind not in searching.kinds():
            raise WrongUse("api-bad-kind", value=kind, known=", ".join(searching.kinds()))
    where = Where(
        kinds=kinds,
        accounts=(given.account,) if given.account else (),
        since=_date(given.since),
        until=_date(given.until),
    )
    found = searching.search(call.ctx, given.q, where, limit=given.limit, meaning=given.meaning)
    return found.as_json(explain=given.explain)


def _date(value: str | None) -> str | None:
    if value is None:
        return None
    found = day(value)
    if found is None:
        raise WrongUse("bad-date", value=value)
    return found


def board(call: Call, given: BoardWanted) -> Json:
    """Return where knowledge flows and where it stalls."""
    scope = boards.Scope(given.since, given.unit, given.member)
    return boards.as_json(boards.board(call.ctx, scope))


def questions(call: Call, given: HowMany) -> Json:
    """Return the next questions of the training."""
    found = training.questions(call.ctx, given.count)
    return {"items": [one.as_json() for one in found], "total": len(found)}


def answer(call: Call, given: Prediction) -> Json:
    """Note how likely a hypothesis was, and tell what happened."""
    return training.answered_json(training.answer(call.ctx, given.id, str(given.probability)))


def score(call: Call, given: Nothing) -> Json:
    """Return how well one predicts."""
    del given
    return {**training_results.score(call.ctx).as_json(), "shared": None}
