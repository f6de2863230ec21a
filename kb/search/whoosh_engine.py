"""The engine in pure Python: Whoosh keeps the index in a folder; what is found is scored here.

Scores are SQLite's bm25, so both engines rank alike. Postings are read in blocks and summed.

Whoosh unpickles what it reads, so an index that this module did not write is never opened: a
marker names every file with its size, time and inode, and what differs is made anew.
"""

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from heapq import nlargest
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from kb.search import marker
from kb.search.ports import ALL, Entry, Found, IndexDamaged, Told, Where
from kb.search.query import Query
from kb.search.scoring import Asked, Block, damping
from kb.search.tokens import normal
from kb.search.whoosh_fields import fields, unpacked

VERSION = 4
"""Version of the fields below; an index of another one is made anew."""
LOCK, NAME, ENDINGS = "kb.lock", "MAIN", (".toc", ".seg")
PATIENCE = 10.0
"""Seconds that a second writer waits."""
MEMORY = 64
"""Megabytes of postings that are sorted in memory."""
BLOCK = 1024
"""Postings in one block."""
PART = 40
"""Bits of a key that say which entry of a part it is."""
LOW = (1 << PART) - 1
SMALL, MANY = 1000, 8
"""Entries of a part that is small, and how many such parts are joined."""
SLACK = 0.25
"""The share of deleted entries at which the index is written anew."""

Answer = TypeVar("Answer")


class _Weighted(FieldType):
    """A field that is given its terms with their weights, and keeps nothing else."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(
        self, value: dict[str, float], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


class _Blocks(W3LeafMatcher):
    """Postings that are read by the block: ten times as fast as Whoosh's own searcher."""

    def blocks(self) -> Iterator[Block]:
        """Yield the numbers of entries and the weights in them."""
        while self.is_active():
            self._read_ids()
            self._read_weights()
            yield self._ids, self._weights
            self._next_block()


class _Codec(W3Codec):
    """Whoosh's own format, with larger blocks that are not compressed."""

    length_stats = False
    """Lengths stand in a column of ours; theirs would be looked up for every posting."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def postings_reader(
        self,
        dbfile: object,
        terminfo: Any,  # noqa: ANN401 (Whoosh has no types)
        format_: object,
        term: object = None,
        scorer: object = None,
    ) -> Any:  # noqa: ANN401
        """Return the postings of a term; Whoosh writes none into the term's own entry."""
        return _Blocks(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)


CODEC = _Codec()
SCHEMA = Schema(
    words=_Weighted(),
    extra=_Weighted(),
    kana=_Weighted(),
    keys=_Weighted(),
    entry=STORED(),
    size=COLUMN(NumericColumn("i")),
    facts=COLUMN(NumericColumn("q")),
)


class _Reader(SegmentReader):
    """One part of the index, opened for reading; entries go by their numbers in it."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:  # noqa: ANN401
        super().__init__(storage, SCHEMA, segment, codec=CODEC)
        self.count: int = self.doc_count_all()
        self.gone: frozenset[int] = self.deleted_docs_set
        self.sizes = self._all("size")
        self.facts: Sequence[int] = self.column_reader("facts", translate=False)
        self.live = sum(self.sizes) - sum(self.sizes[n] for n in self.gone)
        self.damping: list[float] = []

    def _all(self, name: str) -> Sequence[int]:
        """Return a column of numbers, read at once; zeros at the end are not written."""
        file, start, length = self._perdoc._get_column_file(name)  # noqa: SLF001 (no public way)
        numbers = file.get_array(start, "i", length // 4)
        return [*numbers, *[0] * (self.count - len(numbers))]

    def blocks(self, field: str, term: str) -> Iterator[Block]:
        """Yield the numbers of the entries that have a term, deleted ones too, and its weights."""
        bare = term.encode()
        if (field, bare) not in self._terms:
            return
        yield from self._terms.matcher(field, bare, self.schema[field].format).blocks()

    def frequency_of(self, field: str, term: str) -> int:
        """Return how many entries have a term."""
        key = (field, term.encode())
        return int(self._terms.doc_frequency(*key)) if key in self._terms else 0

    def docs(self, field: str, term: str) -> set[int]:
        """Return the entries that have a term."""
        found: set[int] = set()
        for numbers, _ in self.blocks(field, term):
            found.update(numbers)
        return found - self.gone

    def starting(self, field: str, start: str) -> list[str]:
        """Return the terms of a field that begin so."""
        if field not in self.indexed_field_names():
            return []
        return [term.decode() for term in self.expand_prefix(field, start)]

    def keyed(self, *keys: str) -> set[int]:
        """Return the entries that have one of these keys."""
        found: set[int] = set()
        for key in keys:
            found |= self.docs("keys", key)
        return found

    def between(self, start: str, low: str | None, high: str | None) -> set[int]:
        """Return the entries that have a key that begins with `start` and lies in between."""
        keys = self.starting("keys", start)
        fits = (k for k in keys if (low or "") <= k[len(start) :] <= (high or "\U0010ffff"))
        return self.keyed(*fits)

    def day(self, number: int) -> int:
        """Return the date of an entry as a number that grows with time, 0 without one."""
        return self.facts[number] >> 16

    def entry(self, number: int) -> Entry:
        """Return an entry."""
        return Entry(*self.stored_fields(number)["entry"])


class _Opened(NamedTuple):
    """The index as it was signed, and its parts, opened."""

    signed: marker.Signed
    parts: tuple[_Reader, ...]


_open = threading.local()
"""What this thread has open, by folder: a reader moves through its files."""


class WhooshEngine:
    """An index in `folder`, made and mended when that is needed."""

    batch = 1024

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self.folder = folder

    @property
    def mark(self) -> str:
        """What tells this index from one that was filled from other rows; made when missing."""
        return self._opened().signed.mark

    @property
    def version(self) -> Hashable:
        """What is another one whenever something else is indexed: what all files are."""
        return self._opened().signed.key

    def clear(self) -> None:
        """Begin anew, with another mark."""
        with _lock(self.folder):
            self._make()

    def units(self, start: str = "") -> set[str]:
        """Return the units that are indexed and begin with `start`."""
        return self._read(
            lambda parts: {
                key[2:]
                for part in parts
                for key in part.starting("keys", f"n:{start}")
                if part.docs("keys", key)
            }
        )

    def apply(self, added: Iterable[Entry], removed: Iterable[str]) -> None:
        """Take out the units in `removed`, then put in the entries in `added`; all or nothing."""
        entries = list(added)
        keys = [f"n:{unit}" for unit in removed]
        with _lock(self.folder):
            opened = self._opened(locked=True)
            bases, base = [], 0
            for part in opened.parts:
                bases.append(base)
                base += part.count
            gone = [
                first + number
                for first, part in zip(bases, opened.parts, strict=True)
                for number in part.keyed(*keys)
            ]
            if entries or gone:
                self._write(opened, entries, gone)

    def settle(self, *, much: bool) -> None:
        """Do nothing: parts are joined while they are written."""

    def _write(self, opened: _Opened, entries: list[Entry], gone: list[int]) -> None:
        storage = FileStorage(str(self.folder))
        writer = SegmentWriter(FileIndex(storage, SCHEMA, NAME), codec=CODEC, limitmb=MEMORY)
        try:
            for number in gone:
                writer.delete_document(number)
            for entry in entries:
                writer.add_document(**fields(entry))
            whole = sum(part.count for part in opened.parts)
            if writer.deleted_count() > whole * SLACK:
                writer.commit(optimize=True)
            else:
                writer.commit(mergetype=_join_small)
        except BaseException:
            with suppress(Exception):
                writer.cancel()
            raise
        marker.sign(self.folder, VERSION, opened.signed.mark, ENDINGS)

    def _make(self) -> None:
        """Empty the folder and make an index in it (under the lock)."""
        marker.empty(self.folder, LOCK)
        FileIndex.create(FileStorage(str(self.folder)), SCHEMA, NAME)
        marker.sign(self.folder, VERSION, secrets.token_hex(8), ENDINGS)

    def _opened(self, *, locked: bool = False) -> _Opened:
        """Return the index that is in the folder, opened; a new one when it is none of ours."""
        known: dict[Path, _Opened] = _open.__dict__.setdefault("known", {})
        opened = known.get(self.folder)
        if opened is not None and marker.still(self.folder, ENDINGS, opened.signed):
            return opened
        known.pop(self.folder, None)
        found = marker.signed(self.folder, VERSION, ENDINGS)
        if found is None:
            if not locked:  # while somebody writes, files and marker differ
                with _lock(self.folder):
                    return self._opened(locked=True)
            self._make()
            found = marker.signed(self.folder, VERSION, ENDINGS)
        if found is None:
            raise OSError(f"cannot write an index in {self.folder}")
        storage = FileStorage(str(self.folder))
        try:
            segments = TOC.read(storage, NAME, schema=SCHEMA).segments
            parts = tuple(_Reader(storage, segment) for segment in segments)
        except (FileNotFoundError, EmptyIndexError) as error:
            if locked:
                raise IndexDamaged from error
            with _lock(self.folder):  # somebody wrote meanwhile
                return self._opened(locked=True)
        average = sum(p.live for p in parts) / max(1, sum(p.count - len(p.gone) for p in parts))
        for part in parts:
            part.damping = [damping(size, average) for size in part.sizes]
        known[self.folder] = _Opened(found, parts)
        return known[self.folder]

    def _read(self, job: Callable[[tuple[_Reader, ...]], Answer]) -> Answer:
        """Run `job` on the opened parts; whatever it trips over is damage."""
        try:
            return job(self._opened().parts)
        except OSError:
            raise
        except Exception as error:
            _open.__dict__.pop("known", None)
            raise IndexDamaged from error

    def find(self, query: Query, where: Where, limit: int, *, every: bool) -> list[Found]:
        """Return the best entries: those that meet all groups (`every`), or any term."""

        def job(parts: tuple[_Reader, ...]) -> list[Found]:
            asked = Asked(parts, query, where, every=every)
            best = nlargest(limit, asked.scored(), key=lambda one: (one[0], -one[1], -one[2]))
            return [
                _found(at, parts[at], n, score if query.groups else 0.0, asked.synonym(at, n))
                for score, at, n in best
            ]

        return self._read(job)

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries that were found under these keys, in that order."""
        return self._read(lambda parts: [parts[key >> PART].entry(key & LOW) for key in keys])

    def fitting(self, query: Query, where: Where) -> Sequence[int]:
        """Return the keys of all entries that meet all groups and filters, in any order."""
        return [one.key for one in self.find(query, where, ALL, every=True)]

    def facts(self, keys: Sequence[int]) -> dict[int, Found]:
        """Return what the rank of entries depends on, by key."""
        entries = zip(keys, self.entries(keys), strict=True)
        return {key: Found(key, 0.0, e.kind, e.status, e.date) for key, e in entries}

    def told(self, mark: object) -> Told:
        """Return all entries: where they stand may be another place after each change."""
        entries = self._read(
            lambda parts: [
                (at << PART | number, *part.entry(number)[5:7])
                for at, part in enumerate(parts)
                for number in sorted({*range(part.count)} - part.gone)
            ]
        )
        return Told(mark, True, entries, [])

    def tags(self) -> list[str]:
        """Return the tags that entries have, in their compared form."""
        return sorted(self._read(lambda ps: {t[2:] for p in ps for t in p.starting("keys", "t:")}))

    def by_id(self, id_: str) -> list[Entry]:
        """Return the entries that have this id."""
        return self._read(
            lambda parts: [p.entry(n) for p in parts for n in sorted(p.keyed(f"i:{id_}"))]
        )

    def near(self, word: str, limit: int) -> list[str]:
        """Return indexed terms that begin like `word`, the most frequent first."""
        start = normal(word)[:2]
        if not start:
            return []

        def job(parts: tuple[_Reader, ...]) -> Counter[str]:
            found = Counter[str]()
            for part in parts:
                for term in part.starting("words", start):
                    found[term] += part.frequency_of("words", term)
            return found

        return [term for term, _ in self._read(job).most_common(limit)]


def _found(at: int, part: _Reader, number: int, score: float, synonym: float) -> Found:
    return Found(at << PART | number, score, *unpacked(part.facts[number]), synonym)


def _join_small(writer: Any, segments: list[Any]) -> list[Any]:  # noqa: ANN401
    """Write small parts into the new one when they are many; Whoosh's own rule may take all."""
    small = [segment for segment in segments if segment.doc_count_all() < SMALL]
    if len(small) < MANY:
        return segments
    for segment in small:
        reader = _Reader(writer.storage, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in small]


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the folder for writing; a second writer waits."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileStorage(str(folder)).lock(LOCK)
    if not try_for(lock.acquire, timeout=PATIENCE, delay=0.02):
        raise TimeoutError(f"somebody else is writing in {folder}")
    try:
        yield
    finally:
        lock.release()
