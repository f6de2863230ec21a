"""Threads of events: append-only Markdown in which each event is one line and free text below it.

    ## 2026-11-24T09:20:11+09:00 approved @takahashi digest:pre1:… ^e-rq703d

All that carries meaning stands on that line, so that even a merge that puts lines together can't
mix two events up. Text below it can't forge one: what was typed is escaped, and read back as it
was typed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from json import dumps
from typing import Any, NamedTuple

from kb.text import frontmatter
from kb.text.ids import short
from kb.text.lines import decode, encode, newline_of

HEAD = re.compile(rb"## (\d{4}-\d\d-\d\dT\S+) ([a-z-]+) @(.*)\^(e-[0-9a-z]+)[ \t]*$")
"""The line of an event: its time, type, member with all that follows, and its id."""

_NAMED = re.compile(rb"^(?:review|of):[ \t]*\S", re.MULTILINE)
_BEGUN = re.compile(rb"^## \d{4}-\d\d-", re.MULTILINE)
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HOSTILE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|<(?=!--)|\^(?=[a-z]-[0-9a-z])")
_HOSTILE_START = re.compile(r"( {0,3})(?=#{1,6}(?:\s|$)|```|~~~|=+\s*$|-{2,}\s*$)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PLAIN_VALUE = re.compile(r"\w[\w.+:^#-]*(?<!:)")
_MEMBER = re.compile(r"[\w-]{1,64}")


class Event(NamedTuple):
    """One thing that a member did: when (as written), what, and with which words.

    `words` are those of the line after the member, in order, without the id; most are
    `key:value`. `body` is the free text below, as it was typed. `line` counts from 1.
    """

    time: str
    type: str
    member: str
    words: tuple[str, ...]
    id: str
    body: str = ""
    line: int = 0

    @property
    def moment(self) -> datetime:
        """Return when it happened; a time without an offset is taken for UTC."""
        found = datetime.fromisoformat(self.time)
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    @property
    def head(self) -> str:
        """Return the line of the event, as it is written."""
        return " ".join(("##", self.time, self.type, f"@{self.member}", *self.words, f"^{self.id}"))

    def value(self, key: str) -> str | None:
        """Return the value of the first word `key:…`, or None."""
        mark = f"{key}:"
        return next((word[len(mark) :] for word in self.words if word.startswith(mark)), None)

    def members(self, key: str) -> tuple[str, ...]:
        """Return the members that a word `key:@a,@b` names."""
        names = (name.strip().lstrip("@") for name in (self.value(key) or "").split(","))
        return tuple(dict.fromkeys(name for name in names if name))


class Thread(NamedTuple):
    """A thread as it was read: its front matter, and its events by time, then id.

    `strange` are the lines (from 1) that begin like an event and are none.
    """

    front: dict[str, Any]
    title: str
    events: tuple[Event, ...]
    strange: tuple[int, ...] = ()


def parse_thread(data: bytes) -> Thread:
    """Read a thread. Never fails: what is no event is free text; a doubled event counts once."""
    found: dict[tuple[str, ...], tuple[Event, list[str]]] = {}
    strange: list[int] = []
    title = ""
    body: list[str] = []
    for number, line in enumerate(data[frontmatter.text_start(data) :].splitlines(), 1):
        if event := event_of(line, number):
            body = found.setdefault((event.id, event.head), (event, []))[1]
            if body:
                body = []  # the same event again, as some merges leave it: its text stands above
        elif line.startswith(b"## "):
            strange.append(number)
            body = []
        elif line.startswith(b"# ") and not title and not found:
            title = decode(line[2:]).strip()
        else:
            body.append(decode(line))
    before = data[: frontmatter.text_start(data)].count(b"\n")
    events = [
        event._replace(body=_plain("\n".join(text)), line=event.line + before)
        for event, text in found.values()
    ]
    return Thread(
        frontmatter.read(data),
        title,
        in_order(events),
        tuple(number + before for number in strange),
    )


def is_thread(data: bytes) -> bool:
    """Tell whether a text is a thread at all: by its front matter, or by any event in it."""
    return has_front(data) or (bool(_BEGUN.search(data)) and bool(parse_thread(data).events))


def has_front(data: bytes) -> bool:
    """Tell whether a text says in its front matter which thread it is, or of what."""
    body = frontmatter.body_span(data)
    return _NAMED.search(data, body.start, body.stop) is not None


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events by time, then id: the same for everybody, whatever order a merge left."""
    return tuple(sorted(events, key=lambda event: (event.moment, event.id, event.head)))


def event_lines(data: bytes) -> frozenset[bytes]:
    """Return the lines of a thread that begin like an event, each once."""
    lines = data[frontmatter.text_start(data) :].splitlines()
    return frozenset(line for line in lines if line.startswith(b"## "))


def event_of(line: bytes, number: int = 0) -> Event | None:
    """Return the event whose line this is, without its text; None for what is no event."""
    head = HEAD.match(line)
    if head is None:
        return None
    time, kind, rest, id_ = (decode(part) for part in head.groups())
    member, *words = rest.split() or [""]
    if not _MEMBER.fullmatch(member):
        return None
    event = Event(time, kind, member, tuple(words), id_, line=number)
    try:
        (event.moment + timedelta(days=2)).astimezone(UTC)  # no day beside the calendar's end
    except (ValueError, OverflowError):
        return None
    return event


def stamp(events: Iterable[Event], now: datetime) -> str:
    """Return the time of the next event: the later of now and a second after the last one."""
    last = max((event.moment for event in events), default=None)
    at = now.replace(microsecond=0)
    if last is not None and last + timedelta(seconds=1) > at:
        at = (last + timedelta(seconds=1)).astimezone(now.tzinfo)
    return at.isoformat(timespec="seconds")


def new_event(
    thread: str, time: str, kind: str, member: str, words: Iterable[str] = (), body: str = ""
) -> Event:
    """Return an event with its id, derived from the thread's name and all that the event says."""
    text = _plain(_escaped(body))
    said = tuple(words)
    key = chr(31).join((thread, member, time, kind, *said, text))
    return Event(time, kind, member, said, f"e-{short(key)}", text)


def begin(front: Mapping[str, str | None], title: str) -> bytes:
    """Return a new thread without events; values of `front` that are None are left out."""
    lines = [f"{key}: {_value(value)}" for key, value in front.items() if value is not None]
    heading = " ".join(_CONTROL.sub(" ", title).split())
    return encode("\n".join(["---", *lines, "---", "", f"# {heading}", ""]))


def _value(text: str) -> str:
    return text if _PLAIN_VALUE.fullmatch(text) else dumps(text, ensure_ascii=False)


def append(data: bytes, event: Event) -> bytes:
    """Return the thread with one more event at its end; not a byte before it changes."""
    newline = newline_of(data)
    rows = [event.head, *(["", *_escaped(event.body).split("\n")] if event.body else [])]
    gap = b"" if data.endswith((b"\n", b"\r")) or not data else newline
    if data and not (data + gap).endswith(newline * 2):
        gap += newline
    return data + gap + newline.join(encode(row) for row in rows) + newline


def _escaped(text: str) -> str:
    """Return what was typed as free text of an event: no line of it can be read as another."""
    lines = []
    for part in _LINE_BREAKS.split(text):
        line = _HOSTILE.sub(lambda found: "\\" + found[0], _CONTROL.sub(" ", part).rstrip())
        lines.append(_HOSTILE_START.sub(r"\1\\", line, count=1))
    return "\n".join(lines).strip("\n")


def _plain(text: str) -> str:
    lines = [_ESCAPED.sub(r"\1", line.rstrip()) for line in text.split("\n")]
    return "\n".join(lines).strip("\n")
