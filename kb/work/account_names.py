"""What accounts were called before, as their documents and the names of their files tell."""

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from kb.catalogue.documents import stem
from kb.errors import NotFound, WrongUse
from kb.remembered import Remembered
from kb.work.accounts import SLUG, listed
from kb.work.places import account_of
from kb.work.tracing_then import former

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.catalogue.lineages import Stood
    from kb.work.context import Context
    from kb.work.past import Version

_MEETING = re.compile(rb"\^(m-[0-9a-z]{6})\b")
_called: Remembered[str] = Remembered(20_000)


def renamed(ctx: "Context", word: str) -> str | None:
    """Return the short name that an account has now that was called `word` last.

    None while somebody is called so, and where the history knows of no other name. It may have
    been changed by kb, in the front matter alone, or with the name of the file.
    """
    try:
        ctx.catalogue.account(word)
    except NotFound:
        pass
    else:
        return None
    name = unicodedata.normalize("NFC", word)
    if not SLUG.fullmatch(name):
        return None
    now = {one.path: one.account for one in listed(ctx, archived=True)}
    there = {path: stood for path, stood in ctx.past.documents().items() if path in now}
    path = _by_file(ctx, there, name) or _by_text(ctx, there, now, name)
    return now[path] if path else _by_meetings(ctx, name)


def _by_file(ctx: "Context", there: "Mapping[str, Sequence[Stood]]", name: str) -> str | None:
    """Return where the document is that was called so last while its file was."""
    paths = (path for path, stood in there.items() if name in {stem(one.path) for one in stood})
    return _last(ctx, paths, lambda one: stem(one.path) == name and _name(ctx, one) == name)


def _by_text(
    ctx: "Context", there: "Mapping[str, Sequence[Stood]]", now: "Mapping[str, str]", name: str
) -> str | None:
    """Return where the document is that was called so last in its front matter alone.

    Only of documents whose files were not always called as they are themselves the first text is
    read, and the others of those that began with another name.
    """
    paths = (
        path
        for path, stood in there.items()
        if {stem(one.path) for one in stood} != {now[path]} and _name(ctx, stood[0]) != now[path]
    )
    return _last(ctx, paths, lambda one: _name(ctx, one) == name)


def _last(ctx: "Context", paths: "Iterable[str]", bears: "Callable[[Version], bool]") -> str | None:
    """Return the path of the document that had the newest version which `bears` a name."""
    newest: dict[str, str] = {}
    for path in paths:
        found = next((one for one in reversed(ctx.past.versions(path)) if bears(one)), None)
        if found is not None:
            newest[found.commit] = path
    if len(newest) > 1:
        return newest[ctx.past.latest(newest)]
    return next(iter(newest.values()), None)


def _by_meetings(ctx: "Context", name: str) -> str | None:
    """Return the account whose document holds most meetings of the one that was called so last.

    A file that somebody moved by hand may be in the history as one that is new, and another that
    is there no more.
    """
    for path in former(ctx, name):
        versions = ctx.past.versions(path)
        data = ctx.store.blob(versions[-1].blob) if versions else None
        if data is None or account_of(data, path) != name:
            continue
        ids = set(_MEETING.findall(data))
        found = Counter(account for one in ids if (account := _account_with(ctx, one.decode())))
        for account, count in found.most_common(1):
            if 2 * count > len(ids):
                return account
    return None


def _account_with(ctx: "Context", meeting: str) -> str | None:
    try:
        return ctx.catalogue.meeting(meeting, ctx.now).account
    except (NotFound, WrongUse):  # gone, or in several documents
        return None


def _name(ctx: "Context", one: "Stood | Version") -> str:
    """Return what an account was called in one text of its document."""
    key = (one.blob, one.path)
    known = _called.get(key)
    if known is None:
        data = ctx.store.blob(one.blob)
        known = _called.put(key, stem(one.path) if data is None else account_of(data, one.path))
    return known
