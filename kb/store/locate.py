"""Where a store and its repository are, and what git's settings say, without starting git."""

import os
from pathlib import Path
from typing import NamedTuple

from kb.errors import NeedsRepair, NotFound

MARK = "kb.toml"


class Place(NamedTuple):
    """The store's folder, the git folder of this work tree, and the one all work trees share."""

    root: Path
    git_dir: Path
    common_dir: Path


def locate(start: Path) -> Place:
    """Return the store around `start`.

    Raises `NotFound`: "no-store" (no `kb.toml` up to the top), "no-repository" (`kb.toml` stands
    in no git repository of its own), "bare-repository"; `NeedsRepair("other-format")` for a
    repository whose format kb does not write.
    """
    here = Path(os.path.abspath(start))
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return open_place(folder)
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            raise NotFound("bare-repository", path=str(folder))
    raise NotFound("no-store", path=str(start))


def open_place(root: Path) -> Place:
    """Return the git folders of the work tree at `root` (errors as in `locate`)."""
    mark = root / ".git"
    if mark.is_dir():
        git_dir = mark
    elif mark.is_file():
        named = mark.read_text("utf-8").strip().removeprefix("gitdir:").strip()
        git_dir = Path(os.path.normpath(root / named))
    else:
        raise NotFound("no-repository", path=str(root))
    try:
        shared = (git_dir / "commondir").read_text("utf-8").strip()
        common = Path(os.path.normpath(git_dir / shared))
    except OSError:
        common = git_dir
    settings = read_settings(common / "config")
    if settings.get("core.bare") == "true" and common == git_dir:
        raise NotFound("bare-repository", path=str(root))
    for key, fine in (("extensions.objectformat", "sha1"), ("extensions.refstorage", "files")):
        if settings.get(key, fine).lower() != fine:
            raise NeedsRepair("other-format", format=settings[key])
    return Place(root, git_dir, common)


def left_behind(place: Place) -> bool:
    """Tell whether a save has not ended: its process is at it just now, or did not live."""
    try:
        with os.scandir(place.git_dir / "kb" / "journal") as found:
            return any(True for _ in found)
    except OSError:
        return False


def read_settings(file: Path) -> dict[str, str]:
    """Read the plain part of a git settings file: `section.key` in lower case → value.

    Sections with a name in quotes are `section.name.key`. A file that is not there is empty.
    """
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return {}
    found: dict[str, str] = {}
    section = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("["):
            head, _, line = line[1:].partition("]")
            kind, _, name = head.partition(" ")
            name = name.strip().strip('"')
            section = kind.lower() + (f".{name}" if name else "")
            line = line.strip()
        if line and line[0] not in "#;":
            key, equals, value = line.partition("=")
            found[f"{section}.{key.strip().lower()}"] = _value(value) if equals else "true"
    return found


def _value(raw: str) -> str:
    """Return a setting's value without quotes and comment."""
    kept: list[str] = []
    quoted = False
    letters = iter(raw.strip())
    for letter in letters:
        if letter == "\\":
            escaped = next(letters, "")
            kept.append({"n": "\n", "t": "\t"}.get(escaped, escaped))
        elif letter == '"':
            quoted = not quoted
        elif letter in "#;" and not quoted:
            break
        else:
            kept.append(letter)
    return "".join(kept).rstrip()
