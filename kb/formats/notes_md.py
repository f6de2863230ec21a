"""Meeting notes in Markdown or plain text, whatever their shape, to neutral records."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath

from kb.formats.actions import todos
from kb.formats.attendees import attendees
from kb.formats.blocks import Line, plain, read_lines
from kb.formats.dates_loose import Found, dates, first_date, narrow, order_of, year_in
from kb.formats.decisions import decisions
from kb.formats.decode import Skipped, decode
from kb.formats.due import Day
from kb.formats.names import People, is_name
from kb.formats.records import NoteMeeting, Notes, State, Warned
from kb.formats.split import Mark, choose, labels, marks, title_of
from kb.formats.tables import cells
from kb.formats.years import Undecided, years

_CANCELLED = re.compile(
    r"\bcancell?(?:ed|ing)?\b|\bno (?:meeting|call|sync|sig meeting)\b|\bskip(?:ped|ping)?\b"
    r"|\bpostponed\b|中止|キャンセル|休会|延期|開催なし|お休み|流会",
    re.IGNORECASE,
)
_CANCELLED_WORD = re.compile(
    r"(?:^|\s*)[(（\[【]?\s*(?:cancell?ed|中止|キャンセル|延期)\s*[)）\]】]?\s*$"
    r"|^[(（\[【]?\s*(?:cancell?ed|中止|キャンセル|延期)\s*(?:[)）\]】]|(?=\s|$))",
    re.IGNORECASE,
)
_CANCELLED_BODY = re.compile(
    r"^\W*(?:(?:this |the |today['’]?s |our )?(?:meeting|call|sync)s?\s*"
    r"(?:(?:is|was|were|has been|are)\s*)?)?(?:cancell?ed|postponed|skipped)\b"
    r"|^\W*no (?:meeting|call)\b|^\W*(?:中止|キャンセル|休会|延期|開催なし)",
    re.IGNORECASE,
)
_NO_AGENDA = re.compile(
    r"\W*(?:no (?:agenda|topics?|items?|notes?)(?: items?| today| this week)?|n/?a|tbd|none|empty"
    r"|agenda|notes?|議題なし|なし|特になし)?\W*",
    re.IGNORECASE,
)
_TIME_LABEL = re.compile(r"^\W*(?:日時|開催日時|時間|time)\s*[:：]", re.IGNORECASE)
_OTHER_ZONE = re.compile(r"Z\b|\d[ap]m|UTC|PT\b|PST|PDT", re.IGNORECASE)
_TIME = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?:\s*[-–—~〜～]\s*([01]?\d|2[0-3])[:：]([0-5]\d))?"
)
_THREE_NUMBERS = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d){1,2}(?!\d)")
_LEADING_TIME = re.compile(rf"^{_TIME.pattern}\s*[〜~-]?\s*")
_FRONT = re.compile(r"^(?P<key>[A-Za-z_]+):[ \t]*(?P<value>.*?)[ \t]*$")


def read(data: bytes, source: str, year: int | None = None) -> Notes | Skipped:
    """Read one notes file.

    `source` is its path as people know it: file and folder names tell dates and years. `year` is
    the user's, for dates without one. Nothing that is not understood is lost: every line is in
    the body of some meeting, or of undated material.
    """
    raw = decode(data)
    if isinstance(raw, Skipped):
        return raw
    front, fields = _front(raw)
    lines = read_lines(raw, front)
    day_first = order_of([line.text for line in lines if line.level or _dateish(line.text)])
    reader = _File(lines, PurePath(source), fields, year, day_first=day_first)
    meetings, warnings = reader.meetings()
    named = {name for meeting in meetings for name in meeting.attendees}
    named |= {name.split()[0] for name in named}
    people = People(frozenset(n.casefold() for n in named if len(n) > 1 and is_name(n)))
    full = tuple(_fill(meeting, lines, people, day_first=day_first) for meeting in meetings)
    everybody = dict.fromkeys(name for meeting in full for name in meeting.attendees)
    return Notes(
        source=source,
        meetings=full,
        warnings=tuple(warnings),
        account=fields.get("account"),
        name=fields.get("name"),
        attendees=tuple(everybody),
    )


def _dateish(text: str) -> bool:
    return len(text) < 80 and bool(re.search(r"\d\d?[/.-]\d\d?[/.-]\d\d", text))


def _front(raw: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Return how many lines the front matter has, and its plain `key: value` lines."""
    if not raw or raw[0].rstrip() != "---":
        return 0, {}
    fields: dict[str, str] = {}
    for index, line in enumerate(raw[1:200], start=1):
        if line.rstrip() in ("---", "..."):
            return (index + 1, fields) if fields else (0, {})
        match = _FRONT.match(line)
        if match:
            fields.setdefault(match["key"].lower(), match["value"].strip("\"'"))
        elif line.strip() and line[0] not in " \t-#":
            return 0, {}
    return 0, {}


class _File:
    """Decides where the meetings of one file are and which day each was."""

    def __init__(
        self,
        lines: Sequence[Line],
        path: PurePath,
        fields: dict[str, str],
        year: int | None,
        *,
        day_first: bool,
    ) -> None:
        self.lines = lines
        self.path = path
        self.fields = fields
        self.year = year
        self.day_first = day_first
        self.warnings: list[Warned] = []

    def meetings(self) -> tuple[list[NoteMeeting], list[Warned]]:
        headed = marks(self.lines, day_first=self.day_first)
        labelled = labels(self.lines, day_first=self.day_first)
        tables = [mark for mark in labelled if "<table" in self.lines[mark.line].raw]
        chosen = choose(sorted((*headed, *tables), key=lambda mark: mark.line))
        if len(labelled) > len(chosen) and self._many(labelled) and self._alike(labelled):
            chosen = labelled
        if not self._running(chosen, labelled):
            single = self._single(headed, labelled)
            if single is not None:
                return [single], self.warnings
        if not chosen:
            self.warnings.append(Warned(1, "import-no-date"))
            return [self._undated(0, len(self.lines))], self.warnings
        return self._several(chosen), self.warnings

    @staticmethod
    def _many(found: Sequence[Mark]) -> bool:
        return len({(mark.found.year, mark.found.month_day) for mark in found}) > 1

    def _alike(self, found: Sequence[Mark]) -> bool:
        """Tell whether the places are of one kind: all below headings of one level, or none."""
        return len({self.lines[mark.line].level for mark in found}) == 1

    def _running(self, chosen: Sequence[Mark], labelled: Sequence[Mark]) -> bool:
        """Tell whether the file is one document of several meetings."""
        if len(chosen) < 2:
            return False
        top = self._whole_file(chosen, labelled)
        if top is None:
            return True
        if isinstance(top, Mark) and self.lines[top.told].level == 1:
            return False  # the title dates the file
        full = [mark for mark in chosen if mark.strong and mark.found.year is not None]
        return len(full) > 1 and self._many(full)

    def _whole_file(self, headed: Sequence[Mark], labelled: Sequence[Mark]) -> Mark | Found | None:
        """Return what dates the file as a whole with a full date, if anything does."""
        first = next((i for i, line in enumerate(self.lines) if 0 < line.level <= 6), None)
        title = next((m for m in headed if m.line == first and self.lines[m.line].level == 1), None)
        if (
            title is not None
            and title.found.year is not None
            and sum(mark.level == 1 for mark in headed) == 1
        ):
            return title
        early = next((mark for mark in labelled if mark.told < 60 and mark.found.year), None)
        if early is not None and not self._many(labelled):
            return early
        for key in ("date", "meeting_date", "日付", "日時"):
            found = first_date(self.fields.get(key, ""))
            if found is not None and found.year is not None:
                return found
        return None

    def _single(self, headed: Sequence[Mark], labelled: Sequence[Mark]) -> NoteMeeting | None:
        """Read the whole file as one meeting, when one thing or another dates it."""
        whole = self._whole_file(headed, labelled)
        early = [mark for mark in (*labelled, *choose(headed)) if mark.told < 80]
        early.sort(key=lambda mark: (mark.found.year is None, mark.told))
        told = self._path_date()
        if whole is None:
            whole = next((mark for mark in early if mark.strong), None)
            if isinstance(whole, Mark) and whole.found.year is None and told is not None:
                whole = None if whole.found.month_day != told.month_day else told
        if whole is None:
            whole = told
        if whole is None:
            whole = next(iter(early), None)
        if whole is None:
            return None
        found = whole.found if isinstance(whole, Mark) else whole
        line = whole.told + 1 if isinstance(whole, Mark) else 1
        year = found.year
        if year is None:
            year = years([Undecided(found)], self.year, self._file_year())[0]
        if told is not None and found.year is not None and told.iso != found.iso:
            if told.month_day == found.month_day:
                year = told.year  # the year is what people write wrongly in January
            shown = (("date", found.iso or ""), ("name", told.iso or ""))
            self.warnings.append(Warned(line, "import-dates-differ", shown))
        self._note(found, line, year)
        text = whole.text if isinstance(whole, Mark) else ""
        return self._meeting(found, year, self._title(whole), text, 0, len(self.lines), line)

    def _path_date(self) -> Found | None:
        """Return a full date of the file's name, else of its folder's."""
        for name in (self.path.stem, self.path.parent.name):
            full = [found for found in dates(name.replace("_", "-")) if found.year is not None]
            if len(full) == 1:
                return full[0]
        return None

    def _file_year(self) -> int | None:
        """Return the year that names the file: in its name, its title, or its folder's name."""
        year = year_in(self.path.stem.replace("_", " "))
        if year is None:
            for line in self.lines[:40]:
                if line.level == 1:
                    year = year_in(line.text)
                    break
        return year if year is not None else year_in(self.path.parent.name)

    def _title(self, whole: Mark | Found) -> str:
        """Return the title of a file that is one meeting."""
        if isinstance(whole, Mark) and whole.title:
            return whole.title
        first = next((line for line in self.lines if line.level == 1), None)
        text = plain(first.text) if first else self.fields.get("title", "")
        found = next(iter(dates(text)), None)
        title = title_of(text, found) if found else text
        if not title and first is None:
            stem = self.path.stem
            dated = next(iter(dates(stem)), None)
            title = title_of(stem, dated).strip("-_ ") if dated else ""
        return title

    def _several(self, chosen: Sequence[Mark]) -> list[NoteMeeting]:
        undecided = [Undecided(mark.found, mark.heading_year) for mark in chosen]
        decided = years(undecided, self.year, self._file_year())
        result = []
        if any(not line.blank for line in self.lines[: chosen[0].line]):
            result.append(self._undated(0, chosen[0].line))
        stops = [mark.line for mark in chosen[1:]] + [len(self.lines)]
        start = chosen[0].line if result else 0
        for mark, year, stop in zip(chosen, decided, stops, strict=True):
            self._note(mark.found, mark.told + 1, year)
            title = mark.title or self._title_below(mark)
            result.append(
                self._meeting(mark.found, year, title, mark.text, start, stop, mark.line + 1)
            )
            start = stop
        return result

    def _title_below(self, mark: Mark) -> str:
        """Return the heading that a date label stands under, as the meeting's title."""
        line = self.lines[mark.line]
        return (
            plain(line.text)
            if line.level
            and mark.told != mark.line
            and line.text.strip("\\ ")
            and mark.told > mark.line + 1
            else ""
        )

    def _note(self, found: Found, line: int, year: int | None) -> None:
        if year is None:
            self.warnings.append(Warned(line, "import-no-year", (("date", found.month_day),)))
        if found.swapped and not self._settled:
            other = f"{found.year}-{found.swapped[0]:02}-{found.swapped[1]:02}"
            shown = (("date", found.iso or found.month_day), ("other", other))
            self.warnings.append(Warned(line, "import-ambiguous-date", shown))

    @cached_property
    def _settled(self) -> bool:
        """Tell whether other dates of the file show in which order it writes month and day."""
        return self.day_first or any(
            found.year is not None and found.swapped is None and found.day > 12
            for line in self.lines
            if line.level or _dateish(line.text)
            for match in _THREE_NUMBERS.finditer(narrow(line.text[:200]))
            for found in dates(match[0])
        )

    def _undated(self, start: int, stop: int) -> NoteMeeting:
        body = tuple(line.raw for line in self.lines[start:stop])
        return NoteMeeting(
            None, None, "", "held", start + 1, body, start + 1, _code(self.lines[start:stop])
        )

    def _meeting(
        self,
        found: Found,
        year: int | None,
        title: str,
        text: str,
        start: int,
        stop: int,
        line: int,
    ) -> NoteMeeting:
        part = self.lines[start:stop]
        iso = None if year is None else found._replace(year=year).iso
        begins, ends = _times(part, line - 1 - start)
        if begins:
            title = _LEADING_TIME.sub("", title)
        state = _state(text, part, line - 1 - start)
        if state == "cancelled":
            title = _CANCELLED_WORD.sub("", title).strip(" -–—:：・")
        return NoteMeeting(
            date=iso,
            month_day=found.month_day if iso is None else None,
            title=title,
            state=state,
            line=line,
            first=start + 1,
            body=tuple(entry.raw for entry in part),
            code=_code(part),
            start=begins,
            end=ends,
            attendees=attendees(part),
        )


def _state(heading: str, part: Sequence[Line], told: int) -> State:
    """Tell from its heading and its lines whether a meeting took place."""
    raw = part[told].raw if 0 <= told < len(part) else ""
    if _CANCELLED.search(heading) or re.search(r"~~[^~]*\d[^~]*~~", raw):
        return "cancelled"
    body = [
        line
        for index, line in enumerate(part)
        if not line.blank and index != told and not (line.level and not line.text.strip("\\ "))
    ]
    said = [line for line in body if not line.hidden]
    written = [plain(line.text) for line in said]
    if 0 < len(written) <= 4 and _CANCELLED_BODY.match(written[0]):
        return "cancelled"
    first = next((text for text in written[:2] if text), "")
    if len(written) <= 6 and _CANCELLED_BODY.match(first) and len(first) < 120:
        return "cancelled"
    meaning = [
        text
        for text, line in zip(written, said, strict=True)
        if text and not _NO_AGENDA.fullmatch(text) and not line.level and not _label_only(text)
    ]
    if not meaning and not any(line.hidden for line in body):
        return "empty"
    return "held"


def _code(part: Sequence[Line]) -> frozenset[int]:
    return frozenset(index for index, line in enumerate(part) if line.code)


def _label_only(text: str) -> bool:
    return text.endswith((":", "：")) and len(text) <= 40


def _times(part: Sequence[Line], told: int) -> tuple[str | None, str | None]:
    """Return start and end of a meeting from the line that dates it or a time label, else None."""
    for index, line in enumerate(part[:40]):
        row = cells(line.raw)
        text = f"{plain(row[0])}: {plain(row[1])}" if row else plain(line.text)
        if line.hidden or not (index == told or _TIME_LABEL.match(text)):
            continue
        match = _TIME.search(text)
        if match and not _OTHER_ZONE.search(text, match.start()):
            begins = f"{int(match[1]):02}:{match[2]}"
            return begins, f"{int(match[3]):02}:{match[4]}" if match[3] else None
    return None, None


def _fill(
    meeting: NoteMeeting, lines: Sequence[Line], people: People, *, day_first: bool
) -> NoteMeeting:
    """Return the meeting with its action items and decisions."""
    start = meeting.first - 1
    part = lines[start : start + len(meeting.body)]
    day: Day | None = None
    if meeting.when is not None:
        *year, month, number = (int(bit) for bit in meeting.when.split("-"))
        day = Day(year[0] if year else None, month, number, day_first)
    return replace(
        meeting,
        todos=tuple(todos(part, start + 1, people, day)),
        decisions=tuple(decisions(part, start + 1)),
    )
