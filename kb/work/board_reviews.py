"""Which meetings were reviewed before they began: read of each thread once and remembered."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.catalogue import claims
from kb.catalogue.codec import dump, load

if TYPE_CHECKING:
    from kb.work.context import Context

VERSION = 2
"""Version of what is remembered; anything older is read again."""
Approvals = list[tuple[str, str]]
"""(id of the meeting, moment) of each approval that counts."""


def approvals(ctx: "Context") -> dict[str, list[datetime]]:
    """Return when each meeting's claims and agenda were approved, by the meeting's id.

    An approval counts when its member committed it and wrote none of what it approves. Whether
    the text was changed after it does not matter here.
    """
    from kb.work.reviews import FOLDER

    folder = ctx.root / FOLDER
    paths = [f"{FOLDER}/{file.name}" for file in sorted(folder.glob("*.md"))]
    last = ctx.past.last_commits() if paths else {}
    names = {path: f"{path}#approvals" for path in paths}
    known = ctx.catalogue.rows(lambda db: claims.remembered(db, names.values()))
    found: dict[str, list[datetime]] = {}
    new: list[tuple[str, str, bytes]] = []
    for path in paths:
        mark = sha256(dump([VERSION, last.get(path), _members(ctx)])).hexdigest()[:32]
        name = names[path]
        if name in known and known[name][0] == mark:
            told: Approvals = load(known[name][1])
        else:
            told = _approvals(ctx, path)
            new.append((name, mark, dump(told)))
        for meeting, at in told:
            found.setdefault(meeting, []).append(datetime.fromisoformat(at))
    if new:
        ctx.catalogue.rows(lambda db: claims.remember(db, new))
    return found


def _members(ctx: "Context") -> list[tuple[str, str]]:
    return [(one.key, one.email) for one in ctx.settings.members.values()]


def _approvals(ctx: "Context", path: str) -> Approvals:
    """Return the approvals in one thread; none in a thread that is about something else."""
    from kb.text.thread import parse_thread
    from kb.work.reviews import Review, text_of

    data = text_of(ctx, path)
    review = Review(ctx, path, parse_thread(data)) if data is not None else None
    if review is None or review.kind != "pre" or not review.of.partition("#^")[2]:
        return []
    return [
        (review.of.partition("#^")[2], event.moment.isoformat())
        for event in review.events
        if event.type == "approved" and review.counts(event) and event.member not in review.authors
    ]
