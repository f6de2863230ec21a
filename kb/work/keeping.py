"""Kept texts beside what stands now: place by place, until somebody has chosen.

Where only the kept text changed something it is taken; where both did, both stay unless somebody
says otherwise. Everything else that stands in the file stays.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.text.align import matching
from kb.text.lines import decode, encode, newline_of
from kb.text.merge3 import Region, regions

if TYPE_CHECKING:
    from datetime import datetime

    from kb.store.ports import KeptText, Saved
    from kb.work.context import Context

Pick = Literal["both", "kept", "now"]
PICKS: tuple[Pick, ...] = ("both", "kept", "now")
LONGEST = 64 * 1024
"""Of a longer text without lines, such as a picture, no lines are shown."""


class Hunk(NamedTuple):
    """One place where the kept text has something else than the file: lines of both.

    `usual` is what happens to it if nobody says otherwise.
    """

    now: tuple[str, ...]
    kept: tuple[str, ...]
    usual: Pick


class Sheet(NamedTuple):
    """A kept text beside its file, whose present text is named `base` ("" when there is none).

    `lines` is False for what is no text: it can be put in whole, or dropped.
    """

    id: str
    at: "datetime"
    path: str
    account: str | None
    reason: str
    text: str
    hunks: tuple[Hunk, ...]
    base: str
    lines: bool


class _Beside(NamedTuple):
    now: list[str]
    kept: list[str]
    parts: list[Region]


def sheet(ctx: "Context", name: str) -> Sheet:
    """Return a kept text beside what stands now; `NotFound("no-kept")`."""
    kept = ctx.store.kept_text(name)
    path = ctx.store.home_of(kept)
    found = ctx.store.read_for_edit(path)
    text = _text(kept.text)
    beside = _beside(ctx, kept, found.data if found else b"") if text is not None else None
    there = ctx.catalogue.accounts(ctx.now, archived=True)
    return Sheet(
        id=kept.id,
        at=kept.at.astimezone(ctx.settings.tz),
        path=path,
        account=next((one.account for one in there if one.path == path), None),
        reason=kept.reason,
        text=text or "",
        hunks=tuple(_hunks(beside)) if beside else (),
        base=found.blob if found else "",
        lines=text is not None,
    )


def _text(data: bytes) -> str | None:
    """Return bytes as text, None when they are none."""
    try:
        return None if b"\0" in data else data.decode()
    except UnicodeDecodeError:
        return None


def _beside(ctx: "Context", kept: "KeptText", now: bytes) -> _Beside:
    """Lay the kept text beside the present one; both began with the base that it was written on."""
    base = ctx.store.blob(kept.base) if kept.base else None
    theirs, mine = _lines(now), _lines(kept.text)
    shared = [] if base is not None else [theirs[at] for at, _ in matching(theirs, mine)]
    before = shared if base is None else _lines(base)
    return _Beside(theirs, mine, regions(before, theirs, mine))


def _lines(data: bytes) -> list[str]:
    return decode(data).splitlines()


def _hunks(beside: _Beside) -> list[Hunk]:
    found = []
    for part in _asked(beside):
        now = tuple(beside.now[slice(*part.upstream)])
        kept = tuple(beside.kept[slice(*part.ours)])
        found.append(Hunk(now, kept, "kept" if part.kind == "ours" else "both"))
    return found


def _asked(beside: _Beside) -> list[Region]:
    """Return the places of which a person is asked: those that the kept text changed."""
    return [part for part in beside.parts if part.kind in ("ours", "both", "conflict")]


def put_in(ctx: "Context", name: str, base: str, picks: Mapping[int, Pick]) -> "Saved":
    """Save what was picked of a kept text, and forget it; nothing picked means the usual.

    `base` names the present text as it was looked at. Raises `NotFound("no-kept")`,
    `WrongUse("kept-changed")` when the file is another one since, and what forbids a save; then
    the text stays kept.
    """
    from kb.store.ports import Put

    kept = ctx.store.kept_text(name)
    path = ctx.store.home_of(kept)
    found = ctx.store.read_for_edit(path)
    if (found.blob if found else "") != base:
        raise WrongUse("kept-changed")
    now = found.data if found else b""
    if _text(kept.text) is None:
        data = kept.text
    else:
        data = _joined(_composed(_beside(ctx, kept, now), picks), now or kept.text)
    message = kept.message or say("did-kept", ctx.settings.lang, path=path)[0]
    saved = ctx.store.save(
        [Put(path, data, base or None)], actor=ctx.actor, message=message, when=ctx.now
    )
    ctx.store.drop(name)
    ctx.tell(path, saved)
    return saved


def _composed(beside: _Beside, picks: Mapping[int, Pick]) -> list[str]:
    lines: list[str] = []
    number = 0
    for part in beside.parts:
        now, kept = beside.now[slice(*part.upstream)], beside.kept[slice(*part.ours)]
        if part.kind not in ("ours", "both", "conflict"):
            lines += now
            continue
        pick = picks.get(number, "kept" if part.kind == "ours" else "both")
        number += 1
        if pick != "kept":
            lines += now
        if pick != "now":
            lines += kept
    return lines


def _joined(lines: Sequence[str], like: bytes) -> bytes:
    newline = newline_of(like)
    ended = like.endswith((b"\n", b"\r"))
    return newline.join(encode(line) for line in lines) + (newline if ended and lines else b"")


def drop(ctx: "Context", name: str) -> None:
    """Forget a kept text; `NotFound("no-kept")`."""
    ctx.store.drop(name)


def waiting(ctx: "Context") -> list[Sheet]:
    """Return all kept texts, the newest first, each beside what stands now."""
    found = []
    for kept in reversed(ctx.store.kept()):
        try:
            found.append(sheet(ctx, kept.id))
        except NotFound:
            continue  # somebody has just decided
    return found
