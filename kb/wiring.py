"""The only place that puts the parts together: a face asks for a context and gets all of it."""

import os
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kb import clock, config
from kb.errors import NotFound
from kb.store.locate import left_behind, locate
from kb.work.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from kb.catalogue.catalogue import Catalogue
    from kb.config import Settings
    from kb.search.ports import SearchEngine
    from kb.store.identity import Identity
    from kb.store.locate import Place
    from kb.store.ports import Actor, Merged, Merger
    from kb.store.store import Store
    from kb.work.starting import Started


def open_context(store: str | None, member: str | None, *, lang: str) -> Context:
    """Open the store at `store` (else `KB_STORE`, else around the working directory).

    `member` (else `KB_MEMBER`, else git's identity) acts; `lang` is what the face speaks.
    Raises what `Store.find` and `kb.config.load` raise.
    """
    place = _place(store)
    settings = config.load(place.root)
    return _context(place, settings, (member, lang))


def _place(store: str | None) -> "Place":
    """Return where the store is that is named, else the one of the environment or around us."""
    named = store or os.environ.get("KB_STORE")
    if named and not Path(named).is_dir():  # or the store around it would be taken for it
        raise NotFound("no-store", path=Path(named).absolute())
    return locate(Path(named or ".").absolute())


def _context(
    place: "Place",
    settings: "Settings",
    asked: tuple[str | None, str],
    kept: "_Kept | None" = None,
) -> Context:
    """Return a context for (member, language) as `open_context` was `asked` for it.

    What it needs is opened for it alone, or lent by what is `kept` open.
    """
    member, lang = asked

    @cache
    def open_store() -> "Store":
        return _open_store(place, settings)

    def identity() -> "Identity | None":
        return context.store.identity()

    context = Context(
        root=place.root,
        open_store=kept.store if kept else open_store,
        settings=settings,
        lang=lang,
        asked=member or os.environ.get("KB_MEMBER") or None,
        identity=identity,
        open_engine=lambda name, db: _engine(place.root, name, db),
        lender=kept,
    )
    if left_behind(place) and not (kept and kept.follows):
        context.store.complete()  # a list must show what was acknowledged
    return context


def _open_store(place: "Place", settings: "Settings") -> "Store":
    from kb.store.store import Store

    return Store.find(
        place.root,
        merge=_merge_documents(settings),
        merge_lines=_merge_lines,
        branch=settings.branch,
        lang=settings.lang,
    )


class Desk:
    """Contexts for a server: stores and catalogues stay open from one request to the next.

    A context is new for each request, with its own clock, settings and member; what it borrows is
    nobody else's until it is closed. Safe among threads.
    """

    def __init__(self, store: str | None, *, follows: bool = False) -> None:
        """Serve the store at `store`, named as for `open_context`.

        One that `follows` another process trusts that this has looked at the files.
        """
        self._store = store
        self._follows = follows
        self._lock = Lock()
        self._place: Place | None = None
        self._kept: _Kept | None = None

    def open(self, member: str | None, *, lang: str) -> Context:
        """Return a context for one request, to be closed; all as `open_context` does it."""
        place = self._where()
        settings = config.load(place.root)
        with self._lock:
            kept = self._kept
            if kept is None or kept.settings is not settings:
                if kept is not None:
                    kept.close()
                kept = self._kept = _Kept(place, settings, follows=self._follows)
        return _context(place, settings, (member, lang), kept)

    def root(self) -> Path:
        """Return the store's folder, whatever its settings say."""
        return self._where().root

    def _where(self) -> "Place":
        with self._lock:
            if self._place is None:
                self._place = _place(self._store)
            return self._place

    def close(self) -> None:
        """Close what is open; what is lent is closed when it comes back."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
            self._kept = None


class _Kept:
    """Stores and catalogues of one store under one `kb.toml`, lent to one request at a time."""

    def __init__(self, place: "Place", settings: "Settings", *, follows: bool) -> None:
        from kb.catalogue.keeper import Keeper
        from kb.catalogue.shared import Following
        from kb.store.lock import last_held, times_held
        from kb.text.names import Names

        self.place = place
        self.settings = settings
        self.follows = follows
        self.names = Names(settings.sections, settings.labels, settings.tags)
        saves = (times_held, last_held)
        self._keeper = (
            Following() if follows else Keeper(place.root, self.names, settings.members, saves)
        )
        self._lock = Lock()
        self._stores: list[Store] = []
        self._catalogues: list[Catalogue] = []
        self._over = False

    def store(self) -> "Store":
        """Lend a store."""
        with self._lock:
            lent = self._stores.pop() if self._stores else None
        if lent is None:
            return _open_store(self.place, self.settings)
        lent.last = None
        return lent

    def catalogue(self) -> "Catalogue":
        """Lend a catalogue that will look at the files when it is asked."""
        from kb.catalogue.catalogue import Catalogue
        from kb.catalogue.keeper import MEMORY

        with self._lock:
            lent = self._catalogues.pop() if self._catalogues else None
        if lent is None:
            how = (self.place.root, self.names, self.settings.members)
            return Catalogue(*how, shared=self._keeper, memory=MEMORY)
        lent.rest()
        return lent

    def take_back(self, lent: "Store | Catalogue") -> None:
        """Keep what was lent for the next request; the last one used is lent first."""
        from kb.store.store import Store

        with self._lock:
            if not self._over:
                if isinstance(lent, Store):
                    self._stores.append(lent)
                else:
                    self._catalogues.append(lent)
                return
        lent.close()

    def __del__(self, ending: "Callable[[], bool]" = sys.is_finalizing) -> None:
        if not ending():  # else what closes it may be gone already
            self.close()

    def close(self) -> None:
        """Close what is not lent, and the rest when it comes back."""
        with self._lock:
            self._over = True
            opened: list[Store | Catalogue] = [*self._stores, *self._catalogues]
            self._stores, self._catalogues = [], []
        for one in opened:
            one.close()
        self._keeper.close()


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
