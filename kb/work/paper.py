"""The customer's minutes as a Word document: our proposal on the left, their words beside it."""

from typing import TYPE_CHECKING

from kb.formats.docx import Paper, Paragraph, Row, Table, written
from kb.text.plain import plain
from kb.work.sharing_words import Polite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.model.share import SafeMeeting, SafeTodo

OPEN_BOX, TICKED_BOX = "☐", "☑"


def docx(safe: "SafeMeeting", lang: str) -> bytes:
    """Return the minutes as the bytes of a .docx file, in `lang`."""
    return written(minutes(safe, lang))


def minutes(safe: "SafeMeeting", lang: str) -> Paper:
    """Return what stands in the minutes."""
    say = Polite(lang)
    title = say("title", title=say.title(safe), account=plain(safe.account))
    blocks: list[Paragraph | Table] = [
        Paragraph("Title", say.title(safe)),
        Paragraph("Subtitle", say.to(plain(safe.account))),
        Paragraph("Subtitle", say("labelled", label=say("when"), text=say.when(safe))),
    ]
    if who := say.who(safe):
        blocks.append(Paragraph("Subtitle", say("labelled", label=say("who"), text=who)))
    if safe.cancelled:
        blocks.append(Paragraph("Decided", say("cancelled")))
    if rows := tuple(_rows(say, safe)):
        theirs = say("names").join(say(name) for name in ("said", "decided", "todo"))
        head = Row(((Paragraph("Label", say("offer")),), (Paragraph("Label", theirs),)), head=True)
        blocks.append(Table((head, *rows)))
    rest = [*_part(say, "decided", "Decided", safe.decisions), *_owed(say, safe.todos)]
    if rest and safe.topics:
        blocks.append(Paragraph("Heading2", say("of-all")))
    blocks += rest
    if safe.next_date:
        text = say("labelled", label=say("next"), text=say.day(safe.next_date))
        blocks.append(Paragraph("Heading2", text))
    else:
        blocks.append(Paragraph("Text", ""))  # Word wants a paragraph after a table
    return Paper(title, lang, tuple(blocks))


def _rows(say: Polite, safe: "SafeMeeting") -> "Iterable[Row]":
    for n, topic in enumerate(safe.topics, 1):
        title = " ".join(plain(topic.title).split())
        yield Row(((Paragraph("Heading1", f"{n}. {title}".strip()),),))
        stance = (Paragraph("Text", plain(topic.stance)),) if topic.stance else ()
        theirs = [
            *_part(say, "said", "Voice", topic.said),
            *_part(say, "decided", "Decided", topic.decisions),
            *_owed(say, topic.todos),
        ]
        yield Row((stance, tuple(theirs)))


def _part(say: Polite, label: str, style: str, texts: "Sequence[str]") -> list[Paragraph]:
    if not texts:
        return []
    return [Paragraph("Label", say(label)), *(Paragraph(style, plain(text)) for text in texts)]


def _owed(say: Polite, todos: "Sequence[SafeTodo]") -> list[Paragraph]:
    if not todos:
        return []
    lines = (f"{TICKED_BOX if one.done else OPEN_BOX} {say.owed(one)}" for one in todos)
    return [Paragraph("Label", say("todo")), *(Paragraph("Text", line) for line in lines)]
