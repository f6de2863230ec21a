"""A running document of the sample team: what was prepared, what the meeting brought, and after.

The preparation is written on the evening of the working day before (just before the review was
asked for, where there was one), the minutes when the meeting's head says, a verdict with a later
date on that day. TODOs are done on the day they are due, or seen to be done in the next meeting.
"""

import re
from datetime import date, datetime, timedelta

from kb.demo.days import TODAY, at, day_before
from kb.demo.lines import Edit, Event, Line, shown
from kb.demo.sources import Begun, members
from kb.demo.words import words
from kb.text import frontmatter
from kb.text.document import Item, Meeting, Section
from kb.text.lines import line_count
from kb.text.outline import Document, parse

_LATER = re.compile(r"[(（](\d{4}-\d{2}-\d{2})[^()（）]*[)）]\s*$")
_PREPARED = frozenset({"hypotheses", "meeting"})


class AccountPage:
    """One account's document: `shown` at a moment, and the `events` that brought it there."""

    def __init__(
        self,
        path: str,
        data: bytes,
        begun: Begun,
        edits: tuple[Edit, ...],
        requested: dict[str, datetime],
    ) -> None:
        """Read the final document; `requested` says when a pre-review was asked for, by id."""
        front = frontmatter.read(data)
        self.path = path
        self.data = data
        self.account: str = front["account"]
        self.name: str = front["name"]
        self.csm: str = front["csm"]
        self.lang: str = front.get("lang", "ja")
        self.edits = edits
        self.requested = requested
        self.judged: dict[str, datetime] = {}
        """When each hypothesis got its verdict, by id."""
        self.noted: dict[str, datetime] = {}
        """When each insight was written, by id."""
        self.events = [Event(edit.when, edit.member, edit.message) for edit in edits]
        self.events.append(
            Event(*begun, words("begin", self.lang, name=self.name, account=self.account))
        )
        texts = data.decode("utf-8").splitlines(keepends=True)
        self.lines = [Line(text, begun.when) for text in texts]
        self.meetings = self._read(parse(data))

    def shown(self, moment: datetime) -> str:
        """Return the document as it was at `moment`."""
        return shown(self.lines, self.edits, moment)

    def _read(self, doc: Document) -> int:
        meetings = [meeting for meeting in doc.meetings if meeting.counts]
        ended = {meeting.date: minutes_of(meeting) for meeting in meetings}
        following: Meeting | None = None
        for meeting in meetings:  # newest first
            _MeetingLines(self, meeting, ended, following).read()
            following = meeting
        return len(meetings)


class _MeetingLines:
    """Says for each line of a meeting when it was written."""

    def __init__(
        self,
        page: AccountPage,
        meeting: Meeting,
        ended: dict[str, datetime | None],
        following: Meeting | None,
    ) -> None:
        self.page = page
        self.meeting = meeting
        self.ended = ended
        self.day = date.fromisoformat(meeting.date)
        self.prepared = self._prepared()
        self.minutes = minutes_of(meeting)
        self.next = minutes_of(following) if following else None

    def _prepared(self) -> datetime:
        asked = [self.page.requested[id_] for id_ in self.meeting.ids if id_ in self.page.requested]
        if asked:
            return asked[0] - timedelta(minutes=5)
        return at(day_before(self.day), "18:00", self.page.path + self.meeting.date, 12)

    def read(self) -> None:
        page, meeting = self.page, self.meeting
        first = meeting.root.line - 1
        span = meeting.root.span
        for number in range(first, first + line_count(page.data[span.start : span.stop])):
            page.lines[number] = Line(page.lines[number].text, self.prepared)
        for section in meeting.root.walk():
            for item in section.items:
                self._item(item, section, None)
        trailers = tuple(("Kb-Meeting", id_) for id_ in meeting.ids[:1])
        head = {"account": page.account, "day": meeting.date, "title": meeting.title}
        page.events.append(
            Event(self.prepared, page.csm, words("prepare", page.lang, **head), trailers)
        )
        if self.minutes:
            page.events.append(
                Event(self.minutes, page.csm, words("minutes", page.lang, **head), trailers)
            )

    def _item(self, item: Item, section: Section, claim: Item | None) -> None:
        page = self.page
        born = self._born(item, section.kind)
        ticked = self._ticked(item) if item.box else None
        number = item.line - 1
        page.lines[number] = Line(page.lines[number].text, born, ticked)
        if item.label == "verdict" and claim is not None:
            page.judged.update(dict.fromkeys(claim.ids, born))
            if born != self.minutes:
                day = self.meeting.date
                said = words("verdict", page.lang, account=page.account, day=day)
                page.events.append(Event(born, page.csm, said))
        if section.kind == "insights":
            page.noted.update(dict.fromkeys(item.ids, born))
        if ticked:
            said = words("done", page.lang, text=item.text, account=page.account)
            owner = item.owners[0] if item.owners else ""
            who = page.csm if ticked == self.next or owner not in members() else owner
            page.events.append(Event(ticked, who, said))
        for child in item.children:
            self._item(child, section, item)

    def _born(self, item: Item, kind: str) -> datetime:
        if self.minutes is None:
            return self.prepared
        if item.label == "verdict":
            return self._verdict(item.value)
        if item.label == "minutes":
            return self.minutes
        before = kind in _PREPARED or (kind == "topic" and (item.label == "stance" or item.link))
        return self.prepared if before else self.minutes

    def _verdict(self, value: str) -> datetime:
        """Return when a verdict was written: on its own date, after that day's meeting."""
        assert self.minutes is not None
        later = _LATER.search(value)
        if not later or later[1] <= self.meeting.date:
            return self.minutes
        met = self.ended.get(later[1])
        if met:
            return met + timedelta(minutes=6)
        return at(date.fromisoformat(later[1]), "17:00", value, 40)

    def _ticked(self, item: Item) -> datetime:
        """Return when a TODO was ticked."""
        assert self.minutes is not None
        soon = self.minutes + timedelta(minutes=40)
        day = date.fromisoformat(item.due or self.meeting.date)
        owner = item.owners[0] if item.owners else ""
        latest = at(TODAY, "12:00")
        if owner in members():
            done = at(day_before(day + timedelta(days=1)), "16:30", item.text, 80)
        else:
            done = at(day_before(day + timedelta(days=1)), "10:00", item.text, 60)
            if self.next and done + timedelta(days=5) > self.next:
                return self.next
        return min(max(done, soon), latest)


def minutes_of(meeting: Meeting) -> datetime | None:
    """Return when the minutes were complete, as the meeting's head says; None for a future one."""
    for item in meeting.root.items:
        if item.label == "minutes":
            day, clock = item.value.split()
            return at(date.fromisoformat(day), clock)
    return None
