"""Who acts: a member by key, else the author that git is set up for."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import WrongUse
from kb.store.ports import Actor

if TYPE_CHECKING:
    from kb.config import Settings
    from kb.store.identity import Identity

_WRITTEN_OUT = re.compile(r"\s*(?P<name>[^<>\n]+?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>\s*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


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
    if asked and not (written := _WRITTEN_OUT.fullmatch(asked)):
        member = settings.members.get(asked.removeprefix("@"))
        if member is None:
            raise WrongUse("unknown-member", member=asked, known=" ".join(settings.members))
        return Found(Actor(member.key, member.name, address(member.key, member.email)), known=True)
    if asked and written:
        name, email = written["name"], written["email"]
    else:
        author = identity()
        if author is None:
            raise WrongUse("no-author")
        name, email = author.name, author.email
    member = settings.member_of(email)
    if member is not None:
        return Found(Actor(member.key, member.name, email), known=True)
    return Found(Actor(None, _CONTROL.sub(" ", name), _CONTROL.sub("", email)), known=False)


def address(key: str, email: str) -> str:
    """Return a member's address, or a made-up one that can never receive mail."""
    return email or f"{key}@kb.invalid"
