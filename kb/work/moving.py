"""A meeting moves to another day, or is called off."""

from datetime import datetime
from typing import TYPE_CHECKING

from kb.errors import WrongUse
from kb.text import change
from kb.text.lines import decode
from kb.work.altering import Moved, Place, read, save
from kb.work.places import meeting_id

if TYPE_CHECKING:
    from kb.model.meeting import Meeting
    from kb.text.outline import Document
    from kb.work.context import Context


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
    meeting = read(ctx, ref)
    if finish and finish <= (begins or meeting.start or "99:99"):
        raise WrongUse("bad-times", start=begins or meeting.start or "—", end=finish)

    def redate(place: Place) -> None:
        _refuse_second(place, day, begins or meeting.start)
        place.document = change.redate(place.document, place.index, day, begins)
        if begins or finish:
            shown = _times(meeting, begins, finish)
            place.document = change.set_head_field(
                place.document, place.index, "time", shown, place.lang
            )
        place.document = _in_order(place)

    told = {"date": meeting.date, "new": f"{day} {begins or ''}".strip()}
    return save(ctx, ref, redate, "did-meeting-move", told)


def cancel(ctx: "Context", ref: str) -> Moved:
    """Write into the heading that the meeting was called off; everything in it stays."""

    def mark(place: Place) -> None:
        place.document = change.mark_cancelled(place.document, place.index, place.lang)

    return save(ctx, ref, mark, "did-meeting-cancel", {})


def _refuse_second(place: Place, day: str, start: str | None) -> None:
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


def _in_order(place: Place) -> "Document":
    """Return the document with the meeting where its new day belongs."""
    from kb.text.arrange import at_level_two, insert_meeting, newest_first
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
    return insert_meeting(without, at_level_two(lines, document.level)).document
