"""The sample team's server: a visitor can begin a team of their own from it, beside the sample."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import NamedTuple

MOST = 20
"""How many teams a visit to the sample may begin: nobody wants more, a mistake might make them."""
_APART = re.compile(r"[^a-z0-9]+")


class Wanted(NamedTuple):
    """What a visitor typed: the team's name, their own, and the language of screens."""

    team: str
    name: str
    lang: str


class Own(NamedTuple):
    """A team that was begun: its name, its folder, and what gives new addresses of its page."""

    team: str
    folder: Path
    address: Callable[[], str]


Beginning = Callable[[Path, Wanted], Callable[[], str]]
"""Makes a store in a folder, serves it, and returns what gives new addresses of it."""


@dataclass(slots=True, eq=False)
class Sample:
    """What the server of the sample team knows: where other teams go, and who begins them."""

    beside: Path
    begin: Beginning
    begun: list[Own] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def start(self, wanted: Wanted) -> Own:
        """Begin a team; raises what making its store raises."""
        with self._lock:
            folder = self._folder(wanted.team)
            made = Own(wanted.team, folder, self.begin(folder, wanted))
            self.begun.append(made)
            return made

    @property
    def full(self) -> bool:
        """Whether no more teams may be begun."""
        return len(self.begun) >= MOST

    def _folder(self, team: str) -> Path:
        """Return a new folder's name that anybody can type, whatever the team is called."""
        name = _APART.sub("-", team.lower()).strip("-")[:40].strip("-") or "team-store"
        names = (name, *(f"{name}-{n}" for n in range(2, 1000)))
        return next(self.beside / one for one in names if not (self.beside / one).exists())
