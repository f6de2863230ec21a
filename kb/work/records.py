"""The past of every claim and insight, worked out of each account's history once and remembered.

A new commit is only added to what is known. All is read again when the history became another, a
meeting was moved, or somebody's address became a member's.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.catalogue import claims
from kb.catalogue.codec import dump
from kb.model.state import ends, starts
from kb.work.records_state import (
    Asked,
    Claim,
    History,
    Mark,
    Meeting,
    Record,
    Stood,
    record_of,
)

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.state import Held
    from kb.work.context import Context

__all__ = ["Asked", "Claim", "Mark", "Progress", "Record", "Stood", "begins", "records"]

Progress = Callable[[int, int], None]
VERSION = 6
"""Version of what is remembered; anything older is worked out again."""
FEW = 20
"""Documents that are asked about one by one."""


def begins(ctx: "Context", meeting: "Held") -> datetime:
    """Return the moment up to which a claim counts as made before: the start, or the whole day."""
    moment = starts(meeting) if meeting.start else ends(meeting)
    return moment.replace(tzinfo=ctx.settings.tz)


def records(
    ctx: "Context", meetings: "Iterable[Listed]", progress: Progress | None = None
) -> dict[str, Record]:
    """Return the past of the documents in which these meetings stand, by path.

    Give all meetings of a document: it is remembered for those. `progress` is told (documents
    done, documents to do); a long history is long to read once.
    """
    of: dict[str, list[Listed]] = {}
    for row in meetings:
        of.setdefault(row.path, []).append(row)
    last = _last_commits(ctx, of)
    known = ctx.catalogue.rows(lambda db: claims.remembered(db, of))
    basis = _basis(ctx)
    found: dict[str, Record] = {}
    new: list[tuple[str, str, bytes]] = []
    for done, (path, rows) in enumerate(of.items()):
        if progress is not None:
            progress(done, len(of))
        there = [Meeting(row.id, row.date, begins(ctx, row)) for row in rows]
        mark = _mark(basis, last.get(path, ""), there)
        before, body = known.get(path, ("", b""))
        if before == mark:
            found[path] = record_of(body)
            continue
        history = _read(ctx, path, there, body if before.startswith(basis) else b"")
        found[path] = history.record()
        new.append((path, mark, history.stored()))
        ctx.past.forget()
    if new:
        ctx.catalogue.rows(lambda db: claims.remember(db, new))
    return found


def _read(ctx: "Context", path: str, meetings: list[Meeting], known: bytes) -> History:
    """Read the versions that were not read yet; `known` is what was remembered, b"" if nothing."""
    versions = ctx.past.versions(path)
    history = History.restored(known) if known else History()
    if not history.fits([version.commit for version in versions], meetings):
        history = History()
    for version in versions[history.seen :]:
        at, after = (one.astimezone(ctx.settings.tz) for one in (version.at, version.after))
        received = version.received and version.received.astimezone(ctx.settings.tz)
        mark = Mark(at, version.source, version.by, after, received)
        history.see(version, mark, ctx.past.meetings(version), meetings)
    history.keep(meetings)
    return history


def _last_commits(ctx: "Context", paths: Collection[str]) -> dict[str, str]:
    """Return the last commit of each document; of a few documents the rest is not looked at."""
    if len(paths) > FEW:
        return ctx.past.last_commits()
    versions = ((path, ctx.past.versions(path)) for path in paths)
    return {path: found[-1].commit for path, found in versions if found}


def _basis(ctx: "Context") -> str:
    """Return what records of all documents rest on, as the first part of their mark."""
    members = [(one.key, one.email) for one in ctx.settings.members.values()]
    receipts = ctx.receive is not None
    return sha256(dump([VERSION, ctx.settings.timezone, members, receipts])).hexdigest()[:16]


def _mark(basis: str, commit: str, meetings: list[Meeting]) -> str:
    """Return what a record rests on: the team, the last commit, when the meetings begin."""
    when = [(one.id, one.date, one.begins.isoformat()) for one in meetings]
    return basis + sha256(dump([commit, when])).hexdigest()[:32]
