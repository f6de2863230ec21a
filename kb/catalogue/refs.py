"""What a person's words name: an account, a meeting, a line."""

import sqlite3
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from kb.catalogue.lists import DONE, MEETING, MEETINGS, Listed, listed
from kb.errors import NotFound, WrongUse
from kb.text.dates import day
from kb.text.ids import PATTERN


class AccountPlace(NamedTuple):
    """An account and its document."""

    account: str
    path: str


class Line(NamedTuple):
    """A line that has an id: what it is, where it stands, and in which meeting."""

    id: str
    given: bool
    kind: str
    account: str
    path: str
    line: int
    text: str
    done: bool
    meeting: Listed


def slug(word: str) -> str:
    """Return the form in which an account's name is looked up."""
    return unicodedata.normalize("NFC", word.strip())


def account(db: sqlite3.Connection, word: str) -> AccountPlace:
    """Return the account of that name.

    Raises `NotFound("no-account")`; `WrongUse("two-accounts")` when several documents say that
    they are it and none of them is `accounts/<name>.md`.
    """
    name = slug(word)
    rows = db.execute("SELECT path FROM account WHERE account = ? ORDER BY path", (name,))
    paths = [path for (path,) in rows]
    if not paths:
        raise NotFound("no-account", account=word, near=", ".join(_near(db, name)) or "—")
    own = f"accounts/{name}.md"
    if len(paths) > 1 and own not in paths:
        raise WrongUse("two-accounts", account=name, paths=", ".join(paths))
    return AccountPlace(name, own if own in paths else paths[0])


def duplicates(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the accounts that more than one document claims to be, with the paths."""
    found: dict[str, list[str]] = {}
    rows = db.execute(
        "SELECT account, path FROM account WHERE account IN"
        " (SELECT account FROM account GROUP BY account HAVING count(*) > 1)"
        " ORDER BY account, path"
    )
    for name, path in rows:
        found.setdefault(name, []).append(path)
    return found


def meetings_twice(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the ids of meetings that stand in more than one document, with the paths."""
    found: dict[str, list[str]] = {}
    rows = db.execute(
        "SELECT DISTINCT id, path FROM meeting WHERE given AND id IN (SELECT id FROM meeting"
        " WHERE given GROUP BY id HAVING count(DISTINCT path) > 1) ORDER BY id, path"
    )
    for name, path in rows:
        found.setdefault(name, []).append(path)
    return found


def meeting(db: sqlite3.Connection, ref: str, now: datetime) -> Listed:
    """Return the meeting that `ref` names: an id, an account, an account with a day and a time.

    `now` is in the team's own time, naive. Raises `WrongUse` ("bad-ref", "two-meetings" with the
    words that name each, "ambiguous-id") or `NotFound` ("no-account", "no-meeting", "no-id").
    """
    word = ref.strip()
    bare = word.removeprefix("^")
    if PATTERN.fullmatch(bare) and bare[0] == "m":
        return _by_id(db, bare)
    name, slash, rest = word.partition("/")
    if not name:
        raise WrongUse("bad-ref", ref=ref)
    place = account(db, name)
    if not slash:
        return _meant(db, place, now)
    if PATTERN.fullmatch(rest.removeprefix("^")):
        return _by_id(db, rest.removeprefix("^"), place.path)
    date, time = _date_and_time(rest)
    if date is None:
        raise WrongUse("bad-ref", ref=ref)
    rows = db.execute(
        f"{MEETINGS} WHERE m.path = ? AND m.date = ? AND m.counts = 1 ORDER BY m.begins, m.line",
        (place.path, date),
    )
    there = [listed(row) for row in rows]
    found = [one for one in there if time is None or one.start == time]
    if not found:
        raise NotFound("no-meeting", account=name, at=rest, near=_days(db, place, date))
    if len(found) > 1:
        going = [one for one in found if not one.cancelled]
        if len(going) == 1:
            return going[0]
        raise WrongUse("two-meetings", ref=ref, refs=", ".join(_names(found)))
    return found[0]


def _date_and_time(rest: str) -> tuple[str | None, str | None]:
    words, mark, clock = rest.partition("T")
    if not mark:
        words, mark, clock = rest.partition(" ")
    if not mark:
        return day(words), None
    try:
        time = datetime.strptime(clock.strip(), "%H:%M")  # noqa: DTZ007 (a time, no moment)
    except ValueError:
        return None, None
    return day(words), time.strftime("%H:%M")


def _meant(db: sqlite3.Connection, place: AccountPlace, now: datetime) -> Listed:
    from kb.model.state import meant

    rows = db.execute(
        f"{MEETINGS} WHERE m.path = ? AND m.counts = 1 ORDER BY m.begins, m.line", (place.path,)
    )
    found = meant([listed(row) for row in rows], now)
    if found is None:
        raise NotFound("no-meetings-yet", account=place.account)
    return found


def _by_id(db: sqlite3.Connection, id_: str, path: str | None = None) -> Listed:
    rows = db.execute(
        f"{MEETINGS} WHERE m.id = ? AND (? IS NULL OR m.path = ?)"
        " ORDER BY m.given DESC, m.begins, m.path, m.line",
        (id_, path, path),
    )
    found = [listed(row) for row in rows]
    if not found and (first := _first_id(db, id_)):
        return _by_id(db, first, path)
    best = [one for one in found if one.given == found[0].given]
    if not best:
        raise NotFound("no-id", id=id_)
    if len({one.path for one in best}) > 1 or (len(best) > 1 and not best[0].given):
        raise WrongUse("ambiguous-id", id=id_, refs=", ".join(_places(best)))
    return best[0]


def line(db: sqlite3.Connection, word: str) -> Line:
    """Return the line of an id, one that is written or one that the line would be given.

    `word` is the id, with `^` or without, or a link's target (`acme#^t-8f3kq0`). The id of a
    copied line belongs to the oldest meeting. Raises `WrongUse("bad-id")`, `NotFound("no-id")`,
    `WrongUse("ambiguous-id")` with the places of the candidates.
    """
    name, mark, id_ = word.strip().removeprefix("[[").removesuffix("]]").rpartition("#")
    id_ = id_.removeprefix("^").lower()
    if not PATTERN.fullmatch(id_):
        raise WrongUse("bad-id", id=word)
    if id_[0] == "m":
        found = _by_id(db, id_, account(db, name).path if mark and name else None)
        return Line(
            *(found.id, found.given, "meeting", found.account, found.path, found.line),
            *(found.title, False, found),
        )
    rows = db.execute(
        f"""
        SELECT i.id, i.given, i.kind, m.account, m.path, m.line + i.line, i.text, {DONE},
            {MEETING}
        FROM item i JOIN meeting m ON m.n = i.meeting JOIN file f ON f.path = m.path
        WHERE i.id = :id AND i.kind <> 'tick' AND (:account = '' OR m.account = :account)
        ORDER BY i.given DESC, m.begins, m.path, m.line + i.line
        """,  # noqa: S608 (constants of this module)
        {"id": id_, "account": slug(name)},
    )
    found_lines = [
        Line._make((row[0], bool(row[1]), *row[2:7], bool(row[7]), listed(row[8:]))) for row in rows
    ]
    if not found_lines:
        first = _first_id(db, id_)
        if first is None:
            raise NotFound("no-id", id=word)
        return line(db, f"{name}#^{first}")
    best = [one for one in found_lines if one.given == found_lines[0].given]
    oldest = best[0]
    rivals = [one for one in best if one.meeting.begins == oldest.meeting.begins or not one.given]
    if len({one.account for one in best}) > 1 or len(rivals) > 1:
        shown = [f"{one.path}:{one.line}" for one in best]
        raise WrongUse("ambiguous-id", id=word, refs=", ".join(shown))
    return oldest


def _first_id(db: sqlite3.Connection, id_: str) -> str | None:
    """Return the id by which a line is listed that has this one too."""
    row = db.execute(
        """
        SELECT coalesce(i.id, m.id) FROM also x JOIN meeting m ON m.n = x.meeting
        LEFT JOIN item i ON i.meeting = x.meeting AND i.line = x.line AND i.kind = x.kind
        WHERE x.id = ? AND (i.id IS NOT NULL OR x.kind = 'meeting') ORDER BY m.begins, m.path
        """,
        (id_,),
    ).fetchone()
    return None if row is None else str(row[0])


def _near(db: sqlite3.Connection, name: str) -> list[str]:
    from difflib import get_close_matches

    names = [row[0] for row in db.execute("SELECT DISTINCT account FROM account ORDER BY account")]
    folded = {known.casefold(): known for known in names}
    close = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
    return [folded[known] for known in close] or names[:3]


def _days(db: sqlite3.Connection, place: AccountPlace, date: str) -> str:
    """Return the days nearest to `date` on which the account has meetings."""
    rows = db.execute(
        "SELECT DISTINCT date FROM meeting WHERE path = ? AND counts = 1"
        " ORDER BY abs(julianday(date) - julianday(?)), date LIMIT 3",
        (place.path, date),
    )
    return ", ".join(sorted(row[0] for row in rows)) or "—"


def _names(found: Sequence[Listed]) -> list[str]:
    """Return what to write instead, to name each of some meetings of one day."""
    starts = [one.start for one in found]
    return [
        f"{one.account}/{one.date}T{one.start}"
        if one.start is not None and starts.count(one.start) == 1
        else one.id
        for one in found
    ]


def _places(found: Sequence[Listed]) -> list[str]:
    return [f"{one.path}:{one.line}" for one in found]
