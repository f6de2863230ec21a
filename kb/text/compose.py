"""The words of a new line: marker-less text with its label, fields, owner, tags and id."""

from collections.abc import Container
from typing import NamedTuple

from kb.text import ids
from kb.text.escape import escape, lines_of, one_line, plain
from kb.text.items import read_tail
from kb.text.names import LABELS, TAGS, Names, written

LABELLED = {"stance": "stance", "said": "customer", "request": "customer", "decision": "decision"}
"""The label that each kind bears under a topic."""

MEMO = ("gut", "internal")
"""Labels that may be typed at the start of a memo."""

_FIELDS = ("why", "test", "impact", "confidence", "see")


class New(NamedTuple):
    """One line to add: `kind` as in `kb add`, `text` as typed, and what goes with it.

    `under` names a topic by id, number (from 1, blank ones don't count) or the unique start of
    its title; `due` is YYYY-MM-DD; `confidence` is in percent. `notes` stand below an insight.
    """

    kind: str
    text: str
    under: str | None = None
    owners: tuple[str, ...] = ()
    due: str | None = None
    confidence: int | None = None
    because: str | None = None
    test: str | None = None
    impact: str | None = None
    stance: str | None = None
    see: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Composer(NamedTuple):
    """Composes one `New` for a meeting of `account` on `date`, in the language `lang`."""

    new: New
    names: Names
    lang: str
    account: str
    date: str
    taken: Container[str]

    @property
    def typed(self) -> str:
        """Return what was typed; a request in quotation marks."""
        return _quoted(self.new.text, self.lang) if self.new.kind == "request" else self.new.text

    def label(self, key: str) -> str:
        """Return a label with its colon, as it is written."""
        return written(LABELS, key, self.lang) + ": "

    def line(self, *, labelled: bool) -> str:
        """Return the item's text with label, tags, owner, due date and id (no marker)."""
        new = self.new
        label = self.label(LABELLED[new.kind]) if labelled and new.kind in LABELLED else ""
        text = escape(
            self.typed,
            self.names,
            labelled=bool(label),
            owned=new.kind == "todo",
            keep=MEMO if new.kind == "memo" else (),
        )
        tail = read_tail(text)
        extra = [f"@{owner}" for owner in new.owners if owner not in tail.owners]
        if new.due and tail.due is None:
            extra.append(f"due:{new.due}")
        if new.kind == "request":
            extra.append("#" + written(TAGS, "request", self.lang))
        if new.kind in ids.KINDS:
            bare = plain(tail.text)
            id_ = ids.derive(new.kind, self.account, self.date, bare, 0, self.taken)
            extra.append("^" + id_)
        box = "[ ] " if new.kind == "todo" else ""
        return box + label + " ".join([text, *extra])

    def insight(self) -> list[str]:
        """Return an insight and the notes below it."""
        notes = ("  - " + escape(one_line(note), self.names) for note in self.new.notes)
        return [self.line(labelled=False), *notes]

    def claim(self, blanks: frozenset[str] = frozenset()) -> list[str]:
        """Return a hypothesis and its fields; `blanks` are labels of the template to keep."""
        new = self.new
        values = {
            "why": new.because,
            "test": new.test,
            "impact": new.impact,
            "confidence": None if new.confidence is None else f"{new.confidence}%",
            "see": ", ".join(f"[[{page}]]" for page in new.see) or None,
        }
        lines = [self.line(labelled=False)]
        for key in _FIELDS:
            value = values[key]
            if value is not None and lines_of(value):
                shown = value if key == "see" else escape(value, self.names, labelled=True)
                lines.append("  - " + self.label(key) + shown)
            elif key in blanks:
                lines.append("  - " + self.label(key))
        return lines


def _quoted(text: str, lang: str) -> str:
    """Return the customer's words in quotation marks, unless they are in some already."""
    bare = text.strip()
    if bare[:1] in ("「", '"', "“", "『"):
        return bare
    return f"「{bare}」" if lang == "ja" else f'"{bare}"'
