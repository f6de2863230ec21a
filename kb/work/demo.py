"""The sample team's store, made commit by commit as the team would have made it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.store.ports import Actor, Replayed
from kb.store.store import Store
from kb.work.starting import ATTRIBUTES, IGNORED

if TYPE_CHECKING:
    from kb.demo import timetable
    from kb.work.context import Context

MOMENT = datetime.fromisoformat("2026-11-25T13:50:00+09:00")
"""The sample team's last day, ten minutes before its meeting of 14:00."""
MARKER = "demo"
"""File in `.git/kb` that says: this store is a demo, and its last commit was this one."""


class Built(NamedTuple):
    """What was built: where, and how many accounts, meetings and commits it has."""

    store: Path
    accounts: int
    meetings: int
    commits: int


def build(folder: Path) -> Built:
    """Build the sample team's store in `folder`, which must be absent, empty, or an older demo.

    The history ends on the sample team's last day, whatever day it is today: the same kb makes
    the same commits. An older demo is replaced only while nobody wrote in it. Raises
    `WrongUse`: "demo-not-empty", "demo-changed", "demo-no-folder".
    """
    from kb.demo import timetable

    folder = folder.absolute()
    _make_room(folder)
    team = timetable.team()
    names: list[str] = []
    commits = _dated(team, names)
    first = next(commits)
    files = {path: data for path, data in first.changes.items() if data is not None}
    store = Store.create(folder, files, first.actor, first.message, first.when)
    names.append(store.head() or "")
    store.replay(commits, names)
    marker = store.git_dir / "kb" / MARKER
    marker.parent.mkdir(exist_ok=True)
    marker.write_text(f"{names[-1]}\n", "ascii")
    meetings = sum(page.meetings for page in team.accounts.values())
    store.close()
    return Built(folder, len(team.accounts), meetings, len(names))


def kept(ctx: "Context") -> Built:
    """Return what an older demo holds that was left as it is, because somebody wrote in it."""
    accounts = ctx.catalogue.accounts(ctx.now, archived=True)
    meetings = ctx.catalogue.meetings()
    return Built(ctx.root, len(accounts), len(meetings), len(ctx.store.history()))


def moment(ctx: "Context") -> datetime:
    """Return when a visit to the sample team begins: on its day, after what was last written."""
    last = max((one.at for one in ctx.store.history(limit=1)), default=MOMENT)
    return max(MOMENT, last + timedelta(minutes=1))


def _dated(team: "timetable.Team", names: list[str]) -> Iterator[Replayed]:
    """Yield the sample team's commits; `names` must hold the ids of those yielded before."""
    from kb.demo import sources, timetable

    actors = {key: Actor(key, *who) for key, who in sources.members().items()}
    extra = {".gitignore": IGNORED, ".gitattributes": ATTRIBUTES}
    for commit in timetable.commits(team, extra, names.__getitem__):
        changes: dict[str, bytes | None] = dict(commit.texts)
        trailers = (*commit.trailers, ("Kb-Source", "clock"))
        yield Replayed(changes, actors[commit.member], commit.when, commit.message, trailers)


def _make_room(folder: Path) -> None:
    """See that `folder` can be filled; empty it when it holds a demo that nobody changed."""
    if not folder.exists():
        if not folder.parent.is_dir():
            raise WrongUse("demo-no-folder", path=folder.parent)
        return
    if not folder.is_dir():
        raise WrongUse("demo-not-empty", path=folder)
    inside = list(folder.iterdir())
    if not inside:
        return
    if not (folder / ".git" / "kb" / MARKER).is_file():
        raise WrongUse("demo-not-empty", path=folder)
    if not _untouched(folder):
        raise WrongUse("demo-changed", path=folder)
    for path in inside:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _untouched(folder: Path) -> bool:
    """Tell whether a demo holds nothing but what `build` made: no commit, branch, file or text."""
    try:
        store = Store.find(folder)
    except NotFound:
        return False
    try:
        last = (store.git_dir / "kb" / MARKER).read_text("ascii").strip()
        git = store.room.git
        status = git.run("status", "--porcelain", "--untracked-files=all")
        names = git.run("for-each-ref", "--format=%(objectname)")
        clean = status.code == 0 and not status.out.strip()
        return clean and names.code == 0 and set(names.out.decode().split()) == {last}
    finally:
        store.close()
