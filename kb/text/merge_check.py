"""The last check of a merge: no line of either side lost, none doubled, no id on two lines."""

from collections import Counter
from collections.abc import Iterable

from kb.text.canonical import take_apart
from kb.text.lines import decode
from kb.text.merge3 import Merged
from kb.text.merge_tree import says_nothing
from kb.text.names import Names


def is_whole(base: bytes, upstream: bytes, ours: bytes, merged: Merged, names: Names) -> bool:
    """Tell whether all that either side wrote, and the other did not delete, is still there.

    Texts, dates, owners and tags are counted one by one, so that a line put together from both
    sides is found again; ids, boxes, markers and blank lines of templates do not count.
    """
    rows = [Counter(data.splitlines()) for data in (base, upstream, ours, merged.data)]
    settled = {line for line in rows[0] if len({row[line] for row in rows}) == 1}
    was, theirs, mine, now = (
        _units((line for line in row.elements() if line not in settled), names) for row in rows
    )
    aside: Counter[str] = Counter()
    for conflict in merged.conflicts:
        aside += _units([*conflict.upstream.splitlines(), *conflict.ours.splitlines()], names)
    for unit in {*was, *theirs, *mine, *now}:
        b, u, o = was[unit], theirs[unit], mine[unit]
        least = max(u, o) if u >= b and o >= b else max(0, u + o - b)
        most = b + max(0, u - b) + max(0, o - b)
        if now[unit] + aside[unit] < least or now[unit] > most + aside[unit]:
            return False
    return True


def ids_hold(base: bytes, upstream: bytes, ours: bytes, data: bytes) -> bool:
    """Tell whether `data` has no id more often than a side has it, and no meeting with two.

    Two ids of meetings may stand on one heading only where one side has them so, or where both
    sides gave the same heading its id.
    """
    rows = [Counter(text.splitlines()) for text in (base, upstream, ours, data)]
    settled = {line for line in rows[3] if len({row[line] for row in rows}) == 1}
    counts: list[Counter[str]] = []
    titles: list[dict[str, tuple[str, tuple[str, ...]]]] = []  # a meeting's id: text, ids with it
    for row in rows[1:]:
        count: Counter[str] = Counter()
        title: dict[str, tuple[str, tuple[str, ...]]] = {}
        for line, times in row.items():
            if b"^" not in line or line in settled:
                continue
            parts = take_apart(decode(line))
            for name in parts.ids:
                count[name] += times
            meetings = tuple(name for name in parts.ids if name.startswith("m-"))
            if parts.prefix.lstrip().startswith("#"):
                title |= dict.fromkeys(meetings, (parts.text, meetings))
        counts.append(count)
        titles.append(title)
    theirs, mine, now = counts
    if any(times > max(theirs[name], mine[name]) for name, times in now.items()):
        return False
    return all(_meant(names, titles[:2]) for _, names in titles[2].values() if len(names) > 1)


def _meant(names: tuple[str, ...], sides: list[dict[str, tuple[str, tuple[str, ...]]]]) -> bool:
    """Tell whether one side has these ids on one heading, or both gave it the same text."""
    found = [side[name] for side in sides for name in names if name in side]
    return any(set(names) <= set(ids) for _, ids in found) or len({text for text, _ in found}) == 1


def _units(lines: Iterable[bytes], names: Names) -> Counter[str]:
    """Count what lines say: each text once, each date, owner and tag by itself."""
    found: Counter[str] = Counter()
    for line in lines:
        parts = take_apart(decode(line))
        found.update(parts.tail)
        if not says_nothing(parts, names) and parts.text:
            found[" ".join(parts.text.split())] += 1
    return found
