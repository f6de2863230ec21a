"""What a save costs, beside git's own `add` and `commit --only` in the same run.

`python -m bench.save [--json]` builds scratch stores with 2,000 accounts in one folder and 20,000
in folders, and measures on each: a save by an open store, the same by git's two commands, and what
fsync has of it; then a save into a short and into a long document, and what a whole process
costs that opens the store and saves once. Milliseconds, wall clock, p50 and p95 unless said.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from kb.store import Actor, Edit, Store

WHO = Actor("bench", "Bench", "bench@example.com")
WHEN = datetime(2026, 11, 21, 9, 0, tzinfo=timezone.utc)  # noqa: UP017 - reads like the tests
ROUNDS = 40
SHORT, LONG = 5_000, 350_000
ENV = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Bench" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "bench@example.com" for who in ("AUTHOR", "COMMITTER")},
}
COLD = """
import sys
from pathlib import Path
from kb.store import Actor, Edit, Store
store = Store.find(Path(sys.argv[1]))
add = lambda text: text + b"- one more line\\n"
store.save([Edit(sys.argv[2], add)], actor=Actor("b", "B", "b@example.com"), message="cold")
"""


def text_of(size: int, seed: int) -> bytes:
    """Return a document of about `size` bytes that is not the same line over and over."""
    lines = ["# 顧客\n"]
    have = 0
    number = seed
    while have < size:
        number = (number * 1103515245 + 12345) % 2**31
        lines.append(f"- お客様: {number} について、{number % 9973} 件の設定を見直したい @sato\n")
        have += len(lines[-1].encode())
    return "".join(lines).encode()


def build(root: Path, paths: list[str]) -> Store:
    """Make a store with these documents."""
    store = Store.create(root, {"kb.toml": b""}, WHO, "start", WHEN)
    body = {path: text_of(900, number) for number, path in enumerate(paths)}
    body["accounts/short.md"], body["accounts/long.md"] = text_of(SHORT, 1), text_of(LONG, 2)
    for path, text in body.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
    for command in (["add", "."], ["commit", "-qm", "fill"], ["gc", "-q"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, env=ENV)
    return store


def timed(act: Callable[[int], None], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return p50 and p95 of `act` in milliseconds; the first three rounds don't count."""
    took = []
    for number in range(rounds + 3):
        start = time.perf_counter()
        act(number)
        took.append((time.perf_counter() - start) * 1000)
    took = sorted(took[3:])
    return took[len(took) // 2], took[int(len(took) * 0.95)]


def by_kb(store: Store, paths: list[str]) -> Callable[[int], None]:
    """Return a save of one line into one of `paths`, by an open store."""

    def act(number: int) -> None:
        line = f"- line {number} {time.time_ns()}\n".encode()
        change = Edit(paths[number * 37 % len(paths)], lambda text: (text or b"") + line)
        store.save([change], actor=WHO, message="one line")

    return act


def by_git(root: Path, paths: list[str]) -> Callable[[int], None]:
    """Return the same by `git add` and `git commit --only`."""

    def act(number: int) -> None:
        path = paths[number * 37 % len(paths)]
        with (root / path).open("ab") as file:
            file.write(f"- line {number} {time.time_ns()}\n".encode())
        for command in (["add", "--", path], ["commit", "-q", "--only", "-m", "x", "--", path]):
            subprocess.run(["git", "-C", str(root), *command], check=True, env=ENV)

    return act


def cpu_of_process(command: list[str]) -> float:
    """Return the CPU that a process and its children take, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env={**ENV, "PYTHONPATH": os.getcwd()})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> None:
    """Measure, print a table, or one JSON document with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    rows: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        flat = [f"accounts/a{n:05}.md" for n in range(2_000)]
        deep = [f"accounts/f{n % 200:03}/a{n:05}.md" for n in range(20_000)]
        for name, paths in (("2,000 accounts", flat), ("20,000 in folders", deep)):
            root = Path(scratch) / name[:2].strip(",")
            store = build(root, paths)
            rows[f"{name}: kb"] = timed(by_kb(store, paths))
            rows[f"{name}: git add + commit --only"] = timed(by_git(root, paths), ROUNDS // 2)
            if paths is flat:
                rows["5 KB document: kb"] = timed(by_kb(store, ["accounts/short.md"]))
                rows["350 KB document: kb"] = timed(by_kb(store, ["accounts/long.md"]))
                cold = [sys.executable, "-c", COLD, str(root), "accounts/short.md"]
                bare = sorted(cpu_of_process([sys.executable, "-c", ""]) for _ in range(9))[4]
                taken = sorted(cpu_of_process(cold) for _ in range(9))
                rows["one process, CPU: kb.store"] = taken[4], taken[-1]
                rows["one process, CPU: bare Python"] = bare, bare
            store.close()
    ratios = {
        "2,000 accounts: kb / git (≤ 0.7)": ("2,000 accounts: kb", "2,000 accounts: git"),
        "20,000 in folders: kb / git (≤ 1.5)": ("20,000 in folders: kb", "20,000 in folders: git"),
        "20,000 in folders / 2,000: kb": ("20,000 in folders: kb", "2,000 accounts: kb"),
        "350 KB / 5 KB document (≤ 1.5)": ("350 KB document: kb", "5 KB document: kb"),
    }
    first = {
        name: next(v for key, v in rows.items() if key.startswith(name))
        for pair in ratios.values()
        for name in pair
    }
    shares = {label: first[one][0] / first[other][0] for label, (one, other) in ratios.items()}
    if as_json:
        print(json.dumps({"ms": rows, "ratios": shares}, ensure_ascii=False))
        return
    for name, (p50, p95) in rows.items():
        print(f"{name:42} p50 {p50:8.2f}  p95 {p95:8.2f} ms")
    for name, share in shares.items():
        print(f"{name:42} {share:12.2f}")


if __name__ == "__main__":
    main()
