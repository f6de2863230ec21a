"""Where a fault of ours is written down, so that nobody has to read a traceback."""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path


def logged(error: BaseException, store: str | None) -> str:
    """Write a fault of ours to a log of its own and return the path.

    It goes below `.git/kb/log` of the store, else below the person's state folder.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    text = f"{stamp} pid {os.getpid()}\n" + "".join(traceback.format_exception(error))
    for folder in (_store_log(store), _state_log()):
        if folder is None:
            continue
        path = folder / f"{stamp}-{os.getpid()}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return str(path)
    return "-"


def _store_log(store: str | None) -> Path | None:
    start = Path(store or os.environ.get("KB_STORE") or ".").absolute()
    for folder in (start, *start.parents):
        if (folder / "kb.toml").is_file() and (folder / ".git").is_dir():
            return folder / ".git" / "kb" / "log"
    return None


def _state_log() -> Path:
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "kb" / "log"
