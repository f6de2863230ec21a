"""Looking back, taking back, and making a history."""

import time
from datetime import timedelta

import pytest
from store_kit import DOC, MORI, SATO, WHEN, append, git, is_whole, open_store

from kb.errors import Kept, NotFound, WrongUse
from kb.store import Delete, Edit, Move, Put, Replayed, Store


def test_history_and_the_text_at_a_moment(store, root):
    for day in range(3):
        when = WHEN + timedelta(days=day + 1)
        store.save([Edit(DOC, append(f"- Tag {day}"))], actor=MORI, message=f"Tag {day}", when=when)
    seen = store.history(DOC)
    assert [one.subject for one in seen] == ["Tag 2", "Tag 1", "Tag 0", "ストアを作る"]
    assert seen[0].name == "森 真理"
    assert seen[0].at == WHEN + timedelta(days=3)
    assert dict(seen[0].trailers) == {"Kb-Source": "clock"}
    assert len(store.history(DOC, limit=2)) == 2
    commit, text = store.as_of(WHEN + timedelta(days=2, hours=1), DOC)
    assert commit == seen[1].commit
    assert text.endswith(b"- Tag 0\n- Tag 1\n")
    assert store.as_of(WHEN - timedelta(days=1), DOC) is None
    assert store.as_of(WHEN, "accounts/none.md") is None
    later = WHEN + timedelta(days=9)
    store.save([Move(DOC, "accounts/neu.md")], actor=SATO, message="改名", when=later)
    assert store.as_of(WHEN + timedelta(days=2, hours=1), "accounts/neu.md") == (commit, text)
    assert [one.path for one in store.history("accounts/neu.md")] == ["accounts/neu.md"] + [DOC] * 4
    git(root, "mv", "accounts/neu.md", "accounts/von-hand.md")
    git(root, "commit", "-m", "mv")
    assert len(store.history("accounts/von-hand.md")) == 6
    for wrong in ("HEAD", "--output=x", "main", ""):
        with pytest.raises(WrongUse):
            store.at(wrong, DOC)


def test_what_stood_under_a_name_before_is_another_files_history(store, root):
    new = "accounts/neu.md"

    def saved(change, message, day):
        when = WHEN + timedelta(days=day)
        return store.save([change], actor=SATO, message=message, when=when)

    def told(path):
        return [one.subject for one in store.history(path)]

    saved(Move(DOC, new), "umbenannt", 1)
    saved(Put(DOC, b"# other\n", None), "anders", 2)
    saved(Edit(DOC, append("- x")), "mehr", 3)
    assert told(DOC) == ["mehr", "anders"]
    assert told(new) == ["umbenannt", "ストアを作る"]
    assert len(store.history(DOC, limit=1)) == 1
    data = store.read(DOC)
    saved(Delete(DOC, data.blob), "weg", 4)
    assert told(DOC) == ["weg", "mehr", "anders"]
    saved(Put(DOC, data.data, None), "wieder", 5)
    assert told(DOC) == ["wieder", "weg", "mehr", "anders"]
    saved(Delete(DOC, data.blob), "weg", 6)
    saved(Move(new, DOC), "zurück", 7)
    assert told(DOC) == ["zurück", "umbenannt", "ストアを作る"]
    git(root, "rm", "-q", DOC)
    git(root, "commit", "-qm", "rm")
    (root / DOC).parent.mkdir(exist_ok=True)
    (root / DOC).write_text("# third\n")
    git(root, "add", DOC)
    git(root, "commit", "-qm", "third")
    assert told(DOC) == ["third"]


def test_no_commit_of_another_program_keeps_the_history_from_being_read(store, root):
    tree = git(root, "rev-parse", "HEAD^{tree}").strip()
    message = f"a\x1e{'b' * 40}\x1fc\n\nNote: a\x1e{'b' * 40}\x1fc\u2028Kb-Moved: x -> {DOC}\n"
    head = git(root, "rev-parse", "HEAD").strip()
    for zone in ("+0900", "+9900"):
        who = f"x <x@y.z> 1700000000 {zone}"
        body = f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\n{message}"
        (root / ".git/odd").write_bytes(body.encode())
        head = git(root, "hash-object", "-t", "commit", "-w", "--literally", ".git/odd").strip()
    git(root, "update-ref", "HEAD", head)
    seen = store.history()
    assert (seen[0].commit, len(seen)) == (head, 3)
    assert [one.at.year for one in seen[:2]] == [1970, 2023]
    assert seen[0].subject.startswith("a\x1e")
    assert "Kb-Moved" not in dict(seen[0].trailers)
    assert store.log(None).tip == head


def test_undo_takes_back_ones_own_last_change_and_then_the_one_before(store, root):
    store.save([Edit(DOC, append("- sato 1"))], actor=SATO, message="eins")
    store.save([Put("accounts/b.md", b"b\n", None)], actor=SATO, message="zwei")
    store.save([Put("accounts/c.md", b"c\n", None)], actor=MORI, message="von mori")
    undone = store.undo(SATO)
    assert undone.message == "zwei"
    assert not (root / "accounts/b.md").exists()
    assert git(root, "log", "-1", "--format=%an|%s").strip() == "佐藤 恭平|Take back: zwei"
    assert store.undo(SATO).message == "eins"
    assert "sato 1" not in (root / DOC).read_text()
    assert (root / "accounts/c.md").exists()
    assert store.undo(MORI).message == "von mori"
    with pytest.raises(NotFound):
        store.undo(MORI)
    is_whole(root)


def test_undo_leaves_what_others_did_elsewhere_and_hand_edits(store, root):
    body = b"# a\n\n- eins\n\n# b\n\n- zwei\n"
    store.save([Edit(DOC, lambda _: body)], actor=MORI, message="start")
    store.save(
        [Edit(DOC, lambda t: t.replace(b"- eins", b"- eins\n- von sato"))], actor=SATO, message="s"
    )
    store.save([Edit(DOC, append("- von mori"))], actor=MORI, message="m")
    (root / DOC).write_bytes(b"- von Hand\n" + (root / DOC).read_bytes())
    store.undo(SATO)
    assert (root / DOC).read_bytes() == b"- von Hand\n" + body + b"- von mori\n"
    is_whole(root)


def test_undo_refuses_when_somebody_built_on_it(store, root):
    store.save([Put("accounts/b.md", b"# b\n", None)], actor=SATO, message="neu")
    store.save([Edit("accounts/b.md", append("- mehr"))], actor=MORI, message="mehr")
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(Kept) as caught:
        store.undo(SATO)
    assert caught.value.code == "built-on"
    assert git(root, "rev-parse", "HEAD") == before
    is_whole(root)


def test_undo_of_a_move_and_a_delete(store, root):
    text = (root / DOC).read_bytes()
    store.save([Move(DOC, "accounts/neu.md")], actor=SATO, message="mv")
    store.undo(SATO)
    assert (root / DOC).read_bytes() == text
    assert not (root / "accounts/neu.md").exists()
    store.save([Delete(DOC, store.read(DOC).blob)], actor=SATO, message="weg")
    store.undo(SATO)
    assert (root / DOC).read_bytes() == text
    is_whole(root)


def test_replay_is_fast_and_gives_the_same_ids_every_time(tmp_path):
    def commits():
        texts = {}
        for number in range(250):
            path = f"accounts/a{number % 40}.md"
            texts[path] = texts.get(path, b"") + b"- zeile %d\n" % number
            when = WHEN + timedelta(hours=number)
            more = {"accounts/a0.md": None} if number == 249 else {}
            yield Replayed(
                {path: texts[path]} | more,
                (SATO, MORI)[number % 2],
                when,
                f"n{number}",
                (("Kb-Source", "import"),),
            )

    heads = []
    for name in ("one", "two"):
        Store.create(tmp_path / name, {"kb.toml": b""}, SATO, "start", WHEN).close()
        store = open_store(tmp_path / name)
        before = time.process_time()
        ids = store.replay(list(commits()))
        assert time.process_time() - before < 3
        assert len(set(ids)) == 250
        heads.append((ids[-1], git(tmp_path / name, "rev-parse", "HEAD").strip()))
        is_whole(tmp_path / name)
        assert not (tmp_path / name / "accounts/a0.md").exists()
        shown = git(tmp_path / name, "log", "-1", "--skip=1", "--format=%an|%ad|%s").strip()
        assert shown == "佐藤 恭平|Tue Dec 1 17:00:00 2026 +0900|n248"
    assert heads[0] == heads[1]
    assert heads[0][0] == heads[0][1]


def test_the_doctor_finds_and_mends(store, root):
    assert store.doctor(repair=False) == []
    (root / DOC).write_bytes((root / DOC).read_bytes() + b"- von Hand\n")
    (root / ".git/index.lock").touch()
    codes = {one.code: one.repaired for one in store.doctor(repair=False)}
    assert codes == {"index-locked": False, "edited-outside": False}
    (root / ".git/index.lock").unlink()
    codes = {one.code: one.repaired for one in store.doctor(repair=True, actor=SATO)}
    assert codes == {"edited-outside": True}
    assert store.doctor(repair=False) == []
    git(root, "rm", "-q", ".gitignore")
    git(root, "commit", "-qm", "weg")
    codes = {one.code: one.repaired for one in store.doctor(repair=True, actor=SATO)}
    assert codes == {"not-ignored": True}
    blob = store.read(DOC).blob
    victim = root / ".git/objects" / blob[:2] / blob[2:]
    victim.unlink()
    assert [one.code for one in store.doctor(repair=True, actor=SATO)] == ["history-damaged"]
