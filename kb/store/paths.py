"""Which names a file of the store may have: one function that refuses all others."""

import os
import stat
import unicodedata
from pathlib import Path

from kb.errors import NotAllowed

LONGEST_NAME = 200
LONGEST_PATH = 1000
DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"com{n}" for n in "0123456789"]
    + [f"lpt{n}" for n in "0123456789"]
)
FORBIDDEN = frozenset("\\:*?\"<>|`$;'^~@{}%&! ")
OURS_AT_TOP = frozenset({".gitignore", ".gitattributes", "kb.toml", "README.md"})


def safe_path(path: str) -> str:
    """Return `path` if it is a name that the store writes on every system, else refuse.

    Relative, `/` between parts, NFC, no part that git, a shell or another system would take
    for something else. Raises `NotAllowed("unsafe-path")`.
    """
    if path in OURS_AT_TOP:
        return path
    if not path or len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        raise NotAllowed("unsafe-path", path=path)
    if "/" not in path and "." in path and not path.endswith((".csv", ".md", ".toml")):
        raise NotAllowed("unsafe-path", path=path)
    for part in path.split("/"):
        if not _safe_part(part):
            raise NotAllowed("unsafe-path", path=path)
    return path


def _safe_part(part: str) -> bool:
    if not part or len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        return False
    if part[0] in ".-" or part[-1] in ". ":
        return False
    if part.lower().endswith(".lock") or ".." in part:
        return False
    if unicodedata.normalize("NFC", part) != part:
        return False
    for letter in part:
        if letter in FORBIDDEN or unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            return False
    folded = unicodedata.normalize("NFKC", part).casefold()
    plain = folded.translate({0x131: "i"})
    return not (plain.split(".")[0] in DEVICES or plain in ("git", "head") or ".git" in plain)


def below(root: Path, path: str) -> Path:
    """Return the place of `path` under `root`; refuse when any part of it is a link.

    A link could lead out of the store, so it is neither followed nor replaced:
    `NotAllowed("symlink")`.
    """
    place = str(root)
    for part in safe_path(path).split("/"):
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
