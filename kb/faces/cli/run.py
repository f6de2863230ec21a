"""One run of a command: the global options, the way out, and the store when it is asked for."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from kb.faces.cli import output
from kb.faces.cli.language import current

if TYPE_CHECKING:
    from kb.work.context import Context


class Run:
    """One run of a command: its global options, its way out, and the store when it is asked for."""

    def __init__(self) -> None:
        """Start with nothing chosen; the options of the command line fill it."""
        self.store: str | None = None
        self.member: str | None = None
        self.json = False
        self.exit_code = 0

    @cached_property
    def context(self) -> "Context":
        """The store, the settings, who acts and when; `NotFound("no-store")` without a store."""
        from kb import wiring

        return wiring.open_context(self.store, self.member, lang=current())

    def emit(self, data: object, text: str | Iterable[str] | Callable[[], str]) -> None:
        """Print the answer: `data` as one JSON document with --json, else `text` for people."""
        output.emit(data, text, as_json=self.json)

    def progress(self, text: str) -> None:
        """Say how far it is, on one line that is written over; only to a person's terminal."""
        if not self.json:
            output.progress(text)

    def finish(self, exit_code: int) -> None:
        """End the command with this exit code although it answered, as checks do."""
        self.exit_code = exit_code

    def close(self) -> None:
        """Close the store and the lists if they were opened."""
        context = self.__dict__.get("context")
        if context is not None:
            context.close()

    def hints(self) -> list[tuple[str, dict[str, object]]]:
        """Return what the person should know besides the answer, as (code, parameters)."""
        context = self.__dict__.get("context")
        return [] if context is None else context.hints
