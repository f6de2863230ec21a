"""The catalogue of one store: what lists and names need, derived from the files.

Whatever is wrong with its own file (damaged, foreign, read-only, full disk) is no error: it is
set aside and built again, or the answer comes from memory. The documents are only ever read.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kb.catalogue import catchup, ingest, lists, schema
from kb.catalogue.documents import Understanding
from kb.errors import NotFound
from kb.remembered import Remembered
from kb.text.names import DEFAULT_NAMES, Names

if TYPE_CHECKING:
    from kb.catalogue.carry import DecisionRow, UndecidedTopic
    from kb.catalogue.refs import AccountPlace, Line
    from kb.catalogue.shared import Shared
    from kb.catalogue.standing import Standing
    from kb.model.meeting import Meeting
    from kb.text.outline import Document

Answer = TypeVar("Answer")
_meetings: Remembered["Meeting"] = Remembered(400)
"""Meetings as they were unpacked last: some 3 MB."""
Boundaries = tuple[int, tuple[tuple[str, int, int], ...]]


class Reindexed(NamedTuple):
    """What a rebuild went through: documents, items in them, and how long it took."""

    documents: int
    items: int
    took_ms: int


class Catalogue:
    """All rows of the store at `root`. Reads catch up with the files once, then answer from rows.

    A long-lived owner (a server) lets it `rest` after each request; a command need not.
    """

    def __init__(
        self,
        root: Path,
        names: Names = DEFAULT_NAMES,
        members: Iterable[str] = (),
        *,
        shared: "Shared | None" = None,
        memory: int = schema.MEMORY,
    ) -> None:
        """Open nothing yet. `names` is the team's vocabulary, `members` are its members' keys.

        What is `shared` serves all catalogues of a process; see `kb.catalogue.keeper`. `memory`
        is how much of the file (MB) may be held at most.
        """
        self.root = root
        self.how = Understanding(names, frozenset(members))
        """How documents are read in this store."""
        self._shared = shared
        self._memory = memory
        self._known = catchup.Known()
        self.in_memory = False
        """Whether the rows are kept in memory, because the file can't be written."""
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._caught_up = False
        self.parsed = 0
        """How many documents were parsed so far."""

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None
        self.in_memory = False
        self._caught_up = False

    def rest(self) -> None:
        """Look at the files again at the next question, as a new catalogue would; stay open.

        A file that was taken away meanwhile (`reindex`, a damaged one) is opened anew.
        """
        self._caught_up = False
        if self.in_memory or self.taken_away:
            self.close()

    @property
    def taken_away(self) -> bool:
        """Whether the file that is open is no longer there, or another one is in its place."""
        return self._db is not None and not self.in_memory and self._file != self._there()

    # Keeping up

    def catch_up(self, progress: catchup.Progress | None = None) -> int:
        """Bring all rows up to the files; return how many documents had to be parsed."""

        def job(db: sqlite3.Connection) -> int:
            return catchup.catch_up(db, self.root, self.how, self._known, progress)

        parsed = self._run(job)
        self._caught_up = True
        self.parsed += parsed
        return parsed

    def waiting(self) -> int:
        """Return how many documents are to be read before anything can be answered."""
        return len(self._run(lambda db: catchup.differing(db, self.root, self.how, self._known))[0])

    def reindex(self, progress: catchup.Progress | None = None) -> Reindexed:
        """Build everything from nothing; `progress` is told (files done, files to do)."""
        began = time.monotonic()
        self.close()
        with suppress(OSError):
            schema.remove(schema.file_of(self.root))
        self.catch_up(progress)

        def job(db: sqlite3.Connection) -> tuple[int, int]:
            (documents,) = db.execute("SELECT count(*) FROM account").fetchone()
            (items,) = db.execute("SELECT count(*) FROM item WHERE kind <> 'tick'").fetchone()
            return documents, items

        documents, items = self._run(job)
        return Reindexed(documents, items, round((time.monotonic() - began) * 1000))

    # Lists

    def accounts(self, now: datetime, *, archived: bool = False) -> list[lists.Account]:
        """Return all accounts by name; `now` in the team's own time, naive. See `lists`."""
        at = now.replace(tzinfo=None).isoformat(timespec="minutes")
        ready = self._listed(lambda standing, db: standing.accounts(db, at))
        if ready is not None:
            return [one for one in ready if archived or not one.archived]
        return self._read(lambda db: lists.accounts(db, at, archived=archived))

    def account_at(self, path: str, now: datetime) -> lists.Account | None:
        """Return the account of one document, archived or not, as `accounts` has it, or None."""
        at = now.replace(tzinfo=None).isoformat(timespec="minutes")
        found = self._read(lambda db: lists.accounts(db, at, archived=True, paths=[path]))
        return found[0] if found else None

    def meetings(
        self, account: str | None = None, since: str | None = None, until: str | None = None
    ) -> list[lists.Listed]:
        """Return meetings, newest first, of days `since` to `until`. See `lists.meetings`."""
        return self._read(lambda db: lists.meetings(db, account, since, until))

    def todos(
        self,
        today: str,
        *,
        owner: str | None = None,
        account: str | None = None,
        overdue: bool = False,
        every: bool = False,
    ) -> list[lists.TodoRow]:
        """Return TODOs by due date, account and line; `every`: done ones too. See `lists.todos`."""
        ready = None
        if account is None and not every:
            ready = self._listed(lambda standing, db: standing.todos(db, today))
        if ready is not None:
            return [
                row
                for row in ready
                if (row.overdue or not overdue) and (owner is None or owner in row.owners)
            ]
        return self._read(
            lambda db: lists.todos(
                db, today, owner=owner, account=account, overdue=overdue, every=every
            )
        )

    def coming(self, since: str, until: str) -> list[lists.Listed]:
        """Return meetings without minutes of days `since` to `until`. See `lists.coming`."""
        ready = self._listed(lambda standing, db: standing.coming(db, since, until))
        return self._read(lambda db: lists.coming(db, since, until)) if ready is None else ready

    def unfinished(self, since: str, recent: str, until: str) -> list[lists.Listed]:
        """Return meetings of past days that still want something. See `lists.unfinished`."""
        days = (since, recent, until)
        ready = self._listed(lambda standing, db: standing.unfinished(db, *days))
        return self._read(lambda db: lists.unfinished(db, *days)) if ready is None else ready

    def pages(self) -> dict[str, lists.Page]:
        """Return the pages of the playbook by name, for links to show their titles."""
        return self._read(lists.pages)

    def undecided(self, account: str, before: datetime | None = None) -> "list[UndecidedTopic]":
        """Return topics left undecided by meetings that began before. See `carry.undecided`."""
        from kb.catalogue import carry

        return self._read(lambda db: carry.undecided(db, account, _at(before)))

    def last_decisions(self, account: str, before: datetime | None = None) -> "list[DecisionRow]":
        """Return the decisions of the last meeting that has any. See `carry.last_decisions`."""
        from kb.catalogue import carry

        return self._read(lambda db: carry.last_decisions(db, account, _at(before)))

    def rows(self, job: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Run `job` on rows that are up to date: for who keeps tables of its own beside them.

        The job may be run again on another file when this one turns out to be damaged.
        """
        return self._read(job)

    def blob(self, path: str) -> str | None:
        """Return the blob that the rows of a file are made of; None when no row is.

        Nothing is looked at: it is what the last answer was made of, not what is there.
        """
        asked = "SELECT blob FROM file WHERE path = ?"
        row = self._run(lambda db: db.execute(asked, (path,)).fetchone())
        return row[0] if row else None

    # Names

    def account(self, word: str) -> "AccountPlace":
        """Return the account of that name; `NotFound("no-account")`. See `refs.account`."""
        from kb.catalogue import refs

        near = self._near(word)
        return near if near is not None else self._read(lambda db: refs.account(db, word))

    def duplicates(self) -> dict[str, list[str]]:
        """Return the accounts that more than one document claims to be, with their paths."""
        from kb.catalogue import refs

        return self._read(refs.duplicates)

    def meetings_twice(self) -> dict[str, list[str]]:
        """Return the ids of meetings that stand in more than one document, with their paths."""
        from kb.catalogue import refs

        return self._read(refs.meetings_twice)

    def meeting(self, ref: str, now: datetime) -> lists.Listed:
        """Return the meeting that `ref` names; `now` in the team's own time. See `refs.meeting`."""
        from kb.catalogue import refs

        moment = now.replace(tzinfo=None)
        if not self._caught_up and self._near(ref.strip().partition("/")[0]) is not None:
            return self._run(lambda db: refs.meeting(db, ref, moment))
        return self._read(lambda db: refs.meeting(db, ref, moment))

    def line(self, id_: str) -> "Line":
        """Return the line of an id, written or derived. See `refs.line`."""
        from kb.catalogue import refs

        return self._read(lambda db: refs.line(db, id_))

    def whole(self, meeting: lists.Listed, *, ticked: bool = True) -> "Meeting":
        """Return the whole meeting of a row, without parsing its document.

        TODOs that another meeting ticked are done; without `ticked` they are as they stand there.
        Raises `NotFound("no-id")` when it was changed by somebody else since the row was listed
        and what was read of it is gone.
        """
        from kb.catalogue.carry import with_ticks
        from kb.catalogue.codec import unpack

        path = meeting.path
        key = (meeting.key, meeting.account, path, meeting.line)  # what stands there is in its key

        def job(db: sqlite3.Connection) -> "Meeting | None":
            found = _meetings.get(key)
            if found is None:
                body = ingest.remembered_body(db, meeting.key)
                if body is None:
                    return None
                found = _meetings.put(key, unpack(body, meeting.account, path, meeting.line))
            return with_ticks(db, found) if ticked else found

        found = self._run(job)
        if found is None:
            self.parsed += self._run(lambda db: catchup.again(db, self.root, self.how, path))
            found = self._run(job)
        if found is None:
            raise NotFound("no-id", id=meeting.id)
        return found

    def ticked(self, account: str, links: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
        """Return the TODOs that other meetings ticked, by meetings' keys. See `carry.ticked`."""
        from kb.catalogue import carry

        return self._read(lambda db: carry.ticked(db, account, links))

    # Sparing parses

    def boundaries(self, blob: str) -> Boundaries | None:
        """Return what `kb.text.outline.parse` may be given for the text of this blob, or None."""
        context = self.how.context
        return self._run(lambda db: ingest.boundaries(db, blob, context))

    def note_saved(
        self, blobs: Mapping[str, str], read: "Mapping[str, Document] | None" = None
    ) -> None:
        """Bring the rows along of all files (blobs by path) of a save just now; never fails.

        `read` has the saved texts that the caller has read, by path; what is missed here is found
        by the next look at the files.
        """
        try:
            for path, blob in blobs.items():
                if catchup.is_ours(path):
                    document = (read or {}).get(path)
                    catchup.saved(self._open(), self.root, self.how, path, blob, document)
        except Exception:  # noqa: BLE001 (the text is saved: nothing here may say otherwise)
            self.close()
            return
        if self._shared is not None and not self.in_memory:
            self._shared.noted()

    # Inside

    def _near(self, word: str) -> "AccountPlace | None":
        """Return the account whose file bears its name, after a look at that file alone."""
        from kb.catalogue import refs

        name = refs.slug(word)
        path = f"accounts/{name}.md"
        if self._caught_up or not name or "/" in name or name.startswith("."):
            return None

        def job(db: sqlite3.Connection) -> bool:
            self.parsed += catchup.freshen(db, self.root, self.how, path)
            row = db.execute("SELECT account FROM account WHERE path = ?", (path,)).fetchone()
            return row is not None and row[0] == name

        return refs.AccountPlace(name, path) if self._run(job) else None

    def _listed(
        self, job: "Callable[[Standing, sqlite3.Connection], list[Answer]]"
    ) -> list[Answer] | None:
        """Return a list that stands ready, None where there is none: it is everybody's."""
        return self._shared.listed(job) if self._shared and not self.in_memory else None

    def _read(self, job: Callable[[sqlite3.Connection], Answer]) -> Answer:
        if not self._caught_up:
            if self._shared is not None and not self.in_memory and self._shared.look():
                self._caught_up = True
            else:
                self.catch_up()
        return self._run(job)

    def _run(self, job: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Run `job`; after trouble with the file, once more on a good one, then in memory."""
        mended = False
        while True:
            try:
                return job(self._open())
            except (sqlite3.Error, OSError, ValueError, TypeError, UnicodeError) as error:
                if self.in_memory:
                    raise
                self.close()
                about_writing = isinstance(error, OSError) or (
                    isinstance(error, sqlite3.Error) and schema.writable_problem(error)
                )
                if about_writing or mended:
                    self._to_memory()
                else:
                    mended = True
                    self._mend()
                self.parsed += catchup.catch_up(self._open(), self.root, self.how, self._known)

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = schema.open_file(schema.file_of(self.root), self._memory)
            self._file = self._there()
        return self._db

    def _there(self) -> tuple[int, int] | None:
        """Return what tells the catalogue's file from another of its name."""
        try:
            found = schema.file_of(self.root).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _mend(self) -> None:
        try:
            schema.set_aside(schema.file_of(self.root))
            self._open()
        except (OSError, sqlite3.Error):
            self._to_memory()

    def _to_memory(self) -> None:
        self.in_memory = True
        self._db = schema.open_memory(schema.file_of(self.root))


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=None).isoformat(timespec="minutes")
