"""What changed in a line, as stretches that are the same, struck out, or new."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.25
"""Lines less alike than this are shown as one struck out and one new."""
_TOKEN = re.compile(
    r"[0-9A-Za-z][0-9A-Za-z.,:/%+'’-]*|[一-龠々]+|[ぁ-ゖ]+|[ァ-ヺー]+|\s+|.", re.DOTALL
)
"""What is compared: words, and in Japanese the stretches of one script."""


class Stretch(NamedTuple):
    """A stretch of a line: `kind` is "same", "del" (was there) or "ins" (is there now)."""

    kind: str
    text: str


def stretches(was: str | None, now: str | None) -> tuple[Stretch, ...]:
    """Return how a line became another; None where there was, or is, no line."""
    if was is None or now is None:
        return (Stretch("del", was),) if was else (Stretch("ins", now or ""),)
    before, after = (_TOKEN.findall(text) for text in (was, now))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (Stretch("del", was), Stretch("ins", now))
    old, new = "", ""
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        same = "".join(before[i1:i2])
        if tag == "equal" and (len(same.strip()) > 1 or i1 == 0 or i2 == len(before)):
            found += [*_both(old, new), Stretch("same", same)]
            old = new = ""
        else:  # a particle that stayed between two changes would only be in the way
            old += same
            new += "".join(after[j1:j2])
    return (*found, *_both(old, new))


def _both(old: str, new: str) -> list[Stretch]:
    return [Stretch(kind, text) for kind, text in (("del", old), ("ins", new)) if text]
