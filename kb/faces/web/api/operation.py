"""What an operation of the API is: its path, what it takes and gives, who may ask for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from kb.faces.web.api.shape import Gives, Nothing, Takes

if TYPE_CHECKING:
    from kb.server.roles import Role
    from kb.work.context import Context

ROOT = "/api/v1"
"""Where the API is; all that changes for who uses it gets another number."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an operation: the team's context, and the parts of its path."""

    ctx: "Context"
    path: Mapping[str, str]

    @property
    def meeting(self) -> str:
        """The words that name the meeting of the path."""
        account, meeting = self.path["account"], self.path["meeting"]
        return account if meeting == "current" else f"{account}/{meeting}"

    def line(self, name: str) -> str:
        """Return the words that name a line of the account of the path."""
        return f"{self.path['account']}#^{self.path[name].removeprefix('^')}"


class Operation(NamedTuple):
    """One thing that can be asked: `work` gets the call and what it takes, and gives an answer.

    `takes` is the query of a GET, else the body. `key` names what an item of a list is known by:
    such a list is read page by page. `of` is the path of the GET whose version a change may name.
    """

    name: str
    method: Literal["GET", "POST"]
    path: str
    work: Callable[..., object]
    gives: type[Gives]
    takes: type[Takes] = Nothing
    status: int = 200
    least: "Role | None" = None
    key: tuple[str, ...] = ()
    of: str = ""
    or_gives: type[Gives] | None = None

    def filled(self, path: Mapping[str, str]) -> str:
        """Return the address that was asked for, less its query."""
        return ROOT + self.path.format(**{name: quote(part) for name, part in path.items()})

    @property
    def safe(self) -> bool:
        """Whether nothing is changed by it."""
        return self.method == "GET"


def get(
    name: str,
    path: str,
    work: Callable[..., object],
    gives: type[Gives],
    takes: type[Takes] = Nothing,
    *,
    key: tuple[str, ...] = (),
    least: "Role | None" = None,
    or_gives: type[Gives] | None = None,
) -> Operation:
    """Return an operation that looks at something."""
    return Operation(name, "GET", path, work, gives, takes, least=least, key=key, or_gives=or_gives)


def post(
    name: str,
    path: str,
    work: Callable[..., object],
    gives: type[Gives],
    takes: type[Takes] = Nothing,
    *,
    of: str = "",
    status: int = 200,
) -> Operation:
    """Return an operation that changes something."""
    return Operation(name, "POST", path, work, gives, takes, status, of=of)
