"""Which names a file of the store may have: one function that refuses all others."""

import os
import stat
import unicodedata
from pathlib import Path

from kb.errors import NotAllowed

LONGEST_NAME = 200
LONGEST_PATH = 1000
FOLDERS = frozenset(
    {
        "accounts",
        "attachments",
        "insights",
        "outcomes",
        "playbooks",
        "reviews",
        "signals",
        "templates",
        "training",
    }
)
AT_TOP = frozenset({"kb.toml", "outcomes.csv", "README.md"})
OWN = frozenset({".gitignore", ".gitattributes"})  # written when a store is made or mended
DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"com{n}" for n in "0123456789"]
    + [f"lpt{n}" for n in "0123456789"]
)
FORBIDDEN = frozenset("\\:*?\"<>|`$;'^~@{}%&! ")
CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def safe_path(path: str) -> str:
    """Return `path` if it is a name that the store writes on every system, else refuse.

    Relative, in one of the store's folders, `/` between parts, NFC, no part that git, a shell or
    another system would take for something else. Raises `NotAllowed("unsafe-path")`.
    """
    if path in AT_TOP:
        return path
    parts = path.split("/")
    long = len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH
    if parts[0] not in FOLDERS or len(parts) == 1 or long or not all(map(_is_safe, parts)):
        raise NotAllowed("unsafe-path", path=path)
    return path


def _is_safe(part: str) -> bool:
    if not part or len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        return False
    if part[0] in ".-" or part[-1] == "." or ".." in part or part.lower().endswith(".lock"):
        return False
    if unicodedata.normalize("NFC", part) != part:
        return False
    if any(letter in FORBIDDEN or unicodedata.category(letter) in CONTROLS for letter in part):
        return False
    folded = unicodedata.normalize("NFKC", part).casefold().replace("\u0131", "i")
    return folded.split(".")[0] not in DEVICES and ".git" not in folded


def below(root: Path, path: str) -> Path:
    """Return the place of `path` under `root`; refuse when it leaves it or meets a link.

    A link could lead out of the store, so it is neither followed nor replaced:
    `NotAllowed("symlink")`. Names that lead elsewhere or into git's folder are "unsafe-path".
    """
    place = str(root)
    for part in path.split("/"):
        if part in ("", ".", "..") or part.casefold() in (".git", "git~1") or "\0" in part:
            raise NotAllowed("unsafe-path", path=path)
        place = f"{place}/{part}"
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            break
        except NotADirectoryError:
            raise NotAllowed("unsafe-path", path=path) from None
        if stat.S_ISLNK(mode):
            raise NotAllowed("symlink", path=path)
    return root / path
