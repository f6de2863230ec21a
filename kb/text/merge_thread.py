"""Merge of append-only threads of events: the union by id, in the order of time."""

from datetime import UTC, datetime

from kb.text.lines import newline_of
from kb.text.merge3 import Conflict, Merged, bare, merge_lines
from kb.text.thread import HEAD


def has_events(data: bytes) -> bool:
    """Tell whether any line of a text is an event: then it is merged as a thread."""
    return any(HEAD.match(line) for line in data.splitlines())


def merge_thread(base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
    """Merge two versions of an append-only thread: the union of its events by id, by time.

    An event that both sides hold with other words is merged by lines; none is ever dropped.
    """
    if ours in (upstream, base):
        return Merged(upstream)
    if upstream == base:
        return Merged(ours)
    sides = [_thread((text or b"").splitlines(keepends=True)) for text in (base, upstream, ours)]
    keys = sorted(dict.fromkeys(key for side in sides[1:] for key in side))
    out = b""
    conflicts: list[Conflict] = []
    for key in keys:
        was, theirs, mine = (side.get(key) for side in sides)
        if theirs is None or mine is None:
            part = Merged(b"".join(theirs or mine or []))
        else:
            texts = [b"".join(lines or []) for lines in (was, theirs, mine)]
            part = merge_lines(*texts) if texts[1] != texts[2] else Merged(texts[1])
        if part.data and out and not out.endswith((b"\n", b"\r")):
            out += newline_of(upstream)  # a side that ends without a line end ends no event
        out += part.data
        conflicts += part.conflicts
    return Merged(out, tuple(conflicts))


def _thread(lines: list[bytes]) -> dict[tuple[bytes, bytes, int], list[bytes]]:
    """Return a thread's events by (time, id, occurrence); what stands before them by ("", "")."""
    found: dict[tuple[bytes, bytes, int], list[bytes]] = {}
    current: list[bytes] = []
    found[b"", b"", 0] = current
    for line in lines:
        if event := HEAD.match(bare(line)):
            number = 0
            at = _instant(event[1])
            while (at, event[4], number) in found:
                number += 1
            current = found.setdefault((at, event[4], number), [])
        current.append(line)
    return found


def _instant(time: bytes) -> bytes:
    """Return a time in UTC, so that clocks of two time zones sort; one that is none as it is."""
    try:
        at = datetime.fromisoformat(time.decode("ascii"))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return time
    return at.isoformat().encode("ascii")
