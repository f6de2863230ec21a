"""What commands cost from start to end: `python -m bench.start [--json] [--rounds N]`.

CPU (user plus system) of the whole process and its children, in milliseconds, beside bare Python
and bare click in the same run. Targets hold where bare Python takes 12 ms; elsewhere they are
scaled by what it takes here. Runs alternate, so that a busy moment hits all alike.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
BARE = 12.0
TARGETS = {"kb --help": 60.0, "kb add": 150.0}
"""Milliseconds of CPU where bare Python takes `BARE`."""


def environment() -> dict[str, str]:
    """Return an environment in which nothing of this machine's owner counts."""
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "KB_"))}
    mine.pop("PYTHONDONTWRITEBYTECODE", None)
    names = {f"GIT_{who}_NAME": "Bench" for who in ("AUTHOR", "COMMITTER")}
    mails = {f"GIT_{who}_EMAIL": "bench@example.com" for who in ("AUTHOR", "COMMITTER")}
    clock = {"KB_NOW": "2026-11-25T09:00:00+09:00", "PYTHONPATH": str(ROOT)}
    return {**mine, **names, **mails, **clock, "GIT_CONFIG_GLOBAL": os.devnull}


def cpu(command: list[str], cwd: Path, env: dict[str, str]) -> float:
    """Run a command to its end and return the CPU that it and its children took, in ms."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent * 1000


def measure(rounds: int) -> dict[str, float]:
    """Return the median CPU of each command, in ms."""
    env = environment()
    # As the installed command does it: `python -m` would load more.
    start = "import sys; from kb.faces.cli.app import main; main()"
    kb = [sys.executable, "-c", start]
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        for words in (
            ["init", "team", "--lang", "ja"],
            ["--store", "team", "account", "add", "acme", "--name", "Acme"],
            ["--store", "team", "meeting", "new", "acme", "--date", "2026-11-25", "--title", "x"],
            ["--store", "team", "add", "acme", "topic", "A topic"],
        ):
            cpu([*kb, *words], place, env)
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "import click": [sys.executable, "-c", "import click"],
            "kb --help": [*kb, "--help"],
            "kb add": [*kb, "--store", "team", "add", "acme", "said", "One line", "--under", "1"],
            "kb todo": [*kb, "--store", "team", "todo"],
            "kb meeting show": [*kb, "--store", "team", "meeting", "show", "acme"],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(cpu(command, place, env))
    return {name: median(values) for name, values in taken.items()}


def main() -> int:
    """Print a table, or JSON; return 1 when a target is missed."""
    asked = argparse.ArgumentParser(prog="python -m bench.start")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--rounds", type=int, default=15)
    words = asked.parse_args()
    found = measure(words.rounds)
    scale = max(1.0, found["bare Python"] / BARE)
    rows = [
        {"what": name, "cpu_ms": round(value, 1), "target_ms": round(TARGETS[name] * scale, 1)}
        if name in TARGETS
        else {"what": name, "cpu_ms": round(value, 1), "target_ms": None}
        for name, value in found.items()
    ]
    missed = [name for name, most in TARGETS.items() if found[name] > most * scale]
    if words.json:
        print(json.dumps({"rows": rows, "missed": missed}, ensure_ascii=False, indent=2))
    else:
        print(f"{'CPU of a whole process':<26}{'ms':>8}{'at most':>10}")
        for row in rows:
            print(f"{row['what']:<26}{row['cpu_ms']:>8}{row['target_ms'] or '':>10}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
