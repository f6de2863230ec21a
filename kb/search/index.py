"""Brings a search engine up to the catalogue: meetings, pages and reviews that changed."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kb.catalogue import follow, ingest
from kb.search.ports import Entry, SearchEngine

VERSION = 4
"""Version of what is indexed and how it is cut; another one is indexed anew."""
LARGEST = 4 * 1024 * 1024
"""Bytes of a page or review that is read for the index."""

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
        engine.clear()
        follow.follow(db, _follower(name, engine))
    waiting = follow.count(db)
    done = 0
    while units := follow.changed(db, engine.batch):
        with ingest.transaction(db):
            engine.apply(_of_units(db, root, units), units)
            follow.seen(db, units)
        done += len(units)
        if progress is not None:
            progress(min(done, waiting), waiting)
    return done + _reviews(db, root, engine)


def _follower(name: str, engine: SearchEngine) -> str:
    return f"{name}-{VERSION}-{engine.mark}"


def _of_units(db: sqlite3.Connection, root: Path, units: Iterable[str]) -> Iterator[Entry]:
    from kb.search import entries
    from kb.text.frontmatter import front_span
    from kb.text.lines import decode

    for unit in units:
        if unit.startswith("m"):
            found = follow.meeting(db, unit)
            if found is not None:
                yield from entries.of_meeting(found[0], unit, found[1])
            continue
        page = follow.page(db, unit)
        data = _bytes(root / page.path) if page else None
        if page is not None and data is not None:
            body = decode(data[front_span(data).stop :])
            yield entries.of_page(unit, page.kind, page.front, page.name, body)


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
        engine.apply(_of_reviews(new, here), gone)
    return len(new)


def _of_reviews(units: Iterable[str], files: dict[str, str]) -> Iterator[Entry]:
    from kb.search import entries
    from kb.text.lines import decode

    for unit in units:
        data = _bytes(Path(files[unit]))
        if data is not None:
            yield from entries.of_review(unit, decode(data).replace("\r\n", "\n"))


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
