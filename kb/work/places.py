"""Where a line is to go: an account's document and one of its meetings, found in the bytes alone.

`kb add` must not wait for lists, so it reads the one document that is meant; what that document
can't tell (ids, accounts in other folders) is asked of the catalogue.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kb.config import SLUG
from kb.errors import KbError, NotFound, WrongUse
from kb.model.state import meant
from kb.store.worktree import has_markers, read_settled
from kb.text import frontmatter
from kb.text.dates import day, heading_date
from kb.text.ids import PATTERN, derive
from kb.text.lines import decode
from kb.text.outline import Document, parse

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting as Read
    from kb.text.document import Meeting
    from kb.work.context import Context

LONG = 64 * 1024
"""Of a longer document (bytes) it pays to open the catalogue and ask where its meetings begin."""
LONG_WHEN_OPEN = 8 * 1024
"""Of a longer document (bytes) it pays to ask a catalogue that is open anyway."""
LARGEST = 20 * 1024 * 1024
"""A larger document (bytes) is neither read nor written."""


class Target(NamedTuple):
    """A document, and how to find the meeting in any state of it: `find` gives its chunk's index.

    It means the same meeting in every state, though a save may merge another day of it in. It
    raises `NotFound` ("no-meeting", "no-meetings-yet", "no-id") or `WrongUse("two-meetings")`.
    """

    path: str
    find: Callable[[Document], int]


class _Timed(NamedTuple):
    """A meeting of a document as `kb.model.state` wants to see it, and its chunk's number."""

    chunk: int
    date: str
    start: str | None
    end: str | None
    cancelled: bool
    minutes: str | None = None
    prepared: bool = False


def target(context: "Context", ref: str) -> Target:
    """Return what `ref` names: `acme`, `acme/2026-11-25`, `acme/2026-11-25T14:00` or `m-4k7q2x`.

    Raises `WrongUse("bad-ref")`, `NotFound("no-account")`, and for ids what the catalogue raises.
    """
    word = unicodedata.normalize("NFC", ref.strip())
    name, slash, rest = word.partition("/")
    if PATTERN.fullmatch(word.removeprefix("^")) or PATTERN.fullmatch(rest.removeprefix("^")):
        return _of_row(context.catalogue.meeting(word, now_of(context)))
    if not SLUG.fullmatch(name):
        raise WrongUse("bad-ref", ref=ref)
    path = document_of(context, name)
    if not slash:
        now = now_of(context)
        return Target(path, _keeping(name, lambda document: _meant(document, name, now)))
    date, time = _date_and_time(rest)
    if date is None:
        raise WrongUse("bad-ref", ref=ref)
    return Target(path, _keeping(name, lambda document: _on(document, name, date, time)))


def document_of(context: "Context", name: str) -> str:
    """Return the path of an account's document; `NotFound("no-account")`."""
    path = f"accounts/{name}.md"
    found = text_of(context, path)
    if found is not None and account_of(found, path) == name:
        return path
    return context.catalogue.account(name).path


def text_of(context: "Context", path: str, *, settled: bool = False) -> bytes | None:
    """Return the text of a document as a save would find it.

    That is the last saved one while a merge has left its marks in the file, and while an editor
    has emptied it or taken it away. With `settled` whoever writes it just now may finish first.
    """
    found = context.store.read(path)
    if found is not None and found.data and not settled and not has_markers(found.data):
        return found.data
    head = context.store.head()
    saved = context.store.at(head, path) if head else None
    quiet = read_settled(context.root, path, saved)
    if quiet is not None and quiet.data and not has_markers(quiet.data):
        return quiet.data
    return saved if saved is not None or quiet is None else quiet.data


def account_of(data: bytes, path: str) -> str:
    """Return the account that a document says it is, else the one that its name says."""
    named = frontmatter.scalar(data, "account") or path.rpartition("/")[2].removesuffix(".md")
    return unicodedata.normalize("NFC", named)


def now_of(context: "Context") -> datetime:
    """Return the moment in the team's own time, naive, as meetings are written."""
    return context.now.replace(tzinfo=None)


def read_document(context: "Context", data: bytes, path: str) -> Document:
    """Return the structure of a document; `WrongUse("document-too-large")` over 20 MB."""
    if len(data) > LARGEST:
        raise WrongUse("document-too-large", path=path, limit=LARGEST // 1024 // 1024)
    boundaries = None
    if pays_to_ask(context, data):
        from kb.store.objects import blob_id

        boundaries = context.catalogue.boundaries(blob_id(data))
    return parse(data, context.names, boundaries)


def pays_to_ask(context: "Context", data: bytes) -> bool:
    """Tell whether the catalogue is to know where the meetings of a document begin."""
    return len(data) > (LONG_WHEN_OPEN if context.has_catalogue else LONG)


def tick_carried(document: Document, meetings: "Iterable[Read]") -> Document:
    """Tick every TODO off in its own place that a later meeting ticked where it was carried to.

    `meetings` are all those of the document as it is.
    """
    from kb.model.ticks import ticked_elsewhere
    from kb.text.change import tick
    from kb.text.find import item_at

    read = list(meetings)
    ticked = ticked_elsewhere(read)
    for todo in (todo for meeting in read for todo in meeting.todos):
        if todo.id in ticked and not todo.done:
            document = tick(document, item_at(document, todo.line))
    return document


def _date_and_time(rest: str) -> tuple[str | None, str | None]:
    date, mark, clock = rest.replace(" ", "T", 1).partition("T")
    if not mark:
        return day(date), None
    hour, colon, minute = clock.strip().partition(":")
    fine = colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2
    if not fine or int(hour) > 23 or int(minute) > 59:
        return None, None
    return day(date), f"{int(hour):02}:{minute}"


def _keeping(account: str, find: Callable[[Document], int]) -> Callable[[Document], int]:
    """Return the same `find`, which from its second state on means the meeting of its first.

    The file may be an old editor buffer in which the meeting has the day that was asked for, and
    the text that a save makes of it one in which it has been moved.
    """
    seen = ""

    def found(document: Document) -> int:
        nonlocal seen
        try:
            index = find(document)
        except KbError:
            if (again := _with_id(document, seen, account)) is None:
                raise
            return again
        if not seen:
            seen = meeting_id(document.meeting(index), account)
        elif seen not in _ids(document.meeting(index), account):
            again = _with_id(document, seen, account)
            return index if again is None else again
        return index

    return found


def _with_id(document: Document, id_: str, account: str, date: str = "") -> int | None:
    """Return the meeting of that id, the first that is of `date` if there are more; or None."""
    for index, _ in sorted(_dates(document), key=lambda pair: pair[1] != date) if id_ else ():
        if id_ in _ids(document.meeting(index), account):
            return index
    return None


def _dates(document: Document) -> Iterator[tuple[int, str]]:
    """Yield (chunk index, date) of every dated heading, by the heading's line where it can."""
    for index, chunk in enumerate(document.chunks):
        if chunk.kind != "meeting":
            continue
        line = document.data[chunk.span.start : chunk.span.start + 400].splitlines()[0]
        dated = heading_date(decode(line).strip("# \t"))
        yield index, dated.date if dated else document.meeting(index).date


def _on(document: Document, name: str, date: str, time: str | None) -> int:
    """Return the meeting of a day (and a time); a cancelled one only when there is no other."""
    there = [
        (index, meeting)
        for index, on in _dates(document)
        if on == date and (meeting := document.meeting(index)).counts
    ]
    found = [(index, m) for index, m in there if time is None or m.start == time]
    going = [(index, m) for index, m in found if not m.cancelled]
    if len(going) == 1 or len(found) == 1:
        return (going or found)[0][0]
    if found:
        names = ", ".join(_name(name, m) for _, m in going or found)
        raise WrongUse("two-meetings", ref=f"{name}/{date}", refs=names)
    days = sorted({on for _, on in _dates(document)}, key=lambda on: (abs(_apart(on, date)), on))
    at = date + (f"T{time}" if time else "")
    raise NotFound("no-meeting", account=name, at=at, near=", ".join(sorted(days[:3])) or "—")


def _apart(one: str, other: str) -> int:
    from datetime import date

    return (date.fromisoformat(one) - date.fromisoformat(other)).days


def _name(account: str, meeting: "Meeting") -> str:
    if meeting.start:
        return f"{account}/{meeting.date}T{meeting.start}"
    return next(iter(meeting.ids), f"{account}/{meeting.date}")


def _meant(document: Document, name: str, now: datetime) -> int:
    """Return the meeting that an account's name means (`kb.model.state.meant`).

    The newest are read first, and no older ones than can matter.
    """
    since = (now - timedelta(days=2)).date().isoformat()
    read: list[_Timed] = []
    earlier = ""
    for index, on in sorted(_dates(document), key=lambda pair: pair[1], reverse=True):
        if on < since and on != earlier and any(not one.cancelled for one in read):
            break  # no earlier day can matter any more
        earlier = on
        if (meeting := document.meeting(index)).counts:
            timed = _Timed(index, on, meeting.start, meeting.end, meeting.cancelled)
            read.append(timed)
    found = meant(read, now)
    if found is None:
        raise NotFound("no-meetings-yet", account=name)
    return found.chunk


def _of_row(row: "Listed") -> Target:
    """Return the target of a meeting that the catalogue found by an id.

    It stands on the day that the catalogue knows, unless somebody moves it just now.
    """

    def find(document: Document) -> int:
        index = _with_id(document, row.id, row.account, row.date)
        if index is None:
            raise NotFound("no-id", id=row.id)
        return index

    return Target(row.path, find)


def _ids(meeting: "Meeting", account: str) -> tuple[str, ...]:
    return (*meeting.ids, derive("meeting", account, meeting.date, meeting.title))


def meeting_id(meeting: "Meeting", account: str) -> str:
    """Return the id of a meeting: the one that is written, else the one that it would be given."""
    return next((i for i in meeting.ids if i[0] == "m"), "") or _ids(meeting, account)[-1]
