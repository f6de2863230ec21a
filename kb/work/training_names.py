"""Customers' names are taken out of what a question of the training shows."""

import re
from collections.abc import Iterable, Iterator, Sequence

_FORM = re.compile(
    r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱"
    r"|[, ]+(?:Inc|Ltd|LLC|Corp|Co|GmbH|Pte|Pty|K\.K)\b\.?",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[A-Z][A-Za-z]{4,}(?= )")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
_WHOLE = re.compile(r"[ァ-ヴー]{3,}(?=[^ァ-ヴー・])")
_JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龯]")
CUSTOMER = {"ja": "顧客", "en": "the customer"}
OTHER = {"ja": "別の顧客", "en": "another customer"}


class Hider:
    """Takes a customer's name out of a text: whole, without its legal form, and as it is said.

    That is the first word of a Latin name, and before 様, さん or 社 the katakana it begins with.
    """

    def __init__(self, names: Iterable[str], lang: str) -> None:
        """Hide these names, by the word for a customer in that language."""
        self._pattern = _pattern(_said(names))
        self._instead = CUSTOMER["ja" if lang == "ja" else "en"]

    def __call__(self, text: str | None) -> str | None:
        """Return the text without the names."""
        return None if text is None else self._pattern.sub(self._instead, text)


def hide_all(
    texts: Sequence[str | None], own: str, accounts: Sequence[tuple[str, str]], lang: str
) -> list[str | None]:
    """Return texts without the names of all customers; `accounts` are (account, name).

    Names are hidden more strictly than by a `Hider`: the katakana before another kind of letter
    by itself, and an account's key as a word with a capital or in a link. `own` is the account
    that the texts are about; others are called another customer.
    """
    said = "\n".join(text for text in texts if text)
    lang = "ja" if _JAPANESE.search(said) else "en" if said else lang
    folded = said.casefold()
    rest = list(texts)
    # A team can have thousands of customers: only those that may be named are looked at closely.
    near = [one for one in accounts if any(start in folded for start in _starts(*one))]
    for slugs, word in (
        ([one for one in near if one[0] == own], CUSTOMER[lang]),
        ([one for one in near if one[0] != own], OTHER[lang]),
    ):
        names = [name for _, name in slugs]
        parts = [*_said(names), *_alone(names), *(part for key, _ in slugs for part in _key(key))]
        pattern = _pattern(parts)
        rest = [None if text is None else pattern.sub(word, text) for text in rest]
    return rest


def _starts(account: str, name: str) -> Iterator[str]:
    """Yield the few letters with which an account's name begins in any of its forms."""
    for whole in (account, name, _bare(name)):
        if len(whole) > 1:
            yield whole[:3].casefold()


def _bare(name: str) -> str:
    return _FORM.sub("", name).strip()


def _known(names: Iterable[str]) -> list[str]:
    """Return names with and without their legal form, the longest first."""
    bare = {name.strip() for name in names}
    bare |= {_bare(name) for name in bare}
    return sorted((name for name in bare if len(name) > 1), key=lambda n: (-len(n), n))


def _said(names: Iterable[str]) -> list[str]:
    """Return patterns of names: whole ones, then as they are said."""
    known = _known(names)
    parts = [f"(?i:{re.escape(name)})" for name in known]
    for name in known:
        if said := _FIRST.match(name):
            parts.append(rf"\b{said[0]}\b")
        elif said := _KATAKANA.match(name):
            begun = (said[0][:n] for n in range(len(said[0]), 2, -1))
            parts.append(f"(?:{'|'.join(begun)})(?=様|さん|社)")
    return parts


def _alone(names: Iterable[str]) -> Iterator[str]:
    """Yield patterns of the katakana that a name begins with, where it stands by itself."""
    for name in _known(names):
        if said := _WHOLE.match(name):
            yield rf"(?<![ァ-ヴー・]){said[0]}(?![ァ-ヴー・])"
        elif said := _FIRST.match(name):
            yield rf"(?<![A-Za-z0-9]){said[0]}(?![A-Za-z0-9])"


def _key(account: str) -> Iterator[str]:
    """Yield patterns of an account's key: as words with capitals, and as it is in links."""
    parts = [re.escape(part) for part in account.split("-") if part]
    forms = ["[- ]?".join(part.capitalize() for part in parts), account.upper()]
    if len(parts) > 1 and len(parts[0]) > 4:
        forms.append(parts[0].capitalize())
    for form in forms:
        yield rf"(?<![A-Za-z0-9]){form}(?![A-Za-z0-9])"
    yield rf"(?<=\[\[){re.escape(account)}(?![a-z0-9-])"
    yield rf"(?<![a-z0-9-]){re.escape(account)}(?=#)"


def _pattern(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(parts) or r"(?!)")
