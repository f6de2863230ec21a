"""What goes into the finder and what comes out: notes, neighbours, groups, people's links."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Strength = Literal["strong", "possible"]


class Note(NamedTuple):
    """An insight: whose account it comes from, and who wrote it."""

    id: str
    text: str
    account: str
    author: str
    lang: str = ""


class Neighbour(NamedTuple):
    """A note that may hold the same lesson, and how sure the machine is (0 to 1)."""

    id: str
    similarity: float


class Group(NamedTuple):
    """Notes that seem to hold one lesson, and why: the words they share, how alike they are."""

    members: tuple[str, ...]
    strength: Strength
    accounts: int
    authors: int
    terms: tuple[str, ...]
    similarity: float
    anchor: str = ""
    """The principle that the group belongs to, if people accepted it as one."""


class Links(NamedTuple):
    """What people decided: pairs that hold one lesson, pairs that don't, accepted principles."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    anchors: Mapping[str, frozenset[str]] = MappingProxyType({})
    """The page of a principle and the ids of the insights that it was accepted for."""


NONE = Links()
