"""What of a meeting can be edited: its lines, topics and hypotheses, by field, and how each is."""

import re
from collections.abc import Iterator, Mapping

from kb.errors import NotFound, WrongUse
from kb.model.calibration import LEAST, MOST
from kb.model.reading import claims, read_percent
from kb.text import change
from kb.text.dates import day
from kb.text.document import Item, Section
from kb.text.escape import escape, one_line, plain
from kb.text.items import LINK
from kb.text.outline import Document
from kb.text.rewrite import add_field, name_meeting, remove, retitle, rewrite, words_of
from kb.work.typed import visible

BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
CLAIM = {"because": "why", "test": "test", "impact": "impact", "confidence": "confidence"}
"""The fields of a hypothesis that a form has, and their labels."""
_OWNER = re.compile(r"\w(?:[\w.-]{0,62}[\w-])?")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:：][0-5]\d")
_HEAD = ("title", "start", "end", "attendees")

Thing = Item | Section


def things(root: Section) -> Iterator[Thing]:
    """Yield all of a meeting that can be edited by itself: items, and headings of topics."""
    yield from (section for section in root.walk() if section.kind == "topic")
    yield from root.all_items()


def thing(root: Section, line: int) -> Thing:
    """Return what begins at a line of the meeting; `NotFound("no-item")`."""
    found = next((one for one in things(root) if one.line == line), None)
    if found is None:
        raise NotFound("no-item", item=line)
    return found


def is_heading(root: Section, line: int | None) -> bool:
    """Tell whether a heading that is no topic's stands at a line."""
    return any(one.line == line and one.kind != "topic" for one in root.walk())


def section(root: Section, line: int) -> Section:
    """Return the section whose heading stands at a line; `NotFound("no-item")`."""
    found = next((one for one in root.walk() if one.line == line), None)
    if found is None:
        raise NotFound("no-item", item=line)
    return found


def same(one: Thing, other: Thing) -> bool:
    """Tell whether two things of two versions are the same: by their ids, else by their words."""
    if type(one) is not type(other):
        return False
    if one.ids and other.ids:
        return bool(set(one.ids) & set(other.ids))
    if isinstance(one, Section) or isinstance(other, Section):
        return _title(one) == _title(other)
    return (one.label, one.text) == (other.label, other.text)


def _title(topic: Thing) -> str:
    return topic.heading if isinstance(topic, Section) else ""


def bytes_of(document: Document, one: Thing) -> bytes:
    """Return the bytes of a thing by which it is seen whether it has changed."""
    span = one.head if isinstance(one, Section) else one.span
    return document.data[span.start : span.stop].rstrip()


def claim(root: Section, item: Item) -> tuple[Item, tuple[Item, ...]] | None:
    """Return a hypothesis with its fields if the item is one, else None."""
    for one in root.walk():
        if one.kind == "hypotheses":
            for pair in claims(one):
                if pair[0].line == item.line:
                    return pair
    return None


# --- what a form shows --------------------------------------------------------------------------


def topic_fields(topic: Section) -> dict[str, str]:
    """Return the title of a topic and our stance on it."""
    title = plain(LINK.sub("", topic.heading) if topic.link else topic.heading).strip()
    stance = _stance(topic)
    return {"title": title, "stance": words_of(stance) if stance else ""}


def _stance(topic: Section) -> Item | None:
    return next((item for item in topic.items if item.label == "stance"), None)


def claim_fields(item: Item, fields: tuple[Item, ...]) -> dict[str, str]:
    """Return a hypothesis and what supports it, by the names of the form."""
    shown = {"text": words_of(item)}
    for name, label in CLAIM.items():
        found = _field(fields, label)
        value = plain(found.value) if found else ""
        if name == "confidence":
            number = read_percent(value)
            value = str(number) if number is not None else value
        shown[name] = value
    return shown


def _field(fields: tuple[Item, ...], label: str) -> Item | None:
    there = [one for one in fields if one.label == label and one.value]
    return there[-1] if there else None


def head_fields(document: Document, index: int) -> dict[str, str]:
    """Return the title, the times and who takes part."""
    meeting = document.meeting(index)
    attendees = _labelled(meeting.root, "attendees")
    return {
        "title": plain(meeting.title),
        "start": meeting.start or "",
        "end": meeting.end or "",
        "attendees": plain(attendees.value) if attendees else "",
    }


def _labelled(root: Section, label: str) -> Item | None:
    return next((item for item in root.items if item.label == label), None)


# --- what a form changes ------------------------------------------------------------------------


def change_item(
    document: Document, root: Section, item: Item, fields: Mapping[str, str]
) -> Document:
    """Write the words of a line, of a TODO its owners and day as well."""
    value = _said(fields, "text")
    memo = any(
        one.kind == "memo" and any(item.line == i.line for i in one.items) for one in root.walk()
    )
    if item.box is None:
        return rewrite(document, item, value, memo=memo)
    owners = fields.get("owner", "").replace("、", " ").replace(",", " ").split()
    bare = tuple(owner.lstrip("@＠") for owner in owners)
    for owner in bare:
        if not _OWNER.fullmatch(owner):
            raise WrongUse("bad-owner", owner=owner)
    typed = fields.get("due", "").strip()
    due = day(typed) if typed else None
    if typed and due is None:
        raise WrongUse("bad-date", value=typed)
    unchanged = (bare, due) == (item.owners, item.due)
    return rewrite(document, item, value, owners=None if unchanged else bare, due=due)


def change_topic(
    document: Document, topic: Section, fields: Mapping[str, str], lang: str
) -> Document:
    """Write the title of a topic and our stance on it."""
    shown = topic_fields(topic)
    value, stance = fields.get("stance", "").strip(), _stance(topic)
    if value != shown["stance"]:
        if stance is None:
            document = _first_stance(document, topic, value, lang)
        elif visible(value):
            document = rewrite(document, stance, value)
        else:
            document = remove(document, stance.span)
    title = _said(fields, "title")
    if title == shown["title"]:
        return document
    now = next(
        one
        for index in range(len(document.chunks))
        for one in document.section(index).walk()
        if one.kind == "topic" and one.head.start == topic.head.start
    )
    return retitle(document, now, title)


def _first_stance(document: Document, topic: Section, value: str, lang: str) -> Document:
    from kb.text.compose import New
    from kb.text.find import meeting_index
    from kb.text.write import add

    index = meeting_index(document, topic.line)
    number = [
        one.line for one in document.section(index).walk() if one.kind == "topic" and not one.blank
    ].index(topic.line)
    new = New("stance", value, under=str(number + 1))
    return add(document, index, new, lang=lang, account="").document


def change_claim(document: Document, item: Item, fields: Mapping[str, str], lang: str) -> Document:
    """Write a hypothesis and what supports it; what is emptied goes."""
    line = item.line
    pair = _claim_at(document, line)
    shown = claim_fields(*pair)
    if _said(fields, "text") != shown["text"]:
        document = rewrite(document, item, _said(fields, "text"))
    for name, label in CLAIM.items():
        value = fields.get(name, "").strip()
        if name == "confidence":
            value = _confidence(value)
        if name not in fields or value == shown[name]:
            continue
        here, others = _claim_at(document, line)
        value = f"{value}%" if name == "confidence" and value else value
        old = _field(others, label)
        if old is None:
            if visible(value):
                document = add_field(document, here, label, value, lang)
        elif visible(value):
            document = rewrite(document, old, value)
        else:
            document = remove(document, old.span)
    return document


def _claim_at(document: Document, line: int) -> tuple[Item, tuple[Item, ...]]:
    from kb.text.find import item_at, meeting_index

    found = claim(document.section(meeting_index(document, line)), item_at(document, line))
    assert found is not None, line
    return found


def _confidence(typed: str) -> str:
    value = typed.rstrip("%％").strip()
    if not value:
        return ""
    if not value.isdecimal() or not LEAST <= int(value[:4]) <= MOST:
        raise WrongUse("bad-confidence", value=typed, least=LEAST, most=MOST)
    return str(int(value))


def change_head(document: Document, index: int, fields: Mapping[str, str], lang: str) -> Document:
    """Write the title, the times and who takes part; what is emptied goes."""
    shown = head_fields(document, index)
    typed = {name: one_line(fields.get(name, shown[name])) for name in _HEAD}
    start, end = (_clock(typed[name]) for name in ("start", "end"))
    if end and end <= (start or "99:99"):
        raise WrongUse("bad-times", start=start or "—", end=end)
    if typed["title"] != shown["title"]:
        if not visible(typed["title"]):
            raise WrongUse("text-empty")
        document = name_meeting(document, index, typed["title"])
    if (start, end) != (shown["start"], shown["end"]):
        document = _timed(document, index, start, end, lang)
    if typed["attendees"] != shown["attendees"]:
        old = _labelled(document.section(index), "attendees")
        if typed["attendees"]:
            value = escape(typed["attendees"], document.names, labelled=True)
            document = change.set_head_field(document, index, "attendees", value, lang)
        elif old is not None:
            document = remove(document, old.span)
    return document


def _timed(document: Document, index: int, start: str, end: str, lang: str) -> Document:
    meeting = document.meeting(index)
    if start and start != meeting.start:
        document = change.redate(document, index, meeting.date, start)
    old = _labelled(document.section(index), "time")
    if start:
        shown = f"{start}–{end}" if end else start
        return change.set_head_field(document, index, "time", shown, lang)
    return remove(document, old.span) if old is not None else document


def _clock(typed: str) -> str:
    if not typed:
        return ""
    if not _CLOCK.fullmatch(typed):
        raise WrongUse("bad-time", value=typed)
    hour, _, minute = typed.replace("：", ":").partition(":")
    return f"{int(hour):02}:{minute}"


def _said(fields: Mapping[str, str], name: str) -> str:
    """Return the words of a field that may not be empty."""
    value = fields.get(name, "").strip()
    if not visible(value):
        raise WrongUse("text-empty")
    return value
