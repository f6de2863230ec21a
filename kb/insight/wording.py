"""What a sentence says: its words, its numbers with their units, and the sides that it takes.

Vectors of sentences hardly tell できる from できない, or three months from five. So a lesson is
read for the side that it takes where there are two: one by one or all at once, early or late. A
negation turns the part of the sentence that it stands in, 〜より and "instead of" turn what they
name, and a bad outcome turns the condition that leads to it. The sides are a guess, good enough to
compare two sentences that are about the same thing, and for nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from kb.insight.lexicon import BAD, BAD_EN, LATIN_SIDES, NO, NO_EN, SIDES, STOP

_TAGS = re.compile(r"(?:^|\s)[#＃][^\s#＃]+")
_PARTS = re.compile(
    r"[。．.!?！？\n]+\s*|[、，,;；:—]\s*|\s+(?=but\b|and then\b)|(?<=ほうが)|(?<=方が)"
)
_LEADS = re.compile(r"(?:[とばはら]|なら|ても|ので|から|のに|て|で)$")
_IF = re.compile(r"\b(?:if|when|unless|once|without)\b")
_TURNED = re.compile(
    r"[^、。]*?(?:よりも|より(?!く|良|よ)|ではなく|でなく|じゃなく|せずに?|する代わりに|の代わりに|やめて)"
)
_TURNED_EN = re.compile(r"\b(?:instead of|rather than|than|more than)\b.*")
_WORDS = re.compile(r"[a-z][a-z'’-]+|[ァ-ヴー]{2,}|[一-龥々]+")
_JAPANESE = re.compile("[ぁ-んァ-ヴ一-龥]")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


class Reading(NamedTuple):
    """A sentence as it is compared."""

    words: AbstractSet[str]
    """Its words of meaning: pairs of kanji, katakana words, stems."""
    subject: AbstractSet[str]
    """Those of them that are no number, no negation and take no side: what it is about."""
    sides: Mapping[str, int]
    """Opposites that it takes a side on (one or all, early or late …), with the side, +1 or -1."""
    numbers: frozenset[tuple[str, float]]
    """Its numbers: kind (day, %, or the thing that is counted) and amount."""
    denies: bool
    """Whether it holds an odd number of negations."""


class _Span(NamedTuple):
    """A part of a sentence, and +1 or -1 as the sentence is for or against what it names."""

    start: int
    end: int
    sign: int


def plain(text: str) -> str:
    """Return the text in NFKC and lower case without its tags."""
    return without_tags(unicodedata.normalize("NFKC", text)).lower()


def without_tags(text: str) -> str:
    """Return the text as it was written, without its tags."""
    return _TAGS.sub("", text).strip()


def is_latin(text: str) -> bool:
    """Tell whether a text holds no Japanese."""
    return not _JAPANESE.search(text)


def words_of(text: str) -> AbstractSet[str]:
    """Return the words of meaning of a text that `plain` gave."""
    return frozenset(_words(text))


def read(text: str, words: AbstractSet[str] | None = None) -> Reading:
    """Return what a text that `plain` gave says; `words` are its words, if they are known."""
    latin = is_latin(text)
    found = [
        (match.span(), name, side)
        for name, side, pattern in (LATIN_SIDES if latin else SIDES)
        for match in pattern.finditer(text)
    ]
    negations = [match.span() for match in (NO_EN if latin else NO).finditer(text)]
    amounts = [match.span() for match in _NUMBER.finditer(text)]
    return Reading(
        words_of(text) if words is None else words,
        words_of(_without(text, [*(one[0] for one in found), *negations, *amounts])),
        _sides(text, [(span[0], name, side) for span, name, side in found]),
        frozenset(_numbers(text)),
        bool(len(negations) % 2),
    )


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with some spans left blank."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _sides(text: str, found: list[tuple[int, str, int]]) -> dict[str, int]:
    """Return the opposites that a text takes a side on; `found` are place, name and side."""
    if not found:
        return {}
    spans = list(_signed(text))
    sums: dict[str, int] = {}
    for place, name, side in found:
        sign = next((one.sign for one in spans if one.start <= place < one.end), 1)
        sums[name] = sums.get(name, 0) + side * sign
    return {name: (total > 0) - (total < 0) for name, total in sums.items() if total}


def _signed(text: str) -> Iterator[_Span]:
    """Yield the parts of a text, each with its sign; what a part turns comes before the part."""
    latin = is_latin(text)
    negations, bad, leads = (NO_EN, BAD_EN, _IF) if latin else (NO, BAD, _LEADS)
    ends = [match.end() for match in _PARTS.finditer(text)] + [len(text)]
    parts = [span for span in pairwise([0, *ends]) if span[0] < span[1]]
    follows = 1
    for number, (start, end) in enumerate(reversed(parts)):
        part = text[start:end]
        core = _TURNED_EN.sub("", part) if latin else part
        own = -1 if (len(negations.findall(core)) + bool(bad.search(core))) % 2 else 1
        led = bool(leads.search(part if latin else part.rstrip("、,。 ")))
        follows = own * follows if led and number else own
        for turned in (_TURNED_EN if latin else _TURNED).finditer(part):
            yield _Span(start + turned.start(), start + turned.end(), -follows)
        yield _Span(start, end, follows)


def _words(text: str) -> Iterator[str]:
    """Yield the words that carry meaning: stems, katakana words, pairs of kanji."""
    for found in _WORDS.finditer(text):
        word = found[0]
        if word[0] < "ァ":
            found_stem = stem(word.replace("’", "'").removesuffix("'s"))
            if found_stem not in STOP:
                yield found_stem
        elif word[0] <= "ー":
            yield word.rstrip("ー")
        elif len(word) == 1:
            if word not in STOP:
                yield word
        else:
            yield from (one + other for one, other in pairwise(word))


def stem(word: str) -> str:
    """Return an English word without its ending."""
    for end in ("ations", "ation", "ingly", "ings", "ing", "ness", "edly", "ies", "ed", "es", "ly"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word[:-1] if word.endswith("s") and len(word) > 3 and word[-2] != "s" else word


_COUNT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
_UNITS: dict[str, tuple[str, float]] = {
    "日": ("day", 1), "日間": ("day", 1), "day": ("day", 1), "週間": ("day", 7), "週": ("day", 7),
    "week": ("day", 7), "か月": ("day", 30), "ヶ月": ("day", 30), "カ月": ("day", 30),
    "ヵ月": ("day", 30), "箇月": ("day", 30), "か月間": ("day", 30), "month": ("day", 30),
    "年": ("day", 360), "year": ("day", 360), "quarter": ("day", 90), "四半期": ("day", 90),
    "時間": ("day", 1 / 24), "hour": ("day", 1 / 24), "分": ("day", 1 / 1440),
    "minute": ("day", 1 / 1440), "秒": ("day", 1 / 86400), "second": ("day", 1 / 86400),
    "割": ("%", 10), "%": ("%", 1), "percent": ("%", 1), "パーセント": ("%", 1), "倍": ("times", 1),
    "times": ("times", 1), "人": ("人", 1), "名": ("人", 1), "people": ("人", 1),
}  # fmt: skip
_KANJI = r"[一二三四五六七八九十百]+"
_NUMBER = re.compile(
    rf"(?P<n>\d+(?:[.,]\d+)*|{_KANJI}|\b(?:{'|'.join(_COUNT)})\b)\s*-?"
    r"(?P<u>日間?|週間?|[かヶカヵ箇]月間?|年|四半期|時間|分(?!の)|秒|割|%|パーセント|倍|人|名"
    r"|万?円|つ|[一-龥]"
    r"|(?:days?|weeks?|months?|years?|quarters?|hours?|minutes?|seconds?|percent|times|people)\b"
    r"|[a-z]{3,}\b)?"
)
_HALF = {"半年": 180.0, "半日": 0.5, "half a year": 180.0, "翌日": 1.0, "当日": 1.0}


def _numbers(text: str) -> Iterator[tuple[str, float]]:
    """Yield the numbers of a text: durations in days, shares in per cent, else what is counted."""
    for name, days in _HALF.items():
        if name in text:
            yield "day", days
    for found in _NUMBER.finditer(text):
        amount = _amount(found["n"])
        unit = found["u"] or ""
        bare = not unit and not found["n"][0].isdigit()
        if amount is None or (bare and (found["n"] == "one" or found["n"] not in _COUNT)):
            continue
        kind, factor = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s")) or (unit, 1.0)
        yield kind, round(amount * factor, 4)


def _amount(digits: str) -> float | None:
    """Return the value of a number in digits, in kanji or in words."""
    if digits in _COUNT:
        return float(_COUNT[digits])
    if digits[0].isdigit():
        try:
            return float(digits.replace(",", ""))
        except ValueError:
            return None
    total = 0
    for name, unit in (("百", 100), ("十", 10)):
        head, mark, digits = digits.rpartition(name)
        if mark:
            total += unit * int(head.translate(_DIGITS) if head.translate(_DIGITS).isdigit() else 1)
    rest = digits.translate(_DIGITS)
    return float(total + (int(rest) if rest.isdigit() else 0)) or None
