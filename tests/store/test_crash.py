"""A process that ends in the middle of a save, at every named step and anywhere."""

import os
import random
import signal
import time

import pytest
from store_kit import DOC, SATO, append, git, is_whole, merge_sections, open_store

from kb.errors import Fault, Kept
from kb.store import Delete, Edit, Move, Put
from kb.store.failpoints import STEPS

ACKNOWLEDGED = STEPS[STEPS.index("committed") :]


def in_child(act):
    """Run `act` in a child process; return how it ended (negative: the signal)."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def failing(root, step, changes):
    def act():
        os.environ.update(KB_TESTING="1", KB_FAILPOINT=step)
        open_store(root).save(changes, actor=SATO, message="killed")

    return act


def by_hand(root, line):
    with (root / DOC).open("ab") as file:
        file.write(line.encode() + b"\n")


@pytest.mark.parametrize("foreign", [False, True], ids=["", "and-a-hand-edit"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(root, step, foreign):
    changes = [Edit(DOC, append("- killed")), Put("accounts/new.md", b"# new\n", None)]
    assert in_child(failing(root, step, changes)) == -signal.SIGKILL
    if foreign:
        by_hand(root, "- von Hand")
    store = open_store(root)
    store.save([Edit(DOC, append("- danach"))], actor=SATO, message="next")
    text = (root / DOC).read_text()
    assert text.count("- killed\n") == (step in ACKNOWLEDGED)
    assert (root / "accounts/new.md").exists() == (step in ACKNOWLEDGED)
    assert text.count("- von Hand\n") == foreign
    assert text.count("- danach\n") == 1
    assert store.kept() == []
    is_whole(root)


@pytest.mark.parametrize("step", ["committed", "exchanged", "exchanged:2", "index-written"])
def test_killed_while_moving_and_deleting(root, step):
    store = open_store(root)
    store.save([Put("accounts/gone.md", b"gone\n", None)], actor=SATO, message="x")
    blob = store.read("accounts/gone.md").blob
    changes = [Move(DOC, "accounts/moved.md"), Delete("accounts/gone.md", blob)]
    assert in_child(failing(root, step, changes)) == -signal.SIGKILL
    assert open_store(root).read("accounts/moved.md") is not None
    assert not (root / DOC).exists()
    assert not (root / "accounts/gone.md").exists()
    is_whole(root)


@pytest.mark.parametrize("step", ["committed", "exchanged", "index-renamed", "recovered"])
def test_killed_twice(root, step):
    in_child(failing(root, "committed", [Edit(DOC, append("- eins"))]))
    in_child(failing(root, step, [Edit(DOC, append("- zwei"))]))
    open_store(root)
    expected = "- eins\n- zwei\n" if step == "committed" else "- eins\n"
    assert (root / DOC).read_text().endswith(expected)
    is_whole(root)


def test_failpoints_need_the_testing_switch(store, root, monkeypatch):
    monkeypatch.setenv("KB_FAILPOINT", "locked")
    assert store.save([Edit(DOC, append("- a"))], actor=SATO, message="x").commit


@pytest.mark.slow
def test_killed_anywhere_fifty_times(root):
    rng = random.Random(26)
    acknowledged, by_a_hand = [], []
    for turn in range(50):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                store = open_store(root)
                for number in range(1000):
                    line = f"- zeile {turn}-{number}"
                    store.save([Edit(DOC, append(line))], actor=SATO, message="x")
                    os.write(writing, line.encode() + b"\n")
            finally:
                os._exit(1)
        os.close(writing)
        first = os.read(reading, 4096).decode().splitlines()
        time.sleep(rng.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as said:
            acknowledged += first + said.read().decode().splitlines()
        if turn % 2:
            by_a_hand.append(f"- hand {turn}")
            by_hand(root, by_a_hand[-1])
        open_store(root)
    store = open_store(root)
    store.save([Edit(DOC, append("- ende"))], actor=SATO, message="x")
    lines = (root / DOC).read_text().splitlines()
    assert [
        (one, lines.count(one)) for one in acknowledged + by_a_hand if lines.count(one) != 1
    ] == []
    assert len(acknowledged) >= 50
    assert store.kept() == []
    is_whole(root)


@pytest.mark.parametrize(
    ("step", "error", "code"),
    [
        ("object", "ENOSPC", "disk-full"),
        ("stage", "ENOSPC", "disk-full"),
        ("stage", "EROFS", "read-only"),
        ("object", "EACCES", "read-only"),
        ("journalled", "EIO", "file-fault"),
    ],
)
def test_a_disk_that_refuses_gives_the_text_back(store, root, monkeypatch, step, error, code):
    before = git(root, "rev-parse", "HEAD"), (root / DOC).read_bytes(), git(root, "ls-files", "-s")
    monkeypatch.setenv("KB_TESTING", "1")
    monkeypatch.setenv("KB_FAILPOINT", f"{step}:{error}")
    for change in (Edit(DOC, append("- mein Text")), Put("accounts/n.md", b"- mein Text", None)):
        with pytest.raises((Kept, Fault)) as caught:
            store.save([change], actor=SATO, message="x")
        assert caught.value.code == code
        assert caught.value.params["text_back"] == "- mein Text"
    now = git(root, "rev-parse", "HEAD"), (root / DOC).read_bytes(), git(root, "ls-files", "-s")
    assert now == before
    monkeypatch.delenv("KB_FAILPOINT")
    store.save([Edit(DOC, append("- mein Text"))], actor=SATO, message="x")
    is_whole(root)


@pytest.mark.parametrize("step", ["exchanged", "index-locked", "index-written"])
def test_a_disk_that_refuses_after_the_commit_is_made_up_for(store, root, monkeypatch, step):
    monkeypatch.setenv("KB_TESTING", "1")
    monkeypatch.setenv("KB_FAILPOINT", f"{step}:ENOSPC")
    saved = store.save([Edit(DOC, append("- a"))], actor=SATO, message="x")
    assert saved.commit
    assert saved.warnings == ("files-pending",)
    monkeypatch.delenv("KB_FAILPOINT")
    open_store(root)
    assert (root / DOC).read_text().endswith("- a\n")
    is_whole(root)


def test_what_somebody_writes_between_is_taken_in(root, monkeypatch):
    """An editor saves after the text was read and before the files are exchanged."""
    from kb.store.files import Files

    class Racing(Files):
        turns = 0

        def exchange(self, ours, place):
            if self.turns < 2 and place.name == "acme.md":
                self.turns += 1
                by_hand(root, f"- dazwischen {self.turns}")
            super().exchange(ours, place)

    store = open_store(root, merge=merge_sections, files=Racing())
    store.save([Edit(DOC, append("- kb"))], actor=SATO, message="x")
    text = (root / DOC).read_text()
    assert all(line in text for line in ("- kb\n", "- dazwischen 1\n"))
    store.save([Edit(DOC, append("- kb2"))], actor=SATO, message="x")
    text = (root / DOC).read_text()
    assert all(text.count(line) == 1 for line in ("- kb\n", "- kb2\n", "- dazwischen 1\n"))
    assert b"- dazwischen 2\n" in store.kept()[0].text
    is_whole(root)
