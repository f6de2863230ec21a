"""The starter store: the files that ship with kb, in a wheel or beside a source checkout."""

from pathlib import Path

FOLDERS = ("accounts", "playbooks", "templates")


def home() -> Path:
    """Return the folder that holds the starter store's folders."""
    package = Path(__file__).resolve().parent
    installed = package / "starter_files"
    return installed if installed.is_dir() else package.parent


def files() -> dict[str, bytes]:
    """Return every file of the starter store by its path, with `/` and in order of paths."""
    root = home()
    found: dict[str, bytes] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found[inside.as_posix()] = path.read_bytes()
    return found
