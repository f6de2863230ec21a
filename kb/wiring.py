"""The only place that puts the parts together: a face asks for a context and gets all of it."""

import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb import clock, config
from kb.errors import NotFound
from kb.store.locate import left_behind, locate
from kb.work.context import Context

if TYPE_CHECKING:
    from sqlite3 import Connection

    from kb.config import Settings
    from kb.search.ports import SearchEngine
    from kb.store.identity import Identity
    from kb.store.ports import Actor, Merged, Merger
    from kb.store.store import Store
    from kb.work.starting import Started


def open_context(store: str | None, member: str | None, *, lang: str) -> Context:
    """Open the store at `store` (else `KB_STORE`, else around the working directory).

    `member` (else `KB_MEMBER`, else git's identity) acts; `lang` is what the face speaks.
    Raises what `Store.find` and `kb.config.load` raise.
    """
    named = store or os.environ.get("KB_STORE")
    if named and not Path(named).is_dir():  # or the store around it would be taken for it
        raise NotFound("no-store", path=Path(named).absolute())
    place = locate(Path(named or ".").absolute())
    settings = config.load(place.root)

    @cache
    def open_store() -> "Store":
        from kb.store.store import Store

        return Store.find(
            place.root,
            merge=_merge_documents(settings),
            merge_lines=_merge_lines,
            branch=settings.branch,
            lang=settings.lang,
        )

    if left_behind(place):
        open_store()  # completes it: a list must show what was acknowledged
    return Context(
        root=place.root,
        open_store=open_store,
        settings=settings,
        lang=lang,
        asked=member or os.environ.get("KB_MEMBER") or None,
        identity=lambda: open_store().identity(),
        open_engine=lambda name, db: _engine(place.root, name, db),
    )


def _engine(root: Path, name: str, db: "Connection") -> "SearchEngine":
    """Return the search engine that the store chose."""
    if name == "whoosh":
        from kb.search.whoosh_engine import WhooshEngine

        return WhooshEngine(root / ".kb" / "whoosh")
    from kb.search.fts import FtsEngine

    return FtsEngine(db)


def start_store(folder: Path, member: str | None, *, lang: str, team: str) -> "Started":
    """Make a new store in `folder`, with the caller as its first member, and return it.

    Raises what `kb.work.starting.start` and `first_member` raise.
    """
    from kb.work import starting

    first = starting.first_member(member or os.environ.get("KB_MEMBER"), who_is_here)
    return starting.start(
        folder, lang=lang, team=team, first=first, when=clock.now(), create=_create
    )


def who_is_here() -> "Identity | None":
    """Return whom git on this machine knows outside of any store, or None."""
    from kb.store.git import Git
    from kb.store.identity import who_writes

    return who_writes(Git(Path.cwd(), Path.cwd(), known=False), None)


def _create(
    root: Path, files: dict[str, bytes], actor: "Actor", message: str, when: datetime
) -> "Store":
    from kb.store.store import Store

    return Store.create(root, files, actor, message, when)


def _merge_documents(settings: "Settings") -> "Merger":
    """Return the merge of documents, which knows the team's words for sections and labels."""

    def merge(base: bytes | None, upstream: bytes, ours: bytes) -> "Merged":
        from kb.store.ports import Conflict, Merged
        from kb.text.merge import merge as merge_documents
        from kb.text.names import Names

        names = Names(settings.sections, settings.labels, settings.tags)
        merged = merge_documents(base, upstream, ours, names)
        return Merged(merged.data, tuple(Conflict(c.upstream, c.ours) for c in merged.conflicts))

    return merge


def _merge_lines(base: bytes | None, upstream: bytes, ours: bytes) -> "Merged":
    from kb.store.ports import Conflict, Merged
    from kb.text.merge3 import merge_lines

    merged = merge_lines(base, upstream, ours)
    return Merged(merged.data, tuple(Conflict(c.upstream, c.ours) for c in merged.conflicts))
