"""Words that mark an action item in a line (AI:, **TODO**:, 宿題:), and signs that it is done."""

import re
from typing import NamedTuple

from kb.formats.blocks import fold
from kb.formats.names import People
from kb.formats.people import assigned, soften

_WORD = (
    r"(?:AIs?|A\.I\.|TODOs?|ToDo|To-?[Dd]o|ACTIONS?|ACTION ITEMS?|[Aa]ction [Ii]tems?|[Aa]ctions?"
    r"|[Aa]ction [Pp]oints?|宿題|アクション(?:アイテム)?|ネクストアクション|次アクション|要対応"
    r"|対応事項|持ち帰り|タスク)"
)
_LEAD = (
    r"(?:(?P<done>:white_check_mark:|:heavy_check_mark:|✅|✔️?|☑️?|【済】|\[済\])\s*)?"
    r"(?:[→⇒➡►▶]\s*|[-=]{1,2}>\s*|:[a-z_]+:\s*|\d+[.)]\s*)*"
    r"(?:\([^()]{1,30}\)\s+(?=AI|TODO|ACTION))?"
    r"(?:(?P<lead>[(\[]?[@＠][\w.-]+[)\]]?|\[[\w.@ ]{2,30}\](?=\s*(?:AI|TODO|ACTION))"
    r"|[A-Za-z][\w.-]{0,24}(?: [A-Z][\w.-]*)?(?=\s*[:：])"
    r"|[A-Z][\w.-]{1,24}(?= (?:AI|TODO|ACTION)\b))"
    r"\s*[:：]?\s*)?"
)
_MARKER = re.compile(
    rf"^{_LEAD}(?:"
    rf"(?P<word>{_WORD})\s*(?P<who>[(\[（][^()\[\]（）]{{1,60}}[)\]）])?"
    r"\s*(?:[:：]|\s?(?:--|->|→|⇒)\s?|\s[-–—]\s)\s*"
    r"|[Aa]ction(?: [Ii]tem)?\s+(?P<named>[\[(][\w.@ ,&-]{2,40}[\])])\s+(?=[^\s(])"
    rf"|[(\[【〔](?P<tag>{_WORD})\s*(?:(?:[:：-]|(?=[@＠]))\s*(?P<inner>[^()\[\]【】]*?))?"
    r"[)\]】〕](?!\()\s*[:：]?\s*"
    r"|(?P<bare>AI|TODO|ACTION(?: ITEM)?)(?=\s*[@(]|\s+\S)\s*"
    r")(?P<text>.*)$",
    re.DOTALL,
)
_MIDLINE = re.compile(
    r"^(?P<before>.*?\S)[\s(\[]+(?:(?:AI|ACTION|TODO)(?= ?[:：])|\[(?:AI|ACTION|TODO)(?=\]))"
    r"[\s:：\])]+(?P<text>.*)$",
    re.DOTALL,
)
_OF_OTHERS = re.compile(r"(?:['’]s|last|previous|the|an?|is|on|in)$", re.IGNORECASE)
_TRAILING = re.compile(r"^(?P<before>.*\S)\s*[:：]\s*TODO[.!]?$", re.DOTALL)
_INLINE = re.compile(
    r"[(\[【](?:AI|ACTION|[Aa]ction [Ii]tem|Action|TODO|宿題)"
    r"\s*(?P<who>[@＠A-Z][\w. ]{0,29})?\s*[:：]\s*(?P<text>[^()\[\]【】]+)[)\]】]"
)
_LEADING = re.compile(r"(?P<names>[A-Z][\w.]*(?:\s*(?:,|&|and)\s*[A-Z][\w.]*)*)\s+[a-z]")
_PAST = re.compile(r"last|previous|suggested|past|old", re.IGNORECASE)
_NO_TODO = re.compile(r"\s*(?:list|item|is|was|comments?|for that|in|があ|は)\b")
_DONE_TAIL = re.compile(
    r"(?:[(\[（【]\s*(?:done|completed?|closed|済み?|完了|対応済み?)\s*!?[)\]）】]"
    r"|(?:->|[-–—~])\s*_?\s*(?:done|completed?)\b[^,;]{0,24}|[:→]\s*(?:済|完了|done)"
    r"|[.。!?)]\s*Done[.!]?|✅|✔️?|☑️?|:white_check_mark:)\s*$",
    re.IGNORECASE,
)
_DONE_HEAD = re.compile(
    r"^(?:\W*(?:done|completed|済み?|完了)\s*(?:[:：\])】]|[-–—]\s)|✅|✔|:white_check_mark:)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)


class Marked(NamedTuple):
    """What follows a marker: `owners` that it names itself, and whether it is ticked.

    `several` markers are in the plural and may announce a list.
    """

    text: str
    owners: tuple[str, ...]
    done: bool
    several: bool


class Apart(NamedTuple):
    """An action item inside a line; `certain` when the marker itself names the owners."""

    text: str
    owners: tuple[str, ...] = ()
    certain: bool = False


def marked(text: str, people: People) -> Marked | None:
    """Read a line that begins with a marker; `text` is softened. None when it has none."""
    match = _MARKER.match(text)
    if match is None or _false(match, people):
        return None
    owners: list[str] = []
    for part in (match["who"], match["named"], match["inner"], match["lead"]):
        if part:
            owners += people.names_in(part.strip("()[]（）"))
    rest = match["text"].strip()
    told = match["inner"] or match["who"] or ""
    if told and not owners:
        told = told.strip("()[]（） ")
        leading = _LEADING.match(told)  # "(AI: Chris, Paris reach out) …"
        owners = people.names_in(leading["names"], lower=False) if leading else []
        rest = f"{told}: {rest}" if rest else told
    several = fold(match["word"] or match["tag"] or "").endswith("s")
    return Marked(rest, tuple(owners), bool(match["done"]), several)


def has_marker(text: str) -> bool:
    """Tell whether a line begins with a marker and says something."""
    match = _MARKER.match(text)
    return match is not None and not match["bare"] and bool(match["text"].strip())


def _false(match: "re.Match[str]", people: People) -> bool:
    lead = match["lead"] or ""
    if lead and (_PAST.search(lead) or not (lead[0] in "@([＠" or people.names_in(lead))):
        return True
    rest: str = match["text"]
    if match["bare"] == "AI":
        return not (rest.startswith(("@", "(")) or assigned(rest, people))
    if match["bare"] == "TODO":
        return bool(_NO_TODO.match(rest))
    return match["word"] in ("action", "actions") and not rest.strip()


def bracketed(text: str, people: People) -> Apart | None:
    """Read a marker in brackets anywhere in a line: "… (AI: jaredb, review)"."""
    match = _INLINE.search(text)
    if match is None:
        return None
    inner = match["text"].strip()
    named = people.names_in(match["who"]) if match["who"] else []
    if named:
        return Apart(inner, tuple(named), certain=True)
    rest = (text[: match.start()] + " " + text[match.end() :]).strip()
    first, _, remark = inner.partition(",")
    if rest and (owners := people.names_in(inner)):
        return Apart(rest, tuple(owners), certain=True)
    if remark and (owners := people.names_in(first)):
        return Apart(f"{rest} {remark}".strip(), tuple(owners), certain=True)
    return Apart(inner)


def midline(text: str, people: People) -> Apart | None:
    """Read a marker that stands after other words: "… is stale. AI: Jim", "…: TODO"."""
    match = _TRAILING.match(text)
    if match:
        return Apart(match["before"])
    match = _MIDLINE.match(text)
    if match is None or _OF_OTHERS.search(match["before"]):
        return None
    after = match["text"].strip(" ]")
    owners = tuple(people.names_in(after))
    if owners or not after:
        return Apart(match["before"], owners, certain=True)
    return Apart(after)


def is_done(text: str) -> bool:
    """Tell whether an entry (as written) says that it is done: struck through, or marked."""
    text = text.strip()
    if _DONE_TAIL.search(text) or _DONE_HEAD.match(text):
        return True
    struck = sum(len(part) for part in _STRUCK.findall(text))
    letters = len(re.sub(r"[*_~\s]", "", text))
    return struck > 0 and (text.strip("*_ ").startswith("~~") or struck * 2 >= letters)


def without_done(text: str) -> str:
    """Return `text` without the words that say that it is done."""
    return _DONE_HEAD.sub("", _DONE_TAIL.sub("", soften(text))).strip(" \t\u3000")
