"""Text to terms: stems of words, and pairs of characters for Japanese, with variants folded.

Measured on 12,963 texts: pairs of characters without those that are all hiragana need no
dictionary and find two-character words, which longer n-grams and dictionaries miss. Half-width
katakana and full-width Latin become one form (NFKC); a long-vowel mark at the end of a katakana
word is dropped (サーバー, サーバ), and old forms of characters in names become the usual ones
(髙橋, 高橋). What else a text may be found by stands apart, as `extras`, so that it weighs little.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from kb.search.stem import stem

# Wide ranges of characters take milliseconds to compile: what is no Latin is told apart later.
_RUNS = re.compile(r"(?P<latin>[a-z0-9\u00df-\u024f]+(?:['’][a-z]+)?)|[^\Wa-z0-9_\u00df-\u024f]+")
_WORD = re.compile(r"[a-z0-9]+")
_FIRST = "\u3005"
"""The first character of Chinese and Japanese scripts; Korean words are words."""
_HANGUL = "\uac00"
_KATAKANA_END = re.compile(r"(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])")
_OLD = "髙﨑邊邉齋齊澤廣濵瀨德"
_USUAL = str.maketrans(_OLD, "高崎辺辺斎斉沢広浜瀬徳")

STOP = frozenset(
    "a an and are as at be but by for from had has have he her his i if in into is it its no not "
    "of on or our she so such that the their then there these they this to was we were what "
    "when where which who will with you your".split()
)
"""English words that carry no subject; a query of nothing else keeps them."""


def normal(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, long-vowel marks at word ends dropped."""
    text = folded(text)
    return _KATAKANA_END.sub("", text) if "ー" in text else text


def folded(text: str) -> str:
    """Return text in NFKC, lower case, old forms of characters in names as the usual ones."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower()
    return text.translate(_USUAL) if any(map(text.__contains__, _OLD)) else text


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text in its order, repeated as often as they stand in it."""
    for run in _RUNS.finditer(normal(text)):
        word = run[0]
        if run.lastgroup is None:
            if _japanese(word):
                yield from pairs(word)
            else:
                yield word
        else:
            word = word.replace("’", "'").removesuffix("'s").replace("'", "")
            if not word.isascii():
                apart = unicodedata.normalize("NFD", word)
                word = "".join(c for c in apart if not unicodedata.combining(c))
            if word and word not in STOP:
                yield stem(word)


def stands(term: str, text: str) -> bool:
    """Tell whether a term is among those of a text as it is compared (`normal`).

    Quicker than by all its terms; a word with an apostrophe or an accent may be missed.
    """
    if not term.isascii():
        return term in text
    start = term.removesuffix("i")  # which a y may have been
    at = text.find(start)
    while at >= 0:
        word = _WORD.match(text, at)
        if word and stem(word[0]) == term and not (at and _WORD.match(text, at - 1)):
            return True
        at = text.find(start, at + 1)
    return False


def pairs(run: str) -> Iterator[str]:
    """Yield the pairs of characters of a Japanese run; a single character stands alone."""
    if len(run) == 1:
        yield run
        return
    for first, second in pairwise(run):
        if not ("ぁ" <= first <= "ゞ" and "ぁ" <= second <= "ゞ"):
            yield first + second


def extras(text: str) -> Iterator[str]:
    """Yield what a text may be found by besides its terms.

    The kanji of a word that may be written with or without kana in between (打ち合わせ, 打合せ:
    打合), and the last character of a run, which begins no pair, for queries of one character.
    """
    for run in _RUNS.finditer(normal(text)):
        word = run[0]
        if run.lastgroup is None and len(word) > 1 and _japanese(word):
            for at, first in enumerate(word[:-2]):
                if _kanji(first) and _is_kana(word[at + 1]):
                    then = at + (3 if _is_kana(word[at + 2]) else 2)
                    if then < len(word) and _kanji(word[then]):
                        yield first + word[then]
            if not _is_kana(word[-1]):
                yield word[-1]


def kana(text: str) -> Iterator[str]:
    """Yield the pairs of hiragana that are no terms, for words that are nothing else (おすすめ)."""
    for found in re.finditer(r"[ぁ-ゞ]+", normal(text)):
        for first, second in pairwise(found[0]):
            yield first + second


def skeleton(word: str) -> str | None:
    """Return the kanji of a word written with kana in between (引き継ぎ: 引継); else None."""
    kanji = "".join(filter(_kanji, word))
    if not 2 <= len(kanji) < len(word) or not _kanji(word[0]):
        return None
    return kanji if all(_kanji(c) or _is_kana(c) for c in word) else None


def _japanese(run: str) -> bool:
    return _FIRST <= run[0] < _HANGUL or run[0] >= "\U00020000"


def _kanji(character: str) -> bool:
    return "一" <= character <= "鿿" or character == "々"


def _is_kana(character: str) -> bool:
    return "ぁ" <= character <= "ん"
