"""What an import understood: neutral records, before anything is written anywhere."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

State = Literal["held", "cancelled", "empty"]


class Warned(NamedTuple):
    """Something a person should look at: a source line (from 1), a message code, its values."""

    line: int
    code: str
    params: tuple[tuple[str, object], ...] = ()


class NoteTodo(NamedTuple):
    """An action item: `owners` as written, without `@`; `due` YYYY-MM-DD; `line` from 1."""

    text: str
    owners: tuple[str, ...]
    done: bool
    due: str | None
    line: int


class NoteDecision(NamedTuple):
    """What was decided; `line` counts in the source from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class NoteMeeting:
    """One meeting of a source and all the lines that stood under it.

    `date` is YYYY-MM-DD, or None when no year is known; then `month_day` is MM-DD. Both are None
    for material that stands under no date at all. `start`/`end` are HH:MM. `line` is the source
    line (from 1) that dates the meeting; `body` are its source lines without line ends, `first` the
    number of the first of them, `code` the indexes of those that stand in code.
    """

    date: str | None
    month_day: str | None
    title: str
    state: State
    line: int
    body: tuple[str, ...]
    first: int
    code: frozenset[int] = frozenset()
    start: str | None = None
    end: str | None = None
    attendees: tuple[str, ...] = ()
    todos: tuple[NoteTodo, ...] = ()
    decisions: tuple[NoteDecision, ...] = ()

    @property
    def undated(self) -> bool:
        """Tell whether this is material that stands under no date."""
        return self.date is None and self.month_day is None

    @property
    def when(self) -> str | None:
        """Return the date, else month and day, else None: how todos name their meeting."""
        return self.date or self.month_day


@dataclass(frozen=True, slots=True)
class Notes:
    """One source file, read: its meetings in the order of the file, undated material included.

    `account` and `name` are what the file says of itself in its front matter (None: nothing).
    """

    source: str
    meetings: tuple[NoteMeeting, ...]
    warnings: tuple[Warned, ...] = ()
    account: str | None = None
    name: str | None = None
    attendees: tuple[str, ...] = field(default=())
