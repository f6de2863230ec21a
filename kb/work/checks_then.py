"""What a document said of a meeting when it began: the history is asked once for each."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kb.remembered import Remembered

if TYPE_CHECKING:
    from kb.catalogue.catalogue import Boundaries
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting
    from kb.store.ports import Revision
    from kb.work.context import Context

IMPORTED = frozenset({"import", "imported"})
"""Sources of commits that say nothing about when their text was written."""


class Then(NamedTuple):
    """A meeting as it stood at a moment (None: it did not), and whether it was written here.

    An import, or a hand that wrote before there was kb, says nothing of when a claim was made.
    `commit` is the state of the history that was asked. Unless it is `own`, the meeting may be that
    of another document, which had the name before; `there` is the commit in which it stood.
    """

    meeting: "Meeting | None"
    written: bool
    commit: str | None
    own: bool = True
    there: str | None = None


_asked: Remembered[Then] = Remembered(2_000)


def then(ctx: "Context", row: "Listed", moment: datetime, *, own: bool = False) -> Then:
    """Return how the meeting of a row stood at `moment`.

    What was saved after the moment changes nothing of that: the history is asked again only when
    something else came into it. That it is the document's `own` past takes longer to know, so it is
    asked before anything is said of it.
    """
    how = (ctx.names.digest, tuple(ctx.settings.members))
    key = (ctx.store.git_dir, row.path, row.account, row.id, row.date, row.start, moment, how)
    known = _asked.get(key)
    head = ctx.store.head()
    if known is not None and known.commit != head:
        later = ctx.store.only_after(head, known.commit, moment, row.path)
        known = known._replace(commit=head) if later else None
    if known is None:
        found = ctx.store.as_of(moment, row.path)
        meeting = _meeting_in(ctx, row, found[1]) if found else None
        there = found[0] if found else None
        known = Then(meeting, written=True, commit=head, own=False, there=there)
    if not known.own and (own or known.meeting is None):
        sure = _own(ctx, row, moment, known)
        if sure is None:  # not committed yet: it stands in the work tree only
            return Then(None, written=True, commit=head)
        known = sure
    return _asked.put(key, known)


def _own(ctx: "Context", row: "Listed", moment: datetime, found: Then) -> Then | None:
    """Return what was found under a document's name as its own past tells it, through its renames.

    None when no commit has the meeting.
    """
    meeting = found.meeting
    if meeting is not None and ctx.store.only_after(found.commit, found.there, moment, row.path):
        return found._replace(own=True)  # the name was never given up since
    past = ctx.store.history(row.path)
    was = next((one for one in past if one.at <= moment), None)
    if was is None or was.path != row.path:  # another document had its name, or none
        data = ctx.store.at(was.commit, was.path) if was else None
        meeting = _meeting_in(ctx, row, data) if data is not None else None
    if meeting is not None:
        return found._replace(meeting=meeting, own=True)
    source = _first_source(ctx, row, [one for one in past if one.at >= moment])
    if source is None:
        return None
    written = source != "" and source not in IMPORTED
    return Then(None, written=written, commit=found.commit)


def _meeting_in(ctx: "Context", row: "Listed", data: bytes) -> "Meeting | None":
    """Return the meeting of a row as another text of its document has it, or None."""
    from kb.model.people import read_people
    from kb.model.reading import Reader
    from kb.text import frontmatter
    from kb.text.outline import parse

    document = parse(data, ctx.names, _boundaries(ctx, row.path, data))
    same = []
    for index, chunk in enumerate(document.chunks):
        part = data[chunk.span.start : chunk.span.stop]
        if chunk.kind == "meeting" and (row.id.encode() in part or _may_be_of(row.date, part)):
            text = document.meeting(index)
            if row.id in text.ids or text.date == row.date:
                same.append(text)
    if not same:
        return None
    by_id = [text for text in same if row.id in text.ids]
    by_time = [text for text in same if text.start == row.start]
    reader = Reader(
        data,
        ctx.names,
        account=row.account,
        path=row.path,
        members=ctx.settings.members,
        people=read_people(frontmatter.read(data)),
    )
    return reader.read((by_id or by_time or same)[0])


def _boundaries(ctx: "Context", path: str, data: bytes) -> "Boundaries | None":
    """Return the boundaries of another text of a document, if they need not all be found anew.

    Mostly it differs from the text as it is in one stretch: the rest is where it is known to be.
    """
    from kb.store.objects import blob_id
    from kb.text.again import Before, boundaries_again

    known = ctx.catalogue.boundaries(blob_id(data))
    now = ctx.store.read(path) if known is None else None
    held = ctx.catalogue.boundaries(now.blob) if now else None
    if now is None or held is None:
        return known
    before = Before(*held, len(now.data))

    def same(index: int, part: bytes) -> bool:
        return part == now.data[before.chunks[index][1] : before.stop(index)]

    return boundaries_again(data, ctx.names, before, same)


def _first_source(ctx: "Context", row: "Listed", after: "list[Revision]") -> str | None:
    """Return where the text came from with which the meeting first came into the document.

    "" when its commit does not say so, None when no commit has the meeting.
    """
    for revision in reversed(after):
        data = ctx.store.at(revision.commit, revision.path)
        if data is not None and _meeting_in(ctx, row, data) is not None:
            return dict(revision.trailers).get("Kb-Source", "")
    return None


def _may_be_of(date: str, part: bytes) -> bool:
    """Tell whether a section may be of a meeting on this day, from its first line alone."""
    from kb.text.dates import heading_date
    from kb.text.lines import decode

    first = decode(part.partition(b"\n")[0]).strip(" #\t\r")
    found = heading_date(first)
    return found is None or found.date == date
