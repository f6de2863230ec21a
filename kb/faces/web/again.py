"""Pages that are made of the same values as before are given again, not made again.

A page follows from its template and its values alone; these are what it is remembered by, so that
nothing has to be taken back. What differs with each look (the token of the session's forms, what
was saved last, the seconds of a clock) is put in afterwards, where a mark stands that is known in
this process only.
"""

import secrets
from collections.abc import Hashable, Mapping

from markupsafe import escape

from kb.faces.web import render
from kb.faces.web.words import Words
from kb.remembered import Remembered

_SECRET = secrets.token_hex(16)
_made: Remembered[bytes] = Remembered(8 * 1024 * 1024, len)
"""The pages that were asked for last, in bytes."""


def page(
    template: str,
    words: Words,
    values: Mapping[str, object],
    late: Mapping[str, object],
    *,
    again: bool,
) -> bytes:
    """Return a page of these values in UTF-8; those in `late` are put in at the end.

    `again` gives a page that was made of the same values before. Then all of them have to be equal
    only when they are shown alike, as texts, numbers, days and tuples, lists and dicts of them are;
    a value of another kind is an error (`TypeError`).
    """
    key = (template, words.lang, tuple(sorted(late)), _fixed(values)) if again else None
    made = _made.get(key) if key else None
    if made is None:
        marks = {name: render.letters(_mark(name)) for name in late}
        made = render.page(template, words=words, **values, **marks).encode()
        if key:
            _made.put(key, made)
    for name, value in late.items():
        made = made.replace(_mark(name).encode(), escape(value).encode())
    return made


def _mark(name: str) -> str:
    return f"{_SECRET}-{name}-{_SECRET}"


def _fixed(value: object) -> Hashable:
    """Return what a value is remembered by."""
    if isinstance(value, render.Part):
        return value.digest
    if isinstance(value, Mapping):
        return tuple((key, _fixed(one)) for key, one in value.items())
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    if isinstance(value, set):
        return frozenset(value)
    try:
        hash(value)
    except TypeError:  # a tuple with a list, a dict or a part in it
        if not isinstance(value, tuple):
            raise
        return tuple(map(_fixed, value))
    return value
