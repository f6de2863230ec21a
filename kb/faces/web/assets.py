"""The style sheets and the script of pages, read once, under names that change with their bytes."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
SCRIPT = "kb.js"


class Asset(NamedTuple):
    """One file: its bytes, its type, and a digest that tells its versions apart."""

    data: bytes
    kind: str
    digest: str


@cache
def assets() -> dict[str, Asset]:
    """Return all files by name; nothing else can be asked for."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in KINDS:
            data = path.read_bytes()
            found[path.name] = Asset(data, KINDS[path.suffix], sha256(data).hexdigest()[:12])
    return found


def address(name: str) -> str:
    """Return where a page loads a file from."""
    return f"/static/{name}?v={assets()[name].digest}"


def script() -> str:
    """Return where a page loads the script from; "" in a checkout where none was built."""
    return address(SCRIPT) if SCRIPT in assets() else ""
