"""The store as the rest of kb sees it."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kb import clock
from kb.errors import Kept, WrongUse
from kb.store import kept as keeping
from kb.store import lock, refused, save
from kb.store.files import Files
from kb.store.git import Git
from kb.store.identity import Identity
from kb.store.locate import locate, open_place
from kb.store.objects import blob_id
from kb.store.paths import OWN, safe_path
from kb.store.ports import (
    Actor,
    Change,
    KeptText,
    Last,
    Log,
    Merger,
    Problem,
    Put,
    Replayed,
    Revision,
    Saved,
    Snapshot,
    Synced,
    Undone,
)
from kb.store.room import Room
from kb.store.unchanged import Seen, only_while
from kb.store.walk import moves
from kb.store.worktree import read

COMMIT = re.compile(r"[0-9a-f]{40}")
IGNORED = b".kb/\n"
ATTRIBUTES = b"*.md -text\n*.csv -text\n*.toml -text\n*.j2 -text\n"


class Store:
    """One team's store: documents in a git repository, every change a commit."""

    def __init__(self, room: Room) -> None:
        """Use `find` or `create`."""
        self.room = room
        self.root: Path = room.root
        self.git_dir: Path = room.common_dir
        self.last: Last | None = None
        """The last change that was saved through this store."""
        self._seen: Seen | None = None

    @classmethod
    def find(
        cls,
        start: Path,
        *,
        merge: Merger | None = None,
        merge_lines: Merger | None = None,
        branch: str | None = None,
        lang: str = "en",
        files: Files | None = None,
    ) -> "Store":
        """Open the store around `start`, and complete what an ended process left behind.

        Raises `NotFound` ("no-store", "no-repository", "bare-repository") and
        `NeedsRepair("other-format")`.
        """
        room = Room(
            locate(start),
            merge=merge,
            merge_lines=merge_lines,
            branch=branch,
            lang=lang,
            files=files,
        )
        store = cls(room)
        store.complete()
        return store

    @classmethod
    def create(
        cls,
        root: Path,
        files: dict[str, bytes],
        actor: Actor,
        message: str,
        when: datetime,
        *,
        branch: str = "main",
    ) -> "Store":
        """Make a new store with `files` as its first commit; `kb.toml` must be among them.

        The folder may exist but hold nothing except a repository without commits, as after
        cloning an empty one: else `WrongUse("not-empty")`.
        """
        root = Path(os.path.abspath(root))
        there = {entry.name for entry in root.iterdir()} if root.is_dir() else set()
        if there - {".git"}:
            raise WrongUse("not-empty", path=str(root))
        root.mkdir(parents=True, exist_ok=True)
        if not there:
            anywhere = Git(root, root / ".git", known=False)
            start = ("--template=", "--object-format=sha1", f"--initial-branch={branch}")
            anywhere.must("init", "-q", *start, "--end-of-options", str(root))
        room = Room(open_place(root))
        if room.refs.tip().commit is not None:
            raise WrongUse("not-empty", path=str(root))
        room.git.must("read-tree", "--empty")
        whole = {".gitignore": IGNORED, ".gitattributes": ATTRIBUTES} | files
        store = cls(room)
        changes = tuple(Put(name, data, None) for name, data in whole.items())
        save.run(room, save.Order(changes, actor, message, (), when, own=OWN))
        return store

    def identity(self) -> Identity | None:
        """Return who writes in this store as git knows it, or None when nobody said."""
        return self.room.identity()

    def close(self) -> None:
        """End the helper process that reads packed objects, if there is one."""
        self.room.reader.close()

    # Reading

    def read(self, path: str) -> Snapshot | None:
        """Return the work tree's text of `path`, or None. `NotAllowed` for unsafe names, links."""
        found = read(self.root, safe_path(path))
        return Snapshot(found.data, blob_id(found.data)) if found else None

    def read_for_edit(self, path: str) -> Snapshot | None:
        """Return the same as `read`, and store the text, so that it can be a base of a merge."""
        found = self.read(path)
        if found is not None and not self.room.objects.has(found.blob):
            self.room.objects.write("blob", found.data)
        return found

    def blob(self, name: str) -> bytes | None:
        """Return the bytes of a blob by its id, or None."""
        return self.room.objects.find(name, "blob")

    def head(self) -> str | None:
        """Return the id of the commit that is checked out, or None before the first."""
        return self.room.refs.tip().commit

    # Writing

    def save(
        self,
        changes: Sequence[Change],
        *,
        actor: Actor,
        message: str,
        trailers: Sequence[tuple[str, str]] = (),
        when: datetime | None = None,
        source: str = "clock",
        background: bool = False,
    ) -> Saved:
        """Save `changes` in one commit; hand edits at their paths get a commit of their own first.

        Raises `Kept` when nothing was saved (`kept`: ids of the texts put aside), `NotAllowed`,
        `WrongUse("exists")`, and whatever an `Edit` raises.
        """
        order = save.Order(
            changes=tuple(only_while(self._seen, changes) if self._seen else changes),
            actor=actor,
            message=message,
            trailers=tuple(trailers),
            when=when or clock.now(),
            source=source,
            background=background,
        )
        saved = save.run(self.room, order)
        if saved.commit is not None:
            self.last = Last(saved.commit, order.message)
        return saved

    @contextmanager
    def only_while(self, path: str, blob: str | None) -> Iterator[None]:
        """Save inside of it only while `path` is that blob; else `Kept("not-as-read")`."""
        self._seen = Seen(path, blob)
        try:
            yield
        finally:
            self._seen = None

    def adopt(self, paths: Sequence[str], *, actor: Actor, when: datetime | None = None) -> Saved:
        """Take hand edits at `paths` in as a commit of their own; `actor` if git knows nobody."""
        order = save.Order((), actor, "", (), when or clock.now(), adopt=tuple(paths))
        return save.run(self.room, order)

    def complete(self) -> None:
        """Complete what an ended process left behind, if nobody is saving just now."""
        if not self.room.journal.any():
            return
        with suppress(Kept, OSError), lock.hold(self.room.lock_file, patience=0):
            save.settle(self.room, clock.now())

    # Kept texts

    def keep(
        self, path: str, data: bytes, reason: str, *, actor: Actor, base: str | None = None
    ) -> str:
        """Keep a text that could not be saved; return its id."""
        parked = keeping.Parked(safe_path(path), data, base)
        with refused.said_plainly(self.room, [Put(path, data, base)]):
            return keeping.keep(self.room, parked, reason, actor, clock.now(), "")

    def kept(self) -> list[KeptText]:
        """Return the kept texts, oldest first."""
        return keeping.listed(self.room)

    def kept_text(self, name: str) -> KeptText:
        """Return one kept text; `NotFound("no-kept")`."""
        return keeping.get(self.room, name)

    def home_of(self, text: KeptText) -> str:
        """Return where a kept text belongs, under the name that its file has now."""
        if self.read(text.path) is not None:
            return text.path
        return moves(self.room, self.head()).get(text.path, text.path)

    def drop(self, name: str) -> None:
        """Forget a kept text; `NotFound("no-kept")`."""
        keeping.drop(self.room, name)

    def apply_kept(self, name: str, *, actor: Actor) -> Saved:
        """Save a kept text on top of what stands now, and forget it.

        Where both changed the same place the kept text wins: somebody decided so just now, and
        what it replaces is in the history. It goes where its file is called by another name now.
        """
        text = keeping.get(self.room, name)
        change = Put(self.home_of(text), text.text, text.base, wins=True)
        saved = self.save([change], actor=actor, message=text.message or "kb kept apply")
        keeping.drop(self.room, name)
        return saved

    # History

    def at(self, commit: str, path: str) -> bytes | None:
        """Return the text of `path` in a commit, or None; `WrongUse("bad-commit")` for no id."""
        if not COMMIT.fullmatch(commit):
            raise WrongUse("bad-commit", commit=commit)
        entry = self.room.objects.entry(self.room.commit_tree(commit), safe_path(path))
        return self.room.objects.read(entry.id, "blob") if entry else None

    def history(self, path: str | None = None, limit: int | None = None) -> list[Revision]:
        """Return the commits that changed `path` (None: any), newest first, renames followed."""
        from kb.store.history import revisions

        return revisions(self.room, safe_path(path) if path else None, limit)

    def log(self, since: str | None) -> Log:
        """Return what every commit after `since` changed, oldest first. See `kb.store.log`."""
        from kb.store.log import read

        return read(self.room, since)

    def as_of(self, moment: datetime, path: str) -> tuple[str, bytes] | None:
        """Return (commit, text) of `path` as it was at `moment`, or None."""
        from kb.store.history import as_of

        return as_of(self.room, moment, safe_path(path))

    def only_after(self, head: str | None, commit: str | None, moment: datetime, path: str) -> bool:
        """Tell whether all that came into the history from `commit` to `head` is of a later moment.

        False, too, when `commit` lies far back, or `path` may have become another file.
        """
        from kb.store.history import only_after

        return only_after(self.room, head, commit, moment, safe_path(path))

    def undo(
        self,
        actor: Actor,
        *,
        when: datetime | None = None,
        only: str | None = None,
        stays: Callable[[str], bool] = lambda _: False,
    ) -> Undone:
        """Take back the actor's own last change, or the one made by the commit `only`.

        A new file of the change `stays` if that says so of its path.
        Raises `NotFound("nothing-to-undo")`, `Kept("built-on")`, and what forbids a save.
        """
        from kb.store.undo import undo

        with refused.said_plainly(self.room):
            undone = undo(self.room, actor, when or clock.now(), only, stays)
        self.last = Last(undone.commit, undone.message, back=True)
        return undone

    def replay(self, commits: Iterable[Replayed], names: list[str] | None = None) -> list[str]:
        """Write many dated commits at once; return their ids. Files are written once, last.

        The ids go into `names` one by one, where a maker of `commits` can look them up.
        """
        from kb.store.replay import replay

        made = [] if names is None else names
        with refused.said_plainly(self.room):
            replay(self.room, commits, made)
        return made

    # The others, and repair

    def sync(self, actor: Actor, *, when: datetime | None = None) -> Synced:
        """Take in what the others saved and give them ours; see `kb.store.sync`.

        Raises `NotFound("no-remote")`, `Kept("not-reached")`, and what forbids a save.
        """
        from kb.store.sync import sync

        with refused.said_plainly(self.room):
            return sync(self.room, actor, when or clock.now())

    def doctor(self, *, repair: bool, actor: Actor | None = None) -> list[Problem]:
        """Look for what is wrong with the repository, and mend what can be mended safely."""
        from kb.store.doctor import examine

        return examine(self.room, repair=repair, actor=actor)

    def edited_outside(self) -> list[str]:
        """Return the files of the store that were edited outside kb and not taken in yet."""
        from kb.store.sync import dirty

        return dirty(self.room)
