"""What a save costs, beside git's own `add` and `commit --only` in the same run.

`python -m bench.save [--json]` builds scratch stores with 2,000 accounts in one folder and 20,000
in folders, and measures on each a save by an open store and the same by git's two commands; then
a save into a short and into a long document, and a whole process that opens the store and saves
once.
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
from datetime import UTC, datetime
from pathlib import Path

from kb.store import Actor, Edit, Store

WHO = Actor("bench", "Bench", "bench@example.com")
WHEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
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
        subprocess.run(["git", "-C", str(root), "-c", "gc.auto=0", *command], check=True, env=ENV)
    return store


def timed(acts: dict[str, Callable[[int], None]]) -> dict[str, tuple[float, float, float]]:
    """Return p50 and p95 (wall) and mean CPU of each act in milliseconds.

    The acts take turns, so that a busy machine is busy for all of them; the first three rounds
    don't count.
    """
    took: dict[str, list[float]] = {name: [] for name in acts}
    used = dict.fromkeys(acts, 0.0)
    for number in range(ROUNDS + 3):
        for name, act in acts.items():
            cpu, start = cpu_so_far(), time.perf_counter()
            act(number)
            if number >= 3:
                took[name].append((time.perf_counter() - start) * 1000)
                used[name] += (cpu_so_far() - cpu) / ROUNDS
    for spans in took.values():
        spans.sort()
    return {
        name: (spans[ROUNDS // 2], spans[int(ROUNDS * 0.95)], used[name])
        for name, spans in took.items()
    }


def cpu_so_far() -> float:
    """Return the CPU of this process and the children it has waited for, in milliseconds."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both) * 1000


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
            subprocess.run(
                ["git", "-C", str(root), "-c", "gc.auto=0", *command], check=True, env=ENV
            )

    return act


def cold(root: Path, code: str) -> Callable[[int], None]:
    """Return a whole Python process that runs `code`."""
    command = [sys.executable, "-c", code, str(root), "accounts/short.md"]
    env = {**ENV, "PYTHONPATH": os.getcwd(), "PYTHONPYCACHEPREFIX": str(root.parent / "compiled")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda _: subprocess.run(command, check=True, env=env) and None


def main() -> None:
    """Measure, print a table, or one JSON document with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    flat = [f"accounts/a{n:05}.md" for n in range(2_000)]
    deep = [f"accounts/f{n % 200:03}/a{n:05}.md" for n in range(20_000)]
    with tempfile.TemporaryDirectory() as scratch:
        one, two = Path(scratch) / "flat", Path(scratch) / "deep"
        small, large = build(one, flat), build(two, deep)
        rows = timed(
            {
                "2,000 accounts: kb": by_kb(small, flat),
                "2,000 accounts: git": by_git(one, flat),
                "20,000 in folders: kb": by_kb(large, deep),
                "20,000 in folders: git": by_git(two, deep),
            }
        )
        rows |= timed(
            {
                "5 KB document: kb": by_kb(small, ["accounts/short.md"]),
                "350 KB document: kb": by_kb(small, ["accounts/long.md"]),
            }
        )
        rows |= timed({"process: bare Python": cold(one, ""), "process: one save": cold(one, COLD)})
        small.close()
        large.close()
    pairs = {
        "2,000 accounts: kb / git (≤ 0.7)": ("2,000 accounts: kb", "2,000 accounts: git"),
        "20,000 in folders: kb / git (≤ 1.5)": ("20,000 in folders: kb", "20,000 in folders: git"),
        "20,000 in folders / 2,000: kb": ("20,000 in folders: kb", "2,000 accounts: kb"),
        "350 KB / 5 KB document: kb (≤ 1.5)": ("350 KB document: kb", "5 KB document: kb"),
    }
    ratios = {label: rows[over][0] / rows[under][0] for label, (over, under) in pairs.items()}
    if as_json:
        named = {
            name: dict(zip(("p50", "p95", "cpu"), row, strict=True)) for name, row in rows.items()
        }
        print(json.dumps({"ms": named, "ratios": ratios}, ensure_ascii=False))
        return
    for name, (p50, p95, cpu) in rows.items():
        print(f"{name:38} p50 {p50:7.2f}  p95 {p95:7.2f}  CPU {cpu:7.2f} ms")
    for label, ratio in ratios.items():
        print(f"{label:38}     {ratio:7.2f}")


if __name__ == "__main__":
    main()
