"""Looking back and taking back: history, as of a day, undo, kept texts, meeting the others."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.text.lines import decode

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.catalogue.refs import AccountPlace
    from kb.model.meeting import Meeting
    from kb.store.ports import KeptText, Revision, Synced, Undone
    from kb.work.context import Context
    from kb.work.past import Version

_COMMIT = re.compile(r"(?=.*[a-f])[0-9a-f]{7,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Past(NamedTuple):
    """One change in the history: when, by whom (a member's key, else a name), and what."""

    at: datetime
    by: str
    message: str
    commit: str


class AsOf(NamedTuple):
    """A document as it was at a moment: its text, and the meetings that it had."""

    account: str
    path: str
    at: datetime
    commit: str
    text: str
    meetings: "tuple[Meeting, ...]"


class Aside(NamedTuple):
    """A kept text; `added` are the lines that it would bring, `text` is all of it."""

    id: str
    at: datetime
    path: str
    reason: str
    text: str
    added: tuple[str, ...]


def history(context: "Context", ref: str) -> list[Past]:
    """Return the changes of an account's document, or of one meeting in it, newest first.

    Raises what `Catalogue.account` and `Catalogue.meeting` raise.
    """
    word = ref.strip()
    if "/" in word or re.fullmatch(r"\^?m-\w{6}", word):
        row = context.catalogue.meeting(word, context.now.replace(tzinfo=None))
        revisions = list(of_meeting(context, row))
    else:
        revisions = context.store.history(context.catalogue.account(word).path)
    return [past_of(context, one) for one in revisions]


def past_of(context: "Context", one: "Revision") -> Past:
    """Return a revision as one change: its time in the team's zone, its author by key."""
    return Past(one.at.astimezone(context.settings.tz), _who(context, one), one.subject, one.commit)


def _who(context: "Context", revision: "Revision") -> str:
    member = context.settings.member_of(revision.email)
    return member.key if member else revision.name


def of_meeting(context: "Context", row: "Listed") -> "Iterator[Revision]":
    """Yield the revisions that changed a meeting: kb's own say so, others' texts are compared."""
    revisions = context.store.history(row.path)
    # A document that was only written by hand so far has no revision, nor one before it.
    for revision, before in zip(revisions, [*revisions[1:], None], strict=False):
        named = [value for key, value in revision.trailers if key == "Kb-Meeting"]
        ours = row.id in named
        if not named:
            ours = _section(context, revision, row) != _section(context, before, row)
        if ours:
            yield revision


def _section(context: "Context", revision: "Revision | None", row: "Listed") -> bytes | None:
    """Return the bytes that a meeting had in a revision, or None."""
    from kb.text.outline import parse

    data = context.store.at(revision.commit, revision.path) if revision else None
    if data is None:
        return None
    document = parse(data, context.names)
    same_day = [meeting for meeting in document.meetings if meeting.date == row.date]
    for meeting in same_day:
        if row.id in meeting.ids or (meeting.start, meeting.title) == (row.start, row.title):
            return data[meeting.root.span.start : meeting.root.span.stop].rstrip()
    return None


def as_of(context: "Context", when: str, slug: str) -> AsOf:
    """Return what was known of an account at a moment (a day means its end) or with a commit.

    Raises `WrongUse("bad-moment")`, `NotFound` ("no-account", "not-yet").
    """
    place = context.catalogue.account(slug)
    version = _version(context, place.path, when.strip())
    if version is not None:
        return state(context, place, version.at, version.commit, context.past.text(version))
    from kb.store.objects import blob_id

    moment = _moment(context, when)
    if context.receive is not None:  # a team's server knows when it had what
        return _received_by(context, place, moment, when)
    found = context.store.as_of(moment, place.path)
    if found is None or context.past.was_another(place.path, blob_id(found[1])):
        return _received_by(context, place, moment, when)
    return state(context, place, moment, *found)


def _received_by(context: "Context", place: "AccountPlace", moment: datetime, when: str) -> AsOf:
    told = context.past.versions(place.path)
    there = [one for one in told if (one.received or one.at) <= moment]
    if not there:
        raise NotFound("not-yet", account=place.account, when=when)
    return state(context, place, moment, there[-1].commit, context.past.text(there[-1]))


def state(
    context: "Context", place: "AccountPlace", at: datetime, commit: str, data: bytes
) -> AsOf:
    """Return a text that a document had, with the meetings that stood in it."""
    from kb.model.people import read_people
    from kb.model.reading import Reader
    from kb.model.ticks import all_ticked
    from kb.text import frontmatter
    from kb.text.outline import parse

    reader = Reader(
        data,
        context.names,
        account=place.account,
        path=place.path,
        members=context.settings.members,
        people=read_people(frontmatter.read(data)),
    )
    read = [reader.read(one) for one in parse(data, context.names).meetings if one.counts]
    return AsOf(place.account, place.path, at, commit, decode(data), tuple(all_ticked(read)))


def _version(context: "Context", path: str, word: str) -> "Version | None":
    """Return the version of a file that the commit of this id made, if the word is such an id."""
    if not _COMMIT.fullmatch(word):
        return None
    return next((v for v in context.past.versions(path) if v.commit.startswith(word)), None)


def _moment(context: "Context", when: str) -> datetime:
    try:
        found = datetime.fromisoformat(when.strip())
    except ValueError:
        raise WrongUse("bad-moment", value=when) from None
    if found.tzinfo is None:
        if _DAY.fullmatch(when.strip()):
            found += timedelta(days=1, seconds=-1)
        found = found.replace(tzinfo=context.settings.tz)
    return found


def undo(context: "Context", only: str | None = None) -> "Undone":
    """Take back one's own last change, or the one that the commit `only` made.

    A file that was attached stays while another line links it. Raises
    `NotFound("nothing-to-undo")`, `Kept("built-on")` and what forbids a save.
    """
    from kb.work.attaching import still_linked

    return context.store.undo(
        context.actor, when=context.now, only=only, stays=lambda path: still_linked(context, path)
    )


def kept(context: "Context") -> list[Aside]:
    """Return the texts that could not be saved, oldest first."""
    return [_aside(context, text) for text in context.store.kept()]


def kept_text(context: "Context", name: str) -> Aside:
    """Return one kept text; `NotFound("no-kept")`."""
    return _aside(context, context.store.kept_text(name))


def _aside(context: "Context", text: "KeptText") -> Aside:
    base = context.store.blob(text.base) if text.base else None
    whole = decode(text.text)
    return Aside(
        id=text.id,
        at=text.at,
        path=text.path,
        reason=text.reason,
        text=whole,
        added=tuple(_missing(context, text.path, _only(whole, decode(base or b"")))),
    )


def _missing(context: "Context", path: str, added: list[str]) -> list[str]:
    """Return those of the lines that the file lacks now; all of them if it lacks none.

    Of a whole text most was merged; what could not be is what a person has to look at.
    """
    now = context.store.read(path)
    there = Counter(decode(now.data).splitlines()) if now else Counter[str]()
    lacking = Counter(added) - there
    return [line for line in added if lacking[line] > 0] or added


def _only(one: str, other: str) -> list[str]:
    """Return the lines of `one` that `other` does not have at their place."""
    mine, theirs = one.splitlines(), other.splitlines()
    parts = SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    return [line for tag, _, _, at, to in parts if tag != "equal" for line in mine[at:to]]


def apply_kept(context: "Context", name: str) -> tuple[Aside, str | None]:
    """Save a kept text on top of what stands now; return it and the commit (None: it was there).

    Raises `NotFound("no-kept")` and what forbids a save; then the text stays kept.
    """
    aside = kept_text(context, name)
    saved = context.store.apply_kept(name, actor=context.actor)
    return aside, saved.commit


def drop_kept(context: "Context", name: str) -> Aside:
    """Forget a kept text and return it a last time; `NotFound("no-kept")`."""
    aside = kept_text(context, name)
    context.store.drop(name)
    return aside


def sync(context: "Context") -> "Synced":
    """Bring our changes and the team's together; return what moved and where both sides met.

    Raises `NotFound("no-remote")`, `Kept("not-reached")` and what forbids a save.
    """
    return context.store.sync(context.actor, when=context.now)


def past_json(past: Past) -> dict[str, Any]:
    """Return a change as the contract of the command line has it."""
    return {
        "at": past.at.isoformat(),
        "by": past.by,
        "message": past.message,
        "commit": past.commit,
    }


def aside_json(aside: Aside) -> dict[str, Any]:
    """Return a kept text as the contract of the command line has it."""
    return {
        "id": aside.id,
        "at": aside.at.isoformat(),
        "path": aside.path,
        "reason": aside.reason,
        "text": aside.text,
        "added": list(aside.added),
    }
