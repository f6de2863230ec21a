"""Who did what on a server: one JSON line each, only ever appended, and never what was written."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from kb.server.folder import private

NAME = "audit.jsonl"


class Audit:
    """The file of lines; a line that was written is on the disk."""

    def __init__(self, folder: Path) -> None:
        """Append to the file in the folder of a server's state."""
        self._path = folder / NAME
        self._lock = Lock()

    def note(self, at: float, who: str, what: str, result: str, **more: str) -> None:
        """Write one line: the moment, who (a key, or where from), what was done, how it ended.

        `more` names the target: ids and keys, never words that somebody wrote.
        """
        moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
        said = {"at": moment, "who": who, "what": what, **more, "result": result}
        line = json.dumps(said, ensure_ascii=False) + "\n"
        with self._lock:
            descriptor = private(self._path)
            try:
                os.write(descriptor, line.encode("utf-8", "backslashreplace"))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
