"""Finds, over all notes of a team, those that may hold one lesson; people judge."""

from collections.abc import Iterable, Sequence

import numpy as np

from kb.insight.grouping import Grouping
from kb.insight.judged import Judged
from kb.insight.likeness import ASKING, LEARNED, Weights, difference
from kb.insight.masks import Masks, own_words
from kb.insight.notes import NONE, Group, Links, Neighbour, Note
from kb.insight.space import (
    Encode,
    Floats,
    Indices,
    Rarity,
    Row,
    Space,
    gram_vectors,
    mean_of,
    unit,
)
from kb.insight.wording import Reading, is_latin, plain, read, without_tags, words_of

TOGETHER = 0.3
"""What the mean likeness with linked notes counts beside the nearest of them."""
ASKED = 6
"""So many more of the nearest than asked for are read closely."""
FEW = 400
"""Up to so many notes, the mean and the weights of words are taken anew with each one more."""


class Finder:
    """The notes of a team, ready to be asked for neighbours and groups.

    The outcome is the same for every order of the notes. `encode` turns texts into vectors of
    unit length; without an encoder (None) runs of characters are compared.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        encode: Encode | None,
        *,
        masks: Iterable[str] = (),
        links: Links = NONE,
        weights: Weights = LEARNED,
        asking: Weights = ASKING,
    ) -> None:
        """Take in the notes; `masks` are words that say nothing of the lesson (names).

        Groups are made by `weights`, neighbours are ranked by `asking`.
        """
        self.notes = sorted(notes)
        self.weights = weights
        self.asking = asking
        self.links = links
        self.judged = Judged(links)
        self._encode = encode
        self._masks = Masks([*masks, *own_words([(n.account, n.text) for n in self.notes])])
        self._plain = [plain(self._masks.plain(note.text)) for note in self.notes]
        self._raw = [self._vectors([note.text for note in self.notes])]
        self._settle()
        self._grouping: Grouping | None = None

    def _settle(self) -> None:
        """Take the mean and the weights of words over all notes."""
        self.at = {note.id: at for at, note in enumerate(self.notes)}
        self._names = {
            name: at for at, name in enumerate(sorted({note.account for note in self.notes}))
        }
        self._homes: list[set[int]] = [set() for _ in self._names]
        for at, note in enumerate(self.notes):
            self._homes[self._names[note.account]].add(at)
        self._readings: dict[int, Reading] = {}
        self._words = [words_of(text) for text in self._plain]
        self.rarity = Rarity(self._words)
        raw = np.concatenate(self._raw)
        self._raw = [raw]
        self._mean = mean_of(raw)
        self.space = Space(
            unit(raw - self._mean),
            self.rarity.rows(self._words),
            [is_latin(text) for text in self._plain],
            self.weights.abroad,
            self.weights.shared,
        )

    @property
    def houses(self) -> Indices:
        """The number of the account of each note."""
        return np.array([self._names[note.account] for note in self.notes], dtype=np.intp)

    def add(self, note: Note) -> None:
        """Take in one note more, in a few milliseconds.

        Up to 400 notes all is weighed anew. With more, the new one is weighed by what was known
        and taken into a group that it fits; all groups are made anew when a twentieth is new.
        Raises `ValueError` if there is a note of that id.
        """
        if note.id in self.at:
            raise ValueError(note.id)
        text = plain(self._masks.plain(note.text))
        raw = self._vectors([note.text])
        if len(self.notes) < FEW:
            place = int(np.searchsorted([one.id for one in self.notes], note.id))
            self.notes.insert(place, note)
            self._plain.insert(place, text)
            known = np.concatenate([raw[:0], *(one for one in self._raw if len(one))])
            self._raw = [np.insert(known, place, raw[0], axis=0)]
            self._settle()
            self._grouping = None
            return
        words = words_of(text)
        row = self.rarity.columns(words)
        self.space.add(unit(raw - self._mean)[0], row, latin=is_latin(text))
        self._words.append(words)
        at = self.at[note.id] = len(self.notes)
        self.notes.append(note)
        self._plain.append(text)
        self._raw.append(raw)
        if note.account not in self._names:
            self._names[note.account] = len(self._homes)
            self._homes.append(set())
        self._homes[self._names[note.account]].add(at)

    def judge(self, one: str, other: str, *, same: bool) -> None:
        """Take in an answer about two notes."""
        self.judged.say(one, other, same=same)
        self._grouping = None

    def neighbours(
        self, id_or_text: str, limit: int = 3, *, account: str | None = None
    ) -> list[Neighbour]:
        """Return the nearest notes of other accounts, best first, ties by id.

        A text that is no id is a new note, of `account` if given. Notes that were judged beside
        this one already, even over others, are left out, and of notes that people linked with
        each other only the nearest stands: one answer does for all.
        """
        if not self.notes:
            return []
        at = self.at.get(id_or_text)
        hidden = set[str]()
        if at is None:
            text = plain(self._masks.plain(id_or_text))
            vector = unit(self._vectors([id_or_text]) - self._mean)[0]
            reading = read(text)
            row = Row(vector, self.rarity.columns(reading.words), is_latin(text))
        else:
            account = self.notes[at].account
            row, reading = self._row(at), self.read(at)
            hidden = self.judged.done(id_or_text)
        left_out = {self.at[name] for name in hidden & self.at.keys()}
        if account in self._names:
            left_out |= self._homes[self._names[account]]
        near = self.space.closest(
            row,
            left_out=np.array(sorted(left_out), dtype=np.intp),
            count=limit + ASKED,
            weights=(self.asking.abroad, self.asking.shared),
        )
        found = []
        for other, score in near:
            name = self.notes[other].id
            beside = difference(reading, self.read(other), self.rarity, self.asking).bonus
            likeness = round(score + beside, 4)
            found.append((likeness + self._together(row, name), likeness, name))
        found.sort(key=lambda one: (-one[0], one[2]))
        told: list[Neighbour] = []
        for _, likeness, name in found:
            if len(told) < limit and name not in hidden:
                told.append(Neighbour(name, self.shown(likeness)))
                hidden |= self.judged.part(name)
        return told

    def _together(self, row: Row, name: str) -> float:
        """Return what the notes linked with one add: several wordings of a lesson tell more."""
        part = [self.at[one] for one in sorted(self.judged.part(name)) if one in self.at]
        if len(part) < 2:
            return 0.0
        weights = (self.asking.abroad, self.asking.shared)
        return round(TOGETHER * max(self.space.mean(row, part, weights), 0.0), 4)

    def _row(self, at: int) -> Row:
        return Row(self.space.vectors[at], self.space.words[at], bool(self.space.latin[at]))

    def groups(self, *, every: bool = False) -> list[Group]:
        """Return the suggested groups: those of principles first, then by strength and size.

        A group has three accounts and two authors at least, unless `every` is asked for (two
        notes then).
        """
        if self._grouping is None or self._grouping.outgrown():
            self._grouping = Grouping(self)
        return self._grouping.made(every=every)

    def near(self, at: int, count: int) -> list[tuple[int, float]]:
        """Return (place, likeness) of the notes of other accounts that are nearest to a note."""
        left_out = self._homes[self._names[self.notes[at].account]]
        return self.space.closest(
            self._row(at),
            left_out=np.array(sorted(left_out), dtype=np.intp),
            count=count,
        )

    def read(self, at: int) -> Reading:
        """Return what a note says, with signs."""
        if at not in self._readings:
            self._readings[at] = read(self._plain[at], self._words[at])
        return self._readings[at]

    def beside(self, reading: Reading, other: int) -> float:
        """Return what the wording adds to the likeness of a sentence and a note."""
        return difference(reading, self.read(other), self.rarity, self.weights).bonus

    def shown(self, score: float) -> float:
        """Return a likeness as a number from 0 to 1; the same text gives 1."""
        return round(min(max(score / (1 + self.asking.shared), 0.0), 1.0), 3)

    def _vectors(self, texts: Sequence[str]) -> Floats:
        """Return a vector for each text, without names and tags.

        The encoder was made for texts as people write them, capitals and widths included.
        """
        bare = [without_tags(self._masks.plain(text)) for text in texts]
        if self._encode is None or not texts:
            return gram_vectors([plain(text) for text in bare])
        return np.asarray(self._encode(bare), dtype=np.float32)
