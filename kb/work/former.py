"""Whose an address was: members who left `kb.toml` still wrote what they wrote."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kb.config import NAME

if TYPE_CHECKING:
    from kb.work.context import Context


def key_of(ctx: "Context", who: str) -> str:
    """Return the key of the member to whom an address belonged last; `who` if it is nobody's.

    The history of `kb.toml` is read only for an address that is no member's today.
    """
    if "@" not in who:
        return who
    return _owners(ctx).get(who.casefold(), who)


def _owners(ctx: "Context") -> dict[str, str]:
    """Return the key that each address had last, by the history of `kb.toml`; read once."""
    known: dict[str, str] | None = ctx.__dict__.get("former_owners")
    if known is None:
        known = {}
        for data in _texts(ctx):
            for key, address in _members(data):
                known.setdefault(address, key)
        ctx.__dict__["former_owners"] = known
    return known


def _texts(ctx: "Context") -> Iterator[bytes]:
    """Yield the texts that `kb.toml` had, the newest first."""
    for revision in ctx.store.history(NAME):
        data = ctx.store.at(revision.commit, revision.path)
        if data is not None:
            yield data


@lru_cache(maxsize=64)
def _members(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return (key, address) of each member in a text of `kb.toml`; () where it can't be read."""
    from kb.work.actors import address

    try:
        table: Any = tomllib.loads(data.decode("utf-8-sig")).get("members")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return ()
    emails = {
        key: value.get("email")
        for key, value in (table.items() if isinstance(table, dict) else ())
        if isinstance(value, dict)
    }
    return tuple(
        (key, address(key, email if isinstance(email, str) else "").casefold())
        for key, email in emails.items()
    )
