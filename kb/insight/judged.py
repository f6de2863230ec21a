"""What people's answers say of any two notes: linked over others, apart over others."""

from collections.abc import Iterable

from kb.insight.notes import Links


class Judged:
    """The components of what people linked, and which of them are apart.

    Who is the same as a note that is different is different too. Where answers contradict each
    other, the links count: the pair is in one component.
    """

    def __init__(self, links: Links) -> None:
        """Take in all links; the insights of a principle are one component."""
        self._part: dict[str, set[str]] = {}
        self._apart: set[frozenset[str]] = set()
        for ids in links.anchors.values():
            first, *rest = sorted(ids) or [""]
            for other in rest:
                self.say(first, other, same=True)
        for pairs, same in ((links.same, True), (links.different, False)):
            for pair in pairs:
                one, other = min(pair), max(pair)
                self.say(one, other, same=same)

    def say(self, one: str, other: str, *, same: bool) -> None:
        """Take in one answer."""
        if not same:
            self._apart.add(frozenset((one, other)))
        elif one != other:
            both = self.part(one) | self.part(other)
            for name in both:
                self._part[name] = both

    def part(self, one: str) -> set[str]:
        """Return the notes that people linked with this one, itself too."""
        return self._part.get(one) or {one}

    def done(self, one: str) -> set[str]:
        """Return the notes that nobody need be asked about beside this one: all judged ones."""
        own = self.part(one)
        found = set(own)
        for pair in self._apart:
            if pair & own:
                for other in pair - own:
                    found |= self.part(other)
        return found

    def parts(self) -> list[tuple[str, ...]]:
        """Return the components of two notes and more, each in order."""
        return sorted({tuple(sorted(part)) for part in self._part.values()})

    def apart(self) -> Iterable[tuple[str, str]]:
        """Return the pairs that are different, in order."""
        return sorted((min(pair), max(pair)) for pair in self._apart if len(pair) == 2)
