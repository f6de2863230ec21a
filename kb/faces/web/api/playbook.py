"""The playbook over the API: principles, plays, manuals, and what they rest on."""

from typing import TYPE_CHECKING, Any

from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing, Paged
from kb.faces.web.api.taken import (
    Evidence,
    ManualNew,
    PlayNew,
    PrincipleNew,
    PrinciplesWanted,
    Reason,
    Revision,
    Successor,
)
from kb.faces.web.api.taking import one_line
from kb.work import (
    ladder,
    ladder_status,
    playbook_answers,
    playbook_check,
    playbook_new,
    tracing,
)
from kb.work.playbook import Shelf

if TYPE_CHECKING:
    from kb.work.ladder_pages import Written

Json = dict[str, Any]


def _rows(call: Call, kind: str, status: str | None = None) -> list[Json]:
    shelf = Shelf(call.ctx)
    return [
        playbook_answers.row(shelf, one)
        for one in shelf.of_kind(kind)
        if status in (None, one.page.status)
    ]


def _whole(call: Call, name: str, kind: str) -> Json:
    shelf = Shelf(call.ctx)
    return playbook_answers.whole(call.ctx, shelf, shelf.one(name, kind))


def principles(call: Call, given: PrinciplesWanted) -> list[Json]:
    """Return principles and candidates."""
    return _rows(call, "principle", given.status)


def principle(call: Call, given: Nothing) -> Json:
    """Return one principle and what it rests on."""
    del given
    return _whole(call, call.path["principle"], "principle")


def trace(call: Call, given: Nothing) -> Json:
    """Find every quote of a principle as the documents stand today."""
    del given
    return tracing.as_json(tracing.trace(call.ctx, call.path["principle"]))


def due(call: Call, given: Nothing) -> Json:
    """Return the principles that need a look."""
    del given
    items = [tracing.due_json(one) for one in tracing.verify(call.ctx, None)]
    return {"items": items, "total": len(items)}


def propose(call: Call, given: PrincipleNew) -> Json:
    """Make a candidate."""
    one_line(given.title, "title")
    return _written(call, ladder.propose(call.ctx, given.title, given.sources, id_=given.id))


def evidence(call: Call, given: Evidence) -> Json:
    """Put more evidence on a principle's page."""
    name = call.path["principle"]
    made = ladder.add_evidence(call.ctx, name, given.sources, against=given.counter)
    return _written(call, made)


def adopt(call: Call, given: Nothing) -> Json:
    """Adopt a principle whose review has its quorum."""
    del given
    return _written(call, ladder_status.adopt(call.ctx, call.path["principle"]))


def revise(call: Call, given: Revision) -> Json:
    """Put the changed text of an adopted principle up for review."""
    name = call.path["principle"]
    made, review = ladder_status.revise(call.ctx, name, to=tuple(given.to), why=given.why)
    return {
        "principle": made.id,
        "review": review.id,
        "reviewers": list(review.reviewers),
        "path": review.path,
        "commit": made.commit,
    }


def retire(call: Call, given: Reason) -> Json:
    """Give a principle up."""
    one_line(given.why, "why")
    return _written(call, ladder_status.retire(call.ctx, call.path["principle"], given.why))


def supersede(call: Call, given: Successor) -> Json:
    """Replace a principle by another."""
    one_line(given.why, "why")
    name = call.path["principle"]
    return _written(call, ladder_status.supersede(call.ctx, name, given.by, given.why))


def _written(call: Call, made: "Written") -> Json:
    found = _whole(call, made.id, "principle")
    return {"principle": made.id, "commit": made.commit, **found}


def plays(call: Call, given: Paged) -> list[Json]:
    """Return the plays."""
    del given
    return _rows(call, "play")


def play(call: Call, given: Nothing) -> Json:
    """Return one play."""
    del given
    return _whole(call, call.path["play"], "play")


def play_new(call: Call, given: PlayNew) -> Json:
    """Add a play."""
    one_line(given.title, "title")
    for use in given.use_when:
        one_line(use, "use_when")
    made = playbook_new.play(
        call.ctx,
        given.title,
        principle=given.principle,
        use_when=tuple(given.use_when),
        id_=given.id,
    )
    return {"play": made.id, "commit": made.commit, **_whole(call, made.id, "play")}


def manuals(call: Call, given: Paged) -> list[Json]:
    """Return the manuals."""
    del given
    return _rows(call, "manual")


def manual(call: Call, given: Nothing) -> Json:
    """Return one manual."""
    del given
    return _whole(call, call.path["manual"], "manual")


def manual_new(call: Call, given: ManualNew) -> Json:
    """Add a manual."""
    one_line(given.title, "title")
    made = playbook_new.manual(call.ctx, given.title, play=given.play, id_=given.id)
    return {"manual": made.id, "commit": made.commit, **_whole(call, made.id, "manual")}


def check(call: Call, given: Nothing) -> Json:
    """Check the whole playbook."""
    del given
    found = playbook_check.check(call.ctx)
    problems = [{"code": one.code, "path": one.path, "message": one.message} for one in found]
    return {"problems": problems}
