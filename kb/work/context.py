"""What every journey needs to know: which store, whose settings, who acts, and when.

Built by `kb.wiring`; everything is looked up when it is first asked for, and then stays.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kb import clock
from kb.errors import WrongUse
from kb.work import actors

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from sqlite3 import Connection

    from kb.catalogue.catalogue import Catalogue
    from kb.config import Settings
    from kb.search.ports import SearchEngine, Where
    from kb.store.identity import Identity
    from kb.store.ports import Actor, Last, Saved
    from kb.store.store import Store
    from kb.text.names import Names
    from kb.work.past import Past, Receive


class Lender(Protocol):
    """Keeps stores and catalogues open for a server; each is lent to one request at a time."""

    names: "Names"
    """The team's vocabulary."""

    def store(self) -> "Store":
        """Lend a store."""
        ...

    def catalogue(self) -> "Catalogue":
        """Lend a catalogue that will look at the files when it is asked."""
        ...

    def take_back(self, lent: "Store | Catalogue") -> None:
        """Keep what was lent for the next request."""
        ...


class Elsewhere(Protocol):
    """Searches in another process, as `kb.work.searching.search` does."""

    def __call__(
        self,
        ctx: "Context",
        text: str,
        where: "Where",
        limit: int,
        *,
        meaning: bool,
        typing: bool,
    ) -> object:
        """Return its `Answer`; anything else where it has to be searched here."""
        ...


class Context:
    """One command's or one request's view of the team; nothing of it is replaced later."""

    def __init__(
        self,
        *,
        root: "Path",
        open_store: "Callable[[], Store]",
        settings: "Settings",
        lang: str,
        asked: str | None,
        identity: "Callable[[], Identity | None]",
        open_engine: "Callable[[str, Connection], SearchEngine]",
        lender: "Lender | None" = None,
    ) -> None:
        """Hold where the store is and its settings; `lang` is what the face speaks.

        `asked` is who acts, if somebody said so; else `identity` tells what git knows.
        `open_engine` gives the search engine of a name, beside the catalogue's own rows. What a
        `lender` keeps open is borrowed and given back; without one it is opened and closed.
        """
        self.root = root
        self.open_store = open_store
        self.settings = settings
        self.lang = lang
        self.asked = asked
        self.identity = identity
        self.open_engine = open_engine
        self._lender = lender
        self.receive: Receive | None = None
        """A team's server sets it: it keeps when it had which commit."""
        self.elsewhere: Elsewhere | None = None
        """A server sets it: what searches in another process."""
        self.once: str | None = None
        """The key of a line that may be sent twice; its commit bears it (`kb.work.once`)."""
        self.hints: list[tuple[str, dict[str, object]]] = list(settings.warnings)
        """What the person should know besides the answer, as (code, parameters); faces show it."""

    @cached_property
    def store(self) -> "Store":
        """Where changes are saved; opened at the first question, lists read only the files."""
        return self.open_store()

    def close(self) -> None:
        """Close what was opened; the next question opens it again."""
        self.__dict__.pop("past", None)
        for name in ("store", "catalogue"):
            opened = self.__dict__.pop(name, None)
            if opened is not None and self._lender is not None:
                self._lender.take_back(opened)
            elif opened is not None:
                opened.close()

    @property
    def last_saved(self) -> "Last | None":
        """The last change that was saved through this context, None before there is one."""
        opened: Store | None = self.__dict__.get("store")
        return opened.last if opened else None

    def tell(self, path: str, saved: "Saved") -> None:
        """Hint at what a save left to be done, and at hand edits that it could not take in whole.

        `path` is the file that was saved, or the name by which people know it.
        """
        for code in saved.warnings:
            self.hints.append((code, {"path": path}))
        for name in saved.kept:
            self.hints.append(("hand-edit-kept", {"path": path, "kept": name}))

    @cached_property
    def names(self) -> "Names":
        """The team's vocabulary of sections, labels and tags."""
        from kb.text.names import Names

        if self._lender is not None:
            return self._lender.names
        return Names(self.settings.sections, self.settings.labels, self.settings.tags)

    @property
    def serves(self) -> bool:
        """Whether others look at the same lists, kept open by a server."""
        return self._lender is not None

    @property
    def has_catalogue(self) -> bool:
        """Whether the lists are open already, or kept open by a server."""
        return "catalogue" in self.__dict__ or self.serves

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The lists derived from the files; opened at the first question."""
        if self._lender is not None:
            return self._lender.catalogue()
        from kb.catalogue.catalogue import Catalogue

        return Catalogue(self.root, self.names, self.settings.members)

    @cached_property
    def past(self) -> "Past":
        """The versions that every file had, from the history; read at the first question."""
        from kb.work.past import Past

        return Past(self.settings, self.catalogue, lambda: self.store, self.receive)

    @cached_property
    def actor(self) -> "Actor":
        """Who acts; raises `WrongUse` ("unknown-member", "no-author").

        An address that belongs to no member may act all the same, and gets a hint.
        """
        found = actors.find(self.settings, self.asked, self.identity)
        if not found.known and self.settings.members:
            self.hints.append(("unknown-address", {"email": found.actor.email}))
        return found.actor

    @cached_property
    def me(self) -> str | None:
        """The key of the member who looks, or None: reading needs no member."""
        try:
            found = actors.find(self.settings, self.asked, self.identity)
        except WrongUse as error:
            if error.code == "no-author":
                return None
            raise
        return found.actor.key

    @cached_property
    def now(self) -> "datetime":
        """The moment of this command, in the team's time zone."""
        return clock.now().astimezone(self.settings.tz)

    @property
    def today(self) -> "date":
        """The day it is for the team."""
        return self.now.date()
