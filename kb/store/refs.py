"""Branches: read in this process, moved by git with the old value named."""

import time
from pathlib import Path
from typing import NamedTuple

from kb.errors import NeedsRepair
from kb.store.git import Git

NONE = "0" * 40
LINKS = 5  # symbolic references followed


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
        """Return what is checked out; `NeedsRepair("no-head")` when HEAD can't be read."""
        try:
            text = self._head.read_text("utf-8").strip()
        except OSError:
            raise NeedsRepair("no-head") from None
        if not text.startswith("ref:"):
            return Tip(None, text)
        ref = text[4:].strip()
        return Tip(ref.removeprefix("refs/heads/"), self.get(ref))

    def get(self, ref: str) -> str | None:
        """Return the id that a reference points to, or None."""
        for _ in range(LINKS):
            try:
                text = (self._common / ref).read_text("utf-8").strip()
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                return self._packed().get(ref)
            if not text.startswith("ref:"):
                return text or None
            ref = text[4:].strip()
        return None

    def under(self, prefix: str) -> dict[str, str]:
        """Return all references below `prefix` (which ends in `/`) by name."""
        found = {name: i for name, i in self._packed().items() if name.startswith(prefix)}
        folder = self._common / prefix
        for file in folder.rglob("*") if folder.is_dir() else ():
            if file.is_file() and not file.name.endswith(".lock"):
                name = prefix + file.relative_to(folder).as_posix()
                if (value := self.get(name)) is not None:
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
        program holds for a moment is waited for.
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
        for attempt in range(6):
            ran = self._git.run(*args, env=env)
            if ran.code == 0:
                return True
            now = self.get(ref)
            if now != old:
                return now == new
            time.sleep(0.02 * 2**attempt)
        raise NeedsRepair("git-failed", detail=ran.err.decode("utf-8", "replace").strip())

    def remove(self, ref: str, old: str) -> None:
        """Remove a reference that is `old`."""
        self._git.must("update-ref", "-d", "--end-of-options", ref, old)
