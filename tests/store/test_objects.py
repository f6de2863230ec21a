"""Objects, as git sees them."""

import os

import pytest
from store_kit import DOC, git

from kb.errors import NeedsRepair
from kb.store.git import Git, Reader
from kb.store.objects import FILE, Entry, blob_id


def test_trees_are_those_that_git_would_write(store, root):
    objects = store.room.objects
    blob = objects.write("blob", b"x\n")
    names = ["a", "a.md", "a-b", "a/b", "a0", "b/c/d.md", "b.c/x", "日本/語.md", "z"]
    plain = [name for name in names if name != "a"]
    tree = objects.tree_with(None, {name: Entry(FILE, blob) for name in plain})
    for name in plain:
        (root / "w" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "w" / name).write_bytes(b"x\n")
    git(root, "add", "w")
    assert git(root, "write-tree", "--prefix=w/").strip() == tree
    less = objects.tree_with(tree, {"b/c/d.md": None, "a-b": None, "a/b": None})
    git(root, "rm", "-rqf", "--cached", "w/b", "w/a-b", "w/a")
    assert git(root, "write-tree", "--prefix=w/").strip() == less
    assert objects.tree_with(tree, dict.fromkeys(plain)) is None


def test_packed_objects_are_read_with_and_without_a_process_kept_open(store, root, monkeypatch):
    blob = store.read(DOC).blob
    git(root, "gc", "-q")
    reader = Reader(Git(root, root / ".git"))
    assert reader.get(blob) == ("blob", (root / DOC).read_bytes())
    assert reader.get("0" * 40) is None
    assert reader.get(f"HEAD:{DOC}")[1] == (root / DOC).read_bytes()
    reader.close()
    assert reader.get(blob)[0] == "blob"
    reader.close()
    monkeypatch.delattr(os, "posix_spawn")
    assert Reader(Git(root, root / ".git")).get(blob) == ("blob", (root / DOC).read_bytes())
    assert Reader(Git(root, root / ".git")).get("0" * 40) is None
    assert Git(root, root / ".git").run(
        "hash-object", "--stdin", data=b"x"
    ).out.decode().strip() == (blob_id(b"x"))


def test_much_in_and_much_out_does_not_block(root):
    names = "\n".join([git(root, "rev-parse", f"HEAD:{DOC}").strip()] * 20_000) + "\n"
    ran = Git(root, root / ".git").run("cat-file", "--batch", data=names.encode())
    assert ran.code == 0
    assert len(ran.out) == 20_000 * (len((root / DOC).read_bytes()) + 1 + 49)


def test_a_damaged_object_is_named(store, root):
    blob = store.read(DOC).blob
    place = root / ".git/objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"rubbish")
    with pytest.raises(NeedsRepair) as caught:
        store.blob(blob)
    assert caught.value.code == "damaged-object"
    place.unlink()
    with pytest.raises(NeedsRepair) as caught:
        store.at(store.head(), DOC)
    assert caught.value.code == "missing-object"
