"""Who an action item belongs to: the many ways in which people put a name on a line."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kb.formats.blocks import plain
from kb.formats.names import HANDLE, HONORIFIC, JA, TEAM, People

_VERB = (
    r"(?:to|will|shall|should|must|needs? to|has to|have to|agreed to|agrees to|wants? to|plans? to"
    r"|volunteers?|volunteered|takes|taking|can take|is going to|are going to|is to|offers? to"
    r"|offered to)"
)
_ONE = rf"(?:[@＠]?[\w.'’-]+@?)(?: [A-ZÀ-Þ][\w.'’-]*){{0,3}}(?: {TEAM})?"
_TO = re.compile(
    rf"^(?P<names>{_ONE}(?:\s*(?:,|/|&amp;|&|\+|\band\b|\bor\b)\s*{_ONE}){{0,5}})"
    rf"(?P<verb>['’]ll\b|\s+(?:{_VERB})\b)"
)
_HANDLES = r"[@＠][\w.-]+(?:\s*(?:,|、|/|&amp;|&|\+|\band\b|\s)\s*[@＠][\w.-]+)*"
_STARTS_HANDLES = re.compile(
    rf"^(?P<open>[(\[（【])?\s*(?P<names>{_HANDLES})"
    r"\s*(?P<close>[)\]）】])?(?=[\s:：,]|$)\s*(?:[:：]|[-–—]\s)?\s*"
)
_STARTS_DASH = re.compile(
    r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)\s+[-–—]\s+(?P<text>.+)$", re.DOTALL
)
_STARTS_COLON = re.compile(
    r"^(?P<names>[^:：()（）\[\]!?！？。\n]{1,60}?)\s*[:：]\s*(?!//)(?P<text>.+)$", re.DOTALL
)
_STARTS_BRACKET = re.compile(
    r"^[(\[（【](?P<names>[^()\[\]（）【】]{1,60})[)\]）】](?!\()\s*[:：]?\s*(?P<text>.+)$",
    re.DOTALL,
)
_WORD_JA = rf"(?:[A-Za-z][A-Za-z0-9_.-]*|{JA}{{1,8}}?)(?:{HONORIFIC})?"
_STARTS_JA = re.compile(
    rf"^(?P<names>{_WORD_JA}(?:[、,・&と]{_WORD_JA}){{0,4}})(?:が|は|→|より|にて)"
)
_STARTS_KNOWN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?=[ぁ-んァ-ヶ一-龥])")
_INSIDE_JA = re.compile(r"([A-Za-z][A-Za-z0-9_-]{1,24}|[一-龥々]{1,4})(?:さん|様|氏)が")
_ENDS_BRACKET = re.compile(
    r"^(?P<text>.*?)\s*(?P<open>[(\[（【])(?P<names>[^()\[\]（）【】\n]{1,80})[)\]）】]?\s*[.。]?\s*$",
    re.DOTALL,
)
_DASH = r"(?:~|—|–|--|-|→|=>|->|⇒)"
_ENDS_DASH = re.compile(
    rf"^(?P<text>.+?)\s+{_DASH}\s*(?P<names>[^~—–→⇒()]{{1,60}}?)(?P<remark>\s*\([^()]*\))?$",
    re.DOTALL,
)
_ENDS_DASH_HANDLE = re.compile(
    rf"^(?P<text>.+?)\s+(?:{_DASH}|:)\s*(?P<names>@[^~—–→⇒()]{{1,60}})$", re.DOTALL
)
_ENDS_HANDLES = re.compile(
    r"^(?P<text>.*?)(?P<names>(?:[\s\u3000,、&]+[@＠][\w][\w.-]*)+)\s*[.。]?\s*$", re.DOTALL
)
_INITIALS = r"[A-Z]{2,3}(?:\s*(?:,|/|&|and)\s*[A-Z]{2,3})*"
_ENDS_INITIALS = re.compile(rf"^(?P<text>.+?[.,;])\s*(?P<names>{_INITIALS})\s*\.?\s*$", re.DOTALL)
_INSIDE_INITIALS = re.compile(rf"(?:[,.;]|\band\b)\s*(?P<names>{_INITIALS}) (?:to|will)\b")
_ENDS_BY = re.compile(
    r"^.*\b(?:sent|done|written|handled|owned|taken|led|drafted|created|filed|prepared|reviewed|"
    r"driven|submitted|published|organi[sz]ed)\b[\w ]{0,12}\bby\s+"
    r"(?P<names>[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)\s*\.?$",
    re.DOTALL,
)
_OWNER_LABEL = re.compile(
    r"(?:\b(?:owners?|assignees?|responsible|who)\s*[:：=]\s*|\bassigned to\s*[:：]?\s*"
    r"|(?:担当者?|責任者|主担当)\s*[:：は]\s*)"
    r"(?P<names>[^\s()（）。、,;:：]+(?:\s*[,、&/]\s*[^\s()（）。、,;:：]+)*)",
    re.IGNORECASE,
)
_FOR = re.compile(r"^(?:for|by|owner)\s*:?\s+")
_DATED = re.compile(r"^\[?\d{4}-\d\d-\d\d\]?\s*[:：]\s*")
_PAIR = re.compile(
    r"^(?P<names>[A-Z][\w.'’-]*(?:, [A-Z][\w.'’-]*)*,? (?:&|and|\+) [A-Z][\w.'’-]*) [a-z]{2,}"
)
_DOING = re.compile(r"([A-Z]{2}) \w+ing\b")
_EVERYBODY = re.compile(r"Every(?:one|body)(?= [a-z])")
_ALL_OF = re.compile(r"(?:All|all|ALL)(?: [a-z]+){1,3}s(?= (?:to|should|will|review) )")
_SENTENCE = re.compile(r"(?<=[.;!])\s+(?=[A-Z@])")

_MARKUP = re.compile(r"[*_~`\[\\]")
_CODED_HANDLE = re.compile(r"`(@[\w.-]+)`")
_LINKED_HANDLE = re.compile(r"\[(\\?@[\w.-]+)\]\([^()\s]*\)")
_STRONG = re.compile(r"\*\*|~~|(?<!\w)__|__(?!\w)")
_ESCAPED = re.compile(r"\\([@_*\[\]()~-])")
_BLANKS = re.compile(r"\s{2,}")


class Owned(NamedTuple):
    """A text with the names taken off that stood apart from it, and its owners."""

    text: str
    owners: tuple[str, ...]


@lru_cache(maxsize=16384)  # each line is looked at several times
def soften(text: str) -> str:
    """Return `text` without emphasis, with links to people as their names; other links stay."""
    if _MARKUP.search(text):
        text = _LINKED_HANDLE.sub(r"\1", text)
        text = _CODED_HANDLE.sub(r"\1", text)
        text = _STRONG.sub("", text)
        text = _ESCAPED.sub(r"\1", text)
    return _BLANKS.sub(" ", text).strip(" \t\u3000\\")


def owners_of(text: str, people: People, *, listed: bool = True) -> Owned:
    """Find the owners of an action item.

    `listed` says that the line stands under an action heading or after a marker, where a plain
    name before a colon or a verb is an owner.
    """
    text = _DATED.sub("", soften(text))
    for read in _LISTED if listed else _ANYWHERE:
        owned = read(text, people)
        if owned.owners:
            return owned
    owners = () if listed else assigned(text, people)
    label = _OWNER_LABEL.search(text)
    if not owners and label:
        owners = _unique(people.names_in(label["names"]))
    return Owned(text, owners)


def assigned(text: str, people: People, *, by_sentence: bool = False) -> tuple[str, ...]:
    """Return the owners of a line that says itself who will do it ("Niko to …", "… (@x)").

    With `by_sentence` only its sentence counts, not a name at its end.
    """
    text = soften(text)
    match = _STARTS_HANDLES.match(text)
    if match and text[match.end() :] and not match["open"]:
        return _unique(HANDLE.findall(match["names"]))
    to = _TO.match(plain(text))
    if to and to["verb"].strip(" ’'") in ("to", "will", "ll"):
        names = people.names_in(to["names"])
        if names:
            return _unique(names)
    if by_sentence:
        return ()
    match = _ENDS_BRACKET.match(text)
    if match and HANDLE.search(match["names"]):
        return _unique(people.names_in(match["names"]))
    match = _ENDS_HANDLES.match(text)
    return _unique(HANDLE.findall(match["names"])) if match else ()


def _handles_first(text: str, people: People) -> Owned:  # noqa: ARG001 (one of a row of readers)
    """Read handles at the start: "@a, @b will …", "(@a) write it"."""
    match = _STARTS_HANDLES.match(text)
    if match is None or bool(match["open"]) != bool(match["close"]) or not text[match.end() :]:
        return Owned(text, ())
    rest = text[match.end() :]
    keeps = re.match(rf"(?:{_VERB})\b", rest)
    return Owned(text if keeps else rest, _unique(HANDLE.findall(match["names"])))


def _names_first(text: str, people: People) -> Owned:
    """Read names that stand apart at the start: "[Jim] …", "Matt & Maryam: …", "Jim - …"."""
    for pattern in (_STARTS_BRACKET, _STARTS_COLON, _STARTS_DASH):
        match = pattern.match(text)
        owners = people.names_in(match["names"]) if match else []
        if match and owners:
            return Owned(match["text"].lstrip(" -–—:"), _unique(owners))
    return Owned(text, ())


def _handles_last(text: str, people: People) -> Owned:
    """Read handles that stand apart at the end, in brackets or after a dash."""
    match = _ENDS_BRACKET.match(text)
    if match and match["text"].strip() and HANDLE.search(match["names"]):
        owners = people.names_in(_FOR.sub("", match["names"]))
        if owners:
            return Owned(match["text"].rstrip(" -–—"), _unique(owners))
    match = _ENDS_DASH_HANDLE.match(text)
    owners = people.names_in(match["names"]) if match else []
    return Owned(match["text"] if match and owners else text, _unique(owners))


def _subject(text: str, people: People) -> Owned:
    """Read the subjects of the sentences ("RV to draft. KK to assign …")."""
    owners: list[str] = []
    for sentence in _SENTENCE.split(plain(text)):
        if match := _TO.match(sentence):
            owners += people.names_in(match["names"])
        elif match := _PAIR.match(sentence):
            owners += people.names_in(match["names"], lower=False)
        elif match := _DOING.match(sentence):
            owners += people.names_in(match[1])
        elif match := _EVERYBODY.match(sentence) or _ALL_OF.match(sentence):
            owners.append(match[0])
    if not owners and (match := _INSIDE_INITIALS.search(plain(text))):
        owners = people.names_in(match["names"])
    return Owned(text, _unique(owners))


def _bracket_last(text: str, people: People) -> Owned:
    """Read names in brackets at the end, also when the bracket never closes."""
    match = _ENDS_BRACKET.match(text)
    if match is None or not match["text"].strip():
        return Owned(text, ())
    inner = match["names"].rsplit("→", 1)[-1]
    linked = match["open"] == "[" and match["text"].endswith("]")
    owners = [] if linked else people.names_in(inner)
    label = _OWNER_LABEL.match(inner)
    if not owners and label:
        owners = people.names_in(label["names"])
    if not owners and not linked:  # a name among other remarks
        parts = re.split(r"[,、;]", inner)
        owners = [name for part in parts for name in people.names_in(part, lower=False)]
        owners = owners if HANDLE.search(inner) or len(owners) == 1 else []
    return Owned(match["text"] if owners else text, _unique(owners))


def _names_last(text: str, people: People) -> Owned:
    """Read names at the end without brackets: "… @x", "…, SC.", "… ~ Jaice & Caleb"."""
    if match := _ENDS_HANDLES.match(text):
        if match["text"].strip():
            return Owned(match["text"], _unique(HANDLE.findall(match["names"])))
    elif match := _ENDS_INITIALS.match(text):
        return Owned(match["text"].rstrip(",; "), _unique(people.names_in(match["names"])))
    elif match := _ENDS_DASH.match(text):
        said = re.sub(r"\s+(?:will|to)\b.*$", "", match["names"])
        owners = people.names_in(said, lower=False)
        owners = owners or [n for n in people.names_in(match["names"]) if people.knows(n)]
        if owners and (not match["remark"] or all(people.knows(name) for name in owners)):
            return Owned(match["text"] + (match["remark"] or ""), _unique(owners))
    match = _ENDS_BY.match(text)
    return Owned(text, _unique(people.names_in(match["names"])) if match else ())


def _handles_bare(text: str, people: People) -> Owned:  # noqa: ARG001 (one of a row of readers)
    match = _ENDS_HANDLES.match(text)
    if match and match["text"].strip():
        return Owned(match["text"], _unique(HANDLE.findall(match["names"])))
    return Owned(text, ())


def _in_japanese(text: str, people: People) -> Owned:
    """Read who does it in a Japanese sentence: 佐藤さんが…, yoshida残タスク."""
    match = _STARTS_JA.match(text)
    if match:
        owners = people.names_in(match["names"])
        honoured = re.search(HONORIFIC, match["names"])
        if owners and (honoured or all(people.surely(owner) for owner in owners)):
            return Owned(text, _unique(owners))
    match = _STARTS_KNOWN.match(text)
    if match and people.knows(match[0]):
        return Owned(text, (match[0],))
    match = _INSIDE_JA.search(text)
    return Owned(text, (match[1],) if match else ())


# from the surest to the least sure
_LISTED = (
    _handles_first,
    _names_first,
    _handles_last,
    _subject,
    _bracket_last,
    _names_last,
    _in_japanese,
)
_ANYWHERE = (_handles_first, _handles_last, _bracket_last, _handles_bare)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.rstrip(".") for name in names if name))
