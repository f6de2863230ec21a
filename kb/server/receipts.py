"""When this server received which commit: the only times that prove anything."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from kb.server.state import State

MANY = 500
"""How many commits one question names."""


def begin(state: State, commits: Iterable[str]) -> None:
    """Note what was there before this server: of these commits it can't tell anything."""
    _note(state, commits, 0.0)


def begun(state: State) -> bool:
    """Tell whether anything was noted yet."""
    return state.one("SELECT 1 FROM receipt LIMIT 1") is not None


def receive(state: State, commits: Sequence[str], new: bool) -> Mapping[str, datetime]:  # noqa: FBT001
    """Return when commits were received; those that are `new` are received now, once for all."""
    if new:
        _note(state, commits, state.now())
    found: dict[str, datetime] = {}
    for start in range(0, len(commits), MANY):
        some = commits[start : start + MANY]
        marks = ",".join("?" * len(some))
        question = f"SELECT commit_id, at FROM receipt WHERE at > 0 AND commit_id IN ({marks})"  # noqa: S608 (only marks)
        for commit, at in state.read(question, *some):
            found[commit] = datetime.fromtimestamp(at, UTC)
    return found


def _note(state: State, commits: Iterable[str], at: float) -> None:
    with state.write() as db:
        rows = ((commit, at) for commit in commits)
        db.executemany("INSERT OR IGNORE INTO receipt(commit_id, at) VALUES (?, ?)", rows)
