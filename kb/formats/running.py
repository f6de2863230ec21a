"""Neutral records as text of a running document: one meeting, or material without a date.

What was understood stands in the sections of the format; the source itself follows, whole, as a
quote under an internal heading. A quote keeps every line as it was, and nothing in it can become
a meeting, a section, a topic or an item of the document, or leave a fence or comment open.
"""

import re
from collections.abc import Mapping, Sequence

from kb.formats.records import NoteMeeting, NoteTodo
from kb.text.escape import escape, escape_title
from kb.text.items import read_tail
from kb.text.lines import LONG_LINE
from kb.text.names import DEFAULT_NAMES, LABELS, SECTIONS, Names, written

NOTES = ("取り込んだメモ", "Imported notes")
UNDATED = ("日付のない記録", "Undated notes")
_CANCELLED = ("【中止】", "[cancelled] ")
_HANDLE = re.compile(r"\w(?:[\w.-]{0,62}\w)?")
_LEADING = re.compile(r"^[ \t]*\t[ \t]*")
_MARKED = re.compile(r"^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_TAIL_SIGN = re.compile(r"(?<!\S)(?=[@＠#]\S*\s*$)")


def said(pair: tuple[str, str], lang: str) -> str:
    """Return the word of a Japanese/English pair in `lang`."""
    return pair[0] if lang == "ja" else pair[1]


def meeting_text(
    meeting: NoteMeeting,
    *,
    id_: str,
    lang: str,
    members: Mapping[str, str],
    names: Names = DEFAULT_NAMES,
) -> str:
    """Return a dated meeting as a section of level 2 (LF line ends).

    `members` maps names and keys of our own people (folded) to their keys; they stand on our side
    of the attendees, and as owners by their key.
    """
    parts = [heading(meeting, lang) + f" ^{id_}"]
    facts = _facts(meeting, lang, members)
    if facts:
        parts.append("\n".join(facts))
    if meeting.decisions:
        lines = [f"- {_item(decision.text, names)}" for decision in meeting.decisions]
        parts.append(_section("decisions", lang) + "\n\n" + "\n".join(lines))
    if meeting.todos:
        lines = [_todo(todo, members, names) for todo in meeting.todos]
        parts.append(_section("todos", lang) + "\n\n" + "\n".join(lines))
    quote = quoted(meeting.body, meeting.code)
    if quote:
        parts.append(f"### {said(NOTES, lang)}\n\n" + "\n".join(quote))
    return "\n\n".join(parts)


def heading(meeting: NoteMeeting, lang: str) -> str:
    """Return the heading line of a dated meeting, without an id."""
    title = title_text(meeting)
    mark = said(_CANCELLED, lang) if meeting.state == "cancelled" else ""
    start = f"{meeting.start} " if meeting.start else ""
    return f"## {meeting.date} {start}{mark}{title}".rstrip()


def title_text(meeting: NoteMeeting) -> str:
    """Return a meeting's title as text of a heading; its end is not read as owner or tag."""
    title = _TAIL_SIGN.sub(r"\\", escape_title(meeting.title[:200]))
    return title.removeprefix("~~").removesuffix("~~").strip()


def undated_heading(meeting: NoteMeeting, source: str) -> str:
    """Return the heading (level 3) of material without a full date."""
    name = escape_title(source)
    if meeting.month_day is None:
        return f"### {name}"
    shown = f"{meeting.month_day} {title_text(meeting)}".rstrip()
    return f"### {shown} ({name})"


def undated_text(meeting: NoteMeeting, source: str) -> str:
    """Return material without a full date: a heading of level 3, and the source."""
    return "\n".join((undated_heading(meeting, source), "", *quoted(meeting.body, meeting.code)))


def _section(key: str, lang: str) -> str:
    return f"### {written(SECTIONS, key, lang)}"


def _facts(meeting: NoteMeeting, lang: str, members: Mapping[str, str]) -> list[str]:
    facts = []
    if meeting.start:
        label = written(LABELS, "time", lang)
        facts.append(f"- {label}: {meeting.start}" + (f"–{meeting.end}" if meeting.end else ""))
    if meeting.attendees:
        theirs = [_name(n) for n in meeting.attendees if n.casefold() not in members]
        ours = [f"@{members[n.casefold()]}" for n in meeting.attendees if n.casefold() in members]
        people = ", ".join(name for name in theirs if name)
        shown = f"{people} / {' '.join(ours)}" if ours else people
        facts.append(f"- {written(LABELS, 'attendees', lang)}: {shown.strip()}")
    return facts


def _name(name: str) -> str:
    return re.sub(r"[,/@^<>\[\]`*_#|]+|\s+", " ", name).strip()


def _todo(todo: NoteTodo, members: Mapping[str, str], names: Names) -> str:
    owners = [members.get(owner.casefold(), owner) for owner in todo.owners]
    handles = [f"@{owner}" for owner in owners if _HANDLE.fullmatch(owner)]
    others = [owner for owner in owners if not _HANDLE.fullmatch(owner)]
    text = todo.text
    missing = [owner for owner in others if owner not in text]
    if missing:
        text = f"{text} ({', '.join(missing)})"
    shown = _item(text, names)
    if todo.due:
        handles.append(f"due:{todo.due}")
    return " ".join([f"- [{'x' if todo.done else ' '}]", shown, *handles])


def _item(text: str, names: Names) -> str:
    """Return text as that of one item on one line, whose end is text and nothing else."""
    line = escape(" ".join(text.split())[: LONG_LINE // 8], names)
    for _ in range(20):
        if read_tail(line).text == line.rstrip():
            break
        stripped = _TAIL_SIGN.sub(r"\\", line, count=1)
        if stripped == line:
            break
        line = stripped
    return line


def quoted(body: Sequence[str], code: frozenset[int] = frozenset()) -> list[str]:
    """Return source lines as one quote, every line kept; blank lines at both ends are left out.

    `code` are the indexes of lines that were code in the source: no other may become code.
    """
    first, last = 0, len(body)
    while first < last and not body[first].strip():
        first += 1
    while last > first and not body[last - 1].strip():
        last -= 1
    lines = [_spaces(line) for line in body[first:last]]
    allowed = {index - first for index in code}
    for _ in range(4):
        wrong = _code_lines(lines) - allowed
        if not wrong:
            break
        for index in wrong:
            lines[index] = _spaces(lines[index], _MARKED).lstrip(" ")
    return [f"> {line}".rstrip() if not line.strip() else f"> {line}" for line in lines]


def _spaces(line: str, pattern: re.Pattern[str] = _LEADING) -> str:
    """Return a line with tabs of its indent as the spaces they stand for.

    Behind `> ` a tab would reach less far, and the lines below would be read differently.
    """
    found = pattern.match(line)
    if not found:
        return line
    return found[0].expandtabs(4) + line[found.end() :]


def _code_lines(lines: Sequence[str]) -> set[int]:
    """Return the indexes of lines that are code once they are quoted."""
    if not any(line.startswith("    ") or "```" in line or "~~~" in line for line in lines):
        return set()
    from kb.text.outline import markdown

    source = "\n".join("" if len(line) > LONG_LINE // 4 else f"> {line}" for line in lines)
    found: set[int] = set()
    for token in markdown().parse(source.replace("\x00", "\ufffd")):
        if token.type in ("fence", "code_block") and token.map is not None:
            found.update(range(*token.map))
    return {index for index in found if lines[index].strip()}
