"""From structure to meaning: builds a `Meeting` of the model out of a section of the text."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import sha256

from kb.model.meeting import (
    Carried,
    Decision,
    Hypothesis,
    Insight,
    Meeting,
    Other,
    Passage,
    Request,
    Said,
    Todo,
    Topic,
)
from kb.model.people import Attendees, Person, read_attendees
from kb.text import document, ids
from kb.text.document import Item, Section
from kb.text.enclosed import enclosed
from kb.text.escape import plain
from kb.text.items import LINK
from kb.text.lines import decode
from kb.text.names import CLAIM_FIELDS, TAGS, Names, bears_internal, verdict_key

INTERNAL = frozenset({"memo", "other"})
"""Section kinds that customers never see, with all that stands below them."""

OURS = frozenset({"hypotheses", "insights"})
"""Section kinds whose own lines are ours; a section below them is read as what it is."""

_PERCENT = re.compile(r"(?<!\d)(\d{1,3})\s*[%％]?")
_QUOTE = re.compile(r"「(?P<ja>.*)」|\"(?P<en>.*)\"|“(?P<curly>.*)”", re.DOTALL)
_ON = re.compile(r"[(（](\d{4}-\d{2}-\d{2})[^()（）]*[)）]\s*$")
_WORD = re.compile(r"[^\s「\"“(（、,。]+")
_LEVEL = re.compile(r"[1-4]")


class Reader:
    """Reads the meetings of one account's document."""

    def __init__(
        self,
        doc_data: bytes,
        names: Names,
        *,
        account: str,
        path: str,
        members: Container[str],
        people: Mapping[str, Person],
    ) -> None:
        """Hold what every meeting of a document shares.

        `members` are the keys of the team; a TODO of theirs in a customer-safe place is a promise.
        """
        self.data = doc_data
        self.names = names
        self.account = account
        self.path = path
        self.members = members
        self.people = people

    def read(self, found: document.Meeting) -> Meeting:
        """Return the meeting as the team speaks of it."""
        return _MeetingReader(self, found).meeting()


def claims(section: Section) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Yield each hypothesis item of a section with its fields, nested or at the same level."""
    claim: Item | None = None
    fields: list[Item] = []
    for item in section.items:
        if item.label in CLAIM_FIELDS and item.box is None:
            fields.append(item)
            continue
        if claim is not None:
            yield claim, tuple(fields)
        claim, fields = None, []
        if item.label is None and item.box is None and "#^" not in (item.link or ""):
            claim, fields = item, [child for child in item.children if child.label]
    if claim is not None:
        yield claim, tuple(fields)


_MARK = f"#{TAGS['internal'][0]}"
_TAGGED = re.compile(r"[#＃]([\w-]+)")


class _MeetingReader:
    def __init__(self, reader: Reader, found: document.Meeting) -> None:
        self.reader = reader
        self.found = found
        self.counts: dict[tuple[str, str], int] = {}
        self.decisions: list[Decision] = []
        self.todos: list[Todo] = []
        self.insights: list[Insight] = []
        self.requests: list[Request] = []
        self.topics: list[Topic] = []
        self.hypotheses: list[Hypothesis] = []
        self.carried: list[Carried] = []
        self.memo: list[str] = []
        self.gut: str | None = None
        self.other: list[Other] = []
        self.passages: list[Passage] = []
        root = found.root
        data = reader.data[root.span.start : root.span.stop]
        self.enclosed = enclosed(decode(data), root.line) if b"<" in data else frozenset()

    def meeting(self) -> Meeting:
        found = self.found
        root = found.root
        self._section(root, internal=False)
        data = self.reader.data[root.span.start : root.span.stop]
        given_id = next((i for i in found.ids if i[0] == "m"), None)
        attendees = Attendees()
        minutes = None
        for item in root.items:
            if item.label == "attendees" and item.value:
                attendees = read_attendees(
                    plain(item.value), self.reader.members, self.reader.people
                )
            elif item.label == "minutes" and item.value:
                minutes = item.value
        return Meeting(
            account=self.reader.account,
            path=self.reader.path,
            id=given_id
            or ids.derive("meeting", self.reader.account, found.date, plain(found.title)),
            given=given_id is not None,
            line=root.line,
            digest=sha256(data).hexdigest()[:16],
            date=found.date,
            start=found.start,
            end=found.end,
            title=plain(found.title),
            cancelled=found.cancelled,
            minutes=minutes,
            attendees=attendees,
            hypotheses=tuple(self.hypotheses),
            topics=tuple(self.topics),
            decisions=tuple(self.decisions),
            todos=tuple(self.todos),
            insights=tuple(self.insights),
            requests=tuple(self.requests),
            carried=tuple(self.carried),
            gut=self.gut,
            memo="\n".join(self.memo).strip() or None,
            other=tuple(self.other),
            passages=tuple(self.passages),
        )

    def _section(self, section: Section, *, internal: bool) -> None:
        internal = internal or section.kind in INTERNAL
        if section.kind in INTERNAL:
            self._passages(section)
        if section.kind == "memo":
            self.memo.append(self._written(section).strip())
        elif section.kind == "other" and section.heading:
            self.other.append(Other(section.heading, section.line))
        if section.kind in ("topic", "agenda") and not internal:
            self._topic(section)
        elif section.kind != "other":
            if section.kind == "hypotheses":
                self._claims(section)
            for item in section.items:
                self._item(item, section.kind, internal=internal or section.kind in OURS)
        for child in section.children:
            self._section(child, internal=internal)

    def _written(self, section: Section) -> str:
        """Return the text of a section as it was typed; code never goes on in the next item."""
        data, at, found = self.reader.data, section.body.start, []
        for item in section.all_items():
            if at <= item.para.start and item.para.stop <= section.body.stop:
                for start, stop in ((at, item.para.start), (item.para.start, item.para.stop)):
                    found.append(plain(decode(data[start:stop])))
                at = item.para.stop
        return "".join([*found, plain(decode(data[at : section.body.stop]))])

    def _passages(self, section: Section) -> None:
        """Note each item of a memo by itself, and of anything else the whole text."""
        data = self.reader.data
        if section.kind == "memo" and section.items:
            for item in section.items:
                if not item.blank:
                    text = decode(data[item.para.start : item.span.stop]).strip()
                    self.passages.append(Passage("memo", section.heading, plain(text), item.line))
            return
        text = decode(data[section.body.start : section.body.stop]).strip()
        if text:
            kind = "memo" if section.kind == "memo" else "note"
            self.passages.append(Passage(kind, section.heading, text, section.line))

    def _claims(self, section: Section) -> None:
        for claim, fields in claims(section):
            if not claim.text:
                continue
            value = {field.label: plain(field.value) for field in fields if field.text}
            word, quote, on = read_verdict(value.get("verdict", ""))
            refs = tuple(m[1] for m in LINK.finditer(value.get("see", "")))
            id_, given = self._id("hypothesis", claim)
            self.hypotheses.append(
                Hypothesis(
                    id=id_,
                    given=given,
                    line=claim.line,
                    text=plain(claim.text),
                    because=value.get("why"),
                    test=value.get("test"),
                    impact=value.get("impact"),
                    confidence=read_percent(value.get("confidence", "")),
                    refs=refs,
                    verdict=word,
                    quote=quote,
                    verdict_on=on,
                    verdict_due=value.get("verdict-due"),
                    value_level=_level(value.get("value-level")),
                )
            )

    def _topic(self, section: Section) -> None:
        first_decision, first_todo = len(self.decisions), len(self.todos)
        said: list[Said] = []
        stance: list[str] = []
        level: int | None = None
        internal = section.line in self.enclosed or bears_internal(section.heading)
        internal = internal or self._inside(_TAGGED.findall(section.heading))
        for item in section.items:
            if item.label == "stance" and item.text:
                stance.append(self._marked(item))
            elif item.label == "customer" and item.text:
                said.append(Said(self._marked(item), item.line))
            elif item.label == "value-level":
                level = _level(item.value)
            self._item(item, "topic", internal=internal)
        written = bool(said or stance or self.decisions[first_decision:] or self.todos[first_todo:])
        heading = section.heading if section.kind == "topic" else ""  # loose lines of the agenda
        if not heading and not written:
            return
        given = next((i for i in section.ids if i[0] == "a"), None)
        title = plain(LINK.sub("", heading) if section.link else heading).strip()
        title = f"{title} {_MARK}" if internal and _MARK not in title else title
        self.topics.append(
            Topic(
                id=given or self._derived("topic", heading),
                given=given is not None,
                line=section.line,
                title=title,
                link=section.link,
                stance="\n".join(stance) or None,
                said=tuple(said),
                decisions=tuple(self.decisions[first_decision:]),
                todos=tuple(self.todos[first_todo:]),
                value_level=level,
            )
        )

    def _marked(self, item: Item) -> str:
        """Return an item's text; one that is internal gets that tag, so that all see it."""
        text = plain(item.text)
        return f"{text} {_MARK}" if item.line in self.enclosed or self._inside(item.tags) else text

    def _inside(self, tags: Iterable[str]) -> bool:
        return any(map(self.reader.names.inside, tags))

    def _item(self, item: Item, kind: str, *, internal: bool) -> None:
        """Read what an item is by its box, its label, and the section it stands in.

        What stands under an internal item is internal, too.
        """
        tags = {self.reader.names.tag(tag) for tag in item.tags}
        hidden = internal or item.label == "internal" or self._inside(item.tags)
        hidden = hidden or item.line in self.enclosed or bears_internal(item.text)
        if not item.text and not item.ids:
            pass  # a blank line of a template
        elif item.link and _carries(item):
            text = plain(LINK.sub("", item.text)).strip()
            self.carried.append(Carried(text, item.link, item.line, bool(item.box)))
        elif item.box is not None or item.label == "todo":
            self._todo(item, internal=hidden)
        elif item.label == "decision":
            self._decision(item, internal=hidden)
        elif item.label == "gut":
            self.gut = item.value and plain(item.value)
        elif item.label is None and kind == "todos":
            self._todo(item, internal=hidden)
        elif item.label is None and kind == "decisions":
            self._decision(item, internal=hidden)
        elif item.label is None and kind == "insights":
            id_, given = self._id("insight", item)
            self.insights.append(Insight(id_, given, item.line, plain(item.text), item.tags))
        if "request" in tags and item.text:
            id_, given = self._id("request", item)
            self.requests.append(Request(id_, given, item.line, plain(item.text)))
        for child in item.children:
            if child.box is not None or child.label in ("decision", "todo", "internal"):
                self._item(child, "", internal=hidden)

    def _todo(self, item: Item, *, internal: bool) -> None:
        id_, given = self._id("todo", item)
        promise = not internal and any(owner in self.reader.members for owner in item.owners)
        self.todos.append(
            Todo(
                id=id_,
                given=given,
                line=item.line,
                text=plain(item.text),
                owners=item.owners,
                due=item.due,
                done=bool(item.box),
                promise=promise,
                internal=internal,
            )
        )

    def _decision(self, item: Item, *, internal: bool) -> None:
        id_, given = self._id("decision", item)
        self.decisions.append(Decision(id_, given, item.line, plain(item.text), internal))

    def _id(self, kind: str, item: Item) -> tuple[str, bool]:
        """Return (the item's id or the one that it would get, whether it is written)."""
        letter = ids.KINDS[kind]
        derived = self._derived(kind, item.text)
        given = next((found for found in item.ids if found[0] == letter), None)
        return (given, True) if given else (derived, False)

    def _derived(self, kind: str, text: str) -> str:
        text = plain(text)
        key = (kind, ids.normal(text))
        ordinal = self.counts.get(key, 0)
        self.counts[key] = ordinal + 1
        return ids.derive(kind, self.reader.account, self.found.date, text, ordinal)


def _carries(item: Item) -> bool:
    """Tell whether an item only shows an earlier one; with a box of its own it shows a TODO."""
    link = item.link or ""
    return item.label is None and ("#^" in link if item.box is None else "#^t-" in link)


def read_percent(value: str) -> int | None:
    """Return "70%" as 70; None when there is no number between 0 and 100."""
    found = _PERCENT.match(value.strip())
    return int(found[1]) if found and int(found[1]) <= 100 else None


def read_verdict(value: str) -> tuple[str | None, str | None, str | None]:
    """Return (key, quote, date) of a verdict line; None for what it does not say."""
    word = _WORD.match(value.strip())
    key = verdict_key(word[0]) if word else None
    if key is None:
        return None, None, None
    on = _ON.search(value)
    quote = _QUOTE.search(value)
    said = next((q for q in quote.groups() if q is not None), None) if quote else None
    return key, said, on[1] if on else None


def _level(value: str | None) -> int | None:
    found = _LEVEL.search(value or "")
    return int(found[0]) if found else None
