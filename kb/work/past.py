"""The past of a document: its versions, who wrote what, and what was claimed before a meeting.

Times are those of the commits: a clock of somebody's own, which shows an order and proves nothing
(`source` "clock"); "imported" is what came from notes of before. What a team's server received has
the time of its receipt, too, and only that is proof.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from kb.catalogue import lineages, versions
from kb.catalogue.lineages import Stood
from kb.catalogue.then import NO_PRE, ClaimThen, InsightThen, MeetingThen
from kb.catalogue.versions import Row
from kb.errors import NeedsRepair

if TYPE_CHECKING:
    from kb.catalogue.catalogue import Catalogue
    from kb.config import Settings
    from kb.store.store import Store

__all__ = ["ClaimThen", "InsightThen", "MeetingThen", "Past", "Version"]

SOURCES = {"import": "imported"}
"""What a commit says of itself and is believed: a trailer can be typed, so none makes a receipt."""
NO_POST = "post1:" + NO_PRE.partition(":")[2]


class Version(NamedTuple):
    """One commit that changed a file.

    `by` are members' keys, author first, then co-authors; the address of whoever is no member.
    `was` are the blobs that the file had before (two in a merge). `at` is what the commit says;
    `after` is the youngest moment among it and the versions that it rests on: it can't be older.
    `received` is when a team's server had it, None where no server keeps receipts.
    """

    commit: str
    at: datetime
    source: str
    by: tuple[str, ...]
    path: str
    blob: str
    was: tuple[str, ...]
    after: datetime
    received: datetime | None = None


Receive = Callable[[Sequence[str], bool], Mapping[str, datetime]]
"""Told of commits, and whether they are new to who reads; returns when they were received."""


class Past:
    """The history of a store's files, read once and then only continued."""

    def __init__(
        self,
        settings: "Settings",
        catalogue: "Catalogue",
        store: "Callable[[], Store]",
        receive: Receive | None = None,
    ) -> None:
        """Read nothing yet; `store` is opened when something of its history is asked.

        `receive` notes and tells when a team's server had a commit.
        """
        self._receive = receive
        self._settings = settings
        self._catalogue = catalogue
        self._store = store
        self._versions: dict[str, tuple[Version, ...]] = {}
        self._meetings: dict[tuple[str, str], tuple[MeetingThen, ...]] = {}

    @cached_property
    def _ready(self) -> bool:
        while not self._continued():
            pass  # somebody else noted them first, or the rows were lost meanwhile
        return True

    def _continued(self) -> bool:
        """Note the commits that came since the last look; tell whether that could be done."""
        since = self._catalogue.rows(versions.tip)
        log = self._store().log(since)
        if not (log.commits or log.whole):
            return True
        if self._receive is not None:  # before anybody can see them without a receipt
            self._receive([one.commit for one in log.commits], True)
        return self._catalogue.rows(
            lambda db: versions.add(db, since, log.tip, log.commits, whole=log.whole)
        )

    def versions(self, path: str) -> tuple[Version, ...]:
        """Return the versions of the file at `path`, oldest first, through its renames."""
        if path not in self._versions:
            assert self._ready
            rows = self._catalogue.rows(lambda db: versions.of(db, path))
            commits = [row.commit for row in rows]
            received = self._receive(commits, False) if self._receive else {}
            told = (self._version(row, received.get(row.commit)) for row in rows)
            self._versions[path] = tuple(told)
        return self._versions[path]

    def was_another(self, path: str, blob: str) -> bool:
        """Tell whether a text stood at `path` in another document, before this one had the name."""
        own = {version.blob for version in self.versions(path)}
        return blob not in own and self._catalogue.rows(lambda db: versions.stood(db, path, blob))

    def documents(self) -> dict[str, list[Stood]]:
        """Return where each account's document stood, oldest first, by its path now."""
        assert self._ready
        return self._catalogue.rows(lineages.documents)

    def latest(self, commits: Collection[str]) -> str:
        """Return the last of some commits; times to the second don't tell."""
        assert self._ready
        return self._catalogue.rows(
            lambda db: max(commits, key=lambda one: versions.place(db, one))
        )

    def catch_up(self) -> None:
        """Read on to the newest commit; a team's server gives those that are new their receipts."""
        assert self._ready

    def _version(self, row: Row, received: datetime | None) -> Version:
        members = [(email, self._settings.member_of(email)) for email in row.emails]
        return Version(
            commit=row.commit,
            at=row.at,
            source=SOURCES.get(row.source, "clock"),
            by=tuple(dict.fromkeys(m.key if m else email for email, m in members)),
            path=row.path,
            blob=row.blob,
            was=row.was,
            after=row.after,
            received=received,
        )

    def last_commits(self) -> dict[str, str]:
        """Return the last commit that changed each file of the history, by the file's path."""
        assert self._ready
        return self._catalogue.rows(versions.last_commits)

    def forget(self) -> None:
        """Let go of what was read: who goes over all documents holds one at a time."""
        self._versions.clear()
        self._meetings.clear()

    def text(self, version: Version) -> bytes:
        """Return the bytes of a file's version; `NeedsRepair("past-lost")` if they are gone."""
        return self._blob(version.blob)

    def _blob(self, name: str) -> bytes:
        data = self._store().blob(name)
        if data is None:
            raise NeedsRepair("past-lost", blob=name)
        return data

    def meetings(self, version: Version) -> tuple[MeetingThen, ...]:
        """Return what a version of an account's document said of its meetings."""
        key = (version.path, version.blob)
        if key not in self._meetings:
            row = Row(
                *(version.commit, version.at, (), version.source),
                *(version.path, version.blob, version.was, version.after),
            )
            catalogue = self._catalogue
            self._meetings[key] = catalogue.rows(
                lambda db: versions.meetings(db, catalogue.how, row, self._blob)
            )
        return self._meetings[key]

    def before(self, path: str, moment: datetime) -> Version | None:
        """Return the last version of a file that is not younger than `moment`."""
        found = None
        for version in self.versions(path):
            if version.after <= moment:
                found = version
        return found

    def meeting(self, version: Version, meeting_id: str, date: str = "") -> MeetingThen | None:
        """Return the meeting of that id in a version, else the only one of that day."""
        there = self.meetings(version)
        found = next((one for one in there if one.id == meeting_id), None)
        if found is None and date:
            same = [one for one in there if one.date == date]
            found = same[0] if len(same) == 1 else None
        return found

    def authors(self, path: str, meeting_id: str, part: Literal["pre", "post"]) -> frozenset[str]:
        """Return everybody whose commits changed what a review of a meeting approves.

        `part` is "pre" (claims, topics, stances) or "post" (what was said and decided). Who only
        merged what others wrote changed nothing.
        """
        told = self.versions(path)
        by_blob = {version.blob: version for version in told}
        date = self._date(path, meeting_id)

        def digest(version: Version | None) -> str:
            found = self.meeting(version, meeting_id, date) if version else None
            blank = NO_PRE if part == "pre" else NO_POST
            text = blank if found is None else getattr(found, part)
            return "" if text == blank else str(text)

        found: set[str] = set()
        for version in told:
            now = digest(version)
            if now not in ({digest(by_blob.get(blob)) for blob in version.was} or {""}):
                found.update(version.by)
        return frozenset(found)

    def registered(self, path: str, meeting_id: str, claim_digest: str) -> Version | None:
        """Return the first version in which the meeting holds a claim of that digest."""
        date = self._date(path, meeting_id)
        for version in self.versions(path):
            meeting = self.meeting(version, meeting_id, date)
            if meeting and any(claim.digest == claim_digest for claim in meeting.claims):
                return version
        return None

    def _date(self, path: str, meeting_id: str) -> str:
        """Return the day of a meeting, by which it is found before it had its id."""
        for version in reversed(self.versions(path)):
            found = self.meeting(version, meeting_id)
            if found:
                return found.date
        return ""
