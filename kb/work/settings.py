"""Changing the team's `kb.toml` key by key: comments stay, what does not fit is refused.

Anyone may change what is said about themselves and the team's words; people, units and policies
need a lead once the team has one. Whoever can push edits can also write the file by hand: then
`unproven` says that the present policies were not written by a lead.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from kb import config
from kb.config import NAME
from kb.errors import Kept, NotAllowed, NotFound, WrongUse
from kb.messages import say

if TYPE_CHECKING:
    from datetime import datetime

    from tomlkit import TOMLDocument

    from kb.store.ports import Saved
    from kb.work.context import Context

OWN = frozenset({"name", "language", "away"})
"""What a member may change of their own row."""
FREE = frozenset({"aliases", "search"})
"""The tables that every member may change: words, nobody's duties."""

Value = str | int | bool | date | list[str] | Mapping[str, object] | None


class Change(NamedTuple):
    """One key, as it was read (`was`) and as it shall be; None where there is none."""

    keys: tuple[str, ...]
    was: Value
    now: Value


class Unproven(NamedTuple):
    """The change that made the present policies, by somebody who was no lead then."""

    by: str
    at: "datetime"


def change(ctx: "Context", changes: Sequence[Change]) -> "Saved | None":
    """Write the changes into `kb.toml` as one save; None when nothing changes.

    Raises `NotAllowed("settings-need-lead")`, `Kept("settings-changed")` when somebody changed
    one of the keys since it was read, `WrongUse("settings-last-lead")` when nobody would be a
    lead any more, and `WrongUse` for a value that does not fit, as reading the file does.
    Nothing is written then.
    """
    from kb.store.ports import Edit

    wanted = [one for one in changes if one.was != one.now]
    if not wanted:
        return None
    allow(ctx, [one.keys for one in wanted])

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-store", path=ctx.root)
        return changed(data, wanted, ctx)

    data = (ctx.root / NAME).read_bytes()
    apply(data)
    message = say("settings-message", ctx.settings.lang)[0]
    saved = ctx.store.save([Edit(NAME, apply)], actor=ctx.actor, message=message, when=ctx.now)
    ctx.tell(NAME, saved)
    return saved


def join(ctx: "Context", key: str, row: Mapping[str, str]) -> "Saved | None":
    """Add a member with the handle `key`.

    Raises what `change` does, and `WrongUse`: "settings-handle" for what is no handle,
    "settings-handle-taken" for somebody else's.
    """
    if not config.SLUG.fullmatch(key):
        raise WrongUse("settings-handle", key=key)
    if key in ctx.settings.members:
        raise WrongUse("settings-handle-taken", key=key, name=ctx.settings.members[key].name)
    return change(ctx, [Change(("members", key), None, dict(row))])


def leave(ctx: "Context", key: str) -> "Saved | None":
    """Take a member off the list and out of the units; what they wrote stays theirs.

    Raises what `change` does, and `NotFound("settings-no-member")`.
    """
    row = _at(ctx.settings.raw, ("members", key))
    if not isinstance(row, Mapping):
        raise NotFound("settings-no-member", key=key)
    changes = [Change(("members", key), row, None)]
    for unit in ctx.settings.units.values():
        if key in unit.members:
            rest = [name for name in unit.members if name != key]
            changes.append(Change(("units", unit.key, "members"), list(unit.members), rest))
        if key == unit.lead:
            changes.append(Change(("units", unit.key, "lead"), key, None))
    return change(ctx, changes)


def found_unit(ctx: "Context", key: str, name: str) -> "Saved | None":
    """Make a unit without members.

    Raises what `change` does, and `WrongUse` ("settings-handle", "settings-handle-taken").
    """
    if not config.SLUG.fullmatch(key):
        raise WrongUse("settings-handle", key=key)
    if key in ctx.settings.units:
        raise WrongUse("settings-handle-taken", key=key, name=ctx.settings.units[key].name)
    row: dict[str, object] = {"name": name or key, "members": []}
    return change(ctx, [Change(("units", key), None, row)])


def close_unit(ctx: "Context", key: str) -> "Saved | None":
    """Take a unit off; its members stay.

    Raises what `change` does, and `NotFound("settings-no-unit")`.
    """
    row = _at(ctx.settings.raw, ("units", key))
    if not isinstance(row, Mapping):
        raise NotFound("settings-no-unit", key=key)
    return change(ctx, [Change(("units", key), row, None)])


def allow(ctx: "Context", keys: Sequence[tuple[str, ...]]) -> None:
    """Raise `NotAllowed("settings-need-lead")` unless who acts may change all these keys."""
    leads = leads_of(ctx.settings)
    if not leads or ctx.me in leads:
        return
    if ctx.me is None or not all(_free(one, ctx.me) for one in keys):
        names = [ctx.settings.members[key].name for key in leads]
        raise NotAllowed("settings-need-lead", leads=", ".join(names))


def leads_of(settings: config.Settings) -> list[str]:
    """Return the keys of the members who are leads, in the order of the file."""
    return [member.key for member in settings.members.values() if member.role == "lead"]


def _free(keys: tuple[str, ...], me: str) -> bool:
    if keys[0] == "members":
        return len(keys) == 3 and keys[1] == me and keys[2] in OWN
    return keys[0] in FREE or keys == ("team", "features")


def changed(data: bytes, changes: Sequence[Change], ctx: "Context") -> bytes:
    """Return the bytes of `kb.toml` with the changes in them.

    Raises what `change` does. What the result says is compared with what was wanted: where the
    two differ nothing is written, `WrongUse("settings-by-hand")`.
    """
    import tomllib

    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = ctx.root / NAME
    leads = leads_of(config.parse(data, path))
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data.removeprefix(mark).decode()
    wanted = deepcopy(tomllib.loads(text))
    for one in changes:
        now = _at(wanted, one.keys)
        if now not in (one.was, one.now):
            raise Kept("settings-changed", key=".".join(one.keys), kept=None)
        _put(wanted, one.keys, one.now)
    try:
        document = tomlkit.parse(text)
        for one in changes:
            _write(document, one.keys, one.now)
        text = tomlkit.dumps(document)
        same = tomllib.loads(text) == wanted
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, AttributeError):
        same = False
    if not same:
        raise WrongUse("settings-by-hand", key=".".join(changes[0].keys))
    made = mark + text.encode()
    if leads and not leads_of(config.parse(made, path)):
        raise WrongUse("settings-last-lead")
    return made


def _at(table: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        if not isinstance(table, dict):
            return None
        table = table.get(key)
    return table


def _put(table: dict[str, object], keys: tuple[str, ...], value: Value) -> None:
    """Set or take off one key of plain tables; tables on the way are made."""
    *above, last = keys
    for key in above:
        inner = table.setdefault(key, {})
        if not isinstance(inner, dict):
            raise WrongUse("settings-by-hand", key=".".join(keys))
        table = inner
    if value is None:
        table.pop(last, None)
    else:
        table[last] = dict(value) if isinstance(value, Mapping) else value


def _write(document: "TOMLDocument", keys: tuple[str, ...], value: Value) -> None:
    """Set or take off one key of the document, the comments around it left in place."""
    import tomlkit

    table = cast("dict[str, object]", document)
    *above, last = keys
    for depth, key in enumerate(above):
        if key not in table:
            # A table that only holds tables gets no header of its own.
            table[key] = tomlkit.table(is_super_table=depth + 1 < len(above))
        table = cast("dict[str, object]", table[key])
    if value is None:
        table.pop(last, None)
    elif isinstance(value, Mapping):
        made = tomlkit.table()
        made.update(value)
        table[last] = made
    else:
        table[last] = value


def unproven(ctx: "Context") -> Unproven | None:
    """Return who made the present policies, if that was nobody who was a lead then.

    Policies are `[policies]`, `[quorum]` and who is a lead. The first version of a store is its
    own proof, and so is what a store without a lead decides.
    """
    newer: tuple[Unproven, object] | None = None
    for revision in ctx.store.history(NAME):
        data = ctx.store.at(revision.commit, revision.path)
        read = _read(ctx, data) if data is not None else None
        if read is None:
            continue
        said, leads = read
        if newer is not None and newer[1] != said:
            return None if not leads or newer[0].by in leads else newer[0]
        member = ctx.settings.member_of(revision.email)
        newer = Unproven(member.key if member else revision.name, revision.at), said
    return None


def _read(ctx: "Context", data: bytes) -> tuple[object, list[str]] | None:
    """Return what a version says of policies, and its leads; None where it can't be read."""
    try:
        settings = config.parse(data, ctx.root / NAME)
    except (WrongUse, NotFound):
        return None
    leads = leads_of(settings)
    return (settings.raw.get("policies"), settings.raw.get("quorum"), leads), leads
