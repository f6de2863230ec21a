"""Names that say nothing of a lesson: given ones, and words that only one account's notes share.

Texts that have only a name in common (a customer, a product, a feature) look alike to every
measure. Names go before texts are compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

_NAME = re.compile(r"[ァ-ヴー]{3,}|\b[A-Z][A-Za-z0-9]{2,}\b")
_TITLES = r"(?:様|さま|さん|氏|殿|社|部長|課長)?"
AT_LEAST = 3
"""So many notes of an account share a word that is taken for a name."""
MOSTLY = 0.8
"""This part of the notes that hold it are of the one account."""


def own_words(texts: Sequence[tuple[str, str]]) -> set[str]:
    """Return the names found by themselves in (account, text): katakana and capitalised words.

    A word is a name when three notes of an account share it and hardly another account's does.
    """
    held: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for account, text in texts:
        for word in {found[0] for found in _NAME.finditer(text) if found.start() > 0}:
            held[word][account] += 1
    accounts = len({account for account, _ in texts})
    return {
        word
        for word, by in held.items()
        if accounts > 1 and max(by.values()) >= max(AT_LEAST, MOSTLY * sum(by.values()))
    }


class Masks:
    """Takes names out of texts, longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names; empty ones and single letters are none."""
        kept = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=_longest)
        parts = [_pattern(name) for name in kept]
        self._found = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def plain(self, text: str) -> str:
        """Return the text without names; a text of nothing else stays as it is."""
        if self._found is None:
            return text
        rest = " ".join(self._found.sub(" ", text).split())
        return rest if re.search(r"\w", rest) else text


def _longest(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _pattern(name: str) -> str:
    """Return what finds a name: Latin ones as whole words, Japanese ones with their title."""
    inner = re.escape(name)
    if name.isascii():
        return rf"(?<![A-Za-z0-9]){inner}(?:'s)?(?![A-Za-z0-9])"
    kana = r"(?<![ァ-ヴー])" if re.match("[ァ-ヴー]", name) else ""
    after = r"(?![ァ-ヴー])" if re.search("[ァ-ヴー]$", name) else ""
    return rf"{kana}{inner}{after}{_TITLES}"
