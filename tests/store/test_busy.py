"""Another program at the same repository: its locks, its commits, and a repository that is hurt."""

import os
import subprocess
import threading
import time

import pytest
from store_kit import COMMITTER, DOC, IDENTITY, SATO, append, git, is_whole

from kb.errors import Kept, NeedsRepair
from kb.messages import say
from kb.store import Edit, Put, people, refs

LINE = "- 大事な声"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(refs, "PATIENCE", 0.3)


def add(store, line=LINE):
    return store.save([Edit(DOC, append(line))], actor=SATO, message="声")


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_a_lock_that_stays_keeps_the_text(store, root, impatient, name):
    lock = root / ".git" / name
    lock.touch()
    with pytest.raises(Kept) as caught:
        add(store)
    assert lock.exists()
    assert caught.value.code == "history-held"
    (text,) = store.kept()
    assert text.id == caught.value.params["kept"]
    assert LINE in text.text.decode()
    assert LINE not in (root / DOC).read_text()
    assert not store.room.journal.any()
    lock.unlink()
    store.apply_kept(text.id, actor=SATO)
    assert LINE in (root / DOC).read_text()
    is_whole(root)


def test_a_lock_of_a_moment_is_waited_for(store, root):
    lock = root / ".git/HEAD.lock"
    lock.touch()
    threading.Timer(1.5, lock.unlink).start()
    assert add(store).commit is not None
    is_whole(root)


def test_the_same_line_kept_twice_is_two(store, root, impatient):
    (root / ".git/HEAD.lock").touch()
    for _ in range(2):
        with pytest.raises(Kept):
            add(store)
    assert len(store.kept()) == 2


def test_undo_under_a_lock_says_so_in_plain_words(store, root, impatient):
    add(store)
    (root / ".git/HEAD.lock").touch()
    with pytest.raises(Kept) as caught:
        store.undo(SATO)
    assert caught.value.code == "history-busy"
    assert "text_back" not in caught.value.params


def test_a_text_that_can_not_even_be_kept_is_given_back(store, root, impatient):
    (root / ".git/HEAD.lock").touch()
    (root / ".git/refs/kb").write_text("")
    with pytest.raises((Kept, NeedsRepair)) as caught:
        add(store)
    assert caught.value.params["text_back"] == LINE
    for lang in ("ja", "en"):
        sentence, hint = say(caught.value.code, lang, **caught.value.params)
        assert "fatal" not in sentence + hint
        assert "error:" not in sentence + hint


@pytest.mark.parametrize("head", [b"garbage\n", b"\xff\xfe\x00\x81", b"", b"ref: refs/heads/odd\n"])
def test_a_damaged_head_gives_the_text_back(store, root, head):
    (root / ".git/refs/heads/odd").write_text("garbage\n")
    (root / ".git/HEAD").write_bytes(head)
    with pytest.raises(NeedsRepair) as caught:
        add(store)
    assert caught.value.code == "no-head"
    assert caught.value.params["text_back"] == LINE
    assert [one.code for one in store.doctor(repair=False)] == ["no-head"]


def test_an_emptied_branch_is_not_a_new_one(store, root):
    (root / ".git/refs/heads/main").write_text("")
    with pytest.raises(NeedsRepair) as caught:
        store.save([Put(DOC, b"# whole\n", None)], actor=SATO, message="x")
    assert caught.value.params["text_back"] == "# whole\n"


def test_a_line_that_is_there_already_is_given_back_too(store, root, impatient):
    add(store)
    (root / ".git/HEAD").write_text("garbage\n")
    with pytest.raises(NeedsRepair) as caught:
        add(store)
    assert caught.value.params["text_back"] == LINE


def test_the_doctor_names_a_lock_left_behind(store, root):
    lock = root / ".git/refs/heads/main.lock"
    lock.touch()
    assert store.doctor(repair=True) == []
    os.utime(lock, (0, 0))
    (found,) = store.doctor(repair=True)
    assert (found.code, found.params["path"]) == ("history-locked", str(lock))
    assert lock.exists()


def test_the_doctor_names_kept_texts(store, root):
    name = store.keep(DOC, b"mine\n", "conflict", actor=SATO)
    (found,) = store.doctor(repair=False)
    assert (found.code, found.params["id"]) == ("text-kept", name)


def test_the_doctor_leaves_a_merge_to_its_person(store, root):
    (root / ".git/MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"))
    (root / DOC).write_text("<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> x\n")
    (found,) = store.doctor(repair=True, actor=SATO)
    assert found.code == "why-merge-under-way"
    assert "--abort" in say(found.code, "ja", **found.params)[1]


def person_commits(root, tmp_path, seconds):
    """Start a plain `git commit` whose editor is open for some seconds."""
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nsleep {seconds}\necho "von Hand" > "$1"\n')
    editor.chmod(0o755)
    message = root / ".git/COMMIT_EDITMSG"
    person = subprocess.Popen(
        ["git", "-C", str(root), "commit", "-q", "--allow-empty", "-e"],
        env={**os.environ, **IDENTITY, **COMMITTER, "GIT_EDITOR": str(editor)},
    )
    while not message.exists():
        time.sleep(0.01)
    time.sleep(0.1)
    return person


@pytest.mark.skipif(not people.PROCESSES.is_dir(), reason="processes can't be seen here")
def test_a_plain_commit_in_an_editor_is_waited_for(store, root, tmp_path):
    person = person_commits(root, tmp_path, 1)
    add(store)
    assert person.wait(10) == 0
    assert git(root, "log", "-2", "--format=%s") == "声\nvon Hand\n"
    is_whole(root)


@pytest.mark.skipif(not people.PROCESSES.is_dir(), reason="processes can't be seen here")
def test_a_plain_commit_that_stays_open_is_not_disturbed(store, root, tmp_path, monkeypatch):
    monkeypatch.setattr("kb.store.lock.PATIENCE", 0.3)
    person = person_commits(root, tmp_path, 2)
    with pytest.raises(Kept) as caught:
        add(store)
    assert caught.value.code == "commit-under-way"
    assert LINE in store.kept()[0].text.decode()
    with pytest.raises(Kept) as caught:
        store.undo(SATO)
    assert caught.value.params["reason"] == "commit-under-way"
    assert person.wait(10) == 0
    assert git(root, "log", "-1", "--format=%s") == "von Hand\n"


def test_a_commit_that_was_given_up_holds_nobody(store, root):
    (root / ".git/COMMIT_EDITMSG").write_text("never\n")
    begun = time.monotonic()
    add(store)
    assert time.monotonic() - begun < 3
