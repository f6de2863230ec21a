"""What a person typed, looked at before it is written anywhere: no text, NUL, more than a line."""

from kb.errors import WrongUse

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that count as letters and show nothing."""


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
