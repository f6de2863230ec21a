"""Who writes, as git knows it: the environment, then git's settings."""

import os
from pathlib import Path
from typing import NamedTuple

from kb.store.git import Git
from kb.store.locate import read_settings


class Identity(NamedTuple):
    """A name and a mail address."""

    name: str
    email: str


def who_writes(git: Git, common_dir: Path | None) -> Identity | None:
    """Return the author of this machine, or None when nobody said who it is.

    Settings in the usual files are read here; anything else (includes, a guessed address) is
    git's own answer, which guesses nothing.
    """
    name, email = os.environ.get("GIT_AUTHOR_NAME"), os.environ.get("GIT_AUTHOR_EMAIL")
    if name and email:
        return Identity(name, email)
    plain: dict[str, str] = {}
    home = os.environ.get("HOME", "")
    more = os.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
    files = [Path(f"{more}/git/config"), Path(f"{home}/.gitconfig")]
    if common_dir is not None:
        files.append(common_dir / "config")
    if not {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "EMAIL"} & set(os.environ):
        for file in files:
            plain.update(read_settings(file))
    included = any(key.startswith("include") for key in plain)
    worktree = plain.get("extensions.worktreeconfig") == "true"
    if not included and not worktree:
        name = name or plain.get("author.name") or plain.get("user.name")
        email = email or plain.get("author.email") or plain.get("user.email")
        if name and email:
            return Identity(name, email)
    ran = git.run("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    line = ran.out.decode("utf-8", "replace")
    name, _, rest = line.partition(" <")
    email = rest.partition(">")[0]
    return Identity(name, email) if ran.code == 0 and name and email else None
