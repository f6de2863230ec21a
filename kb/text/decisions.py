"""People's decisions on insights: events of one line each, in `insights/YYYY-MM.md`, appended.

    ## 2026-11-21T12:00:00+09:00 same @sato i-8pc0yv:item1:… i-1m9nwd:item1:… ^e-3f9a7c
    ## … different @emma i-ytjr8h:item1:… from i-8pc0yv:item1:… i-1m9nwd:item1:… ^e-…
    ## … accepted @ito i-81dr79:item1:… i-s5s4rj:item1:… → p-owner-30 ^e-…
    ## … absorbed @ito p-owner-first → p-owner-30 ^e-…
    ## … dismissed @ito i-ckg9bh:item1:… i-k46gp1:item1:… until:3 ^e-…

All that carries meaning stands on that line; what stands below it is why, for people.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from kb.text import thread
from kb.text.lines import encode
from kb.text.thread import Event

KINDS = ("same", "different", "accepted", "absorbed", "dismissed")
"""What people can decide."""
NEW_ACCOUNTS = 3
"""How many new accounts bring a dismissed group back, where the line doesn't say."""

_SUBJECT = re.compile(r"(?P<id>(?:[^\s:]+#\^)?i-[0-9a-hjkmnp-tv-z]{6}):(?P<digest>item1:[0-9a-f]+)")
_PAGE = re.compile(r"[\w-]{1,100}")
_UNTIL = re.compile(r"[1-9]\d{0,3}")
_ARROWS = ("→", "->")
_FROM = "from"


class Subject(NamedTuple):
    """An insight that a decision is about, and the digest of its wording then."""

    id: str
    digest: str


class Decision(NamedTuple):
    """One event. `subjects` are what it is about, `others` what they differ from.

    `page` is the principle that was accepted, or that is absorbed `into` another; `until` says
    how many new accounts bring a dismissed group back; `why` is free text.
    """

    at: datetime
    kind: str
    member: str
    subjects: tuple[Subject, ...] = ()
    others: tuple[Subject, ...] = ()
    page: str | None = None
    into: str | None = None
    until: int = NEW_ACCOUNTS
    why: str = ""
    id: str = ""


def parse(data: bytes) -> list[Decision]:
    """Return the decisions of a file by time, then id; what is none of them is left out."""
    return [one for event in thread.parse_thread(data).events if (one := _read(event)) is not None]


def file_of(time: str) -> str:
    """Return the path of the file that a decision of that time (as written) stands in."""
    return f"insights/{time[:7]}.md"


def stamp(earlier: Iterable[Decision], now: datetime) -> datetime:
    """Return when a decision made `now` counts: a second after the last one at the earliest."""
    events = (Event(one.at.isoformat(), one.kind, "", (), one.id) for one in earlier)
    return datetime.fromisoformat(thread.stamp(events, now))


def identified(decision: Decision) -> Decision:
    """Return the decision with its id: derived from when, by whom, and all that it says."""
    return decision._replace(id=_event(decision).id)


def append(data: bytes | None, decision: Decision, lang: str) -> bytes:
    """Return the file with one decision more at its end; a new file gets a title in `lang`."""
    event = _event(decision)
    title = "気づきについての判断" if lang == "ja" else "Decisions on insights"
    return thread.append(data or encode(f"# {title} {event.time[:7]}\n"), event)


def _event(decision: Decision) -> Event:
    words = _written(decision.subjects)
    if decision.kind == "different" and decision.others:
        words += [_FROM, *_written(decision.others)]
    elif decision.kind == "absorbed":
        words += [str(decision.page), _ARROWS[0], str(decision.into)]
    elif decision.kind == "accepted":
        words += [_ARROWS[0], str(decision.page)]
    elif decision.kind == "dismissed":
        words.append(f"until:{decision.until}")
    time = decision.at.isoformat(timespec="seconds")
    name = file_of(time)
    return thread.new_event(name, time, decision.kind, decision.member, words, decision.why)


def _written(subjects: Sequence[Subject]) -> list[str]:
    return [f"{one.id}:{one.digest}" for one in subjects]


def _read(event: Event) -> Decision | None:
    """Return what an event says, or None when it says nothing that is known here."""
    if event.type not in KINDS:
        return None
    words = event.words
    parted = words.index(_FROM) if _FROM in words else len(words)
    arrow = next((n for n, word in enumerate(words) if word in _ARROWS), len(words))
    page, into = "".join(words[arrow - 1 : arrow]), "".join(words[arrow + 1 : arrow + 2])
    until = event.value("until") or ""
    decision = Decision(
        at=event.moment,
        kind=event.type,
        member=event.member,
        subjects=_subjects(words[:parted]),
        others=_subjects(words[parted:]),
        until=int(until) if _UNTIL.fullmatch(until) else NEW_ACCOUNTS,
        why=event.body,
        id=event.id,
    )
    if event.type == "accepted":
        return decision._replace(page=into) if _PAGE.fullmatch(into) else None
    if event.type == "absorbed":
        known = _PAGE.fullmatch(page) and _PAGE.fullmatch(into)
        return decision._replace(page=page, into=into) if known else None
    return decision


def _subjects(words: Sequence[str]) -> tuple[Subject, ...]:
    found = filter(None, map(_SUBJECT.fullmatch, words))
    unique = {one["id"]: Subject(one["id"], one["digest"]) for one in found}
    return tuple(unique.values())
