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

_RUNS = re.compile(
    r"(?P<latin>[a-z0-9\u00df-\u024f]+(?:['’][a-z]+)?)"
    r"|(?P<cjk>[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<other>[^\W_]+)"
)
_KATAKANA_END = re.compile(r"(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])")
_HIRAGANA = re.compile(r"[ぁ-ゖゝゞ]+")
_OKURIGANA = re.compile(r"(?=([一-鿿々])[ぁ-ん]{1,2}([一-鿿々]))")
_ACCENTED = re.compile(r"[\u00df-\u024f]")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_USUAL = str.maketrans("髙﨑邊邉齋齊澤廣濵瀨德", "高崎辺辺斎斉沢広浜瀬徳")

STOP = frozenset(
    "a an and are as at be but by for from had has have he her his i if in into is it its no not "
    "of on or our she so such that the their then there these they this to was we were what "
    "when where which who will with you your".split()
)
"""English words that carry no subject; a query of nothing else keeps them."""


def normal(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, long-vowel marks at word ends dropped."""
    return _KATAKANA_END.sub("", folded(text))


def folded(text: str) -> str:
    """Return text in NFKC, lower case, old forms of characters in names as the usual ones."""
    return unicodedata.normalize("NFKC", text).lower().translate(_USUAL)


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text in its order, repeated as often as they stand in it."""
    for run in _RUNS.finditer(normal(text)):
        word = run[0]
        if run.lastgroup == "cjk":
            yield from pairs(word)
        elif run.lastgroup == "latin":
            word = word.replace("’", "'").removesuffix("'s").replace("'", "")
            if _ACCENTED.search(word):
                word = _ACCENT.sub("", unicodedata.normalize("NFD", word))
            if word and word not in STOP:
                yield stem(word)
        else:
            yield word


def pairs(run: str) -> Iterator[str]:
    """Yield the pairs of characters of a Japanese run; a single character stands alone."""
    if len(run) == 1:
        yield run
        return
    for first, second in pairwise(run):
        pair = first + second
        if not _HIRAGANA.fullmatch(pair):
            yield pair


def extras(text: str) -> Iterator[str]:
    """Yield what a text may be found by besides its terms.

    The kanji of a word that may be written with or without kana in between (打ち合わせ, 打合せ:
    打合), and the last character of a run, which begins no pair, for queries of one character.
    """
    for run in _RUNS.finditer(normal(text)):
        if run.lastgroup == "cjk" and len(word := run[0]) > 1:
            for found in _OKURIGANA.finditer(word):
                yield found[1] + found[2]
            if not _HIRAGANA.match(word, len(word) - 1):
                yield word[-1]


def kana(text: str) -> Iterator[str]:
    """Yield the pairs of hiragana that are no terms, for words that are nothing else (おすすめ)."""
    for found in _HIRAGANA.finditer(normal(text)):
        for first, second in pairwise(found[0]):
            yield first + second


def skeleton(word: str) -> str | None:
    """Return the kanji of a word written with kana in between (引き継ぎ: 引継); else None."""
    if not re.fullmatch(r"[一-鿿々][一-鿿々ぁ-ん]+", word):
        return None
    kanji = _HIRAGANA.sub("", word)
    return kanji if 2 <= len(kanji) < len(word) else None
