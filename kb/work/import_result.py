"""What an import did or would do: as the contract's JSON, and as a plan to read."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.messages import say

if TYPE_CHECKING:
    from kb.formats.records import NoteMeeting, Notes, Warned


class SkippedSource(NamedTuple):
    """A file that was not read, and the code that says why."""

    source: str
    code: str


@dataclass(slots=True)
class Document:
    """One source file that was read, and the account it went to.

    `added` are indexes of its meetings that were new in the document; `changed` of those that the
    document holds in another state than the source has now.
    """

    notes: "Notes"
    account: str
    path: str
    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """All that was understood; `dry_run` says that nothing was written."""

    documents: tuple[Document, ...]
    skipped: tuple[SkippedSource, ...]
    lang: str
    dry_run: bool

    @property
    def added(self) -> int:
        """Return how many meetings (and undated parts) were new."""
        return sum(len(document.added) for document in self.documents)

    def as_json(self) -> dict[str, Any]:
        """Return the document of the contract."""
        return {
            "files": len(self.documents) + len(self.skipped),
            "documents": [_document(document, self.lang) for document in self.documents],
            "skipped": [
                {"source": entry.source, "reason": say(entry.code, self.lang)[0]}
                for entry in self.skipped
            ],
            "added": self.added,
        }


def _document(document: Document, lang: str) -> dict[str, Any]:
    notes = document.notes
    dated = [meeting for meeting in notes.meetings if not meeting.undated]
    return {
        "source": notes.source,
        "account": document.account,
        "path": document.path,
        "meetings": [
            {
                "date": meeting.date,
                "month_day": meeting.month_day,
                "title": meeting.title,
                "state": meeting.state,
                "line": meeting.line,
            }
            for meeting in dated
        ],
        "todos": [
            {
                "text": todo.text,
                "owners": list(todo.owners),
                "done": todo.done,
                "due": todo.due,
                "meeting": meeting.when,
                "line": todo.line,
            }
            for meeting in notes.meetings
            for todo in meeting.todos
        ],
        "decisions": [
            {"text": decision.text, "meeting": meeting.when, "line": decision.line}
            for meeting in notes.meetings
            for decision in meeting.decisions
        ],
        "attendees": list(notes.attendees),
        "warnings": [
            {"line": line, "message": message} for line, message in warnings(document, lang)
        ],
        "added": len(document.added),
    }


def warnings(document: Document, lang: str) -> list[tuple[int, str]]:
    """Return (line, sentence) of all that a person should look at in one source, by line."""
    found = [(warned.line, _sentence(warned, lang)) for warned in document.notes.warnings]
    for index in document.changed:
        meeting = document.notes.meetings[index]
        code = "import-changed" if meeting.when else "import-changed-undated"
        found.append((meeting.line, say(code, lang, date=meeting.when or "")[0]))
    return sorted(found)


def _sentence(warned: "Warned", lang: str) -> str:
    sentence, hint = say(warned.code, lang, **dict(warned.params))
    return f"{sentence} {hint}".strip() if lang == "en" else sentence + hint


_STATES = {"cancelled": "import-cancelled", "empty": "import-empty-meeting"}


def plan_text(result: ImportResult, lang: str) -> str:
    """Return what an import did, or would do, for a person to read."""
    lines: list[str] = []
    for document in result.documents:
        lines.append(f"{document.notes.source} → {document.path}")
        for index, meeting in enumerate(document.notes.meetings):
            lines.append("  " + _meeting_line(document, index, meeting, lang))
        lines += [f"  ! {line}: {sentence}" for line, sentence in warnings(document, lang)]
    for entry in result.skipped:
        reason = say(entry.code, lang)[0]
        lines.append(say("import-skipped-line", lang, source=entry.source, reason=reason)[0])
    known = sum(len(document.notes.meetings) for document in result.documents) - result.added
    code = "import-total-dry" if result.dry_run else "import-total"
    lines.append(say(code, lang, files=len(result.documents), added=result.added, known=known)[0])
    return "\n".join(lines)


def _meeting_line(document: Document, index: int, meeting: "NoteMeeting", lang: str) -> str:
    if meeting.undated:
        when = say("import-undated", lang)[0]
    else:
        when = meeting.date or f"????-{meeting.month_day}"
    parts = [f"{when} {meeting.title}".rstrip()]
    if meeting.state != "held":
        parts.append(say(_STATES[meeting.state], lang)[0])
    for code, count in (
        ("import-todos", len(meeting.todos)),
        ("import-decisions", len(meeting.decisions)),
        ("import-attendees", len(meeting.attendees)),
    ):
        if count:
            parts.append(say(code, lang, count=count)[0])
    sign = "+" if index in document.added else "="
    separator = "、" if lang == "ja" else ", "
    return f"{sign} {separator.join(parts)}"
