"""The parts of one open store, put together."""

import os
from pathlib import Path

from kb.store.files import Files
from kb.store.git import Git, Reader
from kb.store.identity import Identity, who_writes
from kb.store.indexlock import IndexFile
from kb.store.journal import Journal
from kb.store.locate import Place
from kb.store.objects import Commit, Objects, blob_id
from kb.store.ports import Actor, Merged, Merger, overwrite
from kb.store.refs import Refs

TAKEN = 10
"""Hand edits of one file that are remembered after they were taken in."""


class Room:
    """What the parts of the store share: the repository's folders, its tools, and the rules.

    `branch` is the branch that kb writes to (None: whichever is checked out); `merge` merges
    Markdown, `merge_lines` everything else; `lang` is the language of kb's own messages.
    """

    def __init__(
        self,
        place: Place,
        *,
        merge: Merger | None = None,
        merge_lines: Merger | None = None,
        branch: str | None = None,
        lang: str = "en",
        files: Files | None = None,
    ) -> None:
        """Put the parts together; nothing is read or started yet."""
        self.root, self.git_dir, self.common_dir = place
        self.merge = merge or overwrite
        self.merge_lines = merge_lines or overwrite
        self.branch = branch
        self.lang = lang
        self.files = files or Files()
        self.git = Git(self.root, self.git_dir)
        self.reader = Reader(self.git)
        self.objects = Objects(self.common_dir, self.reader, self.files.on_their_way)
        self.refs = Refs(self.git, self.git_dir, self.common_dir)
        self.index = IndexFile(self.git, self.git_dir)
        self.journal = Journal(self.git_dir / "kb" / "journal", self.files)
        self._identity: Identity | None = None

    @property
    def lock_file(self) -> Path:
        """The file that is locked while somebody saves."""
        folder = self.common_dir / "kb"
        folder.mkdir(exist_ok=True)
        return folder / "lock"

    def staging(self) -> Path:
        """Return the folder for new files before they are put in place: on the same disk."""
        folder = self.git_dir / "kb" / "new"
        folder.mkdir(parents=True, exist_ok=True)
        if os.stat(folder).st_dev != os.stat(self.root).st_dev:
            folder = self.root / ".kb" / "new"
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def identity(self) -> Identity | None:
        """Return who writes on this machine, as git knows it, or None."""
        if self._identity is None:
            self._identity = who_writes(self.git, self.common_dir)
        return self._identity

    def outsider(self, fallback: Actor) -> Actor:
        """Return the author of edits made outside kb."""
        known = self.identity()
        return Actor(None, known.name, known.email) if known else fallback

    def merge_texts(self, path: str, base: bytes | None, upstream: bytes, ours: bytes) -> Merged:
        """Merge two texts of `path`: by the store's rules for documents, by lines for the rest."""
        if ours in (upstream, base):
            return Merged(upstream)
        if upstream == base:
            return Merged(ours)
        return (self.merge if path.endswith(".md") else self.merge_lines)(base, upstream, ours)

    def commit_tree(self, commit: str | None) -> str | None:
        """Return the tree of a commit (None for none)."""
        return self.commit(commit).tree if commit else None

    def commit(self, name: str) -> Commit:
        """Return a commit."""
        return self.objects.commit(name)

    # What kb last saw in the work tree

    def _seen_file(self, path: str) -> Path:
        return self.git_dir / "kb" / "seen" / blob_id(path.encode())[:16]

    def seen(self, path: str) -> str | None:
        """Return the blob that kb last saw in the work tree at `path`."""
        try:
            return self._seen_file(path).read_text("ascii").strip() or None
        except OSError:
            return None

    def saw(self, path: str, blob: str | None) -> None:
        """Remember what stands in the work tree at `path` now."""
        file = self._seen_file(path)
        if blob is None:
            self.files.remove(file)
            return
        file.parent.mkdir(exist_ok=True)
        file.write_text(blob + "\n", "ascii")

    def taken(self, path: str) -> list[str]:
        """Return the blobs of hand edits at `path` that were taken in, the newest first."""
        try:
            return self._seen_file(path).with_suffix(".taken").read_text("ascii").split()
        except OSError:
            return []

    def took(self, path: str, text: bytes) -> None:
        """Remember a hand edit that was taken in: an editor may go on from this very text."""
        blobs = [self.objects.write("blob", text), *self.taken(path)]
        file = self._seen_file(path).with_suffix(".taken")
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(list(dict.fromkeys(blobs))[:TAKEN]) + "\n", "ascii")
