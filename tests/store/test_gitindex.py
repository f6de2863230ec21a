"""Git's index as we rewrite it, checked by git itself."""

import os
import random
import subprocess

import pytest
from store_kit import git

from kb.store import gitindex
from kb.store.git import Git
from kb.store.indexlock import IndexFile
from kb.store.objects import blob_id

PATHS = [
    *("a", "a.md", "a/b.md", "a/b/c.md", "accounts/x.md", "accounts/y/z.md", "b", "b-c"),
    *("b.md", "日本語/議事録.md", "z/" + "長" * 40 + ".md", "z/z/z/z/z/z/z.md"),
]


@pytest.fixture
def repo(tmp_path):
    git(tmp_path, "init", "-q")
    return tmp_path


def blob(root, text):
    file = root / "blob.tmp"
    file.write_bytes(text)
    return git(root, "hash-object", "-w", str(file)).strip()


def by_git(root, changes):
    lines = [f"{'100644' if i else '0'} {i or '0' * 40} 0\t{path}" for path, i in changes.items()]
    subprocess.run(
        ["git", "-C", str(root), "update-index", "-z", "--index-info"],
        input="".join(line + "\0" for line in lines).encode(),
        check=True,
    )


def set_by_us(root, changes):
    index = IndexFile(Git(root, root / ".git"), root / ".git")
    entries = {
        path: gitindex.Entry("100644", i, None) if i else None for path, i in changes.items()
    }
    data = index.read()
    expected = {path: {one.id for one in index.listed(data, path)} | {None} for path in changes}
    assert index.set(entries, expected)
    assert not (root / ".git/index.lock").exists()
    assert [file.name for file in (root / ".git/kb").iterdir()] == []


@pytest.mark.parametrize(
    "setting",
    [
        [],
        ["update-index", "--untracked-cache"],
        ["update-index", "--index-version", "4"],
        ["update-index", "--split-index"],
        ["update-index", "--index-version", "3"],
        ["write-tree"],
    ],
)
def test_any_changes_give_the_index_that_git_would_have_written(repo, setting):
    rng = random.Random(len(setting) + 5)
    ours, theirs = repo / "ours", repo / "theirs"
    for root in (ours, theirs):
        root.mkdir()
        git(root, "init", "-q")
        by_git(root, {path: blob(root, path.encode()) for path in PATHS[::2] if "/" in path})
    if setting:
        git(ours, *setting)
    for turn in range(25):
        files = [path for path in PATHS if "/" in path or "." in path]
        picked = rng.sample(files, rng.randint(1, 3))
        texts = {path: rng.choice([None, b"x%d" % turn, path.encode()]) for path in picked}
        wanted = {
            path: blob(ours, text) if text is not None else None for path, text in texts.items()
        }
        for text in texts.values():
            if text is not None:
                blob(theirs, text)
        set_by_us(ours, wanted)
        by_git(theirs, wanted)
        assert git(ours, "ls-files", "-s") == git(theirs, "ls-files", "-s")
        if turn % 5 == 0:
            assert git(ours, "write-tree") == git(theirs, "write-tree")
    git(ours, "fsck", "--strict")


def test_a_path_is_found_where_it_is_and_nowhere_else(repo):
    by_git(repo, {path: blob(repo, path.encode()) for path in PATHS if path not in ("a", "b")})
    data = (repo / ".git/index").read_bytes()
    for path in PATHS:
        found = [one.id for one in gitindex.listed(data, path)]
        assert found == ([] if path in ("a", "b") else [blob_id(path.encode())])
    for absent in ("x.md", "md", "b/c.md", "c.md", "accounts", "議事録.md", ""):
        assert gitindex.listed(data, absent) == []


def test_the_file_s_state_is_recorded_so_that_git_need_not_read_it(repo):
    (repo / "f.md").write_bytes(b"text\n")
    by_git(repo, {"f.md": blob(repo, b"text\n")})
    os.utime(repo / "f.md", (1, 1))
    index = IndexFile(Git(repo, repo / ".git"), repo / ".git")
    entry = gitindex.Entry("100644", blob_id(b"text\n"), os.lstat(repo / "f.md"))
    assert index.set({"f.md": entry}, {"f.md": {blob_id(b"text\n")}})
    assert git(repo, "diff-files") == ""


def test_what_a_person_staged_meanwhile_stays(repo):
    by_git(repo, {"f.md": blob(repo, b"staged\n")})
    index = IndexFile(Git(repo, repo / ".git"), repo / ".git")
    entry = gitindex.Entry("100644", blob(repo, b"ours\n"), None)
    assert index.set({"f.md": entry}, {"f.md": {blob_id(b"before\n")}})
    assert blob_id(b"staged\n") in git(repo, "ls-files", "-s")
