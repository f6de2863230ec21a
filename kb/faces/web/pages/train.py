"""Practice: a past hypothesis as it stood before its meeting; one says how likely it was to hold.

The page of a question holds nothing that was written later, and no name of the customer's.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web import render
from kb.faces.web.ask import Ask
from kb.faces.web.behind import Behind
from kb.faces.web.pages import instead, trouble
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.words import Words
from kb.model.calibration import ENOUGH, LEAST, MOST, rounded
from kb.work import training, training_results
from kb.work.records import records

if TYPE_CHECKING:
    from kb.faces.web.behind import Job, Told
    from kb.faces.web.site import Site
    from kb.work.training import Answered, Reading

STEP = 5
"""So many percent lie between two answers."""
HEIGHT = 100
"""How high the highest bar in the picture of the score is; bars are counts, never rates."""
PATIENCE = 10.0
"""Seconds that an answer waits for the history to be read beside it, before it reads it itself."""
READ: Behind[bool] = Behind()


def show(ask: Ask) -> Response:
    """Show the next question."""
    return _question(ask)


def answer(ask: Ask) -> Response:
    """Note an answer, and show what happened."""
    ctx = ask.ctx
    _begin_reading(ask).wait(PATIENCE)
    try:
        found = training.answer(
            ctx, ask.typed("question"), ask.typed("exact") or ask.typed("probability")
        )
    except KbError as error:
        return _question(ask, error)
    words = found.quote or ""
    lang = "ja" if render.foreign(words, "en") else "en"
    return ask.show(
        "train_answered.html.j2",
        here="train",
        found=found,
        claim=next(
            one.text for one in ctx.catalogue.whole(found.meeting).hypotheses if one.id == found.id
        ),
        quoted=Words(lang)("web-quoted", text=words) if words else "",
        meeting=meeting_path(found.account, found.meeting.id),
        account=account_path(found.account),
        reading=[_reading(found, one) for one in found.reading],
        refs=[_reading(found, one) for one in found.refs],
        score=_score(ask),
    )


def _question(ask: Ask, error: KbError | None = None) -> Response:
    """Return the page of the next question; with `error`, what was typed stands there again."""
    ctx = ask.ctx
    if ctx.me is None:
        return ask.show("train.html.j2", here="train", one=None, member=False, error=None)
    again = ask.form.get("question")
    some = training.questions(ctx, training.COUNT if again else 1)
    some = [q for q in some if q.id == again] or some[:1]
    one = next(iter(training.shown(ctx, some)), None)
    _begin_reading(ask)
    member = training_results.member(ctx)
    done = {said.id for said in training_results.answers(ctx, member)}
    return ask.show(
        "train.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="train",
        one=one,
        member=True,
        about=_about(ask, one) if one else "",
        again=bool(one and one.id in done),
        least=LEAST,
        most=MOST,
        step=STEP,
        typed=ask.typed("exact"),
        chosen=_chosen(ask),
        score=_score(ask),
        error=instead.told(ask, error) if error else None,
    )


def _begin_reading(ask: Ask) -> "Job[bool]":
    """Have the team's history read beside the pages, once for each state of the store."""
    key = (ask.site, ask.ctx.store.head())
    return READ.begin(key, lambda told: _read(ask.site, told))


def _read(site: "Site", told: "Told") -> bool:
    """Read the team's history while the question is thought over: the answer rests on it."""
    ctx = site.open()
    try:
        records(ctx, ctx.catalogue.meetings(), told)
    finally:
        ctx.close()
    return True


def _chosen(ask: Ask) -> int:
    """Return where the slider stands: where it was sent from, else in the middle."""
    typed = ask.typed("probability")
    known = typed.isascii() and typed.isdecimal() and len(typed) < 3
    return min(MOST, max(LEAST, int(typed))) if known else 50


def _about(ask: Ask, one: training.Question) -> str:
    """Return what kind of account it was, and when the claim was written."""
    day = one.at.astimezone(ask.ctx.settings.tz).date().isoformat()
    day = ask.words.short(day, ask.ctx.today)
    size = ask.words.either(f"web-segment-{one.segment}", "") or one.segment or ""
    known = [size, _stage(ask, one.stage or ""), ask.words("train-as-of", day=day)]
    return " · ".join(part for part in known if part)


def _stage(ask: Ask, id_: str) -> str:
    """Return a stage of the team's roadmap by its name."""
    roadmap = ask.ctx.settings.raw.get("roadmap")
    stages = roadmap.get("stages") if isinstance(roadmap, dict) else None
    named = [one for one in stages if isinstance(one, dict)] if isinstance(stages, list) else []
    return next((str(one.get("name") or id_) for one in named if one.get("id") == id_), id_)


def _reading(found: "Answered", one: "Reading") -> dict[str, str]:
    """Return something to read with where it is."""
    meeting = one.kind == "meeting"
    path = (
        meeting_path(found.account, found.meeting.id) if meeting else f"/playbook/{quote(one.ref)}"
    )
    return {"kind": one.kind, "title": one.title, "path": path}


def _score(ask: Ask) -> dict[str, Any]:
    """Return how the member does so far: a picture and a table from twenty answers on."""
    found = training_results.score(ask.ctx)
    known = found.calibration
    rows = [one for one in known.bins if one.n]
    most = max((one.n for one in rows), default=1)
    return {
        "n": known.n,
        "needed": ENOUGH,
        "enough": known.enough,
        "brier": rounded(known.brier),
        "baseline": rounded(found.baseline),
        "rows": rows,
        "height": HEIGHT,
        "bars": [
            {
                "x": 4 + 26 * (one.start // 10),
                "n": round(one.n / most * HEIGHT, 1),
                "held": round(one.held / most * HEIGHT, 1),
                "count": one.n,
            }
            for one in rows
        ],
    }
