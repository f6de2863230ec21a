"""Brings a search engine up to the catalogue: meetings, pages and reviews that changed."""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Lock

from kb.catalogue import follow, ingest
from kb.search.ports import Entry, SearchEngine

VERSION = 13
"""Version of what is indexed and how it is cut; another one is indexed anew."""
LARGEST = 20 * 1024 * 1024
"""Bytes of a file that are read for the index."""
MANY = 100
"""Units after which the index is tidied up."""
PAUSE = 0.002
"""Seconds between two parts in which others can write."""
_building = Lock()
_NEW_LINE = re.compile(r"\r\n|\r|\n")

Progress = Callable[[int, int], None]


def bring_up(
    db: sqlite3.Connection,
    root: Path,
    name: str,
    engine: SearchEngine,
    progress: Progress | None = None,
) -> int:
    """Index what changed; return how many units were taken in. `name` is the engine's."""
    if not follow.follows(db, _follower(name, engine)):
        with ingest.transaction(db):
            if not follow.follows(db, _follower(name, engine)):  # somebody else may have begun
                engine.clear()
                follow.follow(db, _follower(name, engine))
    with _building:
        done = _take_in(db, root, engine, progress)
    if done:
        engine.settle(much=done >= MANY)
    return done + _reviews(db, root, engine)


def waiting(db: sqlite3.Connection, name: str, engine: SearchEngine) -> int:
    """Return how many meetings and pages `bring_up` would take in."""
    known = follow.follows(db, _follower(name, engine))
    return follow.count(db) if known else follow.every(db)


def _take_in(
    db: sqlite3.Connection, root: Path, engine: SearchEngine, progress: Progress | None
) -> int:
    """Index the units that changed, some at a time; return how many there were."""
    waiting = done = 0
    while units := follow.changed(db, engine.batch):
        if done:
            time.sleep(PAUSE)
        waiting = waiting or follow.count(db)
        with ingest.transaction(db):
            engine.apply(map(_storable, _of_units(db, root, units)), units)
            follow.seen(db, units)
        done += len(units)
        if progress is not None:
            progress(min(done, waiting), waiting)
    return done


def _follower(name: str, engine: SearchEngine) -> str:
    return f"{name}-{VERSION}-{engine.mark}"


def _storable(entry: Entry) -> Entry:
    """Return the entry without bytes that are no text."""
    try:
        f"{entry.text}{entry.title}{entry.around}".encode()
    except UnicodeEncodeError:
        clean = [
            text.encode("utf-8", "replace").decode()
            for text in (entry.text, entry.title, entry.around)
        ]
        return entry._replace(text=clean[0], title=clean[1], around=clean[2])
    return entry


def _of_units(db: sqlite3.Connection, root: Path, units: Iterable[str]) -> Iterator[Entry]:
    from kb.search import entries, rest
    from kb.text.frontmatter import front_span
    from kb.text.lines import decode

    files: dict[str, list[str]] = {}

    def lines(path: str) -> list[str]:
        if path not in files:
            files.clear()  # units of a document mostly come one after the other
            files[path] = _NEW_LINE.split(decode(_bytes(root / path) or b""))
        return files[path]

    for unit in units:
        if unit.startswith("m"):
            found = follow.meeting(db, unit)
            if found is not None:
                held = list(entries.of_meeting(found[0], unit, found[1]))
                yield from held
                start, stop = follow.lines(db, unit)
                text = lines(found[0].path)[start:stop]
                for first, words in rest.of_lines(text, held):
                    order = len(held) + first
                    yield held[0]._replace(
                        order=order, kind="note", id=None, line=first, text=words
                    )
        elif unit.startswith("d"):
            document = follow.document(db, unit)
            if document is not None:
                before = lines(document.path)[: document.lines]
                yield from rest.of_document(unit, before, document.account, document.name)
        else:
            page = follow.page(db, unit)
            data = _bytes(root / page.path) if page else None
            if page is not None and data is not None:
                body = decode(data[front_span(data).stop :])
                entry = entries.of_page(unit, page.kind, page.front, page.name, body)
                yield entry if _proven(db, root, page, data) else entries.unproven(entry)


def _proven(db: sqlite3.Connection, root: Path, page: follow.Page, data: bytes) -> bool:
    """Tell whether a page rests on a line of some meeting: by itself, a play by its principle."""
    from kb.model.principle import read_page

    read = read_page(data, page.path)
    if page.kind not in ("principle", "play") or read.evidence or read.insights:
        return True
    above = follow.principle_path(db, read.principle) if read.principle else None
    found = _bytes(root / above) if above else None
    if page.kind == "principle" or above is None or found is None:
        return False
    principle = read_page(found, above)
    return bool(principle.evidence or principle.insights)


def _reviews(db: sqlite3.Connection, root: Path, engine: SearchEngine) -> int:
    """Take in reviews that changed: few files, told apart by name, size and time."""
    here = {}
    try:
        with os.scandir(root / "reviews") as found:
            for file in found:
                if file.name.endswith(".md") and file.is_file(follow_symlinks=False):
                    stat = file.stat(follow_symlinks=False)
                    here[f"r{stat.st_size}.{stat.st_mtime_ns}:reviews/{file.name}"] = file.path
    except OSError:
        pass
    known = engine.units("r")
    new = [unit for unit in here if unit not in known]
    gone = [unit for unit in known if unit not in here]
    if not new and not gone:
        return 0
    with ingest.transaction(db):
        engine.apply(map(_storable, _of_reviews(new, here)), gone)
    return len(new)


def _of_reviews(units: Iterable[str], files: dict[str, str]) -> Iterator[Entry]:
    from kb.search import entries

    for unit in units:
        data = _bytes(Path(files[unit]))
        if data is not None:
            yield from entries.of_review(unit, data)


def place(db: sqlite3.Connection, entry: Entry) -> tuple[str, int] | None:
    """Return the path and the line (from 1) of an entry; None when it is gone."""
    if entry.unit.startswith("r"):
        return entry.unit.partition(":")[2], 1 + entry.line
    found = follow.place(db, entry.unit)
    return None if found is None else (found[0], found[1] + entry.line)


def _bytes(file: Path) -> bytes | None:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST)
    except OSError:
        return None
