"""What the work layer says, made fit for a page: there are buttons here, no commands to type."""

import re
from typing import NamedTuple

COLOURS = ("green", "lime", "yellow", "red")
"""How a meeting can have felt, from best to worst."""

_SENTENCE = re.compile(r"[^。.]*(?:`[^`]*`[^。.]*)*(?:。|\.(?=\s|$)|$)\s*")
_LINE_JA = re.compile(r"「- ([^「」]+?)(?:: …)?」")
_LINE_EN = re.compile(r"`- ([^`]+?)(?:: …)?`")
_OPTION = re.compile(r"(?<![\w-])--[a-z]")
_MARKS = re.compile(r"[:：]?\s*(?<![\w-])[mhadtiqreg]-[0-9a-hjkmnp-tv-z]{6}(?![\w-])")
_FELT = re.compile(r"(?:\w+ *(?:→|->) *)?(?P<last>\w+)\s*")


class Felt(NamedTuple):
    """How a meeting felt: one of the colours, and the words beside it; "" for what is not known."""

    colour: str
    why: str


def without_commands(text: str) -> str:
    """Return a text less the sentences that tell what to type at a terminal.

    A line of the file that it tells to write becomes the name of the field that a page has for it.
    """
    text = _LINE_JA.sub(r"「\1」", _LINE_EN.sub(r"“\1”", text))
    if "`kb " not in text:
        return text
    return "".join(one for one in _SENTENCE.findall(text) if "`kb " not in one).strip()


def without_marks(text: str) -> str:
    """Return a sentence less the ids of lines in it: they are for machines."""
    return _MARKS.sub("", text).strip()


def without_options(text: str) -> str:
    """Return a hint less the sentences that name an option of a command, too."""
    said = without_commands(text)
    if not _OPTION.search(said):
        return said
    return "".join(one for one in _SENTENCE.findall(said) if not _OPTION.search(one)).strip()


def felt(gut: str | None) -> Felt:
    """Read what stands at the gut label: `lime why`; of `yellow → lime why` the later colour."""
    typed = (gut or "").strip()
    found = _FELT.match(typed)
    colour = found["last"].casefold() if found else ""
    if found is None or colour not in COLOURS:
        return Felt("", typed)
    return Felt(colour, typed[found.end() :].strip())
