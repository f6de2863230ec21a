"""What a save does, seen from outside: by git, by the files, by what is raised."""

import json
import os
import unicodedata

import pytest
from store_kit import DOC, MORI, SATO, WHEN, append, git, is_whole, open_store

from kb.errors import KbError, Kept, NotAllowed, NotFound, WrongUse
from kb.store import Delete, Edit, Move, Put, Store
from kb.store.paths import safe_path


def committed(root, path=DOC):
    return git(root, "show", f"HEAD:{path}").encode("utf-8", "surrogateescape")


def test_an_edit_is_one_commit_of_the_member_and_leaves_nothing_behind(store, root):
    saved = store.save(
        [Edit(DOC, append("- 二行目"))],
        actor=MORI,
        message="お客様の声を追加",
        trailers=[("Kb-Meeting", "m-4k7q2x")],
        when=WHEN,
    )
    assert saved.commit == git(root, "rev-parse", "HEAD").strip()
    shown = git(root, "log", "-1", "--format=%an|%ae|%ad|%cd|%B")
    date = "Sat Nov 21 09:00:00 2026 +0900"
    assert shown.startswith(f"森 真理|mori@example.com|{date}|{date}|お客様の声を追加\n\n")
    assert git(root, "log", "-1", "--format=%(trailers:only)").split("\n")[:2] == [
        "Kb-Meeting: m-4k7q2x",
        "Kb-Source: clock",
    ]
    assert committed(root) == (root / DOC).read_bytes()
    assert "- 二行目" in (root / DOC).read_text()
    assert saved.blobs[DOC] == git(root, "rev-parse", f"HEAD:{DOC}").strip()
    is_whole(root)


def test_an_edit_that_changes_nothing_is_no_commit(store, root):
    before = git(root, "rev-parse", "HEAD")
    assert store.save([Edit(DOC, lambda text: text)], actor=SATO, message="x").commit is None
    assert git(root, "rev-parse", "HEAD") == before


def test_an_edit_that_raises_changes_nothing(store, root):
    def refuse(_text):
        raise NotFound("no-item", id="t-1")

    before = git(root, "rev-parse", "HEAD"), (root / DOC).read_bytes()
    (root / DOC).write_bytes(before[1] + "手で\n".encode())
    with pytest.raises(NotFound):
        store.save([Edit(DOC, refuse)], actor=SATO, message="x")
    assert git(root, "rev-parse", "HEAD") == before[0]
    assert (root / DOC).read_bytes() == before[1] + "手で\n".encode()


def test_several_files_are_one_commit(store, root):
    changes = [
        Edit(DOC, append("- a")),
        Put("accounts/east/beta.md", b"# beta\n", None),
        Put("reviews/m-1-pre.md", b"## x\n", None),
    ]
    store.save(changes, actor=SATO, message="三つ")
    names = git(root, "show", "--format=", "--name-only", "HEAD").split()
    assert names == [DOC, "accounts/east/beta.md", "reviews/m-1-pre.md"]
    is_whole(root)


def test_only_named_paths_are_committed(store, root):
    (root / "kb.toml").write_bytes(b"# edited by hand\n")
    (root / "note.txt").write_text("x")
    git(root, "add", "note.txt")
    store.save([Edit(DOC, append("- a"))], actor=SATO, message="x")
    assert git(root, "show", "--format=", "--name-only", "HEAD").split() == [DOC]
    assert git(root, "status", "--porcelain") == " M kb.toml\nA  note.txt\n"


def test_the_next_plain_commit_does_not_revert_ours(store, root):
    store.save([Edit(DOC, append("- kbの行"))], actor=SATO, message="x")
    (root / "note.txt").write_text("x")
    git(root, "add", "note.txt")
    git(root, "commit", "-m", "x")
    assert "- kbの行" in committed(root).decode()
    store.save([Put("accounts/new.md", b"n\n", None)], actor=SATO, message="x")
    store.save(
        [Delete("accounts/new.md", store.read("accounts/new.md").blob)], actor=SATO, message="x"
    )
    git(root, "commit", "--allow-empty", "-m", "y")
    assert "accounts/new.md" not in git(root, "ls-tree", "-r", "--name-only", "HEAD")
    is_whole(root)


def test_a_stale_whole_text_is_merged(store, root):
    read = store.read_for_edit(DOC)
    store.save([Edit(DOC, append("- もう一行"))], actor=SATO, message="x")
    mine = read.data.replace("一行目".encode(), "最初の行".encode())
    saved = store.save([Put(DOC, mine, read.blob)], actor=MORI, message="y")
    text = (root / DOC).read_text()
    assert "- 最初の行\n- もう一行\n" in text
    assert saved.merged == (DOC,)
    is_whole(root)


def test_a_conflict_writes_nothing_and_gives_both_texts(store, root):
    read = store.read_for_edit(DOC)
    store.save([Edit(DOC, lambda t: t.replace("一行目".encode(), b"one"))], actor=SATO, message="x")
    before = git(root, "rev-parse", "HEAD"), (root / DOC).read_bytes()
    mine = read.data.replace("一行目".encode(), b"two")
    with pytest.raises(Kept) as caught:
        store.save([Put(DOC, mine, read.blob)], actor=MORI, message="y")
    assert caught.value.params["ours"] == mine
    assert caught.value.params["theirs"] == before[1]
    assert (git(root, "rev-parse", "HEAD"), (root / DOC).read_bytes()) == before
    assert store.kept()[0].text == mine
    store.apply_kept(store.kept()[0].id, actor=MORI)
    assert b"two" in (root / DOC).read_bytes()
    assert store.kept() == []
    is_whole(root)


def test_in_the_background_the_rest_of_a_conflict_is_saved(store, root):
    read = store.read_for_edit(DOC)
    store.save([Edit(DOC, lambda t: t.replace("一行目".encode(), b"one"))], actor=SATO, message="x")
    mine = read.data.replace("一行目".encode(), b"two").replace(b"# ", "- 先頭\n\n# ".encode())
    saved = store.save([Put(DOC, mine, read.blob)], actor=MORI, message="y", background=True)
    text = (root / DOC).read_text()
    assert "- one" in text
    assert "- 先頭" in text
    assert "<<<<" not in text
    assert [kept.id for kept in store.kept()] == list(saved.kept)
    is_whole(root)


def test_move_rewrites_and_history_follows(store, root):
    store.save(
        [Move(DOC, "accounts/east/acme2.md", lambda t: t + b"- moved\n")],
        actor=SATO,
        message="改名",
    )
    names = [(one.subject, one.path) for one in store.history("accounts/east/acme2.md")]
    assert names == [("改名", "accounts/east/acme2.md"), ("ストアを作る", DOC)]
    assert not (root / DOC).exists()
    with pytest.raises(NotFound):
        store.save([Move(DOC, "accounts/x.md")], actor=SATO, message="x")
    with pytest.raises(WrongUse):
        store.save([Move("accounts/east/acme2.md", "kb.toml")], actor=SATO, message="x")
    is_whole(root)


def test_a_new_file_must_be_new_and_a_delete_must_know_what_it_deletes(store, root):
    with pytest.raises(WrongUse):
        store.save([Put(DOC, b"other", None)], actor=SATO, message="x")
    old = store.read(DOC).blob
    store.save([Edit(DOC, append("- a"))], actor=SATO, message="x")
    with pytest.raises(Kept):
        store.save([Delete(DOC, old)], actor=SATO, message="x")
    assert (root / DOC).exists()


@pytest.mark.parametrize("name", ["Acme.md", "ａｃｍｅ.md"])
def test_a_name_that_differs_in_case_or_width_only_is_refused(store, root, name):
    with pytest.raises(WrongUse) as caught:
        store.save([Put(f"accounts/{name}", b"x", None)], actor=SATO, message="x")
    assert caught.value.code == "same-name"
    assert os.listdir(root / "accounts") == ["acme.md"]


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf# x\r\ny\r\n", b"a\x00b\n", b"\xff\xfe\r", b"", b"no newline", "é".encode()],
)
def test_every_byte_stays(store, root, data):
    store.save([Put("accounts/b.md", data, None)], actor=SATO, message="x")
    assert (root / "accounts/b.md").read_bytes() == data
    assert committed(root, "accounts/b.md") == data
    read = store.read_for_edit("accounts/b.md")
    store.save([Put("accounts/b.md", data + b"\r\nz", read.blob)], actor=SATO, message="x")
    assert store.at(store.head(), "accounts/b.md") == data + b"\r\nz"
    is_whole(root)


def test_forged_trailers_and_names_are_cleaned(store, root):
    from kb.store import Actor

    forged = Actor("x", "A <b@c>\nauthor Evil", "m@x>\ncommitter z")
    store.save(
        [Edit(DOC, append("- a"))],
        actor=forged,
        message="題名\x07\nKb-Source: server\n kb-member: boss\n\nKb-Undo: 1",
        trailers=[("Kb-Meeting", "m-1\nKb-Source: server")],
    )
    assert git(root, "log", "-1", "--format=%B").strip() == (
        "題名\n\nKb-Meeting: m-1 Kb-Source: server\nKb-Source: clock"
    )
    assert git(root, "log", "-1", "--format=%an|%ae").strip() == "A b@c author Evil|m@xcommitterz"
    is_whole(root)


def test_hostile_names_are_refused_everywhere(store, root, shared):
    names = json.loads((shared / "data/attacks/own/bad_names.json").read_text())
    before = git(root, "rev-parse", "HEAD")
    here = set(os.listdir(root)), set(os.listdir(root.parent))
    for name in names:
        if name == "README.md":
            continue
        with pytest.raises(NotAllowed):
            store.save([Put(name, b"x", None)], actor=SATO, message="x")
        with pytest.raises(NotAllowed):
            store.read(name)
    fine = []
    for name in names:
        path = f"accounts/{name}"
        try:
            fine.append(safe_path(path))
        except NotAllowed:
            continue
        assert unicodedata.normalize("NFC", path) == path
        assert (root / path).resolve().is_relative_to(root / "accounts")
    assert {"accounts/が.md", "accounts/株式会社〇〇/議事録.md"} <= set(fine)
    assert not [one for one in fine if ".git" in one.lower() or ".." in one or " " in one]
    assert git(root, "rev-parse", "HEAD") == before
    assert here == (set(os.listdir(root)), set(os.listdir(root.parent)))


def test_links_are_neither_followed_nor_replaced(store, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("secret\n")
    (root / "accounts/link.md").symlink_to(outside / "x.md")
    (root / "accounts/far").symlink_to(outside)
    for path in ("accounts/link.md", "accounts/far/x.md", "accounts/far/new.md"):
        with pytest.raises(NotAllowed):
            store.save([Edit(path, append("x"))], actor=SATO, message="x")
        with pytest.raises(NotAllowed):
            store.read(path)
    assert (outside / "x.md").read_text() == "secret\n"
    git(root, "add", "accounts/link.md")
    git(root, "commit", "-m", "link")
    (root / "accounts/link.md").unlink()
    with pytest.raises(NotAllowed):
        store.save([Edit("accounts/link.md", append("x"))], actor=SATO, message="x")


def test_packed_objects_and_packed_refs_are_read(store, root):
    for number in range(3):
        store.save([Edit(DOC, append(f"- {number}"))], actor=SATO, message="x")
    git(root, "gc", "-q")
    git(root, "pack-refs", "--all")
    store.save([Edit(DOC, append("- nach"))], actor=SATO, message="x")
    cold = open_store(root)
    cold.save([Edit(DOC, append("- cold"))], actor=SATO, message="x")
    cold.close()
    assert committed(root).decode().endswith("- 2\n- nach\n- cold\n")
    is_whole(root)


def test_a_linked_work_tree_saves_too(root, tmp_path):
    git(root, "branch", "other")
    git(root, "worktree", "add", str(tmp_path / "wt"), "other")
    linked = open_store(tmp_path / "wt")
    linked.save([Edit(DOC, append("- im zweiten"))], actor=SATO, message="x")
    linked.close()
    assert git(tmp_path / "wt", "status", "--porcelain") == ""
    assert "im zweiten" in git(root, "show", f"other:{DOC}")


def test_finding_a_store(root, tmp_path):
    assert open_store(root / "accounts").root == root
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound) as none:
        open_store(tmp_path / "empty")
    git(tmp_path, "clone", "-q", "--bare", str(root), "bare.git")
    with pytest.raises(NotFound) as bare:
        open_store(tmp_path / "bare.git")
    git(tmp_path, "init", "-q", "--object-format=sha256", "big")
    (tmp_path / "big/kb.toml").write_text("")
    with pytest.raises(KbError) as big:
        open_store(tmp_path / "big")
    (tmp_path / "empty/kb.toml").write_text("")
    with pytest.raises(NotFound) as plain:
        open_store(tmp_path / "empty")
    codes = [caught.value.code for caught in (none, bare, big, plain)]
    assert codes == ["no-store", "bare-repository", "other-format", "no-repository"]


def test_a_store_is_made_in_an_empty_clone_but_never_over_files(tmp_path):
    git(tmp_path, "init", "-q", "--bare", "--initial-branch=main", "hub.git")
    git(tmp_path, "clone", "-q", "hub.git", "clone")
    files = {"kb.toml": b"", DOC: b"x\n"}
    Store.create(tmp_path / "clone", files, SATO, "作る", WHEN).close()
    is_whole(tmp_path / "clone")
    with pytest.raises(WrongUse):
        Store.create(tmp_path / "clone", files, SATO, "作る", WHEN)
    Store.create(tmp_path / "a", files, SATO, "作る", WHEN).close()
    one, two = (git(tmp_path / name, "rev-parse", "HEAD") for name in ("clone", "a"))
    assert one == two


def test_every_error_has_its_sentences(store):
    import re
    from pathlib import Path

    from kb.messages import find

    source = "".join(file.read_text() for file in Path("kb/store").glob("*.py"))
    kinds = "Kept|NotFound|NotAllowed|WrongUse|NeedsRepair|Fault|Problem"
    codes = set(re.findall(rf'(?:{kinds})\(\s*"([a-z-]+)"', source))
    blocks = {"detached", "other-branch", "conflict-markers", "index-differs", "commit-under-way"}
    blocks |= {f"{what}-under-way" for what in ("merge", "rebase", "cherry-pick", "revert")}
    blocks |= {f"why-{code}" for code in blocks}
    missing = [code for code in codes | blocks if find(code) is None]
    assert len(codes) > 20
    assert missing == []
