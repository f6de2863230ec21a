"""The sample team's other files: principles, plays, manuals, review threads, tables of figures."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kb.demo.days import at, day_after, working_day
from kb.demo.documents import AccountPage
from kb.demo.lines import Edit, Event, Line, shown
from kb.demo.sources import Begun
from kb.demo.words import words
from kb.text import frontmatter

_SOURCE = re.compile(r"\[\[(?P<account>[\w-]+)#\^(?P<id>[hi]-[0-9a-z]{6})\]\]")
_EVENT = re.compile(r"## (?P<when>\S+) (?P<kind>[a-z-]+) @(?P<member>\w+)")
_TURNS = ("adopted", "superseded")


class Page:
    """Any file: its lines with the times at which they were written, and the events."""

    def __init__(self, path: str, edits: tuple[Edit, ...]) -> None:
        """Start a page that has no lines yet."""
        self.path = path
        self.edits = edits
        self.lines: list[Line] = []
        self.events = [Event(edit.when, edit.member, edit.message) for edit in edits]

    def shown(self, moment: datetime) -> str:
        """Return the text as it was at `moment`; "" before it was begun."""
        return shown(self.lines, self.edits, moment)


def whole_page(
    path: str, data: bytes, begun: Begun, message: str, edits: tuple[Edit, ...] = ()
) -> Page:
    """Return a page that was written in one go and only worded otherwise later."""
    page = Page(path, edits)
    texts = data.decode("utf-8").splitlines(keepends=True)
    page.lines = [Line(text, begun.when) for text in texts]
    page.events.append(Event(*begun, message))
    return page


class Asked(NamedTuple):
    """When a page was put up for adoption, and when it was adopted by that review."""

    when: datetime
    closed: datetime | None


def principle_page(
    path: str,
    data: bytes,
    edits: tuple[Edit, ...],
    accounts: Mapping[str, AccountPage],
    asked: Asked | None,
) -> Page:
    """Return a principle: proposed, then evidence as it came in, then adopted or superseded.

    A quote is added on the working day after its verdict; the status changes on its own day.
    """
    front = frontmatter.read(data)
    owner, title = front["owner"], front["title"]
    begun = at(date.fromisoformat(front["proposed"]), "09:40")
    if asked and asked.when.date() == begun.date():
        begun = asked.when - timedelta(minutes=5)
    page = Page(path, edits)
    first = shown([Line(f"{title}\n", begun)], edits, begun).strip()
    page.events.append(Event(begun, owner, words("propose", "ja", title=first)))
    turned = {
        turn: at(date.fromisoformat(front[turn]), "11:00") for turn in _TURNS if turn in front
    }
    if asked and asked.closed and "adopted" in turned:
        turned["adopted"] = asked.closed
    for turn, moment in turned.items():
        what = {"adopted": "adopt", "superseded": "supersede"}[turn]
        page.events.append(Event(moment, owner, words(what, "ja", title=title)))
    texts = data.decode("utf-8").splitlines(keepends=True)
    part = ""
    for number, text in enumerate(texts):
        if text.startswith("## "):
            part = text[3:].strip()
        born = begun
        for turn, moment in turned.items():
            if text.startswith((f"{turn}:", f"{turn}_by:")):
                born = moment
        here = "".join(texts[number : number + 2]) if text.startswith("- ") else text
        found = _SOURCE.search(here)
        if found and text.startswith("- "):
            added = _added(accounts[found["account"]], found["id"], begun)
            if added != begun:
                what = {"根拠": "evidence", "反証": "counter"}.get(part, "insight")
                page.events.append(Event(added, owner, words(what, "ja", title=title)))
            born = added
        elif text.startswith("  "):
            born = page.lines[-1].born  # the fields of the item above
        page.lines.append(Line(text, born))
    page.edits = (*edits, *_status_edits(front, turned))
    return page


def _added(account: AccountPage, id_: str, begun: datetime) -> datetime:
    known = account.judged.get(id_) or account.noted[id_]
    if known < begun:
        return begun
    return at(day_after(known.date()), "09:30", account.path + id_, 20)


def _status_edits(front: Mapping[str, str], turned: Mapping[str, datetime]) -> tuple[Edit, ...]:
    """Return what the status was before it became what it is now."""
    before = {"adopted": "candidate", "superseded": "adopted"}
    edits = []
    for turn, moment in turned.items():
        now, was = f"\nstatus: {turn}\n", f"\nstatus: {before[turn]}\n"
        edits.append(Edit(moment, front["owner"], "", now, was))
    return tuple(edits)


class Said(NamedTuple):
    """One event of a review: when, what kind, who, and the number of its line (from 0)."""

    when: datetime
    kind: str
    member: str
    line: int


def review_events(data: bytes) -> list[Said]:
    """Return the events of a thread in the order of the file."""
    return [
        Said(datetime.fromisoformat(found["when"]), found["kind"], found["member"], number)
        for number, text in enumerate(data.decode("utf-8").splitlines())
        if (found := _EVENT.match(text))
    ]


def review_page(path: str, data: bytes) -> Page:
    """Return a review's thread: each event is written by its member at its own time."""
    page = Page(path, ())
    texts = data.decode("utf-8").splitlines(keepends=True)
    events = review_events(data)
    heading = next(text for text in texts if text.startswith("# "))
    kind, _, title = heading[2:].strip().partition(": ")
    lang = "en" if kind.isascii() else "ja"
    id_ = str(frontmatter.scalar(data, "review"))
    page.lines = [Line(text, events[0].when) for text in texts]
    for number, event in enumerate(events):
        stop = events[number + 1].line if number + 1 < len(events) else len(texts)
        for line in range(event.line, stop):
            page.lines[line] = Line(texts[line], event.when)
        said = words(event.kind, lang, title=title)
        page.events.append(Event(event.when, event.member, said, (("Kb-Review", id_),)))
    return page


def signals_page(path: str, data: bytes, member: str) -> Page:
    """Return an account's figures: a week's rows are added on its Monday."""
    page = Page(path, ())
    header, *rows = data.decode("utf-8").splitlines(keepends=True)
    days = [date.fromisoformat(row.partition(",")[0]) for row in rows]
    moments = [at(day, "08:40") for day in days]
    page.lines = [Line(header, moments[0])]
    page.lines += [Line(row, moment) for row, moment in zip(rows, moments, strict=True)]
    for day, moment in dict(zip(days, moments, strict=True)).items():
        said = words("signals", "ja", day=day.isoformat())
        page.events.append(Event(moment, member, said))
    return page


def outcomes_page(path: str, data: bytes, accounts: Mapping[str, AccountPage]) -> Page:
    """Return what happened to contracts, written by the account's CSM on the working day."""
    page = Page(path, ())
    header, *rows = data.decode("utf-8").splitlines(keepends=True)
    for row in rows:
        slug, day, outcome, _ = row.split(",")
        account = accounts[slug]
        moment = at(working_day(date.fromisoformat(day)), "10:00")
        page.lines.append(Line(row, moment))
        said = words(outcome, account.lang, name=account.name)
        page.events.append(Event(moment, account.csm, said))
    page.lines.insert(0, Line(header, min(line.born for line in page.lines)))
    return page
