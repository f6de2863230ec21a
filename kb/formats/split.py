"""Where each meeting of a notes file starts: dated headings, date lines, tables, or the file.

Candidates are gathered from every form in which people date their notes; then the file as a
whole decides which of them are meetings, because one running document dates them all alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.formats.blocks import BOLD_LEVEL, Line, fold, plain
from kb.formats.dates_loose import Found, dates, first_date, narrow, year_in
from kb.formats.tables import cells
from kb.formats.years import Undecided, years

_PLAIN_LEVEL = BOLD_LEVEL + 30
_NUMBER_LEVEL = BOLD_LEVEL + 25
_ROW_LEVEL = BOLD_LEVEL + 40
_LABEL_LEVEL = BOLD_LEVEL + 50
_GAP = 75  # days between neighbouring meetings of one file, at most
_GAP_AT_END = 400  # the same before the first and after the last of a file
_PASSES = 8  # through the marks of a file that mixes several manners
_LOOK_AHEAD = 4  # lines between a label and its date in an HTML table

_OTHER_TIME = re.compile(
    r"\b(?:next|upcoming|previous|prior|future|last (?:week|time|meeting)|follow.?up|since|until"
    r"|due|deadline|before|after|from|past|released?|created|updated|schedule[ds]?)\b"
    r"|次回|前回|次の|先週|来週|期限|まで|以降|更新日|作成日",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:the\s+)?(?:meeting|call|session)\s+)?"
    r"(?:date(?:\s*(?:and|&|/)\s*time)?|when|day|time and date|"
    r"日時|日付|日程|年月日|開催日時?|開催日程|実施日時?|会議日時?|打ち?合わ?せ日時?|訪問日時?|実施日程)"
    r"\s*[:：]\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_MEETING_WORD = re.compile(
    r"meetings?|minutes|notes?|agenda|sync|weekly|biweekly|bi-weekly|monthly|call|date|standup|"
    r"stand-up|session|planning|sig|wg|tsc|定例|会議|会|議事録|ミーティング|mtg|打ち?合わ?せ|商談|面談|"
    r"第\s*\d+\s*回|訪問|レビュー|例会",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*|the\s+|on\s+|"
    r"[@:：\-–—=#・*_~「『(（\[【<＜]|\s)+$",
    re.IGNORECASE,
)
_EN_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_WEEKDAY_AFTER = re.compile(
    r"^\s*(?:[(（]\s*(?:[月火水木金土日](?:曜日?)?(?:[・,]?祝)?"
    rf"|{_EN_WEEKDAY})\s*[)）]|[月火水木金土日]曜日?|,?\s*{_EN_WEEKDAY})",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r"^T\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a meeting may start.

    `line` is the index of its first source line, `told` the index of the line that has the date,
    `title` what else the heading says. `strong` marks open with their date.
    """

    line: int
    told: int
    level: int
    found: Found
    title: str
    text: str
    strong: bool = True
    heading_year: int | None = None


def marks(lines: Sequence[Line], *, day_first: bool) -> list[Mark]:
    """Return every place of the file where a meeting may start, in order of lines."""
    result: list[Mark] = []
    of_years: list[tuple[int, int]] = []  # headings that are only a year: (level, year)
    skip = -1
    for index, line in enumerate(lines):
        if line.hidden or index <= skip or line.quoted:
            continue
        mark = None
        if 0 < line.level <= 6 and not line.text.strip(" \\"):
            ahead = _continued(lines, index, day_first=day_first)
            if ahead is not None:
                mark, skip = ahead, index + 1
        elif line.level:
            mark = _heading(line, index, day_first=day_first)
            if mark is None and line.level <= 6:
                year = _year_heading(line.text)
                if year is not None:
                    kept = [(at, named) for at, named in of_years if at < line.level]
                    of_years = [*kept, (line.level, year)]
        else:
            mark = _unmarked(lines, index, day_first=day_first)
        if mark is not None:
            above = [year for level, year in of_years if level < mark.level]
            result.append(replace(mark, heading_year=above[-1] if above else None))
    return result


def labels(lines: Sequence[Line], *, day_first: bool) -> list[Mark]:
    """Return the lines that name the date of a meeting by a label (`Date:`, 日時)."""
    result: list[Mark] = []
    other_time: list[int] = []  # indents (headings: minus level) of what speaks of another meeting
    for index, line in enumerate(lines):
        if line.hidden or line.blank:
            continue
        here = line.level - 100 if line.level else line.indent
        while other_time and other_time[-1] >= here:
            other_time.pop()
        if _OTHER_TIME.search(line.text) and not _LABEL.match(plain(line.text)):
            if line.level or line.item:
                other_time.append(here)
            continue
        if other_time:
            continue
        value = _labelled(lines, index)
        if value is None:
            continue
        found = first_date(value, day_first=day_first)
        if found is None or not _WEEKDAY.match("-" + value[: found.start]):
            continue
        start = _label_start(lines, index, result[-1].line if result else -1)
        result.append(Mark(start, index, _LABEL_LEVEL, found, "", value))
    return result


def _labelled(lines: Sequence[Line], index: int) -> str | None:
    text = plain(lines[index].text)
    row = cells(lines[index].raw)
    if row is not None and row[1]:
        text = f"{plain(row[0])}: {plain(row[1])}"
    else:
        text = re.sub(r"<[^>]*>", "", text).strip()
    match = _LABEL.match(text)
    if match is None:
        return None
    if match["value"].strip():
        return match["value"]
    for line in lines[index + 1 : index + 1 + _LOOK_AHEAD]:  # the next cell of an HTML table
        inner = re.sub(r"<[^>]*>", "", line.text).strip()
        if inner:
            return inner if line.text.startswith("<") else None
    return None


def _label_start(lines: Sequence[Line], index: int, after: int) -> int:
    """Return where the meeting of a date label starts: at a heading or table just above it."""
    start = index
    seen = 0
    for at in range(index - 1, after, -1):
        line = lines[at]
        if line.blank:
            continue
        seen += 1
        if line.level or "<table" in line.raw:
            return at
        if seen > 3 or (not line.raw.lstrip().startswith(("<", "|")) and not line.item):
            break
    return start


def _heading(line: Line, index: int, *, day_first: bool) -> Mark | None:
    text = plain(line.text)
    label = _LABEL.match(text)
    if label:
        return None  # "### Date: …" dates the heading above it
    return _dated(text, index, line.level, day_first=day_first)


def _dated(text: str, index: int, level: int, *, day_first: bool) -> Mark | None:
    if _OTHER_TIME.search(text):
        opening = next(dates(text, day_first=day_first), None)
        if opening is None or not _opens(text[: opening.start]):
            return None
    all_dates = list(dates(text, day_first=day_first))
    if not all_dates:
        return None
    first = all_dates[0]
    if _opens(text[: first.start]):
        return Mark(index, index, level, first, title_of(text, first), text)
    full = next((found for found in all_dates if found.year is not None), None)
    before = text[: (full or first).start]
    if full is None:
        if not _MEETING_WORD.search(before):
            return None
        full = first
    return Mark(index, index, level, full, title_of(text, full), text, strong=False)


def _opens(before: str) -> bool:
    """Tell whether a date after `before` opens the heading."""
    before = fold(before)
    if not before or _WEEKDAY.match(before):
        return True
    rest = _MEETING_WORD.sub("", before)
    return not rest.strip(" \t\u3000:：・,、-–—#()（）[]【】の")


def title_of(text: str, found: Found) -> str:
    """Return what a heading says besides its date (and weekday)."""
    before, after = text[: found.start], text[found.stop :]
    for pattern in (_CLOCK_AFTER, _WEEKDAY_AFTER):
        after = pattern.sub("", after)
    before = re.sub(_WEEKDAY.pattern, "", before, flags=re.IGNORECASE)
    joined = f"{before.strip()} {after.strip()}".strip()
    joined = re.sub(r"[(（\[【＜「『]\s*[)）\]】＞」』]", " ", joined)
    for left, right in ("()", "（）", "[]", "【】", "「」"):
        if joined.count(left) != joined.count(right):
            joined = joined.strip(left + right + " ")
    joined = re.sub(r"\s+", " ", joined)
    return joined.strip(" \t\u3000:：,、-–—=|~*_")


def _continued(lines: Sequence[Line], index: int, *, day_first: bool) -> Mark | None:
    """Read an empty heading whose text slipped to the next line."""
    if index + 1 >= len(lines):
        return None
    text = plain(lines[index + 1].raw.strip())
    found = next(dates(text, day_first=day_first), None)
    if found is None or not _opens(text[: found.start]):
        return None
    return Mark(index, index + 1, lines[index].level, found, title_of(text, found), text)


def _unmarked(lines: Sequence[Line], index: int, *, day_first: bool) -> Mark | None:
    """Read a line that is no heading: a date standing alone, a numbered one, a table row."""
    line = lines[index]
    raw = line.raw
    if line.blank or raw[0] in " \t" or len(raw) > 160 or "](#" in raw:
        return None  # a line of a table of contents is no meeting
    row = cells(raw)
    if row is not None:
        text = plain(row[0])
        found = next(dates(text, day_first=day_first), None)
        if found is None or not _opens(text[: found.start]) or len(text) > found.stop + 12:
            return None
        return Mark(index, index, _ROW_LEVEL, found, title_of(text, found), text)
    text = plain(line.text if line.marker else raw)
    level = BOLD_LEVEL if raw.startswith(("**", "__")) else _PLAIN_LEVEL
    if line.marker:
        if not re.match(r"[\d(（①-⑳]", line.marker):
            return None
        level = _NUMBER_LEVEL
    text = text.strip("=-–—~ 　")
    if _LABEL.match(text):
        return None  # "Date: …" is read by `labels`
    found = next(dates(text, day_first=day_first), None)
    if found is None or not _opens(text[: found.start]):
        return None
    alone = index == 0 or lines[index - 1].blank or lines[index - 1].level > 0
    rest = text[found.stop :].lstrip(" :：_*")
    bracketed = re.fullmatch(r"\s*[(（\[].*[)）\]]\s*", rest)
    if (
        level in (_PLAIN_LEVEL, BOLD_LEVEL)
        and not bracketed
        and (not alone or len(rest) > 48 or re.search(r"[。!?]|[.:：]\s*$|:\s|に|を|が|は", rest))
    ):
        return None
    if level == _PLAIN_LEVEL and not alone and lines[index - 1].item:
        return None
    return Mark(index, index, level, found, title_of(text, found), text)


_YEAR_HEADING = re.compile(
    r"^\W*(?:fy\s*)?(?:(?:19|20)\d\d|(?:令和|平成)\s?\d+)\s*年?(?:度)?\W*(?:\D{0,30})$",
    re.IGNORECASE,
)


def _year_heading(text: str) -> int | None:
    text = plain(narrow(text))
    return year_in(text) if _YEAR_HEADING.match(text) else None


def choose(candidates: Sequence[Mark]) -> list[Mark]:
    """Return those candidates that date meetings, given that one file dates most of them alike.

    The form that is used most often counts everywhere; others (an older part of the file written
    in another manner, one bold line) count where they continue the order of the meetings.
    """
    if not candidates:
        return []
    levels = Counter(mark.level for mark in candidates)
    strong = Counter(mark.level for mark in candidates if mark.strong)
    best = max(levels, key=lambda level: (strong[level], levels[level], -level))
    told = [
        mark
        for mark in candidates
        if mark.strong
        or (mark.level == best and (strong[best] < 2 or _MEETING_WORD.search(mark.text)))
    ]
    days = _days(told)
    accepted = [mark.level == best for mark in told]
    in_order = [day for day, chosen in zip(days, accepted, strict=True) if chosen]
    falls = sum(a > b for a, b in pairwise(in_order))
    way = -1 if falls >= sum(a < b for a, b in pairwise(in_order)) else 1
    open_marks = [
        index
        for index, mark in enumerate(told)
        if not accepted[index] and (not best < mark.level < BOLD_LEVEL or levels[mark.level] > 1)
    ]
    for _ in range(_PASSES):
        left = [
            index
            for order in (open_marks, open_marks[::-1])
            for index in _continued_by(order, told, days, accepted, way)
        ]
        if not left:
            break
        open_marks = [index for index in open_marks if not accepted[index]]
    return [mark for mark, chosen in zip(told, accepted, strict=True) if chosen]


def _days(told: Sequence[Mark]) -> list[int]:
    """Return a day number for each mark; where no year is known, any that keeps their order."""
    undecided = [Undecided(mark.found, mark.heading_year) for mark in told]
    decided = years(undecided, None, 2000)
    return [
        (year or 2000) * 372 + mark.found.month * 31 + mark.found.day
        for year, mark in zip(decided, told, strict=True)
    ]


def _continued_by(
    order: Sequence[int],
    told: Sequence[Mark],
    days: Sequence[int],
    accepted: list[bool],
    way: int,
) -> list[int]:
    """Accept those marks of `order` (indexes, up or down) that continue the meetings.

    A mark continues them when it comes next after, or before, a neighbour that is a meeting.
    """
    new: list[int] = []
    before = _nearest(accepted, range(len(told)))
    after = _nearest(accepted, range(len(told) - 1, -1, -1))
    for index in order:
        neighbours = [
            (at, sign)
            for at, sign in ((before[index], way), (after[index], -way))
            if accepted[at] and at != index
        ]
        neighbours += [(at, way if at < index else -way) for at in new[-1:]]
        limit = _GAP if accepted[before[index]] and accepted[after[index]] else _GAP_AT_END
        gaps = [((days[index] - days[at]) * sign, at) for at, sign in neighbours]
        part = any(gap == 0 and told[at].level != told[index].level for gap, at in gaps)
        if not part and any(0 <= gap <= limit for gap, _ in gaps):
            accepted[index] = True
            new.append(index)
    return new


def _nearest(accepted: Sequence[bool], order: Iterable[int]) -> dict[int, int]:
    """Return for each index of `order` the last accepted one up to it (itself, if none)."""
    found: dict[int, int] = {}
    last: int | None = None
    for index in order:
        last = index if accepted[index] else last
        found[index] = index if last is None else last
    return found
