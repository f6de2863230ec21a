"""Closing a meeting: when its minutes were complete, how it felt, ids for all its lines."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotAllowed, WrongUse
from kb.text import change
from kb.text.find import item_at, section_at
from kb.text.lines import encode
from kb.text.names import LABELS, written
from kb.work.altering import Place, meeting_at, meetings_of, read, save
from kb.work.places import tick_carried
from kb.work.typed import refuse_nul

if TYPE_CHECKING:
    from kb.model.meeting import Meeting
    from kb.work.context import Context

COLOURS = ("green", "lime", "yellow", "red")
"""How a meeting felt, from best to worst."""


class Closed(NamedTuple):
    """When the meeting ended and its minutes were complete (with offset), and how well in time.

    `unjudged` are the ids of hypotheses without a verdict, `undecided` the titles of topics
    without a decision. `commit` is None when nothing was changed.
    """

    id: str
    path: str
    ended: datetime
    closed: datetime
    minutes_after_end: float
    within_target: bool
    unjudged: tuple[str, ...]
    undecided: tuple[str, ...]
    commit: str | None


def close(
    ctx: "Context",
    ref: str,
    *,
    at: str | None = None,
    gut: str | None = None,
    why: str | None = None,
) -> Closed:
    """Record when the minutes were complete: now, or `at` (a time, or a day and a time).

    Lines that have no id get theirs. `gut` is one of the four colours, written into the internal
    memo with `why`. Complete minutes keep their time unless `at` says another.

    Raises `WrongUse` ("meeting-cancelled", "not-begun", "bad-time", "bad-colour",
    "why-without-gut", "closed-ahead", "closed-before"), `NotAllowed("close-required")`
    when the team requires what is missing, and what finding the meeting raises.
    """
    from kb.model import policy
    from kb.model.state import ends

    refuse_nul(why)
    colour = _colour(gut, why)
    meeting = read(ctx, ref)
    closed = _closing_time(ctx, meeting, at)
    _may_close(ctx, ref)
    write_time = meeting.minutes is None or at is not None
    if not _has_minutes(meeting):
        ctx.hints.append(("hint-empty-minutes", {}))
    within = ctx.settings.policies.done_within_minutes

    def fill(place: Place) -> None:
        if write_time:
            shown = _up_to_minute(closed).strftime("%Y-%m-%d %H:%M")
            place.document = change.set_head_field(
                place.document, place.index, "minutes", shown, place.lang
            )
        if colour:
            _write_gut(place, f"{colour} {(why or '').strip()}".strip())
        give_ids(ctx, place)
        place.document = tick_carried(place.document, meetings_of(ctx, place))

    code = "did-meeting-close"
    trailers = [("Kb-Closed", closed.isoformat(timespec="seconds"))] if write_time else []
    done = save(ctx, ref, fill, code, {}, trailers)
    ended = ends(meeting).replace(tzinfo=ctx.settings.tz)
    return Closed(
        done.id,
        done.path,
        ended,
        closed,
        policy.minutes_after(ended, closed),
        policy.within_target(ended, closed, within),
        tuple(claim.id for claim in meeting.hypotheses if claim.verdict is None),
        tuple(topic.title for topic in meeting.topics if topic.title and not topic.decisions),
        done.commit,
    )


_AT = re.compile(r"(?:(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ])?(?P<clock>\d{1,2}:\d{2})")


def _colour(gut: str | None, why: str | None) -> str | None:
    if gut is None:
        if why is not None:
            raise WrongUse("why-without-gut")
        return None
    colour = gut.strip().casefold()
    if colour not in COLOURS:
        raise WrongUse("bad-colour", value=gut, colours=" ".join(COLOURS))
    return colour


def _closing_time(ctx: "Context", meeting: "Meeting", at: str | None) -> datetime:
    """Return when the minutes were complete, with an offset."""
    from kb.model.state import starts
    from kb.text.dates import day

    if meeting.cancelled:
        raise WrongUse("meeting-cancelled", account=meeting.account, date=meeting.date)
    closed = ctx.now
    if at is not None:
        closed = _moment(ctx, meeting, at)
        if closed > _up_to_minute(ctx.now):
            shown = closed.strftime("%Y-%m-%d %H:%M")
            raise WrongUse("closed-ahead", at=shown, now=ctx.now.strftime("%Y-%m-%d %H:%M"))
    elif meeting.minutes and (found := _AT.search(meeting.minutes)) and found["day"]:
        date = day(found["day"]) or meeting.date
        closed = datetime.fromisoformat(f"{date}T{found['clock']:0>5}")
        closed = closed.replace(tzinfo=ctx.settings.tz)
    begun = starts(meeting).replace(tzinfo=ctx.settings.tz)
    if closed < begun:
        when = begun.strftime("%Y-%m-%d %H:%M" if meeting.start else "%Y-%m-%d")
        if begun <= ctx.now:
            raise WrongUse("closed-before", at=closed.strftime("%Y-%m-%d %H:%M"), when=when)
        raise WrongUse("not-begun", account=meeting.account, when=when)
    return closed


def _moment(ctx: "Context", meeting: "Meeting", at: str) -> datetime:
    """Read `14:54`, `2026-11-25 14:54` or a time with an offset."""
    from kb.text.dates import day
    from kb.work.meetings import clock_of

    found = _AT.fullmatch(at.strip())
    if found:
        date = day(found["day"]) if found["day"] else meeting.date
        if date is None:
            raise WrongUse("bad-date", value=at)
        moment = datetime.fromisoformat(f"{date}T{clock_of(found['clock'])}")
        return moment.replace(tzinfo=ctx.settings.tz)
    try:
        moment = datetime.fromisoformat(at.strip())
    except ValueError:
        raise WrongUse("bad-time", value=at) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ctx.settings.tz)
    return moment.astimezone(ctx.settings.tz)


def _has_minutes(meeting: "Meeting") -> bool:
    """Tell whether anything was written down in the meeting or about it."""
    said = any(topic.said for topic in meeting.topics)
    return bool(said or meeting.decisions or meeting.todos or meeting.insights or meeting.memo)


def _up_to_minute(moment: datetime) -> datetime:
    """Return the full minute by which something was done."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def _may_close(ctx: "Context", ref: str) -> None:
    """Refuse while something is missing that the team requires and that can still be written."""
    from kb.model.policy import REQUIRED_TO_CLOSE
    from kb.work.checks import check

    levels = ctx.settings.policies.checks
    if not any(levels[code] == "require" for code in REQUIRED_TO_CLOSE):
        return
    _, found = check(ctx, ref)
    missing = [p for p in found if p.severity == "error" and p.code in REQUIRED_TO_CLOSE]
    if missing:
        raise NotAllowed("close-required", count=len(missing), first=missing[0].message, ref=ref)


def give_ids(ctx: "Context", place: Place) -> None:
    """Write the ids of the meeting's lines that have none yet."""
    meeting = meeting_at(ctx, place)
    document = place.document
    for line, id_ in _lines_without(meeting):
        document = change.give_id(document, item_at(document, line), id_)
    for topic in meeting.topics:
        if topic.title and not topic.given and topic.link is None:
            document = change.give_id(document, section_at(document, topic.line), topic.id)
    place.document = document


def _lines_without(meeting: "Meeting") -> Iterator[tuple[int, str]]:
    kinds = (meeting.hypotheses, meeting.decisions, meeting.todos, meeting.insights)
    for kind in (*kinds, meeting.requests):
        for one in kind:
            if not one.given:
                yield one.line, one.id


def _write_gut(place: Place, value: str) -> None:
    """Write the gut colour into the internal memo; one that stands there is replaced."""
    from kb.text.compose import New
    from kb.text.escape import escape, one_line
    from kb.text.splice import splice
    from kb.text.write import add

    document = place.document
    label = encode(f"{written(LABELS, 'gut', place.lang)}: ")
    shown = encode(escape(one_line(value), document.names, labelled=True))
    root = document.section(place.index)
    old = [item for item in root.all_items() if item.label == "gut"]
    if old:
        place.document = splice(document, old[-1].para, label + shown).document
        return
    made = add(document, place.index, New("memo", value), lang=place.lang, account=place.account)
    item = item_at(made.document, made.line)
    place.document = splice(made.document, item.para, label + shown).document
