"""The known name that is nearest to a word that nobody wrote."""

from collections.abc import Callable, Hashable, Iterable

NEAR = 0.6
"""How alike two words must be: twice what they share beside the letters of both."""
COMPARED = 200
"""Words that are compared letter by letter: those that have most letters of the one that was typed.

A comparison takes ten microseconds, and a store of thousands of accounts has thousands of names.
"""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like `word`, the first of equal ones; None when none is near."""
    from difflib import SequenceMatcher  # a search that finds something does without

    letters = set(word)
    some: list[tuple[int, str]] = []
    for name in names:
        least = NEAR / 2 * (len(word) + len(name))
        if min(len(word), len(name)) < least or letters.isdisjoint(name):
            continue
        shared = sum(map(letters.__contains__, name))
        if shared >= least:
            some.append((abs(len(word) - len(name)) - shared, name))
    if len(some) > COMPARED:
        some = sorted(some, key=lambda one: one[0])[:COMPARED]
    best, most = None, NEAR
    matcher = SequenceMatcher(b=word)
    for _, name in some:
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= most:
            ratio = matcher.ratio()
            if ratio > most or (best is None and ratio == most):
                best, most = name, ratio
    return best


class Names:
    """Names that are read once for each state of what they stand in."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: tuple[Hashable, list[str]] | None = None

    def at(self, state: Hashable, read: Callable[[], Iterable[str]]) -> list[str]:
        """Return what `read` reads, or read when the state was the same."""
        known = self._known
        if known is None or known[0] != state:
            known = self._known = (state, list(dict.fromkeys(read())))
        return known[1]
