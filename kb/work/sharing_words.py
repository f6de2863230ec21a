"""How customers are spoken to: labels, days and names in the words of what goes out."""

import re
from datetime import date
from typing import TYPE_CHECKING

from kb.messages import find
from kb.text.plain import plain

if TYPE_CHECKING:
    from kb.model.share import SafeMeeting, SafeTodo

# "部長様" would be polite twice.
_POLITE = re.compile(
    r"(?:様|さま|さん|氏|殿|先生|御中|各位|社長|会長|専務|常務|部長|次長|課長|室長|店長|所長|院長"
    r"|係長|主任)$"
)


class Polite:
    """The sentences that customers read, in one language."""

    def __init__(self, lang: str) -> None:
        """Speak `lang`, "ja" or "en"."""
        self.lang = lang

    def __call__(self, code: str, /, **params: object) -> str:
        """Return the sentence of `out-` and `code`, filled."""
        sentence = find(f"out-{code}")
        if sentence is None:
            raise KeyError(code)
        return (sentence.ja if self.lang == "ja" else sentence.en).format_map(params)

    def day(self, day: str) -> str:
        """Return a day with its year and its day of the week."""
        at = date.fromisoformat(day)
        weekday = self("weekdays").split()[at.weekday()]
        return self("day", year=at.year, month=self._month(at), day=at.day, weekday=weekday)

    def short(self, day: str) -> str:
        """Return a day without its year."""
        at = date.fromisoformat(day)
        return self("day-short", month=self._month(at), day=at.day)

    def _month(self, at: date) -> str:
        return self("months").split()[at.month - 1]

    def when(self, safe: "SafeMeeting") -> str:
        """Return the day and the time of a meeting."""
        if safe.start is None:
            return self.day(safe.date)
        time = f"{safe.start}–{safe.end}" if safe.end else safe.start
        return self("at", day=self.day(safe.date), time=time)

    def title(self, safe: "SafeMeeting") -> str:
        """Return the title of a meeting, in one line; that it was one where it has none."""
        return " ".join(plain(safe.title).split()) or self("untitled")

    def to(self, name: str) -> str:
        """Return a person of the customer's as one addresses them."""
        name = plain(name)
        return name if _POLITE.search(name) else self("to", name=name)

    def who(self, safe: "SafeMeeting") -> str:
        """Return who was there, theirs before ours; "" when nobody is named."""
        theirs = self("names").join(self.to(name) for name in safe.customer)
        ours = self("names").join(plain(name) for name in safe.ours)
        return self("sides", theirs=theirs, ours=ours) if theirs and ours else theirs or ours

    def by(self, todo: "SafeTodo") -> str:
        """Return who does a TODO, and until when."""
        owner = plain(todo.owner)
        return self("by", owner=owner, day=self.short(todo.due)) if todo.due else owner

    def owed(self, todo: "SafeTodo") -> str:
        """Return a TODO with who does it and until when."""
        return self("owed", text=plain(todo.text), by=self.by(todo))
