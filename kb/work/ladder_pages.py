"""What every new or changed page of the playbook needs: a title, a free name, one commit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import WrongUse
from kb.messages import say
from kb.text.pagename import page_name
from kb.work.typed import one_line, visible

if TYPE_CHECKING:
    from kb.store.ports import Change, Saved
    from kb.work.context import Context

LONGEST_TITLE = 120


class Written(NamedTuple):
    """A page that was made or changed: its id, its file, and the commit (None: no change)."""

    id: str
    path: str
    commit: str | None


def checked_title(title: str) -> str:
    """Return a page's title on one line.

    Raises `WrongUse`: "page-title-empty", or "bad-page-title" for one that no line can hold.
    """
    if not visible(title):
        raise WrongUse("page-title-empty")
    shown = one_line(title, "bad-page-title")
    if len(shown) > LONGEST_TITLE:
        raise WrongUse("bad-page-title", value=title)
    return shown


def free_name(ctx: "Context", kind: str, title: str, asked: str | None) -> str:
    """Return the id of a new page.

    Raises `WrongUse`: "bad-page-id", and "page-exists" when there is one of that id or, unless an
    id was asked for, of that title.
    """
    pages = ctx.catalogue.pages()
    for name, row in pages.items():
        if asked is None and (row.kind, row.title) == (kind, title):
            raise WrongUse("page-exists", id=name)
    name = page_name(kind, title, asked, pages)
    if name in pages:
        raise WrongUse("page-exists", id=name)
    return name


def save(ctx: "Context", changes: "Sequence[Change]", code: str, name: str, title: str) -> "Saved":
    """Save changes of the playbook as one commit, and bring the lists along."""
    message = say(code, ctx.settings.lang, id=name, title=title)[0]
    saved = ctx.store.save(
        changes, actor=ctx.actor, message=message, trailers=[("Kb-Page", name)], when=ctx.now
    )
    ctx.__dict__.pop("past", None)  # it ends before this commit
    ctx.catalogue.note_saved(saved.blobs)
    ctx.tell(name, saved)
    return saved


def owner_of(ctx: "Context") -> str:
    """Return who looks after a new page: whoever makes it."""
    return ctx.actor.key or ctx.actor.email


def charter(ctx: "Context", key: str) -> str:
    """Return a line of the team's charter in `kb.toml`, "" when there is none."""
    table = ctx.settings.raw.get("charter")
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, str) else ""


def template(ctx: "Context", name: str) -> str:
    """Return the team's own template, else the built-in one."""
    from kb import starter

    own = ctx.store.read(name)
    data = own.data if own else (starter.home() / name).read_bytes()
    return data.decode("utf-8", "replace")
