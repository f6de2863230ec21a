"""From a document's bytes to what the catalogue keeps of it: pure, and the only part that parses.

What was read of a meeting is remembered under the meeting's own bytes, so that one changed line
in a long document reads one meeting again.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue.codec import CODEC, dump, pack
from kb.text.names import Names
from kb.text.version import PARSER

if TYPE_CHECKING:
    from kb.text.document import Meeting as MeetingText
    from kb.text.outline import Document


class Fields(NamedTuple):
    """An account as its front matter has it; `problem` is the line that can't be read."""

    account: str
    name: str
    csm: str | None
    unit: str | None
    segment: str | None
    stage: str | None
    mrr: int | None
    lang: str | None
    archived: bool
    problem: int | None


class ChunkRow(NamedTuple):
    """A chunk of a document: where it starts, and the key of its content and circumstances."""

    kind: str
    start: int
    line: int
    key: str


class Parsed(NamedTuple):
    """All that the catalogue keeps of one blob; `bodies` are the meetings read just now."""

    fields: Fields
    seed: str
    level: int
    chunks: tuple[ChunkRow, ...]
    size: int
    bodies: dict[str, bytes]

    def stored(self) -> bytes:
        """Return what is remembered of the blob as JSON; `restored` is the inverse."""
        return dump((self.fields, self.seed, self.level, self.chunks, self.size))

    def meetings(self) -> Iterator[tuple[int, ChunkRow]]:
        """Yield the chunks that are meetings, with their indexes."""
        return ((at, chunk) for at, chunk in enumerate(self.chunks) if chunk.kind == "meeting")


def restored(value: Any) -> Parsed:  # noqa: ANN401 (JSON)
    """Return what `Parsed.stored` remembered; raises for anything else."""
    fields, seed, level, chunks, size = value
    return Parsed(Fields(*fields), seed, level, tuple(ChunkRow(*c) for c in chunks), size, {})


def blob_id(data: bytes) -> str:
    """Return the id that git gives these bytes."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def stem(path: str) -> str:
    """Return the account's name that a file's own name gives: composed, without folder and end."""
    return unicodedata.normalize("NFC", path.rpartition("/")[2].removesuffix(".md"))


class Understanding:
    """How documents are read in this store: its names and its members."""

    def __init__(self, names: Names, members: frozenset[str]) -> None:
        """Read with the vocabulary `names`; `members` are the keys of the team's members."""
        self.names = names
        self.members = members

    @cached_property
    def context(self) -> str:
        """Return what any reading depends on besides the bytes."""
        team = hashlib.blake2b(dump(sorted(self.members)), digest_size=8).hexdigest()
        return f"{PARSER}.{CODEC}.{self.names.digest}.{team}"

    def context_at(self, path: str) -> str:
        """Return what the reading of the file at `path` depends on besides its bytes."""
        return f"{self.context}/{stem(path)}/{int(_in_archive(path))}"

    def read(
        self,
        data: bytes,
        path: str,
        known: Callable[[str], bool],
        *,
        before: Parsed | None = None,
        document: "Document | None" = None,
    ) -> Parsed:
        """Read a document; meetings that are `known` by their key, or were there, are not read.

        `before` is what was read of an earlier text of the file, `document` is this very text
        read by somebody else: with either only what changed is parsed.
        """
        from kb.model.people import read_people
        from kb.model.reading import Reader
        from kb.text import frontmatter

        front = frontmatter.read(data)
        problem = None if front else frontmatter.problem(data)
        account = unicodedata.normalize("NFC", _text(front, "account") or stem(path))
        seed = self.seed(account, front)
        if document is None or document.data != data:
            document = self.document(data, seed, before)
        reader = Reader(
            data,
            self.names,
            account=account,
            path=path,
            members=self.members,
            people=read_people(front),
        )
        bodies: dict[str, bytes] = {}
        there = {chunk.key for chunk in before.chunks} if before else set()
        rows = []
        for index, chunk in enumerate(document.chunks):
            key = key_of(seed, data[chunk.span.start : chunk.span.stop])
            if (
                chunk.kind == "meeting"
                and key not in there
                and key not in bodies
                and not known(key)
            ):
                found: MeetingText = document.meeting(index)
                bodies[key] = pack(reader.read(found), found)
            rows.append(ChunkRow(chunk.kind, chunk.span.start, chunk.line, key))
        fields = _fields(front, problem, path, account, document)
        return Parsed(fields, seed.hex(), document.level, tuple(rows), len(data), bodies)

    def document(self, data: bytes, seed: bytes, before: Parsed | None) -> "Document":
        """Return the structure of a document; what is as it was `before` isn't parsed again."""
        from kb.text.again import Before, boundaries_again
        from kb.text.outline import parse, parse_whole

        if before is None or before.seed != seed.hex():
            return parse_whole(data, self.names)
        chunks = before.chunks
        again = boundaries_again(
            data,
            self.names,
            Before(before.level, [chunk[:3] for chunk in chunks], before.size),
            lambda index, part: key_of(seed, part) == chunks[index].key,
        )
        return parse(data, self.names, again)

    def seed(self, account: str, front: Mapping[str, Any]) -> bytes:
        """Return a digest of what a meeting's reading depends on besides its own bytes."""
        body = dump((self.context, account, front.get("people")))
        return hashlib.blake2b(body, digest_size=16).digest()


def key_of(seed: bytes, part: bytes) -> str:
    """Return the key of a part of a document that is read under the circumstances `seed`."""
    return hashlib.blake2b(part, digest_size=16, key=seed).hexdigest()


def _fields(
    front: Mapping[str, Any], problem: int | None, path: str, account: str, document: "Document"
) -> Fields:
    mrr = (_text(front, "mrr") or "").replace(",", "").replace("_", "")
    return Fields(
        account=account,
        name=_text(front, "name") or _title(document) or account,
        csm=_text(front, "csm"),
        unit=_text(front, "unit"),
        segment=_text(front, "segment"),
        stage=_text(front, "stage"),
        mrr=int(mrr) if mrr.isascii() and mrr.isdigit() and len(mrr) < 16 else None,
        lang=_text(front, "lang"),
        archived=bool(_text(front, "archived")) or _in_archive(path),
        problem=problem,
    )


def _in_archive(path: str) -> bool:
    return "_archive" in path.split("/")


def _title(document: "Document") -> str | None:
    """Return the first heading above all meetings."""
    if document.chunks and document.chunks[0].kind == "preamble":
        for section in document.section(0).children:
            if section.heading:
                return section.heading
    return None


def _text(front: Mapping[str, Any], key: str) -> str | None:
    value = front.get(key)
    return value.strip() or None if isinstance(value, str) else None
