"""Take existing notes over into running documents: read, plan, and save one commit an account."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.formats.decode import LIMIT, SUFFIXES, Skipped
from kb.messages import say
from kb.work.import_result import Document, ImportResult, SkippedSource

if TYPE_CHECKING:
    from kb.formats.known import Incoming, Merged
    from kb.formats.records import Notes
    from kb.work.context import Context

Progress = Callable[[int, int], None]
"""Called with the number of files done and of all files."""

_GENERIC = re.compile(
    r"(?:index|readme|notes?|meetings?|minutes?|archive[ds]?|docs?|documents?|source|src|files?|"
    r"weekly|monthly|gijiroku|all|tmp|data|import|export|議事録|会議|定例|ミーティング|メモ|記録|"
    r"[\d年月日回第_.\-()（）\s])+"
)
_NOT_SLUG = re.compile(r"[^\w-]+|_+")
_IGNORED = frozenset({".git", ".kb", ".hg", ".svn", "node_modules", "__pycache__"})


class Source(NamedTuple):
    """A file to read: its place, and the name by which the answer calls it."""

    path: Path
    shown: str


@dataclass(slots=True)
class _Account:
    """One account of the import: what goes into its document."""

    slug: str
    path: str
    name: str | None
    lang: str
    new: bool
    incoming: list["Incoming"] = field(default_factory=list)
    owners: list[tuple[int, int]] = field(default_factory=list)  # document, meeting of each


def run(
    context: "Context",
    paths: Sequence[Path],
    account: str | None = None,
    name: str | None = None,
    year: int | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Import `paths` (files, or folders with all they hold) and return what was understood.

    `account` takes everything into one document; otherwise each file's front matter, name or
    folder says whose notes they are. An unknown account is made, called `name`. `year` is that
    of dates without one. With `dry_run` nothing is written. What is in the document already is
    left alone, so a second import changes nothing.

    Raises `NotFound("import-no-path")`, `WrongUse` ("import-too-large" for a file named by the
    caller, "import-own", "import-bad-account", "import-bad-year", "import-no-account"), and what a
    save raises.
    """
    from kb.formats.notes_md import read

    if year is not None and not 1900 <= year <= 2200:
        raise WrongUse("import-bad-year", year=year)
    own = context.store.root.resolve() / "accounts"
    if any(path.resolve().is_relative_to(own) for path in paths):
        raise WrongUse("import-own")
    sources = list(_sources(paths))
    members = _members(context)
    documents: list[Document] = []
    skipped: list[SkippedSource] = []
    accounts: dict[str, _Account] = {}
    known = _Accounts(context)
    given = checked_slug(account) if account is not None else None
    for number, source in enumerate(sources):
        notes = _read(source, lambda data, shown: read(data, shown, year))
        if isinstance(notes, Skipped):
            skipped.append(SkippedSource(source.shown, notes.code))
        else:
            slug = given or slug_of(notes.account, source.path)
            place = accounts.get(slug) or known.find(slug)
            place = accounts.setdefault(place.slug, place)
            place.name = place.name or name or notes.name
            _take(place, notes, len(documents))
            documents.append(Document(notes, place.slug, place.path))
        if progress is not None:
            progress(number + 1, len(sources))
    for place in accounts.values():
        merged = _save(context, place, members, dry_run=dry_run)
        for index in merged.added:
            document, meeting = place.owners[index]
            documents[document].added.append(meeting)
        for index in merged.changed:
            document, meeting = place.owners[index]
            documents[document].changed.append(meeting)
    return ImportResult(tuple(documents), tuple(skipped), context.lang, dry_run)


def _sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield the files to read: those named, and all in named folders in order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            if path.stat().st_size > LIMIT:
                raise WrongUse("import-too-large", path=path.name, limit=LIMIT >> 20)
            yield Source(path, path.as_posix())
        else:
            raise NotFound("import-no-path", path=str(path))


def _folder(folder: Path) -> Iterator[Source]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_symlink() or entry.name in _IGNORED:
            continue
        if entry.is_dir():
            yield from _folder(entry)
        elif entry.is_file():
            yield Source(entry, entry.as_posix())


def _read(source: Source, read: "Callable[[bytes, str], Notes | Skipped]") -> "Notes | Skipped":
    if source.path.suffix.lower() not in SUFFIXES:
        return Skipped("import-other-kind")
    try:
        with source.path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError:
        return Skipped("import-unreadable")
    return read(data, source.shown)


def _members(context: "Context") -> dict[str, str]:
    """Return our people by key and by name (folded), each with the key."""
    found = {}
    for key, member in context.settings.members.items():
        for word in (key, member.name):
            if word:
                found[word.casefold()] = key
    return found


def checked_slug(word: str) -> str:
    """Return an account's short name as given by a person; `WrongUse("import-bad-account")`."""
    slug = unicodedata.normalize("NFC", word.strip())
    if not re.fullmatch(r"[\w-]{1,64}", slug) or slug.startswith(("-", "_")):
        raise WrongUse("import-bad-account", account=word)
    return slug


def slug_of(written: str | None, path: Path) -> str:
    """Return the account's short name that a file's front matter, name or folders suggest.

    Made of letters, digits and `-`; names that only say "notes" or a date give way to the folder
    around them. Raises `WrongUse("import-no-account")` when nothing is left.
    """
    resolved = path.resolve()
    candidates = [written] if written else []
    if not re.match(r"\W*(?:(?:19|20)\d\d|\d{1,2}[-_.]\d)", resolved.stem):
        candidates.append(resolved.stem)
    candidates += [parent.name for parent in resolved.parents]
    for candidate in candidates:
        slug = _slug(candidate or "")
        if slug and not _GENERIC.fullmatch(slug) and not re.match(r"(?:19|20)\d\d", slug):
            return slug
    raise WrongUse("import-no-account", path=path.name)


def _slug(word: str) -> str:
    text = unicodedata.normalize("NFKC", word).casefold()
    return unicodedata.normalize("NFC", _NOT_SLUG.sub("-", text)).strip("-")[:64].strip("-")


class _Accounts:
    """The documents that the store has, found by an account's name in any spelling."""

    def __init__(self, context: "Context") -> None:
        self.context = context
        self._by_fold: dict[str, str] | None = None

    def find(self, slug: str) -> _Account:
        """Return the account of that name; a new one when no document is its."""
        lang = self.context.settings.lang
        path = f"accounts/{slug}.md"
        snapshot = self.context.store.read(path)
        if snapshot is not None and (_front(snapshot.data, "account") or slug) == slug:
            return _Account(slug, path, None, _lang(snapshot.data, lang), new=False)
        if self._by_fold is None:
            listed = self.context.catalogue.accounts(
                self.context.now.replace(tzinfo=None), archived=True
            )
            self._by_fold = {_fold(entry.account): entry.account for entry in listed}
        own = self._by_fold.get(_fold(slug))
        if own is None:
            return _Account(slug, path, None, lang, new=True)
        place = self.context.catalogue.account(own)
        snapshot = self.context.store.read(place.path)
        written = _lang(snapshot.data if snapshot else b"", lang)
        return _Account(own, place.path, None, written, new=False)


def _fold(slug: str) -> str:
    return unicodedata.normalize("NFKC", slug).casefold()


def _front(data: bytes, key: str) -> str | None:
    from kb.text.frontmatter import scalar

    return scalar(data, key)


def _lang(data: bytes, default: str) -> str:
    found = _front(data, "lang")
    return found if found in ("ja", "en") else default


def _take(place: _Account, notes: "Notes", document: int) -> None:
    from kb.formats.known import Incoming

    source = notes.source.rsplit("/", 1)[-1]
    parent = notes.source.rsplit("/", 2)[-2] if "/" in notes.source else ""
    if re.fullmatch(r"(?:index|readme)\.\w+", source, re.IGNORECASE) and parent:
        source = f"{parent}/{source}"
    for index, meeting in enumerate(notes.meetings):
        place.incoming.append(Incoming(meeting, source))
        place.owners.append((document, index))


def _merged(
    context: "Context", place: _Account, members: dict[str, str], data: bytes | None
) -> "Merged":
    from kb.formats.known import Importer

    importer = Importer(place.slug, place.lang, members, context.names)
    return importer.merge(data if data is not None else _new_document(place), place.incoming)


def _current(context: "Context", place: _Account) -> bytes | None:
    snapshot = None if place.new else context.store.read(place.path)
    return snapshot.data if snapshot else None


def _save(
    context: "Context", place: _Account, members: dict[str, str], *, dry_run: bool
) -> "Merged":
    """Write what is new of one account, in one commit; no commit when nothing is."""
    from kb.store.ports import Edit

    before = _current(context, place)
    planned = _merged(context, place, members, before)
    if dry_run or not planned.added:
        return planned
    result = [planned]

    def apply(current: bytes | None) -> bytes:
        if current != before:  # somebody wrote meanwhile
            result[0] = _merged(context, place, members, current)
        return result[0].data

    message, _ = say(
        "import-message", context.settings.lang, account=place.slug, count=len(planned.added)
    )
    context.store.save([Edit(place.path, apply)], actor=context.actor, message=message)
    return result[0]


def _new_document(place: _Account) -> bytes:
    from kb.text.arrange import quoted

    name = " ".join((place.name or place.slug).split())
    front = f"---\naccount: {quoted(place.slug)}\nname: {quoted(name)}\n---\n"
    return f"{front}\n# {name}\n".encode()
