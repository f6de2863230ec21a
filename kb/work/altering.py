"""Changing one meeting of a document: found again under the lock, one commit, its id in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound
from kb.messages import say
from kb.text import change, frontmatter
from kb.work.places import account_of, meeting_id, read_document, target

if TYPE_CHECKING:
    from kb.model.meeting import Meeting
    from kb.model.reading import Reader
    from kb.text.outline import Document
    from kb.work.context import Context


class Moved(NamedTuple):
    """A meeting whose heading was changed; `commit` is None when nothing had to be.

    Where the branch had the change already, and only the file lacked it, `commit` is the
    branch's last one. `date` is the day that the meeting had before.
    """

    id: str
    path: str
    commit: str | None
    account: str
    date: str


@dataclass(slots=True)
class Place:
    """The meeting in one state of its document, while it is being changed."""

    document: "Document"
    index: int
    account: str
    lang: str
    id: str


def save(
    ctx: "Context",
    ref: str,
    alter: Callable[[Place], None],
    code: str,
    told: dict[str, str],
    trailers: Sequence[tuple[str, str]] = (),
) -> Moved:
    """Change the meeting under the lock, as one commit; its heading gets its id.

    `alter` changes the place's document and may be run again; `code` and `told` make the
    commit's sentence. Raises what finding the meeting raises, and what `alter` and saving do.
    """
    from kb.store.ports import Edit

    where = target(ctx, ref)
    made: dict[str, str] = {}

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-file", path=where.path)
        place = place_in(ctx, data, where.path, where.find)
        meeting = place.document.meeting(place.index)
        made.update(id=place.id, account=place.account, date=meeting.date)
        if place.id not in meeting.ids:
            place.document = change.give_id(place.document, meeting.root, place.id)
        alter(place)
        return place.document.data

    snapshot = ctx.store.read(where.path)
    before = snapshot.data if snapshot else None
    lacked = apply(before) != before
    message = say(code, ctx.settings.lang, **{**made, **told})[0]
    saved = ctx.store.save(
        [Edit(where.path, apply)],
        actor=ctx.actor,
        message=message,
        trailers=[("Kb-Meeting", made["id"]), *trailers],
        when=ctx.now,
    )
    ctx.tell(where.path, saved)
    brought = lacked and where.path in saved.merged  # an old buffer had been written over it
    commit = saved.commit or (ctx.store.head() if brought else None)
    return Moved(made["id"], where.path, commit, made["account"], made["date"])


def place_in(ctx: "Context", data: bytes, path: str, find: "Callable[[Document], int]") -> Place:
    """Return the meeting that `find` finds in these bytes; raises what `find` raises."""
    document = read_document(ctx, data, path)
    index = find(document)
    account = account_of(data, path)
    own = frontmatter.scalar(data, "lang")
    lang = own if own in ("ja", "en") else ctx.settings.lang
    return Place(document, index, account, lang, meeting_id(document.meeting(index), account))


def meeting_at(ctx: "Context", place: Place) -> "Meeting":
    """Return the meeting of the model as the document has it now."""
    return _reader(ctx, place).read(place.document.meeting(place.index))


def meetings_of(ctx: "Context", place: Place) -> "list[Meeting]":
    """Return all meetings of the place's document as it has them now."""
    reader = _reader(ctx, place)
    return [reader.read(meeting) for meeting in place.document.meetings if meeting.counts]


def _reader(ctx: "Context", place: Place) -> "Reader":
    from kb.model.people import read_people
    from kb.model.reading import Reader

    data = place.document.data
    return Reader(
        data,
        ctx.names,
        account=place.account,
        path="",
        members=ctx.settings.members,
        people=read_people(frontmatter.read(data)),
    )


def read(ctx: "Context", ref: str) -> "Meeting":
    """Return the meeting as its document has it before the change."""
    where = target(ctx, ref)
    snapshot = ctx.store.read(where.path)
    if snapshot is None:
        raise NotFound("no-file", path=where.path)
    return meeting_at(ctx, place_in(ctx, snapshot.data, where.path, where.find))
