"""Writing down what a meeting brings: one line, a tick, a verdict; each is one commit.

Every change is made by a function of the document's current text that runs under the store's
lock, so what somebody else wrote meanwhile is never written over.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kb.errors import KbError, NotFound, WrongUse
from kb.store.ports import Edit, Put
from kb.text import frontmatter
from kb.text.compose import New
from kb.text.document import Item
from kb.text.items import read_tail
from kb.text.lines import line_count
from kb.text.outline import Document
from kb.work import once
from kb.work.newline import checked, dead, know_owners, taken, topic_of
from kb.work.places import (
    account_of,
    meeting_id,
    pays_to_ask,
    read_document,
    target,
    text_of,
)
from kb.work.typed import refuse_nul

if TYPE_CHECKING:
    from kb.catalogue.refs import Line
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
T = TypeVar("T")


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


def add(
    context: "Context",
    ref: str,
    new: New,
    *,
    beside: tuple[Put, ...] = (),
    did: tuple[str, str] | None = None,
) -> Changed:
    """Write one line into the meeting that `ref` names and commit it.

    Files `beside` it are saved together with it; `did` says in Japanese and English what was
    done, if that was more than to add a line.

    Raises `WrongUse` ("bad-ref", "two-meetings", "option-not-here", "bad-owner", "bad-date",
    "bad-confidence", "stance-under", "text-empty", "text-nul", "text-too-long", "text-unsafe",
    "topic-ambiguous"), `NotFound` ("no-account", "no-meeting", "no-topic", "no-id") and what the
    store raises. An owner whom nobody knows is written all the same and becomes a hint, as is
    what goes into a cancelled meeting or an archived account.
    """
    return add_all(context, ref, [new], beside=beside, did=did)[0]


def add_all(
    context: "Context",
    ref: str,
    news: Sequence[New],
    *,
    beside: tuple[Put, ...] = (),
    did: tuple[str, str] | None = None,
    exact: bool = False,
) -> list[Changed]:
    """Write lines into one meeting in this order, in one commit or not at all.

    An `exact` text keeps the bullet that it begins with. Raises what `add` raises; of several
    lines the parameter `item` counts to the one that it is about.
    """
    check = partial(checked, exact=exact)
    news = [_each(number, news, check, new) for number, new in enumerate(news, 1)]
    place = target(context, ref)
    hints: list[tuple[str, dict[str, object]]] = []
    made: list[_Made] = []

    def change(data: bytes) -> _Made:
        document = read_document(context, data, place.path)
        index = place.find(document)
        account = account_of(data, place.path)
        hints[:] = dead(data, account, document.meeting(index))
        lang = _language(context, data)
        made.clear()
        for number, new in enumerate(news, 1):
            one = _each(number, news, partial(_written, document, index, account, lang), new)
            longer = line_count(one.document.data) - line_count(document.data)
            made[:] = [_shifted(other, one.line, longer) for other in made] + [one]
            document = one.document
        return made[-1]

    several = (f"{len(news)}件を追加", f"add {len(news)} lines")
    words = did or (several if len(news) > 1 else _ADDED[news[0].kind])
    last = _save(context, place.path, change, words, beside)
    context.hints += hints
    owners = [owner for new in news for owner in (*new.owners, *read_tail(new.text).owners)]
    know_owners(context, place.path, tuple(owners))
    return [Changed(one.id, place.path, one.line, last.commit, one.topic) for one in made]


def _each(number: int, news: Sequence[New], work: Callable[[New], T], new: New) -> T:
    """Do something for one of several lines; an error says which it was."""
    try:
        return work(new)
    except KbError as error:
        if len(news) > 1:
            error.params["item"] = number
        raise


def _written(document: Document, index: int, account: str, lang: str, new: New) -> _Made:
    from kb.text.write import add as write

    meeting = document.meeting(index)
    ids = taken(document, meeting, account, new)
    done = write(document, index, new, lang=lang, account=account, taken=ids)
    topic = topic_of(done.document, index, done.line)
    title = f"{account} {meeting.date}"
    return _Made(done.document, done.id, done.line, meeting_id(meeting, account), title, topic)


def _shifted(made: _Made, line: int, longer: int) -> _Made:
    """Return a line as it stands after another one was written at `line`."""
    return made._replace(line=made.line + longer) if made.line >= line else made


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
    context: "Context",
    path: str,
    change: Callable[[bytes], _Made],
    words: tuple[str, str],
    beside: tuple[Put, ...] = (),
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
        [*beside, Edit(path, apply)],
        actor=context.actor,
        message=f"{made.title}: {what}",
        trailers=[("Kb-Meeting", made.meeting), *once.trailers(context)],
        when=context.now,
    )
    if context.serves or (saved.commit and pays_to_ask(context, made.document.data)):
        context.catalogue.note_saved(saved.blobs, {path: made.document})
    context.tell(path, saved)
    return Changed(made.id, path, made.line, saved.commit, made.topic)


def _language(context: "Context", data: bytes) -> str:
    own = frontmatter.scalar(data, "lang")
    return own if own in ("ja", "en") else context.settings.lang


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
