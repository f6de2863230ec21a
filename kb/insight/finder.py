"""Finds, over all notes of a team, those that may hold one lesson; people judge."""

from collections.abc import Iterable, Sequence

import numpy as np

from kb.insight.linkage import link
from kb.insight.notes import NONE, Group, Links, Neighbour, Note
from kb.insight.space import Encode, Floats, centred, mean_of, nearest

NEAR = 6
OFF = 0.16
STRONG = 0.75


class Finder:
    """The notes of a team, ready to be asked for neighbours and groups.

    The outcome is the same for every order of the notes. `encode` turns texts into vectors of
    unit length, None where there is no encoder.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        encode: Encode | None,
        *,
        masks: Iterable[str] = (),
        links: Links = NONE,
    ) -> None:
        """Take in the notes; `masks` are words that say nothing of the lesson (names)."""
        self._notes = sorted(notes)
        self._at = {note.id: at for at, note in enumerate(self._notes)}
        self._encode = encode
        self._masks = tuple(masks)
        self._links = links
        accounts = {name: at for at, name in enumerate(sorted({n.account for n in self._notes}))}
        self._accounts = np.array([accounts[n.account] for n in self._notes], dtype=np.intp)
        raw = self._vectors([note.text for note in self._notes])
        self._mean = mean_of(raw)
        self._rows = centred(raw, self._mean)
        self._apart = {
            (self._at[one], self._at[other])
            for pair in links.different
            for one, other in [sorted(pair)]
            if one in self._at and other in self._at
        }

    def _vectors(self, texts: Sequence[str]) -> Floats:
        if self._encode is not None and texts:
            return np.asarray(self._encode(texts), dtype=np.float32)
        rows = np.zeros((len(texts), 1024), dtype=np.float32)
        for at, text in enumerate(texts):
            for width in (1, 2, 3):
                for start in range(len(text) - width + 1):
                    gram = text[start : start + width]
                    rows[at, sum(ord(c) * 131**k for k, c in enumerate(gram)) % 1024] += 1
        return np.sqrt(rows)

    def neighbours(
        self, id_or_text: str, limit: int = 3, *, account: str | None = None
    ) -> list[Neighbour]:
        """Return the nearest notes of other accounts, best first, ties by id.

        A text that is no id is a new note, of `account` if given. Notes that people judged the
        same already, or different, are left out.
        """
        at = self._at.get(id_or_text)
        hidden: set[str] = set()
        if at is None:
            vector = centred(self._vectors([id_or_text]), self._mean)[0]
        else:
            vector = self._rows[at]
            account = self._notes[at].account
            hidden = {id_or_text}
            for pair in self._links.different | self._links.same:
                if id_or_text in pair:
                    hidden |= pair
        scores = self._rows @ vector
        found = [
            Neighbour(note.id, round(float(min(max(score, 0.0), 1.0)), 3))
            for note, score in zip(self._notes, scores, strict=True)
            if note.account != account and note.id not in hidden
        ]
        return sorted(found, key=lambda one: (-one.similarity, one.id))[:limit]

    def groups(self, *, every: bool = False) -> list[Group]:
        """Return the suggested groups: those of principles first, then by strength and size.

        A group has three accounts and two authors at least, unless `every` is asked for (two
        notes then).
        """
        count = len(self._notes)
        chosen: dict[tuple[int, int], float] = {}
        rank: dict[tuple[int, int], int] = {}
        for start, found, scores in nearest(self._rows, self._accounts, NEAR):
            for row, (indices, values) in enumerate(zip(found, scores, strict=True)):
                for other, value in zip(indices.tolist(), values.tolist(), strict=True):
                    if value > -1:
                        pair = (min(start + row, other), max(start + row, other))
                        chosen[pair] = round(value, 5)
                        rank[pair] = rank.get(pair, 0) + 1
        pairs = [(a, b, v - OFF) for (a, b), v in sorted(chosen.items()) if rank[a, b] == 2]
        anchors = {
            page: sorted(self._at[one] for one in ids if one in self._at)
            for page, ids in sorted(self._links.anchors.items())
        }
        seeds = self._seeds(anchors)
        linked = link(count, pairs, seeds=seeds, apart=self._apart)
        page_of = {at: page for page, ids in anchors.items() for at in ids}
        firm = {at for seed in seeds for at in seed}
        made = [self._group(one, page_of, firm) for one in linked if len(one) > 1]
        kept = [
            one for one in made if every or one.anchor or (one.accounts >= 3 and one.authors >= 2)
        ]
        return sorted(
            kept,
            key=lambda one: (
                not one.anchor,
                one.strength != "strong",
                -one.accounts,
                -one.similarity,
                one.members,
            ),
        )

    def _seeds(self, anchors: dict[str, list[int]]) -> list[list[int]]:
        """Return the components of what people linked, principles first."""
        same = [
            sorted(self._at[one] for one in pair)
            for pair in self._links.same
            if all(one in self._at for one in pair)
        ]
        parts: list[set[int]] = []
        for one in [*anchors.values(), *sorted(same)]:
            touching = [part for part in parts if part & set(one)]
            parts = [part for part in parts if not part & set(one)]
            parts.append(set(one).union(*touching))
        return sorted(sorted(part) for part in parts if part)

    def _group(
        self,
        members: list[int],
        page_of: dict[int, str],
        firm: set[int],
    ) -> Group:
        notes = [self._notes[at] for at in members]
        rows = self._rows[members]
        alike = rows @ rows.T
        pairs = len(members) * (len(members) - 1)
        similarity = float((alike.sum() - np.trace(alike)) / pairs)
        pages = [page_of[at] for at in members if at in page_of]
        strong = similarity >= STRONG or len(set(members) & firm) * 2 > len(members)
        return Group(
            tuple(note.id for note in notes),
            "strong" if strong else "possible",
            len({note.account for note in notes}),
            len({note.author for note in notes}),
            (),
            round(min(max(similarity, 0.0), 1.0), 3),
            pages[0] if pages else "",
        )
