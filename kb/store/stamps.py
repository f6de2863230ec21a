"""What stands in a commit besides its tree: who, when, and a message nobody can forge."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from kb.store.ports import Actor

FORGED = re.compile(r"^\s*kb-[\w-]*\s*:", re.IGNORECASE)


def person(actor: Actor, when: datetime) -> str:
    """Return `name <mail> seconds zone` for a commit; `when` must have an offset."""
    name = _line(actor.name, "<>").strip(" .,:;\"'") or "unknown"
    mail = _line(actor.email, "<> ").strip(".,:;\"'") or "unknown"
    return f"{name} <{mail}> {int(when.timestamp())} {when.strftime('%z')[:5]}"


def moment(text: str) -> datetime:
    """Return when a commit was made, as git writes it; the first of 1970 where that is no time."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # another program wrote a zone or a year that there is not
        return datetime.fromtimestamp(0, UTC)


def message(text: str, trailers: Sequence[tuple[str, str]]) -> str:
    """Return a commit's message: the sentence, then our trailers as the last paragraph.

    Control characters go, and so do lines of the text that pose as trailers of ours.
    """
    lines = [_line(line) for line in text.split("\n")]
    kept = "\n".join(line for line in lines if not FORGED.match(line)).strip() or "kb"
    ours = [f"{key}: {_line(value)}" for key, value in trailers]
    return kept + "\n\n" + "\n".join(ours) + "\n" if ours else kept + "\n"


def _line(text: str, less: str = "") -> str:
    """Return `text` on one line, without control characters and the characters `less`."""
    plain = " ".join(text.split("\n"))
    return "".join(
        c for c in plain if c not in less and unicodedata.category(c) not in ("Cc", "Cs")
    ).strip()
