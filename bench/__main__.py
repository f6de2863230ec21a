"""Runs every benchmark: `python -m bench [--json] [NAME…]`.

Prints one table of all figures, each beside its baseline of the same run, and writes them as JSON
to `build/bench.json`; with `--json` that document is printed instead. Exit 1 when one misses its
target.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULT = HERE.parent / "build" / "bench.json"


def names() -> list[str]:
    """Return the benchmarks: the modules beside this one."""
    return sorted(path.stem for path in HERE.glob("[a-z]*.py"))


def run(name: str) -> tuple[Any, int]:
    """Run one benchmark in a process of its own; return its JSON and its exit code."""
    command = [sys.executable, "-m", f"bench.{name}", "--json"]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout) if done.stdout.strip() else None, done.returncode


def rows(value: object, label: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what, figure) of everything in a benchmark's JSON."""
    if isinstance(value, dict) and "what" in value:
        rest = {key: one for key, one in value.items() if key != "what" and one is not None}
        yield str(value["what"]), "  ".join(f"{key} {shown(one)}" for key, one in rest.items())
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from rows(one, key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from rows(one, label)
    else:
        yield label, shown(value)


def shown(value: object) -> str:
    """Return a figure in as many digits as it deserves."""
    if isinstance(value, list):
        return " / ".join(map(shown, value)) or "-"
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    return str(value)


def main() -> int:
    """Run what was asked for and return the exit code."""
    asked = argparse.ArgumentParser(prog="python -m bench")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("names", nargs="*", metavar="NAME", help=" ".join(names()))
    words = asked.parse_args()
    unknown = set(words.names) - set(names())
    if unknown:
        asked.error(f"no such benchmark: {' '.join(sorted(unknown))}")
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
    }
    found: dict[str, Any] = {"machine": machine}
    failed = []
    for name in words.names or names():
        found[name], code = run(name)
        if code:
            failed.append(name)
        if not words.json:
            print(f"\n{name}\n{'-' * len(name)}")
            for what, figure in rows(found[name]):
                print(f"{what:<44} {figure}", flush=True)
    found["failed"] = failed
    text = json.dumps(found, ensure_ascii=False, indent=2)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text + "\n", "utf-8")
    if words.json:
        print(text)
    else:
        missed = f"; missed its target: {', '.join(failed)}" if failed else ""
        print(f"\nAll figures: {RESULT.relative_to(HERE.parent)}{missed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
