"""Writing down what a meeting brings: one line, a tick, a verdict; each is one commit.

Every change is made by a function of the document's current text that runs under the store's
lock, so what somebody else wrote meanwhile is never written over.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import KbError, NotFound, WrongUse
from kb.store.ports import Edit
from kb.text import frontmatter, ids
from kb.text.compose import New
from kb.text.document import Item
from kb.text.escape import plain
from kb.text.items import LINK, read_tail
from kb.text.outline import Document
from kb.work.places import LONG, account_of, meeting_id, read_document, target, text_of
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.catalogue.refs import Line
    from kb.text.document import Meeting
    from kb.work.context import Context

KINDS = ("hypothesis", "topic", "stance", "said", "decision", "todo", "insight", "request", "memo")

KIND_WORDS = {
    **{kind: kind for kind in KINDS},
    **dict.fromkeys(("事前仮説", "仮説"), "hypothesis"),
    "論点": "topic",
    "スタンス": "stance",
    **dict.fromkeys(("お客様の声", "お客様"), "said"),
    **dict.fromkeys(("決定事項", "決定"), "decision"),
    "TODO": "todo",
    "気づき": "insight",
    "要望": "request",
    **dict.fromkeys(("社内メモ", "メモ"), "memo"),
}
"""The words that name a kind, in both languages, and the kind that each means."""

_ADDED = {
    "hypothesis": ("事前仮説を追加", "add a hypothesis"),
    "topic": ("論点を追加", "add a topic"),
    "stance": ("スタンスを追加", "add a stance"),
    "said": ("お客様の声を追加", "add what the customer said"),
    "decision": ("決定事項を追加", "add a decision"),
    "todo": ("TODOを追加", "add a TODO"),
    "insight": ("気づきを追加", "add an insight"),
    "request": ("要望を追加", "add a request"),
    "memo": ("社内メモを追加", "add to the internal memo"),
}
_DONE = ("TODOを完了", "tick a TODO off")
_VERDICT = ("事前仮説を判定", "give a verdict")

# Which options go with which kinds; anywhere else they would be lost without a word.
_ONLY = {
    "under": ("stance", "said", "decision", "todo", "request"),
    "owners": ("todo",),
    "due": ("todo",),
    "confidence": ("hypothesis",),
    "because": ("hypothesis",),
    "test": ("hypothesis",),
    "impact": ("hypothesis",),
    "stance": ("topic",),
}
_OPTION = {"owners": "owner"}
_OWNER = re.compile(r"\w[\w.-]{0,63}")
_BULLET = re.compile(r"[-*+・•] +(?=\S)|[・•](?=\S)")
_WRITTEN_ID = re.compile(rb"\^([mhadtiqr]-[0-9a-hjkmnp-tv-z]{6})")


class Changed(NamedTuple):
    """One line that was written or changed: its id (None for said and memo), where it stands now.

    `commit` is None when it said that already and nothing had to be changed. `topic` is the title
    of the topic that an added line stands under, None when it stands under none.
    """

    id: str | None
    path: str
    line: int
    commit: str | None
    topic: str | None = None


class _Made(NamedTuple):
    """A changed text, and what has to be said of it."""

    document: Document
    id: str | None
    line: int
    meeting: str
    title: str
    topic: str | None = None


def add(context: "Context", ref: str, new: New) -> Changed:
    """Write one line into the meeting that `ref` names and commit it.

    Raises `WrongUse` ("bad-ref", "two-meetings", "option-not-here", "bad-owner", "bad-date",
    "bad-confidence", "stance-under", "text-empty", "text-nul", "text-too-long", "text-unsafe",
    "topic-ambiguous"), `NotFound` ("no-account", "no-meeting", "no-topic", "no-id") and what the
    store raises. An owner whom nobody knows is written all the same and becomes a hint, as is
    what goes into a cancelled meeting or an archived account.
    """
    new = _checked(new)
    place = target(context, ref)
    dead: list[tuple[str, dict[str, object]]] = []

    def change(data: bytes) -> _Made:
        from kb.text.write import add as write

        document = read_document(context, data, place.path)
        index = place.find(document)
        meeting = document.meeting(index)
        account = account_of(data, place.path)
        dead[:] = _dead(data, account, meeting)
        written = write(
            document,
            index,
            new,
            lang=_language(context, data),
            account=account,
            taken=_taken(document, meeting, account, new),
        )
        title = f"{account} {meeting.date}"
        id_ = meeting_id(meeting, account)
        topic = _topic_of(written.document, index, written.line)
        return _Made(written.document, written.id, written.line, id_, title, topic)

    changed = _save(context, place.path, change, _ADDED[new.kind])
    context.hints += dead
    _know_owners(context, place.path, (*new.owners, *read_tail(new.text).owners))
    return changed


def done(context: "Context", id_: str) -> Changed:
    """Tick a TODO off wherever it stands; ticked already is fine and changes nothing.

    `id_` is written or derived, or the target of the link that carries the TODO over. Raises
    `WrongUse` ("bad-id", "ambiguous-id", "not-a-todo") and `NotFound("no-id")`.
    """
    from kb.text.change import tick

    line = _line(context, id_, "todo", "not-a-todo")

    def change(data: bytes) -> _Made:
        document = read_document(context, data, line.path)
        item = _item(document, line)
        own = None if line.id in item.ids else line.id
        ticked = document if item.box else tick(document, item, own)
        return _made(ticked, item, line)

    return _save(context, line.path, change, _DONE)


def verdict(context: "Context", id_: str, key: str, quote: str | None = None) -> Changed:
    """Write below a hypothesis whether it held (`key`: supported, refuted, mixed, untested).

    An earlier verdict stays and the new one wins; it bears the day when that is later than the
    meeting's. Raises `WrongUse` ("bad-id", "ambiguous-id", "not-a-hypothesis") and `NotFound`.
    """
    from kb.model.reading import claims
    from kb.text.change import verdict as write

    refuse_nul(quote)
    line = _line(context, id_, "hypothesis", "not-a-hypothesis")
    today = context.today.isoformat()
    on = today if today > line.meeting.date else None

    def change(data: bytes) -> _Made:
        document = read_document(context, data, line.path)
        item = _item(document, line)
        found = [
            pair
            for meeting in document.meetings
            if meeting.date == line.meeting.date
            for section in meeting.sections("hypotheses")
            for pair in claims(section)
        ]
        claim, fields = next(pair for pair in found if pair[0].line == item.line)
        judged = write(
            document,
            claim,
            fields,
            key,
            quote=quote,
            on=on,
            lang=_language(context, data),
            id_=None if line.id in claim.ids else line.id,
        )
        return _made(judged, claim, line)

    return _save(context, line.path, change, _VERDICT)


def _save(
    context: "Context", path: str, change: Callable[[bytes], _Made], words: tuple[str, str]
) -> Changed:
    """Make `change` under the lock, as one commit of the member's; say where the line is now."""
    before = text_of(context, path)
    if before is None:
        raise NotFound("no-file", path=path)
    try:
        first = made = change(before)
    except KbError:
        # What was read may have been half of what an editor is writing.
        before = text_of(context, path, settled=True) or before
        first = made = change(before)

    def apply(data: bytes | None) -> bytes | None:
        nonlocal made
        if data is None:
            raise NotFound("no-file", path=path)
        made = first if data == before else change(data)
        return made.document.data

    what = words[0 if context.settings.lang == "ja" else 1]
    saved = context.store.save(
        [Edit(path, apply)],
        actor=context.actor,
        message=f"{made.title}: {what}",
        trailers=[("Kb-Meeting", made.meeting)],
        when=context.now,
    )
    if saved.commit is not None and len(made.document.data) > LONG:
        context.catalogue.note_saved(path, saved.blobs[path], made.document)
    context.tell(path, saved)
    return Changed(made.id, path, made.line, saved.commit, made.topic)


def _language(context: "Context", data: bytes) -> str:
    own = frontmatter.scalar(data, "lang")
    return own if own in ("ja", "en") else context.settings.lang


# --- adding -------------------------------------------------------------------------------------


def _checked(new: New) -> New:
    """Return `new` with its owners and its day in the form of the documents."""
    from kb.model.calibration import LEAST, MOST
    from kb.text.dates import day

    refuse_nul(new.text, new.because, new.test, new.impact, new.stance, new.under, *new.owners)
    if not visible(new.text):
        raise WrongUse("text-empty")
    for field, kinds in _ONLY.items():
        if getattr(new, field) not in (None, ()) and new.kind not in kinds:
            option = "--" + _OPTION.get(field, field)
            raise WrongUse("option-not-here", option=option, kind=new.kind, kinds=" ".join(kinds))
    if new.kind == "stance" and new.under is None:
        raise WrongUse("stance-under")
    new = new._replace(text=_without_bullets(new.text))
    owners = tuple(owner.strip().lstrip("@＠") for owner in new.owners)
    for owner in owners:
        if not _OWNER.fullmatch(owner):
            raise WrongUse("bad-owner", owner=owner)
    due = day(new.due) if new.due is not None else None
    if new.due is not None and due is None:
        raise WrongUse("bad-date", value=new.due)
    if new.confidence is not None and not LEAST <= new.confidence <= MOST:
        raise WrongUse("bad-confidence", value=new.confidence, least=LEAST, most=MOST)
    return new._replace(owners=owners, due=due)


def _without_bullets(text: str) -> str:
    """Return a text that was copied from a list without the list's own marks at its top level."""
    lines = text.strip("\r\n").splitlines()
    if not lines or not _BULLET.match(lines[0]):
        return text
    if all(_BULLET.match(line) for line in lines if line.strip()):
        return "\n".join(_BULLET.sub("", line, count=1) for line in lines)
    return "\n".join([_BULLET.sub("", lines[0], count=1), *lines[1:]])


def _topic_of(document: Document, index: int, line: int) -> str | None:
    """Return the title of the topic that a line of the meeting stands under, or None."""
    above = [
        section
        for section in document.section(index).walk()
        if section.kind == "topic"
        and section.line < line
        and any(item.line == line for item in section.items)
    ]
    return plain(LINK.sub("", above[-1].heading)).strip() or None if above else None


def _dead(data: bytes, account: str, meeting: "Meeting") -> list[tuple[str, dict[str, object]]]:
    """Return hints about an account or a meeting in which nobody expects a new line."""
    found: list[tuple[str, dict[str, object]]] = []
    if frontmatter.scalar(data, "archived"):
        found.append(("into-archived", {"account": account}))
    if meeting.cancelled:
        found.append(("into-cancelled", {"account": account, "date": meeting.date}))
    return found


def _taken(document: Document, meeting: "Meeting", account: str, new: New) -> frozenset[str]:
    """Return the ids of the account, and those that equal lines of the meeting would be given."""
    taken = {found[1].decode() for found in _WRITTEN_ID.finditer(document.data)}
    if new.kind in ids.KINDS:
        text = read_tail(new.text).text
        wanted = ids.normal(text)
        if new.kind == "topic":
            texts = [section.heading for section in meeting.root.walk()]
        else:
            texts = [item.text for item in meeting.root.all_items()]
        equal = sum(ids.normal(plain(one)) == wanted for one in texts)
        for ordinal in range(equal):
            taken.add(ids.derive(new.kind, account, meeting.date, text, ordinal))
    return frozenset(taken)


def _know_owners(context: "Context", path: str, owners: tuple[str, ...]) -> None:
    """Hint at owners who are neither members nor the customer's people."""
    unknown = [owner for owner in dict.fromkeys(owners) if owner not in context.settings.members]
    if not unknown:
        return
    from kb.model.people import read_people

    found = context.store.read(path)
    people = read_people(frontmatter.read(found.data)) if found else {}
    for owner in unknown:
        if owner not in people:
            known = " ".join([*context.settings.members, *people])
            context.hints.append(("unknown-owner", {"owner": owner, "known": known}))


# --- finding a line again -----------------------------------------------------------------------


def _line(context: "Context", id_: str, kind: str, otherwise: str) -> "Line":
    line = context.catalogue.line(id_)
    if line.kind != kind:
        raise WrongUse(otherwise, id=line.id, text=line.text)
    return line


def _item(document: Document, line: "Line") -> Item:
    """Return the line's item in this state of the document, wherever it has moved to."""
    from kb.text.find import by_id, item_at

    found = by_id(document, line.id)
    if isinstance(found, Item):
        return found
    from kb.model.reading import Reader

    reader = Reader(
        document.data, document.names, account=line.account, path=line.path, members=(), people={}
    )
    for meeting in document.meetings:
        if meeting.date == line.meeting.date:
            read = reader.read(meeting)
            lines = {todo.id: todo.line for todo in read.todos}
            lines |= {claim.id: claim.line for claim in read.hypotheses}
            if line.id in lines:
                return item_at(document, lines[line.id])
    raise NotFound("no-id", id=line.id)


def _made(document: Document, item: Item, line: "Line") -> _Made:
    title = f"{line.account} {line.meeting.date}"
    return _Made(document, line.id, item.line, line.meeting.id, title)
