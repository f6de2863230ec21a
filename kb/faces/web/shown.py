"""Meetings as sections of a page, rendered once for each state that they have.

What a section shows follows from the meeting's own text, from the TODOs of it or carried over to
it that were ticked in another meeting, the language, the day and the names of people. These are
the key, so that a change can never show an old one; on which line of its document the meeting
stands does not matter.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kb.faces.web import render
from kb.faces.web.words import Words
from kb.model.meeting import Decision, Meeting, Todo
from kb.remembered import Remembered

if TYPE_CHECKING:
    from kb.catalogue.catalogue import Catalogue
    from kb.catalogue.lists import Listed

_made: Remembered[render.Part] = Remembered(1_500)
"""Sections that were shown last: some 9 MB."""
_links: Remembered[tuple[str, ...]] = Remembered(2_000)
"""The TODOs that were carried over to the same meetings, as their texts have it."""


class Sections:
    """Renders meetings for one page: in its language, on its day, with its names of people."""

    def __init__(self, words: Words, today: date, names: dict[str, str]) -> None:
        """`names` gives the name of each handle that may own a TODO."""
        self.words = words
        self.today = today
        self.names = names
        self._named = tuple(sorted(names.items()))

    def of(self, meeting: Meeting) -> render.Part:
        """Return the section of a meeting."""
        return render.part(
            "section.html.j2",
            words=self.words,
            meeting=meeting,
            today=self.today,
            names=self.names,
            loose=loose(meeting),
            requests={one.line for one in meeting.requests},
        )

    def those(self, catalogue: "Catalogue", rows: "Sequence[Listed]") -> list[render.Part]:
        """Return the sections of meetings of one account."""
        links = {row.key: _carried(catalogue, row) for row in rows}
        ticked = catalogue.ticked(rows[0].account, links) if rows else {}
        around = (self.words.lang, self.today, self._named)
        shown = []
        for row in rows:
            key = (row.key, row.account, row.path, ticked.get(row.key), around)
            found = _made.get(key)
            shown.append(_made.put(key, self.of(catalogue.whole(row))) if found is None else found)
        return shown


def _carried(catalogue: "Catalogue", row: "Listed") -> tuple[str, ...]:
    from kb.catalogue.carry import open_links

    key = (row.key, row.account, row.path)
    found = _links.get(key)
    if found is None:
        found = _links.put(key, open_links(catalogue.whole(row, ticked=False)))
    return found


def loose(meeting: Meeting) -> tuple[tuple[Decision, ...], tuple[Todo, ...]]:
    """Return the decisions and the TODOs of a meeting that stand under no topic."""
    under = {one.line for topic in meeting.topics for one in topic.decisions}
    under |= {one.line for topic in meeting.topics for one in topic.todos}
    return (
        tuple(one for one in meeting.decisions if one.line not in under),
        tuple(one for one in meeting.todos if one.line not in under),
    )
