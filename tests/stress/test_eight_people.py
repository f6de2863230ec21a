"""Eight processes write through the command line while somebody saves in an editor."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

PEOPLE, LINES = 8, 10
ENV = {
    "KB_LANG": "en",
    "GIT_COMMITTER_NAME": "x",
    "GIT_COMMITTER_EMAIL": "x@example.com",
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
}
WRITER = """
import os, sys
from kb.faces.cli import app
who, ref = sys.argv[1:]
os.environ["GIT_AUTHOR_NAME"], os.environ["GIT_AUTHOR_EMAIL"] = who, who + "@example.com"
kinds = ("memo", "todo", "insight", "said", "decision", "hypothesis")
for n in range(int(os.environ["LINES"])):
    code = app.run(["add", ref, kinds[n % len(kinds)], f"{who} line {n}."])
    if code:
        sys.exit(f"{who} {n}: exit {code}")
"""


def run(*args, cwd):
    author = {"GIT_AUTHOR_NAME": "sato", "GIT_AUTHOR_EMAIL": "sato@example.com"}
    subprocess.run(
        [sys.executable, "-m", "kb", *args],
        env={**os.environ, **ENV, **author},
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def git(root, *args):
    done = subprocess.run(["git", "-C", root, *args], capture_output=True, check=True, text=True)
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("documents", [1, PEOPLE])
def test_nothing_is_lost_and_nothing_fails(tmp_path, documents):
    root = tmp_path / "team"
    run("init", str(root), "--lang", "en", cwd=tmp_path)
    slugs = [f"a{n}" for n in range(documents)]
    for slug in slugs:
        run("account", "add", slug, "--name", slug, cwd=root)
        run("meeting", "new", slug, "--date", "2026-11-25", "--title", "Sync", cwd=root)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"p{n}", slugs[n % documents]],
            env={**os.environ, **ENV, "LINES": str(LINES)},
            cwd=root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for n in range(PEOPLE)
    ]
    typed = []
    stop = threading.Event()

    def type_by_hand():
        path = root / "accounts" / f"{slugs[0]}.md"
        while not stop.wait(0.4):
            text = path.read_text("utf-8")
            line = f"By hand {len(typed)}."
            time.sleep(0.1)  # what was read is old by now
            path.write_text(text + f"\n{line}\n", "utf-8")
            typed.append(line)

    hand = threading.Thread(target=type_by_hand)
    hand.start()
    problems = [writer.communicate(timeout=300)[1].decode() for writer in writers]
    stop.set()
    hand.join()
    assert [problem for problem in problems if "exit" in problem or "Traceback" in problem] == []
    run("doctor", "--repair", cwd=root)
    text = "".join(git(root, "show", f"HEAD:accounts/{slug}.md") for slug in slugs)
    kept = git(root, "for-each-ref", "refs/kb/kept", "--format=%(refname)").split()
    aside = "".join(git(root, "show", f"{ref}:text") for ref in kept)
    wanted = [f"p{n} line {k}." for n in range(PEOPLE) for k in range(LINES)]
    assert [line for line in wanted if line not in text] == []
    assert [line for line in typed if line not in text + aside] == []
    assert typed
    assert "<<<<<<<" not in text
    assert git(root, "status", "--porcelain") == ""
    git(root, "fsck", "--strict")
