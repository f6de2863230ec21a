"""`meeting new`: a meeting on top, with what is still open from before as links, never copies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.model.agenda import carried_over, chat
from kb.model.people import Person, read_people
from kb.model.reading import Reader
from kb.model.state import starts
from kb.model.ticks import all_ticked
from kb.text import change, frontmatter, ids
from kb.text.arrange import insert_meeting
from kb.text.escape import one_line, plain
from kb.text.find import item_at, section_at
from kb.work import typed
from kb.work.places import read_document, tick_carried

if TYPE_CHECKING:
    from kb.model.meeting import Meeting, Todo, Topic
    from kb.text.outline import Document
    from kb.work.context import Context
    from kb.work.meetings import Found

LONGEST_TITLE = 200
TITLE = {"ja": "定例", "en": "Regular meeting"}
"""What a meeting is called when nobody said."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for: `date` YYYY-MM-DD, `start` and `end` HH:MM, `people` handles or names."""

    account: str
    date: str
    start: str | None
    end: str | None
    title: str
    people: tuple[str, ...]


class _Open(NamedTuple):
    """What earlier meetings left open."""

    todos: "tuple[tuple[Meeting, Todo], ...]"
    topics: "tuple[tuple[Meeting, Topic], ...]"
    last: "Meeting | None"


def new(
    ctx: "Context",
    account: str,
    *,
    date: str | None = None,
    start: str | None = None,
    end: str | None = None,
    title: str | None = None,
    people: Sequence[str] = (),
) -> "Found":
    """Put a new meeting into the account's document and return it.

    Open TODOs and undecided topics of earlier meetings are shown as links; what is linked gets
    its id in the same commit. Raises `NotFound("no-account")`, `WrongUse` ("bad-date",
    "bad-time", "end-without-start", "bad-times", "bad-title", "bad-person", "meeting-exists",
    template errors).
    """
    from kb.store.ports import Edit
    from kb.work.meetings import find

    place = ctx.catalogue.account(account)
    plan = _plan(ctx, place.account, date, start, end, title, people)
    made: dict[str, str] = {}
    before: list[bytes] = []  # the text read first, and what was made of it

    def put(current: bytes | None) -> bytes:
        if current is None:
            raise NotFound("no-account", account=account, near="—")
        if before and current == before[0]:
            return before[1]
        draft = _Draft(ctx, plan, place.path, current)
        data, made["id"] = draft.written()
        made["title"] = draft.title
        before[:] = [current, data]
        return data

    snapshot = ctx.store.read(place.path)
    put(snapshot.data if snapshot else None)  # what is wrong is said before anything is locked
    told = {"account": plan.account, "date": plan.date, "title": made["title"]}
    message = say("did-meeting-new", ctx.settings.lang, **told)[0]
    ctx.store.save(
        [Edit(place.path, put)],
        actor=ctx.actor,
        message=message,
        trailers=[("Kb-Meeting", made["id"])],
        when=ctx.now,
    )
    ctx.catalogue.catch_up()
    if snapshot and frontmatter.scalar(snapshot.data, "archived"):
        ctx.hints.append(("into-archived", {"account": plan.account}))
    return find(ctx, f"{plan.account}/{made['id']}")


def _plan(
    ctx: "Context",
    account: str,
    date: str | None,
    start: str | None,
    end: str | None,
    title: str | None,
    people: Sequence[str],
) -> Plan:
    from kb.work.meetings import clock_of, date_of

    day = date_of(date) if date else ctx.today.isoformat()
    begins = clock_of(start) if start else None
    ends = clock_of(end) if end else None
    if ends and not begins:
        raise WrongUse("end-without-start")
    if begins and ends and ends <= begins:
        raise WrongUse("bad-times", start=begins, end=ends)
    return Plan(account, day, begins, ends, _title(title), tuple(map(typed.person, people)))


def _title(title: str | None) -> str:
    if title is None:
        return ""
    shown = one_line(title)
    if not shown or shown != title.strip() or len(shown) > LONGEST_TITLE:
        raise WrongUse("bad-title", title=title, most=LONGEST_TITLE)
    return shown


class _Draft:
    """One try at a document's present bytes: reads them, and writes the new meeting into them."""

    def __init__(self, ctx: "Context", plan: Plan, path: str, data: bytes) -> None:
        self.ctx = ctx
        self.plan = plan
        self.path = path
        self.document = read_document(ctx, data, path)
        self.front = frontmatter.read(data)
        self.people = read_people(self.front)
        lang = self.front.get("lang")
        self.lang = lang if lang in ("ja", "en") else ctx.settings.lang
        self.title = plan.title or TITLE[self.lang]
        reader = Reader(
            data,
            ctx.names,
            account=plan.account,
            path=path,
            members=ctx.settings.members,
            people=self.people,
        )
        texts = [m for m in self.document.meetings if m.counts]
        read = [reader.read(text) for text in texts]
        self.document = tick_carried(self.document, read)
        self.meetings = sorted(all_ticked(read), key=starts)

    def written(self) -> tuple[bytes, str]:
        """Return the document with the new meeting, and the meeting's id."""
        plan = self.plan
        for other in self.meetings:
            if (other.date, other.start) == (plan.date, plan.start) and not other.cancelled:
                raise WrongUse(
                    "meeting-exists",
                    account=plan.account,
                    at=f"{plan.date} {plan.start or ''}".strip(),
                    title=other.title,
                    id=other.id,
                )
        left = self._left_open()
        document = self.document
        for _, todo in left.todos:
            if not todo.given:
                document = change.give_id(document, item_at(document, todo.line), todo.id)
        for _, topic in left.topics:
            if not topic.given and topic.link is None:
                document = change.give_id(document, section_at(document, topic.line), topic.id)
        id_ = self._id(document)
        text = self._rendered(left)
        head, newline, rest = text.partition("\n")
        try:
            done = insert_meeting(document, f"{head.rstrip()} ^{id_}{newline}{rest}").document
        except WrongUse as error:
            raise self._why(error) from None
        self._check(done, id_)
        return done.data, id_

    def _why(self, error: WrongUse) -> WrongUse:
        """Return what to say when the new meeting can't be put in: what would swallow it."""
        from kb.text.misses import open_ends

        hidden = open_ends(self.document)
        if error.code != "text-unsafe" or not hidden:
            return error
        return WrongUse("document-hidden", path=self.path, line=hidden[0].line)

    def _id(self, document: "Document") -> str:
        taken = {found for meeting in document.meetings for found in meeting.ids}
        return ids.derive("meeting", self.plan.account, self.plan.date, self.title, 0, taken)

    def _check(self, document: "Document", id_: str) -> None:
        """Refuse a title or a template after which the meeting would read as another one."""
        plan = self.plan
        for meeting in document.meetings:
            if id_ in meeting.ids:
                got = (meeting.date, meeting.start, plain(meeting.title), meeting.cancelled)
                if got == (plan.date, plan.start, one_line(self.title), False):
                    return
        raise WrongUse("bad-title", title=self.title, most=LONGEST_TITLE)

    # What is still open

    def _left_open(self) -> _Open:
        now = self.ctx.now.replace(tzinfo=None)
        when = (self.plan.date, self.plan.start or "99:99")
        before = [m for m in self.meetings if (m.date, m.start or "") < when and not m.cancelled]
        begun = [m for m in before if starts(m) <= now]
        last = begun[-1] if begun else None
        return _Open(tuple(_open_todos(before)), tuple(_undecided(last)), last)

    # The template

    def _rendered(self, left: _Open) -> str:
        from kb.adapters.templates import render

        name = f"templates/{self.lang}/meeting.md.j2"
        return render(_template(self.ctx, name), self._values(left), name=name).strip("\n")

    def _values(self, left: _Open) -> dict[str, Any]:
        from kb.work.suggesting import suggest

        plan = self.plan
        theirs, ours = self._attendees(left.last)
        return {
            "meeting": {
                "date": plan.date,
                "start": plan.start,
                "end": plan.end,
                "title": self.title,
            },
            "account": {
                "name": str(self.front.get("name") or plan.account),
                "goal": _text(self.front.get("goal")),
            },
            "theirs": theirs,
            "ours": ours,
            "carried": [
                {
                    "text": todo.text,
                    "owner": todo.owner,
                    "due": todo.due,
                    "since": self._since(meeting.date),
                    "link": f"[[{plan.account}#^{todo.id}]]",
                    "days_overdue": self._days_over(todo.due),
                }
                for meeting, todo in left.todos
            ],
            "undecided": [
                {"title": topic.title, "link": f"[[{topic.link or _link(plan.account, topic)}]]"}
                for _, topic in left.topics
            ],
            "last_decisions": [
                {"text": decision.text, "date": last.date}
                for last in (left.last,)
                if last is not None
                for decision in last.decisions
            ],
            "principles": [one._asdict() for one in suggest(self.ctx, self._about(left))],
            "cta": [],
        }

    def _about(self, left: _Open) -> Iterator[str]:
        """Yield what this meeting will be about, as far as it is known before it is prepared."""
        yield self.title
        yield _text(self.front.get("goal")) or ""
        for _, todo in left.todos:
            yield todo.text
        for _, topic in left.topics:
            yield f"{topic.title}\n{topic.stance or ''}"
        if left.last is not None:
            for topic in left.last.topics:
                yield from (said.text for said in topic.said)
            yield from (insight.text for insight in left.last.insights)
            yield left.last.memo or ""

    def _since(self, date: str) -> str:
        """Return the day of an earlier meeting as people write it."""
        if self.lang != "ja":
            return date
        year, month, day = date.split("-")
        short = f"{int(month)}/{int(day)}"
        return short if year == self.plan.date[:4] else f"{year}/{short}"

    def _days_over(self, due: str | None) -> int:
        """Return how many days over a TODO is today."""
        from datetime import date

        if due is None:
            return 0
        return max(0, (self.ctx.today - date.fromisoformat(due)).days)

    def _attendees(self, last: "Meeting | None") -> tuple[list[dict[str, str | None]], list[str]]:
        """Return (the customer's with their roles, ours as handles): asked for, else as last."""
        members = self.ctx.settings.members
        theirs: list[Person] = []
        ours: list[str] = []
        for word in self.plan.people:
            handle = one_line(word).lstrip("@＠")
            member = _member(handle, members)
            if member is not None:
                ours.append(member)
            elif handle:
                theirs.append(_person(handle, self.people))
        if not theirs and not self.plan.people:
            theirs = self._usual(last)
        if not ours:
            ours = [
                key
                for name in (last.attendees.ours if last else ())
                if (key := _member(name, members))
            ]
        if not ours:
            csm = _text(self.front.get("csm"))
            ours = [key for key in (csm, self.ctx.actor.key) if key in members and key][:1]
        rows = [{"name": person.name, "role": person.role} for person in dict.fromkeys(theirs)]
        return rows, list(dict.fromkeys(ours))

    def _usual(self, last: "Meeting | None") -> list[Person]:
        """Return who of the customer's came last time, else all that we know, less who has left."""
        if last is not None and last.attendees.customer:
            people = [_person(name, self.people) for name in last.attendees.customer]
        else:
            people = list(self.people.values())
        return [p for p in people if p.left is None or p.left > self.plan.date]


def _open_todos(meetings: "Iterable[Meeting]") -> "list[tuple[Meeting, Todo]]":
    """Return the open TODOs by due date; a copied line is one with the oldest that has its id."""
    seen: set[str] = set()
    found: list[tuple[Meeting, Todo]] = []
    for meeting in meetings:
        for todo in meeting.todos:
            if todo.given and todo.id in seen:
                continue
            seen.add(todo.id)
            if not todo.done and not todo.internal:
                found.append((meeting, todo))
    return sorted(found, key=lambda one: (one[1].due is None, one[1].due or "", one[0].date))


def _undecided(last: "Meeting | None") -> "list[tuple[Meeting, Topic]]":
    """Return the last meeting's topics that ended without a decision."""
    if last is None:
        return []
    return [
        (last, topic)
        for topic in last.topics
        if topic.title and not topic.decisions and not carried_over(topic) and not chat(topic)
    ]


def _link(account: str, topic: "Topic") -> str:
    return f"{account}#^{topic.id}"


def _template(ctx: "Context", name: str) -> str:
    """Return the team's own template, else the built-in one."""
    from kb import starter

    own = ctx.store.read(name)
    data = own.data if own else (starter.home() / name).read_bytes()
    return data.decode("utf-8", "replace")


def _member(word: str, members: Mapping[str, Any]) -> str | None:
    """Return the key of the member whose key or name `word` is."""
    if word in members:
        return word
    return next((key for key, member in members.items() if member.name == word), None)


def _person(word: str, people: Mapping[str, Person]) -> Person:
    """Return the customer's person whose key or name `word` is; an unknown name is one too."""
    if word in people:
        return people[word]
    same = [person for person in people.values() if person.name == word]
    return same[0] if same else Person(word, word, None, None, None)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
