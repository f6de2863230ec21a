"""The folder of a server's own state: for its owner alone, and never inside the store."""

import os
from hashlib import sha256
from pathlib import Path

from kb.errors import NotAllowed, WrongUse


def default_folder(store: Path) -> Path:
    """Return where the state of the server of a store is, if nobody says otherwise."""
    base = os.environ.get("XDG_STATE_HOME")
    above = Path(base) if base else Path.home() / ".local" / "state"
    name = sha256(os.fsencode(store.resolve())).hexdigest()[:16]
    return above / "kb" / "servers" / name


def open_folder(folder: Path, store: Path) -> Path:
    """Return the folder, made if it was not there; nobody but its owner may look into it.

    Raises `NotAllowed("state-inside")` for a folder inside the store, where everybody who has
    the store would get it, and `WrongUse("state-folder")` where none can be made, or where it
    is somebody else's.
    """
    real = folder.expanduser().resolve()
    if real == store.resolve() or store.resolve() in real.parents:
        raise NotAllowed("state-inside", folder=folder)
    try:
        real.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = real.stat()
        if os.name == "posix":
            if own.st_uid != os.geteuid():
                raise WrongUse("state-folder", folder=folder)
            if own.st_mode & 0o077:
                real.chmod(0o700)
    except OSError:
        raise WrongUse("state-folder", folder=folder) from None
    return real


def private(path: Path) -> int:
    """Open a file of the state for writing at its end, made for its owner alone; a descriptor."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
    if os.name == "posix":
        os.fchmod(descriptor, 0o600)
    return descriptor
