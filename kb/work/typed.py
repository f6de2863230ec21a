"""What a person typed, looked at before it is written anywhere: no text, NUL, more than a line."""

import re

from kb.errors import WrongUse

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that count as letters and show nothing."""
_ROLE = re.compile(r"\s*[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")


def visible(text: str) -> bool:
    """Tell whether there is anything to see in a text; zero-width characters are nothing."""
    return any(c.isprintable() and c != " " and c not in _BLANK_LETTERS for c in text)


def refuse_nul(*texts: str | None) -> None:
    """Raise `WrongUse("text-nul")` for a text with a NUL, which no document may hold."""
    if any("\0" in text for text in texts if text):
        raise WrongUse("text-nul")


def one_line(text: str, code: str) -> str:
    """Return a name that stands on one line, stripped; `WrongUse(code)` for any other."""
    value = text.strip()
    if not visible(value) or any(c != " " and not c.isprintable() and c != "\u3000" for c in value):
        raise WrongUse(code, value=text)
    return value


def person(text: str) -> str:
    """Return the name or handle of somebody who attends, as it is read back.

    Brackets at its end hold a role. Raises `WrongUse("bad-person")` for two in one, and for what
    would be left off when the line is read: what is beside a comma, or behind a bracket.
    """
    from kb.model.people import read_attendees

    name = one_line(text, "bad-person")
    read = read_attendees(name, (), {})
    if len(read.customer) != 1 or read.ours:
        raise WrongUse("bad-person", value=text)
    bare = name.lstrip("@＠")
    role = bare.removeprefix(read.customer[0])
    if role == bare or (role and not _ROLE.fullmatch(role)):
        raise WrongUse("bad-person", value=text)
    return name
