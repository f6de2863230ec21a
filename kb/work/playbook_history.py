"""How a page of the playbook came to be: what each change did to it, in the words of the team."""

from typing import TYPE_CHECKING, NamedTuple

from kb.model.principle import Page, read_page
from kb.text.frontmatter import text_start
from kb.text.page import adopt_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kb.work.context import Context
    from kb.work.playbook import Shelved


class Deed(NamedTuple):
    """One thing that a change did: `what`, and of how many pieces where it is about some.

    `what` is "begun", "text", "evidence", "counter", or the status that a principle got.
    """

    what: str
    pieces: int = 0


class Moment(NamedTuple):
    """A change of a page: when (in the team's time zone), by whom, and what it did.

    `by` is a member's key or an address; None where nobody is known.
    """

    at: "datetime"
    by: str | None
    deeds: tuple[Deed, ...]


def history(ctx: "Context", one: "Shelved") -> list[Moment]:
    """Return what became of a page, the newest first; changes of what nobody reads are left out."""
    found = []
    before: tuple[Page, str | bytes] | None = None
    for version in ctx.past.versions(one.path):
        data = ctx.past.text(version)
        # Below the front matter a play and a manual are text throughout.
        text = adopt_digest(data) if one.page.kind == "principle" else data[text_start(data) :]
        now = read_page(data, one.path, lang=ctx.settings.lang), text
        deeds = tuple(_deeds(before, now)) if before else (Deed("begun"),)
        before = now
        if deeds:
            at = version.at.astimezone(ctx.settings.tz)
            found.append(Moment(at, version.by[0] if version.by else None, deeds))
    return found[::-1]


def _deeds(before: tuple[Page, str | bytes], now: tuple[Page, str | bytes]) -> "Iterator[Deed]":
    (old, text), (new, changed) = before, now
    if new.status and new.status != old.status:
        yield Deed(new.status)
    if changed != text:
        yield Deed("text")
    for what, had, has in (
        ("evidence", old.evidence, new.evidence),
        ("counter", old.counter, new.counter),
    ):
        known = {(one.account, one.ref, one.quote) for one in had}
        more = sum((one.account, one.ref, one.quote) not in known for one in has)
        if more:
            yield Deed(what, more)
