"""The order in which the sample team wrote its store, one commit after the other.

What can only be known while the history is made is filled in here: the digest of the text that an
approval names, and the digest and the commit of an item that a principle's evidence points at.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from kb.demo import pages, sources
from kb.demo.documents import AccountPage
from kb.demo.lines import Event
from kb.demo.words import words
from kb.text import frontmatter
from kb.text.canonical import item_digest, post_digest, pre_digest
from kb.text.document import Item
from kb.text.outline import Document, parse
from kb.text.page import adopt_digest

_PENDING = re.compile(
    r"\[\[(?P<account>[\w-]+)#\^(?P<id>[hi]-[0-9a-z]{6})\]\] (?P<day>\S+)"
    r" item1:pending commit:pending"
)
_APPROVED = re.compile(r"## (?P<when>\S+) approved @\w+ digest:(?P<rule>\w+):pending")
STEWARD = "ito"
"""The member who enters the weekly figures."""


class Commit(NamedTuple):
    """One commit to make: texts by path, who, when, why, and the trailers."""

    texts: dict[str, bytes]
    member: str
    when: datetime
    message: str
    trailers: tuple[tuple[str, str], ...]


class AnyPage(Protocol):
    """What the timetable asks of a page."""

    path: str
    events: list[Event]

    def shown(self, moment: datetime) -> str:
        """Return the text as it was at `moment`."""


@dataclass(frozen=True, slots=True)
class Team:
    """All pages of the sample team's store, by path; `accounts` by slug."""

    pages: Mapping[str, AnyPage]
    accounts: Mapping[str, AccountPage]


def team() -> Team:
    """Read the sample team's files and say of every line when it was written."""
    files = sources.final_files()
    plan = sources.plan()
    threads = {path: data for path, data in files.items() if path.startswith("reviews/")}
    asked: dict[str, datetime] = {}
    adoptions: dict[str, pages.Asked] = {}
    for data in threads.values():
        front = frontmatter.read(data)
        said = pages.review_events(data)
        if front["kind"] == "pre":
            asked[front["of"].partition("#^")[2]] = said[0].when
        elif front["kind"] == "adoption":
            closed = next((event.when for event in said if event.kind == "closed"), None)
            adoptions[front["of"]] = pages.Asked(said[0].when, closed)
    accounts: dict[str, AccountPage] = {}
    for path, data in files.items():
        if path.startswith("accounts/"):
            page = AccountPage(path, data, plan.begun[path], plan.edits.get(path, ()), asked)
            accounts[page.account] = page
    found: dict[str, AnyPage] = {page.path: page for page in accounts.values()}
    for path, data in files.items():
        if path not in found:
            found[path] = _page(path, data, plan, accounts, adoptions)
    return Team(found, accounts)


def _page(
    path: str,
    data: bytes,
    plan: sources.Plan,
    accounts: Mapping[str, AccountPage],
    adoptions: Mapping[str, pages.Asked],
) -> pages.Page:
    edits = plan.edits.get(path, ())
    kind = path.rpartition("/")[0]
    if kind == "reviews":
        return pages.review_page(path, data)
    if kind == "signals":
        return pages.signals_page(path, data, STEWARD)
    if path == "outcomes.csv":
        return pages.outcomes_page(path, data, accounts)
    if kind == "playbooks/principles":
        asked = adoptions.get(path.rpartition("/")[2].removesuffix(".md"))
        return pages.principle_page(path, data, edits, accounts, asked)
    if kind.startswith("playbooks/"):
        title = frontmatter.read(data)["title"]
        return pages.whole_page(path, data, plan.begun[path], words("page", "ja", title=title))
    return pages.whole_page(path, data, plan.begun["kb.toml"], words("store", "ja"), edits)


def commits(
    everything: Team, extra: Mapping[str, bytes], id_of: Callable[[int], str]
) -> Iterator[Commit]:
    """Yield the commits in order; `extra` files go into the first.

    `id_of` returns the id of a commit that was yielded earlier, by its number (from 0).
    """
    filled = _Filled(everything, id_of)
    written: dict[str, bytes] = {}
    groups: defaultdict[tuple[datetime, str], list[tuple[str, Event]]] = defaultdict(list)
    for path, page in everything.pages.items():
        for event in page.events:
            groups[event.when, event.member].append((path, event))
    for (when, member), group in sorted(groups.items(), key=lambda entry: entry[0]):
        texts = {} if written else dict(extra)
        for path in dict.fromkeys(path for path, _ in group):
            data = filled.text(path, when).encode("utf-8")
            if data != written.get(path, b""):
                texts[path] = data
        if not texts:
            continue
        event = group[0][1]
        written |= texts
        yield Commit(texts, member, when, event.message, event.trailers)
        filled.numbers[when, member] = len(filled.numbers)


class _Filled:
    """Texts with what was pending put in."""

    def __init__(self, everything: Team, id_of: Callable[[int], str]) -> None:
        self.team = everything
        self.id_of = id_of
        self.numbers: dict[tuple[datetime, str], int] = {}
        self.known: dict[str, str] = {}

    def text(self, path: str, moment: datetime) -> str:
        text = self.team.pages[path].shown(moment)
        if "pending" not in text:
            return text
        text = _PENDING.sub(lambda found: self._once(found[0], self._evidence, found, moment), text)
        return _APPROVED.sub(
            lambda found: self._once(path + found[0], self._approval, found, text), text
        )

    def _once(self, key: str, make: Callable[..., str], *given: object) -> str:
        """Return what was filled in the first time: a line that was written stays as it is."""
        if key not in self.known:
            self.known[key] = make(*given)
        return self.known[key]

    def _evidence(self, found: re.Match[str], moment: datetime) -> str:
        account = self.team.accounts[found["account"]]
        doc = _meeting_with(account.shown(moment), found["id"])
        digest = item_digest(doc.data, _item(doc, found["id"]))
        written = account.judged.get(found["id"]) or account.noted[found["id"]]
        commit = self.id_of(self.numbers[written, account.csm])
        link = f"[[{found['account']}#^{found['id']}]]"
        return f"{link} {found['day']} {digest} commit:{commit[:12]}"

    def _approval(self, found: re.Match[str], thread: str) -> str:
        of = str(frontmatter.scalar(thread.encode("utf-8"), "of"))
        when = datetime.fromisoformat(found["when"])
        if found["rule"] == "adopt1":
            page = self.team.pages[f"playbooks/principles/{of}.md"]
            digest = adopt_digest(page.shown(when).encode("utf-8"))
        else:
            slug, _, id_ = of.partition("#^")
            meeting = _meeting_with(self.team.accounts[slug].shown(when), id_).meetings[0]
            digest = (pre_digest if found["rule"] == "pre1" else post_digest)(meeting)
        return found[0].replace(f"{found['rule']}:pending", digest)


def _meeting_with(text: str, id_: str) -> Document:
    """Return the one meeting of a document in which an id stands, read by itself: it is quick."""
    place = text.index(f" ^{id_}")
    start = text.rfind("\n## ", 0, place) + 1
    stop = text.find("\n## ", place) + 1
    return parse(text[start : stop or len(text)].encode("utf-8"))


def _item(doc: Document, id_: str) -> Item:
    for meeting in doc.meetings:
        for item in meeting.root.all_items():
            if id_ in item.ids:
                return item
    raise KeyError(id_)
