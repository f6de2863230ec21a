"""A new line before it is written: put into the form of the documents, or refused in a sentence."""

import re
from typing import TYPE_CHECKING

from kb.errors import WrongUse
from kb.text import frontmatter, ids
from kb.text.compose import New
from kb.text.escape import plain
from kb.text.items import LINK, read_tail
from kb.text.outline import Document
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.text.document import Meeting
    from kb.work.context import Context

# Which options go with which kinds; anywhere else they would be lost without a word.
_ONLY = {
    "under": ("stance", "said", "decision", "todo", "request"),
    "owners": ("todo",),
    "due": ("todo",),
    "confidence": ("hypothesis",),
    "because": ("hypothesis",),
    "test": ("hypothesis",),
    "impact": ("hypothesis",),
    "stance": ("topic",),
}
_OPTION = {"owners": "owner"}
_OWNER = re.compile(r"\w(?:[\w.-]{0,62}[\w-])?")
_BULLET = re.compile(r"[-*+・•] +(?=\S)|[・•](?=\S)")
_WRITTEN_ID = re.compile(rb"\^([mhadtiqr]-[0-9a-hjkmnp-tv-z]{6})")


def checked(new: New, *, exact: bool = False) -> New:
    """Return `new` with its owners and its day in the form of the documents.

    Unless its text is `exact`, the bullet of a copied list is taken off.
    """
    from kb.model.calibration import LEAST, MOST
    from kb.text.dates import day

    refuse_nul(new.text, new.because, new.test, new.impact, new.stance, new.under, *new.owners)
    if not visible(new.text):
        raise WrongUse("text-empty")
    for field, kinds in _ONLY.items():
        if getattr(new, field) not in (None, ()) and new.kind not in kinds:
            option = "--" + _OPTION.get(field, field)
            raise WrongUse("option-not-here", option=option, kind=new.kind, kinds=" ".join(kinds))
    if new.kind == "stance" and new.under is None:
        raise WrongUse("stance-under")
    if not exact:
        new = new._replace(text=_without_bullets(new.text))
    owners = tuple(owner.strip().lstrip("@＠") for owner in new.owners)
    for owner in owners:
        if not _OWNER.fullmatch(owner):
            raise WrongUse("bad-owner", owner=owner)
    due = day(new.due) if new.due is not None else None
    if new.due is not None and due is None:
        raise WrongUse("bad-date", value=new.due)
    if new.confidence is not None and not LEAST <= new.confidence <= MOST:
        raise WrongUse("bad-confidence", value=new.confidence, least=LEAST, most=MOST)
    return new._replace(owners=owners, due=due)


def _without_bullets(text: str) -> str:
    """Return a text that was copied from a list without the list's own marks at its top level."""
    lines = text.strip("\r\n").splitlines()
    if not lines or not _BULLET.match(lines[0]):
        return text
    if all(_BULLET.match(line) for line in lines if line.strip()):
        return "\n".join(_BULLET.sub("", line, count=1) for line in lines)
    return "\n".join([_BULLET.sub("", lines[0], count=1), *lines[1:]])


def topic_of(document: Document, index: int, line: int) -> str | None:
    """Return the title of the topic that a line of the meeting stands under, or None."""
    above = [
        section
        for section in document.section(index).walk()
        if section.kind == "topic"
        and section.line < line
        and any(item.line == line for item in section.items)
    ]
    return plain(LINK.sub("", above[-1].heading)).strip() or None if above else None


def dead(data: bytes, account: str, meeting: "Meeting") -> list[tuple[str, dict[str, object]]]:
    """Return hints about an account or a meeting in which nobody expects a new line."""
    found: list[tuple[str, dict[str, object]]] = []
    if frontmatter.scalar(data, "archived"):
        found.append(("into-archived", {"account": account}))
    if meeting.cancelled:
        found.append(("into-cancelled", {"account": account, "date": meeting.date}))
    return found


def taken(document: Document, meeting: "Meeting", account: str, new: New) -> frozenset[str]:
    """Return the ids of the account, and those that equal lines of the meeting would be given."""
    taken = {found[1].decode() for found in _WRITTEN_ID.finditer(document.data)}
    if new.kind in ids.KINDS:
        text = read_tail(new.text).text
        wanted = ids.normal(text)
        if new.kind == "topic":
            texts = [section.heading for section in meeting.root.walk()]
        else:
            texts = [item.text for item in meeting.root.all_items()]
        equal = sum(ids.normal(plain(one)) == wanted for one in texts)
        for ordinal in range(equal):
            taken.add(ids.derive(new.kind, account, meeting.date, text, ordinal))
    return frozenset(taken)


def know_owners(context: "Context", path: str, owners: tuple[str, ...]) -> None:
    """Hint at owners who are neither members nor the customer's people."""
    unknown = [owner for owner in dict.fromkeys(owners) if owner not in context.settings.members]
    if not unknown:
        return
    from kb.model.people import read_people

    found = context.store.read(path)
    people = read_people(frontmatter.read(found.data)) if found else {}
    for owner in unknown:
        if owner not in people:
            known = " ".join([*context.settings.members, *people])
            context.hints.append(("unknown-owner", {"owner": owner, "known": known}))
