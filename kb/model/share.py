"""What a customer may see of a meeting: an allow-list, built as one type that nothing else enters.

Exports, projected pages, guest links and messages accept `SafeMeeting` and nothing else. It is
built field by field from what customers may see; whatever is not named here stays inside.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

from kb.model.meeting import Meeting, Todo
from kb.text.lines import readable
from kb.text.names import bears_internal
from kb.text.plain import inline

if TYPE_CHECKING:
    from markdown_it.token import Token

SafeText = NewType("SafeText", str)
"""Words that went through `safe_text`; only this module makes them."""


@dataclass(frozen=True, slots=True)
class SafeTodo:
    """A TODO that both sides share: `owner` by name, `due` YYYY-MM-DD or None."""

    text: SafeText
    owner: SafeText
    due: str | None
    done: bool


@dataclass(frozen=True, slots=True)
class SafeTopic:
    """One topic as the customer sees it: our proposal, their words, what was decided."""

    title: SafeText
    stance: SafeText | None
    said: tuple[SafeText, ...]
    decisions: tuple[SafeText, ...]
    todos: tuple[SafeTodo, ...]


@dataclass(frozen=True, slots=True)
class SafeMeeting:
    """A meeting without anything internal.

    `decisions` and `todos` hold what does not stand under a topic. `next_date` is the day of the
    next meeting with this customer, or None. Dates are YYYY-MM-DD, times HH:MM. A `cancelled`
    one keeps what the customer had seen of it.
    """

    account: SafeText
    title: SafeText
    date: str
    start: str | None
    end: str | None
    next_date: str | None
    customer: tuple[SafeText, ...]
    ours: tuple[SafeText, ...]
    topics: tuple[SafeTopic, ...]
    decisions: tuple[SafeText, ...]
    todos: tuple[SafeTodo, ...]
    cancelled: bool = False


def customer_view(
    meeting: Meeting, people: Mapping[str, str], *, account: str, next_date: str | None = None
) -> SafeMeeting:
    """Return what the customer may see of `meeting`.

    `people` gives the names of handles, theirs and ours; a handle that nobody knows is shown as
    it was written. `account` is the customer's name, not our short name for it.
    """
    if bears_internal(meeting.title):  # all of it stays inside
        meeting = meeting._replace(topics=(), decisions=(), todos=())
    topics = []
    under: set[int] = set()
    for topic in meeting.topics:
        under |= {todo.line for todo in topic.todos} | {d.line for d in topic.decisions}
        if bears_internal(topic.title):
            continue
        topics.append(
            SafeTopic(
                title=safe_text(topic.title),
                stance=(safe_text(topic.stance) or None) if topic.stance else None,
                said=_shown(said.text for said in topic.said),
                decisions=_shown(d.text for d in topic.decisions if not d.internal),
                todos=_todos(topic.todos, people),
            )
        )
    return SafeMeeting(
        account=safe_text(account),
        title=safe_text(meeting.title),
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        next_date=next_date,
        customer=_shown(meeting.attendees.customer),
        ours=_shown(people.get(key, key) for key in meeting.attendees.ours),
        topics=tuple(topic for topic in topics if _speaks(topic)),
        decisions=_shown(
            d.text for d in meeting.decisions if not d.internal and d.line not in under
        ),
        todos=_todos((t for t in meeting.todos if t.line not in under), people),
        cancelled=meeting.cancelled,
    )


def _speaks(topic: SafeTopic) -> bool:
    return bool(topic.title or topic.stance or topic.said or topic.decisions or topic.todos)


def _todos(todos: Iterable[Todo], people: Mapping[str, str]) -> tuple[SafeTodo, ...]:
    found = []
    for todo in todos:
        text = safe_text(todo.text)
        if todo.internal or todo.owner is None or not text:
            continue
        owner = safe_text(people.get(todo.owner, todo.owner))
        found.append(SafeTodo(text, owner, todo.due, todo.done))
    return tuple(found)


def _shown(texts: Iterable[str]) -> tuple[SafeText, ...]:
    return tuple(safe for text in texts if (safe := safe_text(text)))


# As Markdown's parser ends a comment, else as people do, else never: an open one hides the rest.
_COMMENT = re.compile(r"<!--(?:(?:[^-]|-[^-]|--[^>])*-->|.*?(?:-->|\Z))", re.DOTALL)
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=<)")  # as a tag all the same
_DECLARATION = re.compile(
    r"<(?:\?.*?(?:\?>|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|![A-Za-z][^>]*(?:>|\Z))", re.DOTALL
)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attributes>(?:\s(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)?)(?P<end>/?>)",
    re.DOTALL,
)
_PLAIN_TAGS = frozenset("b i u s em strong mark del ins sub sup kbd code small br wbr".split())
_EMPTY_TAGS = frozenset("br wbr hr img input link meta source area base col embed track".split())
_NO_IMAGE = re.compile(r"(?<!\\)!\[[^\]]*\]")
_REFERENCE = re.compile(r"\[(?P<text>[^\[\]]+)\]\[[^\[\]]*\]")
_WIKILINK = re.compile(r"\\?!?\\?\[\\?\[.*?(?:\\?\]\\?\]|\Z)", re.DOTALL)
_ID = re.compile(r"\\?\^[A-Za-z]-[0-9A-Za-z]{6}(?![0-9A-Za-z])")
# A text with none of these is its own words; most are such.
_SPECIAL = re.compile(r"[\\<\[!^#＃﹟]")
_SIGNS = re.compile(r"[\[<]")
_MARKDOWN = re.compile(r"([\\`*_!\[\]<&])")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\\]+")
_SPACE = re.compile(r"[ \t\u3000]{2,}")
_OUTSIDE = ("https://", "http://", "mailto:")


def safe_text(text: str) -> SafeText:
    """Return an item's own words without HTML, comments, wikilinks, ids, images and link titles.

    What HTML encloses goes with it, except in tags that only shape letters. Of a link its words
    and an address that a customer can open are left. Nothing is left of a text that bears the
    tag #社内 or #internal. What was no UTF-8 in the file becomes U+FFFD.
    """
    text = readable(text)
    return _lines(_outgoing(text) if _SPECIAL.search(text) else text)


def _lines(text: str) -> SafeText:
    lines = (_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return SafeText("\n".join(line for line in lines if line))


def _outgoing(text: str) -> str:
    if bears_internal(text):
        return ""
    text = _ESCAPED.sub(r"\1", text)
    text = _COMMENT.sub("", text)
    text = _DECLARATION.sub("", text)
    text = _without_elements(text)
    text = _read(text)
    text = _NO_IMAGE.sub("", _WIKILINK.sub("", text))
    text = _REFERENCE.sub(r"\g<text>", text)
    return _read(_ID.sub("", text))


def _without_elements(text: str) -> str:
    """Drop HTML: tags that shape letters leave their words, every other element goes whole."""
    kept: list[str] = []
    hidden: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        if not hidden:
            kept.append(text[at : tag.start()])
        at = tag.end()
        name = tag["name"].lower()
        if hidden:
            if tag["close"] and name in hidden:
                del hidden[len(hidden) - 1 - hidden[::-1].index(name) :]
            elif not tag["close"] and name not in _EMPTY_TAGS and tag["end"] != "/>":
                hidden.append(name)
        elif tag["close"] or name in _EMPTY_TAGS or tag["end"] == "/>":
            continue
        elif name not in _PLAIN_TAGS or tag["attributes"].strip():
            hidden.append(name)
    if not hidden:
        kept.append(text[at:])
    return "".join(kept)


def _read(text: str) -> str:
    """Return text in which Markdown finds nothing that is there and not seen.

    Pictures go, of a link its words stay, and its address if a customer can open it. A text in
    which nothing hides stays as it was typed.
    """
    tokens = inline(text) if _SIGNS.search(text) else ()
    if not any(_hides(token) for token in tokens):
        return text
    kept: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((len(kept), str(token.attrs.get("href") or "")))
        elif token.type == "link_close":
            start, to = links.pop()
            kept[start:] = [_linked("".join(kept[start:]), to)]
        elif token.type in ("softbreak", "hardbreak"):
            kept.append("\n")
        elif token.type in ("text", "code_inline"):
            kept.append(_literal(token.content))
        elif token.type.startswith(("strong_", "em_")):
            kept.append(token.markup)
    return "".join(kept)


def _linked(words: str, to: str) -> str:
    if not to.casefold().startswith(_OUTSIDE):
        return words
    if words and _PLAIN_ADDRESS.fullmatch(to):
        return f"[{words}]({to})"
    return f"{words} ({_literal(to)})"


def _literal(text: str) -> str:
    """Return text that Markdown reads as just these characters."""
    return _MARKDOWN.sub(r"\\\1", text)


def _hides(token: "Token") -> bool:
    if token.type == "link_open":
        outside = str(token.attrs.get("href") or "").casefold().startswith(_OUTSIDE)
        return "title" in token.attrs or not outside
    if token.type == "html_inline":
        tag = _TAG.fullmatch(token.content)
        return tag is None or tag["name"].lower() not in _PLAIN_TAGS or bool(tag["attributes"])
    return token.type == "image"
