"""Editing what stands in a meeting: its form, and two texts for one line side by side."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.pages.meeting import anchor, ref_of
from kb.faces.web.pages.reviews_marks import Stretch, stretches
from kb.faces.web.paths import meeting_path
from kb.faces.web.people import names_of
from kb.model.people import read_people
from kb.text import frontmatter
from kb.text.canonical import take_apart, without_ids
from kb.text.sides import PICKS, Pick
from kb.work import accounts, editing, editing_who, meetings
from kb.work.editing import Change, Choice, Opened, Place, TwoTexts

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting
    from kb.text.sides import Row

FIELDS = (
    *("text", "owner", "due", "title", "stance", "because", "test", "impact", "confidence"),
    *("start", "end", "attendees"),
)
"""The fields that a form of editing may have."""
WHAT = ("line", "head", "text")
LONGEST_LINE = 9
"""The most digits that the number of a line has."""


class Shown(NamedTuple):
    """One line in both texts as the page shows it; `number` counts those to choose between."""

    number: int | None
    theirs: tuple[Stretch, ...] | None
    mine: tuple[Stretch, ...] | None


def show(ask: Ask) -> Response:
    """Show the form of one thing, filled with what stands there."""
    place = _place(ask.query)
    return _page(ask, editing.opened(ask.ctx, ref_of(ask), place, ask.query.get("at")))


def save(ask: Ask) -> Response:
    """Write what was typed, or show both texts where somebody else has changed the same line."""
    ctx, ref = ask.ctx, ref_of(ask)
    place, fields = _place(ask.form), {n: ask.form[n] for n in FIELDS if n in ask.form}
    gone = ask.form.get("do") == "remove"
    change = Change(place, ask.form.get("base", ""), fields, remove=gone)
    try:
        done = editing.save(ctx, ref, change, _choice(ask))
    except TwoTexts as error:
        return _both(ask, change, error)
    except KbError as error:
        try:
            form = editing.opened(ctx, ref, place, change.base)
        except KbError:
            raise error from None
        return _page(ask, form._replace(fields=form.fields | fields), error)
    row, meeting = meetings.find(ctx, ref)
    at = "top" if place.what == "head" else _anchor(meeting, done.line) if done.line else ""
    return go(meeting_path(row.account, row.id), at)


def _place(said: Mapping[str, str]) -> Place:
    """Return what an address or a form names; `WrongUse("web-bad-form")` for anything else."""
    what, line = said.get("what", "line"), said.get("line", "")
    number = (
        int(line) if line.isdecimal() and line.isascii() and len(line) <= LONGEST_LINE else None
    )
    if what not in WHAT or (line and number is None) or (what == "line" and number is None):
        raise WrongUse("web-bad-form")
    return Place(what, number)


def _choice(ask: Ask) -> Choice | None:
    """Return what was picked, row by row; both stay where nothing was said."""
    known = ask.form.get("texts", "")
    count = ask.form.get("rows", "")
    if not known or not count.isdecimal() or len(count) > LONGEST_LINE:
        return None
    picks: list[Pick] = []
    for number in range(min(int(count), len(ask.form))):
        said = ask.form.get(f"pick-{number}", "both")
        picks.append(next((one for one in PICKS if one == said), "both"))
    return Choice(known, tuple(picks))


def _anchor(meeting: "Meeting", line: int) -> str:
    """Return where a line stands on the meeting's page."""
    named = {one.line: one.id for one in meeting.topics}
    named |= {one.line: one.id for one in meeting.decisions}
    named |= {one.line: one.id for one in meeting.todos}
    named |= {one.line: one.id for one in meeting.insights}
    named |= {one.line: one.id for one in meeting.hypotheses}
    return anchor(named.get(line), line)


def _page(ask: Ask, form: Opened, error: KbError | None = None) -> Response:
    row, meeting = meetings.find(ask.ctx, ref_of(ask))
    found = ask.ctx.store.read(row.path)
    people = read_people(frontmatter.read(found.data)) if found else {}
    return ask.show(
        "edit.html.j2",
        status=trouble.status_of(error) if error else 200,
        **_head(ask, row, meeting),
        form=form,
        names=names_of(ask.ctx, people),
        owners=[*ask.ctx.settings.members, *people],
        error=trouble.told(ask, error) if error else None,
    )


def _both(ask: Ask, change: Change, error: TwoTexts) -> Response:
    row, meeting = meetings.find(ask.ctx, ref_of(ask))
    sent = {"what": change.place.what, "base": change.base, **change.fields}
    if change.place.line is not None:
        sent["line"] = str(change.place.line)
    number = 0
    places = []
    for place in error.places:
        shown = []
        for one in place.rows:
            shown.append(_shown(one, None if one.same else number))
            number += not one.same
        places.append((_bare(place.where), shown))
    return ask.show(
        "edit_both.html.j2",
        status=trouble.status_of(error),
        **_head(ask, row, meeting),
        form_name=editing.opened_at(ask.ctx, ref_of(ask), change.place, change.base).name,
        sent=sent,
        remove=change.remove,
        places=places,
        count=number,
        texts=error.digest,
        by=editing_who.since(ask.ctx, row.path, change.base),
        error=trouble.told(ask, error),
    )


def _head(ask: Ask, row: "Listed", meeting: "Meeting") -> dict[str, object]:
    """Return what stands above both pages."""
    return {
        "here": "accounts",
        "meeting": meeting,
        "account": accounts.one(ask.ctx, row.account),
        "path": meeting_path(row.account, row.id),
    }


def _shown(row: "Row", number: int | None) -> Shown:
    """Return a row with what differs marked; ids and marks of lists are for machines."""
    theirs, mine = (None if side is None else _bare(side) for side in (row.theirs, row.mine))
    if number is None:
        return Shown(None, (Stretch("same", theirs or ""),), None)
    if theirs is None or mine is None:
        return Shown(number, _whole(theirs), _whole(mine))
    found = stretches(theirs, mine)
    old = (
        one if one.kind == "same" else Stretch("ins", one.text)
        for one in found
        if one.kind != "ins"
    )
    return Shown(number, tuple(old), tuple(one for one in found if one.kind != "del"))


def _whole(line: str | None) -> tuple[Stretch, ...] | None:
    return None if line is None else (Stretch("ins", line),)


def _bare(line: str) -> str:
    """Return a line as people read it: without hashes, bullet and ids."""
    return without_ids(line)[len(take_apart(line).prefix) :].strip()
