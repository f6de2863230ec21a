"""A meeting's later life: its minutes are complete, it moves to another day, it is called off."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotAllowed, NotFound, WrongUse
from kb.messages import say
from kb.text import change, frontmatter
from kb.text.find import item_at, section_at
from kb.text.lines import Span, decode, encode
from kb.text.names import LABELS, written
from kb.work.places import account_of, meeting_id, read_document, target

if TYPE_CHECKING:
    from kb.model.meeting import Meeting
    from kb.text.outline import Document
    from kb.work.context import Context

COLOURS = ("green", "lime", "yellow", "red")
"""How a meeting felt, from best to worst."""


class Closed(NamedTuple):
    """When the meeting ended and its minutes were complete (with offset), and how well in time.

    `commit` is None when they had been complete before and nothing was changed.
    """

    id: str
    path: str
    ended: datetime
    closed: datetime
    minutes_after_end: float
    within_target: bool
    commit: str | None


class Moved(NamedTuple):
    """A meeting whose heading was changed; `commit` is None when nothing had to be."""

    id: str
    path: str
    commit: str | None


@dataclass(slots=True)
class _Place:
    """The meeting in one state of its document, while it is being changed."""

    document: "Document"
    index: int
    account: str
    lang: str
    id: str


def close(
    ctx: "Context", ref: str, *, at: str | None = None, gut: str | None = None, why: str | None = None
) -> Closed:
    """Record when the minutes were complete: now, or `at` (a time, or a day and a time).

    Lines that have no id get theirs. `gut` is one of the four colours, written into the internal
    memo with `why`. Complete minutes keep their time unless `at` says another.

    Raises `WrongUse` ("meeting-cancelled", "not-begun", "bad-time", "bad-colour",
    "why-without-gut"), `NotAllowed("close-required")` when the team requires what is missing,
    and what finding the meeting raises.
    """
    from kb.model import policy
    from kb.model.state import ends

    colour = _colour(gut, why)
    meeting = _read(ctx, ref)
    closed = _closing_time(ctx, meeting, at)
    _may_close(ctx, ref)
    write_time = meeting.minutes is None or at is not None
    if not _has_minutes(meeting):
        ctx.hints.append(("hint-empty-minutes", {}))
    within = ctx.settings.policies.done_within_minutes

    def fill(place: _Place) -> None:
        if write_time:
            shown = _up_to_minute(closed).strftime("%Y-%m-%d %H:%M")
            place.document = change.set_head_field(
                place.document, place.index, "minutes", shown, place.lang
            )
        if colour:
            _write_gut(place, f"{colour} {why or ''}".strip())
        _give_ids(ctx, place)

    code = "did-meeting-close"
    trailers = [("Kb-Closed", closed.isoformat(timespec="seconds"))] if write_time else []
    done = _save(ctx, ref, fill, code, {}, trailers)
    ended = ends(meeting).replace(tzinfo=ctx.settings.tz)
    return Closed(
        done.id,
        done.path,
        ended,
        closed,
        policy.minutes_after(ended, closed),
        policy.within_target(ended, closed, within),
        done.commit,
    )


def move(
    ctx: "Context", ref: str, date: str, *, start: str | None = None, end: str | None = None
) -> Moved:
    """Give a meeting another day (and times); it goes where its day belongs, its ids stay.

    Raises `WrongUse` ("bad-date", "bad-time", "bad-times", "meeting-exists") and what finding
    the meeting raises.
    """
    from kb.work.meetings import clock_of, date_of

    day = date_of(date)
    begins = clock_of(start) if start else None
    finish = clock_of(end) if end else None
    meeting = _read(ctx, ref)
    if finish and finish <= (begins or meeting.start or "99:99"):
        raise WrongUse("bad-times", start=begins or meeting.start or "—", end=finish)

    def redate(place: _Place) -> None:
        _refuse_second(place, day, begins or meeting.start)
        place.document = change.redate(place.document, place.index, day, begins)
        if begins or finish:
            shown = _times(meeting, begins, finish)
            place.document = change.set_head_field(
                place.document, place.index, "time", shown, place.lang
            )
        place.document = _in_order(place)

    told = {"date": meeting.date, "new": f"{day} {begins or ''}".strip()}
    return _save(ctx, ref, redate, "did-meeting-move", told)


def cancel(ctx: "Context", ref: str) -> Moved:
    """Write into the heading that the meeting was called off; everything in it stays."""

    def mark(place: _Place) -> None:
        place.document = change.mark_cancelled(place.document, place.index, place.lang)

    return _save(ctx, ref, mark, "did-meeting-cancel", {})


# What all three share


def _save(
    ctx: "Context",
    ref: str,
    alter: Callable[[_Place], None],
    code: str,
    told: dict[str, str],
    trailers: "list[tuple[str, str]] | None" = None,
) -> Moved:
    """Change the meeting under the lock, as one commit; its heading gets its id."""
    from kb.store.ports import Edit

    where = target(ctx, ref)
    made: dict[str, str] = {}

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=where.path)
        place = _place(ctx, data, where.path, where.find)
        meeting = place.document.meeting(place.index)
        made.update(id=place.id, account=place.account, date=meeting.date)
        if place.id not in meeting.ids:
            place.document = change.give_id(place.document, meeting.root, place.id)
        alter(place)
        return place.document.data

    snapshot = ctx.store.read(where.path)
    apply(snapshot.data if snapshot else None)
    message = say(code, ctx.settings.lang, **{**made, **told})[0]
    saved = ctx.store.save(
        [Edit(where.path, apply)],
        actor=ctx.actor,
        message=message,
        trailers=[("Kb-Meeting", made["id"]), *(trailers or [])],
        when=ctx.now,
    )
    return Moved(made["id"], where.path, saved.commit)


def _place(
    ctx: "Context", data: bytes, path: str, find: "Callable[[Document], int]"
) -> _Place:
    document = read_document(ctx, data, path)
    index = find(document)
    account = account_of(data, path)
    own = frontmatter.scalar(data, "lang")
    lang = own if own in ("ja", "en") else ctx.settings.lang
    return _Place(document, index, account, lang, meeting_id(document.meeting(index), account))


def _meeting(ctx: "Context", place: _Place) -> "Meeting":
    """Return the meeting of the model as the document has it now."""
    from kb.model.people import read_people
    from kb.model.reading import Reader

    data = place.document.data
    reader = Reader(
        data,
        ctx.names,
        account=place.account,
        path="",
        members=ctx.settings.members,
        people=read_people(frontmatter.read(data)),
    )
    return reader.read(place.document.meeting(place.index))


def _read(ctx: "Context", ref: str) -> "Meeting":
    """Return the meeting as its document has it before the change."""
    where = target(ctx, ref)
    snapshot = ctx.store.read(where.path)
    if snapshot is None:
        raise NotFound("no-file", path=where.path)
    return _meeting(ctx, _place(ctx, snapshot.data, where.path, where.find))


# Closing

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
    elif meeting.minutes and (found := _AT.search(meeting.minutes)) and found["day"]:
        date = day(found["day"]) or meeting.date
        closed = datetime.fromisoformat(f"{date}T{found['clock']:0>5}")
        closed = closed.replace(tzinfo=ctx.settings.tz)
    begun = starts(meeting).replace(tzinfo=ctx.settings.tz)
    if closed < begun:
        when = begun.strftime("%Y-%m-%d %H:%M" if meeting.start else "%Y-%m-%d")
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


def _give_ids(ctx: "Context", place: _Place) -> None:
    """Write the ids of the meeting's lines that have none yet."""
    meeting = _meeting(ctx, place)
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


def _write_gut(place: _Place, value: str) -> None:
    """Write the gut colour into the internal memo; one that stands there is replaced."""
    from kb.text.escape import escape
    from kb.text.splice import splice
    from kb.text.compose import New
    from kb.text.write import add

    document = place.document
    label = encode(f"{written(LABELS, 'gut', place.lang)}: ")
    shown = encode(" ".join(escape(value, document.names, labelled=True).split("\n")))
    root = document.section(place.index)
    old = [item for item in root.all_items() if item.label == "gut"]
    if old:
        place.document = splice(document, old[-1].para, label + shown).document
        return
    made = add(
        document, place.index, New("memo", value), lang=place.lang, account=place.account
    )
    item = item_at(made.document, made.line)
    place.document = splice(made.document, item.para, label + shown).document


# Moving


def _refuse_second(place: _Place, day: str, start: str | None) -> None:
    for index, chunk in enumerate(place.document.chunks):
        if chunk.kind != "meeting" or index == place.index:
            continue
        other = place.document.meeting(index)
        if other.counts and not other.cancelled and (other.date, other.start) == (day, start):
            raise WrongUse(
                "meeting-exists",
                account=place.account,
                at=f"{day} {start or ''}".strip(),
                title=other.title,
                id=meeting_id(other, place.account),
            )


def _times(meeting: "Meeting", begins: str | None, finish: str | None) -> str:
    """Return the time line; a meeting that only starts at another time stays as long as it was."""
    from kb.model.state import ends, starts

    start = begins or meeting.start or ""
    if finish is None and meeting.end and begins:
        length = ends(meeting) - starts(meeting)
        finish = (datetime.fromisoformat(f"{meeting.date}T{begins}") + length).strftime("%H:%M")
    return f"{start}–{finish}" if finish else start


def _in_order(place: _Place) -> "Document":
    """Return the document with the meeting where its new day belongs."""
    from kb.text.arrange import insert_meeting, newest_first
    from kb.text.outline import parse

    document, index = place.document, place.index
    others = [
        (number, (m.date, m.start or ""))
        for number, chunk in enumerate(document.chunks)
        if chunk.kind == "meeting" and number != index and (m := document.meeting(number))
    ]
    moved = document.meeting(index)
    when = (moved.date, moved.start or "")
    span = document.chunks[index].span
    rest = document.data[: span.start] + document.data[span.stop :]
    without = parse(rest, document.names)
    newest = newest_first(without)
    above = [at for number, at in others if number < index]
    below = [at for number, at in others if number > index]
    if newest:
        fits = all(at >= when for at in above[-1:]) and all(at <= when for at in below[:1])
    else:
        fits = all(at <= when for at in above[-1:]) and all(at >= when for at in below[:1])
    if fits:
        return document
    text = decode(document.data[span.start : span.stop])
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return insert_meeting(without, _at_level_two(lines, document.level)).document


def _at_level_two(text: str, level: int) -> str:
    """Return a meeting's text as `insert_meeting` takes it: headings from level 2 on."""
    by = 2 - level
    if by == 0:
        return text
    return re.sub(
        r"^(#{1,6})(?=\s|$)",
        lambda found: "#" * min(6, max(1, len(found[1]) + by)),
        text,
        flags=re.MULTILINE,
    )
