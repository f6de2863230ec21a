"""Taking back a change of one's own, the last one or one that is named, unless built upon."""

from collections.abc import Callable
from datetime import datetime

from kb.errors import Kept, NotFound
from kb.messages import say
from kb.store import lock, place, recovery, refused, save
from kb.store.added import without_added
from kb.store.diff import changes_between
from kb.store.look import look, path_block, repository_block
from kb.store.outside import sayings
from kb.store.ports import Actor, Undone
from kb.store.room import Room
from kb.store.stamps import person
from kb.store.walk import Seen, walk

FAR = 1000  # commits looked through


def undo(
    room: Room,
    actor: Actor,
    when: datetime,
    only: str | None = None,
    stays: Callable[[str], bool] = lambda _: False,
) -> Undone:
    """Take back the actor's last change in this branch; the one before it at the next call.

    `only` names the commit to take back; it may itself be one that took something back. A new
    file of it `stays` if that says so of its path. Raises `NotFound("nothing-to-undo")` and
    `Kept("built-on")` when somebody changed the same place since.
    """
    with save.held(room) as block:
        if block is not None:
            raise refused.not_now(room, block)
        save.settle(room, when)
        return _undo(room, actor, when, only, stays)


def _undo(
    room: Room, actor: Actor, when: datetime, only: str | None, stays: Callable[[str], bool]
) -> Undone:
    tip = room.refs.tip()
    last = _last_of(room, tip.commit, actor, only)
    if last is None:
        raise NotFound("nothing-to-undo")
    parent = last.commit.parents[0]
    before = {
        path: change
        for path, change in changes_between(room, parent, last.id).items()
        if change.before or not stays(path)
    }
    order = save.Order((), actor, "", (), when, adopt=tuple(before))
    spots = look(room, tip, before)
    if any(spot.edited for spot in spots.values()):
        save.run_locked(room, order)
        tip = room.refs.tip()
        spots = look(room, tip, before)
    waiting = recovery.pending(room)
    block = repository_block(room, tip) or path_block(room, tip, spots.values(), waiting)
    if block is not None:
        raise refused.not_now(room, block, spots)
    for path, change in before.items():
        spot = spots[path]
        old = room.objects.read(change.before.id, "blob") if change.before else None
        spot.new = old
        if change.before:
            spot.mode = change.before.mode
        if spot.head_id == (change.after.id if change.after else None):
            continue
        if spot.now is None or old is None or change.after is None:
            raise _built_on(last, path)
        base = room.objects.read(change.after.id, "blob")
        both = room.merge_texts(path, base, spot.now, old)
        without = _without(old, base, spot.now, both.data)
        if both.conflicts or without is None:
            without = without_added(old, base, spot.now)
        if without is None:
            raise _built_on(last, path)
        spot.new = without
    if all(spot.new == spot.now for spot in spots.values()):
        raise _built_on(last, next(iter(before), ""))
    sentence = _sentence(room, last)
    order = save.Order((), actor, sentence, (("Kb-Undo", last.id),), when)
    commit = save.write_commits(room, tip, spots, order)
    assert commit is not None
    stamp = person(actor, when)
    try:
        place.land(
            room, place.Landing(tip, commit, stamp, sentence, tuple(spots.values())), waiting
        )
    except place.Lost:
        raise Kept("busy", seconds=int(lock.PATIENCE), kept=None) from None
    return Undone(
        last.subject, last.id, commit, tuple(before), dict(last.trailers).get("Kb-Meeting")
    )


def _without(before: bytes, after: bytes, now: bytes, merged: bytes) -> bytes | None:
    """Return the text without what a change said; None if it still stands there, all of it.

    A merge keeps a title under which somebody wrote since, and brings back only the empty form
    that it had taken the place of.
    """
    was, then, stands, stays = map(sayings, (before, after, now, merged))
    added, removed = then - was, was - then
    gone, back = stands - stays, stays - stands
    if not (added or removed) or added & gone or removed & back:
        return merged
    if added & stands:
        return None
    return merged if gone or back else now


def _built_on(last: Seen, path: str) -> Kept:
    meeting = dict(last.trailers).get("Kb-Meeting")
    return Kept("built-on", path=path, kept=None, message=last.subject, meeting=meeting)


def _sentence(room: Room, last: Seen) -> str:
    if "Kb-Undo" not in dict(last.trailers):
        return say("undo-message", room.lang, message=last.subject)[0]
    first = last.subject.partition(": ")[2] or last.subject
    return say("redo-message", room.lang, message=first)[0]


def _last_of(room: Room, tip: str | None, actor: Actor, only: str | None) -> Seen | None:
    """Return the actor's newest change that kb made, and that was not taken back yet.

    With `only` it is that commit or none, whether or not it took something back itself.
    """
    taken_back = set()
    for seen in walk(room, tip, FAR):
        trailers = dict(seen.trailers)
        of = trailers.get("Kb-Undo")
        if of and seen.id not in taken_back:  # else what it took back was brought back since
            taken_back.add(of)
        wanted = of is None if only is None else seen.id == only
        ours = seen.email.casefold() == actor.email.casefold()
        made_here = trailers.get("Kb-Source") in ("clock", "server", "import")
        there = len(seen.commit.parents) == 1 and seen.id not in taken_back
        if wanted and ours and made_here and there:
            return seen
    return None
