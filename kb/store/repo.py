"""The repository through GitPython: history, remotes, sync, doctor. Its sole importer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from git import GitCommandError, GitError, Repo

from kb.errors import NeedsRepair
from kb.store.git import ENVIRONMENT
from kb.store.room import Room


class Repository:
    """Git commands of fixed shape, run by GitPython in the store's folder."""

    def __init__(self, repo: Repo, prefix: Sequence[str]) -> None:
        """Use `opened`."""
        self._repo = repo
        self._prefix = prefix

    def ask(self, *args: str) -> bytes:
        """Run `git <args>` and return what it printed; `GitFailed` tells why it could not."""
        try:
            out = self._repo.git.execute(
                [*self._prefix, *args],
                env=ENVIRONMENT,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        except GitCommandError as error:
            code = error.status if isinstance(error.status, int) else 1
            raise GitFailed(code, str(error.stderr)) from None
        return bytes(out)

    def remotes(self) -> list[str]:
        """Return the names of the remotes."""
        return [remote.name for remote in self._repo.remotes]


class GitFailed(Exception):
    """A git command failed; `said` is what it printed."""

    def __init__(self, code: int, said: str) -> None:
        """Hold the exit code and the words."""
        super().__init__(said)
        self.code = code
        self.said = said


@contextmanager
def opened(room: Room) -> Iterator[Repository]:
    """Open the repository at `root`, and close GitPython's helper processes afterwards."""
    try:
        repo = Repo(room.root)
    except (GitError, OSError, ValueError) as error:
        raise NeedsRepair("git-failed", detail=str(error)) from None
    with repo:
        yield Repository(repo, room.git.prefix)
