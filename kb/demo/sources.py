"""The sample team's files as they stand on its last day: the starter store and what is its own."""

import tomllib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kb import starter
from kb.demo.days import ZONE
from kb.demo.lines import Edit

HOME = Path(__file__).parent
OWN = ("kb.toml", "outcomes.csv", "reviews/*.md", "signals/*.csv")


class Begun(NamedTuple):
    """When a page that has no date of its own was written, and by whom."""

    when: datetime
    member: str


class Plan(NamedTuple):
    """What `earlier.toml` says: edits by path, and the beginnings of pages."""

    edits: dict[str, tuple[Edit, ...]]
    begun: dict[str, Begun]


def final_files() -> dict[str, bytes]:
    """Return all files of the sample team's store on its last day, by path."""
    found = starter.files()
    for pattern in OWN:
        for path in sorted(HOME.glob(pattern)):
            found[path.relative_to(HOME).as_posix()] = path.read_bytes()
    return found


@lru_cache(maxsize=1)
def plan() -> Plan:
    """Return what was worded otherwise at first, and when undated pages were begun."""
    raw = tomllib.loads((HOME / "earlier.toml").read_text("utf-8"))
    edits: dict[str, tuple[Edit, ...]] = {}
    for entry in raw["edit"]:
        edit = Edit(_moment(entry), entry["by"], entry["why"], entry["now"], entry["was"])
        edits[entry["path"]] = (*edits.get(entry["path"], ()), edit)
    begun = {entry["path"]: Begun(_moment(entry), entry["by"]) for entry in raw["page"]}
    return Plan(edits, begun)


def _moment(entry: dict[str, Any]) -> datetime:
    found = entry["at"]
    assert isinstance(found, datetime)
    return found.replace(tzinfo=ZONE)


@lru_cache(maxsize=1)
def members() -> dict[str, tuple[str, str]]:
    """Return name and address of each member by key."""
    raw = tomllib.loads((HOME / "kb.toml").read_text("utf-8"))
    return {key: (table["name"], table["email"]) for key, table in raw["members"].items()}
