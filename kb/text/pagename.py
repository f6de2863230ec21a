"""The name of a playbook page: never a path, always made or checked by one rule."""

import re
import unicodedata
from collections.abc import Container

from kb.errors import WrongUse
from kb.text.ids import short

PREFIX = {"principle": "p-", "play": "play-", "manual": "manual-"}
FOLDER = {"principle": "principles", "play": "plays", "manual": "manuals"}
LONGEST = 64

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset({"a", "an", "the", "of", "to", "and", "or", "for", "in", "on", "with"})
_WORDS = 6


def page_name(kind: str, title: str, asked: str | None = None, taken: Container[str] = ()) -> str:
    """Return the id of a new page: the one that was asked for, else one derived from its title.

    An English title gives its first words, any other six characters that the title always gives,
    so that two people get the same; one that is `taken` gets a number. Raises
    `WrongUse("bad-page-id")` for an id that is asked for and breaks the rule: small letters,
    digits and single hyphens, at most 64, with the prefix of its layer.
    """
    prefix = PREFIX[kind]
    if asked is not None:
        name = asked if asked.startswith(prefix) else prefix + asked
        if not _NAME.fullmatch(name) or len(name) > LONGEST:
            raise WrongUse("bad-page-id", id=asked, prefix=prefix, most=LONGEST)
        return name
    name = base = prefix + _slug(title)
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def page_path(kind: str, name: str) -> str:
    """Return the path of the page of that id."""
    return f"playbooks/{FOLDER[kind]}/{name}.md"


def _slug(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    letters = [letter for letter in folded if letter.isalpha()]
    if not letters or any(not letter.isascii() for letter in letters):
        return short(" ".join(folded.split()))
    words = [word for word in _WORD.findall(folded) if word not in _SMALL]
    slug = "-".join((words or _WORD.findall(folded))[:_WORDS])
    return slug[:40].strip("-") or short(folded)
