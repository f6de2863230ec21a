"""Two clones that meet: everything is there, nothing is replayed, a conflict blocks nothing."""

import pytest
from store_kit import (
    DOC,
    MORI,
    SATO,
    WHEN,
    append,
    git,
    is_whole,
    merge_sections,
    open_store,
)

from kb.errors import Kept, NotFound
from kb.store import Edit, Move, Put, Store

RUNNING = "# アクメ\n\n## 2026-11-18 定例\n\n### アジェンダ\n\n#### 進め方\n\n- お客様: 一つ目\n\n## 2026-11-04 定例\n\n### TODO\n\n- [ ] 送る @sato\n"


@pytest.fixture
def clones(tmp_path):
    """A shared place and two clones of it with a running document."""
    one = tmp_path / "one"
    files = {
        "kb.toml": b"[team]\nname = 'x'\n",
        DOC: RUNNING.encode(),
        "outcomes.csv": b"a,b\n1,2\n",
    }
    Store.create(one, files, SATO, "作る", WHEN).close()
    git(tmp_path, "init", "-q", "--bare", "--initial-branch=main", "hub.git")
    git(one, "remote", "add", "origin", str(tmp_path / "hub.git"))
    first = open_store(one, merge=merge_sections)
    first.sync(SATO)
    git(tmp_path, "clone", "-q", "hub.git", "two")
    second = open_store(tmp_path / "two", merge=merge_sections)
    yield first, second
    first.close()
    second.close()


def on_top(title, line):
    section = f"## {title}\n\n### アジェンダ\n\n#### 話題\n\n- お客様: {line}\n\n".encode()
    return lambda text: text.replace(b"## 2026-11-18", section + b"## 2026-11-18")


def replace(old, new):
    return lambda text: text.replace(old.encode(), new.encode())


def test_without_a_shared_place_it_says_so(store):
    with pytest.raises(NotFound) as caught:
        store.sync(SATO)
    assert caught.value.code == "no-remote"


def test_a_shared_place_that_does_not_answer(store, root):
    git(root, "remote", "add", "origin", str(root.parent / "nowhere.git"))
    with pytest.raises(Kept) as caught:
        store.sync(SATO)
    assert caught.value.code == "not-reached"
    is_whole(root)


def test_both_sides_are_there_and_no_commit_changed(clones):
    one, two = clones
    one.save([Edit(DOC, on_top("2026-11-25 一", "eins"))], actor=SATO, message="1")
    one.save(
        [Edit(DOC, replace("- お客様: 一つ目\n", "- お客様: 一つ目\n- お客様: von eins\n"))],
        actor=SATO,
        message="1b",
    )
    two.save([Edit(DOC, on_top("2026-12-02 二", "zwei"))], actor=MORI, message="2")
    two.save(
        [Edit(DOC, replace("- お客様: 一つ目\n", "- お客様: 一つ目\n- お客様: von zwei\n"))],
        actor=MORI,
        message="2b",
    )
    two.save([Put("accounts/neu.md", b"# neu\n", None)], actor=MORI, message="2c")
    old = set(git(one.root, "rev-list", "HEAD").split() + git(two.root, "rev-list", "HEAD").split())
    assert one.sync(SATO)[:2] == (0, 2)
    upstream = git(one.root, "rev-parse", "HEAD").split()
    synced = two.sync(MORI)
    assert synced.pulled == 2
    assert synced.merged == (DOC,)
    assert synced.conflicts == ()
    parents = git(two.root, "log", "-1", "--format=%P").split()
    assert parents[0] == upstream[0]
    assert one.sync(SATO).pushed == 0
    assert old <= set(git(one.root, "rev-list", "HEAD").split())
    text = (one.root / DOC).read_text()
    assert text == (two.root / DOC).read_text()
    places = [
        text.index(line) for line in ("2026-12-02", "zwei", "2026-11-25", "eins", "2026-11-18")
    ]
    assert places == sorted(places)
    assert "- お客様: von eins\n- お客様: von zwei\n" in text
    assert (one.root / "accounts/neu.md").exists()
    is_whole(one.root)
    is_whole(two.root)


def test_a_conflict_in_one_line_takes_theirs_and_keeps_ours(clones):
    one, two = clones
    one.save([Edit(DOC, replace("お客様: 一つ目", "お客様: eins"))], actor=SATO, message="1")
    two.save([Edit(DOC, replace("お客様: 一つ目", "お客様: zwei"))], actor=MORI, message="2")
    two.save(
        [Edit(DOC, replace("送る @sato", "送る @sato\n- [ ] 別の件 @mori"))],
        actor=MORI,
        message="2b",
    )
    two.save([Edit("kb.toml", append("# zwei"))], actor=MORI, message="2c")
    one.sync(SATO)
    synced = two.sync(MORI)
    text = (two.root / DOC).read_text()
    if synced.conflicts:
        assert "お客様: eins" in text
        assert "お客様: zwei" not in text
        (kept,) = two.kept()
        assert synced.kept == (kept.id,)
        assert "お客様: zwei" in kept.text.decode()
    else:
        assert "お客様: eins" in text
        assert "お客様: zwei" in text
    assert "別の件" in text
    assert "<<<<" not in text
    assert "# zwei" in (two.root / "kb.toml").read_text()
    one.sync(SATO)
    assert (one.root / DOC).read_text() == text
    is_whole(one.root)
    is_whole(two.root)


def test_a_conflict_of_lines_keeps_ours(clones):
    one, two = clones
    one.save([Edit("outcomes.csv", replace("1,2", "1,eins"))], actor=SATO, message="1")
    two.save([Edit("outcomes.csv", replace("1,2", "1,zwei"))], actor=MORI, message="2")
    one.sync(SATO)
    synced = two.sync(MORI)
    assert [(c.path, c.ours, c.theirs) for c in synced.conflicts] == [
        ("outcomes.csv", "1,zwei\n", "1,eins\n")
    ]
    assert (two.root / "outcomes.csv").read_bytes() == b"a,b\n1,eins\n"
    two.apply_kept(synced.kept[0], actor=MORI)
    assert (two.root / "outcomes.csv").read_bytes() == b"a,b\n1,zwei\n"
    is_whole(two.root)


def test_hand_edits_new_files_and_deletions_are_taken_along(clones):
    one, two = clones
    (two.root / DOC).write_bytes((two.root / DOC).read_bytes() + b"- von Hand\n")
    (two.root / "accounts/hand.md").write_text("# hand\n")
    (two.root / "outcomes.csv").unlink()
    one.save([Edit("kb.toml", append("# eins"))], actor=SATO, message="1")
    one.sync(SATO)
    two.sync(MORI)
    assert one.sync(SATO).pulled >= 2
    assert (one.root / "accounts/hand.md").exists()
    assert "von Hand" in (one.root / DOC).read_text()
    assert not (one.root / "outcomes.csv").exists()
    is_whole(one.root)
    is_whole(two.root)


@pytest.mark.parametrize("mover", [0, 1])
def test_an_edit_follows_a_rename(clones, mover):
    moving, editing = clones[mover], clones[1 - mover]
    moving.save([Move(DOC, "accounts/neu.md")], actor=SATO, message="改名")
    editing.save(
        [Edit(DOC, replace("送る @sato", "送る @sato\n- [ ] 別の件"))], actor=MORI, message="e"
    )
    for store in (*clones, *clones):
        store.sync(SATO)
    for store in clones:
        assert not (store.root / DOC).exists()
        assert "別の件" in (store.root / "accounts/neu.md").read_text()
        is_whole(store.root)


def test_a_file_deleted_there_and_edited_here_stays(clones):
    from kb.store import Delete

    one, two = clones
    one.save([Delete(DOC, one.read(DOC).blob)], actor=SATO, message="weg")
    two.save([Edit(DOC, append("- zwei"))], actor=MORI, message="2")
    for store in (one, two, one):
        store.sync(SATO)
    assert (one.root / DOC).read_text().endswith("- zwei\n")
    is_whole(one.root)


def test_a_merge_under_way_stops_a_sync(clones):
    one, _ = clones
    (one.root / ".git/MERGE_HEAD").write_text(git(one.root, "rev-parse", "HEAD"))
    with pytest.raises(Kept) as caught:
        one.sync(SATO)
    assert caught.value.code == "not-now"
    assert caught.value.params["reason"] == "merge-under-way"


def test_another_store_is_refused(clones, tmp_path):
    one, _ = clones
    Store.create(tmp_path / "other", {"kb.toml": b"", DOC: b"x\n"}, MORI, "other", WHEN).close()
    git(tmp_path / "other", "remote", "add", "origin", str(tmp_path / "hub.git"))
    other = open_store(tmp_path / "other")
    with pytest.raises(Kept) as caught:
        other.sync(MORI)
    assert caught.value.code == "unrelated"
    assert (tmp_path / "other" / DOC).read_bytes() == b"x\n"
    assert (one.root / DOC).exists()


def renamed(name):
    return lambda text: f"---\naccount: {name}\n---\n\n".encode() + text


def test_two_names_of_one_file_come_together_under_theirs(clones):
    one, two = clones
    one.save([Move(DOC, "accounts/aa.md", renamed("aa"))], actor=SATO, message="改名")
    one.save([Edit("accounts/aa.md", append("- von eins"))], actor=SATO, message="1")
    two.save([Move(DOC, "accounts/bb.md", renamed("bb"))], actor=MORI, message="改名")
    two.save(
        [Edit("accounts/bb.md", replace("- お客様: 一つ目\n", "- お客様: 一つ目\n- zwei\n"))],
        actor=MORI,
        message="2",
    )
    one.sync(SATO)
    synced = two.sync(MORI)
    assert synced.conflicts[0] == ("accounts/aa.md", "accounts/bb.md", "accounts/aa.md")
    assert two.sync(MORI).conflicts == ()
    one.sync(SATO)
    for store in clones:
        assert [file.name for file in (store.root / "accounts").iterdir()] == ["aa.md"]
        text = (store.root / "accounts/aa.md").read_text()
        assert all(text.count(line) == 1 for line in ("account: aa", "- von eins", "- zwei"))
        assert "account: bb" not in text
        is_whole(store.root)


def test_two_names_given_by_hand_come_together_too(clones):
    one, two = clones
    for store, name in ((one, "aa"), (two, "bb")):
        git(store.root, "mv", DOC, f"accounts/{name}.md")
        git(store.root, "commit", "-q", "-m", "改名")
    one.sync(SATO)
    assert len(two.sync(MORI).conflicts) == 1
    assert [file.name for file in (two.root / "accounts").iterdir()] == ["aa.md"]
    is_whole(two.root)


def test_a_new_file_of_both_can_be_taken_over(clones):
    one, two = clones
    neu = "accounts/neu.md"
    one.save([Put(neu, b"---\nname: eins\n---\n\n# neu\n", None)], actor=SATO, message="1")
    two.save([Put(neu, b"---\nname: zwei\n---\n\n# neu\n", None)], actor=MORI, message="2")
    one.sync(SATO)
    (name,) = two.sync(MORI).kept
    assert two.kept_text(name).base is None
    two.apply_kept(name, actor=MORI)
    assert "name: zwei" in (two.root / neu).read_text()
    assert two.kept() == []
    is_whole(two.root)


def test_a_kept_text_follows_a_rename(clones):
    one, _ = clones
    found = one.read(DOC)
    name = one.keep(DOC, found.data + b"- kept\n", "conflict", actor=SATO, base=found.blob)
    one.save([Move(DOC, "accounts/neu.md")], actor=SATO, message="改名")
    one.apply_kept(name, actor=SATO)
    assert "- kept" in (one.root / "accounts/neu.md").read_text()
    assert not (one.root / DOC).exists()
    is_whole(one.root)
