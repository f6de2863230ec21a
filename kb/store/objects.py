"""Git objects: read and written in this process, packed ones through one open reader."""

import contextlib
import hashlib
import os
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.errors import NeedsRepair, NotAllowed
from kb.store.failpoints import hit
from kb.store.files import OnTheirWay
from kb.store.git import Reader

FILE = "100644"
FOLDER = "40000"
ENTRY = re.compile(rb"(\d+) ([^\0]+)\0.{20}", re.DOTALL)
REMEMBERED = 64  # trees and commits held in memory


class Entry(NamedTuple):
    """A name in a tree: its mode and object id."""

    mode: str
    id: str


class Commit(NamedTuple):
    """What a save needs to know of a commit."""

    tree: str
    parents: tuple[str, ...]
    body: bytes


def blob_id(data: bytes) -> str:
    """Return the id that git gives these bytes as a blob."""
    return object_id("blob", data)


def blob_of(data: bytes | None) -> str | None:
    """Return the id of these bytes, None for no file."""
    return None if data is None else blob_id(data)


def object_id(kind: str, data: bytes) -> str:
    """Return git's id of an object."""
    digest = hashlib.sha1(b"%s %d\x00" % (kind.encode(), len(data)), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


class Objects:
    """The object database of one repository."""

    def __init__(self, common_dir: Path, reader: Reader, on_their_way: OnTheirWay) -> None:
        """Use the objects under `common_dir`; `reader` finds what is packed."""
        self.on_their_way = on_their_way
        self._folder = str(common_dir / "objects")
        self._reader = reader
        self._memory: dict[str, bytes] = {}

    def _place(self, name: str) -> str:
        return f"{self._folder}/{name[:2]}/{name[2:]}"

    def read(self, name: str, kind: str) -> bytes:
        """Return the bytes of object `name`; `NeedsRepair("missing-object")` when it is gone."""
        found = self.find(name, kind)
        if found is None:
            raise NeedsRepair("missing-object", object=name)
        return found

    def find(self, name: str, kind: str) -> bytes | None:
        """Return the bytes of object `name`, or None when there is no such object of this kind."""
        remembered = self._memory.get(name)
        if remembered is not None:
            return remembered
        try:
            with open(self._place(name), "rb") as file:
                raw = zlib.decompress(file.read())
        except FileNotFoundError:
            packed = self._reader.get(name)
            if packed is None or packed[0] != kind:
                return None
            data = packed[1]
        except zlib.error:
            raise NeedsRepair("damaged-object", object=name) from None
        else:
            header, _, data = raw.partition(b"\0")
            if not header.startswith(kind.encode() + b" "):
                return None
        if kind != "blob":
            self._remember(name, data)
        return data

    def has(self, name: str) -> bool:
        """Tell whether a loose object of this name is there (a packed one may be, too)."""
        return name in self._memory or os.path.exists(self._place(name))

    def _remember(self, name: str, data: bytes) -> None:
        while len(self._memory) >= REMEMBERED:
            with contextlib.suppress(KeyError, StopIteration):
                del self._memory[next(iter(self._memory))]
        self._memory[name] = data

    def write(self, kind: str, data: bytes, name: str | None = None) -> str:
        """Write an object, send it on its way to the disk, and return its id (`name`, if known).

        Written beside its place and renamed, so that nobody ever reads half of one.
        """
        name = name or object_id(kind, data)
        place = self._place(name)
        if self.has(name):
            return name
        hit("object")
        packed = zlib.compress(b"%s %d\x00" % (kind.encode(), len(data)) + data, 1)
        beside = os.path.join(self._folder, f"tmp_obj_kb{os.getpid()}_{name[:12]}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o444)
        try:
            with open(descriptor, "wb") as file:
                file.write(packed)
                file.flush()
                self.on_their_way.send(file.fileno())
            self._rename(beside, place)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
        if kind != "blob":
            self._remember(name, data)
        return name

    def _rename(self, beside: str, place: str) -> None:
        try:
            os.rename(beside, place)
        except FileNotFoundError:
            folder = os.path.dirname(place)
            os.makedirs(folder, exist_ok=True)
            with contextlib.suppress(OSError):
                os.chmod(folder, os.stat(self._folder).st_mode & 0o7777)
            os.rename(beside, place)

    # Commits

    def commit(self, name: str) -> Commit:
        """Read a commit."""
        body = self.read(name, "commit")
        head = body.partition(b"\n\n")[0].decode("utf-8", "replace").split("\n")
        parents = tuple(line[7:] for line in head if line.startswith("parent "))
        return Commit(head[0][5:], parents, body)

    # Trees

    def entry(self, tree: str | None, path: str) -> Entry | None:
        """Return what stands at `path` in a tree, or None. Links are refused: `NotAllowed`."""
        name, _, rest = path.partition("/")
        if tree is None:
            return None
        found = tree_entry(self.read(tree, "tree"), os.fsencode(name))
        if found is None:
            return None
        if found.mode in ("120000", "160000"):
            raise NotAllowed("symlink", path=path)
        if not rest:
            return None if found.mode == FOLDER else found
        return self.entry(found.id, rest) if found.mode == FOLDER else None

    def names(self, tree: str | None, folder: str) -> list[str]:
        """Return the names in a folder of a tree ("" is the top); none where there is no such."""
        for part in folder.split("/") if folder else ():
            found = tree_entry(self.read(tree, "tree"), os.fsencode(part)) if tree else None
            tree = found.id if found and found.mode == FOLDER else None
        data = self.read(tree, "tree") if tree else b""
        return [os.fsdecode(entry[2]) for entry in ENTRY.finditer(data)]

    def tree_with(self, tree: str | None, changes: Mapping[str, Entry | None]) -> str | None:
        """Write the trees that differ by `changes`; return the new one, None when it is empty."""
        data = self.read(tree, "tree") if tree else b""
        below: dict[str, dict[str, Entry | None]] = {}
        here: list[tuple[bytes, Entry | None]] = []
        for path, entry in changes.items():
            name, _, rest = path.partition("/")
            if rest:
                below.setdefault(name, {})[rest] = entry
            else:
                here.append((os.fsencode(name), entry))
        for name, inner in below.items():
            found = tree_entry(data, os.fsencode(name))
            if found is not None and found.mode != FOLDER:
                raise NotAllowed("unsafe-path", path=name)
            child = self.tree_with(found.id if found else None, inner)
            here.append((os.fsencode(name), Entry(FOLDER, child) if child else None))
        for raw, entry in here:
            data = tree_replace(data, raw, entry)
        return self.write("tree", data) if data else None


def _find(data: bytes, name: bytes, *, folder: bool) -> tuple[int, int, bool]:
    """Return (start, stop, found) of `name` in a tree, or where it would have to stand."""
    key = name + b"/" if folder else name
    place = -1
    for entry in ENTRY.finditer(data):
        here = entry[2]
        if here == name:
            return entry.start(), entry.end(), True
        if place < 0 and (here + b"/" if entry[1] == b"40000" else here) > key:
            place = entry.start()
    return (place if place >= 0 else len(data)), -1, False


def tree_entry(data: bytes, name: bytes) -> Entry | None:
    """Return the entry `name` of a tree's bytes, or None."""
    start, stop, found = _find(data, name, folder=True)
    if not found:
        return None
    mode = data[start : data.index(b" ", start)].decode()
    return Entry(mode, data[stop - 20 : stop].hex())


def tree_replace(data: bytes, name: bytes, entry: Entry | None) -> bytes:
    """Return a tree's bytes with `name` set to `entry`, or taken out when it is None."""
    start, stop, found = _find(data, name, folder=True)
    if found:
        data = data[:start] + data[stop:]
    if entry is None:
        return data
    start, _, _ = _find(data, name, folder=entry.mode == FOLDER)
    piece = entry.mode.encode() + b" " + name + b"\0" + bytes.fromhex(entry.id)
    return data[:start] + piece + data[start:]


def commit_body(
    tree: str, parents: Sequence[str], author: str, committer: str, message: str
) -> bytes:
    """Return the bytes of a commit; `author` and `committer` are whole `name <mail> time zone`."""
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    lines += [f"author {author}", f"committer {committer}", "", message]
    return "\n".join(lines).encode("utf-8", "replace")
