"""The words that a group shares, as a person would write them."""

import re
from collections.abc import Sequence

from kb.insight.lexicon import STOP
from kb.insight.space import Rarity
from kb.insight.wording import plain, stem

_NOUN = "きぎしちびみりいえけげせめれ"
"""What a verb of two parts ends in as a noun: 書き込み, not 書き込む."""
_RUN = re.compile(
    rf"(?P<verb>[一-龥々]+(?:[{_NOUN}][一-龥々]+)+)(?P<end>[ぁ-ん]?)"
    r"|[一-龥々]{2,}|[ァ-ヴー]{3,}|[a-z][a-z-]{3,}"
)
_EMPTY = frozenset(
    "客様 月前 日前 年前 自分 場合 最初 以上 以下 以内 必要 可能 程度 一番 一度 場面 今回 次回 時期"
    " 段階 状態 直後 直前"
    " without people thing".split()
)
SHOWN = 4


def shared_terms(texts: Sequence[str], rarity: Rarity) -> tuple[str, ...]:
    """Return up to four words that at least two of the texts share, the most telling first."""
    lowered = [plain(text) for text in texts]
    held: dict[str, set[int]] = {}
    shown: dict[str, str] = {}
    for at, text in enumerate(lowered):
        for found in _RUN.finditer(text):
            word = found["verb"] or found[0]
            key = stem(word) if word[0] < "ァ" else word
            if found["verb"] and found["end"] and found["end"] in _NOUN:
                word += found["end"]
            if key in STOP or key in _EMPTY or word in _EMPTY or word in STOP:
                continue
            held.setdefault(key, set()).add(at)
            shown[key] = _better(shown.get(key, word), word)
    for key, members in held.items():
        if key[0] >= "ァ":
            members.update(at for at, text in enumerate(lowered) if key in text)
    ranked = sorted(
        (key for key, members in held.items() if len(members) > 1),
        key=lambda key: (-len(held[key]) * _weight(key, rarity), key),
    )
    chosen: list[str] = []
    for key in ranked:
        if not any(key in one or one in key for one in chosen):
            chosen.append(key)
    return tuple(shown[key] for key in chosen[:SHOWN])


def _better(one: str, other: str) -> str:
    """Return the better form of a word: the shorter English one, the longer Japanese one."""
    by_length = sorted((one, other), key=lambda form: (len(form), form))
    return by_length[0] if one[0] < "ァ" else by_length[1]


def _weight(key: str, rarity: Rarity) -> float:
    """Return how much a word tells: by its rarest part, as words are compared."""
    if key[0] < "ァ" or key[0] <= "ー":
        return rarity.of(key.rstrip("ー"))
    pairs = [key[at : at + 2] for at in range(max(len(key) - 1, 1))]
    return max(rarity.of(pair) for pair in pairs)
