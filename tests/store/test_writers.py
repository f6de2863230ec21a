"""Eight processes that save at once, while somebody edits by hand."""

import os
import random
import time
import traceback

import pytest
from store_kit import SATO, git, is_whole, merge_lines, open_store

from kb.errors import Kept
from kb.store import Edit, Put
from kb.store.lock import hold

WRITERS = 8
EDITS = 50


def add_under(heading, line):
    """An edit that puts a line under a heading of the document."""

    def apply(text):
        lines = text.split(b"\n")
        at = lines.index(heading.encode())
        return b"\n".join([*lines[: at + 1], line.encode(), *lines[at + 1 :]])

    return apply


@pytest.mark.slow
@pytest.mark.parametrize("documents", [1, 8])
def test_nothing_is_lost(root, documents):
    paths = [f"accounts/d{number}.md" for number in range(documents)]
    start = "".join(f"## {n}\n\n- anfang {n}\n\n" for n in range(WRITERS)).encode()
    store = open_store(root)
    store.save([Put(path, start, None) for path in paths], actor=SATO, message="start")
    children = []
    for writer in range(WRITERS):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                mine = open_store(root)
                for number in range(EDITS):
                    change = Edit(
                        paths[writer % documents],
                        add_under(f"## {writer}", f"- {writer}/{number}"),
                    )
                    assert mine.save([change], actor=SATO, message=f"{writer}/{number}").commit
                code = 0
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(code)
        children.append(child)
    rng = random.Random(8)
    by_hand = []
    waiting = set(children)
    while waiting:
        time.sleep(rng.uniform(0.2, 0.5))
        for child in list(waiting):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                assert status == 0
                waiting.discard(child)
        path = root / rng.choice(paths)
        buffer = path.read_bytes()  # an editor opens the file …
        if not buffer:
            continue
        time.sleep(rng.uniform(0, 0.2))
        by_hand.append((path, f"- von Hand {len(by_hand)}"))
        with path.open("wb") as file:  # … and saves it a while later
            file.write(buffer + by_hand[-1][1].encode() + b"\n")
    store.adopt(store.edited_outside(), actor=SATO)
    texts = {path: (root / path).read_text().split("\n") for path in paths}
    missing = [
        f"{writer}/{number}"
        for writer in range(WRITERS)
        for number in range(EDITS)
        if texts[paths[writer % documents]].count(f"- {writer}/{number}") != 1
    ]
    assert missing == []
    kept = b"\n".join(one.text for one in store.kept()).decode()
    lost = [line for path, line in by_hand if line not in path.read_text() and line not in kept]
    assert lost == []
    assert int(git(root, "rev-list", "--count", "HEAD")) >= WRITERS * EDITS
    is_whole(root)


@pytest.mark.slow
def test_stale_whole_texts_of_eight_writers_are_merged(root):
    store = open_store(root, merge=merge_lines)
    start = "".join(f"## {n}\n\n- anfang {n}\n\n" for n in range(WRITERS)).encode()
    store.save([Put("accounts/d.md", start, None)], actor=SATO, message="start")
    for number in range(10):
        read = store.read_for_edit("accounts/d.md")
        for writer in range(WRITERS):
            mine = add_under(f"## {writer}", f"- {writer}/{number}")(read.data)
            store.save([Put("accounts/d.md", mine, read.blob)], actor=SATO, message="x")
    lines = (root / "accounts/d.md").read_text().split("\n")
    wanted = [f"- {writer}/{number}" for writer in range(WRITERS) for number in range(10)]
    assert [line for line in wanted if lines.count(line) != 1] == []
    is_whole(root)


def test_whoever_waits_has_a_turn(tmp_path):
    """One process that saves without a pause does not keep another one out."""
    child = os.fork()
    if child == 0:
        until = time.monotonic() + 2
        while time.monotonic() < until:
            with hold(tmp_path / "lock"):
                time.sleep(0.005)
        os._exit(0)
    time.sleep(0.1)
    waits = []
    for _ in range(20):
        before = time.monotonic()
        with hold(tmp_path / "lock"):
            waits.append(time.monotonic() - before)
    os.waitpid(child, 0)
    assert max(waits) < 1
    assert sorted(waits)[10] < 0.1


def test_a_lock_that_is_held_is_reported_in_time(tmp_path):
    with hold(tmp_path / "lock"), pytest.raises(Kept), hold(tmp_path / "lock", patience=0.1):
        pass
    with hold(tmp_path / "lock", patience=0):
        pass
