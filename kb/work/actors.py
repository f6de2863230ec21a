"""Who acts: a member by key, else the author that git is set up for."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import WrongUse
from kb.store.ports import Actor

if TYPE_CHECKING:
    from kb.config import Settings
    from kb.store.identity import Identity

_WRITTEN_OUT = re.compile(r"\s*([^<>\n]+?)\s*<([^<>\s]+@[^<>\s]+)>\s*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Found(NamedTuple):
    """Who acts, and whether their address is known to the team."""

    actor: Actor
    known: bool


def find(
    settings: "Settings", asked: str | None, identity: "Callable[[], Identity | None]"
) -> Found:
    """Return who acts: `asked` (a member's key, or `Name <address>`), else git's identity.

    Raises `WrongUse`: "unknown-member" for a key that nobody has, "no-author" when nobody says
    who it is.
    """
    written = written_out(asked)
    if asked and not written:
        member = settings.members.get(asked.removeprefix("@"))
        if member is None:
            raise WrongUse("unknown-member", member=asked, known=" ".join(settings.members))
        return Found(_actor(member.key, member.name, member.email), known=True)
    author = written or identity()
    if author is None:
        raise WrongUse("no-author")
    name, email = author
    member = settings.member_of(email)
    if member is not None:
        return Found(_actor(member.key, member.name, email), known=True)
    return Found(_actor(None, name, email), known=False)


def written_out(asked: str | None) -> tuple[str, str] | None:
    """Return (name, address) of `Name <address>`, or None for anything else."""
    written = _WRITTEN_OUT.fullmatch(asked) if asked else None
    return (written[1], written[2]) if written else None


def one_line(text: str) -> str:
    """Return a name without control characters: it goes into a commit's header."""
    return _CONTROL.sub(" ", text).strip()


def _actor(key: str | None, name: str, email: str) -> Actor:
    return Actor(key, one_line(name), one_line(address(key or "unknown", email)))


def address(key: str, email: str) -> str:
    """Return a member's address, or a made-up one that can never receive mail."""
    return email or f"{key}@kb.invalid"
