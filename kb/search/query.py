"""What somebody typed into the search box, understood: words, phrases, without, or, and filters.

Nothing typed is an error. What can't be read as an operator is searched as text: an open quote
closes at the end, a lone `-` or `OR` is a word, a filter that nobody knows is its words.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kb.search.tokens import normal, skeleton, terms

LONGEST = 2_000
"""Characters of a query that are read; what is longer was pasted, and its beginning will do."""
MOST_WORDS = 64
MOST_TERMS = 160
"""Terms of a query that are looked up; a question of three sentences has sixty."""
MOST_LOOSE = 4
"""Words that must be looked for in all texts, or under all pairs that begin so."""
LONGEST_WORD = 8
"""Characters of a word that may be written with or without its kana; a clause has more."""
KINDS = frozenset(
    "hypothesis topic said decision todo insight request memo note meeting principle play manual "
    "review".split()
)
JA_KINDS = {
    "仮説": "hypothesis",
    "事前仮説": "hypothesis",
    "論点": "topic",
    "お客様": "said",
    "決定": "decision",
    "決定事項": "decision",
    "気づき": "insight",
    "要望": "request",
    "社内メモ": "memo",
    "メモ": "note",
    "ミーティング": "meeting",
    "行動原則": "principle",
    "施策": "play",
    "手順書": "manual",
    "レビュー": "review",
}
"""Kinds as Japanese screens name them."""

# Compiled when they are needed: most queries are plain words, and each pattern takes a millisecond.
_MARKS = frozenset('"“”「」:：−-')
_PIECE = (
    r"(?P<minus>[-−](?=[^\s-]))?"
    r"(?:(?P<filter>kind|account|owner|since|until|tag|is|種類|顧客|担当|から|まで|タグ)[:：]"
    r"(?:[\"“”](?P<quoted>[^\"“”]*)[\"“”]?|(?P<value>[^\s\"“”]+))"
    r"|[\"“”「](?P<phrase>[^\"“”「」]*)(?:[\"“”」]|$)"
    r"|(?P<word>[^\s\"“”「」]+)"
    r"|(?P<rest>[」]))"
)
_FILTERS = {
    "種類": "kind",
    "顧客": "account",
    "担当": "owner",
    "から": "since",
    "まで": "until",
    "タグ": "tag",
}
_CODE = re.compile(r"([a-z]+)[-_]?([0-9]+)")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


class Word(NamedTuple):
    """One thing to look for: its own terms, all of them; or, if it has one, its other spelling.

    `phrase` wants the terms side by side. `text` is what was typed, compared form. A `synonym` was
    not typed: it is another name of what was.
    """

    text: str
    terms: tuple[str, ...]
    phrase: bool
    other: tuple[str, ...] = ()
    synonym: bool = False


def loose(word: Word) -> bool:
    """Tell whether a word is a single character, or has nothing that is indexed in full."""
    return not word.terms or (len(word.text) == 1 and not word.text.isascii())


class Query(NamedTuple):
    """An understood query: groups of alternatives that all want to be met, and what must not be.

    `filters` maps kind, account, owner, since, until, tag, is to the values asked for. A
    `question` is typed as one says it: any of its terms may meet, the more the better.
    """

    text: str
    groups: tuple[tuple[Word, ...], ...]
    without: tuple[Word, ...]
    filters: dict[str, tuple[str, ...]]
    question: bool

    @property
    def named(self) -> list[tuple[Word, ...]]:
        """Return what was typed of each group that an entry can meet by a synonym alone."""
        typed = (tuple(w for w in group if not w.synonym) for group in self.groups)
        return [own for own, group in zip(typed, self.groups, strict=True) if len(own) < len(group)]

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to look for, not even a filter."""
        return not self.groups and not self.filters


def read(text: str) -> Query:
    """Understand what was typed; never fails."""
    readable = text[:LONGEST].encode("utf-8", "replace").decode()
    shown = " ".join(unicodedata.normalize("NFKC", readable).split())
    groups: list[list[Word]] = []
    without: list[Word] = []
    filters: dict[str, list[str]] = {}
    join = False
    terms_left, loose_left = MOST_TERMS, MOST_LOOSE
    for minus, name, body, phrase in _pieces(shown):
        if name:
            value = _value(name, body)
            if value and not minus:
                filters.setdefault(name, []).append(value)
                continue
        elif body == "OR" and groups and not (phrase or minus):
            join = True
            continue
        word = word_of(body, phrase=phrase)
        if word is None:
            continue
        terms_left -= len(word.terms)
        loose_left -= loose(word)
        if terms_left < 0 or (loose(word) and loose_left < 0):
            continue
        if minus:
            without.append(word)
        elif join:
            groups[-1].append(word)
        else:
            groups.append([word])
        join = False
    if any(word.terms for group in groups for word in group):  # "of" is no word beside others
        groups = [g for g in groups if any(w.terms or not w.text.isascii() for w in g)]
    return Query(
        shown,
        tuple(tuple(group) for group in groups),
        tuple(without),
        {name: tuple(values) for name, values in filters.items()},
        _is_question([word for group in groups for word in group if not word.phrase]),
    )


def _pieces(text: str) -> Iterator[tuple[bool, str, str, bool]]:
    """Yield what was typed piece by piece: whether not, the filter, the words, whether a phrase."""
    if _MARKS.isdisjoint(text):
        yield from ((False, "", word, False) for word in text.split()[:MOST_WORDS])
        return
    for piece in islice(re.finditer(_PIECE, text), MOST_WORDS):
        name = piece["filter"] or ""
        body = piece["quoted"] or piece["value"] or piece["phrase"] or piece["word"] or ""
        yield bool(piece["minus"]), _FILTERS.get(name, name), body, piece["phrase"] is not None


def word_of(body: str, *, phrase: bool = False) -> Word | None:
    """Return what was typed as something to look for; None when there is nothing in it."""
    found = tuple(dict.fromkeys(terms(body))) if not phrase else tuple(terms(body))
    found = found[: MOST_TERMS // 2]
    bare = normal(body).strip()
    if not found and not any(c.isalnum() for c in bare):
        return None
    other: tuple[str, ...] = ()
    if len(bare) <= LONGEST_WORD and (kanji := skeleton(bare)):
        other = tuple(terms(kanji))
    elif code := _CODE.fullmatch(bare):
        other = code.groups() if len(found) == 1 else ("".join(code.groups()),)
    return Word(bare, found, phrase, other)


def _value(name: str, value: str) -> str | None:
    """Return a filter's value in its compared form, or None when it is none."""
    bare = value.strip().lstrip("@#").strip()
    if name in ("since", "until"):
        found = _DAY.fullmatch(bare)
        if not found:
            return None
        low = name == "since"
        month = int(found[2] or (1 if low else 12))
        day = int(found[3] or (1 if low else 31))
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return f"{int(found[1]):04}-{month:02}-{day:02}"
    folded = bare.casefold()
    if name == "kind":
        kind = JA_KINDS.get(folded, folded)
        return kind if kind in KINDS else None
    if name == "is":
        return folded if folded in ("open", "done", "overdue") else None
    return folded or None


_ASKS = (
    r"[?？]|(?:か|の)[。.]?$|(?:は|が|を|に|で|と|の|から|まで)[^\W\da-z]"
    r"|\b(?:how|what|why|when|where|who|which|should|do|does|did|is|are|can)\b"
)


def _is_question(words: list[Word]) -> bool:
    """Tell whether what was typed is a sentence rather than a few words that must all be there."""
    longest = max((len(word.terms) for word in words), default=0)
    if len(words) > 5 or longest > 8:
        return True
    if longest < 5 and len(words) < 4:
        return False
    return re.search(_ASKS, " ".join(word.text for word in words), re.IGNORECASE) is not None
