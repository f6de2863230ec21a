"""Meetings as sections of a page, rendered once for each state that they have.

What a section shows follows from the meeting, the language, the day and the names of people; the
meeting's own data are the key, so that a change can never show an old one.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock

from markupsafe import Markup

from kb.faces.web import render
from kb.faces.web.words import Words
from kb.model.meeting import Decision, Meeting, Todo

KEPT = 4_000
"""How many sections are remembered: some 20 MB."""

_Key = tuple[Meeting, str, date, tuple[tuple[str, str], ...]]
_remembered: "OrderedDict[_Key, Markup]" = OrderedDict()
_lock = Lock()


class Sections:
    """Renders meetings for one page: in its language, on its day, with its names of people."""

    def __init__(self, words: Words, today: date, names: dict[str, str]) -> None:
        """`names` gives the name of each handle that may own a TODO."""
        self.words = words
        self.today = today
        self.names = names
        self._named = tuple(sorted(names.items()))

    def of(self, meeting: Meeting) -> Markup:
        """Return the section of a meeting."""
        key = (meeting, self.words.lang, self.today, self._named)
        with _lock:
            found = _remembered.get(key)
            if found is not None:
                _remembered.move_to_end(key)
                return found
        made = render.part(
            "section.html.j2",
            words=self.words,
            meeting=meeting,
            today=self.today,
            names=self.names,
            loose=loose(meeting),
            requests={one.line for one in meeting.requests},
        )
        with _lock:
            _remembered[key] = made
            while len(_remembered) > KEPT:
                _remembered.popitem(last=False)
        return made


def loose(meeting: Meeting) -> tuple[tuple[Decision, ...], tuple[Todo, ...]]:
    """Return the decisions and the TODOs of a meeting that stand under no topic."""
    under = {one.line for topic in meeting.topics for one in topic.decisions}
    under |= {one.line for topic in meeting.topics for one in topic.todos}
    return (
        tuple(one for one in meeting.decisions if one.line not in under),
        tuple(one for one in meeting.todos if one.line not in under),
    )
