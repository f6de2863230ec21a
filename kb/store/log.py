"""What every commit changed, oldest first, in one reading of git's log."""

import re
from collections.abc import Iterator

from kb.store.ports import Log, Logged, Touched
from kb.store.repo import GitFailed, Repository, opened
from kb.store.room import Room
from kb.store.stamps import moment

FIELDS = "%x00%x1e%H%x00%cI%x00%ae%x00%(trailers:only,unfold)%x00"
"""NUL parts them: nothing that a person types into a commit can hold one."""
NOTHING = "0" * 40
_RECORD = re.compile(r"\0\x1e(?=[0-9a-f]{40,64}\0)")
FOLDERS = ("accounts", "playbooks", "reviews", "insights")


def read(room: Room, since: str | None) -> Log:
    """Return the commits of the branch that came after `since` (None: all), parents first.

    Where histories ran side by side, what is younger comes later. Merges are listed when their
    text is none of the parents'.
    """
    tip = room.refs.tip().commit
    if tip is None or tip == since:
        return Log(tip, whole=tip is None, commits=())
    with opened(room) as repository:
        known = since is not None and _holds(repository, since, tip)
        args = ("log", "--raw", "-z", "-c", "-M", "--no-abbrev", "--date-order", "--reverse")
        span = f"{since}..{tip}" if known else tip
        out = repository.ask(*args, f"--format={FIELDS}", "--end-of-options", span, "--", *FOLDERS)
    return Log(tip, not known, tuple(_commits(out.decode("utf-8", "surrogateescape"))))


def _holds(repository: Repository, commit: str, tip: str) -> bool:
    """Tell whether a commit is part of the history of `tip`."""
    try:
        repository.ask("merge-base", "--is-ancestor", "--end-of-options", commit, tip)
    except GitFailed:
        return False
    return True


def _commits(text: str) -> Iterator[Logged]:
    for record in _RECORD.split(text)[1:]:
        commit, at, email, trailers, changes = record.split("\0", 4)
        named = [line.partition(":") for line in trailers.split("\n")]
        pairs = [(key.strip().lower(), value.strip()) for key, _, value in named]
        others = [_address(value) for key, value in pairs if key == "co-authored-by"]
        renames = (value.partition(" -> ") for key, value in pairs if key == "kb-moved")
        moved = {new: old for old, _, new in renames if new}
        yield Logged(
            commit=commit,
            at=moment(at),
            emails=tuple(dict.fromkeys([email, *(one for one in others if one)])),
            source=next((value for key, value in pairs if key == "kb-source"), ""),
            touched=tuple(_touched(changes, moved)),
        )


def _touched(text: str, moved: dict[str, str]) -> Iterator[Touched]:
    """Read `--raw -z`: a line of modes, blobs and a letter, then the path, two for a rename."""
    fields = iter(text.strip("\0\n").split("\0"))
    for field in fields:
        head = field.lstrip("\n")
        parents = len(head) - len(head.lstrip(":"))
        words = head.split(" ")
        if not parents or len(words) < 2 * parents + 3:
            continue
        blobs = words[parents + 1 : 2 * parents + 2]
        letters = words[-1]
        old = next(fields, "") if parents == 1 and letters[:1] in ("R", "C") else None
        path = next(fields, "")
        yield Touched(
            path=path,
            blob=None if blobs[-1] == NOTHING else blobs[-1],
            was=tuple(blob for blob in blobs[:-1] if blob != NOTHING),
            old=moved.get(path) or (old if letters[:1] == "R" else None),
        )


def _address(value: str) -> str:
    return value.partition("<")[2].partition(">")[0].strip()
