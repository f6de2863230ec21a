"""What a sentence says yes and no to: its words with their signs, its numbers with their units.

Vectors of sentences hardly tell できる from できない, or three months from five. So the words of a
lesson are read with a sign: *minus* when the lesson speaks against them. A negation turns the part
of the sentence that it stands in, 「〜より」 and "instead of" turn what they name, and a bad outcome
turns the condition that leads to it. The signs are a guess, good enough to compare two sentences
that are about the same thing, and for nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from kb.insight.lexicon import AXES, BAD, BAD_EN, NO, NO_EN, STOP

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

    words: Mapping[str, int]
    """Its words of meaning (pairs of kanji, stems) with +1, -1 or 0, where both were seen."""
    axes: Mapping[str, int]
    """Opposites it takes a side on (one/all, early/late …), with the side."""
    numbers: frozenset[tuple[str, float]]
    """Its numbers: kind (day, minute, %, or the thing that is counted) and amount."""
    negative: int
    """1 when it holds an odd number of negations, else 0."""


def plain(text: str) -> str:
    """Return the text in NFKC and lower case without its tags."""
    return _TAGS.sub("", unicodedata.normalize("NFKC", text)).strip().lower()


def is_latin(text: str) -> bool:
    """Tell whether a text holds no Japanese."""
    return not _JAPANESE.search(text)


def words_of(text: str) -> set[str]:
    """Return the words of meaning of a text that `plain` gave."""
    return set(_words(text))


def read(text: str) -> Reading:
    """Return what a text that `plain` gave says, with signs."""
    words: dict[str, int] = {}
    axes: dict[str, int] = {}
    for part, sign in _signed(text):
        for word in _words(part):
            words[word] = words.get(word, 0) + sign
        for name, side, pattern in AXES:
            found = len(pattern.findall(part))
            if found:
                axes[name] = axes.get(name, 0) + side * sign * found
    return Reading(
        {word: (sum_ > 0) - (sum_ < 0) for word, sum_ in words.items()},
        {name: (sum_ > 0) - (sum_ < 0) for name, sum_ in axes.items() if sum_},
        frozenset(_numbers(text)),
        (len(NO.findall(text)) + len(NO_EN.findall(text))) % 2,
    )


def _signed(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a text, each with its sign."""
    parts = [part for part in _PARTS.split(text) if part]
    signs: list[int] = []
    follows = 1
    for part in reversed(parts):
        core = _TURNED_EN.sub("", part)
        turns = len(NO.findall(core)) + len(NO_EN.findall(core))
        bad = bool(BAD.search(core) or BAD_EN.search(core))
        own = -1 if (turns + bad) % 2 else 1
        leads = bool(_LEADS.search(part) or _IF.search(part))
        sign = own * follows if leads and signs else own
        signs.append(sign)
        follows = sign
    for part, sign in zip(parts, reversed(signs), strict=True):
        start = 0
        for turned in _TURNED.finditer(part):
            yield turned[0], -sign
            start = turned.end()
        rest = part[start:]
        against = _TURNED_EN.search(rest)
        if against:
            yield against[0], -sign
            rest = rest[: against.start()]
        yield rest, sign


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
        if amount is None or (not unit and not found["n"][0].isdigit()):
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
