"""Branches: read in this process, moved by git with the old value named."""

import re
import time
from pathlib import Path
from typing import NamedTuple

from kb.errors import Kept, NeedsRepair
from kb.store.git import Git

NONE = "0" * 40
LINKS = 5  # symbolic references followed
PATIENCE = 5.0  # seconds that another program may hold a reference's lock
ID = re.compile(r"[0-9a-f]{40}")


class Tip(NamedTuple):
    """Where HEAD stands: its branch (None when detached) and commit (None when unborn)."""

    branch: str | None
    commit: str | None


class Refs:
    """The references of one repository."""

    def __init__(self, git: Git, git_dir: Path, common_dir: Path) -> None:
        """Read under the git folders, write through `git`."""
        self._git = git
        self._head = git_dir / "HEAD"
        self._common = common_dir

    def tip(self) -> Tip:
        """Return what is checked out; `NeedsRepair("no-head")` when that can't be read."""
        try:
            text = self._head.read_text("utf-8", "replace").strip()
        except OSError:
            raise NeedsRepair("no-head") from None
        named = text.startswith("ref:")
        branch = text[4:].strip().removeprefix("refs/heads/") if named else None
        commit = self.get(text[4:].strip()) if named else text
        if commit is not None and not ID.fullmatch(commit):
            raise NeedsRepair("no-head")
        return Tip(branch, commit)

    def moved_at(self, branch: str) -> int:
        """Return when a branch last moved, in nanoseconds; 0 when that is long ago (packed)."""
        try:
            return (self._common / "refs" / "heads" / branch).stat().st_mtime_ns
        except OSError:
            return 0

    def locks(self) -> list[Path]:
        """Return the locks that programs hold on references just now, or left behind."""
        places = [self._head.with_name("HEAD.lock"), self._common / "packed-refs.lock"]
        places += (self._common / "refs").rglob("*.lock")
        return [place for place in places if place.exists()]

    def get(self, ref: str) -> str | None:
        """Return the id that a reference points to, or None."""
        for _ in range(LINKS):
            try:
                text = (self._common / ref).read_text("utf-8", "replace").strip()
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                return self._packed().get(ref)
            if not text.startswith("ref:"):
                return text
            ref = text[4:].strip()
        return None

    def under(self, prefix: str) -> dict[str, str]:
        """Return all references below `prefix` (which ends in `/`) by name."""
        found = {name: i for name, i in self._packed().items() if name.startswith(prefix)}
        folder = self._common / prefix
        for file in folder.rglob("*") if folder.is_dir() else ():
            if file.is_file() and not file.name.endswith(".lock"):
                name = prefix + file.relative_to(folder).as_posix()
                if (value := self.get(name)) is not None and ID.fullmatch(value):
                    found[name] = value
        return found

    def _packed(self) -> dict[str, str]:
        try:
            text = (self._common / "packed-refs").read_text("utf-8")
        except FileNotFoundError:
            return {}
        lines = (line.split(" ", 1) for line in text.splitlines() if line[:1] not in "#^")
        return {name: value for value, name in lines}

    def move(self, ref: str, new: str, old: str | None, why: str, stamp: str) -> bool:
        """Point `ref` to `new` if it still is `old` (None: not there); False when it was not.

        `stamp` is `name <mail> time zone` for the reference's own log. A lock that another
        program holds is waited for and never removed: `Kept("history-busy")` when it stays;
        `NeedsRepair("git-failed")` when git can't move it for another reason.
        """
        name, _, rest = stamp.partition(" <")
        mail, _, date = rest.partition("> ")
        env = {
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": mail,
            "GIT_COMMITTER_DATE": f"@{date}",
        }
        args = (
            "-c",
            "core.fsync=reference",
            "update-ref",
            "-m",
            f"kb: {why}",
            "--end-of-options",
            ref,
            new,
            old or NONE,
        )
        until = time.monotonic() + PATIENCE
        attempt = 0
        while True:
            ran = self._git.run(*args, env=env)
            if ran.code == 0:
                return True
            now = self.get(ref)
            if now != old:
                return now == new
            locked = b".lock'" in ran.err
            if locked and time.monotonic() > until:
                raise Kept("history-busy", kept=None)
            if not locked and attempt == 5:
                detail = ran.err.decode("utf-8", "replace").strip()
                raise NeedsRepair("git-failed", detail=detail)
            time.sleep(min(0.02 * 2**attempt, 0.3))
            attempt += 1

    def remove(self, ref: str, old: str) -> None:
        """Remove a reference that is `old`."""
        self._git.must("update-ref", "-d", "--end-of-options", ref, old)
