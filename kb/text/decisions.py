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
from datetime import datetime, timedelta
from typing import NamedTuple

from kb.text.ids import short
from kb.text.lines import decode, encode, newline_of

KINDS = ("same", "different", "accepted", "absorbed", "dismissed")
"""What people can decide."""
NEW_ACCOUNTS = 3
"""How many new accounts bring a dismissed group back, where the line doesn't say."""

_EVENT = re.compile(
    rf"## (?P<at>\d{{4}}-\d\d-\d\dT\S+) (?P<kind>{'|'.join(KINDS)}) @(?P<member>\S+)"
    r"(?P<rest>(?: .*)?) \^(?P<id>e-[0-9a-z]+)\s*"
)
_SUBJECT = re.compile(r"(?P<id>(?:[^\s:]+#\^)?i-[0-9a-hjkmnp-tv-z]{6}):(?P<digest>item1:[0-9a-f]+)")
_PAGE = re.compile(r"[\w-]{1,100}")
_UNTIL = re.compile(r"until:(\d{1,4})")
_ARROWS = frozenset({"→", "->"})
_BLOCK = re.compile(r"(?m)^([ \t]*)(#{1,6}(?=\s)|```|~~~|<!--)")


class Subject(NamedTuple):
    """An insight that a decision is about, and the digest of its wording then."""

    id: str
    digest: str


class Decision(NamedTuple):
    """One event. `subjects` are what it is about, `others` what they differ from.

    `page` is the principle that was accepted or is absorbed into `into`; `until` says how many
    new accounts bring a dismissed group back; `why` is free text.
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
    """Return the decisions of a file in its order; what is no event of this kind is left out."""
    found: list[Decision] = []
    below: list[str] = []
    open_ = False
    for line in map(decode, data.splitlines()):
        if line.startswith("## "):
            _end(found, below, open_=open_)
            decision = _read(line)
            open_ = decision is not None
            if decision is not None:
                found.append(decision)
        else:
            below.append(line)
    _end(found, below, open_=open_)
    return found


def file_of(at: datetime) -> str:
    """Return the path of the file that a decision of that moment stands in."""
    return f"insights/{at:%Y-%m}.md"


def moment(now: datetime, earlier: Iterable[Decision]) -> datetime:
    """Return when a decision made `now` counts: a second after the last one at the earliest."""
    whole = now.replace(microsecond=0)
    last = max((one.at for one in earlier), default=None)
    if last is None or last < whole:
        return whole
    return (last + timedelta(seconds=1)).astimezone(now.tzinfo)


def append(data: bytes | None, decision: Decision, lang: str = "ja") -> bytes:
    """Return the file with one decision more at its end; a new file gets a title in `lang`.

    The decision's id is made here (`identified`). A file that ends without a line end gets one.
    """
    title = "気づきについての判断" if lang == "ja" else "Decisions on insights"
    before = data or encode(f"# {title} {decision.at:%Y-%m}\n")
    end = newline_of(before)
    text = line_of(identified(decision)) + "\n"
    if decision.why:
        text += f"\n{_quiet(decision.why)}\n"
    gap = b"" if before.endswith((b"\n", b"\r")) else end
    return before + gap + end + encode(text).replace(b"\n", end)


def identified(decision: Decision) -> Decision:
    """Return the decision with its id: derived from when, by whom, and what it says."""
    body = chr(31).join((line_of(decision._replace(id="")), decision.why))
    return decision._replace(id=f"e-{short(body)}")


def line_of(decision: Decision) -> str:
    """Return the line on which all of a decision stands."""
    words = ["##", decision.at.isoformat(timespec="seconds"), decision.kind]
    words += [f"@{decision.member}", *_written(decision.subjects)]
    if decision.kind == "different" and decision.others:
        words += ["from", *_written(decision.others)]
    if decision.kind == "absorbed":
        words += [str(decision.page), "→", str(decision.into)]
    elif decision.kind == "accepted":
        words += ["→", str(decision.page)]
    elif decision.kind == "dismissed":
        words.append(f"until:{decision.until}")
    return " ".join([*words, f"^{decision.id}"] if decision.id else words)


def _written(subjects: Sequence[Subject]) -> list[str]:
    return [f"{one.id}:{one.digest}" for one in subjects]


def _read(line: str) -> Decision | None:
    event = _EVENT.fullmatch(line)
    if event is None:
        return None
    try:
        at = datetime.fromisoformat(event["at"])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    words = event["rest"].split()
    parted = words.index("from") if "from" in words else len(words)
    decision = Decision(
        at=at,
        kind=event["kind"],
        member=event["member"],
        subjects=_subjects(words[:parted]),
        others=_subjects(words[parted:]),
        id=event["id"],
    )
    if decision.kind in ("accepted", "absorbed"):
        arrow = next((n for n, word in enumerate(words) if word in _ARROWS), None)
        to = words[arrow + 1] if arrow is not None and arrow + 1 < len(words) else ""
        source = words[arrow - 1] if arrow else ""
        if not _PAGE.fullmatch(to) or (decision.kind == "absorbed" and not _PAGE.fullmatch(source)):
            return None
        if decision.kind == "absorbed":
            return decision._replace(page=source, into=to)
        return decision._replace(page=to)
    until = next((int(found[1]) for word in words if (found := _UNTIL.fullmatch(word))), None)
    return decision if until is None else decision._replace(until=until)


def _subjects(words: Sequence[str]) -> tuple[Subject, ...]:
    found = filter(None, map(_SUBJECT.fullmatch, words))
    unique = {one["id"]: Subject(one["id"], one["digest"]) for one in found}
    return tuple(unique.values())


def _end(found: list[Decision], below: list[str], *, open_: bool) -> None:
    """Give the lines that stood below an event to it."""
    if open_ and found:
        found[-1] = found[-1]._replace(why="\n".join(below).strip())
    below.clear()


def _quiet(why: str) -> str:
    """Return free text that begins no section, no code and no comment."""
    return _BLOCK.sub(r"\1\\\2", why.replace("\r\n", "\n").replace("\r", "\n").strip())
